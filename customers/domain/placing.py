"""What follows when customers come to an owner: the one statement that gives them, and what it moves along."""

from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from crm.models import User
from customers.domain.customer import placed
from customers.domain.grading.grades import follow_unit
from customers.domain.pool.activity import owned_from_today
from customers.models import Customer


def give_to(keys: Sequence[int], owner: User) -> None:
    """These customers, which the caller has locked, are the owner's from today: team, business unit and its grade follow.

    Raises DomainError on "owner" for somebody who is not active or stands in no business unit.
    """
    place = placed(owner)
    Customer._base_manager.filter(pk__in=keys).update(
        owner=owner,
        team=place.team,
        business_unit=place.business_unit,
        version=F("version") + 1,
        updated_at=timezone.now(),
    )
    owned_from_today(list(keys))
    follow_unit(keys)
