"""The months of a customer, side by side, as the figures are refreshed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0003_asset_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerCourse",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="course",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("until", models.DateField(verbose_name="last month")),
                (
                    "ordered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=3, max_digits=18), default=list, size=None
                    ),
                ),
                (
                    "shipped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=3, max_digits=18), default=list, size=None
                    ),
                ),
                (
                    "invoiced",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=3, max_digits=18), default=list, size=None
                    ),
                ),
                (
                    "received",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=3, max_digits=18), default=list, size=None
                    ),
                ),
                (
                    "volume_kg",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=3, max_digits=18), default=list, size=None
                    ),
                ),
                ("drop_told", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "months of a customer",
                "verbose_name_plural": "months of customers",
            },
        ),
    ]
