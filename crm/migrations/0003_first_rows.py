"""What a new installation begins with: the standard roles, the base currency, the company's calendar."""

import datetime
from typing import Any

from django.conf import settings
from django.db import migrations

from crm.money import decimals_of
from crm.organisation.standard_roles import STANDARD_ROLES

EXPORT_LIMIT = {"sales_rep": 500}  # rows at a time; the other roles have none


def roles(apps: Any, schema_editor: Any) -> None:
    """The standard roles."""
    apps.get_model("crm", "Role").objects.bulk_create(
        apps.get_model("crm", "Role")(
            code=role.code,
            name=role.name,
            name_en=role.name_en,
            data_scope=role.data_scope,
            permissions=sorted(set(role.permissions)),
            export_limit=EXPORT_LIMIT.get(role.code),
        )
        for role in STANDARD_ROLES
    )


def currency(apps: Any, schema_editor: Any) -> None:
    """The base currency, which amounts refer to from the first record on."""
    code = settings.BASE_CURRENCY
    apps.get_model("crm", "Currency").objects.create(code=code, name=code, decimals=decimals_of(code))


def calendar(apps: Any, schema_editor: Any) -> None:
    """Monday to Friday, until an administrator sets other hours."""
    apps.get_model("crm", "WorkingCalendar").objects.create(
        business_unit=None,
        weekdays=[1, 2, 3, 4, 5],
        opens_at=datetime.time(9),
        closes_at=datetime.time(18),
        break_from=datetime.time(12),
        break_until=datetime.time(13),
    )


class Migration(migrations.Migration):
    replaces = [
        ("crm", "0003_standard_roles"),
        ("crm", "0004_base_currency"),
        ("crm", "0010_team_managers"),
        ("crm", "0012_export_limit"),
    ]
    dependencies = [("crm", "0002_kernel")]
    operations = [
        migrations.RunPython(roles, migrations.RunPython.noop),
        migrations.RunPython(currency, migrations.RunPython.noop),
        migrations.RunPython(calendar, migrations.RunPython.noop),
    ]
