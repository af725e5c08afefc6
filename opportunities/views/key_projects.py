"""Key projects: how each stands, what it waits for; and marking an opportunity as one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.generic.filters import ListFilter
from crm.generic.views.base import EntityView
from opportunities.domain.blockers import blockers
from opportunities.domain.key_projects import LARGEST, key_rows, mark, unmark
from opportunities.domain.risks import assess, won_medians
from opportunities.models import Opportunity
from opportunities.panels.blockers import waits
from opportunities.tables.opportunity import record_url
from opportunities.views.funnel_base import FunnelPage

MAY_MARK = "opportunities.add_keyproject"


class KeyProjectsView(FunnelPage):
    """Those that managers marked, and the largest of each business unit."""

    template = "opportunities/funnel/key.html"
    heading = _("Key projects")
    tab = "key"

    def shown(self, filterset: ListFilter) -> dict[str, Any]:
        """The projects, the largest first."""
        user: Any = self.request.user
        today, now = timezone.localdate(), timezone.now()
        rows = key_rows(filterset.qs)
        standings = assess(rows, won_medians(user, today), today, now)
        waiting = blockers(rows, user)
        projects = [
            {
                "row": row,
                "url": record_url(row),
                "standing": standings[row.pk],
                "mark": getattr(row, "key_project", None),
                "step_late": row.next_step_on is not None and row.next_step_on < today,
                "blockers": [waits(blocker, now) for blocker in waiting.get(row.pk, [])],
            }
            for row in rows
        ]
        blocked = sum(1 for project in projects if project["blockers"])
        amount = sum(row.amount_base for row in rows)
        return {"projects": projects, "largest": LARGEST, "amount": amount, "blocked": blocked}


class MarkKey(EntityView):
    """Put an opportunity among the key projects, or take it out again."""

    http_method_names = ("post",)
    writes = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and back to the opportunity."""
        user: Any = request.user
        if not user.has_perm(MAY_MARK):
            raise PermissionDenied
        record: Opportunity = self.record()
        try:
            if kwargs["on"]:
                mark(opportunity=record, actor=user)
                messages.success(request, gettext("Marked as key project."))
            else:
                unmark(opportunity=record, actor=user)
                messages.success(request, gettext("No longer a key project."))
        except DomainError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(record_url(record))
