"""What the archive, recognition, grading, protection and share of wallet begin with."""

from typing import Any

from django.db import migrations

from crm.organisation.granting import give_rights, rights_on
from crm.organisation.standard_rights import ARCHIVE, MERGE, MERGE_ACROSS
from crm.records.choices import starting_lists, without_lists
from customers.choices import CERTIFICATE_KIND, DEMAND_SOURCE
from customers.domain.recognition_keys import fill_missing_keys

PROTECTED = ("name", "credit_code", "kind", "payment_terms_days", "credit_limit")
RIGHTS = (
    *ARCHIVE,
    *MERGE,
    *MERGE_ACROSS,
    *rights_on(
        "customers.gradeproposal",
        "customers.gradepolicy",
        "customers.graderun",
        "customers.gradingmodel",
        "customers.poolentry",
        "customers.handoverpack",
        "customers.customerpool",
        "customers.recyclerule",
        "customers.protectedfield",
        "customers.admission",
        "customers.admissionchecklist",
        "customers.customercertificatedemand",
        "customers.customerdemand",
        "customers.demandshare",
        "customers.improvementplan",
        "customers.improvementgoal",
        "customers.contributionrate",
    ),
    "customers.skip_registration",
    "customers.set_grade",
    "customers.claim_customer",
    "customers.release_customer",
    "customers.assign_pool",
    "customers.change_protected",
    "customers.revoke_admission",
    "customers.view_customercontribution",
)
# Who sees or changes customers does so with the parts that are new.
BESIDE = {
    f"customers.{action}_customer": [right for right in ARCHIVE if right.startswith(f"customers.{action}_")]
    for action in ("view", "add", "change")
}
BESIDE["customers.view_customer"] += ["customers.view_gradeproposal", "customers.view_gradepolicy"]


def recognise(apps: Any, schema_editor: Any) -> None:
    """What the customers there are will be recognised by."""
    fill_missing_keys(apps.get_model("customers", "Customer"), apps.get_model("customers", "CustomerKeys"))


def begin_grades(apps: Any, schema_editor: Any) -> None:
    """One row for each customer that has a grade, from the day grading begins."""
    schema_editor.execute(
        "INSERT INTO customers_customergrade (customer_id, grade, since, source, reason, set_at)"
        " SELECT id, grade, CURRENT_DATE, 'initial', '', now() FROM customers_customer WHERE grade <> ''"
    )


def protect(apps: Any, schema_editor: Any) -> None:
    """The fields that are changed by request only, until administrators choose others."""
    rows = apps.get_model("customers", "ProtectedField")
    rows.objects.bulk_create(rows(field=name) for name in PROTECTED)


class Migration(migrations.Migration):
    replaces = [
        ("customers", "0007_archive_rights"),
        ("customers", "0011_grading_start"),
        ("customers", "0016_pool_rights"),
        ("customers", "0032_merging_rights"),
    ]
    dependencies = [("customers", "0002_asset"), ("crm", "0004_costs")]

    operations = [
        migrations.RunPython(recognise, migrations.RunPython.noop),
        migrations.RunPython(begin_grades, migrations.RunPython.noop),
        migrations.RunPython(protect, migrations.RunPython.noop),
        migrations.RunPython(starting_lists(CERTIFICATE_KIND), without_lists(CERTIFICATE_KIND)),
        migrations.RunPython(starting_lists(DEMAND_SOURCE), without_lists(DEMAND_SOURCE)),
        give_rights(*RIGHTS, beside=BESIDE),
    ]
