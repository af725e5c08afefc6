"""What is overdue with new products: the owner hears of an answer of research and of milestones that did not come; each once."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.workflow.domain.notifications import notify
from crm.workflow.domain.tasks import create_task
from opportunities.development_rules import AT_WORK
from opportunities.domain.developments.todos import CHASE, due_at
from opportunities.models import DevelopmentMilestone, DevelopmentRequest

NO_ANSWER, LATE = "development.no_answer", "development.milestone_late"


def chase_answers(today: dt.date | None = None) -> int:
    """Tell owners of answers of research that are overdue, with a to-do to ask for them; each once. Returns how many."""
    today = today or timezone.localdate()
    rows: Any = DevelopmentRequest.objects.unanswered(today).filter(answer_chased_on__isnull=True)
    return sum(_chase_answer(key, today) for key in rows.order_by("pk").values_list("pk", flat=True))


def _chase_answer(key: int, today: dt.date) -> int:
    with transaction.atomic():
        rows: Any = DevelopmentRequest.objects.unanswered(today).filter(pk=key, answer_chased_on__isnull=True)
        row = rows.select_related("owner", "customer").select_for_update(of=("self",)).first()
        if row is None or row.owner is None or not row.owner.is_active:
            return 0
        DevelopmentRequest._base_manager.filter(pk=key).update(answer_chased_on=today, version=F("version"))

        def title() -> str:
            return _("%(code)s: the answer of R&D was due on %(day)s") % {"code": row.code, "day": row.answer_due}

        notify(recipients=[row.owner], kind=NO_ANSWER, title=title, record=row)
        with translation.override(row.owner.language or "zh-hans"):
            text = _("Ask R&D about %(code)s %(what)s") % {"code": row.code, "what": row.title}
        due = due_at(today + dt.timedelta(days=1))
        create_task(actor=row.owner, assignee=row.owner, title=text[:200], due_at=due, record=row, kind=CHASE)
    return 1


def chase_milestones(today: dt.date | None = None) -> int:
    """Tell owners of requests of milestones that are overdue; each once, and anew when the day is moved. Returns how many.

    Whoever is responsible has the to-do, which tells of itself that it is overdue."""
    today = today or timezone.localdate()
    keys = _overdue(today).order_by("pk").values_list("pk", flat=True)
    return sum(_chase_milestone(key, today) for key in list(keys))


def _overdue(today: dt.date) -> Any:
    return DevelopmentMilestone._base_manager.filter(
        done_on__isnull=True, due_on__lt=today, chased_on__isnull=True, development__state__in=AT_WORK
    )


def _chase_milestone(key: int, today: dt.date) -> int:
    with transaction.atomic():
        rows = _overdue(today).filter(pk=key).select_related("development__owner", "responsible")
        row = rows.select_for_update(of=("self",)).first()
        owner = row.development.owner if row is not None else None
        if row is None or owner is None or not owner.is_active:
            return 0
        DevelopmentMilestone._base_manager.filter(pk=key).update(chased_on=today, version=F("version"))

        def title() -> str:
            values = {"code": row.development.code, "what": row, "day": row.due_on, "who": row.responsible or "—"}
            return _("%(code)s: “%(what)s” was due on %(day)s (%(who)s)") % values

        notify(recipients=[owner], kind=LATE, title=title, record=row.development)
    return 1
