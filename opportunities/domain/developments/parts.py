"""Wanted properties, milestones and costs of a new product."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError, NotAllowed
from crm.locks import lock_row
from crm.models import User
from crm.workflow.domain.tasks import cancel
from crm.workflow.models import TaskState
from opportunities.development_rules import AT_WORK, BEFORE_PROJECT, ENDED, PROJECT
from opportunities.domain.developments.course import RELEASE
from opportunities.domain.developments.todos import keep_task
from opportunities.enums import DevelopmentState
from opportunities.models import DevelopmentCost, DevelopmentMilestone, DevelopmentRequest, DevelopmentRequirement
from opportunities.models.development import VIEW_COST

T = TypeVar("T")
RESULT = frozenset({"reached", "met"})
MAY_CHANGE = (*BEFORE_PROJECT, *PROJECT)


def _while(development: DevelopmentRequest, states: Sequence[str], refusal: str, change: Callable[[], T]) -> T:
    """Change a part while the request, held so that nobody moves it, is in one of these states."""
    with transaction.atomic():
        if lock_row(DevelopmentRequest._base_manager.all(), development.pk).state not in states:
            raise DomainError(refusal)
        return change()


def _agreed() -> str:
    return _("The requirement is agreed on: only what was reached can be entered.")


def _next(model: Any, development: DevelopmentRequest) -> int:
    rows = model._base_manager.filter(development=development)
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def add_requirement(*, actor: User, development: DevelopmentRequest, **values: Any) -> DevelopmentRequirement:
    """A property more that is wanted. Raises DomainError once the project is set up."""

    def write() -> DevelopmentRequirement:
        position = _next(DevelopmentRequirement, development)
        return create_record(DevelopmentRequirement(development=development, position=position, **values))

    return _while(development, BEFORE_PROJECT, _agreed(), write)


def change_requirement(
    *, instance: DevelopmentRequirement, expected_version: int | None, actor: User, **values: Any
) -> DevelopmentRequirement:
    """Change a wanted property; once the project is set up only what was reached. Raises StaleVersion, DomainError."""
    before = DevelopmentRequirement._base_manager.get(pk=instance.pk)
    wanted = any(getattr(before, name) != value for name, value in values.items() if name not in RESULT)
    for name, value in values.items():
        setattr(instance, name, value)
    return _while(
        instance.development,
        BEFORE_PROJECT if wanted else MAY_CHANGE,
        _agreed(),
        lambda: save_record(instance, expected_version=expected_version, fields=list(values)),
    )


def remove_requirement(*, instance: DevelopmentRequirement, actor: User) -> None:
    """Take a property out. Raises DomainError once the project is set up."""
    _while(instance.development, BEFORE_PROJECT, _agreed(), instance.delete)


def _no_project() -> str:
    return _("Milestones belong to a project that is under way.")


def add_milestone(*, actor: User, development: DevelopmentRequest, **values: Any) -> DevelopmentMilestone:
    """A milestone more; while the work is going on it is a to-do at once. Raises DomainError without a project."""

    def write() -> DevelopmentMilestone:
        milestone = DevelopmentMilestone(
            development=development, position=_next(DevelopmentMilestone, development), **values
        )
        _follow(milestone, actor)
        return create_record(milestone)

    return _while(development, PROJECT, _no_project(), write)


def change_milestone(
    *, instance: DevelopmentMilestone, expected_version: int | None, actor: User, **values: Any
) -> DevelopmentMilestone:
    """Change a milestone; its to-do follows, and with another day it is chased anew. Raises StaleVersion, DomainError."""
    before = DevelopmentMilestone._base_manager.get(pk=instance.pk)
    for name, value in values.items():
        setattr(instance, name, value)
    if instance.done_on is not None and instance.done_on > timezone.localdate():
        raise DomainError(_("This day has not come yet."), field="done_on")
    if instance.done_on is not None and instance.name == RELEASE:
        raise DomainError(_("This milestone is done when the product is released."), field="done_on")
    if instance.due_on != before.due_on:
        instance.chased_on = None

    def write() -> DevelopmentMilestone:
        _follow(instance, actor)
        fields = [*values, "task", "chased_on"]
        return save_record(instance, expected_version=expected_version, fields=fields)

    return _while(instance.development, PROJECT, _no_project(), write)


def _follow(milestone: DevelopmentMilestone, actor: User) -> None:
    if milestone.development.state in AT_WORK:
        keep_task(milestone, actor)


def remove_milestone(*, instance: DevelopmentMilestone, actor: User) -> None:
    """Take a milestone out, with its to-do. Raises DomainError without a project."""

    def write() -> None:
        task = instance.task
        if task is not None and task.state == TaskState.OPEN:
            cancel(task=task, actor=actor, reason=_("The milestone was removed."))
        instance.delete()

    _while(instance.development, PROJECT, _no_project(), write)


def _of_costs(development: DevelopmentRequest, actor: User, change: Callable[[], T]) -> T:
    if not actor.has_perm(VIEW_COST):
        raise NotAllowed(_("You may not see or set costs."))
    states = [state for state in DevelopmentState.values if state not in ENDED]
    return _while(development, states, _("The request has ended: its costs stay as they were."), change)


def add_cost(*, actor: User, development: DevelopmentRequest, **values: Any) -> DevelopmentCost:
    """A cost per kilogram. Raises NotAllowed without the right to see costs, DomainError once it has ended."""
    return _of_costs(development, actor, lambda: create_record(DevelopmentCost(development=development, **values)))


def change_cost(
    *, instance: DevelopmentCost, expected_version: int | None, actor: User, **values: Any
) -> DevelopmentCost:
    """Change a cost. Raises StaleVersion, and as for a new one."""
    for name, value in values.items():
        setattr(instance, name, value)
    return _of_costs(
        instance.development,
        actor,
        lambda: save_record(instance, expected_version=expected_version, fields=list(values)),
    )


def remove_cost(*, instance: DevelopmentCost, actor: User) -> None:
    """Take a cost out. Raises NotAllowed, DomainError as above."""
    _of_costs(instance.development, actor, instance.delete)


def margin_of(price: Decimal | None, cost: Decimal) -> Decimal | None:
    """What is left of the price, as a share of it; None without a price."""
    return (price - cost) / price if price else None
