"""`python -m bench kpi --scale N`: how long the figures take to add up, per fact and in all, for everything and for one month.

With --scale the demo company of that size is loaded into a database of its own, removed afterwards; without, the configured
database is measured as it is.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from analytics.catalogue import CATALOGUE
from analytics.domain.customer_figures import refresh_figures
from analytics.domain.refresh import Report, mark_changed, refresh
from analytics.engine.evaluate import Evaluator
from analytics.engine.figures import Figures
from analytics.engine.reader import COMPANY
from analytics.engine.request import KpiRequest
from analytics.measures import FACTS
from analytics.models import Cell
from crm.periods import add_months, parse_period

COLUMNS = ("copy_out", "add_up", "copy_in")


@contextmanager
def database(scale: float | None) -> Iterator[None]:
    """The configured database, or a new one with a demo company of that size."""
    if scale is None:
        yield
        return
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        start = time.monotonic()
        with redirect_stdout(StringIO()):
            call_command("load_demo", scale=scale)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"demo company of scale {scale:g} loaded in {time.monotonic() - start:.1f} s")
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def table(title: str, report: Report) -> None:
    """One refresh, a line per fact."""
    print(f"\n{title}")
    print(f"{'fact':24}{'rows':>10}{'months':>8}" + "".join(f"{name:>10}" for name in COLUMNS) + f"{'sum':>10}")
    for fact, parts in report.parts.items():
        seconds = [parts[name] for name in COLUMNS]
        cells = "".join(f"{value:10.2f}" for value in [*seconds, sum(seconds)])
        print(f"{fact:24}{parts['rows']:10,.0f}{report.months[fact]:8}{cells}")
    out = sum(parts["copy_out"] for parts in report.parts.values())
    ratio = f", {report.seconds / out:.1f} x the COPY out" if out else ""
    print(f"{'in all':24}{report.rows:10,}{'':8}{'':30}{report.seconds:10.2f}  {report.sums:,} sums{ratio}")


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench kpi")
    parser.add_argument("--scale", type=float, default=None)
    options = parser.parse_args(argv)
    with database(options.scale):
        Cell.objects.all().delete()
        today = timezone.localdate()
        table("full, into an empty store (s)", refresh(full=True))
        table("full again, as every night (s)", refresh(full=True))
        mark_changed(facts=[fact.source for fact in FACTS.values()], months=[add_months(today, -1)])
        table("one month changed, and what follows from it (s)", refresh())
        mark_changed(facts=[fact.source for fact in FACTS.values()], months=[today])
        table("the running month changed (s)", refresh())
        start = time.monotonic()
        changed = refresh_figures()
        print(f"\nfigures of customers: {changed:,} changed in {time.monotonic() - start:.2f} s")
        reading()
    return 0


def reading() -> None:
    """All indicators of the year, whole and by region, as a page asks for them."""
    period = parse_period("ytd", today=timezone.localdate())
    for by in ("", "region"):
        start = time.monotonic()
        evaluator = Evaluator(Figures(COMPANY))
        for number, indicator in CATALOGUE.items():
            if not by or by in indicator.dimensions:
                evaluator.result(KpiRequest(number, period, by))
        print(f"all indicators of the year{f' by {by}' if by else ''}: {(time.monotonic() - start) * 1000:.0f} ms")
