"""The HTTP side: who may, sessions, gzip, faults, and the simulator's own controls below /sim/."""

import gzip
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

from integrations.simulator.edm import EntityType
from integrations.simulator.faults import Fault, Faults
from integrations.simulator.life import Life
from integrations.simulator.schema import ENTITY_TYPES
from integrations.simulator.service import LARGEST_PAGE, ROOT, Answer, answer, failure
from integrations.simulator.sessions import Sessions
from integrations.simulator.store import Store
from integrations.simulator.v4 import V4_ROOT, v4_answer
from integrations.simulator.writing import Call, Writer

TOKEN_PATH = "/oauth/token"  # noqa: S105 -- an address


class SimulatorServer(ThreadingHTTPServer):
    """Serves one store. Binds to the given address only; port 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], *, store: Store, life: Life, user: str, password: str) -> None:
        super().__init__(address, Handler)
        self.store = store
        self.life = life
        self.faults = Faults()
        self.token_faults = Faults()  # of the token's address
        self.sessions = Sessions(user=user, password=password)
        self.kinds: dict[str, EntityType] = dict(ENTITY_TYPES)
        self.largest_page = LARGEST_PAGE
        self.requests: list[str] = []  # targets of the OData requests answered properly, for tests
        self.keep_requests = False

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def change_schema(self, entity_set: str, changes: dict[str, str]) -> None:
        """Let properties of a set be gone ("") or have new names; no changes: as it was. Raises KeyError."""
        self.kinds[entity_set] = ENTITY_TYPES[entity_set].changed(changes)

    def misbehave(self, given: dict[str, Any]) -> int:
        """Do what faults.py describes; how many faults wait. Raises ValueError, TypeError, KeyError."""
        if not given:
            self.faults.clear()
            self.token_faults.clear()
            self.life.skew = 0.0
            self.kinds = dict(ENTITY_TYPES)
        elif "random" in given:
            kinds = given.get("kinds")
            self.faults.at_random(float(given["random"]), seed=int(given.get("seed", 0)), kinds=kinds)
        elif "skew" in given:
            self.life.skew = float(given["skew"])
        elif given.get("token"):
            return self.token_faults.add({name: value for name, value in given.items() if name != "token"})
        elif "expire" in given:
            self.sessions.expire(str(given["expire"]))
        elif "schema" in given:
            self.change_schema(str(given["schema"]), dict(given.get("changes") or {}))
        else:
            return self.faults.add(given)
        return 0


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
        elif self.path.startswith((ROOT, V4_ROOT)):
            self._odata(self._read)
        else:
            self._send(failure(404, "Not found"))

    def do_POST(self) -> None:
        """OData, tokens, and the simulator's controls: /sim/advance and /sim/faults."""
        self.content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self._allowed():
            return
        path = urlsplit(self.path).path
        if path.startswith(ROOT):
            self._odata(self._write)
        elif path == TOKEN_PATH:
            self._token(self.server.token_faults.next())
        else:
            self._control(path)

    def do_PATCH(self) -> None:
        """Changes to entities."""
        self.content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self._allowed():
            self._odata(self._write)

    do_MERGE = do_PATCH

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of every request."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header, by the simulator's own clock."""
        return super().date_time_string((timestamp or time.time()) + self.server.life.skew)

    def _control(self, path: str) -> None:
        try:
            given: dict[str, Any] = dict(parse_qsl(urlsplit(self.path).query))
            given |= orjson.loads(self.content) if self.content else {}
            if path == "/sim/advance":
                minutes, documents = float(given.get("minutes", 0)), int(given.get("documents", 0))
                self._send(Answer(200, orjson.dumps(self.server.life.advance(minutes=minutes, documents=documents))))
            elif path == "/sim/faults":
                self._send(Answer(200, orjson.dumps({"waiting": self.server.misbehave(given)})))
            else:
                self._send(failure(404, "Not found"))
        except (ValueError, TypeError, KeyError) as error:
            self._send(failure(400, str(error)))

    def _allowed(self) -> bool:
        if self.server.sessions.allows(self.headers.get("Authorization", "")):
            return True
        self._send(failure(401, "Logon failed", WWW_Authenticate='Basic realm="SAP"'))
        return False

    def _token(self, fault: Fault) -> None:
        if fault.latency:
            time.sleep(fault.latency)
        if fault.status:
            self._spoil(fault)
        else:
            self._send(Answer(200, orjson.dumps(self.server.sessions.bearer())))

    def _odata(self, work: Any) -> None:
        """Answer with `work`, unless, or although, a fault stands in the way."""
        fault = self.server.faults.next()
        if fault.latency:
            time.sleep(fault.latency)
        if fault.status and not fault.done:
            self._spoil(fault)
            return
        if self.server.keep_requests:
            self.server.requests.append(self.path)
        found = work(fault)
        if fault.drop:
            self.close_connection = True
        elif fault.status:
            self._spoil(fault)
        else:
            self._send(found, cut=fault.cut)

    def _spoil(self, fault: Fault) -> None:
        headers = {"Retry_After": fault.retry_after} if fault.retry_after else {}
        self._send(failure(fault.status, "The simulator was told to fail", **headers))

    @property
    def _origin(self) -> str:
        return f"http://{self.headers.get('Host', 'localhost')}"

    def _read(self, fault: Fault) -> Answer:
        server = self.server
        largest, kinds = server.largest_page, server.kinds
        if self.path.startswith(V4_ROOT):
            return v4_answer(server.store, self.path, largest=largest, kinds=kinds, spoilt=fault.rows)
        found = answer(server.store, self.path, origin=self._origin, largest=largest, kinds=kinds, spoilt=fault.rows)
        if self.headers.get("X-CSRF-Token", "").lower() == "fetch":
            token = server.sessions.csrf(self.headers)
            found.headers |= {name.replace("_", "-"): value for name, value in token.items()}
        return found

    def _write(self, fault: Fault) -> Answer:
        if not self.server.sessions.may_write(self.headers):
            return failure(403, "CSRF token validation failed", X_CSRF_Token="Required")  # noqa: S106 -- no secret
        writer = Writer(self.server.store, self.server.life, self.server.kinds)
        service, _slash, resource = unquote(urlsplit(self.path).path)[len(ROOT) :].partition("/")
        if resource == "$batch":
            content_type = self.headers.get("Content-Type", "")
            return writer.batch(service, content_type, self.content, origin=self._origin)
        match = self.headers.get("If-Match", "")
        return writer.answer(Call(self.command, self.path, self.content, match), origin=self._origin)

    def _send(self, found: Answer, *, cut: bool = False) -> None:
        body = found.body
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 1000:
            body = gzip.compress(body, compresslevel=1)
            self.send_header("Content-Encoding", "gzip")
        if found.status != 204:
            self.send_header("Content-Length", str(len(body)))
        for name, value in found.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        self.close_connection = self.close_connection or cut
