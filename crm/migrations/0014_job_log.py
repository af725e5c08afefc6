# The log of background jobs

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0013_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("begun", "a worker began"),
                            ("note", "note"),
                            ("stop_asked", "asked to stop"),
                            ("cancelled", "stopped"),
                            ("failed", "failed"),
                            ("done", "done"),
                            ("retried", "started anew"),
                        ],
                        max_length=12,
                        verbose_name="what happened",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="log", to="crm.job"),
                ),
            ],
            options={
                "verbose_name": "line of a job's log",
                "verbose_name_plural": "log of a job",
                "ordering": ["pk"],
            },
        ),
    ]
