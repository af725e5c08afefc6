"""Which fields of customers are changed by request only."""

from typing import Any

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on


FIRST = ("name", "credit_code", "kind", "payment_terms_days", "credit_limit")


def protect(apps: Any, schema_editor: Any) -> None:
    """The fields that are protected from the start; administrators change them."""
    rows = apps.get_model("customers", "ProtectedField")
    rows.objects.bulk_create(rows(field=name) for name in FIRST)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0016_pool_rights"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtectedField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("field", models.CharField(max_length=60, unique=True, verbose_name="field")),
            ],
            options={
                "verbose_name": "protected field of customers",
                "verbose_name_plural": "protected fields of customers",
                "ordering": ["field"],
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.CreateModel(
            name="ProtectedFieldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("field", models.CharField(max_length=60, verbose_name="field")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="customer",
            options={
                "ordering": ["code"],
                "permissions": [
                    ("transfer_customer", "Can hand customers over to another owner"),
                    ("change_protected", "Can change protected fields of customers without approval"),
                ],
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="protectedfield",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "customers_protectedfieldevent" ("created_at", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."field", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="708d32fa2110d833330ef2b3ac7db029eda6aed0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bb101",
                    table="customers_protectedfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="protectedfield",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "customers_protectedfieldevent" ("created_at", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."field", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="65afe1775786db5681712ddf5041f56366b9b776",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fc46a",
                    table="customers_protectedfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="protectedfield",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "customers_protectedfieldevent" ("created_at", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."created_at", OLD."field", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="aa4cd2c7bf49cbb6eed910d43ab56b929414ce5c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ba3d9",
                    table="customers_protectedfield",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="protectedfieldevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="protectedfieldevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="customers.protectedfield",
            ),
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
        give_rights("customers.change_protected", *rights_on("customers.protectedfield")),
    ]
