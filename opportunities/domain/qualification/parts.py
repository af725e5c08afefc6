"""Items and findings of an admission as a supplier."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import User
from crm.workflow.domain.tasks import complete, create_task
from crm.workflow.models import TaskState
from opportunities.domain.qualification.admissions import RUNNING
from opportunities.enums import SupplierState
from opportunities.models import AuditFinding, SupplierAdmission, SupplierItem

T = TypeVar("T")


def _while(admission: SupplierAdmission, states: Sequence[str], refusal: str, change: Callable[[], T]) -> T:
    """Change a part while the admission, held so that nobody moves it, is in one of these states."""
    with transaction.atomic():
        if lock_row(SupplierAdmission._base_manager.all(), admission.pk).state not in states:
            raise DomainError(refusal)
        return change()


def _has_result() -> str:
    return _("This admission has its result: it stays as it is. Renew it for the time after.")


def add_item(*, actor: User, admission: SupplierAdmission, **values: Any) -> SupplierItem:
    """Something more that the customer asks for. Raises DomainError once there is a result."""
    return _while(admission, RUNNING, _has_result(), lambda: create_record(SupplierItem(admission=admission, **values)))


def change_item(*, instance: SupplierItem, expected_version: int | None, actor: User, **values: Any) -> SupplierItem:
    """Change an item; with a file it is done today unless a day is said. Raises StaleVersion, DomainError."""
    _done_with_file(values)
    for name, value in values.items():
        setattr(instance, name, value)
    return _while(
        instance.admission,
        RUNNING,
        _has_result(),
        lambda: save_record(instance, expected_version=expected_version, fields=list(values)),
    )


def remove_item(*, instance: SupplierItem, actor: User) -> None:
    """Take an item off the list. Raises DomainError once there is a result."""
    _while(instance.admission, RUNNING, _has_result(), instance.delete)


def _in_audit(admission: SupplierAdmission, change: Callable[[], T]) -> T:
    refusal = _("Findings are entered while the customer audits us.")
    return _while(admission, (SupplierState.AUDIT,), refusal, change)


def add_finding(*, actor: User, admission: SupplierAdmission, **values: Any) -> AuditFinding:
    """What the audit found; whom its corrective action falls to gets a to-do. Raises DomainError outside an audit."""
    _done_with_file(values)
    finding = AuditFinding(admission=admission, **values)

    def write() -> AuditFinding:
        _give_task(finding, actor)
        return create_record(finding)

    return _in_audit(admission, write)


def change_finding(*, instance: AuditFinding, expected_version: int | None, actor: User, **values: Any) -> AuditFinding:
    """Change a finding; its to-do is done with it. Raises StaleVersion, DomainError."""
    _done_with_file(values)
    for name, value in values.items():
        setattr(instance, name, value)

    def write() -> AuditFinding:
        if instance.task is None:
            _give_task(instance, actor)
        saved = save_record(instance, expected_version=expected_version, fields=[*values, "task"])
        task = saved.task
        if saved.done_on is not None and task is not None and task.state == TaskState.OPEN:
            complete(task=task, actor=actor, note=saved.action)
        return saved

    return _in_audit(instance.admission, write)


def remove_finding(*, instance: AuditFinding, actor: User) -> None:
    """Take a finding back. Raises DomainError outside an audit."""
    _in_audit(instance.admission, instance.delete)


def _give_task(finding: AuditFinding, actor: User) -> None:
    """A to-do for whom it falls to, by the day it is due."""
    person, day = finding.responsible, finding.due_on
    if person is None or day is None or finding.done_on is not None:
        return
    title = _("Corrective action: %(finding)s") % {"finding": finding.finding}
    due = timezone.make_aware(dt.datetime.combine(day, dt.time(17)))
    finding.task = create_task(
        actor=actor,
        assignee=person,
        title=title[:200],
        text=finding.action,
        due_at=due,
        record=finding.admission,
        kind="corrective",
    )


def _done_with_file(values: dict[str, Any]) -> None:
    if values.get("file") is not None and not values.get("done_on"):
        values["done_on"] = timezone.localdate()
