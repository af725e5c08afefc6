"""`python -m bench funnel --open 2000`: the board, the funnel's pages and moving a card with so many open opportunities.

The demo company is loaded when the database is empty; open opportunities are copied until there are enough, with their histories.
What is written is rolled back.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from crm.models import User
from opportunities.models import Opportunity, OpportunityStageChange, Stage

BOARD = "opportunities:opportunity_board"
PAGES = ("opportunity_list", "opportunity_calendar", "funnel", "funnel_key", "funnel_risks", "funnel_changes")


class Undone(Exception):
    """Takes back what was written to measure it."""


def fill(wanted: int) -> None:
    """Copy open opportunities with their histories until there are so many."""
    models = list(Opportunity.objects.open().order_by("pk"))
    histories: dict[int, list[OpportunityStageChange]] = {}
    for change in OpportunityStageChange.objects.filter(record__in=models).order_by("pk"):
        histories.setdefault(change.record_id, []).append(change)
    copies, changes = [], []
    for number in range(max(0, wanted - len(models))):
        source = models[number % len(models)]
        values = {f.attname: getattr(source, f.attname) for f in Opportunity._meta.concrete_fields if not f.primary_key}
        copies.append((source.pk, Opportunity(**{**values, "code": f"BENCH-{number}"})))
    made = Opportunity.objects.bulk_create([copy for _pk, copy in copies], batch_size=500)
    for (pk, _copy), record in zip(copies, made, strict=True):
        for change in histories.get(pk, []):
            values = {
                f.attname: getattr(change, f.attname)
                for f in OpportunityStageChange._meta.concrete_fields
                if not f.primary_key
            }
            changes.append(OpportunityStageChange(**{**values, "record_id": record.pk}))
    OpportunityStageChange.objects.bulk_create(changes, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE opportunities_opportunity, opportunities_opportunitystagechange")


def measured(name: str, act: Callable[[int], Any], rounds: int) -> None:
    """Do it so many times and print what it took."""
    act(0)
    spent: list[float] = []

    def note(execute: Any, *args: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*args)
        finally:
            spent.append((time.perf_counter() - begun) * 1000)

    with connection.execute_wrapper(note):
        act(1)
    walls, cpus = [], []
    for number in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        act(number + 2)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    print(
        f"{name:<32}{statistics.median(walls):9.1f}{min(walls):9.1f}{statistics.median(cpus):9.1f}{len(spent):9}{sum(spent):9.1f}"
    )


def mover(user: User) -> Callable[[int], Any]:
    """Puts the next card on hold, from the board."""
    client = signed_in(user)
    rows: Any = Opportunity.objects.visible_to(user)
    keys = list(rows.open().order_by("pk").values_list("pk", flat=True))
    target = Stage.objects.get(category="on_hold").pk
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{reverse(BOARD)}"}

    def move(number: int) -> None:
        data = {"target": target, "asked": "1", "move-reason": "bench"}
        response = client.post(reverse("opportunities:opportunity_move", args=[keys[number]]), data, headers=headers)
        assert "HX-Trigger-After-Settle" in response.headers, response.content[:500]

    return move


def main(argv: list[str]) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="bench funnel")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--open", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--user", default="zhaolq", help="who looks")
    parser.add_argument("--mover", default="gaoyf", help="who moves the card")
    options = parser.parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if not Opportunity.objects.exists():
        call_command("load_demo", scale=options.scale, seed=1)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    try:
        with transaction.atomic():
            fill(options.open)
            run(options)
            raise Undone
    except Undone:
        pass
    return 0


def run(options: argparse.Namespace) -> None:
    """Measure and print."""
    looker = signed_in(User.objects.get(username=options.user))
    count = Opportunity.objects.count()
    print(f"{Opportunity.objects.open().count():,} open of {count:,} opportunities, {options.rounds} rounds")
    print(f"{'page':<32}{'median':>9}{'min':>9}{'CPU':>9}{'queries':>9}{'SQL ms':>9}")
    for name in (BOARD, *(f"opportunities:{page}" for page in PAGES)):
        url = reverse(name)
        measured(name.partition(":")[2], lambda _n, url=url: ok(looker.get(url)), options.rounds)
    newest = Opportunity.objects.open().order_by("-pk").values_list("pk", flat=True)[0]
    record = reverse("opportunities:opportunity_record", args=[newest])
    measured("opportunity, record", lambda _n: ok(looker.get(record)), options.rounds)
    measured("moving a card", mover(User.objects.get(username=options.mover)), options.rounds)


def signed_in(user: User) -> Client:
    """A client of theirs."""
    client = Client()
    client.force_login(user, backend="crm.organisation.backends.RoleBackend")
    return client


def ok(response: Any) -> None:
    """It was answered."""
    assert response.status_code == 200, response
