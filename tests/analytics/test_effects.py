"""What improvement plans brought, worked out by hand: 12 whole months before against the whole months of the plan."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.domain.effects import refresh_effects
from analytics.domain.refresh import refresh
from analytics.engine.evaluate import evaluate
from analytics.engine.request import KpiRequest
from analytics.models import PlanMonth
from crm.models import User
from crm.periods import parse_period
from customers.models import ImprovementPlan
from tests.factories import analytics as make

TODAY = make.TODAY  # 23 November 2026


def plan_of(customer: Any, begun: str, ends: str, *, state: str = "running", since: str = "") -> ImprovementPlan:
    """A plan that began on a day of 2026."""
    moment = timezone.make_aware(dt.datetime.combine(make.day(since or begun), dt.time(9)))
    return ImprovementPlan.objects.create(
        code=f"IP-{ImprovementPlan.objects.count()}",
        customer=customer,
        title="改善",
        owner=customer.owner,
        team=customer.team,
        business_unit=customer.business_unit,
        starts_on=make.day(begun),
        ends_on=make.day(ends),
        baseline_on=make.day(begun),
        state=state,
        state_since=moment,
    )


@pytest.fixture
def trade(org: Any, today: Any) -> Any:
    """A customer with a year before 10 August: 1200 kg for 2400 ordered, 600 settled; from September to October 1000 kg for
    1500 ordered, 200 settled. A claim of 100 is overdue at the ends of June, July and September."""
    a = make.customer_of(org, org.people.sales_rep)
    for when, net, kg in (("01-10", 1200, 700), ("07-31", 1200, 500), ("09-05", 900, 600), ("10-30", 600, 400)):
        make.order(a, when, (org.sealant, net, kg), product=org.product)
    make.order(a, "08-20", (org.sealant, 7777, 7777), product=org.product)  # the month in which it began: in neither
    make.order(a, "11-02", (org.sealant, 5555, 5555), product=org.product)  # the month that is not over
    make.order(a, "09-06", (org.sealant, 999, 999), product=org.product, rejected=True)
    for when, net in (("02-01", 600), ("09-30", 150), ("10-01", 50)):
        make.settle(a, when, net, org.sealant)
    make.item(a, "05-01", "06-10", 100, cleared="08-15")  # 20 days at the end of June, 51 at the end of July
    make.item(a, "08-25", "09-20", 60, cleared="10-20")  # 10 days at the end of September
    make.item(a, "08-26", "09-10", 20, cleared="10-20")  # 20 days then: 12.5 days weighed
    return a


def figure(number: int, user: Any, period: str = "ytd") -> Any:
    """The indicator for a reader."""
    reader = User.objects.prefetch_related("roles", "memberships").get(pk=user.pk)
    return evaluate(KpiRequest(number, parse_period(period, today=TODAY), "", (), reader)).figure


def test_the_figures_by_hand(org: Any, trade: Any) -> None:
    plan = plan_of(trade, "08-10", "12-31")
    refresh(full=True, today=TODAY)
    september, october = PlanMonth.objects.filter(plan=plan).order_by("month")
    assert (september.month, october.month) == (make.day("09-01"), make.day("10-01"))
    assert (september.volume_kg, september.volume_more_kg) == (600, 500)  # 1200 kg in 12 months are 100 a month
    assert (october.ordered, october.ordered_more) == (600, 400)
    assert (october.revenue, october.revenue_more) == (50, 0)
    assert (september.days_before, september.days_after) == (Decimal("5.92"), Decimal("12.50"))  # (20 + 51) / 12
    assert october.days_after == 0
    wanted = {123: (800, 1000), 124: (1100, 1500), 125: (100, 200), 126: (Decimal("11.84"), Decimal("12.50"))}
    for number, (above, below) in wanted.items():
        found = figure(number, org.people.executive)
        assert (found.numerator, found.denominator) == (above, below), number
        assert found.value == round(Decimal(above) * 100 / Decimal(below), 6), number
    assert figure(123, org.people.executive, "2026-10").numerator == 300
    assert figure(123, org.people.stranger).numerator in (None, 0)


def test_only_whole_months_that_are_over_and_only_while_it_ran(org: Any, trade: Any) -> None:
    plan = plan_of(trade, "08-01", "12-31")
    assert refresh_effects(today=TODAY) == 3  # begun on the first: August as well
    ImprovementPlan.objects.update(ends_on=make.day("09-29"))
    assert refresh_effects(today=TODAY) == 1
    ImprovementPlan.objects.update(ends_on=make.day("12-31"), state="cancelled")
    assert refresh_effects(today=TODAY) == 0
    done = timezone.make_aware(dt.datetime(2026, 10, 1))
    ImprovementPlan.objects.filter(pk=plan.pk).update(state="done", state_since=done)
    assert refresh_effects(today=TODAY) == 2


def test_a_month_of_a_customer_counts_once(org: Any, trade: Any) -> None:
    first, second = plan_of(trade, "08-10", "09-30"), plan_of(trade, "09-01", "12-31")
    refresh_effects(today=TODAY)
    rows = PlanMonth.objects.order_by("month").values_list("plan", "month")
    assert list(rows) == [(first.pk, make.day("09-01")), (second.pk, make.day("10-01"))]


def test_nothing_overdue_any_more_has_no_ratio(org: Any, trade: Any) -> None:
    plan_of(trade, "10-01", "12-31")
    refresh(full=True, today=TODAY)
    assert figure(126, org.people.executive).value is None


def test_the_records_are_the_months_of_plans(org: Any, trade: Any, page_of: Any) -> None:
    plan = plan_of(trade, "08-10", "12-31")
    refresh(full=True, today=TODAY)
    page = page_of(org.people.bu_head, "rows", 123, period="ytd")
    assert f'data-href="{reverse("customers:improvementplan_record", args=[plan.pk])}"' in page
    assert str(trade) in page
    assert plan.code not in page_of(org.people.stranger, "rows", 123, period="ytd")
