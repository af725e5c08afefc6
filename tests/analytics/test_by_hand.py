"""Every indicator against a count by hand over a random company: each period, dimension and reach; and that parts add up."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.catalogue import CATALOGUE
from analytics.dimensions import dimension
from analytics.domain.effects import refresh_effects
from analytics.domain.refresh import mark_changed, refresh
from analytics.engine.evaluate import Evaluator
from analytics.engine.facts import Filter
from analytics.engine.figures import Figures
from analytics.engine.request import KpiRequest
from analytics.engine.rows import rows_behind
from analytics.enums import Aggregate, Kind, Part
from analytics.measures import MEASURES
from analytics.models import Cell, PlanMonth, Refresh
from crm.models import User
from crm.periods import parse_period
from orders.models import Receivable, Settlement
from tests.analytics.company import Company
from tests.analytics.hand import Answer, Book, member_of
from tests.factories.analytics import TODAY
from tests.gate import of_which_daily

NUMBERS = (
    1,
    6,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
    30,
    31,
    32,
    33,
    34,
    36,
    37,
    38,
    39,
    40,
    41,
    42,
    53,
    54,
    55,
    61,
    64,
    68,
    69,
    70,
    72,
    83,
    107,
    108,
    123,
    124,
    125,
    126,
)
PERIODS = ("2026-11", "2026-08", "2026-12", "2026-Q3", "2026-Q4", "2026", "2025", "ytd")
READERS = ("executive", "bu_head", "sales_manager", "sales_rep", "stranger")


@pytest.fixture
def company(org: Any, today: Any) -> Company:
    """Some forty rows of each fact."""
    made = Company(org, seed=20261123)
    made.fill(40)
    return made


class Question:
    """Asks the engine and the book the same, and compares."""

    def __init__(self, user: Any, book: Book) -> None:
        self.user = User.objects.prefetch_related("roles", "memberships").get(pk=user.pk)
        self.book, self.mine = book, book.reach(self.user)
        self.evaluator = Evaluator(Figures(self.user, today=TODAY))

    def whole(self, number: int, period: str, *filters: Filter) -> None:
        """The figure itself, or that of some members."""
        found = self.evaluator.result(self.request(number, period, filters=filters)).figure
        wanted = self.book.answer(number, period, lambda row: self.mine(row) and self.matches(row, filters))
        same(found, wanted, (number, period, filters, self.user.username))

    def members(self, number: int, period: str, by: str) -> None:
        """Each member of a dimension, those without a row left out."""
        found = self.evaluator.result(self.request(number, period, by)).members
        for member in found:
            wanted = self.book.answer(
                number, period, lambda row, pk=member.id: self.mine(row) and member_of(row, by) == pk
            )
            if number == 64 and by == "customer":
                whole = self.book.answer(number, period, self.mine).below
                wanted = Answer(wanted.below or Decimal(0), whole)
            same(member.figure, wanted, (number, period, by, member.id, self.user.username))
        known = {member.id for member in found}
        rest = self.book.answer(number, period, lambda row: self.mine(row) and member_of(row, by) not in known)
        assert not rest.above, (number, period, by, self.user.username)

    def records(self, number: int, period: str, *filters: Filter) -> None:
        """The records behind both sides add up to the count by hand."""
        wanted = self.book.answer(number, period, lambda row: self.mine(row) and self.matches(row, filters))
        indicator = CATALOGUE[number]
        for part, key, amount in (
            (Part.NUMERATOR, indicator.numerator, wanted.above),
            (Part.DENOMINATOR, indicator.denominator, wanted.below),
        ):
            if key and not (number == 64 and part == Part.NUMERATOR):
                rows = rows_behind(self.request(number, period, filters=filters), part, today=TODAY)
                assert rows.total / indicator.divide == amount, (number, period, filters, self.user.username)

    def request(self, number: int, period: str, by: str = "", filters: Any = ()) -> KpiRequest:
        """What is asked of the engine."""
        return KpiRequest(number, parse_period(period, today=TODAY), by, filters, self.user)

    def matches(self, row: Any, filters: Any) -> bool:
        """Whether a row is of these members, or of ones below them."""
        return all(
            member_of(row, item.dimension) == item.member
            if item.exact or not dimension(item.dimension).tree
            else member_of(row, item.dimension) in self.book.below(item.dimension, item.member)
            for item in filters
        )


def same(found: Any, wanted: Answer, what: Any) -> None:
    """Numerator, denominator and value are those counted."""
    assert (found.numerator, found.denominator) == (wanted.above, wanted.below), what
    assert found.value == wanted.value, what


@pytest.mark.gate
@pytest.mark.parametrize("stored", [True, False])
def test_every_indicator_for_every_reader_by_hand(stored: bool, company: Company) -> None:
    """Of stored sums every period by every dimension; straight from the facts, where each question is a query, a few."""
    if stored:
        refresh(full=True, today=TODAY)
    book, org = Book(TODAY), company.org
    for role in READERS:
        question = Question(org.user(role), book)
        for number in NUMBERS:
            for period in PERIODS if stored else ("2026-11", "2026-Q3"):
                question.whole(number, period)
            for by in CATALOGUE[number].dimensions:
                for period in ("2026-Q3", "ytd") if stored else ("2026",):
                    question.members(number, period, by)


@pytest.mark.parametrize("stored", of_which_daily([True, False], [False]))
def test_members_records_and_filters_by_hand(stored: bool, company: Company) -> None:
    """A tree's member with all below it, two dimensions at a time, and the records behind each."""
    if stored:
        refresh(full=True, today=TODAY)
    book, org = Book(TODAY), company.org
    chosen = [
        (Filter("team", org.team.pk),),
        (Filter("team", org.team.pk, exact=True),),
        (Filter("business_unit", org.silicones.pk),),
        (Filter("business_unit", org.silicones.pk), Filter("region", org.south.pk)),
        (Filter("region", 0), Filter("team", org.sub_team.pk)),
        (Filter("rep", org.people.sales_rep.pk), Filter("product_line", org.sealant.pk)),
        (Filter("product_line", 0), Filter("business_unit", org.silicones.pk)),
        (Filter("campaign_type", 2),),
    ]
    for role in ("executive", "bu_head", "sales_manager", "sales_rep"):
        question = Question(org.user(role), book)
        for number in NUMBERS:
            question.records(number, "ytd")
            for filters in chosen:
                if all(item.dimension in CATALOGUE[number].dimensions for item in filters):
                    question.whole(number, "2026-Q3", *filters)
                    question.records(number, "2026-Q3", *filters)


