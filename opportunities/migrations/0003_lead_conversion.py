"""Leads whose company is registered on the way to an opportunity."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
        ("customers", "0003_asset_rows"),
        ("leads", "0001_leads"),
        ("opportunities", "0002_gates"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="LeadConversion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="opportunity")),
                        ("expected_close_on", models.DateField(blank=True, null=True, verbose_name="expected close")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "lead",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conversion",
                                to="leads.lead",
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.customerregistration",
                                verbose_name="registration of a customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conversion of a lead",
                        "verbose_name_plural": "conversions of leads",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LeadConversionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="opportunity")),
                        ("expected_close_on", models.DateField(blank=True, null=True, verbose_name="expected close")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="leads.lead",
                                verbose_name="lead",
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
                                to="opportunities.leadconversion",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customerregistration",
                                verbose_name="registration of a customer",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leadconversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_leadconversionevent" ("asked_by_id", "expected_close_on", "id", "lead_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "registration_id") VALUES (NEW."asked_by_id", NEW."expected_close_on", NEW."id", NEW."lead_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."registration_id"); RETURN NULL;',
                            hash="abfbc67ce8b66bf6ab3a0be9196cc16c3d6b8761",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d6dea",
                            table="opportunities_leadconversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leadconversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_leadconversionevent" ("asked_by_id", "expected_close_on", "id", "lead_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "registration_id") VALUES (NEW."asked_by_id", NEW."expected_close_on", NEW."id", NEW."lead_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."registration_id"); RETURN NULL;',
                            hash="2605aa32c3ce9c2960cf5f5cae1f93730451c35b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f74fd",
                            table="opportunities_leadconversion",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
