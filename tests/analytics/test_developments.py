"""Indicators 43 and 44 (new-product projects set up, finished on time) against counts in plain Python, by dimension."""

import datetime as dt
import random
from typing import Any

import pytest
from django.utils import timezone

from analytics.catalogue import CATALOGUE
from analytics.domain.refresh import refresh
from analytics.engine.evaluate import Evaluator
from analytics.engine.figures import Figures
from analytics.engine.request import KpiRequest
from crm import events
from crm.models import User
from crm.periods import parse_period
from opportunities.models import DevelopmentRequest
from tests.analytics.hand import Book, member_of
from tests.factories.analytics import TODAY
from tests.factories.developments import project, released
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer

pytestmark = pytest.mark.django_db
STATES = ("draft", "declined", "accepted", "development", "trial", "released", "released", "released", "cancelled")


def fill(org: Organisation) -> None:
    """Eighty of several people, customers and lines, at random."""
    dice = random.Random(43)
    owners = (org.people.sales_rep, org.people.colleague, org.people.stranger)
    customers = [
        make_customer(org, owner=dice.choice(owners), region=dice.choice((org.south, None))) for _n in range(7)
    ]
    rows = []
    for number in range(80):
        customer, state = dice.choice(customers), dice.choice(STATES)
        is_project = state not in ("draft", "declined") and (state != "cancelled" or dice.random() < 0.6)
        set_up = TODAY - dt.timedelta(days=dice.randint(0, 400))
        due = set_up + dt.timedelta(days=dice.randint(10, 200))
        rows.append(
            DevelopmentRequest(
                code=f"NPD-{number}",
                title="新品",
                customer=customer,
                owner=customer.owner,
                team=customer.team,
                business_unit=customer.business_unit,
                region=customer.region,
                product_line=dice.choice((org.sealant, org.liquid)),
                product=org.product if state == "released" else None,
                state=state,
                state_since=timezone.now(),
                set_up_on=set_up if is_project else None,
                due_on=due if is_project else None,
                released_on=due + dt.timedelta(days=dice.choice((-9, -1, 0, 1, 30))) if state == "released" else None,
            )
        )
    DevelopmentRequest.objects.bulk_create(rows)


def by_hand(rows: list[Any], number: int, year: int) -> dict[str, list[Any]]:
    """What counts above and below the line, as the catalogue says it."""
    if number == 43:
        return {"above": [row for row in rows if row.set_up_on and row.set_up_on.year == year], "below": []}
    due = [row for row in rows if row.due_on and row.due_on.year == year and row.state != "cancelled"]
    return {"above": [row for row in due if row.released_on and row.released_on <= row.due_on], "below": due}


@pytest.mark.parametrize("stored", [True, False])
def test_both_by_hand(stored: bool, org: Any, today: Any) -> None:
    fill(org)
    if stored:
        refresh(full=True, today=TODAY)
    book, projects = Book(TODAY), list(DevelopmentRequest.objects.all())
    for role in ("executive", "sales_manager", "sales_rep"):
        user = User.objects.prefetch_related("roles", "memberships").get(pk=org.user(role).pk)
        mine, evaluator = book.reach(user), Evaluator(Figures(user, today=TODAY))
        rows = [row for row in projects if mine(row)]
        for number, year in ((43, 2026), (43, 2025), (44, 2026), (44, 2025)):
            period, wanted = parse_period(str(year), today=TODAY), by_hand(rows, number, year)
            whole = evaluator.result(KpiRequest(number, period, "", (), user)).figure
            counted = (whole.numerator or 0, whole.denominator or 0)
            assert counted == (len(wanted["above"]), len(wanted["below"])), (role, number, year)
            for by in CATALOGUE[number].dimensions:
                if by in ("team", "region"):
                    continue  # trees: what they add up to is that of the whole
                members: dict[int, tuple[int, int]] = {}
                for place in ("above", "below"):
                    for row in wanted[place]:
                        above, below = members.get(member_of(row, by), (0, 0))
                        one = (above + 1, below) if place == "above" else (above, below + 1)
                        members[member_of(row, by)] = one
                shown = {
                    member.id: (int(member.figure.numerator or 0), int(member.figure.denominator or 0))
                    for member in evaluator.result(KpiRequest(number, period, by, (), user)).members
                    if member.figure.numerator or member.figure.denominator
                }
                assert shown == members, (role, number, year, by)


def test_set_up_and_release_tell_the_months_they_count_in(org: Any, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[Any] = []
    events.facts_changed.subscribe(lambda **payload: heard.append(payload))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            project(org)
        months = sorted({one.replace(day=1).isoformat() for one in (day(), day(60))})
        own = [one for one in heard if one["facts"] == ["development"]]
        assert own == [{"facts": ["development"], "months": months}]
        with django_capture_on_commit_callbacks(execute=True):
            released(org)
        assert [one for one in heard if one["facts"] == ["development"]][1:] == own * 2
    finally:
        events.facts_changed._handlers.pop()
