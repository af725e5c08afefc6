"""What needs a decision, on the dashboard and the start page; the pace of the figures there."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from analytics.decisions import decisions_for
from analytics.engine.facts import Filter
from analytics.models import Target
from analytics.views.dashboard import per_row
from customers.models import CustomerFigures
from tests.factories import analytics as make
from tests.factories.records import make_campaign, make_complaint, make_opportunity

DAY = make.TODAY
LONG_AGO = timezone.now() - dt.timedelta(days=400)


@pytest.fixture
def work(org: Any, sales: Any) -> dict[str, Any]:
    """For customer a (rep, silicones) and customer x (stranger, the other unit) one item of each kind."""
    found: dict[str, Any] = {}
    for key, customer, owner in (("a", sales.a, org.people.sales_rep), ("x", sales.x, org.people.stranger)):
        CustomerFigures.objects.filter(customer=customer).update(overdue=Decimal(7000000))
        stamp = {"owner": owner, "team": customer.team, "business_unit": customer.business_unit}
        found[key] = [
            make_complaint(
                org, customer=customer, due_on=DAY - dt.timedelta(days=5), title=f"late {key}", **stamp
            ).title,
            str(customer),
            make_campaign(org, starts_on=DAY + dt.timedelta(days=3), ends_on=DAY + dt.timedelta(days=3), **stamp).name,
            make_opportunity(org, customer=customer, stage_since=LONG_AGO, **stamp).name,
        ]
    # what is not to be decided: answered in time, approved, far ahead, not stuck
    make_complaint(org, customer=sales.a, due_on=DAY + dt.timedelta(days=1))
    make_campaign(org, starts_on=DAY, ends_on=DAY, state="approved")
    make_campaign(org, starts_on=DAY + dt.timedelta(days=90), ends_on=DAY + dt.timedelta(days=90))
    make_opportunity(org, customer=sales.a)
    return found


def titles(reader: Any, *filters: Filter) -> list[str]:
    return sorted(item["title"] for item in decisions_for(reader, filters, DAY))


def test_decisions_are_those_within_reach_and_of_ones_rights(org: Any, work: Any) -> None:
    people = org.people
    complaint, customer, _campaign, opportunity = work["a"]
    assert titles(people.bu_head) == sorted(work["a"])
    assert titles(people.sales_rep) == sorted([complaint, customer, opportunity])  # approves no campaign
    assert titles(people.administrator) == sorted(work["a"] + work["x"])
    assert titles(people.marketing) == []  # sees none of these, approves none
    assert titles(people.colleague) == []


def test_decisions_follow_the_filters_of_the_page(org: Any, work: Any) -> None:
    boss = org.people.administrator
    assert titles(boss, Filter("business_unit", org.agro.pk)) == sorted(work["x"])
    assert titles(boss, Filter("region", org.south.pk)) == sorted([work["x"][0], work["x"][1]])
    # neither debts nor complaints have a product line
    assert titles(boss, Filter("product_line", org.sealant.pk)) == sorted([work["a"][2], work["x"][2]])


def test_the_start_page_of_a_leader_begins_with_decisions(org: Any, work: Any, client_of: Any) -> None:
    page = client_of(org.people.bu_head).get("/").content.decode()
    assert "Decisions needed" in page
    assert work["a"][0] in page
    assert work["x"][0] not in page
    assert "Decisions needed" not in client_of(org.people.sales_rep).get("/").content.decode()


def test_the_dashboard_shows_decisions(org: Any, work: Any, client_of: Any) -> None:
    page = client_of(org.people.bu_head).get("/analytics/").content.decode()
    assert work["a"][3] in page.split("Decisions needed")[1]


def test_a_tile_shows_the_target_and_how_much_time_has_passed(
    org: Any, sales: Any, targets: Any, client_of: Any
) -> None:
    month = client_of(org.people.bu_head).get("/").content.decode()
    revenue = month.split("Revenue")[1].split("</a>")[0]
    assert "Target CNY 200.00" in revenue
    assert "40.0%" in revenue  # 80 of 200
    assert "Time passed 77%" in revenue  # 23 of 30 days
    assert 'class="bad"' in revenue  # 40 of 77
    assert "bar-tick" in revenue
    assert "spark" in revenue
    for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12):
        Target.objects.create(indicator=61, month=dt.date(2026, number, 1), value=0, business_unit=org.silicones)
    year = client_of(org.people.bu_head).get("/?span=year").content.decode().split("Revenue")[1].split("</a>")[0]
    assert "70.0%" in year  # 60 + 120 + 40 - 20 + 80 of 200 + 200
    assert "Time passed 90%" in year


@pytest.mark.parametrize(("count", "most"), [(0, 6), (1, 1), (6, 6), (7, 4), (9, 5), (12, 6), (13, 5)])
def test_rows_of_tiles_are_filled_evenly(count: int, most: int) -> None:
    assert per_row(count) == most
