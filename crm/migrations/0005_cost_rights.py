"""Who answers for results sees costs, who keeps the master data enters them; marketing imports competitors' prices."""

from typing import Any

from django.db import migrations

from crm.organisation.granting import give_rights, rights_on


def let_marketing_import(apps: Any, schema_editor: Any) -> None:
    """Where the role has its standard code."""
    for role in apps.get_model("crm", "Role").objects.filter(code="marketing"):
        role.permissions = sorted({*role.permissions, *rights_on("crm.importbatch")})
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    replaces = [
        ("crm", "0026_lost_jobs"),
    ]
    dependencies = [("crm", "0004_costs")]

    operations = [
        give_rights(*rights_on("crm.cost")),
        migrations.RunPython(let_marketing_import, migrations.RunPython.noop),
    ]
