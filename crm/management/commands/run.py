"""`manage.py run`: the whole site on this machine, from an empty folder to a page in the browser."""

import hashlib
import os
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import connections
from honcho.manager import Manager

from crm.demo.accounts import DEMO_ACCOUNTS
from crm.demo.organisation import COMPANY, LETTERHEAD
from crm.process import stack
from crm.process.daemons import StartError

DEFAULT_PORT = 8000


class Command(BaseCommand):
    """Migrate, load the demo company into an empty database, start everything, stop everything on Ctrl-C."""

    company = ""
    letterhead: dict[str, str] = {}
    help = "Starts site, worker, beat and ERP simulator; an empty database gets the demo company first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address from the options, else from HOST and PORT in the environment."""
        parser.add_argument("--host", default=os.environ.get("HOST") or stack.LOCALHOST)
        parser.add_argument("--port", default=os.environ.get("PORT") or str(DEFAULT_PORT))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal or until one of the processes ends."""
        host, port = options["host"], _port(options["port"])
        try:
            lock = stack.hold(settings.VAR_DIR)
            stack.check_ports((host, port), (stack.LOCALHOST, port + 1))
        except StartError as error:
            sys.exit(str(error))
        with lock:
            self._prepare()
            self._announce(host, port)
            code = self._run(host, port)
        if code not in (0, 130, 143):
            sys.exit(f"A process ended by itself (code {code}): its last lines above say why.")

    def _prepare(self) -> None:
        self.stdout.write("Preparing the database ...")
        call_command("migrate", interactive=False, verbosity=0)
        if not get_user_model()._default_manager.exists():
            self.stdout.write("Loading the demo company ...")
            call_command("load_demo", scale=1, seed=1)
        demo = get_user_model()._default_manager.filter(username=DEMO_ACCOUNTS[0][0]).exists()
        self.company = settings.COMPANY_NAME or (COMPANY if demo else "")
        self.letterhead = LETTERHEAD if demo and not settings.COMPANY_NAME else {}
        _collect_static(settings.VAR_DIR / "run" / "static.sum")
        # The threads of a pool do not survive the fork of the children.
        connection: Any
        for connection in connections.all(initialized_only=True):
            connection.close()
            connection.close_pool()

    def _announce(self, host: str, port: int) -> None:
        simulator = stack.site_address(stack.LOCALHOST, port + 1)
        lines = [f"{settings.BRAND_NAME}: {stack.site_address(host, port)}/", f"ERP simulator: {simulator}/", ""]
        width = [max(len(str(row[column])) for row in [*DEMO_ACCOUNTS, ("user", "password")]) for column in (0, 1)]
        lines.append(f"{'user':{width[0]}}  {'password':{width[1]}}  role")
        lines += [f"{name:{width[0]}}  {password:{width[1]}}  {role}" for name, password, role in DEMO_ACCOUNTS]
        self.stdout.write("\n".join(["", *lines, "", "Ctrl-C stops everything.", ""]))

    def _run(self, host: str, port: int) -> int:
        signal.signal(signal.SIGHUP, _as_termination)
        services = {name: getattr(settings, name) for name in ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "SECRET_KEY")}
        services["COMPANY_NAME"] = self.company
        services |= self.letterhead
        services["HENGPU_VAR"] = str(settings.VAR_DIR)
        services["SITE_URL"] = os.environ.get("SITE_URL") or stack.site_address(host, port)
        if not settings.ERP_URL:
            services |= stack.simulator_access(port + 1)
        services["ALLOWED_HOSTS"] = ",".join({*settings.ALLOWED_HOSTS, host} - {*stack.EVERYWHERE})
        manager = Manager()
        for name, command in stack.commands(host, port, settings.VAR_DIR).items():
            line = stack.shell_line(command, settings.VAR_DIR / "run" / f"child-{name}.pid")
            manager.add_process(name, line, env=stack.environment(services), cwd=str(settings.BASE_DIR))
        manager.loop()
        return int(manager.returncode or 0)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65535:
        sys.exit(f"PORT={text} is not a port: choose a number from 1 to 65534.")
    return int(text)


def _as_termination(number: int, frame: FrameType | None) -> None:
    """Treat a closed terminal like a request to stop."""
    os.kill(os.getpid(), signal.SIGTERM)


def _collect_static(note: Path) -> None:
    """Collect the static files, unless nothing changed since the last time."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    if not (note.exists() and note.read_text() == digest.hexdigest() and Path(settings.STATIC_ROOT).exists()):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        note.write_text(digest.hexdigest())
