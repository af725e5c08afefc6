"""Pools, rules, customers in a pool and hand-overs for tests."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from crm.models import User
from customers.models import (
    Customer,
    CustomerActivity,
    CustomerFigures,
    CustomerPool,
    HandoverLine,
    HandoverPack,
    PoolEntry,
    RecycleRule,
)
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer, owned

_numbers = itertools.count(1)


def make_pool(org: Organisation, *, owner: User | None = None, **values: Any) -> CustomerPool:
    """A pool of the whole unit of its owner (the representative's unless named)."""
    unit = org.agro if owner is not None and owner.pk == org.people.stranger.pk else org.silicones
    return CustomerPool.objects.create(**{"name": f"公海{next(_numbers)}", "business_unit": unit, **values})


def make_rule(
    org: Organisation, *, owner: User | None = None, pool: CustomerPool | None = None, **values: Any
) -> RecycleRule:
    """Customers of grade C and D, and those without one, go after 60 days."""
    values = {"grades": ["C", "D", ""], "idle_days": 60, **values}
    return RecycleRule.objects.create(pool=pool or make_pool(org, owner=owner), **values)


def make_entry(
    org: Organisation, *, owner: User | None = None, pool: CustomerPool | None = None, customer: Customer | None = None,
    before: User | None = None, days: int = 0, **values: Any,
) -> PoolEntry:  # fmt: skip
    """A customer that has waited in the pool for so many days; `before` owned it."""
    pool = pool or make_pool(org, owner=owner)
    customer = customer or make_customer(org, owner=owner)
    before = before or customer.owner
    Customer.objects.filter(pk=customer.pk).update(owner=None)
    customer.refresh_from_db()
    since = timezone.now() - dt.timedelta(days=days)
    values = {"since": since, "state_since": since, "reason": "idle", **values}
    return PoolEntry.objects.create(customer=customer, pool=pool, from_owner=before, **values)


def make_idle(org: Organisation, *, days: int = 100, announced: int | None = 0, **values: Any) -> Customer:
    """A customer that nobody has touched for so many days. `announced`: it goes in so many days, as its owner was told."""
    values = {"grade": "C", **values}
    customer = make_customer(org, **values)
    Customer.objects.filter(pk=customer.pk).update(created_at=timezone.now() - dt.timedelta(days=days))
    CustomerFigures.objects.filter(customer=customer).update(last_order_on=day(-days))
    if announced is not None:
        CustomerActivity.objects.update_or_create(
            customer=customer, defaults={"recycle_on": day(announced), "warned": 1}
        )
    return customer


def make_pack(
    org: Organisation, *, owner: User | None = None, to: User | None = None, customers: Any = (), **values: Any
) -> HandoverPack:
    """A hand-over from its owner to a colleague, offered unless said otherwise, with a customer."""
    number = next(_numbers)
    stamps = owned(org, owner)
    giver = stamps["owner"]
    receiver = to or (org.people.nobody if giver.pk == org.people.stranger.pk else org.people.colleague)
    same = {"from_team": stamps["team"], "from_unit": stamps["business_unit"]}
    values = {
        "code": f"HO-T-{number:04d}", "reason": "mover", "state": "offered", "created_by": giver,
        "to_team": stamps["team"], "to_unit": stamps["business_unit"], **same, **values,
    }  # fmt: skip
    pack = HandoverPack.objects.create(from_person=giver, to_person=receiver, state_since=timezone.now(), **values)
    for customer in customers or [make_customer(org, owner=giver)]:
        HandoverLine.objects.create(pack=pack, customer=customer)
    return pack


def make_draft_pack(org: Organisation, *, owner: User | None = None, **values: Any) -> HandoverPack:
    """A hand-over that nobody has been told of yet."""
    return make_pack(org, owner=owner, state="draft", **values)
