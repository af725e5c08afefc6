"""Runs the sync: per entity set one run at a time, page by page, each page one transaction together with the position."""

import contextvars
import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.locks import AdvisoryLock, LockTaken, session_lock
from integrations.enums import RejectionState, RunState
from integrations.models import RejectedRow, SyncRun, SyncState
from integrations.sap.client import ODataClient, Page
from integrations.sap.mapping import ENTITY_SETS, EntitySet
from integrations.sync import position as positions
from integrations.sync.lookups import KnownKeys
from integrations.sync.page import take
from integrations.sync.position import Position
from integrations.sync.tally import Tally

PAGE_SIZE = 1000

log = structlog.get_logger(__name__)


def nothing() -> None:
    """What is done between pages when nobody asks for more."""


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
    between: Callable[[], None] = nothing,
) -> SyncRun:
    """Read what has changed (everything when `full`) and write what differs; the finished run.

    Rejected rows are tried again first. A run that stopped is continued. Raises LockTaken when the entity set is being read by
    another process, and what stopped the run, after noting it on the run's row. `between` is called before each page is
    written and may stop the run by a DomainError; what was read before stays, and the next run goes on from there.
    """
    with session_lock(AdvisoryLock.SYNC, entity_set.lock):
        _close_broken_runs(entity_set)
        state, _made = SyncState.objects.get_or_create(entity_set=entity_set.name)
        start = positions.restored(state.cursor, full=full) or positions.begin(
            entity_set, watermark=state.watermark, full=full
        )
        run = SyncRun.objects.create(entity_set=entity_set.name, full=start.full)
        work = _Run(entity_set, client, state, run, KnownKeys(), page_size, between)
        try:
            work.retry_rejected()
            work.read(start)
        except Exception as error:
            _fail(run, error)
            raise
        log.info("sync_done", entity_set=entity_set.name, read=run.read, written=run.written, rejected=run.rejected)
        return run


@dataclass(frozen=True)
class Outcome:
    """What came of one entity set: its run, or why there is none. `busy` when another process is reading it."""

    entity_set: EntitySet
    run: SyncRun | None
    error: str = ""
    busy: bool = False
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Counts and control sums, or the error."""
        seconds = round(self.seconds, 2)
        if self.run is None:
            return {"error": self.error, "seconds": seconds}
        counts = {name: getattr(self.run, name) for name in ("read", "written", "unchanged", "rejected")}
        return {**counts, "control_sums": self.run.control_sums, "seconds": seconds}


def sync_all(
    *,
    client: ODataClient,
    names: Iterable[str] = (),
    full: bool = False,
    between: Callable[[], None] = nothing,
) -> Iterator[Outcome]:
    """Sync these entity sets (all for none), one after the other; a failure of one does not keep the next from its turn.

    `between` is called before each entity set and each page; what it raises ends the whole.
    """
    for entity_set in entity_sets(names):
        between()
        began = time.monotonic()
        try:
            run = sync_entity_set(entity_set, client=client, full=full, between=between)
        except LockTaken:
            yield Outcome(entity_set, None, _("Another process is reading it."), busy=True)
        except DomainError as error:
            yield Outcome(entity_set, None, str(error.message), seconds=time.monotonic() - began)
        else:
            yield Outcome(entity_set, run, seconds=time.monotonic() - began)


@dataclass
class _Run:
    """One run over one entity set."""

    entity_set: EntitySet
    client: ODataClient
    state: SyncState
    run: SyncRun
    look: KnownKeys
    page_size: int
    between: Callable[[], None] = nothing

    def __post_init__(self) -> None:
        self.tally = Tally()

    def retry_rejected(self) -> None:
        """Take the rows that were rejected before and can be taken now. Those that still cannot are not counted again."""
        rows = RejectedRow.objects.filter(entity_set=self.entity_set.name, state=RejectionState.OPEN).order_by("pk")
        last = 0
        while part := list(rows.filter(pk__gt=last).values_list("pk", "payload")[: self.page_size]):
            last = part[-1][0]
            with transaction.atomic():
                payloads = [payload for _pk, payload in part]
                found = take(self.entity_set, payloads, look=self.look, run=self.run, read_at=timezone.now())
                found.read -= found.rejected
                found.rejected = 0
                self._count(found)

    def read(self, start: Position) -> None:
        """Read the pass to its end. The next page is fetched while this one is written."""
        for page, here, following in self._pages(start):
            self.between()
            with transaction.atomic():
                now = timezone.now()
                found = take(self.entity_set, page.rows, look=self.look, run=self.run, read_at=now)
                self._move(here, following, page, now)
                self._count(found)

    def _pages(self, start: Position) -> Iterator[tuple[Page, Position, Position | None]]:
        """Pages with their position and the next; one request is always under way."""
        with ThreadPoolExecutor(1, thread_name_prefix="odata") as pool:
            here: Position | None = start
            coming = self._fetch(pool, start)
            while here is not None:
                page = coming.result()
                following = positions.advance(self.entity_set, here, page, top=self.page_size)
                if following is not None:
                    coming = self._fetch(pool, following)
                yield page, here, following
                here = following

    def _fetch(self, pool: ThreadPoolExecutor, position: Position) -> "Future[Page]":
        options = positions.options(self.entity_set, position, top=self.page_size)
        context = contextvars.copy_context()  # the reader's language, for messages
        return pool.submit(context.run, self.client.page, self.entity_set.service, self.entity_set.name, options)

    def _move(self, here: Position, following: Position | None, page: Page, now: dt.datetime) -> None:
        """Store the position, in the page's own transaction; at the end of the pass the watermark and the end of the run."""
        if following is not None:
            self.state.cursor = following.stored()
        else:
            self.state.watermark = positions.watermark(self.entity_set, here, page, before=self.state.watermark)
            self.state.cursor = {}
            self.state.last_success_at = now
            run = self.run
            run.state = RunState.DONE
            run.finished_at = now
        self.state.save()

    def _count(self, found: Tally) -> None:
        self.tally.merge(found)
        self.tally.store(self.run)
        self.run.save()


def _close_broken_runs(entity_set: EntitySet) -> None:
    """Runs that say they are running while we hold the lock were killed."""
    broken = SyncRun.objects.filter(entity_set=entity_set.name, state=RunState.RUNNING)
    broken.update(
        state=RunState.FAILED,
        finished_at=timezone.now(),
        message=_("The process ended; the next run went on from there."),
    )


def _fail(run: SyncRun, error: Exception) -> None:
    """Note on the run's row what stopped it; what was read before stays."""
    message = (
        str(error.message)
        if isinstance(error, DomainError)
        else _("Unexpected error: %(error)s") % {"error": repr(error)[:500]}
    )
    stored: dict[str, Any] = {"state": RunState.FAILED, "finished_at": timezone.now(), "message": message}
    SyncRun.objects.filter(pk=run.pk).update(**stored)
    log.warning("sync_failed", entity_set=run.entity_set, message=message, permanent=getattr(error, "permanent", None))
