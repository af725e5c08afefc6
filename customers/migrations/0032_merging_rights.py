"""Standard roles of older installations get the rights to merge customers."""

from typing import Any

from django.db import migrations

from crm.organisation.standard_roles import MERGE, MERGE_ACROSS, STANDARD_ROLES


def allow(apps: Any, schema_editor: Any) -> None:
    """As the standard roles have them."""
    rights = {*MERGE, *MERGE_ACROSS}
    standard = {role.code: set(role.permissions) & rights for role in STANDARD_ROLES}
    for role in apps.get_model("crm", "Role").objects.filter(code__in=standard):
        wanted = set(role.permissions) | standard[role.code]
        if wanted != set(role.permissions):
            role.permissions = sorted(wanted)
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0031_merging")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
