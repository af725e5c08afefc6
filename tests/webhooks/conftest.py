"""The other side: a small server on this machine that keeps what it is sent and answers as it is told."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from crm.base import remembered
from integrations.domain.webhooks import create_webhook, secrets_of
from integrations.models import Webhook, WebhookDelivery
from integrations.webhooks.outbox import send_to, waiting_webhooks
from integrations.webhooks.pausing import end_pause


@dataclass
class Other:
    """What came: headers and body; `answers` are the codes to answer with, the last one stays."""

    port: int = 0
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [200])
    location: str = ""
    repeats: bool = False  # whether it answers with what it was sent
    seconds: float = 0.0  # it takes before it answers
    free: threading.Event = field(default_factory=threading.Event)  # nothing is answered while it is cleared

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.came]


@pytest.fixture
def other(settings: Any) -> Iterator[Other]:
    """The server, in a network that the settings allow."""
    settings.WEBHOOK_ALLOW_HTTP, settings.WEBHOOK_NETWORKS = True, ["127.0.0.0/8"]
    with serving() as found:
        yield found


@contextmanager
def serving() -> Iterator[Other]:
    """A server."""
    found = Other()
    found.free.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.came.append((dict(self.headers), body))
            found.free.wait(20)
            time.sleep(found.seconds)
            code = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            self.send_response(code)
            if found.location:
                self.send_header("Location", found.location)
            text = body if found.repeats else b"x" * 5000
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


def make_webhook(owner: Any, url: str, *topics: str, **values: Any) -> Webhook:
    """A webhook that is told of these."""
    values.setdefault("name", f"OA {Webhook.objects.count()}")
    webhook = create_webhook(actor=owner, url=url, owner=owner, topics=list(topics), **values)
    remembered.forget()
    return webhook


def send_due() -> int:
    """What the tasks of all addresses do, one after the other; how many were delivered."""
    return sum(send_to(webhook) for webhook in waiting_webhooks())


def due_now() -> None:
    """Time has passed: all that waits is due, and no address has its pause any more."""
    WebhookDelivery.objects.update(due_at=timezone.now())
    for webhook in Webhook.objects.all():
        end_pause(webhook.pk)


def signed_by(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """What docs/api.md tells the other side to do."""
    parts = [part.split("=", 1) for part in headers["Hengpu-Signature"].split(",")]
    stamp = next(value for name, value in parts if name == "t")
    wanted = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(wanted, value) for name, value in parts if name == "v1")


__all__ = ["Other", "due_now", "make_webhook", "secrets_of", "send_due", "signed_by"]
