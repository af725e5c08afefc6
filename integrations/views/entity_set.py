"""One entity set: how it is doing, its runs, what becomes of its properties, and what can be started."""

import datetime as dt
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.formats import day_html, moment, moment_html, num
from integrations.domain.mapping_words import mapping_in_words
from integrations.enums import RejectionState, RunState
from integrations.models import RejectedRow, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.compare import comparable
from integrations.sync.documents import documents_of
from integrations.sync.freshness import LATE
from integrations.tables import RUN_TONES
from integrations.views.sync import SyncPage, alarms, rate

CHARTED = 40  # runs
LOGGED = 12
REASONS = 10


class EntitySetView(SyncPage):
    """Its page."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """The page; 404 for a set that is not read."""
        entity_set = ENTITY_SETS.get(name)
        if entity_set is None:
            raise Http404
        user: Any = request.user
        runs = list(SyncRun.objects.visible_to(user).filter(entity_set=name)[:CHARTED])
        state = SyncState.objects.visible_to(user).filter(pk=name).first()
        success = state.last_success_at if state else None
        context = {
            "set": entity_set,
            "state": state,
            "newest": newest(state),
            "success": success,
            "late": success is not None and timezone.now() - success > LATE,
            "log": [_line(run) for run in runs[:LOGGED]],
            "chart": chart(list(reversed(runs))) if len(runs) > 1 else None,
            "maps": mapping_in_words(entity_set),
            "rejected": rejected(user, name),
            "alarms": [alarm for alarm in alarms(user) if alarm["entity_set"] == name],
            "documents": documents_of(entity_set) is not None,
            "comparable": comparable(entity_set),
            "can_run": user.has_perm("integrations.run_sync"),
            "today": timezone.localdate(),
            "runs_url": f"{reverse('integrations:syncrun_list')}?{urlencode({'entity_set': name})}",
            "nav": "sync",
            "crumbs": [(_("ERP sync"), reverse("integrations:sync")), (entity_set.label, None)],
        }
        return render(request, "integrations/entity_set.html", context)


def rejected(user: Any, name: str) -> dict[str, Any] | None:
    """How many open rejected rows there are, and for which reasons, the commonest first; None when there is none."""
    rows = RejectedRow.objects.visible_to(user).filter(entity_set=name, state=RejectionState.OPEN).order_by()
    # Of one reason, whatever it is called by: its text in another language is that of any of its rows.
    counted = rows.values("reason").annotate(count=Count("pk"), one=Max("pk")).order_by("-count", "reason")
    reasons = list(counted.values_list("reason", "count", "one")[: REASONS + 1])
    if not reasons:
        return None
    said = rows.only("reason", "reasons").in_bulk([one for _reason, _count, one in reasons])
    of_set = {"entity_set": name, "state": RejectionState.OPEN.value}
    return {
        "count": rows.count(),
        "query": urlencode(of_set),
        "reasons": [
            (said[one].why if one in said else reason, count, urlencode({**of_set, "reason": reason}))
            for reason, count, one in reasons[:REASONS]
        ],
        "more": len(reasons) > REASONS,
        "actions": (("retry", _("Try again")), ("ignore", _("Ignore"))),
    }


def newest(state: SyncState | None) -> str:
    """The newest change read: a moment, or a day where the source keeps days."""
    mark = state.watermark if state else ""
    if not mark:
        return ""
    return moment_html(dt.datetime.fromisoformat(mark)) if "T" in mark else day_html(dt.date.fromisoformat(mark))


def _line(run: SyncRun) -> dict[str, Any]:
    return {"run": run, "tone": RUN_TONES[RunState(run.state)], "rate": rate(run)}


def chart(runs: list[SyncRun]) -> dict[str, Any]:
    """Rows read, written and rejected by each run, the newest on the right."""
    labels = [moment(run.started_at) for run in runs]
    series = (
        ("read", _("read"), "d6"),
        ("written", _("written"), "d1"),
        ("rejected", pgettext("rows of the ERP", "rejected"), "d4"),
    )
    return {
        "spec": {
            "x": [f"{timezone.localtime(run.started_at):%H:%M}" for run in runs],
            "units": [_("rows")],
            "series": [
                {"name": label, "data": [getattr(run, name) for run in runs], "color": colour}
                for name, label, colour in series
            ],
        },
        "table": {
            "head": [_("Started"), *(label for _name, label, _colour in series)],
            "rows": [
                [label, *(num(getattr(run, name)) for name, _label, _colour in series)]
                for label, run in zip(labels, runs, strict=True)
            ],
        },
        "summary": _("Rows of the last %(count)s runs") % {"count": num(len(runs))},
    }
