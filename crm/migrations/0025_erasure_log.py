"""The log of erasures is read newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0024_costs"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="trailerasure",
            index=models.Index(fields=["-at", "-id"], name="trailerasure_newest"),
        ),
    ]
