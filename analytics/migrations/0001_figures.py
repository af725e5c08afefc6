"""Indicators' figures."""

import crm.base.migrating
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("analytics", "0001_initial"),
    ]

    dependencies = []

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("indicator", models.PositiveSmallIntegerField(verbose_name="indicator")),
                        ("month", models.DateField(help_text="First day of the month.", verbose_name="month")),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20, verbose_name="target")),
                    ],
                    options={
                        "verbose_name": "target",
                        "verbose_name_plural": "targets",
                        "ordering": ["indicator", "month", "business_unit", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="TargetEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("indicator", models.PositiveSmallIntegerField(verbose_name="indicator")),
                        ("month", models.DateField(help_text="First day of the month.", verbose_name="month")),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20, verbose_name="target")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Cell",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure", models.CharField(max_length=40)),
                        ("month", models.DateField()),
                        ("dimension", models.CharField(blank=True, max_length=40)),
                        (
                            "members",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        (
                            "sums",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=6, max_digits=24), size=None
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figures and dashboards",
                        "verbose_name_plural": "figures and dashboards",
                        "constraints": [
                            models.UniqueConstraint(fields=("measure", "dimension", "month"), name="cell_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Refresh",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fact", models.CharField(max_length=40)),
                        ("month", models.DateField()),
                        ("changed_at", models.DateTimeField(null=True)),
                        ("summed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "refresh of figures",
                        "constraints": [models.UniqueConstraint(fields=("fact", "month"), name="refresh_unique")],
                    },
                ),
            ],
        ),
    ]
