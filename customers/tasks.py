"""Background work of customers. Each task is safe to run twice."""

from celery import shared_task

from crm.jobs import enqueue
from customers.domain.pool.plan import pools_in_order
from customers.domain.pool.recycling import recycle, refresh_activity
from customers.models import CustomerPool


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
