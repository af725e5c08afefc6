"""Takes the sheets of the drop folder: read, written like rows of the ERP, then moved to done/ or rejected/ with a report."""

import datetime as dt
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.importing.domain.reading import open_book
from crm.languages import in_each_language, lazily
from crm.locks import AdvisoryLock, LockTaken, session_lock
from integrations.domain.handed_in import note_handed_in
from integrations.enums import RunState
from integrations.files.documents import INVOICES, ORDERS, RECEIVABLES, SHIPMENTS
from integrations.files.kinds import Kind
from integrations.files.master import CREDIT_ACCOUNTS, CUSTOMERS, PRODUCTS
from integrations.files.returns import CREDIT_REQUESTS, RETURNS
from integrations.models import RejectedRow, SyncRun
from integrations.sap.client import Row
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.lookups import KnownKeys
from integrations.sync.page import take
from integrations.sync.run import close_broken_runs
from integrations.sync.tally import Tally

SETTLED = 10.0  # seconds that a file must not have changed before it is taken for whole
PAGE = 1000
# In the order in which they are taken: what others refer to comes first.
KINDS = {
    kind.name: kind
    for kind in (
        CUSTOMERS,
        CREDIT_ACCOUNTS,
        PRODUCTS,
        ORDERS,
        SHIPMENTS,
        INVOICES,
        RECEIVABLES,
        RETURNS,
        CREDIT_REQUESTS,
    )
}
ENDINGS = (".csv", ".xlsx", ".xls")

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Sheet:
    """A file that waits, and what it holds."""

    path: Path
    kind: Kind

    @property
    def name(self) -> str:
        """The file's name as text that can be kept and shown: one that came in another encoding has signs that cannot."""
        return os.fsencode(self.path.name).decode("utf-8", "replace")


def waiting(folder: Path, *, settled: float = SETTLED) -> list[Sheet]:
    """The files that are complete, documents before those that refer to them, then by name.

    A name begins with the kind: orders-2026-11-26.csv. Others are left alone, as are files still being written.
    """
    before = time.time() - settled
    found = [path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file()]
    order = list(KINDS)
    sheets = [Sheet(path, KINDS[name]) for path in found if (name := path.name.partition("-")[0]) in KINDS]
    whole = [sheet for sheet in sheets if sheet.path.stat().st_mtime <= before]
    return sorted(whole, key=lambda sheet: (order.index(sheet.kind.name), sheet.path.name))


def take_folder(folder: Path, *, settled: float = SETTLED) -> list[SyncRun]:
    """Take every file that waits; a run for each. A kind that another process is reading waits for the next time.

    A file that was written but not yet moved when the process ended is taken again, which changes nothing.
    """
    runs = []
    for sheet in waiting(folder, settled=settled):
        try:
            entity_set = ENTITY_SETS[sheet.kind.entity_set]
            with session_lock(AdvisoryLock.SYNC, entity_set.lock):
                close_broken_runs(entity_set)
                runs.append(_take(sheet))
        except LockTaken:
            log.info("drop_folder_busy", file=sheet.name)
    return runs


def _take(sheet: Sheet) -> SyncRun:
    run = SyncRun.objects.create(entity_set=sheet.kind.entity_set, message=sheet.name)
    try:
        _write(sheet, sheet.kind.documents(_rows(sheet)), run)
    except DomainError as error:
        return _refused(sheet, run, error.message)
    except OSError as error:
        return _refused(sheet, run, error)
    except (InterfaceError, OperationalError):  # the database is away, or busy: the sheet waits for the next time
        raise
    except Exception as error:  # whatever a sheet holds, it must not hold up those after it
        log.exception("drop_folder_broke", file=sheet.name)
        return _refused(sheet, run, lazily(_("Unexpected error: %(error)s"), error=repr(error)[:500]))
    _close(run, RunState.DONE, {}, sheet.name)
    if not run.read or run.rejected < run.read:
        note_handed_in([sheet.kind.entity_set])
    reasons = RejectedRow.objects.filter(run=run).order_by("pk").values_list("external_id", "reason")
    _put_away(sheet, run, "rejected" if run.rejected else "done", [f"{key}: {reason}" for key, reason in reasons])
    return run


