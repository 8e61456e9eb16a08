"""Checks every DKIM signature of the messages named, with dkimpy.

usage: dkim_verify.py RECORDS.json MESSAGE…
RECORDS.json: {"selector._domainkey.domain": "v=DKIM1; …"}. Prints a line a message.
"""
import json
import sys

import dkim

with open(sys.argv[1]) as f:
    records = json.load(f)


def lookup(name, timeout=5):
    return records[name.decode().rstrip(".")].encode()


bad = False
for path in sys.argv[2:]:
    with open(path, "rb") as f:
        data = f.read()
    count = data.lower().count(b"dkim-signature:")
    checker = dkim.DKIM(data)
    good = [checker.verify(idx=i, dnsfunc=lookup) for i in range(count)]
    print("dkimpy", path, good)
    bad = bad or count != 2 or not all(good)
sys.exit(bad)
