"""When the worker of a job was first found to be gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0025_erasure_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="lost_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(condition=models.Q(("state", "running")), fields=["id"], name="job_running"),
        ),
    ]
