"""The overview of the sync: how far each entity set is, what is wrong, and starting and stopping runs."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from crm.errors import DomainError
from crm.formats import num
from crm.workflow.links import address_of
from integrations.domain.alarms import alarm_subject, alarm_url, failing
from integrations.domain.connection import described
from integrations.domain.drop import drop_folder, queue_take, runs_of_files
from integrations.domain.pacing import resting
from integrations.domain.reconcile import queue_comparison
from integrations.domain.runs import queue_sync, stop_sync
from integrations.domain.unknown import LINK
from integrations.domain.waiting import Waiting, read_missing, waiting
from integrations.enums import AlarmKind, RejectionState, RunKind, RunState
from integrations.files.folder import KINDS
from integrations.models import Alarm, RejectedRow, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.freshness import LATE
from integrations.sync.what import What
from integrations.tables import RUN_TONES, entity_label

FILES = 8  # of the drop folder, the last ones
COMPARE = "compare"  # beside the kinds of runs, what can be started


class SyncPage(PermissionRequiredMixin, View):
    """A page of the sync."""

    permission_required = "integrations.view_syncrun"
    raise_exception = True


class SyncAction(PermissionRequiredMixin, View):
    """Something that is done to the sync; back to the overview."""

    permission_required = "integrations.run_sync"
    raise_exception = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it and say so, or say why not."""
        try:
            messages.success(request, self.act(request))
        except DomainError as error:
            messages.error(request, str(error.message))
        named = request.POST.getlist("entity_set")
        if len(named) == 1 and named[0] in ENTITY_SETS and request.POST.get("back"):
            return HttpResponseRedirect(reverse("integrations:entity_set", args=named))
        return HttpResponseRedirect(reverse("integrations:sync"))

    def act(self, request: HttpRequest) -> str:
        """Do it; what to say. Raises DomainError."""
        raise NotImplementedError


class SyncView(SyncPage):
    """The page; while something runs, its table asks for itself every few seconds."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, or for htmx the table alone."""
        user: Any = request.user
        rows, connection = overview(user), described()
        context = {
            "rows": rows,
            "connection": connection,
            "running": any(row["running"] for row in rows),
            "can_run": user.has_perm("integrations.run_sync"),
            "nav": "sync",
            "crumbs": [(_("ERP sync"), None)],
        }
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "integrations/sync.html#sets", context)
        context |= {
            "can_link": user.has_perm(LINK),
            "can_connect": user.has_perm("integrations.view_erpconnection"),
            "alarms": alarms(user),
            "resting": resting(connection.base_url) if connection else None,
            "drop": dropped(user),
        }
        return render(request, "integrations/sync.html", context)


class StartView(SyncAction):
    """Queue a run of all entity sets, or of those named: `kind` is what is read, "compare" compares both sides."""

    def act(self, request: HttpRequest) -> str:
        """Queue it."""
        named = request.POST.getlist("entity_set") or request.GET.getlist("entity_set")
        kind = request.POST.get("kind") or RunKind.CHANGES
        first, last = (_date(request.POST.get(name, "")) for name in ("first", "last"))
        if kind == COMPARE:
            queue_comparison(actor=request.user, names=named, first=first, last=last)
            return _("The comparison has been queued.")
        if kind not in (RunKind.CHANGES, RunKind.FULL, RunKind.OPEN, RunKind.KEYS, RunKind.PERIOD):
            raise DomainError(_("That cannot be read."))
        if kind == RunKind.PERIOD and (first is None or last is None or last < first):
            raise DomainError(_("Enter two dates, the earlier one first."))
        what = What(kind, first=first, last=last, accept=request.POST.get("accept") == "1")
        queue_sync(actor=request.user, names=named, what=what)
        return _("The sync has been queued.")


class StopView(SyncAction):
    """Let what runs stop at its next page."""

    def act(self, request: HttpRequest) -> str:
        """Ask them."""
        count = stop_sync(actor=request.user)
        if not count:
            raise DomainError(_("Nothing is running."))
        return ngettext("%(count)s run stops at its next page.", "%(count)s runs stop at their next page.", count) % {
            "count": num(count)
        }


