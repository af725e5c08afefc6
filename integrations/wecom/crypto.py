"""How WeCom signs and encrypts what it sends to us: SHA-1 over the sorted parts, AES-256-CBC with the company ID inside."""

import base64
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # WeCom pads to 32 bytes, not to AES's 16
_HEAD = 20  # 16 random bytes and the length


class BadMessage(ValueError):
    """Not signed by WeCom, or not meant for us."""


def signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """The msg_signature of an encrypted text."""
    text = "".join(sorted((token, timestamp, nonce, encrypted)))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()  # what WeCom has laid down


def check_signature(token: str, *, timestamp: str, nonce: str, encrypted: str, given: str) -> None:
    """Raises BadMessage for a signature that is not of this text."""
    if not hmac.compare_digest(signature(token, timestamp, nonce, encrypted).encode(), given.encode()):
        raise BadMessage("the signature is wrong")


def decrypt(aes_key: str, corp_id: str, encrypted: str) -> bytes:
    """The message inside. Raises BadMessage for what is not encrypted with this key, or for another company."""
    try:
        raw = base64.b64decode(encrypted, validate=True)
        decryptor = _cipher(aes_key).decryptor()
        plain = decryptor.update(raw) + decryptor.finalize()
    except ValueError as error:
        raise BadMessage("the text is not encrypted as it should be") from error
    padding = plain[-1] if plain else 0
    plain = plain[:-padding] if 1 <= padding <= BLOCK else b""
    if len(plain) < _HEAD:
        raise BadMessage("the key does not fit")
    (length,) = struct.unpack(">I", plain[16:_HEAD])
    message, receiver = plain[_HEAD : _HEAD + length], plain[_HEAD + length :]
    if not hmac.compare_digest(receiver, corp_id.encode()):
        raise BadMessage("the message is for another company")
    return message


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
