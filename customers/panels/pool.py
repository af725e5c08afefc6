"""Panels about the pool."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from crm.formats import day
from customers.domain.pool.claim import CLAIM, room_of
from customers.domain.pool.entries import LEAD
from customers.domain.pool.plan import NOTICE
from customers.enums import PoolEntryState, ProtectionState
from customers.models import Customer, CustomerActivity, CustomerPool, PoolEntry, PoolProtection, RecycleRule
from customers.tables.cells import customer_url
from customers.tables.pool import grades_of, month_of

SHOWN = 6
HISTORY = 10


def of_customer(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """On a customer's page: when the pool takes it, what protects it, and when it was in a pool. Nothing when there is nothing
    to say."""
    user, today = request.user, timezone.localdate()
    activity = CustomerActivity.objects.visible_to(user, of=customer).first()
    entries = list(
        PoolEntry.objects.visible_to(user)
        .filter(customer=customer)
        .select_related("pool", "from_owner", "taken_by")
        .order_by("-since", "-pk")[:HISTORY]
    )
    asked = PoolProtection.objects.visible_to(user, of=customer).filter(state=ProtectionState.ASKED).first()
    waiting = next((entry for entry in entries if entry.state == PoolEntryState.WAITING), None)
    owned = customer.owner_id is not None
    left = (activity.recycle_on - today).days if activity is not None and activity.recycle_on and owned else None
    return {
        "activity": activity,
        "left": left,
        "tone": "bad" if left is not None and left <= 1 else "warn" if left is not None and left <= NOTICE else "",
        "protected": activity.protected_until if activity and _ahead(activity.protected_until, today) else None,
        "asked": asked,
        "entries": entries,
        "waiting": waiting,
        "protect_url": reverse("customers:customer_step", args=[customer.pk, "protect"])
        if customer.owner_id == user.pk and asked is None and user.has_perm("customers.change_customer")
        else "",
        "release_url": reverse("customers:customer_step", args=[customer.pk, "release"])
        if owned
        and user.has_perm("customers.release_customer")
        and (customer.owner_id == user.pk or user.has_perm(LEAD))
        else "",
    }


def _ahead(value: dt.date | None, today: dt.date) -> bool:
    return value is not None and value >= today


def entry(request: HttpRequest, record: PoolEntry) -> dict[str, Any]:
    """What the pool says of a customer; the way to its page for those who see it anyway."""
    visible = Customer.objects.visible_to(request.user).filter(pk=record.customer_id).exists()
    return {
        "record": record,
        "month": month_of(record.customer),
        "customer_url": customer_url(record.customer_id)
        if visible and request.user.has_perm("customers.view_customer")
        else "",
    }


def history(request: HttpRequest, record: PoolEntry) -> dict[str, Any] | None:
    """Earlier times of the same customer in pools the reader sees."""
    rows = PoolEntry.objects.visible_to(request.user).filter(customer=record.customer_id).exclude(pk=record.pk)
    found = list(rows.select_related("pool", "from_owner", "taken_by").order_by("-since", "-pk")[:HISTORY])
    return {"entries": found} if found else None


def claim_strip(request: HttpRequest, record: PoolEntry) -> dict[str, Any]:
    """The buttons below the head of a customer in the pool, and how many the reader may still claim."""
    user: Any = request.user
    waiting = record.state == PoolEntryState.WAITING
    member = waiting and user.has_perm(CLAIM)
    member = member and CustomerPool.objects.visible_to(user).of_member(user).filter(pk=record.pool_id).exists()
    until = timezone.localtime(record.since).date() + dt.timedelta(days=record.pool.lock_days)
    locked = record.from_owner_id == user.pk and timezone.localdate() < until
    return {
        "record": record,
        "waiting": waiting,
        "room": room_of(record.pool, user) if member else None,
        "locked_until": until if locked else None,
        "can_claim": member and not locked,
    }


def rules(request: HttpRequest, record: CustomerPool) -> dict[str, Any]:
    """The rules of a pool."""
    rows = RecycleRule.objects.visible_to(request.user, of=record).order_by("pk")
    may_add = request.user.has_perm("customers.add_recyclerule")
    return {
        "rows": [(row, grades_of(row), reverse("customers:recyclerule_record", args=[row.pk])) for row in rows],
        "add_url": f"{reverse('customers:recyclerule_create')}?pool={record.pk}" if may_add else "",
        "preview_url": f"{reverse('customers:pool_tomorrow')}?pool={record.pk}",
    }


def warnings_card(request: HttpRequest) -> dict[str, Any] | None:
    """The start page: customers of mine that go into the pool within a week; None when there are none."""
    today = timezone.localdate()
    rows = CustomerActivity.objects.visible_to(request.user).filter(
        customer__owner=request.user.pk, recycle_on__lte=today + dt.timedelta(days=NOTICE)
    )
    found = list(rows.select_related("customer").order_by("recycle_on", "pk")[: SHOWN + 1])
    if not found:
        return None
    return {
        "items": [
            {
                "title": str(row.customer),
                "url": customer_url(row.pk),
                "grade": row.customer.grade,
                "badge": ("bad" if row.recycle_on <= today + dt.timedelta(days=1) else "warn", day(row.recycle_on)),
            }
            for row in found[:SHOWN]
            if row.recycle_on is not None
        ],
        "all_url": reverse("customers:pool_warnings"),
    }
