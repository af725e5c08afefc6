"""To-dos of a new product: for research to answer, for each milestone, and their end."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.models import BusinessUnit, Task, User
from crm.workflow.domain.tasks import cancel, complete, create_task, update_task
from crm.workflow.models import TaskState
from opportunities.models import DevelopmentMilestone, DevelopmentRequest

ANSWER, MILESTONE, CHASE = "development_answer", "development_milestone", "development_chase"
RESEARCH = "opportunities.answer_developmentrequest"
END_OF_DAY = dt.time(17)


def researchers(unit: BusinessUnit | None) -> QuerySet[User]:
    """Everybody active in the business unit whose role answers for research."""
    rows = User.objects.filter(is_active=True, roles__permissions__contains=[RESEARCH], business_unit=unit)
    return rows.distinct().order_by("pk")


def due_at(day: dt.date) -> dt.datetime:
    """The time of that day by which something is to be done."""
    return timezone.make_aware(dt.datetime.combine(day, END_OF_DAY))


def ask_research(development: DevelopmentRequest, people: list[User], actor: User, due_on: dt.date) -> None:
    """Each of these people gets the request as a to-do; the first answer ends them all."""
    for person in people:
        with translation.override(person.language or "zh-hans"):
            title = _("Is it feasible? %(what)s for %(customer)s") % {
                "what": development.title,
                "customer": development.customer,
            }
        create_task(
            actor=actor, assignee=person, title=title[:200], due_at=due_at(due_on), record=development, kind=ANSWER
        )


def open_tasks(development: DevelopmentRequest, *kinds: str) -> list[Task]:
    """The to-dos of these kinds about the request that are not done."""
    kind = ContentType.objects.get_for_model(DevelopmentRequest)
    rows = Task.objects.open().filter(kind__in=kinds, content_type=kind, object_id=development.pk)
    return list(rows.select_related("assignee").order_by("pk"))


def answered(development: DevelopmentRequest, actor: User, *, keep: User | None = None) -> None:
    """The question to research is settled, or `keep` alone has it now: the to-dos of the others end."""
    for task in open_tasks(development, ANSWER, CHASE):
        if keep is None:
            complete(task=task, actor=actor)
        elif task.assignee_id != keep.pk and task.kind == ANSWER:
            cancel(task=task, actor=actor, reason=_("%(name)s sees to it.") % {"name": keep})


def drop_all(development: DevelopmentRequest, actor: User, reason: str) -> None:
    """The request has ended: nothing about it is to be done any more."""
    for task in open_tasks(development, ANSWER, CHASE, MILESTONE):
        cancel(task=task, actor=actor, reason=reason)


def keep_task(milestone: DevelopmentMilestone, actor: User) -> None:
    """Let the to-do of a milestone be as the milestone is: given, moved, handed over or done. The caller saves the milestone.

    Without somebody responsible or a day there is none."""
    task, person, day = milestone.task, milestone.responsible, milestone.due_on
    if task is not None and task.state != TaskState.OPEN:
        task = None
    if milestone.done_on is not None:
        if task is not None:
            complete(task=task, actor=actor, note=milestone.result)
        return
    if person is None or day is None:
        if task is not None:
            cancel(task=task, actor=actor, reason=_("The milestone was changed."))
        return
    if task is None:
        milestone.task = _give(milestone, person, day, actor)
    elif task.assignee_id != person.pk or task.due_at != due_at(day):
        update_task(instance=task, expected_version=task.version, actor=actor, assignee=person, due_at=due_at(day))


def _give(milestone: DevelopmentMilestone, person: User, day: dt.date, actor: User) -> Any:
    with translation.override(person.language or "zh-hans"):
        title = f"{milestone}: {milestone.development.title}"
    return create_task(
        actor=actor,
        assignee=person,
        title=title[:200],
        due_at=due_at(day),
        record=milestone.development,
        kind=MILESTONE,
    )
