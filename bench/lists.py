"""`python -m bench lists --scale N`: conditions, groups, totals, sorts and the audit trail, by reach, with plans.

In process, signed in, scope applied; lists take turns. The slowest statement of each is explained: beside the figures stand
the scans of its plan, and `--plans FILE` keeps the whole.
"""

import argparse
import itertools
import re
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.pages import measure, turned
from crm.models import User
from customers.models import Customer

ROLES = ("executive", "bu_head", "sales_manager", "sales_rep")
SCAN = re.compile(
    r"((?:Parallel )?(?:Index Only Scan|Index Scan|Seq Scan|Bitmap Heap Scan|Bitmap Index Scan))[^(]*? (?:on|using) (\S+)"
)


def questions(user: User, client: Client) -> list[tuple[str, str]]:
    """What is asked: (name, address). The trail is asked by those who may read it."""
    customers, orders = reverse("customers:customer_list"), reverse("orders:salesorder_list")
    asked = [
        ("customers", customers),
        ("customers, two conditions", f"{customers}?where=all(industry:is:电子电器;sales:gt:100000)"),
        ("customers, and / or", f"{customers}?where=any(grade:in:S;all(city:is:苏州;last_order:on:last-90))"),
        ("customers, condition that finds none", f"{customers}?where=all(name:has:不存在;sales:gt:1)"),
        ("customers, next step this week", f"{customers}?where=all(next_step_on:on:this-week)"),
        ("customers, three sorts", f"{customers}?sort=grade&sort=-figures__sales_12m&sort=name"),
        ("customers by overdue, page 1000", turned(client, f"{customers}?sort=-figures__overdue")),
        ("customers by grade", f"{customers}?group=grade"),
        ("customers by owner", f"{customers}?group=owner"),
        ("customers by month of last order", f"{customers}?group=last_order"),
        ("rows of a group", f"{customers}?group=grade&part=group&in=B"),
        ("totals of customers", f"{customers}?part=totals"),
        ("contacts", reverse("customers:contact_list")),
        ("orders, condition", f"{orders}?where=all(net_base:gt:200000;requested_on:on:last-90)"),
        ("orders by status", f"{orders}?group=status"),
        ("totals of orders", f"{orders}?part=totals"),
        ("opportunities, condition", reverse("opportunities:opportunity_list") + "?where=all(amount_base:gt:500000)"),
        ("receivables", reverse("orders:receivable_list")),
        ("to-dos", reverse("workflow:task_list")),
    ]
    if user.has_perm("crm.view_trail"):
        trail = reverse("auditing:trailentry_list")
        asked += [
            ("trail", trail),
            ("trail, page 1000", turned(client, trail)),
            ("trail of a person", f"{trail}?by={user.pk}"),
            ("trail, a field", f"{trail}?kind=customers.customer&field=owner"),
            ("trail, search 华信", f"{trail}?q=华信"),
        ]
    return asked


def explained(statement: str) -> str:
    """The plan of a statement with what it did; empty for what cannot be explained."""
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
        return ""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " + statement.replace("%", "%%"), [])
        return "\n".join(row[0] for row in cursor.fetchall())


def scans(plan: str) -> str:
    """The ways rows are reached in a plan, in short."""
    found = (f"{kind.replace(' Scan', '')} {name}" for kind, name in SCAN.findall(plan))
    return ", ".join(list(dict.fromkeys(found))[:4])


def one_person(user: User, rounds: int, only: str) -> list[str]:
    """Ask everything `rounds` times, taking turns, print the table and return the plans."""
    client = Client()
    client.force_login(user, backend="crm.organisation.backends.RoleBackend")
    asked = [pair for pair in questions(user, client) if only in pair[0]]
    facts: dict[str, dict[str, Any]] = {}
    plans = []
    for name, url in asked:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        slowest = max(captured.captured_queries, key=lambda query: float(query["time"]))
        plan = explained(slowest["sql"])
        plans.append(f"== {user.username} ({user.access.scope}): {name}\n{slowest['sql']}\n{plan}\n")
        sql = sum(float(query["time"]) for query in captured.captured_queries) * 1000
        facts[name] = {"status": response.status_code, "queries": len(captured), "sql": sql, "plan": scans(plan)}
        facts[name] |= {"wall": [], "cpu": []}
    for _round, (name, url) in itertools.product(range(rounds), asked):
        wall, cpu, _response = measure(client, url)
        facts[name]["wall"].append(wall)
        facts[name]["cpu"].append(cpu)
    print(f"\n{user.username}: reach {user.access.scope}, {rounds} rounds")
    print(
        f"{'list':38}{'median':>8}{'max':>8}{'CPU':>7}{'queries':>8}{'SQL ms':>8}  status, how its slowest statement reads"
    )
    for name, row in facts.items():
        figures = f"{statistics.median(row['wall']):8.1f}{max(row['wall']):8.1f}{statistics.median(row['cpu']):7.1f}"
        print(f"{name:38}{figures}{row['queries']:8}{row['sql']:8.1f}  {row['status']} {row['plan']}")
    return plans


def main(argv: Sequence[str]) -> int:
    """Load the company if needed, then ask as a person of each reach."""
    parser = argparse.ArgumentParser(prog="python -m bench lists")
    parser.add_argument("--scale", type=float, default=300)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="those with this in their name")
    parser.add_argument("--roles", nargs="*", default=(*ROLES, "auditor"))
    parser.add_argument("--plans", type=Path, help="file for the whole plans")
    options = parser.parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if not User.objects.exists():
        call_command("load_demo", scale=options.scale, seed=1)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    print(f"{Customer.objects.count():,} customers")
    plans = []
    for role in options.roles:
        user = User.objects.filter(roles__code=role).order_by("pk").first()
        plans += one_person(user, options.rounds, options.only)
    if options.plans:
        options.plans.write_text("\n".join(plans))
    return 0