class WaitingView(SyncPage):
    """Documents that name others which have not come yet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        found = waiting(request.user)
        context = {
            "rows": [_waiting_row(one) for one in found],
            "can_run": request.user.has_perm("integrations.run_sync"),
            "nav": "sync",
            "crumbs": [(_("ERP sync"), reverse("integrations:sync")), (_("Waiting for"), None)],
        }
        return render(request, "integrations/waiting.html", context)


class MissingView(SyncAction):
    """Have what is waited for read by its number."""

    def act(self, request: HttpRequest) -> str:
        """Ask for it."""
        count = read_missing(actor=request.user)
        return ngettext("%(count)s document is being read.", "%(count)s documents are being read.", count) % {
            "count": num(count)
        }


class TakeView(SyncAction):
    """Have the drop folder looked at now."""

    def act(self, request: HttpRequest) -> str:
        """Queue it."""
        queue_take(actor=request.user)
        return _("The folder is being looked at. Files that are still being written are left for the next time.")


def dropped(user: Any) -> dict[str, Any]:
    """The drop folder: where it is, what waits in it, the last files with what came of them, and the sheets it takes."""
    folder = drop_folder()
    kinds = [
        (
            kind.name,
            ENTITY_SETS[kind.entity_set].label,
            [(name, column.required) for name, column in kind.columns.items()],
        )
        for kind in KINDS.values()
    ]
    if folder is None:
        return {"folder": None, "kinds": kinds}
    runs = runs_of_files(SyncRun.objects.visible_to(user))[:FILES]
    return {
        "folder": folder,
        "kinds": kinds,
        "runs": [_file_row(run) for run in runs],
        "export": "integrations.rejectedrow" if user.has_perm("crm.export_lists") else "",
    }


def _file_row(run: SyncRun) -> dict[str, Any]:
    name, _colon, reason = run.said.partition(": ")
    return {
        "run": run,
        "file": name,
        "reason": reason,
        "label": entity_label(run.entity_set),
        "tone": "warn" if run.rejected and run.state == RunState.DONE else RUN_TONES[RunState(run.state)],
        "query": urlencode({"run": run.pk}),
    }


def _waiting_row(one: Waiting) -> dict[str, Any]:
    return {
        "url": address_of(one.document),
        "number": one.document.number,
        "what": one.what,
        "item": one.item,
        "waits_for": f"{entity_label(one.of)} {one.number}",
        "since": one.since,
        "rejected": one.rejected,
    }


def _date(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError as error:
        raise DomainError(_("Enter two dates, the earlier one first.")) from error


def alarms(user: Any) -> list[dict[str, Any]]:
    """What is wrong and not mended yet, with the page that helps."""
    rows = list(Alarm.objects.visible_to(user).filter(mended_at__isnull=True))
    why = failing() if any(alarm.kind == AlarmKind.FAILED for alarm in rows) else {}
    return [
        {
            "title": f"{alarm.get_kind_display()}: {alarm_subject(alarm.kind, alarm.entity_set)}",
            "kind": alarm.get_kind_display(),
            "entity_set": alarm.entity_set,
            "text": why[key]() if (key := (alarm.kind, alarm.entity_set)) in why else "",
            "since": alarm.raised_at,
            "url": alarm_url(alarm.kind, alarm.entity_set),
        }
        for alarm in rows
    ]


def overview(user: Any) -> list[dict[str, Any]]:
    """Per entity set its last run, how old what it knows is, and how many rows wait; three queries."""
    states = {state.pk: state for state in SyncState.objects.visible_to(user)}
    runs = SyncRun.objects.visible_to(user).order_by("entity_set", "-started_at", "-pk").distinct("entity_set")
    last = {run.entity_set: run for run in runs}
    open_rows = RejectedRow.objects.visible_to(user).filter(state=RejectionState.OPEN).order_by()
    waiting = dict(open_rows.values_list("entity_set").annotate(Count("pk")))
    return [_row(name, states.get(name), last.get(name), waiting.get(name, 0)) for name in ENTITY_SETS]


def _row(name: str, state: SyncState | None, run: SyncRun | None, waiting: int) -> dict[str, Any]:
    entity_set = ENTITY_SETS[name]
    success = state.last_success_at if state else None
    return {
        "name": name,
        "label": entity_set.label,
        "service": entity_set.service,
        "run": run,
        "tone": RUN_TONES[RunState(run.state)] if run else "",
        "running": run is not None and run.state == RunState.RUNNING,
        "success": success,
        "late": success is not None and timezone.now() - success > LATE,
        "handed_in": state.handed_in_at if state else None,
        "rate": rate(run),
        "waiting": waiting,
        "waiting_url": f"{reverse('integrations:rejectedrow_list')}?{urlencode({'entity_set': name, 'state': 'open'})}",
        "url": reverse("integrations:entity_set", args=[name]),
    }


def rate(run: SyncRun | None) -> float | None:
    """Rows a second; None for a run that read nothing."""
    if run is None or not run.read:
        return None
    seconds = ((run.finished_at or timezone.now()) - run.started_at).total_seconds()
    return run.read / max(seconds, 0.001)
