"""Sets how many rows sales representatives may export at a time in a new installation."""

from typing import Any

from django.db import migrations

ROWS = 500


def limit(apps: Any, schema_editor: Any) -> None:
    """Only where nobody has set a limit."""
    apps.get_model("crm", "Role").objects.filter(code="sales_rep", export_limit=None).update(export_limit=ROWS)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("crm", "0011_exports")]
    operations = [migrations.RunPython(limit, migrations.RunPython.noop)]
