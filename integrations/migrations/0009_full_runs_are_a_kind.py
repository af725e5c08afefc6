"""Runs that read everything say so by their kind."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("integrations", "0008_reconciliation_alarms_and_kinds_of_runs")]

    operations = [
        migrations.RunSQL(
            "UPDATE integrations_syncrun SET kind = 'full' WHERE \"full\"",
            "UPDATE integrations_syncrun SET \"full\" = (kind = 'full')",
        )
    ]
