"""Background work of new products. Safe to run twice."""

from celery import shared_task

from opportunities.domain.developments.watch import chase_answers, chase_milestones


@shared_task(name="opportunities.chase_developments")
def chase_developments() -> int:
    """Tell owners of answers of research and of milestones that are overdue."""
    return chase_answers() + chase_milestones()
