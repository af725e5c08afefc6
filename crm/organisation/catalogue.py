"""The rights a role can be given, by kind of record: those the standard roles know, which are all that the pages ask for."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.base.scopes import OwnerScope
from crm.organisation.standard_roles import STANDARD_ROLES

ACTIONS = ("view", "add", "change")
ACTION_LABELS = {"view": _("See"), "add": _("Create"), "change": _("Change")}


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: the names of its rights by action, its further rights with their labels, and whether its rows have an
    owner, so that a role's reach can differ here."""

    label: str
    model: type[Model]
    actions: dict[str, str]
    further: list[tuple[str, Any]] = field(default_factory=list)
    owned: bool = False

    @property
    def name(self) -> str:
        """The kind in the plural."""
        return str(capfirst(self.model._meta.verbose_name_plural))


@lru_cache(maxsize=1)
def record_kinds() -> tuple[RecordKind, ...]:
    """All kinds, in the order of the apps."""
    known = {name for role in STANDARD_ROLES for name in role.permissions}
    kinds = []
    for model in apps.get_models():
        meta = model._meta
        actions = {a: name for a in ACTIONS if (name := f"{meta.app_label}.{a}_{meta.model_name}") in known}
        further = [(name, label) for code, label in meta.permissions if (name := f"{meta.app_label}.{code}") in known]
        if actions or further:
            owned = isinstance(getattr(model, "scope", None), OwnerScope)
            kinds.append(RecordKind(meta.label_lower, model, actions, further, owned))
    return tuple(sorted(kinds, key=lambda kind: kind.model._meta.app_label == "crm"))


def known_permissions() -> frozenset[str]:
    """The names of all rights that the form of a role offers."""
    return frozenset(
        name for kind in record_kinds() for name in (*kind.actions.values(), *(name for name, _label in kind.further))
    )


def owned_kinds() -> tuple[RecordKind, ...]:
    """The kinds whose rows have an owner."""
    return tuple(kind for kind in record_kinds() if kind.owned)
