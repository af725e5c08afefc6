"""The bucket: requests are signed as AWS asks, and files come back as they went."""

import datetime as dt
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.files.base import ContentFile

from crm.records.s3 import BucketStorage, signed

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def test_the_signature_is_the_one_of_the_published_example():
    headers = signed(
        "GET",
        "https://examplebucket.s3.amazonaws.com/test.txt",
        body=b"",
        region="us-east-1",
        key=KEY,
        secret=SECRET,
        now=dt.datetime(2013, 5, 24, tzinfo=dt.UTC),
        headers={"range": "bytes=0-9"},
    )
    assert headers["authorization"].endswith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")


class Bucket(BaseHTTPRequestHandler):
    """Keeps objects in memory; refuses what is not signed for it."""

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do(self):
        objects, path = self.server.objects, self.path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        moment = dt.datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        url = f"http://{self.headers['host']}{path}"
        right = signed(self.command, url, body=body, region="cn-1", key=KEY, secret=SECRET, now=moment)
        if self.headers["authorization"] != right["authorization"]:
            return self.answer(403)
        if self.command == "PUT":
            objects[path] = body
            return self.answer(200)
        if path not in objects:
            return self.answer(404)
        if self.command == "DELETE":
            del objects[path]
            return self.answer(204)
        return self.answer(200, objects[path])

    do_GET = do_PUT = do_HEAD = do_DELETE = do

    def log_message(self, *args):
        """Nothing."""


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    server.objects = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_file_comes_back_as_it_went_and_is_gone_when_deleted(server):
    base = f"http://127.0.0.1:{server.server_port}/files"
    storage = BucketStorage(url=base, region="cn-1", key=KEY, secret=SECRET)
    assert storage.save("2026/11/abc", ContentFile(b"body")) == "2026/11/abc"
    assert server.objects == {"/files/2026/11/abc": b"body"}
    assert storage.exists("2026/11/abc")
    assert storage.size("2026/11/abc") == 4
    assert storage.open("2026/11/abc").read() == b"body"
    storage.delete("2026/11/abc")
    storage.delete("2026/11/abc")
    assert not storage.exists("2026/11/abc")
    with pytest.raises(FileNotFoundError):
        storage.open("2026/11/abc")


def test_a_wrong_key_is_an_error_and_not_a_missing_file(server):
    import httpx

    storage = BucketStorage(url=f"http://127.0.0.1:{server.server_port}/f", region="cn-1", key=KEY, secret="wrong")
    with pytest.raises(httpx.HTTPStatusError):
        storage.exists("x")
