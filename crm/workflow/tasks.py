"""Background work of to-dos, approvals, notifications and the jobs page. Each task is safe to run twice."""

from collections.abc import Sequence

from celery import shared_task

from crm.workflow.domain import followers
from crm.workflow.domain.approval_clock import tell_late
from crm.workflow.domain.delivery import deliver_due
from crm.workflow.domain.job_rescue import fail_lost_jobs
from crm.workflow.domain.jobs import forget_old_jobs as forget
from crm.workflow.domain.tasks import tell_due


@shared_task(name="crm.tell_due_tasks")
def tell_due_tasks() -> None:
    """Remind of to-dos, and tell of overdue ones."""
    tell_due()


@shared_task(name="crm.forget_old_jobs")
def forget_old_jobs() -> None:
    """Delete what the jobs page showed long ago."""
    forget()


@shared_task(name="crm.rescue_jobs")
def rescue_jobs() -> None:
    """Mark jobs as failed whose worker is gone."""
    fail_lost_jobs()


@shared_task(name="crm.deliver_notifications")
def deliver_notifications() -> None:
    """Send what is due by e-mail and other channels."""
    deliver_due()


@shared_task(name="crm.tell_comment")
def tell_comment(label: str, pk: int, comment: int, told: Sequence[int], again: bool) -> None:
    """Tell of a comment."""
    followers.tell_comment(label=label, pk=pk, comment=comment, told=told, again=again)


@shared_task(name="crm.tell_attached")
def tell_attached(label: str, pk: int, actor: int, name: str) -> None:
    """Tell of a file."""
    followers.tell_attached(label=label, pk=pk, actor=actor, name=name)


@shared_task(name="crm.tell_state")
def tell_state(label: str, pk: int, actor: int | None) -> None:
    """Tell of a record's new state."""
    followers.tell_state(label=label, pk=pk, actor=actor)


@shared_task(name="crm.tell_owner")
def tell_owner(label: str, keys: Sequence[int], owner: int, actor: int) -> None:
    """Tell of a new owner."""
    followers.tell_owner(label=label, keys=keys, owner=owner, actor=actor)


@shared_task(name="crm.tell_late_approvals")
def tell_late_approvals() -> None:
    """Remind approvers, and pass on what waits too long."""
    tell_late()
