"""What comparisons found, alarms, documents to be read, and what a run read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0007_outbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Alarm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("failed", "The sync fails"),
                                    ("late", "The sync is late"),
                                    ("rejected", "Rows are rejected"),
                                    ("different", "The ERP and we differ"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("entity_set", models.CharField(max_length=60, verbose_name="entity set")),
                        ("text", models.TextField(blank=True, verbose_name="message")),
                        ("raised_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                        ("mended_at", models.DateTimeField(null=True, verbose_name="mended")),
                    ],
                    options={
                        "verbose_name": "alarm of the sync",
                        "ordering": ["-raised_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Reconciliation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entity_set", models.CharField(max_length=60, verbose_name="entity set")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        ("first_on", models.DateField(null=True, verbose_name="from")),
                        ("last_on", models.DateField(null=True, verbose_name="to")),
                        ("compared", models.PositiveIntegerField(default=0, verbose_name="documents compared")),
                        ("differing", models.PositiveIntegerField(default=0, verbose_name="documents that differ")),
                        ("groups", models.JSONField(default=list, verbose_name="control sums")),
                    ],
                    options={
                        "verbose_name": "reconciliation",
                        "verbose_name_plural": "reconciliations",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Difference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=80, verbose_name="number")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("there", "in the ERP only"), ("here", "here only"), ("value", "differs")],
                                max_length=10,
                                verbose_name="difference",
                            ),
                        ),
                        ("day", models.DateField(null=True, verbose_name="date")),
                        ("org", models.CharField(blank=True, max_length=10, verbose_name="organisation")),
                        ("group", models.CharField(blank=True, max_length=10, verbose_name="currency or unit")),
                        (
                            "theirs",
                            models.DecimalField(decimal_places=3, max_digits=20, null=True, verbose_name="in the ERP"),
                        ),
                        ("ours", models.DecimalField(decimal_places=3, max_digits=20, null=True, verbose_name="here")),
                        (
                            "reconciliation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="differences",
                                to="integrations.reconciliation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "difference",
                        "verbose_name_plural": "differences",
                        "ordering": ["day", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="ReadRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entity_set", models.CharField(max_length=60, verbose_name="entity set")),
                        ("number", models.CharField(max_length=80, verbose_name="number")),
                        ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
                    ],
                    options={
                        "verbose_name": "document to be read",
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="rejectedrow",
                    name="rejected_row_open_once",
                ),
                migrations.AddField(
                    model_name="rejectedrow",
                    name="decided_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ignored by",
                    ),
                ),
                migrations.AddField(
                    model_name="rejectedrow",
                    name="note",
                    field=models.TextField(blank=True, db_default="", verbose_name="note"),
                ),
                migrations.AddField(
                    model_name="syncrun",
                    name="gone",
                    field=models.PositiveIntegerField(default=0, verbose_name="no longer there"),
                ),
                migrations.AddField(
                    model_name="syncrun",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("changes", "changes"),
                            ("full", "everything"),
                            ("open", "open documents"),
                            ("keys", "keys"),
                            ("period", "a period"),
                            ("asked", "single documents"),
                        ],
                        default="changes",
                        max_length=10,
                        verbose_name="read",
                    ),
                ),
                migrations.AlterField(
                    model_name="rejectedrow",
                    name="state",
                    field=models.CharField(
                        choices=[("open", "open"), ("resolved", "resolved"), ("ignored", "ignored")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
            ]
        ),
        Together(
            operations=[
                migrations.AddConstraint(
                    model_name="rejectedrow",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "resolved"), _negated=True),
                        fields=("entity_set", "external_id"),
                        name="rejected_row_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="alarm",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("mended_at__isnull", True)),
                        fields=("kind", "entity_set"),
                        name="alarm_open_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="readrequest",
                    constraint=models.UniqueConstraint(fields=("entity_set", "number"), name="read_request_once"),
                ),
                migrations.AddIndex(
                    model_name="reconciliation",
                    index=models.Index(fields=["entity_set", "-at"], name="reconciliation_entity_set"),
                ),
            ]
        ),
    ]
