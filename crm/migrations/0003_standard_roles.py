"""Loads the standard roles into a new installation."""

from typing import Any

from django.db import migrations

from crm.organisation.standard_roles import STANDARD_ROLES


def load(apps: Any, schema_editor: Any) -> None:
    """Add the roles that are missing; roles an administrator has changed stay as they are."""
    role_model = apps.get_model("crm", "Role")
    for role in STANDARD_ROLES:
        role_model.objects.get_or_create(
            code=role.code,
            defaults={
                "name": role.name,
                "name_en": role.name_en,
                "data_scope": role.data_scope,
                "permissions": sorted(set(role.permissions)),
            },
        )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("crm", "0002_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
