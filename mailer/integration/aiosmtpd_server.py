"""An SMTP server with STARTTLS and AUTH that writes each message to a folder.

usage: aiosmtpd_server.py PORT FOLDER CERTIFICATE KEY USER PASSWORD
Prints "ready" when it listens; ends when stdin is closed.
"""
import os
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

port, folder, certificate, key, user, password = sys.argv[1:]


class Keeper:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        name = os.path.join(folder, "%03d.eml" % Keeper.count)
        Keeper.count += 1
        with open(name, "wb") as f:
            f.write(envelope.original_content)
        return "250 2.0.0 kept"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == user.encode() and data.password == password.encode()
    return AuthResult(success=good, handled=good)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
controller = Controller(Keeper(), hostname="127.0.0.1", port=int(port), tls_context=context, require_starttls=True,
                        authenticator=authenticate, auth_required=True, enable_SMTPUTF8=True, data_size_limit=26214400)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
