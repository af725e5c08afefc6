"""Tells the administrators when somebody must look at the sync: each thing once, until it is mended."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from crm.formats import moment, num
from crm.organisation.models import User
from crm.workflow.domain.notifications import notify
from integrations.domain.connection import left_alone
from integrations.domain.handed_in import late_kinds
from integrations.domain.outbox.kinds import switched_on
from integrations.domain.outbox.sending import OPEN
from integrations.enums import AlarmKind, MessageKind, RejectionState, RunKind, RunState
from integrations.models import Alarm, OutboxMessage, Reconciliation, RejectedRow, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.freshness import LATE

LONGEST_ROUND = dt.timedelta(days=15)  # everything is read once a week
ONCE = (RunKind.PERIOD, RunKind.ASKED)
EVER = dt.datetime.min.replace(tzinfo=dt.UTC)
LONG = dt.timedelta(hours=4)  # for a message to the ERP to wait
Key = tuple[str, str]  # kind of alarm, entity set; of messages to the ERP their kind
Words = Callable[[], str]  # in the language of whoever reads
TITLES: dict[str, Words] = {
    AlarmKind.FAILED: lambda: _("The ERP sync of %(set)s fails"),
    AlarmKind.LATE: lambda: _("The ERP sync of %(set)s is late"),
    AlarmKind.MISSED: lambda: _("No new %(set)s have been handed in"),
    AlarmKind.REJECTED: lambda: _("Rows of %(set)s were rejected"),
    AlarmKind.DIFFERENT: lambda: _("%(set)s: the ERP and we differ"),
    AlarmKind.STUCK: lambda: _("A message to the ERP waits too long: %(set)s"),
}


def look() -> None:
    """Compare what is wrong with what has been told: tell what is new, and close what is mended. Two at once do no harm."""
    found = {**failing(), **_late(), **_missed(), **_rejected(), **_different(), **_stuck()}
    with transaction.atomic():
        told = {(alarm.kind, alarm.entity_set): alarm for alarm in Alarm.objects.filter(mended_at__isnull=True)}
        mended = [alarm.pk for key, alarm in told.items() if key not in found]
        Alarm.objects.filter(pk__in=mended).update(mended_at=timezone.now())
        for key, words in found.items():
            if key not in told:
                _tell(key, words)


def _tell(key: Key, words: Words) -> None:
    kind, name = key
    _alarm, made = Alarm.objects.get_or_create(kind=kind, entity_set=name, mended_at=None)
    if not made:
        return
    may = Q(is_superuser=True) | Q(roles__permissions__contains=["integrations.run_sync"])
    notify(
        recipients=User.objects.filter(may, is_active=True).distinct(),
        kind=f"erp.{kind}",
        title=lambda: TITLES[kind]() % {"set": alarm_subject(kind, name)},
        text=words,
        url=alarm_url(kind, name),
    )


def alarm_subject(kind: str, name: str) -> Any:
    """What such an alarm is about, in words; its name when it is none of ours any more."""
    if kind == AlarmKind.STUCK:
        return MessageKind(name).label
    return ENTITY_SETS[name].label if name in ENTITY_SETS else name


def alarm_url(kind: str, name: str) -> str:
    """The page that helps with such an alarm."""
    if kind == AlarmKind.REJECTED:
        return f"{reverse('integrations:rejectedrow_list')}?{urlencode({'entity_set': name, 'state': 'open'})}"
    if kind == AlarmKind.DIFFERENT:
        return f"{reverse('integrations:reconciliation_list')}?{urlencode({'entity_set': name})}"
    if kind == AlarmKind.STUCK:
        states = [("state", state.value) for state in OPEN]
        return f"{reverse('integrations:outboxmessage_list')}?{urlencode([('kind', name), *states])}"
    if kind == AlarmKind.MISSED:
        return reverse("integrations:sync")
    return reverse("integrations:entity_set", args=[name])


def failing() -> dict[Key, Words]:
    """Entity sets of which the last run of some kind failed, and why; one that somebody stopped, or that goes on, tells nothing.

    No run repeats that of a period or of single documents: it is mended once changes are read again.
    """
    ended = SyncRun.objects.filter(
        entity_set__in=ENTITY_SETS,
        started_at__gte=timezone.now() - LONGEST_ROUND,
        state__in=(RunState.DONE, RunState.FAILED),
    )
    last = ended.order_by("entity_set", "kind", "-started_at", "-pk").distinct("entity_set", "kind")
    runs = [run for run in last if run.state == RunState.FAILED]
    if any(run.kind in ONCE for run in runs):
        success = dict(SyncState.objects.values_list("pk", "last_success_at"))
        runs = [run for run in runs if run.kind not in ONCE or run.started_at > (success.get(run.entity_set) or EVER)]
    rest = left_alone() if runs else None
    return {(AlarmKind.FAILED.value, run.entity_set): rest.__str__ if rest else _saying(run) for run in runs}


def _saying(run: SyncRun) -> Words:
    return lambda: run.said


def _late() -> dict[Key, Words]:
    """Entity sets that have been read before, but not for long."""
    states = SyncState.objects.filter(last_success_at__lt=timezone.now() - LATE, pk__in=list(ENTITY_SETS))
    return {(AlarmKind.LATE.value, state.pk): _since(state.last_success_at) for state in states}


def _missed() -> dict[Key, Words]:
    """Entity sets that other systems hand in, but of which nothing has come for longer than a working day."""
    return {(AlarmKind.MISSED.value, name): _handed_in(at) for name, at in late_kinds().items()}


def _handed_in(at: Any) -> Words:
    return lambda: _("The last came on %(moment)s, by the drop folder or the API.") % {"moment": moment(at)}


def _since(at: Any) -> Words:
    return lambda: _("Last read in full on %(moment)s.") % {"moment": moment(at)}


def _rejected() -> dict[Key, Words]:
    rows = RejectedRow.objects.filter(state=RejectionState.OPEN, entity_set__in=list(ENTITY_SETS)).order_by()
    counts = rows.values_list("entity_set").annotate(Count("pk"))
    return {(AlarmKind.REJECTED.value, name): _counted(count) for name, count in counts}


def _counted(count: int) -> Words:
    return lambda: _("%(count)s rows wait for a decision.") % {"count": num(count)}


def _different() -> dict[Key, Words]:
    """Entity sets whose last comparison found differences."""
    last = Reconciliation.objects.order_by("entity_set", "-at", "-pk").distinct("entity_set")
    rows = [row for row in last if row.differing and row.entity_set in ENTITY_SETS]
    return {(AlarmKind.DIFFERENT.value, row.entity_set): _differing(row.differing) for row in rows}


def _differing(count: int) -> Words:
    return lambda: _("%(count)s documents differ.") % {"count": num(count)}


def _stuck() -> dict[Key, Words]:
    """Kinds of messages of which the oldest that is on its way to the ERP waits for long, whatever for."""
    rows = OutboxMessage._base_manager.filter(state__in=OPEN, kind__in=switched_on()).order_by()
    oldest = rows.values_list("kind").annotate(since=Min("state_since")).filter(since__lt=timezone.now() - LONG)
    return {(AlarmKind.STUCK.value, kind): _waiting_since(since) for kind, since in oldest}


def _waiting_since(at: Any) -> Words:
    return lambda: _("The oldest waits since %(moment)s.") % {"moment": moment(at)}
