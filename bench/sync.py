"""`python -m bench sync --scale N`: read the demo company's documents from the ERP simulator into a database of its own.

Three passes: everything into empty tables, everything again (nothing differs), and what changed since. The database is made
for the run beside the configured one and removed at the end.
"""

import argparse
import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

import httpx
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from crm.events import facts_changed
from integrations.sap.client import ODataClient
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.engine import sync_all

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    "salesorder",
    "salesorderline",
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


def one_pass(name: str, url: str, *, full: bool) -> None:
    """Run all entity sets and print a line for each, and one for all."""
    total_read, total_seconds = 0, 0.0
    with ODataClient(base_url=url, username="demo", password="demo") as client:
        for outcome in sync_all(client=client, full=full):
            run, seconds = outcome.run, max(outcome.seconds, 0.001)
            if run is None:
                raise SystemExit(f"{outcome.entity_set.name}: {outcome.error}")
            total_read, total_seconds = total_read + run.read, total_seconds + seconds
            line(name, run.entity_set, run.read, run.written, run.unchanged, run.rejected, seconds)
    line(name, "all", total_read, 0, 0, 0, total_seconds)


def line(name: str, what: str, read: int, written: int, unchanged: int, rejected: int, seconds: float) -> None:
    """A line of the table."""
    rate = f"{written / seconds:10,.0f}{unchanged / seconds:12,.0f}" if what != "all" else f"{'':10}{'':12}"
    print(f"{name:12}{what:32}{read:10,}{rejected:9,}{seconds:9.1f}{read / seconds:10,.0f}{rate}")


def main(argv: list[str]) -> int:
    """Make the company, start the simulator, and time the passes."""
    parser = argparse.ArgumentParser(prog="python -m bench sync")
    parser.add_argument("--scale", type=float, default=10)
    parser.add_argument("--documents", type=int, default=600, help="new documents before the last pass")
    options = parser.parse_args(argv)
    facts_changed._handlers.clear()  # the sync alone: figures have a benchmark of their own
    today = timezone.localdate()
    with own_database(), tempfile.TemporaryDirectory() as folder:
        with redirect_stdout(StringIO()):
            call_command("load_demo", scale=options.scale, seed=1, today=today, stderr=StringIO())
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(f'orders_{name}' for name in DOCUMENTS)} CASCADE")
            cursor.execute("DELETE FROM integrations_externalref WHERE entity NOT IN ('customer', 'product')")
        with simulator(options.scale, today, folder) as url:
            heads = f"{'documents':>10}{'rejected':>9}{'wall s':>9}{'read/s':>10}{'written/s':>10}{'unchanged/s':>12}"
            print(f"{'pass':12}{'entity set':32}{heads}")
            one_pass("first", url, full=True)
            one_pass("again", url, full=True)
            answer = httpx.post(f"{url}/sim/advance", json={"documents": options.documents}, auth=ACCOUNT, timeout=600)
            began = time.perf_counter()
            one_pass("changes", url, full=False)
            print(
                f"{sum(answer.json().values())} new documents seen {time.perf_counter() - began:.1f} s after they were made"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:.0f} MB, {len(ENTITY_SETS)} entity sets")
    return 0
