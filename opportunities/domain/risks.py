"""How a deal stands: time in its stage against the standard and against deals that were won, and what puts it at risk, with the
reason. One meaning for the record's page, the key projects and the list of the slipped and stalled: conditions() says it to the
database, assess() of rows that were read.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.formats import day as day_text
from crm.periods import add_months
from opportunities.activity import last_days, worked_on_between
from opportunities.enums import Risk, StageCategory
from opportunities.models import Opportunity, OpportunityStageChange
from opportunities.querysets import FOLLOWED_DAYS, IS_STUCK
from opportunities.rules import pace_of

WON_MONTHS = 12  # whose won deals the median is taken from
FEWEST = 3  # stays of won deals that make a median
_DAY = dt.timedelta(days=1)
_SECONDS = 86_400
TONES: Mapping[str, str] = {
    Risk.PAST_CLOSE: "bad",
    Risk.PUT_OFF: "warn",
    Risk.OVER_STANDARD: "bad",
    Risk.OVER_MEDIAN: "warn",
    Risk.STEP_PAST: "warn",
    Risk.QUIET: "warn",
}


@dataclass(frozen=True)
class Flag:
    """A risk with its reason in the reader's language."""

    risk: Risk
    reason: str

    @property
    def tone(self) -> str:
        """How grave it is: bad or warn."""
        return TONES[self.risk]


@dataclass(frozen=True)
class Standing:
    """Days in the present stage, the stage's standard, the median of won deals there (None: too few), times put off, the day of
    the last work on it, and the risks. Closed ones and those on hold have no risks."""

    days: int
    standard: int
    median: int | None
    slips: int
    last_on: dt.date
    flags: tuple[Flag, ...]

    @property
    def beyond(self) -> int | None:
        """Days above (below, when negative) the median of won deals."""
        return None if self.median is None else self.days - self.median


class _Median(Aggregate):
    """The middle value."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def won_medians(user: Any, today: dt.date) -> dict[int, int]:
    """By open stage the median of the whole days that deals won within twelve months stayed in it, of those the reader sees. One
    query; stages with too few stays are left out."""
    rows: Any = OpportunityStageChange.objects.visible_to(user)
    won = rows.filter(
        source__category=StageCategory.OPEN,
        record__stage__category=StageCategory.WON,
        record__closed_on__gte=add_months(today, -WON_MONTHS),
    )
    found = won.order_by().values("source").annotate(stays=Count("pk"), middle=_Median("seconds_in_source"))
    return {row["source"]: max(1, round(row["middle"] / _SECONDS)) for row in found if row["stays"] >= FEWEST}


def conditions(medians: Mapping[int, int], today: dt.date, now: dt.datetime) -> dict[Risk, Q]:
    """Each risk as a condition on open opportunities."""
    slower = Q(pk__in=[])
    for stage, days in medians.items():
        slower |= Q(stage=stage, stage_since__lte=now - _DAY * (days + 1))
    silence = today - _DAY * FOLLOWED_DAYS
    return {
        Risk.PAST_CLOSE: Q(expected_close_on__lt=today),
        Risk.PUT_OFF: Q(slip_count__gte=1),
        Risk.OVER_STANDARD: IS_STUCK,
        Risk.OVER_MEDIAN: slower,
        Risk.STEP_PAST: Q(next_step_on__lt=today),
        Risk.QUIET: Q(created_at__date__lte=silence) & ~worked_on_between(silence, today),
    }


def at_risk(rows: QuerySet[Opportunity], found: Iterable[Q]) -> QuerySet[Opportunity]:
    """The open ones for which one of the conditions holds."""
    wanted = Q(pk__in=[])
    for condition in found:
        wanted |= condition
    return rows.filter(wanted, stage__category=StageCategory.OPEN)


def assess(
    rows: Iterable[Opportunity], medians: Mapping[int, int], today: dt.date, now: dt.datetime
) -> dict[int, Standing]:
    """How each row stands, by key; the rows have their stage read. A fixed number of queries."""
    rows = list(rows)
    worked = last_days(row.pk for row in rows)
    return {row.pk: _standing(row, worked.get(row.pk), medians, today, now) for row in rows}


def _standing(
    row: Opportunity, worked: dt.date | None, medians: Mapping[int, int], today: dt.date, now: dt.datetime
) -> Standing:
    began = timezone.localtime(row.created_at).date()
    last = max(worked or began, began)
    median = medians.get(row.stage_id)
    pace = pace_of(row, now, today)
    standing = Standing(pace.days, row.standard_days, median, row.slip_count, last, ())
    if not row.stage.is_open:
        return standing
    flags = tuple(_flags(row, standing, today))
    return Standing(pace.days, row.standard_days, median, row.slip_count, last, flags)


def _flags(row: Opportunity, standing: Standing, today: dt.date) -> Iterable[Flag]:
    if row.expected_close_on and row.expected_close_on < today:
        yield Flag(Risk.PAST_CLOSE, day_text(row.expected_close_on))
    if standing.slips:
        text = ngettext("%(n)d time", "%(n)d times", standing.slips) % {"n": standing.slips}
        yield Flag(Risk.PUT_OFF, text)
    days = {"days": standing.days, "standard": standing.standard, "median": standing.median}
    if standing.days > standing.standard:
        yield Flag(Risk.OVER_STANDARD, _("%(days)s days, standard %(standard)s") % days)
    if standing.median is not None and standing.days > standing.median:
        yield Flag(Risk.OVER_MEDIAN, _("%(days)s days, won ones %(median)s") % days)
    if row.next_step_on and row.next_step_on < today:
        yield Flag(Risk.STEP_PAST, _("due %(day)s") % {"day": day_text(row.next_step_on)})
    silent = (today - standing.last_on).days
    if silent >= FOLLOWED_DAYS:
        yield Flag(Risk.QUIET, _("for %(n)s days") % {"n": silent})
