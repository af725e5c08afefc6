"""`python -m bench pool --scale N`: how long a night of the pools takes, part by part, and the plan of its query."""

import argparse
import datetime as dt
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.domain.customer_figures import refresh_figures
from crm.models import User
from customers.domain.pool.plan import foreseen, night, pools_in_order, rules_of
from customers.domain.pool.recycling import recycle, refresh_activity
from customers.models import Customer


def timed(label: str, act: Callable[[], Any]) -> Any:
    """Do it and print how long it took, by the clock and inside the database."""
    with CaptureQueriesContext(connection) as captured:
        began = time.perf_counter()
        result = act()
        took = time.perf_counter() - began
    sql = sum(float(query["time"]) for query in captured.captured_queries)
    shown = result if isinstance(result, int | tuple) else len(result) if isinstance(result, list) else result
    print(f"{label:44}{took:9.2f} s{sql:9.2f} s SQL{len(captured):8} queries   {shown}")
    return result


def main(argv: list[str]) -> int:
    """Load the company if needed, then run nights: of today, the same again, and one a week later."""
    parser = argparse.ArgumentParser(prog="python -m bench pool")
    parser.add_argument("--scale", type=float, default=300)
    options = parser.parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if not User.objects.exists():
        call_command("load_demo", scale=options.scale, seed=1)
        refresh_figures()
    today = timezone.localdate()
    print(f"{Customer.objects.count()} customers")
    timed("last contacts of all", refresh_activity)
    timed("again, nothing new", refresh_activity)
    for pool in pools_in_order():
        print(f"\n{pool}")
        timed("what tomorrow takes (preview)", lambda pool=pool: night(pool, today + dt.timedelta(days=1)))
        timed("the night of today", lambda pool=pool: recycle(pool))
        timed("the same again", lambda pool=pool: recycle(pool))
        week = today + dt.timedelta(days=7)
        timed("the night in a week (all notice is over)", lambda pool=pool, week=week: recycle(pool, on=week))
    rule = next(rule for pool in pools_in_order() for rule in rules_of(pool))
    rows = foreseen(rule, today).filter(goes_on__lte=today + dt.timedelta(days=7)).values_list("pk", "goes_on")
    print("\n" + rows.explain(analyze=True, buffers=True))
    return 0
