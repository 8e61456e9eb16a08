"""The token of an article's page, for the buttons: python3 token.py SECRET_FILE URL."""
import base64
import hashlib
import hmac
import sys
import time


def offprint_token(secret: str, url: str, days: int = 7) -> str:
    """url is the article's canonical address; days at most 30, as long as caches keep the page."""
    exp = str(int(time.time()) + days * 86400)
    mac = hmac.new(secret.encode(), f"{url}\n{exp}".encode(), hashlib.sha256).digest()
    return exp + "." + base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


with open(sys.argv[1], encoding="utf-8") as file:
    print(offprint_token(file.readline().strip(), sys.argv[2]))  # the file's first line
