"""What the recycling of a night takes: one answer for the job, its preview, the warnings and the customer's page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateField, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest, Least, TruncDate

from customers import extension_points
from customers.domain.pool.activity import latest_contacts
from customers.enums import IdleFrom, PoolReason
from customers.models import Customer, CustomerPool, RecycleRule

NOTICE = 7  # days before that an owner is told first: nobody loses a customer without having been told so early
WARN = (1, 3, 7)  # days before, the last first


class _Days(Func):
    """A day so many days after another."""

    template = "(%(expressions)s + %(days)s)"
    output_field = DateField()


class _Months(Func):
    """A day so many months after another."""

    template = "(%(expressions)s + make_interval(months => %(months)s))::date"
    output_field = DateField()


@dataclass(frozen=True)
class Planned:
    """A customer that goes into the pool on `goes_on` by this rule unless something happens. `stored` is what was foreseen
    before, `warned` how many days before that the owner was told."""

    customer_id: int
    owner_id: int
    rule: RecycleRule
    reason: str
    goes_on: dt.date
    stored: dt.date | None
    warned: int | None


def pools_in_order() -> list[CustomerPool]:
    """The pools in use, the narrower first: a customer belongs to the first that covers it."""
    pools = CustomerPool.objects.in_use().select_related("region", "product_line", "business_unit").order_by("pk")
    return sorted(pools, key=lambda pool: (pool.product_line_id is None, pool.region_id is None, pool.pk))


def covers(pool: CustomerPool) -> Q:
    """The customers that belong to a pool as far as unit, region and product line say."""
    found = Q(business_unit_id=pool.business_unit_id, merged_into__isnull=True)
    if pool.region is not None:
        found &= Q(region__path__startswith=pool.region.path)
    if pool.product_line is not None:
        wanted = Q(pk__in=[])
        for interest in extension_points.line_interests.all():
            wanted |= Q(pk__in=interest.customers(pool.product_line))
        found &= wanted
    return found


def covered(pool: CustomerPool) -> QuerySet[Customer]:
    """The customers of a pool: those it covers that no narrower one does."""
    rows: QuerySet[Customer] = Customer._base_manager.filter(covers(pool))
    for other in pools_in_order():
        if other.pk == pool.pk:
            break
        if other.business_unit_id == pool.business_unit_id:
            rows = rows.exclude(pk__in=Customer._base_manager.filter(covers(other)).values("pk"))
    return rows


def pool_of(customer: Customer) -> CustomerPool | None:
    """The pool that a customer would go to; None when none covers it."""
    for pool in pools_in_order():
        if Customer._base_manager.filter(covers(pool), pk=customer.pk).exists():
            return pool
    return None


def foreseen(rule: RecycleRule, on: dt.date, *, keys: Sequence[int] | None = None) -> QuerySet[Any]:
    """The owned customers under a rule with the day on which they go (`goes_on`), seen from the night of `on`.

    The day is that of the rule, not before a protection ends, and not before the notice that was given, or would be given
    in this night.
    """
    rows = covered(rule.pool).filter(owner__isnull=False, grade__in=rule.grades)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    began = Greatest(TruncDate("created_at"), F("activity__owned_since"))
    idle: Any = None
    if rule.idle_days is not None:
        days = [began, F("figures__last_order_on")]
        if rule.idle_from == IdleFrom.CONTACT:
            days.append(F("activity__last_contact_on"))
        idle = _Days(Greatest(*days), days=int(rule.idle_days))
    never: Any = None
    if rule.never_won_months is not None:
        month = _Months(began, months=int(rule.never_won_months))
        never = Case(When(figures__last_order_on__isnull=True, then=month), output_field=DateField())
    due = Least(idle, never) if idle is not None and never is not None else idle if idle is not None else never
    notice = on + dt.timedelta(days=NOTICE)
    announced = Least(Coalesce(F("activity__recycle_on"), Value(notice)), Value(notice))
    rows = rows.annotate(due=due, idle_due=idle if idle is not None else Value(None, output_field=DateField()))
    rows = rows.filter(due__isnull=False)
    goes_on = Greatest(F("due"), _Days(F("activity__protected_until"), days=1), announced, output_field=DateField())
    return rows.annotate(goes_on=goes_on)


def planned(rule: RecycleRule, on: dt.date, *, within: int = 0, keys: Sequence[int] | None = None) -> list[Planned]:
    """The customers of a rule that go by `on`, or within so many days of it; by the day, then by key.

    What happened since the stored day of last contact counts, and customers with open business that keeps them are left out.
    A handful of queries for any number of customers.
    """
    last = on + dt.timedelta(days=within)
    rows = foreseen(rule, on, keys=keys).filter(goes_on__lte=last)
    found = rows.values_list(
        "pk", "owner_id", "goes_on", "due", "idle_due", "activity__recycle_on", "activity__warned",
        "activity__last_contact_on",
    ).order_by("goes_on", "pk")  # fmt: skip
    taken = list(found)
    if not taken:
        return []
    asked = [row[0] for row in taken]
    fresh = latest_contacts(asked) if rule.idle_from == IdleFrom.CONTACT and rule.idle_days is not None else {}
    kept = kept_by_business(asked)
    out = []
    for pk, owner, goes_on, due, idle_due, stored, warned, contact in taken:
        if pk in kept:
            continue
        reason = PoolReason.IDLE if idle_due is not None and idle_due <= due else PoolReason.NEVER_WON
        newer = fresh.get(pk)
        if reason == PoolReason.IDLE and newer is not None and (contact is None or newer > contact):
            assert rule.idle_days is not None
            if newer + dt.timedelta(days=rule.idle_days) > last:
                continue
        out.append(Planned(pk, owner, rule, reason, goes_on, stored, warned))
    return out


def kept_by_business(keys: Sequence[int]) -> set[int]:
    """Those of these customers that have business open which keeps them with their owner."""
    found: set[int] = set()
    for kind in extension_points.open_business.all():
        if kind.keeps_from_pool:
            found |= {key for key, count in kind.count(keys).items() if count}
    return found


def night(pool: CustomerPool, on: dt.date, *, within: int = 0) -> list[Planned]:
    """What the night of `on` takes into a pool, by all its rules; a customer under several goes by the first that takes it."""
    found: dict[int, Planned] = {}
    for rule in rules_of(pool):
        for each in planned(rule, on, within=within):
            other = found.get(each.customer_id)
            if other is None or each.goes_on < other.goes_on:
                found[each.customer_id] = each
    return sorted(found.values(), key=lambda each: (each.goes_on, each.customer_id))


def rules_of(pool: CustomerPool) -> Iterable[RecycleRule]:
    """The rules in use of a pool in use."""
    if not pool.active:
        return []
    rules = list(RecycleRule.objects.filter(pool=pool, active=True).order_by("pk"))
    for rule in rules:
        rule.pool = pool
    return rules
