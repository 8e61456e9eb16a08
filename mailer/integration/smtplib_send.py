"""Sends a finished message many times with smtplib, the bytes as they are.

usage: smtplib_send.py PORT MESSAGE COUNT reuse|each
Prints messages a second.
"""
import smtplib
import sys
import time

port, path, count, mode = sys.argv[1:]
with open(path, "rb") as f:
    data = f.read()
start = time.monotonic()
connection = None
for _ in range(int(count)):
    if connection is None:
        connection = smtplib.SMTP("127.0.0.1", int(port))
    connection.sendmail("news@offprint.test", ["reader@example.test"], data)
    if mode == "each":
        connection.quit()
        connection = None
if connection is not None:
    connection.quit()
print(int(count) / (time.monotonic() - start))
