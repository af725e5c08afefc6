"""Whose rows a figure is made of, for every reach; and that the figure and its rows are equal."""

from decimal import Decimal
from typing import Any

import pytest

from analytics.catalogue import CATALOGUE
from analytics.domain.refresh import refresh
from analytics.engine.evaluate import evaluate
from analytics.engine.facts import Filter
from analytics.engine.figures import Figures
from analytics.engine.live import total_of
from analytics.engine.reader import COMPANY
from analytics.engine.request import KpiRequest
from analytics.engine.rows import rows_behind
from analytics.enums import Aggregate, Kind, Part
from analytics.measures import MEASURES
from crm.periods import parse_period
from tests.factories.analytics import TODAY
from tests.gate import of_which_daily

PEOPLE = ("executive", "bu_head", "sales_manager", "sales_rep", "stranger", "colleague")


def ask(number: int, period: str, user: Any, by: str = "", filters: Any = ()) -> Any:
    request = KpiRequest(number, parse_period(period, today=TODAY), by, tuple(Filter(*item) for item in filters), user)
    return evaluate(request, Figures(user, today=TODAY))


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize(
    ("role", "ordered", "overdue"),
    [
        ("executive", "1660.50", 70),
        ("bu_head", "660.50", 0),  # silicones: a and b
        ("sales_manager", "660.50", 0),  # East and East 1 below it
        ("sales_rep", "460.50", 0),
        ("stranger", 1000, 70),
        ("colleague", 0, 0),
    ],
)
def test_each_reach(role: str, ordered: Any, overdue: Any, stored: bool, sales: Any, org: Any) -> None:
    if stored:
        refresh(full=True, today=TODAY)
    user = org.user(role)
    assert ask(54, "ytd", user).figure.value == Decimal(ordered)
    assert ask(69, "2026-11", user).figure.value == overdue


@pytest.mark.parametrize("stored", [True, False])
def test_a_breakdown_holds_the_reader_s_rows_only(stored: bool, sales: Any, org: Any) -> None:
    if stored:
        refresh(full=True, today=TODAY)

    def values(role: str, by: str) -> dict[str, Any]:
        return {m.code: m.figure.value for m in ask(54, "ytd", org.user(role), by).members}

    assert values("bu_head", "business_unit") == {"SIL": Decimal("660.50")}
    assert values("sales_manager", "team") == {"T11": Decimal("460.50"), "T1": 200}
    assert values("sales_rep", "product_line") == {"SEAL": Decimal("250.50"), "LSR": 200, "": 10}
    assert values("colleague", "region") == {}


def test_the_past_of_a_customer_stays_with_whom_it_was_earned_by(sales: Any, org: Any) -> None:
    """The new owner sees the old orders in the list, but they stay in the old owner's figures."""
    sales.a.owner = org.people.colleague
    sales.a.save()
    refresh(full=True, today=TODAY)
    assert ask(54, "ytd", org.people.sales_rep).figure.value == Decimal("460.50")
    assert ask(54, "ytd", org.people.colleague).figure.value == 0
    assert (
        rows_behind(KpiRequest(54, parse_period("ytd", today=TODAY), user=org.people.colleague), today=TODAY).total == 0
    )


@pytest.mark.parametrize("role", of_which_daily(PEOPLE, {"bu_head"}))
def test_figure_and_rows_are_equal(role: str, funnel: Any, targets: Any, org: Any) -> None:
    """For the whole, for every member of every dimension, from stored sums: the rows add up to the figure."""
    refresh(full=True, today=TODAY)
    user = org.user(role)
    for number, indicator in CATALOGUE.items():
        for text in ("2026-10", "ytd"):
            period = parse_period(text, today=TODAY)
            same(KpiRequest(number, period, user=user))
            if indicator.kind == Kind.RANK:
                continue
            for key in indicator.dimensions:
                for member in ask(number, text, user, key).members:
                    only = (Filter(key, member.id, exact=True),)
                    same(KpiRequest(number, period, filters=only, user=user), member)


def same(request: KpiRequest, member: Any = None) -> None:
    figure = member.figure if member else evaluate(request, Figures(request.user, today=TODAY)).figure
    indicator = request.definition
    for part, expected in ((Part.NUMERATOR, figure.numerator), (Part.DENOMINATOR, figure.denominator)):
        key = indicator.numerator if part == Part.NUMERATOR else indicator.denominator
        if key not in MEASURES:
            continue
        rows = rows_behind(request, part, today=TODAY)
        assert rows.total / indicator.divide == expected, (request, part)
        shown = list(rows.queryset)
        assert len(shown) == len({row.pk for row in shown})
        if rows.measure.aggregate in (Aggregate.COUNT, Aggregate.DISTINCT, Aggregate.UNIQUE):
            assert len(shown) == expected, (request, part)
        else:
            assert total_of(rows.measure, rows.queryset) == rows.total


def test_rows_are_never_wider_than_what_the_reader_may_see(funnel: Any, org: Any) -> None:
    for role in PEOPLE:
        user = org.user(role)
        for number in CATALOGUE:
            rows = rows_behind(KpiRequest(number, parse_period("2026", today=TODAY), user=user), today=TODAY).queryset
            visible = set(rows.model.objects.visible_to(user).values_list("pk", flat=True))
            assert {row.pk for row in rows} <= visible, (role, number)


def test_the_company_reader_is_as_wide_as_an_executive(funnel: Any, targets: Any, org: Any) -> None:
    refresh(full=True, today=TODAY)
    for number in CATALOGUE:
        assert ask(number, "2026-10", COMPANY).figure == ask(number, "2026-10", org.people.executive).figure
