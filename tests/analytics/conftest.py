"""The tiny company that the tests of figures share; its figures are worked out in the comments."""

from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.models import Target
from tests.factories import analytics as make
from tests.factories.organisation import Organisation
from tests.factories.records import make_campaign, make_lead, make_opportunity

DAY = make.TODAY


@pytest.fixture
def today(monkeypatch: Any) -> Any:
    """23 November 2026, for whatever asks what day it is."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: DAY if value is None else value.date())
    return DAY


@pytest.fixture
def sales(org: Organisation, today: Any) -> SimpleNamespace:
    """Customers a (sales_rep, East 1), b (sales_manager, East), x (stranger, the other unit); b's region is South."""
    a = make.customer_of(org, org.people.sales_rep)
    b = make.customer_of(org, org.people.sales_manager, team=org.team, region=org.south)
    x = make.customer_of(org, org.people.stranger, region=org.south)
    seal, lsr, herb, product = org.sealant, org.liquid, org.herbicide, org.product
    # September: a 100.50 (1 order); October: a 300 over two product lines (1 order), b 200, x 1000; November: a 50
    make.order(a, "09-10", (seal, "100.50", 100), product=product, promised="10-05", shipped="10-05")
    two = make.order(
        a, "10-05", (seal, 100, 1000), (lsr, 200, 2000), product=product, promised="10-20", shipped="10-25"
    )
    make.order(b, "10-31", (seal, 200, 500), product=product, promised="11-20", shipped="11-20")
    make.order(x, "10-07", (herb, 1000, 4000), product=product, promised="11-30")  # not due yet
    make.order(a, "11-01", (seal, 50, 250), product=product, promised="11-10")  # due, not shipped
    # what must not count: rejected lines, orders gone from the ERP; and pieces in volumes
    make.order(a, "10-09", (seal, 999, 999), product=product, rejected=True, promised="10-09", shipped="10-09")
    make.order(a, "10-10", (seal, 888, 888), product=product, gone_at=timezone.now(), promised="10-10")
    make.order(a, "10-11", (None, 10, 7))  # no product: net counts, weight does not
    # settled: Q3 (September) a 60; October a 120, b 40, x 300, a -20 (credit); November b 80
    make.settle(a, "09-30", 60, seal)
    make.settle(a, "10-01", 120, seal)
    make.settle(b, "10-15", 40, seal)
    make.settle(x, "10-31", 300, herb)
    make.settle(a, "10-20", -20, lsr)
    make.settle(b, "11-02", 80, None)
    # a: 113 due 10-15, cleared 11-05; b: 50 due 12-01; x: 70 due 11-10; a pays 113 on 11-05 (cleared the same day), 30 on account
    make.item(a, "09-30", "10-15", 113, cleared="11-05")
    make.item(b, "10-20", "12-01", 50)
    make.item(x, "10-10", "11-10", 70)
    make.item(a, "11-05", "11-05", -113, cleared="11-05", kind="payment")
    make.item(b, "11-12", "11-12", -30, kind="payment")
    return SimpleNamespace(a=a, b=b, x=x, two=two)


@pytest.fixture
def funnel(org: Organisation, sales: SimpleNamespace) -> SimpleNamespace:
    """Leads, campaigns and opportunities beside the sales."""
    rep, boss, stranger = org.people.sales_rep, org.people.sales_manager, org.people.stranger
    plan = make_campaign(org, owner=rep, starts_on=make.day("10-03"), ends_on=make.day("10-04"), kind="seminar")
    done = make_campaign(
        org, owner=rep, starts_on=make.day("10-08"), ends_on=make.day("10-09"), kind="online", state="completed"
    )
    make_campaign(
        org, owner=rep, starts_on=make.day("10-10"), ends_on=make.day("10-11"), origin="ad_hoc"
    )  # not approved
    make_campaign(
        org, owner=stranger, starts_on=make.day("10-12"), ends_on=make.day("10-12"), origin="ad_hoc", state="completed"
    )
    make_lead(org, owner=rep, received_on=make.day("10-02"), campaign=done, expected_amount="500.00")
    make_lead(org, owner=rep, received_on=make.day("10-31"), campaign=plan)
    make_lead(org, owner=stranger, received_on=make.day("10-15"), expected_amount="20.00", product_line=org.herbicide)
    make_lead(org, owner=rep, received_on=make.day("11-01"))
    # assigned in September: 1, won; October: 3, of them 1 won and converted; November: 1 open
    won = {"stage": "won", "closed_on": make.day("11-10")}
    make_opportunity(org, owner=rep, customer=sales.a, assigned_on=make.day("09-01"), product_line=org.sealant, **won)
    make_opportunity(
        org, owner=rep, customer=sales.a, assigned_on=make.day("10-01"), converted_on=make.day("11-11"), **won
    )
    make_opportunity(org, owner=rep, customer=sales.a, assigned_on=make.day("10-02"))
    make_opportunity(org, owner=boss, customer=sales.b, team=org.team, assigned_on=make.day("10-30"))
    make_opportunity(org, owner=stranger, customer=sales.x, assigned_on=make.day("11-02"))
    make_opportunity(org, owner=rep, customer=sales.a, assigned_on=None)
    return sales


@pytest.fixture
def targets(org: Organisation) -> None:
    """Revenue 500 a month for the company, 200 of it for silicones, October and November."""
    for month in (make.day("10-01"), make.day("11-01")):
        Target.objects.create(indicator=61, month=month, value=500)
        Target.objects.create(indicator=61, month=month, value=200, business_unit=org.silicones)


@pytest.fixture
def page_of(client_of: Any) -> Any:
    """The text of a page for a person: page_of(user, "indicator", 61, period="ytd")."""

    def get(user: Any, name: str, *args: Any, status: int = 200, **query: Any) -> str:
        response = client_of(user).get(reverse(f"analytics:{name}", args=args), query)
        assert response.status_code == status, response.content[:300]
        return unescape(response.content.decode())

    return get
