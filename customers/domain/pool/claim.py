"""Claim customers of the pool: every rule is asked under the pool's lock, so of two who claim at once one wins."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.errors import DomainError, NotAllowed
from crm.models import User
from crm.periods import add_months
from customers.domain.pool.entries import hand_out, lock_entries
from customers.enums import CapacityCounts, PoolEntryState
from customers.models import Customer, CustomerPool, PoolEntry

CLAIM = "customers.claim_customer"


@dataclass(frozen=True)
class Room:
    """How many customers somebody may still claim from a pool today: by the day's limit, and by capacity (None: no limit)."""

    today: int
    capacity: int | None

    @property
    def free(self) -> int:
        """The smaller of both."""
        return self.today if self.capacity is None else min(self.today, self.capacity)


def claim(entries: QuerySet[PoolEntry], *, actor: User) -> int:
    """Make customers of the pool one's own; all or none. Returns how many.

    Raises NotAllowed without the right or for a pool one does not belong to; AlreadyDecided when somebody was quicker;
    DomainError above the day's limit or the capacity, and for the previous owner while the lock lasts.
    """
    if not actor.has_perm(CLAIM):
        raise NotAllowed(_("You may not claim customers."))
    with transaction.atomic():
        rows = lock_entries(entries)
        pools = {entry.pool_id: entry.pool for entry in rows}
        mine = set(CustomerPool.objects.of_member(actor).filter(pk__in=pools).values_list("pk", flat=True))
        if mine != set(pools):
            raise NotAllowed(_("You do not belong to this pool."))
        for pool in pools.values():
            wanted = [entry for entry in rows if entry.pool_id == pool.pk and entry.state == PoolEntryState.WAITING]
            _refuse_above(pool, actor, wanted)
        for entry in rows:
            _refuse_locked(entry, actor)
            hand_out(entry, PoolEntryState.CLAIMED, actor, actor=actor)
    return len(rows)


def room_of(pool: CustomerPool, person: User) -> Room:
    """How many customers the person may still claim from the pool."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    claimed = PoolEntry.objects.filter(
        pool=pool, taken_by=person, state=PoolEntryState.CLAIMED, state_since__gte=midnight
    ).count()
    free = None
    if pool.capacity is not None:
        free = max(0, pool.capacity - Customer._base_manager.filter(_counted(pool), owner=person).count())
    return Room(max(0, pool.daily_limit - claimed), free)


def _counted(pool: CustomerPool) -> Q:
    """The customers that use up capacity."""
    found = Q(business_unit_id=pool.business_unit_id, merged_into__isnull=True)
    if pool.capacity_counts == CapacityCounts.WITHOUT_ORDER:
        year = add_months(timezone.localdate(), -12)
        found &= Q(figures__last_order_on__isnull=True) | Q(figures__last_order_on__lt=year)
    return found


def _refuse_above(pool: CustomerPool, person: User, wanted: list[PoolEntry]) -> None:
    room = room_of(pool, person)
    if not pool.active:
        raise DomainError(_("The pool “%(pool)s” is not in use any more.") % {"pool": pool})
    if len(wanted) > room.today:
        message = ngettext(
            "You may claim %(n)d more customer from “%(pool)s” today.",
            "You may claim %(n)d more customers from “%(pool)s” today.",
            room.today,
        )
        raise DomainError(message % {"n": room.today, "pool": pool})
    using = len(wanted)
    if pool.capacity is not None and pool.capacity_counts == CapacityCounts.WITHOUT_ORDER:
        using = Customer._base_manager.filter(_counted(pool), pk__in=[entry.customer_id for entry in wanted]).count()
    if room.capacity is not None and using > room.capacity:
        message = _("You have room for %(n)d more customers: the pool “%(pool)s” allows %(most)d per person.")
        raise DomainError(message % {"n": room.capacity, "pool": pool, "most": pool.capacity or 0})


def _refuse_locked(entry: PoolEntry, person: User) -> None:
    """The previous owner may not claim a customer back before the lock has ended."""
    if entry.from_owner_id != person.pk:
        return
    until = timezone.localtime(entry.since).date() + dt.timedelta(days=entry.pool.lock_days)
    if timezone.localdate() < until:
        message = _("%(name)s was yours: you can claim it again from %(day)s on.")
        raise DomainError(message % {"name": entry, "day": until.isoformat()})
