"""Courses of indicators for tiles, and whose targets stand behind a reader's figures."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import activate

from analytics.domain.refresh import refresh
from analytics.domain.targets import create_target
from analytics.engine.course import courses
from analytics.engine.evaluate import evaluate
from analytics.engine.facts import Filter
from analytics.engine.figures import Figures
from analytics.engine.reader import COMPANY
from analytics.engine.request import KpiRequest
from analytics.engine.targets import Targets
from analytics.models import Refresh, Target
from crm.errors import DomainError
from crm.periods import parse_period
from tests.factories.analytics import TODAY, day

OCTOBER, NOVEMBER = parse_period("2026-10", today=TODAY), parse_period("2026-11", today=TODAY)


@pytest.fixture
def shared_out(org: Any, targets: Any) -> SimpleNamespace:
    """Revenue targets of October for every kind of member."""
    people = org.people
    made = {
        "east": {"region": org.east, "value": 90},
        "team": {"team": org.team, "value": 80},
        "sub_team": {"team": org.sub_team, "value": 50},
        "other_team": {"team": org.other_team, "value": 70},
        "sales_rep": {"rep": people.sales_rep, "value": 40},
        "colleague": {"rep": people.colleague, "value": 10},
        "stranger": {"rep": people.stranger, "value": 60},
    }
    return SimpleNamespace(
        **{name: Target.objects.create(indicator=61, month=day("10-01"), **values) for name, values in made.items()}
    )


def test_each_reader_has_the_target_of_what_the_figures_are_made_of(org: Any, today: Any, shared_out: Any) -> None:
    wanted = {"executive": 500, "bu_head": 200, "sales_manager": 80, "sales_rep": 40, "stranger": 60, "colleague": 10}
    for role, value in wanted.items():
        assert Targets(org.user(role), OCTOBER.months, today=TODAY).of(61, OCTOBER) == value, role


def test_a_filter_asks_for_the_member_s_target(org: Any, today: Any, shared_out: Any) -> None:
    company = Targets(COMPANY, OCTOBER.months, today=TODAY)
    for filters, value in [
        ((Filter("region", org.east.pk),), 90),
        ((Filter("team", org.team.pk),), 80),  # with the team below it
        ((Filter("team", org.team.pk, exact=True),), None),  # nobody set one for the upper team alone
        ((Filter("team", org.sub_team.pk, exact=True),), 50),
        ((Filter("rep", org.people.stranger.pk),), 60),
        ((Filter("rep", org.people.bu_head.pk),), None),
        ((Filter("business_unit", org.silicones.pk),), 200),
        ((Filter("business_unit", org.silicones.pk), Filter("team", org.team.pk)), None),
        ((Filter("product_line", org.sealant.pk),), None),
        ((Filter("team", 0),), None),
    ]:
        assert company.of(61, OCTOBER, filters) == value, filters
    manager = Targets(org.people.sales_manager, OCTOBER.months, today=TODAY)
    assert manager.of(61, OCTOBER, (Filter("team", org.sub_team.pk),)) == 50
    assert manager.of(61, OCTOBER, (Filter("team", org.other_team.pk),)) is None  # out of reach
    assert (
        manager.of(61, OCTOBER, (Filter("rep", org.people.sales_rep.pk),)) is None
    )  # two dimensions: no target is set so
    assert Targets(org.people.bu_head, OCTOBER.months, today=TODAY).by_member(61, OCTOBER, "rep") == {}


def test_a_breakdown_has_the_targets_of_what_its_rows_show(org: Any, today: Any, shared_out: Any, sales: Any) -> None:
    company = Targets(COMPANY, OCTOBER.months, today=TODAY)
    assert company.by_member(61, OCTOBER, "team") == {
        org.sub_team.pk: 50,
        org.other_team.pk: 70,
    }  # no row is T1 with T11
    assert company.by_member(61, OCTOBER, "product_line") == {}
    result = evaluate(KpiRequest(63, OCTOBER, "rep"), Figures(COMPANY, today=TODAY))
    found = {member.code: member.figure.value for member in result.members}
    assert found == {"stranger": 500, "sales_rep": 250, "sales_manager": None, "colleague": 0}


def test_people_s_targets_are_seen_as_far_as_one_s_reach(org: Any, shared_out: Any) -> None:
    wide = {"east"}
    wanted = {
        "executive": {*vars(shared_out)},
        "bu_head": wide | {"team", "sub_team", "sales_rep", "colleague"},
        "sales_manager": wide | {"team", "sub_team", "sales_rep", "colleague"},
        "sales_rep": wide | {"sales_rep"},
        "stranger": wide | {"stranger"},
    }
    for role, names in wanted.items():
        seen = Target.objects.visible_to(org.user(role)).filter(business_unit=None).exclude(value=500)
        assert {name for name, target in vars(shared_out).items() if target in seen} == names, role


def test_a_target_is_for_one_member(org: Any) -> None:
    activate("en")
    values: Any = {"indicator": 61, "month": day("10-01"), "value": Decimal(1), "actor": org.people.bu_head}
    create_target(team=org.team, **values)
    create_target(rep=org.people.sales_rep, **values)
    with pytest.raises(DomainError, match="already"):
        create_target(team=org.team, **values)
    with pytest.raises(DomainError, match="one person"):
        create_target(team=org.sub_team, region=org.east, **values)


@pytest.mark.parametrize("role", ["executive", "sales_rep"])
def test_courses_take_as_many_queries_for_one_indicator_as_for_all(
    role: str, org: Any, funnel: Any, shared_out: Any
) -> None:
    refresh(full=True, today=TODAY)
    Refresh.objects.update(summed_at=timezone.make_aware(dt.datetime.combine(TODAY, dt.time(12))))
    user = org.user(role)
    assert user.access

    def queries(*numbers: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            courses(numbers, user, NOVEMBER, today=TODAY)
        return len(captured)

    assert queries(54) == queries(1, 6, 31, 54, 55, 61, 69, 70, 72, 83) == 3


def test_a_course_has_value_target_months_and_the_year_before(org: Any, funnel: Any, shared_out: Any) -> None:
    refresh(full=True, today=TODAY)
    found = courses((54, 61, 64, 69), org.people.executive, OCTOBER, today=TODAY)
    revenue = found[61]
    assert (revenue.value, revenue.target, revenue.year_before) == (440, 500, 0)
    assert (revenue.reached.percent, revenue.reached.tone) == (88, "bad")
    assert [month.isoformat() for month, _value in revenue.months][::11] == ["2025-11-01", "2026-10-01"]
    assert [value for _month, value in revenue.months][-3:] == [0, 60, 440]
    assert found[54].reached is None
    assert found[64].months == ()
    assert found[69].value == 113
    mine = courses((61,), org.people.sales_rep, OCTOBER, today=TODAY)[61]
    assert (mine.value, mine.target) == (100, 40)


def test_a_course_ends_with_the_running_month_and_leaves_out_what_lacks_a_filter(org: Any, sales: Any) -> None:
    year = parse_period("2026", today=TODAY)
    found = courses((54, 68), COMPANY, year, today=TODAY, count=3, filters=(Filter("product_line", org.sealant.pk),))
    assert set(found) == {54}
    assert [(month.month, value) for month, value in found[54].months] == [
        (9, Decimal("100.50")),
        (10, 300),
        (11, 50),
    ]
