"""Background work of customers. Each task is safe to run twice."""

from celery import shared_task

from crm.jobs import enqueue
from customers.domain.admission.expiry import expire_admissions, warn_of_admissions
from customers.domain.certificates import warn_of_certificates
from customers.domain.completeness import score
from customers.domain.course import warn_of_drops
from customers.domain.existence import forget_lookups
from customers.domain.grading.policies import check_policies
from customers.domain.grading.runs import run_month, run_preview
from customers.domain.pool.plan import pools_in_order
from customers.domain.pool.recycling import recycle, refresh_activity
from customers.models import CustomerPool


@shared_task(name="customers.forget_lookups")
def forget_old_lookups() -> None:
    """Remove old entries of the log of lookups."""
    forget_lookups()


@shared_task(name="customers.score_archives")
def score_archives() -> int:
    """Work out the completeness of all archives; most are up to date already, what an import or a merge wrote is not."""
    return score(None)


@shared_task(name="customers.compute_grades")
def compute_grades(job_id: int | None = None) -> None:
    """Make the month's grade reviews that are missing; for a person's job also those still open anew."""
    run_month(job_id)


@shared_task(name="customers.preview_grades")
def preview_grades(job_id: int) -> None:
    """Compute what a draft would do."""
    run_preview(job_id)


@shared_task(name="customers.check_grade_policies")
def check_grade_policies() -> None:
    """See whether the policies of grades are kept."""
    check_policies()


@shared_task(name="customers.check_grade_policy")
def check_grade_policy(policy_id: int) -> None:
    """See whether a policy that was changed is kept."""
    check_policies(policy_id=policy_id)


@shared_task(name="customers.recycle_pools")
def recycle_pools() -> None:
    """The night: store the last contacts, then have each pool do its part, the narrower first."""
    refresh_activity()
    for pool in pools_in_order():
        enqueue("customers.recycle_pool", pool_id=pool.pk)


@shared_task(name="customers.recycle_pool")
def recycle_pool(pool_id: int) -> None:
    """The night of one pool."""
    pool = CustomerPool.objects.filter(pk=pool_id).first()
    if pool is not None:
        recycle(pool)


@shared_task(name="customers.watch_expiries")
def watch_expiries() -> None:
    """Mark admissions that are over; warn owners of admissions and certificates that end soon, and of volumes that dropped."""
    expire_admissions()
    warn_of_admissions()
    warn_of_certificates()
    warn_of_drops()
