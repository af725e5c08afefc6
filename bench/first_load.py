"""`python -m bench first_load --orders 100000 --items 3`: read so many sales orders from the ERP simulator into empty tables.

A bare HTTP client pages the same data first, for comparison. The ERP answers at once, which on the same machine takes processor
time from the reader; and then, like one on a machine of its own, only after it has thought. The orders are those of the demo
company, over and over under new numbers; customers and products are the company's. The database is made for the run and removed
at the end.
"""

import argparse
import datetime as dt
import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.sync import ACCOUNT, bare, forget_documents, one_pass, own_database, simulator
from crm.events import facts_changed
from integrations.enums import RunKind
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator.build import fill
from integrations.simulator.documents import item_no
from integrations.simulator.store import Store

ORDERS = ENTITY_SETS["A_SalesOrder"]
BELOW = ("A_SalesOrderScheduleLine", "A_SalesOrderItemPrElement")
CHUNK = 10_000
FIRST_NUMBER = 8_000_000_000
Row = dict[str, Any]


def multiply(store: Store, orders: int, items: int) -> None:
    """Put so many orders of so many items, with their schedule lines and conditions, in the place of the company's own."""
    heads, lines = store.rows("A_SalesOrder"), store.rows("A_SalesOrderItem")
    below = {name: _by_line(store.rows(name)) for name in BELOW}
    with store.writing():
        for name in ("A_SalesOrder", "A_SalesOrderItem", *BELOW):
            store.db.execute(f"DELETE FROM {name}")
        parts = cycle(lines)
        numbers = (str(FIRST_NUMBER + place) for place in range(orders))
        for group in _groups(zip(numbers, cycle(heads), strict=False), CHUNK):
            store.put("A_SalesOrder", ({**head, "SalesOrder": number} for number, head in group))
            made = [
                (number, item_no(10 * (place + 1)), row)
                for number, _head in group
                for place, row in enumerate(islice(parts, items))
            ]
            store.put("A_SalesOrderItem", (_renamed(row, number, item) for number, item, row in made))
            for name, found in below.items():
                rows = ((number, item, one) for number, item, row in made for one in found.get(_line(row), ()))
                store.put(name, (_renamed(one, number, item) for number, item, one in rows))


def _by_line(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[_line(row)].append(row)
    return found


def _line(row: Row) -> tuple[str, str]:
    return row["SalesOrder"], row["SalesOrderItem"]


def _renamed(row: Row, number: str, item: str) -> Row:
    return {**row, "SalesOrder": number, "SalesOrderItem": item}


def _groups(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while group := list(islice(rows, size)):
        yield group


def main(argv: list[str]) -> int:
    """Make the orders, start the simulator, and time both readers."""
    parser = argparse.ArgumentParser(prog="python -m bench first_load")
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=3, help="lines of each order")
    parser.add_argument("--scale", type=float, default=0.1, help="size of the demo company that has them")
    parser.add_argument("--rounds", type=int, default=1)
    thinks = "milliseconds that the ERP thinks before each answer, one or several"
    parser.add_argument("--latency", type=int, nargs="+", default=[0, 200], help=thinks)
    options = parser.parse_args(argv)
    facts_changed._handlers.clear()  # no worker is asked: the first load alone is timed
    today = timezone.localdate()
    with own_database(), tempfile.TemporaryDirectory() as folder:
        with redirect_stdout(StringIO()):
            call_command("load_demo", scale=options.scale, seed=1, today=today, stderr=StringIO())
        _fill(Path(folder), options, today)
        with simulator(options.scale, today, folder) as url:
            for latency in options.latency * options.rounds:
                for faults in ({}, {"latency": latency / 1000, "count": 100_000}):  # the earlier ones end
                    httpx.post(f"{url}/sim/faults", json=faults, auth=ACCOUNT).raise_for_status()
                print(f"The ERP thinks {latency} ms.")
                _compare(url)
        gc.unfreeze()
    return 0


def _compare(url: str) -> None:
    forget_documents()
    gc.collect()
    gc.freeze()  # a bare client has no Django around it for the garbage collector to look through
    alone = bare(url, [ORDERS])
    before = _database_seconds()
    first = one_pass("first", url, RunKind.FULL, [ORDERS])
    print(f"PostgreSQL's process was busy {_database_seconds() - before:.1f} s")
    print(f"the first load took {first / alone:.2f} of what the bare client needs for the same data")


def _fill(folder: Path, options: argparse.Namespace, today: dt.date) -> None:
    began = time.monotonic()
    store = Store(folder / f"erp-{options.scale:g}-1.sqlite3")
    fill(store, scale=options.scale, seed=1, today=today)
    multiply(store, options.orders, options.items)
    store.close()
    print(f"The orders were made in {time.monotonic() - began:.1f} s.", file=sys.stderr)


def _database_seconds() -> float:
    """Processor time of this connection's process in PostgreSQL; 0 where it is not on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / 100
