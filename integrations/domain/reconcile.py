"""Comparison with the ERP: counts and control sums per day, organisation and currency, and every document that differs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, ExternalError, NotAllowed
from crm.formats import num
from crm.jobs import enqueue
from crm.locks import LockTaken
from crm.workflow.domain.jobs import (
    advance_job,
    begin_job,
    ending_job,
    fail_job,
    note_job,
    start_job,
    stop_if_asked,
)
from integrations.domain.alarms import look
from integrations.domain.connection import open_client
from integrations.enums import DifferenceKind, RejectionState
from integrations.models import Difference, Reconciliation, RejectedRow, SyncState
from integrations.sap.client import ODataClient
from integrations.sap.mapping import ENTITY_SETS, EntitySet
from integrations.sync.compare import Entry, Pair, comparable, compare
from integrations.sync.documents import ask, key_of
from integrations.sync.engine import entity_sets, sync_entity_set
from integrations.sync.passes import read_requested

KIND = "erp_comparison"
TASK = "integrations.reconcile"
DAYS = 35  # a night compares the documents of so many days

log = structlog.get_logger(__name__)


def queue_comparison(
    *,
    actor: Any,
    names: Sequence[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
    repair: int | None = None,
) -> None:
    """Queue a comparison of these entity sets, all for none; `repair` is a comparison whose differences are read again first.

    Raises NotAllowed; DomainError for an unknown set or days in the wrong order.
    """
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(_("You are not allowed to do this."))
    if first and last and last < first:
        raise DomainError(_("Enter two dates, the earlier one first."))
    wanted = [entity_set.name for entity_set in entity_sets(names) if comparable(entity_set)]
    days = {name: day.isoformat() for name, day in (("first", first), ("last", last)) if day}
    params: dict[str, Any] = {"entity_sets": wanted, **days, "repair": repair}
    with transaction.atomic():
        job = start_job(kind=KIND, actor=actor, total=len(wanted), params=params)
        enqueue(TASK, queue="sync", job_id=job.pk, **params)


def retry_comparison(job: Any, actor: Any) -> None:
    """Queue it anew. Raises NotAllowed."""
    days = {name: dt.date.fromisoformat(job.params[name]) for name in ("first", "last") if job.params.get(name)}
    names = job.params.get("entity_sets", ())
    queue_comparison(actor=actor, names=names, repair=job.params.get("repair"), **days)


def queue_repair(reconciliation: Reconciliation, *, actor: Any) -> None:
    """Have the documents that differ read again, and the same days compared once more. Raises NotAllowed."""
    days = {"first": reconciliation.first_on, "last": reconciliation.last_on}
    queue_comparison(actor=actor, names=[reconciliation.entity_set], repair=reconciliation.pk, **days)


def run_comparison(
    *,
    names: Sequence[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
    repair: int | None = None,
    job_id: int | None = None,
) -> None:
    """Compare, as a job; without days the last DAYS. A failure of one entity set does not keep the next from its turn."""
    try:
        client = open_client()
    except ExternalError as error:
        log.info("sync_not_connected", reason=str(error.message))
        fail_job(job_id, message=str(error.message))
        return
    wanted = [entity_set for entity_set in entity_sets(names) if comparable(entity_set)]
    if job_id is None:
        job_id = start_job(kind=KIND, actor=None, params={"entity_sets": list(names)}).pk
    begin_job(job_id, total=len(wanted))
    with ending_job(job_id) as problems, client:
        if repair is not None:
            _read_again(repair, client)
        for done, entity_set in enumerate(wanted, start=1):
            stop_if_asked(job_id)
            try:
                _read_changes(entity_set, client)
                note_job(job_id, _in_words(reconcile(entity_set, client=client, first=first, last=last)))
            except DomainError as error:
                problems.append(f"{entity_set.label}: {error.message}")
            advance_job(job_id, done=done)
    look()


def reconcile(
    entity_set: EntitySet, *, client: ODataClient, first: dt.date | None = None, last: dt.date | None = None
) -> Reconciliation:
    """Compare the documents of these days (the last DAYS without any) and keep what was found. Raises ExternalError."""
    end = last or timezone.localdate()
    days = (first or end - dt.timedelta(days=DAYS), end)
    ignored = _ignored(entity_set)
    found = compare(entity_set, client=client, first=days[0], last=days[1])
    pairs = [pair for pair in found if not (pair.kind == DifferenceKind.THERE and key_of(pair.number) in ignored)]
    different = [pair for pair in pairs if pair.kind]
    with transaction.atomic():
        made = Reconciliation.objects.create(
            entity_set=entity_set.name,
            first_on=days[0],
            last_on=days[1],
            compared=len(pairs),
            differing=len(different),
            groups=_groups(pairs),
        )
        Difference.objects.bulk_create(_difference(made, pair) for pair in different)
    return made


def _ignored(entity_set: EntitySet) -> set[str]:
    """The keys of rows that somebody has decided not to take: that the ERP alone has them is no difference to tell."""
    rows = RejectedRow.objects.filter(entity_set=entity_set.name, state=RejectionState.IGNORED)
    return set(rows.values_list("external_id", flat=True))


def _read_changes(entity_set: EntitySet, client: ODataClient) -> None:
    """Read what is new where no stamp tells whether a row came after the last run: it would be told as a difference."""
    if entity_set.window.stamp or not SyncState.objects.filter(pk=entity_set.name).exclude(watermark="").exists():
        return
    try:
        sync_entity_set(entity_set, client=client)
    except LockTaken:  # then it is being read
        log.info("sync_busy", entity_set=entity_set.name)


def _read_again(pk: int, client: ODataClient) -> None:
    """Read the documents on which that comparison found differences."""
    found = Reconciliation.objects.get(pk=pk)
    ask(found.entity_set, list(found.differences.values_list("number", flat=True)))
    try:
        read_requested(ENTITY_SETS[found.entity_set], client=client)
    except LockTaken as error:  # what was asked for stays asked for
        raise DomainError(_("Another process is reading it.")) from error


def _difference(made: Reconciliation, pair: Pair) -> Difference:
    shown = pair.theirs or pair.ours
    assert shown is not None
    return Difference(
        reconciliation=made,
        number=pair.number,
        kind=pair.kind,
        day=shown.day,
        org=shown.org,
        group=shown.group,
        theirs=pair.theirs.amount if pair.theirs else None,
        ours=pair.ours.amount if pair.ours else None,
    )


def _groups(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Counts and sums of both sides. Our orders and deliveries name no organisation: they count under that of the source's."""
    sums: dict[tuple[str, str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0), 0, Decimal(0)])
    for pair in pairs:
        org = pair.theirs.org if pair.theirs else ""
        for entry, place in ((pair.theirs, 0), (pair.ours, 2)):
            if entry is not None:
                row = sums[_group(entry, org)]
                row[place] += 1
                row[place + 1] += entry.amount
    names = ("their_count", "their_sum", "our_count", "our_sum")
    return [
        {"day": day, "org": org, "group": group, **dict(zip(names, _plain(sums[day, org, group]), strict=True))}
        for day, org, group in sorted(sums)
    ]


def _group(entry: Entry, org: str) -> tuple[str, str, str]:
    return entry.day.isoformat() if entry.day else "", entry.org or org, entry.group


def _plain(row: list[Any]) -> list[Any]:
    return [f"{value:f}" if isinstance(value, Decimal) else value for value in row]


def _in_words(made: Reconciliation) -> str:
    words = _("%(set)s: %(compared)s documents compared, %(count)s differ")
    counts = {"compared": num(made.compared), "count": num(made.differing)}
    return words % {"set": ENTITY_SETS[made.entity_set].label, **counts}
