"""Changes since a day: the sums lead from the open amount then to now's, and each is that of a count in plain Python."""

import datetime as dt
import random
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.domain.changes import Kind, changes_since, last_monday
from opportunities.domain.funnel import Funnel
from opportunities.models import Opportunity, Stage
from tests.opportunities.funnel.history import Told, write_history

pytestmark = pytest.mark.django_db
Before = dict[int, tuple[Decimal, dt.date | None]]


def change_some(told: list[Told], seed: int, moment: dt.datetime) -> Before:
    """What amount and expected close some of them had before the moment, as the audit trail knows it; they have others now."""
    dice, before, entries = random.Random(seed), {}, []
    events = apps.get_model("opportunities.OpportunityEvent")
    names = [field.attname for field in Opportunity._meta.concrete_fields if hasattr(events, field.attname)]
    for one in told:
        if one.created >= moment or dice.random() < 0.5:
            continue
        record = Opportunity.objects.get(pk=one.pk)
        values = {name: getattr(record, name) for name in names}
        amount = one.amount + dice.choice((0, 100, -Decimal("0.01")))
        close = dice.choice((None, dt.date(2027, 1, dice.randrange(1, 28))))
        values |= {"amount_base": amount, "expected_close_on": close}
        entries.append(events(**values, pgh_label="update", pgh_obj_id=one.pk, pgh_created_at=moment))
        before[one.pk] = (amount, close)
    stamp = events._meta.get_field("pgh_created_at")
    stamp.auto_now_add = False  # type: ignore[attr-defined] -- the trail is append-only: it cannot be set back afterwards
    try:
        events._base_manager.bulk_create(entries)
    finally:
        stamp.auto_now_add = True  # type: ignore[attr-defined]
    return before


def plainly(
    told: list[Told], before: Before, moment: dt.datetime
) -> tuple[Decimal, Decimal, Counter[Kind], Counter[Kind]]:
    """Open then, open now, how many and how much by what happened."""
    then_sum = now_sum = Decimal(0)
    counts: Counter[Kind] = Counter()
    sums: Counter[Kind] = Counter()

    def add(kind: Kind, amount: Decimal = Decimal(0)) -> None:
        counts[kind] += 1
        sums[kind] += amount  # type: ignore[assignment]

    ends = {"won": Kind.WON, "lost": Kind.LOST, "on_hold": Kind.HELD}
    for one in told:
        is_open, category = one.stage.is_open, one.stage.category
        now_sum += one.amount if is_open else 0
        old = [target for _source, target, at in one.moves if at < moment]
        if not old:
            add(Kind.NEW, one.amount)
            if not is_open:
                add(ends[category], -one.amount)
            continue
        amount, close = before.get(one.pk, (one.amount, None))
        was = old[-1]
        then_sum += amount if was.is_open else 0
        if is_open and not was.is_open:
            add(Kind.REOPENED, amount)
        if (was.is_open or is_open) and amount != one.amount:
            add(Kind.UP if one.amount > amount else Kind.DOWN, one.amount - amount)
        if not is_open and was != one.stage:
            add(ends[category], -one.amount if was.is_open else Decimal(0))
        if was.is_open and is_open and was != one.stage:
            add(Kind.FORWARD if one.stage.position > was.position else Kind.BACK)
        if is_open and close is not None:
            add(Kind.CLOSE)
    return then_sum, now_sum, counts, sums


@pytest.mark.gate
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(seed=st.integers(0, 10**9))
def test_the_sums_lead_from_then_to_now(seed: int, org: Any) -> None:
    Opportunity.objects.all().delete()
    day = timezone.localdate() - dt.timedelta(days=20)
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    told = write_history(org, seed, 40, days=60)
    before = change_some(told, seed, moment - dt.timedelta(days=1))
    before = {pk: value for pk, value in before.items() if next(o for o in told if o.pk == pk).created < moment}
    found = changes_since(Opportunity.objects.all(), list(Stage.objects.order_by("position")), day)
    then_sum, now_sum, counts, sums = plainly(told, before, moment)
    assert (found.before, found.after) == (then_sum, now_sum)
    assert {kind: count for kind, (count, _amount) in found.totals.items()} == dict(counts)
    assert {kind: amount for kind, (_count, amount) in found.totals.items()} == dict(sums)
    assert found.before + sum(amount for _count, amount in found.totals.values()) == found.after


def test_the_week_begins_on_monday() -> None:
    assert last_monday(dt.date(2026, 11, 26)) == dt.date(2026, 11, 23)
    assert last_monday(dt.date(2026, 11, 29)) == dt.date(2026, 11, 23)
    assert last_monday(dt.date(2026, 11, 23)) == dt.date(2026, 11, 16)  # nothing has happened yet this week


def test_a_row_brought_in_later_counts_with_the_state_it_came_in(org: Any) -> None:
    (one,) = write_history(org, 1, 1, days=1, until=timezone.now() - dt.timedelta(days=30))
    Opportunity.objects.filter(pk=one.pk).update(stage=one.moves[0][1])
    found = changes_since(Opportunity.objects.all(), Funnel().stages, timezone.localdate() - dt.timedelta(days=7))
    assert found.before == found.after
