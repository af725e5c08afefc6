"""Loads the base currency, which amounts refer to from the first record on."""

from typing import Any

from django.conf import settings
from django.db import migrations

from crm.money import decimals_of


def load(apps: Any, schema_editor: Any) -> None:
    """Add it unless it is there."""
    code = settings.BASE_CURRENCY
    apps.get_model("crm", "Currency").objects.get_or_create(
        code=code, defaults={"name": code, "decimals": decimals_of(code)}
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("crm", "0003_standard_roles")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
