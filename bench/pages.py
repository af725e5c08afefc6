"""`python -m bench pages --scale N`: server time, queries and bytes of the pages, beside a bare Django view of the same rows.

In process, through the whole middleware stack, signed in, scope applied; requests of all pages take turns, so that a busy
moment of the machine hits them alike. The demo company is loaded when the database is empty.
"""

import argparse
import gzip
import html
import re
import statistics
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from crm.extension_points import EVERY_RECORD, panels
from crm.models import User
from crm.urls import *  # noqa: F403 -- the bench's URL configuration is the site's and the floor
from crm.urls import urlpatterns as site_patterns
from customers.models import Customer
from customers.views.customer import TABS

FLOOR = """<table>{% for c in rows %}<tr><td>{{ c.code }}</td><td>{{ c.name }}</td><td>{{ c.grade }}</td><td>{{ c.industry }}</td>
<td>{{ c.application }}</td><td>{{ c.city }}</td><td>{{ c.state }}</td><td>{{ c.kind }}</td><td>{{ c.next_step }}</td>
<td>{{ c.next_step_on }}</td><td>{{ c.phone }}</td><td>{{ c.updated_at }}</td></tr>{% endfor %}</table>"""


def floor(request: HttpRequest) -> HttpResponse:
    """One query, 50 rows of 12 columns, a plain template: what Django itself costs."""
    return HttpResponse(engines["django"].from_string(FLOOR).render({"rows": Customer.objects.order_by("code")[:50]}))


urlpatterns = [*site_patterns, path("bench/floor/", floor, name="bench_floor")]


def turned(client: Client, url: str, page: int = 1000) -> str:
    """The address of a far page as somebody gets there who turns the pages: with the mark of the row before it."""
    before = client.get(f"{url}{'&' if '?' in url else '?'}page={page - 1}").content.decode()
    found = re.search(r'href="([^"]*)" rel="next"', before)
    return url.partition("?")[0] + html.unescape(found[1]) if found else url


def record_parts(user: User, customer: Customer) -> list[tuple[str, str]]:
    """The first paint of a customer's page and, each by itself, everything that is fetched afterwards or behind a tab."""
    record = reverse("customers:customer_record", args=[customer.pk])
    seen = [
        p
        for p in panels.all(Customer._meta.label) + panels.all(EVERY_RECORD)
        if not p.permission or user.has_perm(p.permission)
    ]
    parts = [("customer, 360 view", record), ("customer, marks", f"{record}?part=tabs")]
    for panel in seen:
        if panel.slot == "tab":
            tab = reverse("customers:customer_tab", args=[customer.pk, panel.key])
            parts.append((f"customer, panel {panel.key}", f"{record}?panel={panel.key}"))
            parts.append((f"customer, page of {panel.key}", tab))
        elif panel.lazy:
            parts.append((f"customer, panel {panel.key}", f"{record}?panel={panel.key}"))
    parts += [(f"customer, numbers of {tab.key}", f"{record}?part=held&tab={tab.key}") for tab in TABS]
    return parts


def pages(user: User, client: Client) -> list[tuple[str, str]]:
    """What is measured for a person: (name, address)."""
    customer = Customer.objects.visible_to(user).order_by("-figures__sales_12m").first()
    listing = reverse("customers:customer_list")
    board = reverse("opportunities:opportunity_board")
    return [
        ("bare view, 50 rows x 12", reverse("bench_floor")),
        ("customers, page 1", listing),
        ("customers by sales, page 1", f"{listing}?sort=-figures__sales_12m"),
        ("customers by sales, page 1000", turned(client, f"{listing}?sort=-figures__sales_12m")),
        ("same, by its number alone", f"{listing}?sort=-figures__sales_12m&page=1000"),
        ("customers by name, page 1000", turned(client, f"{listing}?sort=name")),
        ("customers, search 华信", f"{listing}?q=华信"),
        ("customers, search pinyin hxkj", f"{listing}?q=hxkj"),
        *record_parts(user, customer),
        ("opportunities, page 1", reverse("opportunities:opportunity_list")),
        ("opportunity board", board),
        ("opportunity calendar", reverse("opportunities:opportunity_calendar")),
        ("funnel", reverse("opportunities:funnel")),
        ("funnel, key projects", reverse("opportunities:funnel_key")),
        ("funnel, slipped and stalled", reverse("opportunities:funnel_risks")),
        ("funnel, changes", reverse("opportunities:funnel_changes")),
        ("orders, page 1", reverse("orders:salesorder_list")),
        ("orders, page 1000", turned(client, reverse("orders:salesorder_list"))),
        ("receivables, page 1", reverse("orders:receivable_list")),
        ("workbench", reverse("home")),
        ("search box 华信", reverse("search") + "?q=华信"),
        ("management dashboard", reverse("analytics:dashboard")),
    ]


def measure(client: Client, url: str) -> tuple[float, float, HttpResponse]:
    """(wall ms, CPU ms of this process, answer) of one request."""
    cpu, wall = time.process_time(), time.perf_counter()
    response = client.get(url)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000, response


def one_person(user: User, rounds: int) -> None:
    """Measure all pages for a person and print the table."""
    client = Client()
    client.force_login(user, backend="crm.organisation.backends.RoleBackend")
    wanted = pages(user, client)
    facts: dict[str, dict[str, Any]] = {}
    for name, url in wanted:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        sql = sum(float(query["time"]) for query in captured.captured_queries) * 1000
        facts[name] = {
            "status": response.status_code,
            "queries": len(captured),
            "sql": sql,
            "bytes": len(response.content),
            "gz": len(gzip.compress(response.content)),
            "wall": [],
            "cpu": [],
        }
    for _ in range(rounds):
        for name, url in wanted:
            wall, cpu, _response = measure(client, url)
            facts[name]["wall"].append(wall)
            facts[name]["cpu"].append(cpu)
    base = statistics.median(next(iter(facts.values()))["wall"])
    print(f"\n{user.username}: reach {user.access.scope}, {rounds} rounds")
    columns = (
        f"{'median':>9}{'p95':>9}{'min':>9}{'CPU':>8}{'x bare':>8}{'queries':>9}{'SQL ms':>8}{'kB':>7}{'kB gz':>7}"
    )
    print(f"{'page':34}{columns}  status")
    for name, row in facts.items():
        walls = sorted(row["wall"])
        median = statistics.median(walls)
        p95 = walls[min(len(walls) - 1, int(len(walls) * 0.95))]
        print(
            f"{name:34}{median:9.1f}{p95:9.1f}{walls[0]:9.1f}{statistics.median(row['cpu']):8.1f}{median / base:8.1f}"
            f"{row['queries']:9}{row['sql']:8.1f}{row['bytes'] / 1000:7.0f}{row['gz'] / 1000:7.1f}  {row['status']}"
        )


def main(argv: list[str]) -> int:
    """Load the company if needed, then measure for a person of each reach."""
    parser = argparse.ArgumentParser(prog="python -m bench pages")
    parser.add_argument("--scale", type=float, default=300)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--users", nargs="*", help="user names; by default one of each reach")
    options = parser.parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if not User.objects.exists():
        call_command("load_demo", scale=options.scale, seed=1)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ROOT_URLCONF = "bench.pages"
    settings.ALLOWED_HOSTS = ["testserver"]
    print(f"{Customer.objects.count():,} customers")
    if options.users:
        users = list(User.objects.filter(username__in=options.users))
    else:
        users = [
            User.objects.filter(roles__code=code).order_by("pk").first()
            for code in ("executive", "bu_head", "sales_manager", "sales_rep")
        ]
    for user in users:
        one_person(user, options.rounds)
    return 0
