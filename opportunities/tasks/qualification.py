"""Background work of admissions as a supplier."""

from celery import shared_task

from opportunities.domain.qualification.watch import lapse_admissions, warn_of_ends


@shared_task(name="opportunities.watch_supplier_admissions")
def watch_supplier_admissions() -> int:
    """Mark those that are over, and warn of those that end soon."""
    return lapse_admissions() + warn_of_ends()
