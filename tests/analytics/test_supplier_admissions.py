"""Indicator 46 (supplier admissions passed) against a count in plain Python, by dimension, stored and straight from the facts."""

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
from crm.models import User
from crm.periods import parse_period
from opportunities.models import SupplierAdmission
from tests.analytics.hand import Book, member_of
from tests.factories.analytics import TODAY
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer

pytestmark = pytest.mark.django_db


def fill(org: Organisation) -> None:
    """Sixty of several people, customers and lines, at random."""
    dice = random.Random(46)
    owners = (org.people.sales_rep, org.people.colleague, org.people.stranger)
    customers = [
        make_customer(org, owner=dice.choice(owners), region=dice.choice((org.south, None))) for _n in range(7)
    ]
    rows = []
    for number in range(60):
        customer = dice.choice(customers)
        state = dice.choice(("preparing", "audit", "passed", "passed", "lapsed", "failed"))
        concluded = TODAY - dt.timedelta(days=dice.randint(0, 400))
        rows.append(
            SupplierAdmission(
                code=f"SUP-{number}",
                title="准入",
                customer=customer,
                owner=customer.owner,
                team=customer.team,
                business_unit=customer.business_unit,
                region=customer.region,
                product_line=dice.choice((org.sealant, org.liquid, None)),
                product=dice.choice((org.product, None)),
                state=state,
                state_since=timezone.now(),
                concluded_on=concluded if state in ("passed", "lapsed", "failed") else None,
            )
        )
    SupplierAdmission.objects.bulk_create(rows)


@pytest.mark.parametrize("stored", [True, False])
def test_the_share_that_was_passed_by_hand(stored: bool, org: Any, today: Any) -> None:
    fill(org)
    if stored:
        refresh(full=True, today=TODAY)
    book, admissions = Book(TODAY), list(SupplierAdmission.objects.all())
    for role in ("executive", "sales_manager", "sales_rep"):
        user = User.objects.prefetch_related("roles", "memberships").get(pk=org.user(role).pk)
        mine, evaluator = book.reach(user), Evaluator(Figures(user, today=TODAY))
        for year in (2026, 2025):
            rows = [row for row in admissions if row.concluded_on and row.concluded_on.year == year and mine(row)]
            period = parse_period(str(year), today=TODAY)
            whole = evaluator.result(KpiRequest(46, period, "", (), user)).figure
            passed = sum(row.state in ("passed", "lapsed") for row in rows)
            assert (whole.numerator or 0, whole.denominator or 0) == (passed, len(rows)), (role, year)
            for by in CATALOGUE[46].dimensions:
                if by in ("team", "region"):
                    continue  # trees: what they add up to is that of the whole
                wanted: dict[int, tuple[int, int]] = {}
                for row in rows:
                    above, below = wanted.get(member_of(row, by), (0, 0))
                    wanted[member_of(row, by)] = (above + (row.state in ("passed", "lapsed")), below + 1)
                shown = {
                    member.id: (int(member.figure.numerator or 0), int(member.figure.denominator or 0))
                    for member in evaluator.result(KpiRequest(46, period, by, (), user)).members
                    if member.figure.denominator
                }
                assert shown == wanted, (role, year, by)
