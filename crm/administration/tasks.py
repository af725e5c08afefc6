"""Background work of the organisation. Each task is safe to run twice."""

from celery import shared_task

from crm.organisation.domain.memberships import keep_managers_in_step


@shared_task(name="crm.team_managers")
def team_managers() -> None:
    """Let managers whose period begins today manage."""
    keep_managers_in_step()
