"""What was there before grading: the grades that customers have begin the group's history, and roles get the new rights."""

from django.db import migrations

from crm.organisation.standard_roles import STANDARD_ROLES

NEW = ("gradeproposal", "gradepolicy", "graderun", "gradingmodel")


def begin_history(apps, schema_editor):
    """One row for each customer that has a grade, from the day grading begins."""
    schema_editor.execute(
        "INSERT INTO customers_customergrade (customer_id, grade, since, source, reason, set_at)"
        " SELECT id, grade, CURRENT_DATE, 'initial', '', now() FROM customers_customer WHERE grade <> ''"
    )


def allow(apps, schema_editor):
    """Who sees customers sees what is proposed for them; the standard roles get the rest of theirs."""
    standard = {role.code: role.permissions for role in STANDARD_ROLES}
    for role in apps.get_model("crm", "Role").objects.all():
        mine = standard.get(role.code, [])
        wanted = {name for name in mine if name.endswith(NEW) or name == "customers.set_grade"}
        if "customers.view_customer" in role.permissions:
            wanted |= {"customers.view_gradeproposal", "customers.view_gradepolicy"}
        if wanted - set(role.permissions):
            role.permissions = sorted({*role.permissions, *wanted})
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0010_grading")]

    operations = [
        migrations.RunPython(begin_history, migrations.RunPython.noop),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
