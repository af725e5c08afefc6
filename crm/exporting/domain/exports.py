"""Exports: a small one is written at once, a large one in the background. Each leaves an entry in the log."""

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.exporting.lists import cells_of, filters_in_words, found_rows, head_of, may_export
from crm.exporting.models import ExportLog
from crm.formats import num
from crm.generic.lists import list_name, list_view
from crm.generic.views.listing import ListView
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.sheets import write_sheet
from crm.workflow.domain.approvals import request_approval
from crm.workflow.domain.jobs import (
    JobCancelled,
    advance_job,
    begin_job,
    close_cancelled,
    fail_job,
    finish_job,
    note_job,
    start_job,
    stop_if_asked,
)
from crm.workflow.domain.notifications import notify

DOCUMENT = "export"
AT_ONCE = 5000  # rows; more are written in the background
MOST_ROWS = 1_000_000  # what a sheet of Excel holds, less a little
STEP = 2000  # rows between two reports of how far it is
KEPT = dt.timedelta(days=7)


class TooMany(DomainError):
    """More rows than the person may export at a time. `may_ask`: it can be asked for approval of it."""

    code = "too_many_rows"

    def __init__(self, limit: int, *, may_ask: bool) -> None:
        message = _("You may export up to %(limit)s rows at a time, and the list has more. Narrow it by filters.")
        super().__init__(message % {"limit": num(limit)})
        self.may_ask = may_ask


@dataclass(frozen=True)
class Exported:
    """An export and, when it was written at once, its file, open for reading; it is deleted when it is closed."""

    log: ExportLog
    file: BinaryIO | None = None


def limit_of(user: Any) -> int:
    """How many rows the person may export at a time: the widest of the roles that allow exports."""
    if user.is_superuser:
        return MOST_ROWS
    limits = list(user.roles.filter(permissions__contains=["crm.export_lists"]).values_list("export_limit", flat=True))
    return MOST_ROWS if None in limits else min(max(limits, default=0), MOST_ROWS)


def export_list(*, actor: Any, view: ListView, form: str, ids: Sequence[int] | None = None) -> Exported:
    """Export what the view shows, or the rows `ids` of it.

    Raises NotAllowed without the right, DomainError when nothing is found, TooMany when it is more than the person may export.
    """
    if not may_export(view.entity, actor):
        raise NotAllowed(_("You may not export this list."))
    found, limit = found_rows(view, ids), limit_of(actor)
    count = found[: max(limit, AT_ONCE) + 1].count()
    if not count:
        raise DomainError(_("There is nothing to export."))
    if count > limit:
        raise TooMany(limit, may_ask=ids is None)
    log = _log_of(view, actor, form, filters_in_words(view, ids) if ids is None else _ticked(count))
    return _later(log, count) if count > AT_ONCE else _at_once(log, view, ids)


def ask_to_export(*, actor: Any, view: ListView, form: str, reason: str) -> ExportLog:
    """Ask for approval of an export of more rows than the actor may export; it is made once that is approved.

    Raises NotAllowed, and DomainError as request_approval() does.
    """
    if not may_export(view.entity, actor):
        raise NotAllowed(_("You may not export this list."))
    count = found_rows(view)[: MOST_ROWS + 1].count()
    if count <= limit_of(actor):
        raise DomainError(_("You may export this list without asking."))
    log = _log_of(view, actor, form, filters_in_words(view))
    log.asked_rows = count
    with transaction.atomic():
        log.save(force_insert=True)
        request_approval(document=DOCUMENT, record=log, actor=actor, reason=reason)
    return log


def start_approved(*, record: ExportLog, request: Any, actor: Any) -> None:
    """What an approved request does: the file is made in the background, and who asked is told when it is there."""
    record.job = start_job(kind="export", actor=record.created_by, total=min(record.asked_rows or 0, MOST_ROWS))
    record.save(update_fields=["job"])
    enqueue("crm.export_list", export_id=record.pk)


def _ticked(count: int) -> str:
    return _("%(n)s ticked rows") % {"n": num(count)}


