"""Rights that a migration gives to the roles of an installation that is older than they are."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import migrations

from crm.organisation.standard_roles import STANDARD_ROLES


def give_rights(*rights: str, beside: Mapping[str, Collection[str]] | None = None) -> migrations.RunPython:
    """The operation that gives each standard role those of `rights` that it has in a new installation.

    `beside` gives more to every role, an administrator's own ones too, that has a right already: {"crm.add_task":
    ["crm.add_comment"]}. Rights are only added; what administrators have given or taken otherwise stays.
    """
    return migrations.RunPython(_giving(frozenset(rights), beside or {}), migrations.RunPython.noop)


def rights_on(*models: str, actions: str = "view add change") -> list[str]:
    """The rights on kinds of record: rights_on("app.model") -> app.view_model, app.add_model, ..."""
    return [f"{app}.{action}_{name}" for app, name in (m.split(".") for m in models) for action in actions.split()]


def _giving(rights: frozenset[str], beside: Mapping[str, Collection[str]]) -> Callable[[Any, Any], None]:
    def give(apps: Any, schema_editor: Any) -> None:
        standard = {role.code: rights & set(role.permissions) for role in STANDARD_ROLES}
        for role in apps.get_model("crm", "Role").objects.order_by("pk"):
            given = set(role.permissions)
            more = [right for held, names in beside.items() if held in given for right in names]
            wanted = given | standard.get(role.code, set()) | set(more)
            if wanted != given:
                role.permissions = sorted(wanted)
                role.save(update_fields=["permissions"])

    return give


def add_roles(*codes: str) -> migrations.RunPython:
    """The operation that gives an installation that is older than they are the standard roles of these codes. One that has a
    role of that code already keeps it as it is."""

    def add(apps: Any, schema_editor: Any) -> None:
        roles = apps.get_model("crm", "Role").objects
        for role in STANDARD_ROLES:
            if role.code in codes and not roles.filter(code=role.code).exists():
                roles.create(
                    code=role.code,
                    name=role.name,
                    name_en=role.name_en,
                    data_scope=role.data_scope,
                    permissions=sorted(set(role.permissions)),
                )

    return migrations.RunPython(add, migrations.RunPython.noop)
