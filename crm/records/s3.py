"""Files in a bucket of an S3-compatible store, by four requests signed as AWS Signature Version 4 asks.

The address names the bucket, as part of the host (https://files.s3.example.com) or of the path (http://minio:9000/files).
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

TIMEOUT = 30  # seconds


def signed(
    method: str,
    url: str,
    *,
    body: bytes,
    region: str,
    key: str,
    secret: str,
    now: dt.datetime,
    headers: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The headers with which a request is signed, those given included."""
    parts = urlsplit(url)
    digest = hashlib.sha256(body).hexdigest()
    moment = f"{now:%Y%m%dT%H%M%SZ}"
    sent = {**(headers or {}), "host": parts.netloc, "x-amz-content-sha256": digest, "x-amz-date": moment}
    names = sorted(sent)
    canonical = "\n".join(
        [method, parts.path, parts.query, *(f"{name}:{sent[name]}" for name in names), "", ";".join(names), digest]
    )
    reach = f"{now:%Y%m%d}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, reach, hashlib.sha256(canonical.encode()).hexdigest()])
    sign = f"AWS4{secret}".encode()
    for part in reach.split("/"):
        sign = hmac.digest(sign, part.encode(), "sha256")
    signature = hmac.digest(sign, text.encode(), "sha256").hex()
    sent["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={key}/{reach},SignedHeaders={';'.join(names)},Signature={signature}"
    )
    return sent


@deconstructible
class BucketStorage(Storage):
    """Saves, opens and deletes files of a bucket; nobody gets an address of it: files go through the site's own checks."""

    def __init__(self, *, url: str, region: str, key: str, secret: str) -> None:
        self.base, self.region, self.key, self.secret = url, region, key, secret

    def _ask(self, method: str, name: str, body: bytes = b"") -> httpx.Response:
        url = f"{self.base}/{quote(name)}"
        headers = signed(
            method,
            url,
            body=body,
            region=self.region,
            key=self.key,
            secret=self.secret,
            now=dt.datetime.now(dt.UTC),
        )
        return httpx.request(method, url, content=body or None, headers=headers, timeout=TIMEOUT)

    def _open(self, name: str, mode: str = "rb") -> File:
        answer = self._ask("GET", name)
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise FileNotFoundError(name)
        answer.raise_for_status()
        return ContentFile(answer.content, name=name)

    def _save(self, name: str, content: Any) -> str:
        content.seek(0)
        self._ask("PUT", name, content.read()).raise_for_status()
        return name

    def exists(self, name: str) -> bool:
        """Whether the bucket has it."""
        answer = self._ask("HEAD", name)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return False
        answer.raise_for_status()
        return True

    def delete(self, name: str) -> None:
        """Delete it; what is gone already is no error."""
        answer = self._ask("DELETE", name)
        if answer.status_code != httpx.codes.NOT_FOUND:
            answer.raise_for_status()

    def size(self, name: str) -> int:
        """How many bytes it has."""
        answer = self._ask("HEAD", name)
        answer.raise_for_status()
        return int(answer.headers["content-length"])
