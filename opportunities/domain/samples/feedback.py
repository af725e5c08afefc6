"""Customers' answers that are overdue: the owner is told, after some days the manager too; each once."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.models import Task, Team, User
from crm.workflow.domain.notifications import notify
from crm.workflow.domain.tasks import complete, create_task
from opportunities.models import SampleRequest

TOLD_OWNER, TOLD_MANAGER = "sample.feedback_overdue", "sample.feedback_escalated"
TASK = "sample_feedback"


def chase_feedback(today: dt.date | None = None) -> int:
    """Tell owners of answers that are overdue, with a to-do, and managers of those overdue for long. Returns how many were told.

    Each request is told of and marked in one transaction, so a run that dies, or runs beside another, tells nobody twice.
    """
    today = today or timezone.localdate()
    long = today - dt.timedelta(days=settings.SAMPLE_MANAGER_DAYS)
    rows: Any = SampleRequest.objects.overdue(today)
    owners = list(rows.filter(owner_told_on=None).order_by("pk").values_list("pk", flat=True))
    told = sum(_tell(key, today, "owner_told_on") for key in owners)
    late = rows.filter(feedback_due_on__lt=long, manager_told_on=None).order_by("pk")
    return told + sum(_tell(key, today, "manager_told_on") for key in list(late.values_list("pk", flat=True)))


def _tell(key: int, today: dt.date, mark: str) -> int:
    with transaction.atomic():
        rows = SampleRequest.objects.overdue(today).filter(pk=key, **{mark: None})
        sample = rows.select_related("customer", "owner", "team").select_for_update(of=("self",)).first()
        if sample is None:
            return 0
        SampleRequest._base_manager.filter(pk=key).update(**{mark: today})
        if mark == "owner_told_on":
            return _tell_owner(sample)
        return _tell_manager(sample)


def _title(sample: SampleRequest) -> str:
    values = {"customer": sample.customer, "code": sample.code, "day": sample.feedback_due_on}
    return _("%(customer)s: the answer to the samples %(code)s was due on %(day)s") % values


def _tell_owner(sample: SampleRequest) -> int:
    owner = sample.owner
    if owner is None or not owner.is_active:
        return 0
    notify(recipients=[owner], kind=TOLD_OWNER, title=lambda: _title(sample), record=sample)
    with translation.override(owner.language or "zh-hans"):
        title = _("Ask %(customer)s for the result of the samples %(code)s")
        text = title % {"customer": sample.customer, "code": sample.code}
    due = timezone.now() + dt.timedelta(days=1)
    create_task(actor=owner, assignee=owner, title=text[:200], due_at=due, record=sample, kind=TASK)
    return 1


def _tell_manager(sample: SampleRequest) -> int:
    manager = manager_over(sample.team, sample.owner)
    if manager is None:
        return 0
    notify(recipients=[manager], kind=TOLD_MANAGER, title=lambda: _title(sample), record=sample)
    return 1


def manager_over(team: Team | None, person: User | None) -> User | None:
    """The manager of the team, or of the nearest one above that has another active one."""
    above: Any = team
    while above is not None:
        manager: User | None = above.manager
        if manager is not None and manager.is_active and manager != person:
            return manager
        above = above.parent
    return None


def close_tasks(sample: SampleRequest, actor: User) -> None:
    """The to-dos that asked for the answer are done: by the answer, or by another day that was agreed on."""
    kind = ContentType.objects.get_for_model(SampleRequest)
    for task in Task.objects.open().filter(kind=TASK, content_type=kind, object_id=sample.pk).order_by("pk"):
        complete(task=task, actor=actor)
