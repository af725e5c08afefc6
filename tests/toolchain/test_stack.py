"""What `make run` refuses to start on, in one line that says what to do."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm.process import secret, stack
from crm.process.daemons import StartError, wait_until

from .conftest import ROOT, clean_environment


def listen() -> socket.socket:
    """A socket that listens on a port whose neighbours are free."""
    while True:
        listener = socket.create_server((stack.LOCALHOST, 0))
        port = listener.getsockname()[1]
        if all(stack.port_is_free(stack.LOCALHOST, port + step) for step in (-1, 1)):
            return listener
        listener.close()


@pytest.mark.parametrize("neighbour", [0, 1], ids=["site", "simulator"])
def test_taken_port_names_one_that_is_free(neighbour: int) -> None:
    with listen() as listener:
        taken = listener.getsockname()[1]
        first = taken - neighbour
        with pytest.raises(StartError) as caught:
            stack.check_ports((stack.LOCALHOST, first), (stack.LOCALHOST, first + 1))
    message = str(caught.value)
    assert message.startswith(f"Port {taken} is taken: stop what listens there, or choose another with `PORT=")
    offered = int(message.split("PORT=")[1].split()[0])
    assert offered >= first + 10
    assert all(stack.port_is_free(stack.LOCALHOST, port) for port in (offered, offered + 1))


def test_free_ports_are_accepted() -> None:
    with listen() as listener:
        free = listener.getsockname()[1] + 1
    stack.check_ports((stack.LOCALHOST, free))


def test_links_that_leave_the_site_name_its_port() -> None:
    assert stack.site_address(stack.LOCALHOST, 8123) == stack.site_address("0.0.0.0", 8123) == "http://localhost:8123"
    assert stack.site_address("crm.lan", 8123) == "http://crm.lan:8123"


def test_manage_run_ends_with_one_line_when_the_port_is_taken(var_dir: Path) -> None:
    urls = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    with listen() as listener:
        port = str(listener.getsockname()[1])
        environment = clean_environment(**urls, HENGPU_VAR=str(var_dir), PORT=port)
        command = [sys.executable, "manage.py", "run"]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().startswith(f"Port {port} is taken")
    assert len(done.stderr.strip().splitlines()) == 1


def test_second_stack_on_the_same_data_is_refused(var_dir: Path, python: Callable[..., subprocess.Popen[str]]) -> None:
    script = (
        "import sys; from pathlib import Path; from crm.process import stack\n"
        "lock = stack.hold(Path(sys.argv[1])); print('held', flush=True); sys.stdin.readline()"
    )
    holder = python(script, var_dir)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    with pytest.raises(StartError, match="already runs on"):
        stack.hold(var_dir)
    holder.communicate("leave\n", timeout=20)
    stack.hold(var_dir).close()


def test_children_of_a_killed_stack_are_ended(var_dir: Path, python: Callable[..., subprocess.Popen[str]]) -> None:
    line = stack.shell_line([sys.executable, "-c", "import time; time.sleep(600)"], var_dir / "run" / "child-site.pid")
    (var_dir / "run").mkdir()
    child = subprocess.Popen(line, shell=True, start_new_session=True)
    assert wait_until((var_dir / "run" / "child-site.pid").exists, 10)
    stranger = subprocess.Popen(["sleep", "600"], start_new_session=True)
    (var_dir / "run" / "child-worker.pid").write_text(str(stranger.pid))
    try:
        stack.hold(var_dir).close()
        assert child.wait(timeout=20) == -15
        assert stranger.poll() is None, "a number that now belongs to another program is left alone"
    finally:
        stranger.kill()
        stranger.wait()
    assert list((var_dir / "run").glob("child-*.pid")) == []


def test_secret_key_is_made_once_and_kept_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    secret.ensure_secret_key(tmp_path / "var")
    made = os.environ["SECRET_KEY"]
    assert len(made) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SECRET_KEY", "")
    secret.ensure_secret_key(tmp_path / "var")
    assert os.environ["SECRET_KEY"] == made
    monkeypatch.setenv("SECRET_KEY", "given")
    secret.ensure_secret_key(tmp_path / "var")
    assert os.environ["SECRET_KEY"] == "given"


PRETEND = """
import sys
sys.path.insert(0, ".ci")
import preflight
{change}
message = preflight.problem()
assert message and "\\n" not in message, message
print(message)
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("preflight.sys.version_info = (3, 9, 2)", ["Python 3.9 is too old", "apt-get install", "brew install"]),
        ("preflight.importlib.util.find_spec = lambda name: None", ["apt-get install python3-venv", "brew install"]),
        ("preflight.loads = lambda name: False", ["Pango", "apt-get install libpango-1.0-0", "brew install pango"]),
        ("preflight.platform.system = lambda: 'Windows'", ["WSL"]),
    ],
    ids=["old python", "no venv", "no pango", "windows"],
)
def test_preflight_says_what_to_install(change: str, words: list[str]) -> None:
    script = PRETEND.format(change=change)
    python = shutil.which("python3") or sys.executable
    done = subprocess.run([python, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [word for word in words if word not in done.stdout] == []


def test_preflight_is_silent_on_a_machine_that_has_it_all() -> None:
    done = subprocess.run([sys.executable, ".ci/preflight.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
