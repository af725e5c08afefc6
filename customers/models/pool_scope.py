"""Who sees a pool and the customers in it: its members, its managers, and those who reach its business unit."""

from typing import Any, Self

from django.db.models import CharField, Exists, Model, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from crm.base.querysets import ScopedQuerySet, fold
from crm.base.scopes import Reach
from crm.models import Team
from customers.enums import PoolEntryState

KEPT = "_pools_in_reach"  # on the user, for the length of a request, like `user.access`


class PoolScope:
    """Pools, and (with `path`) rows that belong to one. There are few pools, so their keys go into the query as a list."""

    def __init__(self, path: str = "pk") -> None:
        self.path = path

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        pools: Any = model if self.path == "pk" else model._meta.get_field(self.path).related_model
        reach = user.access.reach(pools._meta.label_lower)
        if reach.everything:
            return None
        if KEPT not in user.__dict__:
            user.__dict__[KEPT] = list(pools._base_manager.filter(seen_by(user, reach)).values_list("pk", flat=True))
        return Q(**{f"{self.path}__any_of": sorted(set(user.__dict__[KEPT]))})


def seen_by(user: Any, reach: Reach) -> Q:
    """The pools of the units in reach, those the person manages, and those the person, or somebody stood in for, belongs to."""
    people = [sight.user_id for sight in user.access.sights]
    found = Q(business_unit__in=reach.business_unit_ids) | Q(managers__in=people)
    for sight in user.access.sights:
        found |= belongs(sight.business_unit_id, sight.team_ids)
    return found


def belongs(unit: int | None, teams: tuple[int, ...]) -> Q:
    """The pools that somebody of this unit and these teams belongs to: of one of their teams or of one above, else of the whole
    unit where a pool names no team."""
    step = Concat(Value("/"), Cast(OuterRef("teams__pk"), CharField()), Value("/"))
    above = Exists(Team.objects.filter(pk__in=teams, path__contains=step))
    whole = Q(business_unit=unit, teams__isnull=True) if unit is not None else Q(pk__in=[])
    return whole | Q(Q(teams__isnull=False), above) if teams else whole


class PoolQuerySet(ScopedQuerySet):
    """Pools by what they take in."""

    def in_use(self) -> Self:
        """Those that take customers and give them."""
        return self.filter(active=True)

    def of_member(self, user: Any) -> Self:
        """Those the person belongs to, and so may claim from."""
        sight = user.access.sights[0]
        return self.filter(
            pk__in=self.model._base_manager.filter(belongs(sight.business_unit_id, sight.team_ids)).values("pk")
        )


class PoolEntryQuerySet(ScopedQuerySet):
    """Customers' times in pools."""

    def waiting(self) -> Self:
        """Those that are in the pool now."""
        return self.filter(state=PoolEntryState.WAITING)

    def search(self, text: str) -> Self:
        """By what the pool shows of a customer: name and place; never by phone numbers or codes."""
        found = Q()
        for word in fold(text).split()[:5]:
            found &= (
                Q(customer__name__icontains=word)
                | Q(customer__short_name__icontains=word)
                | Q(customer__city__icontains=word)
            )
        return self.filter(found)
