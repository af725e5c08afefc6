"""`manage.py load_demo`: fill an empty database with the demo company."""

import argparse
import datetime as dt
import json
import time
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from crm.apps import OWN_APPS
from crm.demo.world import LARGEST, World
from crm.extension_points import demo_sets
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.models import User

# what the migrations fill, and what an administrator has set up about the outside world
_KEPT = frozenset(
    {
        "crm.Role",
        "crm.ChoiceList",
        "crm.ChoiceItem",
        "opportunities.Stage",
        "opportunities.GateItem",
        "customers.ProtectedField",
        "integrations.ErpConnection",
    }
)


class Command(BaseCommand):
    """Loads the demo company. Prints one JSON object: rows per table, seconds, and what it was made from."""

    help = "Fill the database with a made-up company: people, catalogue, customers, deals and three years of documents."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The size of the company, and what makes one company differ from another."""
        parser.add_argument(
            "--scale",
            type=float,
            default=1.0,
            help=f"1 is about 330 customers and 3,300 order lines; at most {LARGEST}",
        )
        parser.add_argument("--seed", type=int, default=1, help="another number makes another company")
        parser.add_argument(
            "--today", type=dt.date.fromisoformat, help="the day the data ends before (YYYY-MM-DD); default: today"
        )
        parser.add_argument("--replace", action="store_true", help="delete everything in the database first")

    def handle(self, **options: Any) -> None:
        """Generate in memory, then write in one transaction."""
        try:
            world = World(scale=options["scale"], seed=options["seed"], today=options["today"] or timezone.localdate())
            with session_lock(AdvisoryLock.DEMO):
                report = self._run(world, replace=options["replace"])
        except LockTaken as error:
            raise CommandError("Another load_demo is at work on this database: wait for it to end.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(report, ensure_ascii=False))

    def _run(self, world: World, *, replace: bool) -> dict[str, Any]:
        if not replace and User._base_manager.exists():
            raise CommandError("The database has users already. With --replace everything in it is deleted first.")
        start = time.monotonic()
        for part in demo_sets.all():
            part.generate(world)
        generated = time.monotonic()
        self._say(f"generated in {generated - start:.1f} s")
        sessions = list(Session.objects.values_list("session_key", flat=True)) if replace else []
        with transaction.atomic():
            if replace:
                _empty()
            for part in demo_sets.all():
                begin = time.monotonic()
                part.load(world)
                self._say(f"{part.key}: {time.monotonic() - begin:.1f} s")
        _sign_out(sessions)
        return {
            "scale": world.scale,
            "seed": world.seed,
            "today": world.today.isoformat(),
            "rows": {name: len(table) for name, table in world.tables.items()},
            "seconds": {"generate": round(generated - start, 2), "load": round(time.monotonic() - generated, 2)},
        }

    def _say(self, text: str) -> None:
        self.stderr.write(text)


def _empty() -> None:
    """Empty our tables and their trails, save what the migrations filled."""
    tables = []
    for name in OWN_APPS:
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            tracked = getattr(model, "pgh_tracked_model", model)
            if tracked._meta.label not in _KEPT and model._meta.managed and not model._meta.proxy:
                tables.append(connection.ops.quote_name(model._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = sorted(tables)
        for table in tables:  # the trail's guard among them: whoever owns the tables may begin anew
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _sign_out(keys: list[str]) -> None:
    """End the sessions of the people who were there before: the new ones have the same ids."""
    engine = import_module(settings.SESSION_ENGINE)
    for key in keys:
        engine.SessionStore(session_key=key).delete()
