"""The HTTP side: basic authentication, gzip, faults, and the simulator's own controls below /sim/."""

import base64
import gzip
import hmac
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from integrations.simulator.faults import Faults
from integrations.simulator.life import Life
from integrations.simulator.service import LARGEST_PAGE, ROOT, Answer, answer, failure
from integrations.simulator.store import Store


class SimulatorServer(ThreadingHTTPServer):
    """Serves one store. Binds to the given address only; port 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], *, store: Store, life: Life, user: str, password: str) -> None:
        super().__init__(address, Handler)
        self.store = store
        self.life = life
        self.faults = Faults()
        self.largest_page = LARGEST_PAGE
        self.requests: list[str] = []  # targets of the OData requests answered properly, for tests
        self.keep_requests = False
        self.credentials = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: SimulatorServer
    protocol_version = "HTTP/1.1"
    server_version = "Simulator"
    wbufsize = 1 << 16
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """OData, and /sim/health."""
        if not self._allowed():
            return
        if self.path.startswith("/sim/health"):
            self._send(Answer(200, b'{"ok":true}'))
        elif self.path.startswith(ROOT):
            self._odata()
        else:
            self._send(failure(404, "Not found"))

    def do_POST(self) -> None:
        """The simulator's controls: /sim/advance and /sim/faults."""
        if not self._allowed():
            return
        parts = urlsplit(self.path)
        try:
            length = int(self.headers.get("Content-Length") or 0)
            given: dict[str, Any] = dict(parse_qsl(parts.query)) | (
                orjson.loads(self.rfile.read(length)) if length else {}
            )
            if parts.path == "/sim/advance":
                done = self.server.life.advance(
                    minutes=float(given.get("minutes", 0)), documents=int(given.get("documents", 0))
                )
                self._send(Answer(200, orjson.dumps(done)))
            elif parts.path == "/sim/faults":
                self._send(Answer(200, orjson.dumps({"waiting": self._faults(given)})))
            else:
                self._send(failure(404, "Not found"))
        except (ValueError, TypeError) as error:
            self._send(failure(400, str(error)))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of every request."""

    def _faults(self, given: dict[str, Any]) -> int:
        if not given:
            self.server.faults.clear()
            return 0
        return self.server.faults.add(given)

    def _allowed(self) -> bool:
        given = self.headers.get("Authorization", "")
        if hmac.compare_digest(given.encode(), self.server.credentials.encode()):
            return True
        self._send(failure(401, "Logon failed", WWW_Authenticate='Basic realm="SAP"'))
        return False

    def _odata(self) -> None:
        fault = self.server.faults.next()
        if fault.latency:
            time.sleep(fault.latency)
        if fault.status:
            headers = {"Retry_After": fault.retry_after} if fault.retry_after else {}
            self._send(failure(fault.status, "The simulator was told to fail", **headers))
            return
        if self.server.keep_requests:
            self.server.requests.append(self.path)
        origin = f"http://{self.headers.get('Host', 'localhost')}"
        self._send(answer(self.server.store, self.path, origin=origin, largest=self.server.largest_page), cut=fault.cut)

    def _send(self, found: Answer, *, cut: bool = False) -> None:
        body = found.body
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 1000:
            body = gzip.compress(body, compresslevel=1)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        for name, value in found.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        self.close_connection = self.close_connection or cut
