"""Background work of samples. Safe to run twice."""

from celery import shared_task

from opportunities.domain.samples.feedback import chase_feedback


@shared_task(name="opportunities.chase_feedback")
def chase_sample_feedback() -> None:
    """Tell owners, and after some days managers, of customers' answers to samples that are overdue."""
    chase_feedback()
