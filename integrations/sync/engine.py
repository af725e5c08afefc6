"""Runs the sync: per entity set one run at a time, page by page, each page one transaction together with the position."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.locks import LockTaken
from crm.workflow.domain.jobs import JobCancelled
from integrations.enums import RunKind
from integrations.models import ReadRequest, SyncRun, SyncState
from integrations.sap.client import ODataClient, Row
from integrations.sap.mapping import ENTITY_SETS, EntitySet
from integrations.sync import position as positions
from integrations.sync import reading
from integrations.sync.documents import analyze, documents_of
from integrations.sync.page import make_ready
from integrations.sync.passes import read_keys, read_open, read_period, read_requested
from integrations.sync.position import Position
from integrations.sync.reading import Arrived
from integrations.sync.run import PAGE_SIZE, Run, one_run
from integrations.sync.what import Between, What, nothing

CHANGED_SINCE, SINGLE_DOCUMENTS = "changed since", "single documents"
COUNTED_ANEW = frozenset({0, 3, 15, 63, 255})  # pages after which a growing table's statistics are made anew

log = structlog.get_logger(__name__)


def entity_sets(names: Iterable[str]) -> list[EntitySet]:
    """The entity sets of these names, all of them for none, in the order in which they are read. Raises DomainError."""
    wanted = set(names)
    unknown = sorted(wanted - set(ENTITY_SETS))
    if unknown:
        known = ", ".join(ENTITY_SETS)
        raise DomainError(
            _("Unknown entity set: %(names)s. Known are: %(known)s.") % {"names": ", ".join(unknown), "known": known}
        )
    return [entity_set for name, entity_set in ENTITY_SETS.items() if not wanted or name in wanted]


def sync_entity_set(
    entity_set: EntitySet,
    *,
    client: ODataClient,
    full: bool = False,
    page_size: int = PAGE_SIZE,
    between: Between = nothing,
) -> SyncRun:
    """Read what has changed (everything when `full`) and write what differs; the finished run.

    Rejected rows are tried again first. A run that stopped is continued. Raises LockTaken when the entity set is being read by
    another process, and what stopped the run, after noting it on the run's row. `between` is called before each page is
    written and may stop the run by a DomainError; what was read before stays, and the next run goes on from there, but for a
    pass over everything that somebody stopped: that is over, unless it is the first.
    """
    with one_run(entity_set, client, between=between, page_size=page_size) as work:
        state, _made = SyncState.objects.get_or_create(entity_set=entity_set.name)
        start = positions.restored(state.cursor, full=full)
        start = start or positions.begin(entity_set, watermark=state.watermark, full=full)
        work.begin(RunKind.FULL if start.full else RunKind.CHANGES)
        work.retry_rejected()
        try:
            _read(work, state, start)
        except JobCancelled:
            if start.full and state.watermark:
                # else the next run, which is to read changes, would go on reading everything
                SyncState.objects.filter(pk=state.pk).update(cursor={})
            raise
        return work.run


def _read(work: Run, state: SyncState, start: Position) -> None:
    """Read the pass to its end. The next pages are fetched while this one is written, and those of a first load mapped, too."""
    first = not state.watermark and documents_of(work.entity_set) is not None
    if first:
        work.look.prepare_all()
    make = partial(make_ready, work.entity_set, look=work.look if first else None)
    for number, (page, ready, here, following) in enumerate(_pages(work, state, start, make)):
        work.between()
        with work.page(page.rows, orders=not first, ready=ready):
            if following is not None:
                state.cursor = following.stored()
            else:
                state.watermark = positions.watermark(work.entity_set, here, page, before=state.watermark)
                state.cursor = {}
                state.last_success_at = _read_up_to(start, work.now)
                work.end()
            state.save(update_fields=["watermark", "cursor", "last_success_at"])  # others note what is handed in
        if number in COUNTED_ANEW and following is not None:
            analyze(work.entity_set)


def _pages(work: Run, state: SyncState, start: Position, make: Callable[[list[Row]], Any]) -> Iterator[Arrived]:
    """The pages of the pass; it begins anew when the first one shows that the source's clock was set back."""
    ask = partial(reading.pages, work.entity_set, work.client, top=work.page_size, make=make)
    with closing(ask(start)) as pages:
        arrived = next(pages)
        again = None
        if not start.full:
            away = work.now - (state.last_success_at or work.now)
            again = positions.set_back(work.entity_set, state.watermark, arrived.page, away=away)
        if again is None:
            yield arrived
            yield from pages
            return
    log.warning("erp_clock_set_back", entity_set=work.entity_set.name, watermark=state.watermark)
    yield from ask(again)


