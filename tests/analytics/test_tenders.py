"""Indicator 45 (tender win rate) against a count in plain Python, by every dimension, stored and straight from the facts."""

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
from opportunities.domain.tenders import course
from opportunities.models import Tender
from tests.analytics.hand import Book, member_of
from tests.factories.analytics import TODAY
from tests.factories.records import make_customer
from tests.factories.tenders import decided, make_tender, opened

pytestmark = pytest.mark.django_db
STATES = ("preparing", "submitted", "opened", "won", "won", "lost", "cancelled")


def fill(org: Any) -> None:
    """Sixty tenders of several people, customers and lines, at random."""
    dice = random.Random(45)
    owners = (org.people.sales_rep, org.people.colleague, org.people.stranger)
    customers = [
        make_customer(org, owner=dice.choice(owners), region=dice.choice((org.south, None))) for _n in range(7)
    ]
    rows = []
    for number in range(60):
        customer, state = dice.choice(customers), dice.choice(STATES)
        after = state in ("opened", "won", "lost") or (state == "cancelled" and dice.random() < 0.5)
        rows.append(
            Tender(
                code=f"TEN-{number}",
                title="招标",
                customer=customer,
                owner=customer.owner,
                team=customer.team,
                business_unit=customer.business_unit,
                region=customer.region,
                product_line=dice.choice((org.sealant, org.liquid, None)),
                product=dice.choice((org.product, None)),
                submission_due=timezone.now(),
                submitted_how="",
                state=state,
                state_since=timezone.now(),
                opened_on=TODAY - dt.timedelta(days=dice.randint(0, 400)) if after else None,
            )
        )
    Tender.objects.bulk_create(rows)


@pytest.mark.parametrize("stored", [True, False])
def test_the_win_rate_by_hand(stored: bool, org: Any, today: Any) -> None:
    fill(org)
    if stored:
        refresh(full=True, today=TODAY)
    book, tenders = Book(TODAY), list(Tender.objects.all())
    for role in ("executive", "sales_manager", "sales_rep"):
        user = User.objects.prefetch_related("roles", "memberships").get(pk=org.user(role).pk)
        mine, evaluator = book.reach(user), Evaluator(Figures(user, today=TODAY))
        for year in (2026, 2025):
            rows = [row for row in tenders if row.opened_on and row.opened_on.year == year and mine(row)]
            whole = evaluator.result(KpiRequest(45, parse_period(str(year), today=TODAY), "", (), user)).figure
            won = sum(row.state == "won" for row in rows)
            assert (whole.numerator or 0, whole.denominator or 0) == (won, len(rows)), (role, year)
            for by in CATALOGUE[45].dimensions:
                if by in ("team", "region"):
                    continue  # trees: what they add up to is that of the whole
                found = evaluator.result(KpiRequest(45, parse_period(str(year), today=TODAY), by, (), user)).members
                wanted: dict[int, tuple[int, int]] = {}
                for row in rows:
                    above, below = wanted.get(member_of(row, by), (0, 0))
                    wanted[member_of(row, by)] = (above + (row.state == "won"), below + 1)
                shown = {
                    member.id: (int(member.figure.numerator or 0), int(member.figure.denominator or 0))
                    for member in found
                    if member.figure.denominator
                }
                assert shown == wanted, (role, year, by)


def test_opening_and_result_tell_the_month_they_count_in(org: Any, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[Any] = []
    events.facts_changed.subscribe(lambda **payload: heard.append(payload))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            tender = opened(make_tender(org))
        month = timezone.localdate().replace(day=1).isoformat()
        assert heard == [{"facts": ["tender"], "months": [month]}]
        with django_capture_on_commit_callbacks(execute=True):
            decided(tender)
        assert heard[1:] == [{"facts": ["tender"], "months": [month]}]
    finally:
        events.facts_changed._handlers.pop()
    assert Tender.objects.opened().won().count() == 1
    cancelled = opened(make_tender(org))
    course.cancel_tender(tender=cancelled, actor=cancelled.owner, reason="流标")
    assert Tender.objects.opened().count() == 2