def test_ageing_by_hand(company: Company) -> None:
    """The ages add up to what is overdue, on every month's last day and for every reader; credits are in none of them."""
    refresh(full=True, today=TODAY)
    ages = {"overdue_1_30": (1, 30), "overdue_31_90": (31, 90), "overdue_91_180": (91, 180), "overdue_181": (181, 9999)}
    book = Book(TODAY)
    for role in READERS:
        user = User.objects.prefetch_related("roles", "memberships").get(pk=company.org.user(role).pk)
        mine, figures = book.reach(user), Figures(user, today=TODAY)
        late = [
            row
            for row in book.items
            if mine(row) and row.cleared_on is None and row.amount_base > 0 and row.due_on and row.due_on < TODAY
        ]
        for key, (first, last) in ages.items():
            wanted = sum((row.amount_base for row in late if first <= (TODAY - row.due_on).days <= last), Decimal(0))
            assert figures.today_s(MEASURES[key]) == wanted, (key, role)
        assert figures.today_s(MEASURES["overdue"]) == sum((row.amount_base for row in late), Decimal(0))
        assert figures.today_s(MEASURES["overdue"]) >= 0


def stored_sums() -> dict[tuple[str, str, Any], dict[int, Decimal]]:
    """All cells: measure, place, month -> member -> sum."""
    rows = Cell.objects.values_list("measure", "dimension", "month", "members", "sums")
    return {tuple(key): dict(zip(members, sums, strict=True)) for *key, members, sums in rows}


