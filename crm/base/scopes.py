"""Row scope: which rows of a model a user may see. Every model declares one as `scope`."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, Q

FEW_PARENTS = 5000  # so many keys go into a query as a list, which PostgreSQL plans best; more are left to a subquery


class DataScope:
    """How far a role reaches, from narrow to wide. The widest of a user's roles counts."""

    OWN = "own"
    TEAM = "team"
    TEAM_BELOW = "team_below"
    BUSINESS_UNIT = "business_unit"
    ALL = "all"
    ORDER = (OWN, TEAM, TEAM_BELOW, BUSINESS_UNIT, ALL)


@dataclass(frozen=True)
class Reach:
    """Whose rows of one kind of record a person sees: a row counts when any of its three stamps is in here."""

    everything: bool = False
    owner_ids: tuple[int, ...] = ()
    team_ids: tuple[int, ...] = ()
    business_unit_ids: tuple[int, ...] = ()


class Scope(Protocol):
    """Answers the condition that narrows a model's rows to those the user may see (with `write`: may change, the right to
    change such records given); None when all of them."""

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None: ...


class Reference:
    """Rows everybody may see who may open the page at all. `why` says why that is right."""

    def __init__(self, why: str) -> None:
        self.why = why

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        return None


class OwnRows:
    """Rows of one person: only that person sees them, whatever the roles."""

    def __init__(self, field: str) -> None:
        self.field = field

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        return Q(**{self.field: user.pk})


class OwnerScope:
    """Rows with an owner, a team and a business unit of their own; the user's reach for the model decides which count.

    Rows shared with the user count too.
    """

    def __init__(self, owner: str = "owner", team: str = "team", business_unit: str = "business_unit") -> None:
        self.owner, self.team, self.business_unit = owner, team, business_unit

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        label = model._meta.label_lower
        reach = user.access.reach(label)
        if reach.everything:
            return None
        found = self.within(reach.owner_ids, reach.team_ids, reach.business_unit_ids)
        shared = user.access.shared(label, write=write)
        return found | Q(pk__any_of=shared) if shared else found

    def within(self, owners: tuple[int, ...], teams: tuple[int, ...], units: tuple[int, ...] = ()) -> Q:
        """Rows with one of these stamps."""
        found = Q(**{f"{self.owner}_id__in": owners})
        if teams:
            found |= Q(**{f"{self.team}_id__in": teams})
        if units:
            found |= Q(**{f"{self.business_unit}_id__in": units})
        return found


class ViaParent:
    """Rows that belong to a record: seen, and changed, with it. `parent` is the foreign key's name."""

    def __init__(self, parent: str) -> None:
        self.parent = parent

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        parent_model = parent_of(model, self.parent)
        condition = parent_model.scope.condition(user, parent_model, write=write)
        if condition is None:
            return None
        visible = parent_model._base_manager.filter(condition).values("pk")
        return Q(**{f"{self.parent}__in": visible})

    def as_far_as(self, user: Any, model: type[Model], parent: Model) -> bool:
        """Whether who sees the parent sees all its rows."""
        return True


class OwnedOrVia(OwnerScope):
    """Documents that keep the owner and team they were made under, and are seen with their customer too.

    So a past figure opens to its rows for the people it was counted for, and the customer's present owner sees the whole past.
    It is the reach for the document's kind that is laid upon the customer as well, so a role can be given more or less of
    one kind of document. For a reach of a business unit the document's own business unit decides, but for the customers that the
    person owns: whoever owns a customer sees all of it. Documents of a customer shared with the user are seen as the customer is.
    """

    def __init__(self, parent: str) -> None:
        super().__init__()
        self.parent = parent

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        own = super().condition(user, model, write=write)
        if own is None:
            return None
        reach = user.access.reach(model._meta.label_lower)
        parent_model = parent_of(model, self.parent)
        shared = user.access.shared(parent_model._meta.label_lower, write=write)
        within = parent_model.scope.within(reach.owner_ids, reach.team_ids)
        keys = self._parents(user, parent_model, reach, within)
        if len(keys) <= FEW_PARENTS:
            return own | Q(**{f"{self.parent}__any_of": [*keys, *shared]})
        own = own | Q(**{f"{self.parent}__in": parent_model._base_manager.filter(within).values("pk")})
        return own | Q(**{f"{self.parent}__any_of": shared}) if shared else own

    def as_far_as(self, user: Any, model: type[Model], parent: Model) -> bool:
        """Whether who sees the parent sees all its rows: when the reach is the same for both kinds, and no business unit's, for
        which the document's own decides."""
        reach, of_parent = (user.access.reach(one._meta.label_lower) for one in (model, parent))
        return bool(reach == of_parent and not reach.business_unit_ids)

    @staticmethod
    def _parents(user: Any, model: Any, reach: Reach, within: Q) -> list[int]:
        """The keys of the parents in reach, FEW_PARENTS + 1 of them at most; read once per request, like `user.access`."""
        kept = user.__dict__.setdefault("_parents_in_reach", {})
        if (model, reach) not in kept:
            rows = model._base_manager.filter(within).order_by().values_list("pk", flat=True)
            kept[model, reach] = list(rows[: FEW_PARENTS + 1])
        return kept[model, reach]


def parent_of(model: type[Model], name: str) -> Any:
    """The model that a foreign key points to."""
    return model._meta.get_field(name).related_model


def judged_by(model: Any) -> Any:
    """The model whose reach decides about these rows: the record they belong to, else the model itself."""
    while isinstance(model.scope, ViaParent):
        model = parent_of(model, model.scope.parent)
    return model
