"""The overview of the sync: how far each entity set is, and starting a run."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError
from integrations.domain.connection import described
from integrations.domain.runs import queue_sync
from integrations.enums import RejectionState, RunState
from integrations.models import RejectedRow, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.tables import RUN_TONES

LATE = dt.timedelta(minutes=15)


class SyncView(PermissionRequiredMixin, View):
    """The page; while something runs, its table asks for itself every few seconds."""

    permission_required = "integrations.view_syncrun"
    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, or for htmx the table alone."""
        rows = overview(request.user)
        context = {
            "rows": rows,
            "running": any(row["running"] for row in rows),
            "connection": described(),
            "can_run": request.user.has_perm("integrations.run_sync"),
            "can_connect": request.user.has_perm("integrations.view_erpconnection"),
            "nav": "sync",
            "crumbs": [(_("ERP sync"), None)],
        }
        template = "integrations/sync.html"
        return render(request, f"{template}#sets" if request.htmx else template, context)  # type: ignore[attr-defined]


class StartView(PermissionRequiredMixin, View):
    """Queue a run: of all entity sets, or of the one named; `full` reads everything."""

    permission_required = "integrations.run_sync"
    raise_exception = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Queue it and go back to the overview."""
        named = request.POST.getlist("entity_set") or request.GET.getlist("entity_set")
        try:
            queue_sync(actor=request.user, names=named, full=request.POST.get("full") == "1")
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The sync has been queued."))
        return HttpResponseRedirect(reverse("integrations:sync"))


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
        "waiting": waiting,
        "waiting_url": f"{reverse('integrations:rejectedrow_list')}?{urlencode({'entity_set': name, 'state': 'open'})}",
        "runs_url": f"{reverse('integrations:syncrun_list')}?{urlencode({'entity_set': name})}",
    }
