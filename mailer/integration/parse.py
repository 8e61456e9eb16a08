"""Parses messages with Python's email, under both policies, and holds them
against what was put in.

stdin: [{"file": path, "subject", "from", "to", "filename", "plain": [...],
"html": [...], "pdf": sha256, "pictures": [sha256, …]}, …], "filename" and "pdf"
empty where nothing is attached. Prints what differs; exit status 1 when anything
does.
"""
import email
import email.header
import email.policy
import hashlib
import html
import json
import sys


def decoded(value):
    """A header's text, whether the policy has decoded it or not."""
    return str(email.header.make_header(email.header.decode_header(str(value))))


def display_name(value):
    import email.utils
    return email.utils.parseaddr(decoded(value))[0]


def check(want, policy):
    with open(want["file"], "rb") as f:
        message = email.message_from_binary_file(f, policy=policy)
    problems = []

    def same(what, got, expected):
        if got != expected:
            problems.append(f"{what} is {got!r}, want {expected!r}")

    same("subject", decoded(message["Subject"]), want["subject"])
    same("from", display_name(message["From"]), want["from"])
    same("to", display_name(message["To"]), want["to"])
    pictures = []
    attached = []
    for part in message.walk():
        if part.defects:
            problems.append(f"{part.get_content_type()} has defects {part.defects}")
        kind = part.get_content_type()
        body = part.get_payload(decode=True)
        if kind == "text/plain" or kind == "text/html":
            text = body.decode(part.get_content_charset())
            for piece in want[kind.split('/')[1]]:
                if piece not in (html.unescape(text) if kind == "text/html" else text):
                    problems.append(f"{kind} lacks {piece!r}")
        elif kind == "application/pdf":
            attached.append((part.get_filename(), hashlib.sha256(body).hexdigest()))
        elif kind.startswith("image/"):
            pictures.append(hashlib.sha256(body).hexdigest())
    same("pictures", pictures, want["pictures"])
    same("attachments", attached, [(want["filename"], want["pdf"])] if want["pdf"] else [])
    return problems


def main():
    bad = False
    for want in json.load(sys.stdin):
        for name, policy in (("default", email.policy.default), ("compat32", email.policy.compat32)):
            for problem in check(want, policy):
                bad = True
                print(f"{want['file']} ({name}): {problem}")
    sys.exit(bad)


main()
