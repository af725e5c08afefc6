"""Business units, regions and teams: make them, change them, move them below another parent."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.organisation.models import BusinessUnit, Region, Team, User
from crm.organisation.models.structure import TreeModel

T = TypeVar("T", bound=TreeModel)


def create_unit(*, actor: User, **values: Any) -> BusinessUnit:
    """A new business unit. Raises DomainError for a code in use."""
    with transaction.atomic():
        return create_record(BusinessUnit(**values))


def update_unit(*, instance: BusinessUnit, expected_version: int | None, actor: User, **values: Any) -> BusinessUnit:
    """Change a business unit's code and names. Raises StaleVersion and DomainError."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        return save_record(instance, expected_version=expected_version, fields=list(values))


def create_region(*, actor: User, **values: Any) -> Region:
    """A new region under its parent. Raises DomainError for a code in use."""
    return _create(Region(**values))


def update_region(*, instance: Region, expected_version: int | None, actor: User, **values: Any) -> Region:
    """Change or move a region with all under it. Raises StaleVersion, and DomainError on "parent" for a loop."""
    return _update(instance, expected_version, values)


def create_team(*, actor: User, **values: Any) -> Team:
    """A new team under its parent. Raises DomainError for a code in use, on "parent" for one of another business unit."""
    team = Team(**values)
    _same_unit(team)
    return _create(team)


def update_team(*, instance: Team, expected_version: int | None, actor: User, **values: Any) -> Team:
    """Change or move a team with all under it. Raises StaleVersion, and DomainError on "parent" for a loop or another business
    unit's team, on "business_unit" when teams below belong to the present one."""
    for name, value in values.items():
        setattr(instance, name, value)
    _same_unit(instance)
    below = Team.objects.filter(parent_id=instance.pk).exclude(business_unit_id=instance.business_unit_id)
    if below.exists():
        message = _("The teams below it belong to another business unit: move them first.")
        raise DomainError(message, field="business_unit")
    return _update(instance, expected_version, values)


def _same_unit(team: Team) -> None:
    parent: Any = team.parent
    if parent is not None and parent.business_unit_id != team.business_unit_id:
        raise DomainError(_("A team stands below a team of its own business unit."), field="parent")


def _create(node: T) -> T:
    with transaction.atomic():
        parent = _locked(node)
        node.path = "/"
        create_record(node)
        node.path = f"{parent.path if parent else '/'}{node.pk}/"
        type(node)._base_manager.filter(pk=node.pk).update(path=node.path)
    return node


def _update(node: T, expected_version: int | None, values: dict[str, Any]) -> T:
    for name, value in values.items():
        setattr(node, name, value)
    model = type(node)
    with transaction.atomic():
        parent = _locked(node)
        before = model._base_manager.values_list("path", flat=True).get(pk=node.pk)
        if parent is not None and parent.path.startswith(before):
            raise DomainError(_("It cannot stand below itself or below what is under it."), field="parent")
        node = save_record(node, expected_version=expected_version, fields=list(values))
        after = f"{parent.path if parent else '/'}{node.pk}/"
        if after != before:
            model._base_manager.filter(path__startswith=before).update(
                path=Concat(Value(after), Substr(F("path"), len(before) + 1))
            )
            node.refresh_from_db()
    return node


def _locked(node: T) -> T | None:
    """The node's parent as it is stored. All rows of the tree stay locked until the transaction ends: moves go one after
    another, or two of them could make a loop together."""
    rows = {row.pk: row for row in type(node)._base_manager.order_by("pk").select_for_update(of=("self",))}
    parent: Any = node.parent
    return None if parent is None else rows.get(parent.pk)
