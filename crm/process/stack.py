"""The processes of a site on one machine: what is started, on which ports, and what a crash left behind."""

import fcntl
import os
import secrets
import shlex
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from crm.process.daemons import StartError, command_line, wait_until

LOCALHOST = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- compared with, not bound to
STOP_SECONDS = 10
QUEUES = "default,sync,reports"


def check_ports(*addresses: tuple[str, int]) -> None:
    """Raise StartError when somebody listens on one of the addresses, with the first free pair above it."""
    for host, port in addresses:
        if not port_is_free(host, port):
            first = addresses[0][1]
            free = next(
                p for p in range(first + 10, 65000, 10) if all(port_is_free(h, p + q - first) for h, q in addresses)
            )
            raise StartError(
                f"Port {port} is taken: stop what listens there, or choose another with `PORT={free} make run`."
            )


def port_is_free(host: str, port: int) -> bool:
    """Say whether a server could listen there now."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, OverflowError) as error:
        raise StartError(f"HOST={host} PORT={port} is no address to listen on.") from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise StartError(f"Port {port} needs administrator rights: choose one above 1023 with PORT.") from error
        except OSError:
            return False
    return True


def commands(host: str, port: int, var_dir: Path) -> dict[str, list[str]]:
    """Return the command of each process, by name."""
    python = [sys.executable, "-m"]
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    site = ["gunicorn", "crm.wsgi:application", "--bind", bind, "--worker-class", "gthread", "--log-level", "warning"]
    site += ["--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", os.environ.get("WEB_THREADS", "4")]
    worker = ["celery", "-A", "crm", "worker", "-Q", QUEUES, "-c", "2", "-l", "WARNING"]
    beat = ["celery", "-A", "crm", "beat", "-s", str(var_dir / "celerybeat-schedule"), "-l", "WARNING"]
    erp = ["integrations.simulator", "--port", str(port + 1)]
    return {
        name: [*python, *command]
        for name, command in (("site", site), ("worker", worker), ("beat", beat), ("erp", erp))
    }


def site_address(host: str, port: int) -> str:
    """Return the address at which this machine reaches what listens there."""
    return f"http://{'localhost' if host in (LOCALHOST, *EVERYWHERE) else host}:{port}"


def simulator_access(port: int) -> dict[str, str]:
    """Return the environment under which site and worker read the simulator, and the simulator lets them in."""
    user, password = os.environ.get("SIM_USER") or "demo", os.environ.get("SIM_PASSWORD") or secrets.token_urlsafe(16)
    account = {"ERP_USER": user, "ERP_PASSWORD": password, "SIM_USER": user, "SIM_PASSWORD": password}
    return {"ERP_URL": f"http://{LOCALHOST}:{port}", **account}


def shell_line(command: list[str], pid_file: Path) -> str:
    """Return the command for a shell that notes its own number first and then becomes the command."""
    return f"echo $$ > {shlex.quote(str(pid_file))}; exec {shlex.join(command)}"


def hold(var_dir: Path) -> IO[str]:
    """Take the place of the one stack of `var_dir`, held until the file is closed. Raises StartError if taken."""
    folder = var_dir / "run"
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        if not command_line(_noted_pid(folder / "run.pid")):
            # Only children of a killed stack still hold it: they go now.
            end_leftovers(folder)
            if wait_until(lambda: _locks(lock), STOP_SECONDS):
                return _noted(lock, folder)
        lock.close()
        raise StartError(
            f"It already runs on {var_dir}: stop it there with Ctrl-C, or set HENGPU_VAR to another folder."
        ) from error
    end_leftovers(folder)
    return _noted(lock, folder)


def _noted(lock: IO[str], folder: Path) -> IO[str]:
    (folder / "run.pid").write_text(str(os.getpid()))
    return lock


def _locks(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _noted_pid(pid_file: Path) -> int:
    try:
        return int(pid_file.read_text())
    except (FileNotFoundError, ValueError):
        return 0


def end_leftovers(folder: Path) -> None:
    """End the processes that a stack ended by force left running."""
    for pid_file in folder.glob("child-*.pid"):
        pid = _noted_pid(pid_file)
        if pid and sys.executable in command_line(pid):
            _end_group(pid)
        pid_file.unlink(missing_ok=True)


def _end_group(pid: int) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(pid, number)
        if wait_until(lambda: not command_line(pid), STOP_SECONDS):
            return


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the children: ours, with what they need to find the services."""
    return {**os.environ, **extra, "PYTHONUNBUFFERED": "1"}
