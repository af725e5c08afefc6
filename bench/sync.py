"""`python -m bench sync --scale N`: read the demo company's documents from the ERP simulator into a database of its own.

First a bare HTTP client pages the same data, for comparison. Then four passes: everything into empty tables, everything again
(nothing differs), what changed since, until the figures of the dashboard are summed, and the nightly ones. The database is
made for the run beside the configured one and removed at the end.
"""

import argparse
import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import orjson
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from analytics.domain.customer_figures import refresh_changed, refresh_figures
from analytics.domain.refresh import mark_changed, refresh
from crm.events import facts_changed
from integrations.enums import RunKind
from integrations.sap.client import ODataClient, Page
from integrations.sap.mapping import ENTITY_SETS, EntitySet
from integrations.sap.transport import SERVICE_ROOT
from integrations.sync import position as positions
from integrations.sync.engine import sync_all
from integrations.sync.run import PAGE_SIZE
from integrations.sync.what import What

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    "salesorder",
    "salesorderline",
    "orderdetail",
    "shipment",
    "shipmentline",
    "invoice",
    "invoiceline",
    "receivable",
    "settlement",
)
ACCOUNT = ("demo", "demo")


@contextmanager
def own_database() -> Iterator[None]:
    """A new, migrated database for the time of the run."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def simulator(scale: float, today: dt.date, folder: str) -> Iterator[str]:
    """The simulator as a process of its own; its address. Prints how long it took to start."""
    started = time.monotonic()
    command = [sys.executable, "-m", "integrations.simulator", "--port", "0", "--still", "--data", folder]
    command += ["--scale", str(scale), "--seed", "1", "--today", today.isoformat()]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if " at http://" in line:
                print(f"The simulator started in {time.monotonic() - started:.1f} s.", file=sys.stderr)
                yield line.split(" at ")[1].split(",")[0]
                break
    finally:
        process.terminate()
        process.wait(10)


def forget_documents() -> None:
    """Take the documents out of the database, and what is known of reading them."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(f'orders_{name}' for name in DOCUMENTS)} CASCADE")
        cursor.execute("DELETE FROM integrations_externalref WHERE entity NOT IN ('customer', 'product')")
        cursor.execute("DELETE FROM integrations_syncstate")


def bare(url: str, sets: Iterable[EntitySet] = tuple(ENTITY_SETS.values())) -> float:
    """Page entity sets with nothing but an HTTP client and a JSON parser, one request after the other; the seconds."""
    total, seconds, start = 0, 0.0, time.process_time()
    with httpx.Client(base_url=url, auth=ACCOUNT, timeout=120, headers={"Accept-Encoding": "gzip"}) as client:
        for entity_set in sets:
            began, busy, count = time.perf_counter(), time.process_time(), 0
            here: positions.Position | None = positions.begin(entity_set, watermark="", full=True)
            while here is not None:
                options = positions.options(entity_set, here, top=PAGE_SIZE) | {"$format": "json"}
                path = f"{SERVICE_ROOT}{entity_set.service}/{entity_set.name}"
                body = orjson.loads(client.get(path, params=options).content)["d"]
                rows = body["results"]
                count += len(rows)
                page = Page(rows, body.get("__next", ""), dt.datetime.now(dt.UTC))
                here = positions.advance(entity_set, here, page, top=PAGE_SIZE)
            took = time.perf_counter() - began
            line("bare client", entity_set.name, count, 0, 0, 0, took, time.process_time() - busy)
            total, seconds = total + count, seconds + took
    line("bare client", "all", total, 0, 0, 0, seconds, time.process_time() - start)
    return seconds


def one_pass(name: str, url: str, kind: str, sets: Iterable[EntitySet] = ()) -> float:
    """Run these entity sets (all for none) and print a line for each, and one for all; the seconds."""
    total_read, total_seconds, start = 0, 0.0, time.process_time()
    busy = start
    with ODataClient(base_url=url, username="demo", password="demo") as client:
        for outcome in sync_all(client=client, names=[one.name for one in sets], what=What(kind)):
            run, seconds = outcome.run, max(outcome.seconds, 0.001)
            if run is None:
                raise SystemExit(f"{outcome.entity_set.name}: {outcome.error}")
            total_read, total_seconds = total_read + run.read, total_seconds + seconds
            now = time.process_time()
            line(name, run.entity_set, run.read, run.written, run.unchanged, run.rejected, seconds, now - busy)
            busy = now
    line(name, "all", total_read, 0, 0, 0, total_seconds, time.process_time() - start)
    return total_seconds


def line(
    name: str, what: str, read: int, written: int, unchanged: int, rejected: int, seconds: float, busy: float
) -> None:
    """A line of the table; `busy` are the seconds that this process itself was at work, without the database."""
    rate = f"{written / seconds:10,.0f}{unchanged / seconds:12,.0f}" if what != "all" else f"{'':10}{'':12}"
    print(f"{name:12}{what:32}{read:10,}{rejected:9,}{seconds:9.1f}{busy:9.1f}{read / seconds:10,.0f}{rate}")


def mark(*, facts: list[str], months: list[str], **_more: Any) -> None:
    """Note which sums are stale, as the site does."""
    mark_changed(facts=facts, months=months)


def main(argv: list[str]) -> int:
    """Make the company, start the simulator, and time the passes."""
    parser = argparse.ArgumentParser(prog="python -m bench sync")
    parser.add_argument("--scale", type=float, default=10)
    parser.add_argument("--documents", type=int, default=1000, help="new documents before the last pass")
    options = parser.parse_args(argv)
    facts_changed._handlers.clear()  # no worker is asked: the figures are summed below, and counted
    facts_changed.subscribe(mark)
    today = timezone.localdate()
    with own_database(), tempfile.TemporaryDirectory() as folder:
        with redirect_stdout(StringIO()):
            call_command("load_demo", scale=options.scale, seed=1, today=today, stderr=StringIO())
        forget_documents()
        with simulator(options.scale, today, folder) as url:
            heads = f"{'documents':>10}{'rejected':>9}{'wall s':>9}{'CPU s':>9}{'read/s':>10}{'written/s':>10}{'unchanged/s':>12}"
            print(f"{'pass':12}{'entity set':32}{heads}")
            alone = bare(url)
            first = one_pass("first", url, RunKind.FULL)
            print(f"the first load took {first / alone:.2f} of what the bare client needs for the same data")
            refresh(full=True)
            refresh_figures()
            one_pass("again", url, RunKind.FULL)
            answer = httpx.post(f"{url}/sim/advance", json={"documents": options.documents}, auth=ACCOUNT, timeout=600)
            made, began = sum(answer.json().values()), time.perf_counter()
            one_pass("changes", url, RunKind.CHANGES)
            read = time.perf_counter() - began
            refresh()
            refresh_changed()
            both = time.perf_counter() - began
            print(
                f"{made} new documents were here after {read:.1f} s and in the dashboard's figures after {both:.1f} s"
            )
            one_pass("open", url, RunKind.OPEN)
            one_pass("keys", url, RunKind.KEYS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:.0f} MB, {len(ENTITY_SETS)} entity sets")
    return 0