CHANGES = st.lists(
    st.tuples(st.sampled_from(["settlement", "item", "delete", "clear", "move", "order"]), st.integers(0, 10_000)),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(changes=CHANGES)
def test_what_is_summed_after_changes_is_what_a_full_recompute_sums(changes: Any, company: Company) -> None:
    """Whatever changes: the touched months summed anew equal everything summed anew, and parts add up to wholes."""
    if not Refresh.objects.exists():
        refresh(full=True, today=TODAY)
    for change, pick in changes:
        _change(company, change, pick)
    refresh_effects(today=TODAY)  # what plans brought follows at night, from whatever changed in their base year
    mark_changed(facts=["improvement"], months=sorted(set(PlanMonth._base_manager.values_list("month", flat=True))))
    refresh(today=TODAY)
    incremental = stored_sums()
    refresh(full=True, today=TODAY)
    assert stored_sums() == incremental
    _parts_add_up(incremental)
    _quarters_and_trees_add_up(company)


def _change(company: Company, change: str, pick: int) -> None:
    """Change a row as a sync would, and say in which months."""
    if change in ("settlement", "item"):
        row: Any = company.settlement() if change == "settlement" else company.item()
        on = row.settled_on if change == "settlement" else row.posted_on
        mark_changed(facts=["settlement" if change == "settlement" else "receivable"], months=[on])
    elif change == "order":
        company.order()
        mark_changed(facts=["order_line"], months=parse_period("2025", today=TODAY).months)
        mark_changed(facts=["order_line"], months=parse_period("2026", today=TODAY).months)
    elif change in ("delete", "move"):
        row = list(Settlement.objects.order_by("pk"))[pick % Settlement.objects.count()]
        months = [row.settled_on]
        if change == "delete":
            row.delete()
        else:
            row.settled_on, row.team = company.day(TODAY), company.org.other_team
            row.save()
            months.append(row.settled_on)
        mark_changed(facts=["settlement"], months=months)
    else:
        row = list(Receivable.objects.order_by("pk"))[pick % Receivable.objects.count()]
        row.cleared_on = None if row.cleared_on else TODAY
        row.save()
        mark_changed(facts=["receivable"], months=[row.posted_on])


def _parts_add_up(sums: dict[tuple[str, str, Any], dict[int, Decimal]]) -> None:
    """By every dimension and within every business unit the members add up to the total, save where a document counts in
    several of them."""
    for (key, place, month), members in sums.items():
        name, _at, unit = place.partition("@")
        if not name or (MEASURES[key].aggregate == Aggregate.DISTINCT and not dimension(name).one_per_document):
            continue
        whole = sums.get((key, "business_unit" if unit else "", month), {})
        assert sum(members.values()) == whole.get(int(unit or 0), 0), (key, place, month)


def _quarters_and_trees_add_up(company: Company) -> None:
    """A quarter is the sum of its months, and a team that of the teams it is made of."""
    figures = Evaluator(Figures(company.org.people.executive, today=TODAY))

    def parts(number: int, period: str, *filters: Filter) -> tuple[Decimal, Decimal]:
        found = figures.figure(KpiRequest(number, parse_period(period, today=TODAY), "", filters))
        return found.numerator or Decimal(0), found.denominator or Decimal(0)

    def added(*some: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
        return sum((a for a, _b in some), Decimal(0)), sum((b for _a, b in some), Decimal(0))

    team, sub_team = company.org.team.pk, company.org.sub_team.pk
    for number in NUMBERS:
        if number in (32, 64):  # what is counted once over a period, and the largest of it, do not add up
            continue
        if CATALOGUE[number].kind != Kind.SNAPSHOT:
            months = [parts(number, month) for month in ("2026-07", "2026-08", "2026-09")]
            assert parts(number, "2026-Q3") == added(*months), number
        below = (
            parts(number, "2026-Q3", Filter("team", team, exact=True)),
            parts(number, "2026-Q3", Filter("team", sub_team)),
        )
        assert parts(number, "2026-Q3", Filter("team", team)) == added(*below), number
