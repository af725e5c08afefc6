"""Standard costs, and jobs that were lost."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("crm", "0024_costs"),
        ("crm", "0025_erasure_log"),
    ]
    dependencies = [
        ("crm", "0003_first_rows"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="standard cost")),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "currency",
                    models.ForeignKey(
                        default="CNY",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.currency",
                        verbose_name="currency",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="crm.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.unit",
                        verbose_name="per unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "standard cost",
                "verbose_name_plural": "standard costs",
                "ordering": ["-starts_on", "-pk"],
                "indexes": [models.Index(fields=["starts_on", "id"], name="cost_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("product", "starts_on"),
                        name="cost_once",
                        violation_error_message="The product has a cost from that day already: change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="cost_positive",
                        violation_error_message="The cost must be larger than zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="standard cost")),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "currency",
                    models.ForeignKey(
                        db_constraint=False,
                        default="CNY",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.currency",
                        verbose_name="currency",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="crm.cost",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.unit",
                        verbose_name="per unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="job",
            name="lost_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(condition=models.Q(("state", "running")), fields=["id"], name="job_running"),
        ),
        migrations.AddIndex(
            model_name="trailerasure",
            index=models.Index(fields=["-at", "-id"], name="trailerasure_newest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cost",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_costevent" ("amount", "created_at", "currency_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "starts_on", "unit_id", "updated_at", "version") VALUES (NEW."amount", NEW."created_at", NEW."currency_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."starts_on", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="47d3cb96678d3ccf39ef68903d50935e495745bf",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6cc3c",
                    table="crm_cost",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cost",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_costevent" ("amount", "created_at", "currency_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "starts_on", "unit_id", "updated_at", "version") VALUES (NEW."amount", NEW."created_at", NEW."currency_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."starts_on", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="3af5c7163d7958ab5a45060d0de785e058ec1762",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_941a8",
                    table="crm_cost",
                    when="AFTER",
                ),
            ),
        ),
    ]
