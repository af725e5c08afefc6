from django.db import migrations

from crm.organisation.standard_roles import ARCHIVE, STANDARD_ROLES

RIGHTS = set(ARCHIVE) | {"customers.skip_registration"}


def allow(apps, schema_editor):
    """Give the standard roles of older installations the rights of the archive; who may see or change customers may do so with
    the parts that are new."""
    standard = {role.code: set(role.permissions) & RIGHTS for role in STANDARD_ROLES}
    for role in apps.get_model("crm", "Role").objects.all():
        given = set(role.permissions)
        wanted = given | standard.get(role.code, set())
        for action in ("view", "add", "change"):
            if f"customers.{action}_customer" in given:
                wanted |= {right for right in ARCHIVE if right.startswith(f"customers.{action}_")}
        if wanted != given:
            role.permissions = sorted(wanted)
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_archive"), ("crm", "0023_personal_data")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
