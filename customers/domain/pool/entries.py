"""Customers go into the pool and come out of it. Owner and entry change in one transaction, so none is ever in neither."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import refuse_held
from crm.errors import AlreadyDecided, DomainError, NotAllowed
from crm.events import owner_changed, record_created, records_changed
from crm.formats import enumerated
from crm.models import User
from crm.transitions import transition
from customers.domain.handover.moving import move_open
from customers.domain.placing import give_to
from customers.domain.pool.activity import owned_from_today
from customers.domain.pool.plan import kept_by_business, pool_of
from customers.enums import LineState, PoolEntryState, PoolReason
from customers.models import Customer, CustomerPool, HandoverLine, PoolEntry

LEAD = "customers.assign_pool"
SHOWN = 3


def release(customers: QuerySet[Customer], *, actor: User, reason: str) -> int:
    """Put customers into the pool that covers them, by hand; returns how many.

    Owners release their own, those with the right to assign from the pool all they may change. Raises NotAllowed for others'
    customers, DomainError for one that no pool covers or that has open business, and without a reason.
    """
    if not reason.strip():
        raise DomainError(_("Say why the customer goes into the pool."), field="reason")
    with transaction.atomic():
        rows = lock_customers(Q(pk__in=customers.order_by().values("pk")))
        mine = [row for row in rows if row.owner_id is not None]
        if not actor.has_perm(LEAD) and any(row.owner_id != actor.pk for row in mine):
            raise NotAllowed(_("You release your own customers only; ask the manager for those of others."))
        busy = kept_by_business([row.pk for row in mine])
        if busy:
            names = enumerated(str(row) for row in mine if row.pk in busy)
            raise DomainError(
                _("Something is open with %(names)s: finish it or hand the customer over.") % {"names": names}
            )
        pools = [(row, pool_of(row)) for row in mine]
        without = [str(row) for row, pool in pools if pool is None]
        if without:
            raise DomainError(_("No pool is for %(names)s.") % {"names": enumerated(without[:SHOWN])})
        refuse_held(Customer, [row.pk for row in mine])
        for pool in {pool for _row, pool in pools if pool is not None}:
            put_in(pool, [(row, PoolReason.RELEASED) for row, its in pools if its == pool], note=reason)
    return len(mine)


def lock_customers(which: Q) -> list[Customer]:
    """These customers, locked in the order of their keys until the transaction ends."""
    rows = Customer._base_manager.filter(which).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def put_in(pool: CustomerPool, customers: Sequence[tuple[Customer, str]], *, note: str = "") -> int:
    """Take the owner from customers that the caller has locked, and enter them in the pool; the team stays, so that its manager
    sees them on. A hand-over that has them leaves them out."""
    now = timezone.now()
    keys = [customer.pk for customer, _reason in customers]
    with acting(verb="pool_in", reason=note):
        made = PoolEntry.objects.bulk_create(
            PoolEntry(
                customer=customer, pool=pool, since=now, state_since=now, from_owner_id=customer.owner_id,
                reason=reason, note=note,
            )
            for customer, reason in customers
        )  # fmt: skip
        Customer._base_manager.filter(pk__in=keys).update(owner=None, version=F("version") + 1, updated_at=now)
        lines = HandoverLine._base_manager.filter(customer__in=keys, state=LineState.WAITING)
        lines.update(**{"state": LineState.LEFT}, reason=_("The customer went into the pool."))
        owned_from_today(keys)
        records_changed.send(label=Customer._meta.label_lower, keys=keys)
        for entry in made:
            record_created.send(label=PoolEntry._meta.label_lower, pk=entry.pk)
    return len(keys)


def assign(entries: QuerySet[PoolEntry], *, owner: User, actor: User, reason: str = "") -> int:
    """Give customers of the pool to somebody, whatever that person's limits are; returns how many. Raises NotAllowed without the
    right, DomainError on "owner" for somebody unsuitable, AlreadyDecided for one that has left the pool."""
    _refuse_others(actor)
    return _take(entries, PoolEntryState.ASSIGNED, lambda entry: owner, actor, reason)


def put_back(entries: QuerySet[PoolEntry], *, actor: User, reason: str) -> int:
    """Give customers back to whom they were taken from; returns how many. Raises as `assign`, and for one whose previous owner
    has left."""
    _refuse_others(actor)

    def before(entry: PoolEntry) -> User:
        if entry.from_owner is None or not entry.from_owner.is_active:
            raise DomainError(_("Nobody is there to give %(name)s back to: assign it.") % {"name": entry})
        return entry.from_owner

    return _take(entries, PoolEntryState.PUT_BACK, before, actor, reason)


def _refuse_others(actor: User) -> None:
    if not actor.has_perm(LEAD):
        raise NotAllowed(_("Only a manager assigns customers of the pool."))


def _take(entries: QuerySet[PoolEntry], target: str, owner_of: Any, actor: User, reason: str) -> int:
    with transaction.atomic():
        rows = lock_entries(entries)
        for entry in rows:
            hand_out(entry, target, owner_of(entry), actor=actor, reason=reason)
    return len(rows)


def close_stale(pool: CustomerPool) -> int:
    """End the entries of customers that somebody gave an owner without saying so here (an import, a sync); returns how many."""
    rows = (
        PoolEntry.objects.waiting().filter(pool=pool, customer__owner__isnull=False).select_related("customer__owner")
    )
    found = list(rows.order_by("pk"))
    for entry in found:
        with transaction.atomic():
            transition(entry, PoolEntryState.ASSIGNED, actor=None, changes={"taken_by": entry.customer.owner})
    return len(found)


def lock_entries(entries: QuerySet[PoolEntry]) -> list[PoolEntry]:
    """These entries, their pools and their customers, locked: pools first, then customers, then entries, each by key."""
    named = list(entries.order_by("pk").values_list("pk", "pool_id", "customer_id"))
    pools = CustomerPool.objects.filter(pk__in={pool for _pk, pool, _customer in named}).order_by("pk")
    list(pools.select_for_update(of=("self",), no_key=True))
    customers = {row.pk: row for row in lock_customers(Q(pk__in=[customer for _pk, _pool, customer in named]))}
    rows = PoolEntry.objects.filter(pk__in=[pk for pk, _pool, _customer in named]).select_related("pool", "from_owner")
    found = list(rows.order_by("pk").select_for_update(of=("self",)))
    for entry in found:
        entry.customer = customers[entry.customer_id]
    return found


def hand_out(entry: PoolEntry, target: str, owner: User, *, actor: User, reason: str = "") -> None:
    """The customer of a locked entry belongs to `owner` from now on, with what its previous owner has open with it.

    Raises AlreadyDecided, naming who was quicker, for an entry that is not in the pool any more.
    """
    customer = entry.customer
    taker = entry.taken_by or customer.owner
    if entry.state != PoolEntryState.WAITING or customer.owner_id is not None:
        message = _("%(name)s has left the pool already: %(taker)s was quicker.")
        raise AlreadyDecided(message % {"name": entry, "taker": taker.label if taker else ""})
    with acting(verb="pool_out", reason=reason):
        transition(entry, target, actor=actor, reason=reason, changes={"taken_by": owner})
        give_to([customer.pk], owner)
        refuse_held(Customer, [customer.pk])
        if entry.from_owner is not None:
            move_open([customer.pk], source=entry.from_owner, target=owner, actor=actor)
        label = Customer._meta.label_lower
        owner_changed.send(label=label, keys=[customer.pk], owner=owner.pk, actor=actor.pk)


def end_entries(keys: Iterable[int], *, owner: User, actor: User, reason: str = "") -> None:
    """These customers got an owner by another way while they were in a pool: they are there no longer. The caller has locked
    them."""
    rows = PoolEntry.objects.waiting().filter(customer__in=list(keys)).order_by("pk")
    for entry in rows.select_for_update(of=("self",)):
        transition(entry, PoolEntryState.ASSIGNED, actor=actor, reason=reason, changes={"taken_by": owner})
