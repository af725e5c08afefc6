"""What customers are recognised by, for those there are, and the log of lookups."""

from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from customers.domain.recognition_keys import fill_missing_keys


def fill(apps: Any, schema_editor: Any) -> None:
    """The customers there are; their foreign keys are checked at once, so that the indexes can be made after."""
    fill_missing_keys(apps.get_model("customers", "Customer"), apps.get_model("customers", "CustomerKeys"))
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0004_configuration"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerKeys",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="recognition",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("sound", models.TextField(default="")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
            ],
            options={
                "verbose_name": "recognition of a customer",
                "verbose_name_plural": "recognition of customers",
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="customerkeys",
            index=django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="customer_keys"),
        ),
        migrations.AddIndex(
            model_name="customerkeys",
            index=models.Index(fields=["sound"], name="customer_sound"),
        ),
        migrations.CreateModel(
            name="ExistenceLookup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                ("asked", models.JSONField(default=dict, verbose_name="asked for")),
                ("answer", models.JSONField(default=list, verbose_name="answer")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "lookup of a customer",
                "verbose_name_plural": "lookups of customers",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="existencelookup_newest"),
                    models.Index(fields=["actor", "-at"], name="existencelookup_person"),
                ],
            },
        ),
    ]
