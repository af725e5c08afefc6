"""What changed in the funnel since a day: every opportunity then and now, and sums that lead from the open amount then to now's.

The stage of then comes from the history of stages, amount and expected close from the audit trail. Where the trail does not go
back to that day, because a record was brought in or the trail was thinned out, the oldest state that it knows counts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from opportunities.enums import StageCategory
from opportunities.models import Opportunity, OpportunityStageChange, Stage

ZERO = Decimal(0)


class Kind(TextChoices):
    """What happened to an opportunity; the order is that of the sums."""

    NEW = "new", pgettext_lazy("change of the funnel", "new")
    REOPENED = "reopened", pgettext_lazy("change of the funnel", "taken up again")
    UP = "up", pgettext_lazy("change of the funnel", "amount up")
    DOWN = "down", pgettext_lazy("change of the funnel", "amount down")
    WON = "won", pgettext_lazy("change of the funnel", "won")
    LOST = "lost", pgettext_lazy("change of the funnel", "lost")
    HELD = "held", pgettext_lazy("change of the funnel", "put on hold")
    FORWARD = "forward", pgettext_lazy("change of the funnel", "moved on")
    BACK = "back", pgettext_lazy("change of the funnel", "moved back")
    CLOSE = "close", pgettext_lazy("change of the funnel", "close date moved")


ENDS: Mapping[str, Kind] = {
    StageCategory.WON: Kind.WON,
    StageCategory.LOST: Kind.LOST,
    StageCategory.ON_HOLD: Kind.HELD,
}


@dataclass(frozen=True)
class State:
    """An opportunity at a moment: its stage, amount in base currency, expected close."""

    stage: Stage
    amount: Decimal
    close: dt.date | None

    @property
    def open_amount(self) -> Decimal:
        """What it adds to the open amount."""
        return self.amount if self.stage.is_open else ZERO


@dataclass(frozen=True)
class Changed:
    """An opportunity then (None: it is new) and now. `effects` lead from its open amount then to that of now, by what happened;
    what happened without an effect on it is there with zero."""

    pk: int
    then: State | None
    now: State
    effects: Mapping[Kind, Decimal]

    @property
    def effect(self) -> Decimal:
        """How it changed the open amount."""
        return sum(self.effects.values(), ZERO)

    @property
    def weight(self) -> Decimal:
        """How much money moved, whatever the direction."""
        return sum((abs(amount) for amount in self.effects.values()), ZERO)


@dataclass(frozen=True)
class Changes:
    """All that changed: open amount then and now, the rows (most money first), by what happened how many and how much."""

    before: Decimal
    after: Decimal
    rows: tuple[Changed, ...]
    totals: Mapping[Kind, tuple[int, Decimal]]


def last_monday(today: dt.date) -> dt.date:
    """The Monday of this week; on a Monday the one before, as nothing has happened yet since today's."""
    return today - dt.timedelta(days=today.weekday() or 7)


def compare(then: State | None, now: State) -> dict[Kind, Decimal]:
    """What happened between two states of an opportunity, with its effects on the open amount."""
    found: dict[Kind, Decimal] = {}
    was_open = then is not None and then.stage.is_open
    if then is None:
        found[Kind.NEW] = now.amount
    elif not was_open and now.stage.is_open:
        found[Kind.REOPENED] = then.amount
    if then is not None and (was_open or now.stage.is_open) and now.amount != then.amount:
        found[Kind.UP if now.amount > then.amount else Kind.DOWN] = now.amount - then.amount
    if not now.stage.is_open and (then is None or then.stage.pk != now.stage.pk):
        counted = was_open or then is None
        found[ENDS[now.stage.category]] = -now.amount if counted else ZERO
    if then is not None and was_open and now.stage.is_open and then.stage.pk != now.stage.pk:
        found[Kind.FORWARD if now.stage.position > then.stage.position else Kind.BACK] = ZERO
    if then is not None and now.stage.is_open and then.close != now.close:
        found[Kind.CLOSE] = ZERO
    return found


def changes_since(rows: QuerySet[Opportunity], stages: Sequence[Stage], day: dt.date) -> Changes:
    """What changed since the beginning of that day. Five queries."""
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    known = {stage.pk: stage for stage in stages}
    moved = OpportunityStageChange.objects.filter(at__gte=moment, source__isnull=False)
    open_stages = [stage.pk for stage in stages if stage.is_open]
    wanted = rows.filter(
        Q(stage__in=open_stages) | Q(created_at__gte=moment) | Q(pk__in=moved.values("record"))
    ).order_by()
    found = list(wanted.values_list("pk", "stage_id", "amount_base", "expected_close_on", "created_at"))
    sources: dict[int, int] = {}
    for record, source in moved.order_by("-at", "-pk").values_list("record", "source"):
        sources[record] = source  # the earliest one stays
    values = _values_then([row[0] for row in found], moment)
    changed, before, after = [], ZERO, ZERO
    for pk, stage, amount, close, created in found:
        now = State(known[stage], amount, close)
        then = None
        if created < moment:
            old_amount, old_close = values.get(pk, (amount, close))
            then = State(known[sources.get(pk, stage)], old_amount, old_close)
        before += then.open_amount if then else ZERO
        after += now.open_amount
        if effects := compare(then, now):
            changed.append(Changed(pk, then, now, effects))
    changed.sort(key=lambda row: (-row.weight, row.pk))
    return Changes(before, after, tuple(changed), _totals(changed))


def _totals(rows: Iterable[Changed]) -> dict[Kind, tuple[int, Decimal]]:
    sums: dict[Kind, list[Decimal]] = defaultdict(list)
    for row in rows:
        for kind, amount in row.effects.items():
            sums[kind].append(amount)
    return {kind: (len(sums[kind]), sum(sums[kind], ZERO)) for kind in Kind if kind in sums}


def _values_then(keys: list[int], moment: dt.datetime) -> dict[int, tuple[Decimal, dt.date | None]]:
    """Amount and expected close at the moment, of those for which the trail tells of a change since."""
    events: Any = apps.get_model("opportunities.OpportunityEvent")._base_manager
    since = events.filter(pgh_created_at__gte=moment, pgh_obj_id__in=keys)
    fields = ("pgh_obj_id", "amount_base", "expected_close_on")
    oldest = since.order_by("pgh_obj_id", "pgh_created_at", "pgh_id").distinct("pgh_obj_id")
    found = {pk: (amount, close) for pk, amount, close in oldest.values_list(*fields)}
    earlier = events.filter(pgh_created_at__lt=moment, pgh_obj_id__in=list(found))
    newest = earlier.order_by("pgh_obj_id", "-pgh_created_at", "-pgh_id").distinct("pgh_obj_id")
    return found | {pk: (amount, close) for pk, amount, close in newest.values_list(*fields)}
