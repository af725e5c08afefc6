"""Help for tests that start servers of their own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm.process.daemons import command_line

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICE_NAMES = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "HENGPU_VAR", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """A folder for data, short enough for sockets; whatever still runs on it at the end is killed."""
    folder = Path(tempfile.mkdtemp(prefix="hengpu-own-", dir="/tmp"))
    folder.chmod(0o711)  # the database server is another user when we are root
    yield folder
    for pid in processes_on(folder):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def processes_on(folder: Path, *names: str) -> list[int]:
    """The processes whose command line names the folder (and one of the names), ours excepted."""
    if sys.platform == "linux":
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    else:
        listing = subprocess.run(["ps", "-axo", "pid="], capture_output=True, text=True, check=True).stdout
        pids = [int(pid) for pid in listing.split()]
    commands = {pid: command_line(pid) for pid in pids if pid != os.getpid()}
    found = {pid: command for pid, command in commands.items() if str(folder) in command}
    return [pid for pid, command in found.items() if not names or any(name in command for name in names)]


def clean_environment(**more: str) -> dict[str, str]:
    """Our environment without the addresses of the suite's own servers."""
    return {name: value for name, value in os.environ.items() if name not in SERVICE_NAMES} | more


@pytest.fixture
def python() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts Python with a script and arguments, its output piped; killed at the end if it still runs."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            cwd=ROOT,
            env=clean_environment(**environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
