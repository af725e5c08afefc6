"""The passes beside changes and everything: open documents, keys, a period, single documents."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError, ExternalError
from crm.languages import lazily
from integrations.enums import RejectionState, RunKind
from integrations.models import ReadRequest, RejectedRow, SyncRun
from integrations.sap import values
from integrations.sap.client import ODataClient
from integrations.sap.mapping import EntitySet
from integrations.sync import reading
from integrations.sync.absence import proven, proven_rejected
from integrations.sync.documents import Documents, Known, answered, documents_of, known_numbers, known_of
from integrations.sync.run import FEW, Run, one_run
from integrations.sync.what import Between, nothing


def read_open(entity_set: EntitySet, *, client: ODataClient, between: Between = nothing) -> SyncRun:
    """Read all documents that are open here or there: their statuses change without moving a stamp. As sync_entity_set."""
    documents = _documents(entity_set)
    with one_run(entity_set, client, between=between, kind=RunKind.OPEN) as work:
        ours = set(documents.open_here().order_by().values_list("number", flat=True).iterator(chunk_size=20_000))
        if documents.open_there:
            for rows in reading.matching(entity_set, client, documents.open_there, top=work.page_size):
                work.between()
                ours -= reading.numbers_in(entity_set, rows)
                with work.page(rows):
                    pass
        absent = _read_numbers(work, documents, sorted(ours))
        _mark_gone(work, documents, absent, of=work.run.read + len(absent))
        work.end()
        return work.run


def read_keys(
    entity_set: EntitySet, *, client: ODataClient, between: Between = nothing, accept: bool = False
) -> SyncRun:
    """Compare the keys of all rows, master data too: what vanished there is marked, what is missing here is read. As
    sync_entity_set.

    What was not among the keys is asked for once more by its number, and by its key, before it is marked, and very many are
    only marked with `accept`. Nothing at all is never taken for true, but of a few rows with `accept`.
    """
    known = known_of(entity_set)
    with one_run(entity_set, client, between=between, kind=RunKind.KEYS) as work:
        ours = known_numbers(known)
        theirs: dict[str, str] = {}
        for rows in reading.keys(entity_set, client):
            work.between()
            theirs |= reading.keys_by_number(entity_set, rows)
        if ours and not theirs and (len(ours) > FEW or not accept):
            raise ExternalError(
                _("The ERP shows no document at all. Nothing was marked: check the rights of the account."),
                permanent=True,
            )
        rejected = _rejected(entity_set)
        doubtful = sorted(ours - theirs.keys())
        absent = _read_numbers(work, known, doubtful)
        _mark_gone(work, known, absent, of=len(ours), accept=accept)
        missing = theirs.keys() - ours
        _read_numbers(work, known, sorted(number for number in missing if theirs[number] not in rejected))
        _drop_rejected(work, rejected - set(theirs.values()), of=len(rejected), accept=accept)
        work.end()
        return work.run


def read_period(
    entity_set: EntitySet,
    *,
    client: ODataClient,
    first: dt.date | None,
    last: dt.date | None,
    between: Between = nothing,
) -> SyncRun:
    """Read the documents that were made or changed on these days, whatever is known of them. As sync_entity_set.

    Raises DomainError without days, or for days in the wrong order.
    """
    if first is None or last is None or last < first:
        raise DomainError(_("Enter two dates, the earlier one first."))
    with one_run(entity_set, client, between=between, kind=RunKind.PERIOD) as work:
        dates = list(entity_set.window.properties)
        condition = " or ".join(f"({_within(entity_set, name, first, last)})" for name in dates)
        for rows in reading.matching(entity_set, client, condition, top=work.page_size):
            work.between()
            with work.page(rows, anew=True):
                pass
        work.end()
        return work.run


def read_requested(entity_set: EntitySet, *, client: ODataClient, between: Between = nothing) -> SyncRun:
    """Read the documents that somebody asked for by number. As sync_entity_set."""
    with one_run(entity_set, client, between=between, kind=RunKind.ASKED) as work:
        asked = list(ReadRequest.objects.filter(entity_set=entity_set.name).values_list("number", "asked_at"))
        _read_asked(work, sorted(number for number, _at in asked))
        answered(entity_set, asked)
        work.end()
        return work.run


def read_documents(entity_set: EntitySet, *, client: ODataClient, numbers: Sequence[str]) -> SyncRun:
    """Read these documents. As sync_entity_set."""
    with one_run(entity_set, client, kind=RunKind.ASKED) as work:
        _read_asked(work, numbers)
        work.end()
        return work.run


def retry_kept(entity_set: EntitySet, *, client: ODataClient, keys: Collection[int]) -> SyncRun:
    """Try these rejected rows again, as they were kept. As sync_entity_set."""
    with one_run(entity_set, client, kind=RunKind.ASKED) as work:
        work.retry_rejected(keys)
        work.end()
        return work.run


def _read_asked(work: Run, numbers: Sequence[str]) -> None:
    documents = _documents(work.entity_set)
    absent = _read_numbers(work, documents, numbers, anew=True)
    _mark_gone(work, documents, absent, of=len(numbers), anew=True)


def _read_numbers(work: Run, known: Known, numbers: Sequence[str], *, anew: bool = False) -> list[str]:
    """Read these rows; the numbers that the source does not have."""
    absent: list[str] = []
    for part, rows in reading.by_number(work.entity_set, work.client, known, numbers):
        work.between()
        absent += sorted(set(part) - reading.numbers_in(work.entity_set, rows))
        with work.page(rows, anew=anew):
            pass
    return absent


def _mark_gone(
    work: Run, known: Known, absent: Sequence[str], *, of: int, accept: bool = False, anew: bool = False
) -> None:
    """Mark those of these numbers that the source has proven not to have, and read those that it has after all. Raises
    ExternalError for too many, before it asks."""
    ours = work.few_gone(known, absent, of=of, accept=accept)
    gone, there = proven(work.entity_set, work.client, ours)
    if there:
        with work.page(there, anew=anew):
            pass
    work.mark_gone(known, gone)


def _documents(entity_set: EntitySet) -> Documents:
    found = documents_of(entity_set)
    if found is None:
        raise DomainError(lazily(_("%(set)s holds no documents."), set=entity_set.label))
    return found


def _within(entity_set: EntitySet, name: str, first: dt.date, last: dt.date) -> str:
    """The property lies in these days, whether it is a date or a moment."""
    after = last + dt.timedelta(days=1)
    if name == entity_set.window.stamp:
        begin, end = (dt.datetime.combine(day, dt.time(), timezone.get_current_timezone()) for day in (first, after))
        return f"{name} ge {values.moment_literal(begin)} and {name} lt {values.moment_literal(end)}"
    return f"{name} ge {values.date_literal(first)} and {name} lt {values.date_literal(after)}"


def _rejected(entity_set: EntitySet) -> set[str]:
    rows = RejectedRow.objects.filter(entity_set=entity_set.name).exclude(state=RejectionState.RESOLVED)
    return set(rows.values_list("external_id", flat=True))


def _drop_rejected(work: Run, absent: set[str], *, of: int, accept: bool) -> None:
    """Close the rejections of rows that the source has proven not to have any more; of very many only some without `accept`,
    the others are asked for the next times."""
    asked = sorted(absent) if accept else sorted(absent)[: max(FEW, of // 5)]
    keys, _there = proven_rejected(work.entity_set, work.client, asked)
    rows = RejectedRow.objects.filter(entity_set=work.entity_set.name, external_id__in=keys)
    rows.exclude(state=RejectionState.RESOLVED).update(state=RejectionState.RESOLVED, is_gone=True)