def _read_up_to(start: Position, now: dt.datetime) -> dt.datetime:
    """The moment up to which a pass that ends now has seen everything: of one that went on, when the broken one began."""
    return min(now, dt.datetime.fromisoformat(start.started)) if start.started else now


@dataclass(frozen=True)
class Outcome:
    """What came of one entity set: its run, or why there is none. `busy` when another process is reading it.

    `after` tells what it was read for once more in the same pass, "" for the first time.
    """

    entity_set: EntitySet
    run: SyncRun | None
    error: str = ""
    busy: bool = False
    seconds: float = 0.0
    after: str = ""

    def as_json(self) -> dict[str, Any]:
        """Counts and control sums, or the error."""
        seconds = round(self.seconds, 2)
        if self.run is None:
            return {"error": self.error, "seconds": seconds}
        counts = {name: getattr(self.run, name) for name in ("read", "written", "unchanged", "rejected", "gone")}
        return {**counts, "control_sums": self.run.control_sums, "seconds": seconds}


def sync_all(
    *,
    client: ODataClient,
    names: Iterable[str] = (),
    full: bool = False,
    what: What | None = None,
    between: Between = nothing,
) -> Iterator[Outcome]:
    """Read these entity sets (all for none), one after the other; a failure of one does not keep the next from its turn.

    `what` tells what is read, changes unless given; `full` is short for everything. A pass that goes on where a broken one
    stopped ends with what changed since that one began. At the end the single documents are read that were asked for meanwhile,
    such as the orders of changed deliveries; when only such were to be read, not of a set that has just failed. `between` is
    called before each entity set and each page; what it raises ends the whole.
    """
    what = what or What(RunKind.FULL if full else RunKind.CHANGES)
    failed = set()
    for entity_set in entity_sets(names):
        between()
        if what.serves(entity_set):
            goes_on = _goes_on(entity_set, what)
            done = _outcome(entity_set, partial(_PASSES[what.kind], entity_set, client, what, between))
            yield done
            failed |= {entity_set.name} if done.run is None else set()
            if goes_on and done.run is not None:
                again = _outcome(entity_set, partial(sync_entity_set, entity_set, client=client, between=between))
                yield replace(again, after=CHANGED_SINCE)
    asked = set(ReadRequest.objects.order_by().values_list("entity_set", flat=True).distinct())
    if what.kind == RunKind.ASKED:
        asked -= failed
    for name in [name for name in ENTITY_SETS if name in asked]:
        between()
        one = ENTITY_SETS[name]
        asked_for = _outcome(one, partial(read_requested, one, client=client, between=between))
        yield replace(asked_for, after=SINGLE_DOCUMENTS)


def _goes_on(entity_set: EntitySet, what: What) -> bool:
    """Whether the pass will go on where a broken one stopped: what changed behind that place it does not see."""
    if what.kind not in (RunKind.CHANGES, RunKind.FULL):
        return False
    cursor = SyncState.objects.filter(entity_set=entity_set.name).values_list("cursor", flat=True).first()
    return positions.restored(cursor or {}, full=what.kind == RunKind.FULL) is not None


def _outcome(entity_set: EntitySet, call: Callable[[], SyncRun]) -> Outcome:
    """The call's outcome, whatever happens in it; JobCancelled when somebody wants all of it to stop."""
    began = time.monotonic()
    try:
        run = call()
    except LockTaken:
        return Outcome(entity_set, None, _("Another process is reading it."), busy=True)
    except JobCancelled:
        raise
    except DomainError as error:
        return Outcome(entity_set, None, str(error.message), seconds=time.monotonic() - began)
    except Exception as error:
        log.exception("sync_broke", entity_set=entity_set.name)
        message = _("Unexpected error: %(error)s") % {"error": repr(error)[:500]}
        return Outcome(entity_set, None, message, seconds=time.monotonic() - began)
    return Outcome(entity_set, run, seconds=time.monotonic() - began)


_PASSES: dict[str, Callable[[EntitySet, ODataClient, What, Between], SyncRun]] = {
    RunKind.CHANGES: lambda one, client, what, between: sync_entity_set(one, client=client, between=between),
    RunKind.FULL: lambda one, client, what, between: sync_entity_set(one, client=client, full=True, between=between),
    RunKind.OPEN: lambda one, client, what, between: read_open(one, client=client, between=between),
    RunKind.KEYS: lambda one, client, what, between: read_keys(one, client=client, between=between, accept=what.accept),
    RunKind.PERIOD: lambda one, client, what, between: read_period(
        one, client=client, between=between, first=what.first, last=what.last
    ),
    RunKind.ASKED: lambda one, client, what, between: read_requested(one, client=client, between=between),
}
