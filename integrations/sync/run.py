"""One run over one entity set: its lock, its row, and the pages it writes."""

import datetime as dt
import gc
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError, ExternalError
from crm.languages import in_each_language, lazily
from crm.locks import AdvisoryLock, session_lock
from crm.workflow.domain.jobs import JobCancelled
from integrations.enums import NumberKind, RejectionState, RunState
from integrations.models import NumberLink, RejectedRow, SyncRun
from integrations.sap.client import ODataClient, Row
from integrations.sap.mapping import EntitySet
from integrations.sap.mapping.orders import SALES_ORDERS
from integrations.sap.reading import changed
from integrations.sync.documents import Known, ask, forget, known_among, mark
from integrations.sync.lookups import KnownKeys
from integrations.sync.page import Ready, take
from integrations.sync.tally import Tally
from integrations.sync.what import Between, nothing

PAGE_SIZE = 1000
TURN = 0.0005  # seconds a thread may keep the interpreter: who writes a page waits for those that read the next
SELDOM = 200_000  # objects made between two rounds of the garbage collector: a page of orders makes as many
FEW = 20  # so many documents may vanish at once without a second look

log = structlog.get_logger(__name__)


@dataclass
class Run:
    """A run while it goes on. `begin` first, then pages, then `end` inside the last page or after it."""

    entity_set: EntitySet
    client: ODataClient
    page_size: int = PAGE_SIZE
    between: Between = nothing
    look: KnownKeys = field(default_factory=KnownKeys)
    tally: Tally = field(default_factory=Tally)
    run: SyncRun = field(default_factory=SyncRun)
    now: dt.datetime = field(default_factory=timezone.now)

    def begin(self, kind: str) -> None:
        """Note that it runs."""
        self.run = SyncRun.objects.create(entity_set=self.entity_set.name, kind=kind)

    @contextmanager
    def page(
        self, rows: Sequence[Row], *, orders: bool = True, anew: bool = False, ready: Ready | None = None
    ) -> Iterator[None]:
        """Write these rows, and with them, in one transaction, what the block writes.

        The orders that the written deliveries and invoices name are asked for: their statuses change without a stamp of their
        own. Without `orders` they are not: a first load has just read them. `anew` and `ready` as of take(). Raises
        SchemaChanged when all rows, more than a few, are rejected for the same property.
        """
        require_properties(self.entity_set, rows)
        with transaction.atomic():
            self.now = timezone.now()
            found = take(self.entity_set, rows, look=self.look, run=self.run, read_at=self.now, anew=anew, ready=ready)
            if found.unread:
                raise changed(self.entity_set.name, found.unread)
            if orders:
                ask(SALES_ORDERS.name, found.orders)
            yield
            self._count(found)

    def retry_rejected(self, keys: Collection[int] | None = None) -> None:
        """Take the rows that were rejected before (all, or these) and can be taken now. The others are not counted again."""
        rows = RejectedRow.objects.filter(entity_set=self.entity_set.name, state=RejectionState.OPEN).order_by("pk")
        if keys is not None:
            rows = rows.filter(pk__in=keys)
        last = 0
        while part := list(rows.filter(pk__gt=last).values_list("pk", "payload")[: self.page_size]):
            last = part[-1][0]
            with transaction.atomic():
                payloads = [payload for _pk, payload in part]
                found = take(
                    self.entity_set, payloads, look=self.look, run=self.run, read_at=timezone.now(), retried=True
                )
                if self.client.base_url:  # else nothing is connected that could be asked
                    ask(SALES_ORDERS.name, found.orders)
                found.read -= found.rejected
                found.rejected = 0
                self._count(found)

    def few_gone(self, known: Known, numbers: Collection[str], *, of: int, accept: bool = False) -> list[str]:
        """Those of these numbers that should be in the source and seem not to be, `of` so many that were looked for. Raises
        ExternalError for too many: an account that has lost a right is shown less, too."""
        gone = known_among(known, numbers)
        if len(gone) > max(FEW, of // 5) and not accept:
            raise ExternalError(
                lazily(
                    _(
                        "The ERP no longer shows %(gone)s of %(all)s documents. Nothing was marked: check the rights of the "
                        "account, or have the keys compared once more and accepted if they were deleted there."
                    ),
                    gone=len(gone),
                    all=of,
                ),
                permanent=True,
            )
        return gone

    def mark_gone(self, known: Known, gone: Collection[str]) -> None:
        """Mark what the source no longer has."""
        if gone:
            with transaction.atomic():
                self.run.gone += mark(self.entity_set, known, gone)
                self.run.save()

    def end(self) -> None:
        """The run is complete."""
        run = self.run
        run.state = RunState.DONE
        run.finished_at = timezone.now()
        run.save()

    def _count(self, found: Tally) -> None:
        self.tally.merge(found)
        self.tally.store(self.run)
        self.run.save()


@contextmanager
def one_run(
    entity_set: EntitySet,
    client: ODataClient,
    *,
    between: Between = nothing,
    page_size: int = PAGE_SIZE,
    kind: str = "",
) -> Iterator[Run]:
    """A run under the entity set's lock; what stops it is noted on its row. Raises LockTaken, and what stopped it."""
    with session_lock(AdvisoryLock.SYNC, entity_set.lock), _in_bulk():
        close_broken_runs(entity_set)
        work = Run(entity_set, client, page_size, between)
        if kind:
            work.begin(kind)
        try:
            yield work
        except Exception as error:
            _fail(work.run, error)
            raise
        finally:
            _read_again(work)
        run = work.run
        log.info(
            "sync_done", entity_set=entity_set.name, kind=run.kind, read=run.read, written=run.written, gone=run.gone
        )


def _read_again(work: Run) -> None:
    """Have what the run wrote to customers and products read once more that lost their number while it went on."""
    for kind, key in work.look.lost():
        ask(work.entity_set.name, forget(work.entity_set, kind, key))


@contextmanager
def _in_bulk() -> Iterator[None]:
    """Leave what the process holds already out of the garbage collector's rounds, and make them seldom: rows by the thousand
    cause many of them, and none of them is part of a circle. Threads take shorter turns."""
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    gc.freeze()
    gc.set_threshold(SELDOM)
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        gc.set_threshold(*before)
        gc.unfreeze()


def require_properties(entity_set: EntitySet, rows: Sequence[Row]) -> None:
    """Raise ExternalError when the rows come without a property that we read: taken as empty, it would wipe what we have."""
    if not rows:
        return
    wanted = (*entity_set.key, *entity_set.header.select, *entity_set.window.properties)
    missing = [name for name in wanted if name not in rows[0]]
    items = next((found for found in map(entity_set.item_rows, rows) if found), [])
    if entity_set.items and items:
        missing += [f"{entity_set.to_items}/{name}" for name in entity_set.items.select if name not in items[0]]
    if entity_set.items and entity_set.to_items not in rows[0]:
        missing.append(entity_set.to_items)
    if missing:
        raise ExternalError(
            lazily(
                _("The ERP's %(set)s come without: %(names)s. Nothing of them was taken; test the connection."),
                set=entity_set.name,
                names=", ".join(dict.fromkeys(missing)),
            ),
            permanent=True,
        )


def close_broken_runs(entity_set: EntitySet) -> None:
    """Runs that say they are running while we hold the lock were killed. What they wrote to customers and products is read
    again that lost their number since: they looked them up before, and cannot have seen it."""
    broken = SyncRun.objects.filter(entity_set=entity_set.name, state=RunState.RUNNING)
    since = broken.aggregate(first=Min("started_at"))["first"]
    if since is None:
        return
    for kind, key in _taken_away(since):
        ask(entity_set.name, forget(entity_set, kind, key))
    broken.update(**_stopped_by(_("The process ended; the next run went on from there.")))


def _taken_away(since: dt.datetime) -> set[tuple[str, int]]:
    """("customer" or "product", its key here) of those whose number was taken away since then, by the trail; and shortly before:
    it has the time at which the transaction began."""
    events = NumberLink.pgh_event_models["insert"]._base_manager.filter(  # type: ignore[attr-defined]
        pgh_label="delete", pgh_created_at__gte=since - dt.timedelta(minutes=1)
    )
    found = events.values_list("kind", "customer_id", "product_id")
    return {(kind, customer if kind == NumberKind.CUSTOMER else product) for kind, customer, product in found}


def _fail(run: SyncRun, error: Exception) -> None:
    """Note on the run's row what stopped it, which is no failure when somebody asked for it; what was read before stays."""
    unexpected = lazily(_("Unexpected error: %(error)s"), error=repr(error)[:500])
    stored = _stopped_by(error.message if isinstance(error, DomainError) else unexpected)
    if isinstance(error, JobCancelled):
        SyncRun.objects.filter(pk=run.pk).update(**{**stored, "state": RunState.STOPPED})
        log.info("sync_stopped", entity_set=run.entity_set)
        return
    SyncRun.objects.filter(pk=run.pk).update(**stored)
    permanent = getattr(error, "permanent", None)
    log.warning("sync_failed", entity_set=run.entity_set, message=stored["message"], permanent=permanent)


def _stopped_by(message: Any) -> dict[str, Any]:
    """What is kept of a run that something has stopped, which is told in each language."""
    messages = in_each_language(lambda: str(message))
    stored = {"message": messages[settings.LANGUAGE_CODE], "messages": messages}
    return {"state": RunState.FAILED, "finished_at": timezone.now(), **stored}
