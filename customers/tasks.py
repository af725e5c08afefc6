"""Background work of customers. Each task is safe to run twice."""

from celery import shared_task

from customers.domain.admission.expiry import expire_admissions, warn_of_admissions
from customers.domain.certificates import warn_of_certificates
from customers.domain.existence import forget_lookups


@shared_task(name="customers.forget_lookups")
def forget_old_lookups() -> None:
    """Remove old entries of the log of lookups."""
    forget_lookups()


@shared_task(name="customers.watch_expiries")
def watch_expiries() -> None:
    """Mark admissions that are over, and warn owners of admissions and certificates that end soon."""
    expire_admissions()
    warn_of_admissions()
    warn_of_certificates()
