"""`python -m bench search --scale N`: server time of the search box for every kind of thing people type, by reach."""

import argparse
import statistics
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.pages import measure
from crm.models import User
from customers.models import Contact, Customer
from opportunities.models import Opportunity
from orders.models import Invoice, SalesOrder, Shipment

ROLES = ("executive", "bu_head", "sales_manager", "sales_rep")


def questions() -> list[tuple[str, str]]:
    """What is typed: (kind, text). Taken from the middle of the demo company, so that there is something to find."""
    customer = _middle(Customer.objects.exclude(short_name="").exclude(credit_code=""))
    contact = _middle(Contact.objects.exclude(phone=""))
    order, opportunity = _middle(SalesOrder.objects.all()), _middle(Opportunity.objects.all())
    digits = "".join(sign for sign in contact.phone if sign.isdecimal())
    return [
        ("one character", "华"),
        ("two characters", "华信"),
        ("three characters", "华信新"),
        ("a common ending", "有限公司"),
        ("short name", customer.short_name),
        ("full name", customer.name),
        ("pinyin", "huaxin"),
        ("initials", "hxkj"),
        ("two initials", "hx"),
        ("customer number", customer.code),
        ("part of a number", customer.code[-5:]),
        ("credit code", customer.credit_code),
        ("last digits of a phone", digits[-4:]),
        ("whole phone", contact.phone),
        ("contact", contact.name),
        ("order", order.number),
        ("order, its end", order.number[-5:]),
        ("customer's order number", order.customer_reference or "PO-2026"),
        ("delivery", _middle(Shipment.objects.all()).number),
        ("invoice", _middle(Invoice.objects.all()).number),
        ("opportunity", opportunity.code),
        ("opportunity by words", opportunity.name[:4]),
        ("two words", f"{customer.city or '杭州'} 电子"),
        ("nothing found", "不存在的公司"),
        ("nothing found, latin", "qqxxzz"),
    ]


def _middle(rows: Any) -> Any:
    """A record from the middle, by key."""
    model = rows.model
    top = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    return rows.filter(pk__gte=top // 2).order_by("pk").first()


def one_person(user: User, rounds: int) -> None:
    """Ask everything `rounds` times, taking turns, and print the table."""
    client = Client()
    client.force_login(user, backend="crm.organisation.backends.RoleBackend")
    asked = [(kind, text, f"{reverse('search')}?q={text}") for kind, text in questions()]
    facts: dict[str, dict[str, Any]] = {}
    for kind, _text, url in asked:
        client.get(url, headers={"HX-Request": "true"})
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url, headers={"HX-Request": "true"})
        sql = sorted((float(query["time"]) * 1000 for query in captured.captured_queries), reverse=True)
        facts[kind] = {"hits": response.content.count(b"<a "), "slowest": sql[0], "sql": sum(sql), "wall": []}
    for _ in range(rounds):
        for kind, _text, url in asked:
            facts[kind]["wall"].append(measure(client, url)[0])
    print(f"\n{user.username}: reach {user.access.scope}, {rounds} rounds")
    print(f"{'typed':26}{'':24}{'median':>9}{'max':>9}{'SQL ms':>9}{'slowest':>9}{'hits':>7}")
    for kind, text, _url in asked:
        row = facts[kind]
        walls = f"{statistics.median(row['wall']):9.1f}{max(row['wall']):9.1f}"
        print(f"{kind:26}{text[:16]:24}{walls}{row['sql']:9.1f}{row['slowest']:9.1f}{row['hits']:7}")


def main(argv: list[str]) -> int:
    """Load the company if needed, then ask as a person of each reach."""
    parser = argparse.ArgumentParser(prog="python -m bench search")
    parser.add_argument("--scale", type=float, default=300)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if not User.objects.exists():
        call_command("load_demo", scale=options.scale, seed=1)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    for role in ROLES:
        one_person(User.objects.filter(roles__code=role).order_by("pk").first(), options.rounds)
    return 0
