"""Who a message is from: HMAC-SHA256 over time and body, with each secret that is valid."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

PREFIX = "whs_"
HEADER = "Hengpu-Signature"


def new_secret() -> str:
    """Long and random."""
    return PREFIX + secrets.token_urlsafe(32)


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Of "<timestamp>.<body>", in hexadecimal digits."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def header(valid: Sequence[str], timestamp: int, body: bytes) -> str:
    """t=<timestamp>,v1=<signature>, with one v1 for each secret: while it is being changed there are two."""
    return ",".join([f"t={timestamp}", *(f"v1={signature(secret, timestamp, body)}" for secret in valid)])
