"""Servers as child processes: folders of their own, another user when we are root, waiting until they answer."""

import os
import pwd
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

START_SECONDS = 60
POLL_SECONDS = 0.05
# A user without rights that every system has. PostgreSQL refuses to run as root.
UNPRIVILEGED_USER = "nobody"


class StartError(Exception):
    """Something cannot be started; the message says in one line what to do."""


def launch(command: list[str], *, log: Path, ready: Callable[[], bool], user: str | None = None) -> None:
    """Start a server in a session of its own, so that Ctrl-C does not reach it, and wait until it answers.

    Raises StartError with the last line of its log when it ends or does not answer within START_SECONDS.
    """
    with log.open("ab") as output:
        start = output.tell()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
            **as_user(user),
        )
    if wait_until(lambda: ready() or process.poll() is not None, START_SECONDS) and ready():
        return
    if process.poll() is None:
        process.kill()
    said = log.read_bytes()[start:].decode(errors="replace").strip().splitlines() or ["it says nothing"]
    why = next((line for line in said if "FATAL" in line), said[-1])
    raise StartError(f"{Path(command[0]).name} does not start: {why} (see {log})")


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Return True as soon as the condition holds, False when it does not within the given seconds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(POLL_SECONDS)
    return True


def command_line(pid: int) -> str:
    """Return the command line of a process; empty when there is none or it has ended."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    listing = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout


def private_directory(path: Path) -> Path:
    """Create a folder that only its owner may enter. Raises StartError when it belongs to somebody else."""
    path.mkdir(parents=True, exist_ok=True)
    found = path.lstat()
    mine = os.geteuid() in (0, found.st_uid)
    if not mine or not stat.S_ISDIR(found.st_mode):
        raise StartError(f"{path} belongs to another user: run as that user, or remove it.")
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)
    return path


def server_user(data: Path) -> str | None:
    """Return the user a server must run as when we are root: the owner of its data, or `nobody`; else None."""
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid
    return pwd.getpwuid(owner).pw_name if owner else UNPRIVILEGED_USER


def as_user(user: str | None) -> dict[str, Any]:
    """Return the arguments of subprocess that run a program as that user with its own group only."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def hand_over(user: str, *folders: Path) -> None:
    """As root: give the folders to the user and let it pass through the folders above them."""
    entry = pwd.getpwnam(user)
    for folder in folders:
        if folder.stat().st_uid != entry.pw_uid:
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        open_way(folder)


def open_way(path: Path) -> None:
    """As root: add the right to pass through (not to list) to those folders above `path` that lack it."""
    for folder in path.resolve().parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            message = f"Letting other users pass through {folder}: the database server cannot run as root."
            sys.stderr.write(f"{message}\n")
            folder.chmod(mode | stat.S_IXOTH)


def open_tree(path: Path) -> None:
    """As root: make installed programs readable for others, where a strict umask kept them from it."""
    if stat.S_IMODE(path.stat().st_mode) & 0o005 == 0o005:
        return
    for item in [path, *path.rglob("*")]:
        if not item.is_symlink():
            mode = stat.S_IMODE(item.stat().st_mode)
            item.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if item.is_dir() or mode & stat.S_IXUSR else 0))
