"""Give the standard roles of older installations the rights of the pool and of hand-overs."""

from django.db import migrations

from crm.organisation.standard_roles import STANDARD_ROLES

MODELS = ("poolentry", "handoverpack", "customerpool", "recyclerule")
RIGHTS = {
    "customers.claim_customer",
    "customers.release_customer",
    "customers.assign_pool",
    *(f"customers.{verb}_{name}" for verb in ("view", "add", "change") for name in MODELS),
}


def allow(apps, schema_editor):
    standard = {role.code: set(role.permissions) & RIGHTS for role in STANDARD_ROLES}
    for role in apps.get_model("crm", "Role").objects.filter(code__in=standard):
        wanted = set(role.permissions) | standard[role.code]
        if wanted != set(role.permissions):
            role.permissions = sorted(wanted)
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0015_pool"), ("crm", "0023_personal_data")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
