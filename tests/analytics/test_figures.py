"""Each indicator against figures worked out by hand, from stored sums and straight from the facts."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from analytics.domain.refresh import mark_changed, refresh
from analytics.engine.evaluate import evaluate
from analytics.engine.facts import Filter
from analytics.engine.figures import Figures
from analytics.engine.reader import COMPANY
from analytics.engine.request import BadRequest, KpiRequest
from analytics.models import Cell
from crm.periods import parse_period
from tests.factories import analytics as make
from tests.factories.analytics import TODAY


def ask(number: int, period: str, by: str = "", filters: Any = (), user: Any = COMPANY) -> Any:
    """The result of an indicator."""
    request = KpiRequest(number, parse_period(period, today=TODAY), by, tuple(Filter(*item) for item in filters), user)
    return evaluate(request, Figures(user, today=TODAY))


def parts(result: Any) -> tuple[Any, Any, Any]:
    figure = result.figure
    return figure.numerator, figure.denominator, figure.value


def members(result: Any) -> dict[str, Any]:
    return {member.code: member.figure.value for member in result.members}


BY_HAND = [
    (1, "2026-10", 2, 3, "66.666667"),
    (6, "2026-10", 3, None, 3),
    (6, "2026", 4, None, 4),
    (7, "2026-10", 520, None, 520),
    (31, "2026-10", 1, 3, "33.333333"),
    (31, "ytd", 2, 5, 40),
    (33, "2026-10", 1, 3, "33.333333"),
    (33, "2026-09", 0, 1, 0),
    (53, "2026-10", 4, None, 4),
    (53, "2026-Q4", 5, None, 5),
    (54, "2026-10", 1510, None, 1510),
    (54, "ytd", "1660.50", None, "1660.50"),
    (55, "2026-10", "7.5", None, "7.5"),
    (61, "2026-10", 440, None, 440),
    (61, "2026-Q3", 60, None, 60),
    (62, "2026-10", 440, 440, 100),
    (63, "2026-10", 440, 500, 88),
    (63, "2026-Q4", 520, None, None),  # December has no target
    (64, "2026-10", 440, 440, 100),
    (68, "2026-10", 233, None, 233),
    (68, "2026-11", 90, None, 90),
    (68, "2026-Q4", 90, None, 90),
    (69, "2026-10", 113, None, 113),
    (69, "2026-11", 70, None, 70),
    (70, "2026-10", 113, 233, "48.497854"),
    (72, "2026-11", 143, None, 143),
    (72, "2026-10", 0, None, 0),
    (83, "2026-10", 1, 3, "33.333333"),
    (83, "2026-11", 1, 2, 50),
]


@pytest.mark.parametrize("stored", [True, False])
def test_by_hand(stored: bool, funnel: Any, targets: Any) -> None:
    if stored:
        refresh(full=True, today=TODAY)
        assert Cell.objects.exists()
    for number, period, *wanted in BY_HAND:
        expected = tuple(None if x is None else Decimal(x) for x in wanted)
        assert parts(ask(number, period)) == expected, (number, period)


def test_an_open_credit_is_not_overdue(sales: Any) -> None:
    """Nor does it take anything off what is: a customer with a credit to be matched still pays late."""
    make.item(sales.x, "10-01", "10-01", -500, kind="credit_memo")
    make.item(sales.x, "10-01", "10-01", -90, kind="other")
    make.item(sales.x, "10-01", "10-01", -7, kind="payment")
    refresh(full=True, today=TODAY)
    assert ask(69, "2026-11").figure.value == 70
    assert ask(68, "2026-11").figure.value == 90 - 597
    assert ask(70, "2026-11").figure.value is None  # nothing is owed on balance
    assert members(ask(69, "2026-11", "business_unit")) == {"AGR": 70}


@pytest.mark.parametrize("stored", [True, False])
def test_an_order_over_two_product_lines_counts_once_and_in_each(stored: bool, sales: Any) -> None:
    if stored:
        refresh(full=True, today=TODAY)
    result = ask(53, "2026-10", "product_line")
    assert members(result) == {"SEAL": 2, "LSR": 1, "HERB": 1, "": 1}
    assert result.figure.value == 4


@pytest.mark.parametrize("stored", [True, False])
def test_breakdowns(stored: bool, funnel: Any, targets: Any, org: Any) -> None:
    if stored:
        refresh(full=True, today=TODAY)
    assert members(ask(61, "2026-10", "business_unit")) == {"AGR": 300, "SIL": 140}
    assert members(ask(61, "2026-10", "region")) == {"SOUTH": 340, "EAST": 100}
    assert members(ask(54, "ytd", "team")) == {"T2": 1000, "T11": Decimal("460.50"), "T1": 200}
    assert members(ask(54, "ytd", "rep"))["sales_rep"] == Decimal("460.50")
    assert members(ask(68, "2026-10", "customer")) == {
        funnel.a.code: 113,
        funnel.x.code: 70,
        funnel.b.code: 50,
    }
    assert members(ask(62, "2026-10", "business_unit")) == {"AGR": Decimal("68.181818"), "SIL": Decimal("31.818182")}
    assert members(ask(63, "2026-10", "business_unit")) == {"SIL": 70, "AGR": None}
    assert members(ask(6, "2026-10", "campaign_type")) == {"seminar": 1, "online": 1, "": 1}
    assert members(ask(70, "2026-11", "business_unit")) == {"AGR": 100, "SIL": 0}


@pytest.mark.parametrize("stored", [True, False])
def test_filters_with_a_tree_and_across_dimensions(stored: bool, sales: Any, org: Any) -> None:
    if stored:
        refresh(full=True, today=TODAY)
    below = [("team", org.team.pk)]  # the team and the one under it
    assert ask(54, "ytd", filters=below).figure.value == Decimal("660.50")
    assert ask(53, "ytd", filters=below).figure.value == 5
    assert ask(54, "ytd", filters=[("team", org.sub_team.pk)]).figure.value == Decimal("460.50")
    both = [("team", org.team.pk), ("product_line", org.sealant.pk)]
    assert ask(54, "ytd", filters=both).figure.value == Decimal("450.50")
    assert members(ask(54, "2026-10", "region", [("product_line", org.sealant.pk)])) == {"SOUTH": 200, "EAST": 100}
    assert ask(62, "2026-10", filters=[("business_unit", org.agro.pk)]).figure.value == Decimal("68.181818")
    assert ask(54, "2026-10", filters=[("product_line", 0)]).figure.value == 10


def test_a_quarter_divides_sums_and_is_no_mean_of_months(funnel: Any) -> None:
    refresh(full=True, today=TODAY)
    by_month = [ask(83, month).figure.value for month in ("2026-10", "2026-11")]
    quarter = ask(83, "2026-Q4").figure
    assert (quarter.numerator, quarter.denominator, quarter.value) == (2, 5, 40)
    assert quarter.value != sum(by_month) / 2


def test_concentration_orders_customers_and_shares_the_first_ten(org: Any, today: Any) -> None:
    customers = [make.customer_of(org, org.people.sales_rep) for _ in range(12)]
    for rank, customer in enumerate(customers, 1):
        make.settle(customer, "10-05", 10 * rank)
    refresh(full=True, today=TODAY)
    result = ask(64, "2026-10", "customer")
    assert [member.id for member in result.members] == [customer.pk for customer in reversed(customers)]
    assert (result.figure.numerator, result.figure.denominator) == (750, 780)  # all but 10 and 20
    assert result.shares == {"CR10": Decimal("96.153846"), "CR20": Decimal(100)}
    assert result.members[0].figure.value == Decimal("15.384615")


def test_the_order_of_customers_follows_the_sums(sales: Any, org: Any) -> None:
    """It is kept between requests: sums made anew, another reader or another period never get it."""
    refresh(full=True, today=TODAY)

    def share(user: Any = COMPANY, period: str = "2026-10") -> Any:
        return ask(64, period, user=user).figure

    assert share().numerator == share().numerator == 440
    assert share(org.people.bu_head).numerator == 140
    assert share(period="2026-Q4").numerator == 520
    make.settle(sales.x, "10-06", 1000)
    mark_changed(facts=["settlement"], months=[make.day("10-01")])
    assert share().numerator == 1440  # from the facts
    refresh(today=TODAY)
    assert share().numerator == 1440


def test_a_month_end_state_stays_when_the_item_is_cleared_later(sales: Any) -> None:
    refresh(full=True, today=TODAY)
    assert ask(69, "2026-10").figure.value == 113
    from orders.models import Receivable

    Receivable.objects.filter(customer=sales.b).update(cleared_on=dt.date(2026, 11, 20))
    refresh(full=True, today=TODAY)
    assert ask(68, "2026-10").figure.value == 233
    assert ask(68, "2026-11").figure.value == 70


def test_a_period_ahead_has_no_state(sales: Any) -> None:
    refresh(full=True, today=TODAY)
    assert ask(68, "2027-01").figure.numerator == 0
    assert ask(70, "2027-01").figure.value is None


def test_a_dimension_the_indicator_lacks_is_refused(sales: Any) -> None:
    with pytest.raises(BadRequest, match="product_line"):
        ask(68, "2026-10", "product_line")
