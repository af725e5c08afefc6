"""Give customers to another owner, at once."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q, QuerySet

from crm.acting import acting
from crm.events import owner_changed
from crm.models import User
from customers.domain.handover.moving import move_open
from customers.domain.placing import give_to
from customers.domain.pool.entries import end_entries, lock_customers
from customers.models import Customer


def transfer_owner(
    customers: QuerySet[Customer], *, owner: User, actor: User, reason: str = "", with_open: bool = False
) -> int:
    """Give customers to another owner; team and business unit follow the owner's of today. Returns how many changed.

    With `with_open` what their owners had open with them goes along. A customer in a pool leaves it. The new owner and the
    followers are told. Raises DomainError on "owner" for somebody who is not active or stands in no business unit.
    """
    wanted = Q(pk__in=customers.order_by().values("pk")) & (Q(owner__isnull=True) | ~Q(owner=owner))
    with transaction.atomic(), acting(verb="transfer_owner", reason=reason):
        rows = lock_customers(wanted)
        keys = [row.pk for row in rows]
        if not keys:
            return 0
        give_to(keys, owner)
        end_entries([row.pk for row in rows if row.owner_id is None], owner=owner, actor=actor, reason=reason)
        if with_open:
            for source, of_source in _by_owner(rows):
                move_open(of_source, source=source, target=owner, actor=actor)
        owner_changed.send(label=Customer._meta.label_lower, keys=keys, owner=owner.pk, actor=actor.pk)
    return len(keys)


def _by_owner(rows: list[Customer]) -> list[tuple[User, list[int]]]:
    """The customers' keys by their owner."""
    keys: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.owner_id is not None:
            keys[row.owner_id].append(row.pk)
    people = User.objects.in_bulk(keys)
    return [(people[key], keys[key]) for key in sorted(keys)]


def count_owned(user: User) -> int:
    """How many customers the user owns."""
    return Customer._base_manager.filter(owner=user, merged_into__isnull=True).count()


def take_over_customers(*, source: User, target: User, actor: User) -> int:
    """Give all customers of somebody who leaves to a colleague; returns how many. What is open goes along by the movers of its
    own kind. Raises DomainError as `transfer_owner`."""
    return transfer_owner(
        Customer._base_manager.filter(owner=source, merged_into__isnull=True), owner=target, actor=actor
    )
