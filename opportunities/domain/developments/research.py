"""Who of research has a new product: given to a colleague by hand, or when somebody leaves."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import save_record
from crm.errors import DomainError
from crm.events import records_changed
from crm.locks import lock_row
from crm.models import User
from crm.workflow.domain.tasks import reassign
from opportunities.development_rules import ENDED
from opportunities.domain.developments.todos import ANSWER, keep_task, open_tasks
from opportunities.models import DevelopmentMilestone, DevelopmentRequest


def give_to_researcher(*, development: DevelopmentRequest, actor: User, researcher: User) -> DevelopmentRequest:
    """A colleague of research has it from now on, with the open milestones and to-dos of whoever had it.

    Raises DomainError for somebody who is not active, and once it has ended."""
    if not researcher.is_active:
        message = _("%(name)s is not active any more: choose somebody else.")
        raise DomainError(message % {"name": researcher}, field="researcher")
    with transaction.atomic():
        stored = lock_row(DevelopmentRequest._base_manager.all(), development.pk)
        if stored.state in ENDED:
            raise DomainError(_("The request has ended: nobody has to see to it any more."))
        before = stored.researcher_id
        DevelopmentRequest._base_manager.filter(pk=stored.pk).update(
            researcher=researcher, version=F("version") + 1, updated_at=timezone.now()
        )
        records_changed.send(label=DevelopmentRequest._meta.label_lower, keys=[stored.pk])
        _milestones(stored, before, researcher, actor)
        for task in open_tasks(stored, ANSWER):
            if task.assignee_id == before and before != researcher.pk:
                reassign(task=task, assignee=researcher, actor=actor)
    development.refresh_from_db()
    return development


def _milestones(development: DevelopmentRequest, before: int | None, researcher: User, actor: User) -> None:
    rows = DevelopmentMilestone._base_manager.filter(development=development, responsible=before, done_on__isnull=True)
    for milestone in rows.select_related("task", "development").order_by("pk"):
        milestone.responsible = researcher
        if milestone.task is not None:
            keep_task(milestone, actor)
        save_record(milestone, expected_version=None, fields=["responsible", "task"])


def _in_hand(user: User) -> QuerySet[DevelopmentRequest]:
    rows: QuerySet[DevelopmentRequest] = DevelopmentRequest.objects.unfinished().filter(researcher=user)
    return rows


def count_researched(user: User) -> int:
    """How many unfinished new products somebody of research has."""
    return _in_hand(user).count()


def take_over_research(*, source: User, target: User, actor: User) -> int:
    """Give those of somebody of research who leaves to a colleague; returns how many."""
    rows = list(_in_hand(source).order_by("pk"))
    for development in rows:
        give_to_researcher(development=development, actor=actor, researcher=target)
    return len(rows)
