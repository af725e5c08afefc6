"""What improvement plans brought, by month."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0002_targets"),
        ("customers", "0003_asset_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="month")),
                (
                    "volume_kg",
                    models.DecimalField(decimal_places=3, default=0, max_digits=18, verbose_name="ordered volume"),
                ),
                (
                    "volume_more_kg",
                    models.DecimalField(
                        decimal_places=3, default=0, max_digits=18, verbose_name="volume above baseline"
                    ),
                ),
                (
                    "ordered",
                    models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="ordered amount"),
                ),
                (
                    "ordered_more",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=18, verbose_name="order amount above baseline"
                    ),
                ),
                (
                    "revenue",
                    models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="settled revenue"),
                ),
                (
                    "revenue_more",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=18, verbose_name="revenue above baseline"
                    ),
                ),
                (
                    "days_before",
                    models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name="days overdue before"),
                ),
                (
                    "days_after",
                    models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name="days overdue after"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.improvementplan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "effect of improvement plans",
                "verbose_name_plural": "effects of improvement plans",
                "ordering": ["-month", "-pk"],
                "indexes": [models.Index(fields=["month"], name="plan_month")],
                "constraints": [models.UniqueConstraint(fields=("plan", "month"), name="plan_month_once")],
            },
        ),
    ]