def _log_of(view: ListView, actor: Any, form: str, filters: str) -> ExportLog:
    return ExportLog(
        list_key=view.entity.key,
        query=view.request.GET.urlencode(),
        filters=filters,
        columns=[column.key for column in view.columns(view.request)],
        form=form,
        language=translation.get_language() or "",
        created_by=actor,
    )


def _at_once(log: ExportLog, view: ListView, ids: Sequence[int] | None) -> Exported:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        log.rows = _write(log, path, view, ids)
        file = path.open("rb")  # stays readable when its folder is gone
    log.finished_at = timezone.now()
    log.save(force_insert=True)
    return Exported(log, file)


def _later(log: ExportLog, total: int) -> Exported:
    with transaction.atomic():
        log.job = start_job(kind="export", actor=log.created_by, total=total)
        log.save(force_insert=True)
        enqueue("crm.export_list", export_id=log.pk)
    return Exported(log)


def _write(log: ExportLog, path: Path, view: ListView, ids: Sequence[int] | None = None) -> int:
    columns = view.entity.table.chosen(log.columns, log.created_by)
    cells = cells_of(view, columns, found_rows(view, ids))
    return write_sheet(path, log.form, view.entity.heading, head_of(columns), _counted(cells, log.job_id))


def _counted(rows: Iterator[list[Any]], job_id: int | None) -> Iterator[list[Any]]:
    """The rows, while the job is told how many have passed; those past the limit of a sheet are left out."""
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            return
        yield row
        if not number % STEP:
            advance_job(job_id, done=number)
            stop_if_asked(job_id)


def run_export(export_id: int) -> None:
    """Write the file of an export that waits. Safe to run twice: a second worker finds it taken or done."""
    try:
        with session_lock(AdvisoryLock.EXPORT, export_id):
            log = ExportLog.objects.select_related("created_by").filter(pk=export_id, finished_at=None).first()
            if log is not None:
                with translation.override(log.language):
                    _run(log)
    except LockTaken:
        return


def _run(log: ExportLog) -> None:
    begin_job(log.job_id)
    try:
        view = list_view(log.list_key, log.created_by, log.query)
        if not may_export(view.entity, log.created_by):  # it may have been taken away meanwhile
            raise NotAllowed(_("You may not export this list."))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sheet"
            log.rows = _write(log, path, view)
            with path.open("rb") as written:
                log.file.save("sheet", File(written), save=False)
        log.finished_at = timezone.now()
        log.save(update_fields=["rows", "file", "finished_at"])
    except JobCancelled as error:
        close_cancelled(log.job_id, message=str(error.message))
        return
    except DomainError as error:
        fail_job(log.job_id, message=str(error.message))
        return
    except Exception:
        fail_job(log.job_id, message=_("The export failed. Try again, or tell your administrator."))
        raise
    advance_job(log.job_id, done=log.rows, total=log.rows)
    note_job(log.job_id, _("%(rows)s rows, %(size)s") % {"rows": num(log.rows), "size": filesizeformat(log.file.size)})
    finish_job(log.job_id, result={"export": log.pk})
    if log.asked_rows is not None:
        _tell_ready(log)


def _tell_ready(log: ExportLog) -> None:
    """An export that was asked for is there: its maker has not waited before the screen."""
    notify(
        recipients=[log.created_by],
        kind="export.ready",
        title=lambda: _("Your export is ready: %(list)s") % {"list": list_name(log.list_key)},
        url=reverse("exporting:show", args=[log.pk]),
    )


def forget_files() -> int:
    """Delete the files older than a week; their entries stay in the log. Returns how many."""
    since = timezone.now() - KEPT
    made_later = Q(asked_rows__isnull=False, finished_at__gte=since)  # it waited for approval first
    old = ExportLog.objects.filter(created_at__lt=since).exclude(file="").exclude(made_later)
    count = 0
    for log in old.order_by("pk").iterator():
        log.file.delete(save=False)
        log.save(update_fields=["file"])
        count += 1
    return count
