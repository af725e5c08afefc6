"""Row scope: which rows of a model a user may see. Every model declares one as `scope`."""

from functools import cached_property
from typing import Any, Protocol

from django.apps import apps
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


class Scope(Protocol):
    """Answers the condition that narrows a model's rows to those the user may see; None when all of them."""

    def condition(self, user: Any) -> Q | None: ...


class Reference:
    """Rows everybody may see who may open the page at all. `why` says why that is right."""

    def __init__(self, why: str) -> None:
        self.why = why

    def condition(self, user: Any) -> Q | None:
        return None


class OwnRows:
    """Rows of one person: only that person sees them, whatever the roles."""

    def __init__(self, field: str) -> None:
        self.field = field

    def condition(self, user: Any) -> Q | None:
        return Q(**{self.field: user.pk})


class OwnerScope:
    """Rows with an owner, a team and a business unit of their own; the user's data scope decides which count."""

    def __init__(self, owner: str = "owner", team: str = "team", business_unit: str = "business_unit") -> None:
        self.owner, self.team, self.business_unit = owner, team, business_unit

    def condition(self, user: Any) -> Q | None:
        access = user.access
        if access.scope == DataScope.ALL:
            return None
        own = Q(**{f"{self.owner}_id": user.pk})
        if access.scope == DataScope.BUSINESS_UNIT:
            return own | Q(**{f"{self.business_unit}_id__in": access.business_unit_ids})
        if access.scope in (DataScope.TEAM, DataScope.TEAM_BELOW):
            return own | Q(**{f"{self.team}_id__in": access.team_ids})
        return own


class ViaParent:
    """Rows that belong to a record: seen with it. `parent` is the foreign key's name."""

    def __init__(self, parent: str) -> None:
        self.parent = parent
        self.model: Any = None

    def __set_name__(self, owner: type[Model], name: str) -> None:
        self.model = owner

    def condition(self, user: Any) -> Q | None:
        parent_model = self.model._meta.get_field(self.parent).related_model
        condition = parent_model.scope.condition(user)
        if condition is None:
            return None
        visible = parent_model._base_manager.filter(condition).values("pk")
        return Q(**{f"{self.parent}__in": visible})


class OwnedOrVia(OwnerScope):
    """Documents that keep the owner and team they were made under, and are seen with their customer too.

    So a past figure opens to its rows for the people it was counted for, and the customer's present owner sees the whole past.
    For a reach of a business unit or wider the document's own business unit decides alone: it never differs from the customer's.
    """

    def __init__(self, parent: str) -> None:
        super().__init__()
        self.parent = parent

    @cached_property
    def parent_model(self) -> Any:
        """The parent's model. The scope may stand on an abstract model: all models that inherit it have the same parent."""
        model = next(model for model in apps.get_models() if getattr(model, "scope", None) is self)
        return model._meta.get_field(self.parent).related_model

    def condition(self, user: Any) -> Q | None:
        own = super().condition(user)
        if own is None or user.access.scope == DataScope.BUSINESS_UNIT:
            return own
        keys = self._parents(user)
        if len(keys) <= FEW_PARENTS:
            return own | Q(**{f"{self.parent}__any_of": keys})
        visible = self.parent_model._base_manager.filter(self.parent_model.scope.condition(user)).values("pk")
        return own | Q(**{f"{self.parent}__in": visible})

    def _parents(self, user: Any) -> list[int]:
        """The keys of the parents in reach, FEW_PARENTS + 1 of them at most; read once per request, like `user.access`."""
        kept = user.__dict__.setdefault("_parents_in_reach", {})
        model = self.parent_model
        if model not in kept:
            rows = model._base_manager.filter(model.scope.condition(user)).order_by().values_list("pk", flat=True)
            kept[model] = list(rows[: FEW_PARENTS + 1])
        return kept[model]
