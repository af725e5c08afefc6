"""Which months of which facts are to be summed anew, and doing it."""

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.core.cache import cache
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.definitions import Fact
from analytics.domain.cells import replace_cells
from analytics.domain.effects import refresh_effects
from analytics.engine.facts import as_of, kept_months
from analytics.engine.fill import added_up, fact_months
from analytics.measures import FACTS, facts_from
from analytics.models import Refresh
from crm.errors import DomainError
from crm.formats import num
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, session_lock
from crm.periods import Period, add_months, month_start
from crm.workflow.domain.jobs import advance_job, note_job, recorded_job

log = structlog.get_logger(__name__)

TASK = "analytics.refresh"
JOB = "figures"
_QUEUED = "analytics:refresh-queued"
YEARS = 3  # that a full refresh goes back at least
_WAIT = 5  # seconds in which further changes join the same job
_FORGET = 300  # seconds after which a job that never ran no longer holds back the next


class NotSummed(DomainError):
    """Some facts could not be summed; all others were."""

    code = "not_summed"


@dataclass
class Report:
    """What a refresh did: months by fact, sums written, seconds by part and in all."""

    months: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    sums: int = 0
    seconds: float = 0.0
    parts: dict[str, dict[str, float]] = field(default_factory=dict)


def mark_changed(*, facts: Sequence[str], months: Iterable[dt.date | str]) -> None:
    """Note that rows of these sources changed in these months (any day of them, as a date or in ISO form).

    A state carries on, so its later months are marked too. Months whose sums are not kept are left out.
    """
    now, today = timezone.now(), timezone.localdate()
    changed = {month_start(dt.date.fromisoformat(month) if isinstance(month, str) else month) for month in months}
    changed &= set(kept_months(today))
    if not changed:
        return
    unknown = set(facts) - {fact.source for fact in FACTS.values()}
    if unknown:
        log.info("change of facts that no measure is taken from", facts=sorted(unknown))
    for fact in facts_from(list(facts)):
        touched = changed
        if fact.is_state:
            known = set(Refresh.objects.filter(fact=fact.key, month__gte=min(changed)).values_list("month", flat=True))
            touched = {month for month in changed | known if month <= month_start(today)}
        Refresh.objects.bulk_create(
            [Refresh(fact=fact.key, month=month, changed_at=now) for month in sorted(touched)],
            update_conflicts=True,
            unique_fields=["fact", "month"],
            update_fields=["changed_at"],
        )


def queue_refresh() -> None:
    """Queue a refresh unless one is waiting already: a storm of changes becomes one job."""
    if cache.add(_QUEUED, 1, timeout=_FORGET):
        enqueue(TASK, countdown=_WAIT)


def retry_refresh(job: Any, actor: Any) -> None:
    """From the jobs page, where only those see it who may see all jobs: sum again what is stale."""
    queue_refresh()


def refresh_begins() -> None:
    """A queued refresh has begun; changes from now on queue the next one."""
    cache.delete(_QUEUED)


def stale_months(today: dt.date) -> dict[str, list[dt.date]]:
    """By fact: the months whose sums are older than their rows, or were made on another day where the day matters."""
    found: dict[str, list[dt.date]] = {}
    changed = Q(summed_at__isnull=True) | Q(changed_at__gte=F("summed_at"))
    for fact in FACTS.values():
        rows = Refresh.objects.filter(fact=fact.key)
        months = set(rows.filter(changed).values_list("month", flat=True))
        if fact.is_state or fact.until_today:
            for month, summed_at in rows.filter(summed_at__isnull=False).values_list("month", "summed_at"):
                if as_of(month, timezone.localdate(summed_at)) != as_of(month, today):
                    months.add(month)
            months.add(month_start(today))
        if months:
            found[fact.key] = sorted(months)
    return found


def refresh(*, full: bool = False, today: dt.date | None = None) -> Report:
    """Sum what is stale (everything when `full`). Raises LockTaken while another refresh runs; safe to kill and repeat.

    Each fact is one transaction. What changes meanwhile stays stale and is summed by the next refresh. Raises NotSummed when
    facts failed, after all the others are done.
    """
    day = today or timezone.localdate()
    report, start = Report(), time.monotonic()
    with session_lock(AdvisoryLock.KPI):
        _forget_other_months(day)
        if full:
            refresh_effects(today=day)
        months = all_months(day) if full else stale_months(day)
        facts = [fact for fact in FACTS.values() if fact.key in months]
        if facts:
            with recorded_job(kind=JOB, actor=None, total=len(facts)) as job_id:
                _refresh_facts(job_id, facts, months, day, report, full=full)
    report.seconds = time.monotonic() - start
    return report


def _refresh_facts(
    job_id: int, facts: Sequence[Fact], months: dict[str, list[dt.date]], today: dt.date, report: Report, *, full: bool
) -> None:
    failed = []
    for done, fact in enumerate(facts, start=1):
        try:
            _refresh_fact(fact, months[fact.key], today, report, full=full)
        except Exception as error:  # whatever is wrong with one, the others are summed
            log.exception("figures_broke", fact=fact.key)
            shown = {"fact": fact.label, "error": repr(error)[:500]}
            failed.append(_("%(fact)s could not be summed: %(error)s") % shown)
        else:
            note_job(job_id, _in_words(fact, report))
        advance_job(job_id, done=done)
    if failed:
        raise NotSummed("\n".join(failed))


def _forget_other_months(today: dt.date) -> None:
    """Notes of months whose sums are not kept, such as those of a mistyped year, are of no use."""
    kept = kept_months(today)
    Refresh.objects.exclude(month__range=(kept[0], kept[-1])).delete()


def _in_words(fact: Fact, report: Report) -> str:
    """What was summed of a fact, for the job's log."""
    words = ngettext(
        "%(fact)s: %(rows)s rows of %(n)s month", "%(fact)s: %(rows)s rows of %(n)s months", report.months[fact.key]
    )
    return words % {"fact": fact.label, "rows": num(report.parts[fact.key]["rows"]), "n": report.months[fact.key]}


def all_months(today: dt.date) -> dict[str, list[dt.date]]:
    """By fact: every month from the first row of any fact, at least three years, to the fact's last or the end of the year.

    States end this month. That a month is summed and empty is worth knowing too: it need not be looked up in the facts.
    """
    months = {fact.key: fact_months(fact, today) for fact in FACTS.values()}
    first = min(add_months(today, 1 - YEARS * 12), *(some[0] for some in months.values()))
    december = dt.date(today.year, 12, 1)
    ends = {key: some[-1] if FACTS[key].is_state else max(some[-1], december) for key, some in months.items()}
    return {key: Period(first, end, "").months for key, end in ends.items()}


def _refresh_fact(fact: Fact, months: list[dt.date], today: dt.date, report: Report, *, full: bool) -> None:
    started = timezone.now()
    with added_up(fact, months, today=today, full=full) as sheet:
        begin = time.monotonic()
        report.sums += replace_cells(sheet, started=started)
        sheet.seconds["copy_in"] = time.monotonic() - begin
    report.months[fact.key] = len(months)
    report.rows += sheet.rows
    report.parts[fact.key] = {"rows": sheet.rows, **sheet.seconds}
    log.info("figures summed", fact=fact.key, months=len(months), rows=sheet.rows)
