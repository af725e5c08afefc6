"""Numbers of the ERP given by hand, what rejected rows name, the right to give numbers, and what is handed over besides."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from crm.organisation.granting import give_rights

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0007_token_events"),
        ("customers", "0005_certificate_wishes"),
        ("integrations", "0014_vanished_and_pace"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="NumberLink",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[("customer", "customer"), ("product", "product")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(max_length=80, verbose_name="number in the ERP")),
                    ],
                    options={
                        "verbose_name": "number in the ERP",
                        "verbose_name_plural": "numbers in the ERP",
                        "permissions": [("link_numbers", "Can say whose a number of the ERP is")],
                    },
                ),
                migrations.CreateModel(
                    name="NumberLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("customer", "customer"), ("product", "product")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(max_length=80, verbose_name="number in the ERP")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="outboxmessage",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="outboxmessage",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="salesarea",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="salesarea",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="outboxmessage",
                    name="passed_over",
                    field=models.CharField(blank=True, max_length=20, verbose_name="is not"),
                ),
                migrations.AddField(
                    model_name="outboxmessageevent",
                    name="passed_over",
                    field=models.CharField(blank=True, max_length=20, verbose_name="is not"),
                ),
                migrations.AddField(
                    model_name="rejectedrow",
                    name="tried_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.job",
                        verbose_name="tried by",
                    ),
                ),
                migrations.AddField(
                    model_name="salesarea",
                    name="text_type",
                    field=models.CharField(
                        blank=True,
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                            )
                        ],
                        verbose_name="text type of remarks",
                    ),
                ),
                migrations.AddField(
                    model_name="salesareaevent",
                    name="text_type",
                    field=models.CharField(
                        blank=True,
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                            )
                        ],
                        verbose_name="text type of remarks",
                    ),
                ),
                migrations.AlterField(
                    model_name="outboxmessage",
                    name="problem",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("off", "handing over is switched off"),
                            ("no_area", "no sales area"),
                            ("no_code", "no code for the terms"),
                            ("no_product", "product without ERP number"),
                            ("no_customer", "customer not in the ERP"),
                            ("no_freight", "no condition for freight"),
                            ("too_long", "reference too long"),
                            ("gone", "nothing to send any more"),
                            ("exists", "in the ERP already, by its tax number"),
                            ("erp_says", "refused by the ERP"),
                            ("unreachable", "ERP cannot be reached"),
                            ("unknown", "outcome not known"),
                            ("unexpected", "unexpected error"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                migrations.AlterField(
                    model_name="outboxmessageevent",
                    name="problem",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("off", "handing over is switched off"),
                            ("no_area", "no sales area"),
                            ("no_code", "no code for the terms"),
                            ("no_product", "product without ERP number"),
                            ("no_customer", "customer not in the ERP"),
                            ("no_freight", "no condition for freight"),
                            ("too_long", "reference too long"),
                            ("gone", "nothing to send any more"),
                            ("exists", "in the ERP already, by its tax number"),
                            ("erp_says", "refused by the ERP"),
                            ("unreachable", "ERP cannot be reached"),
                            ("unknown", "outcome not known"),
                            ("unexpected", "unexpected error"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboxmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_outboxmessageevent" ("created_at", "erp_number", "id", "kind", "object_id", "passed_over", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reference", "state", "state_since", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."erp_number", NEW."id", NEW."kind", NEW."object_id", NEW."passed_over", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem", NEW."reference", NEW."state", NEW."state_since", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="66d890ce74f985b2a170cc27ea9b7487750c0e78",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8eb00",
                            table="integrations_outboxmessage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboxmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."erp_number" IS DISTINCT FROM (NEW."erp_number") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."passed_over" IS DISTINCT FROM (NEW."passed_over") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "integrations_outboxmessageevent" ("created_at", "erp_number", "id", "kind", "object_id", "passed_over", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reference", "state", "state_since", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."erp_number", NEW."id", NEW."kind", NEW."object_id", NEW."passed_over", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem", NEW."reference", NEW."state", NEW."state_since", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="b865b2b3d079a58cdc057fdd87f7bed05bb34898",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73967",
                            table="integrations_outboxmessage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesarea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_salesareaevent" ("account_group", "business_unit_id", "company_code", "country", "created_at", "currency_id", "distribution_channel", "division", "freight_condition", "id", "order_type", "partner_grouping", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "price_condition", "reconciliation_account", "sales_organization", "tax_type", "text_type", "updated_at", "version") VALUES (NEW."account_group", NEW."business_unit_id", NEW."company_code", NEW."country", NEW."created_at", NEW."currency_id", NEW."distribution_channel", NEW."division", NEW."freight_condition", NEW."id", NEW."order_type", NEW."partner_grouping", NEW."payment_terms", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plant", NEW."price_condition", NEW."reconciliation_account", NEW."sales_organization", NEW."tax_type", NEW."text_type", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="37cb23ef75d9db4ec9cc571ce30463f3c3de7fb0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ecd02",
                            table="integrations_salesarea",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesarea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "integrations_salesareaevent" ("account_group", "business_unit_id", "company_code", "country", "created_at", "currency_id", "distribution_channel", "division", "freight_condition", "id", "order_type", "partner_grouping", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "price_condition", "reconciliation_account", "sales_organization", "tax_type", "text_type", "updated_at", "version") VALUES (NEW."account_group", NEW."business_unit_id", NEW."company_code", NEW."country", NEW."created_at", NEW."currency_id", NEW."distribution_channel", NEW."division", NEW."freight_condition", NEW."id", NEW."order_type", NEW."partner_grouping", NEW."payment_terms", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plant", NEW."price_condition", NEW."reconciliation_account", NEW."sales_organization", NEW."tax_type", NEW."text_type", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="2a55114e45f497ea1bbb0461349f8b7d1e68402b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eabe1",
                            table="integrations_salesarea",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        Together(
            operations=[
                migrations.AddField(
                    model_name="numberlink",
                    name="customer",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="customer",
                    ),
                ),
                migrations.AddField(
                    model_name="numberlink",
                    name="product",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.product",
                        verbose_name="product",
                    ),
                ),
                migrations.AddField(
                    model_name="numberlink",
                    name="registration",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customerregistration",
                        verbose_name="registration",
                    ),
                ),
                migrations.AddField(
                    model_name="numberlinkevent",
                    name="customer",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.customer",
                        verbose_name="customer",
                    ),
                ),
                migrations.AddField(
                    model_name="numberlinkevent",
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
                    model_name="numberlinkevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="integrations.numberlink",
                    ),
                ),
                migrations.AddField(
                    model_name="numberlinkevent",
                    name="product",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.product",
                        verbose_name="product",
                    ),
                ),
                migrations.AddField(
                    model_name="numberlinkevent",
                    name="registration",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.customerregistration",
                        verbose_name="registration",
                    ),
                ),
                migrations.AddField(
                    model_name="rejectedrow",
                    name="materials",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.RawSQL(
                            "jsonb_path_query_array(payload, '$.*[*].Material') || jsonb_path_query_array(payload, '$.Product')",
                            (),
                        ),
                        output_field=models.JSONField(),
                    ),
                ),
                migrations.AddField(
                    model_name="rejectedrow",
                    name="partner",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.RawSQL(
                            "regexp_replace(btrim(coalesce(nullif(payload ->> 'SoldToParty', ''), payload ->> 'Customer', '')), '^0+(?=[0-9]+$)', '')",
                            (),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="numberlink",
                    constraint=models.UniqueConstraint(fields=("kind", "number"), name="number_link_once"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="numberlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_numberlinkevent" ("created_at", "customer_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "registration_id", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."registration_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="89828e1c67a43619bb82d5078fd899fed915cb04",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b8b68",
                            table="integrations_numberlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="numberlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "integrations_numberlinkevent" ("created_at", "customer_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "registration_id", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."registration_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="73fdd197ac73932c895f674b24c7241a729e79ce",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_08fd4",
                            table="integrations_numberlink",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="rejectedrow",
                    index=models.Index(
                        condition=models.Q(("state", "open")), fields=["partner"], name="rejected_row_partner"
                    ),
                ),
                give_rights("integrations.link_numbers"),
            ]
        ),
    ]