def _refused(sheet: Sheet, run: SyncRun, why: Any) -> SyncRun:
    """The sheet is not taken; `why` is a lazy text, for it is told in each language."""
    reasons = in_each_language(lambda: str(why))
    _close(run, RunState.FAILED, {code: f"{sheet.name}: {reason}" for code, reason in reasons.items()})
    _put_away(sheet, run, "rejected", [reasons[settings.LANGUAGE_CODE]])
    return run


def _put_away(sheet: Sheet, run: SyncRun, where: str, lines: list[str]) -> None:
    """Move the file out of the way. Where that is not allowed it stays, to be taken again each time, and the run says so."""
    try:
        _move(sheet.path, where, lines)
    except OSError as error:
        log.warning("drop_folder_not_moved", file=sheet.name, error=str(error))
        text = _("The file cannot be moved to the folder %(folder)s: let the background worker write to it. %(error)s")
        told = lazily(text, folder=where, error=error.strerror or error)
        before = run.messages if run.state == RunState.FAILED else {}
        messages = in_each_language(lambda: f"{before.get(get_language() or '', f'{sheet.name}:')} {told}")
        _close(run, RunState.FAILED, messages)


def _write(sheet: Sheet, documents: list[Row], run: SyncRun) -> None:
    """A page at a time, each a transaction with the counts of the run."""
    entity_set, look, tally = ENTITY_SETS[sheet.kind.entity_set], KnownKeys(), Tally()
    for start in range(0, len(documents), PAGE):
        with transaction.atomic():
            rows = documents[start : start + PAGE]
            tally.merge(take(entity_set, rows, look=look, run=run, read_at=timezone.now()))
            tally.store(run)
            run.save()


def _rows(sheet: Sheet) -> list[dict[str, str]]:
    """The rows by heading. Raises DomainError for a file that cannot be read, and for headings that do not fit."""
    book = open_book(sheet.path.read_bytes())
    rows = book.rows(book.names[0])
    headings = [heading.strip().lower() for heading in next(rows, (0, []))[1]]
    while headings and not headings[-1]:
        headings.pop()
    columns = sheet.kind.columns
    missing = [name for name, column in columns.items() if column.required and name not in headings]
    unknown = [heading for heading in headings if heading and heading not in columns]
    if missing or unknown:
        text = _("Columns that are missing: %(missing)s. Columns that are unknown: %(unknown)s.")
        raise DomainError(lazily(text, missing=", ".join(missing) or "—", unknown=", ".join(unknown) or "—"))
    if twice := [heading for heading, count in Counter(filter(None, headings)).items() if count > 1]:
        raise DomainError(lazily(_("Columns that come twice: %(columns)s."), columns=", ".join(twice)))
    return list(_named(headings, rows))


def _named(headings: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[dict[str, str]]:
    """Raises DomainError for a row that goes on behind the last heading: a comma that parts its cells has shifted them."""
    for number, cells in rows:
        row = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False) if heading}
        if any(cell.strip() for cell in cells[len(headings) :]):
            text = _("Row %(row)d goes on behind the last heading: put what holds a comma into quotation marks.")
            raise DomainError(lazily(text, row=number))
        if any(row.values()):
            yield {**dict.fromkeys(filter(None, headings), ""), **row}


def _close(run: SyncRun, state: RunState, messages: dict[str, str], message: str = "") -> None:
    """End it with what there is to say in each language, or that needs none."""
    run.state, run.messages = state, messages
    run.message = message or messages[settings.LANGUAGE_CODE]
    values: dict[str, Any] = {"state": state, "finished_at": timezone.now()}
    SyncRun.objects.filter(pk=run.pk).update(**values, message=run.message, messages=messages)


def _move(path: Path, where: str, lines: list[str]) -> None:
    """Into a folder beside it; a report goes along when there is something to say. A name that is there already gets the time."""
    target = path.parent / where
    target.mkdir(exist_ok=True)
    name = path.name
    if (target / name).exists():
        name = f"{path.stem}-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}{path.suffix}"
    path.rename(target / name)
    if lines:
        (target / f"{name}.report.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
