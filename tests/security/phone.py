"""What an app on a phone does with the key: RFC 6238, written anew so that it does not agree with us by accident."""

import base64
import hashlib
import hmac
import struct
import time


def app_code(key: str, *, steps: int = 0) -> str:
    """The six digits that the app shows, so many half minutes from now."""
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
