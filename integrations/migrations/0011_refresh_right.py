"""The right to have a document read from the ERP at once."""

from django.db import migrations

from crm.organisation.granting import give_rights


class Migration(migrations.Migration):
    dependencies = [("crm", "0005_cost_rights"), ("integrations", "0010_drop_full_of_runs")]

    operations = [
        migrations.AlterModelOptions(
            name="syncrun",
            options={
                "ordering": ["-started_at", "-pk"],
                "permissions": [
                    ("run_sync", "Can start the sync"),
                    ("refresh_document", "Can have a document read from the ERP at once"),
                ],
                "verbose_name": "sync run",
                "verbose_name_plural": "sync runs",
            },
        ),
        give_rights("integrations.refresh_document"),
    ]
