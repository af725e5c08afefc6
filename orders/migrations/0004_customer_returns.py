"""Returns and credit memo requests; the delivery that a line of an invoice bills."""

import crm.base.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.organisation.granting import give_rights


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
        ("crm", "__first__"),
        ("customers", "0005_certificate_wishes"),
        ("orders", "0003_opportunity_order"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="CustomerReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="number")),
                        ("company_code", models.CharField(blank=True, max_length=10, verbose_name="company code")),
                        ("source_changed_at", models.DateTimeField(null=True, verbose_name="changed in the ERP")),
                        ("read_at", models.DateTimeField(verbose_name="read from the ERP")),
                        ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted in the ERP")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("return", "return of goods"), ("credit", "credit memo request")],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=10, verbose_name="reason")),
                        (
                            "customer_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="customer's reference"),
                        ),
                        ("requested_on", models.DateField(verbose_name="date")),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="goes back to")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("in_work", "in work"),
                                    ("completed", "completed"),
                                    ("rejected", "rejected"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="net amount in base currency"
                            ),
                        ),
                        (
                            "business_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "return",
                        "verbose_name_plural": "returns and credit requests",
                        "ordering": ["-requested_on", "-id"],
                        "indexes": [
                            models.Index(fields=["owner"], name="customer_return_owner"),
                            models.Index(fields=["team"], name="customer_return_team"),
                            models.Index(fields=["customer", "requested_on"], name="customer_return_customer"),
                            models.Index(
                                fields=["requested_on", "id"],
                                include=("owner", "business_unit"),
                                name="customer_return_date",
                            ),
                            models.Index(
                                fields=["net_base", "id"],
                                include=("owner", "business_unit"),
                                name="customer_return_net",
                            ),
                            models.Index(
                                fields=["number"], name="customer_return_begins", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(fields=["reference"], name="customer_return_reference"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("number",), name="customer_return_number_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerReturnEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.CharField(max_length=40, verbose_name="number")),
                        ("company_code", models.CharField(blank=True, max_length=10, verbose_name="company code")),
                        ("source_changed_at", models.DateTimeField(null=True, verbose_name="changed in the ERP")),
                        ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted in the ERP")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("return", "return of goods"), ("credit", "credit memo request")],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=10, verbose_name="reason")),
                        (
                            "customer_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="customer's reference"),
                        ),
                        ("requested_on", models.DateField(verbose_name="date")),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="goes back to")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("in_work", "in work"),
                                    ("completed", "completed"),
                                    ("rejected", "rejected"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="net amount in base currency"
                            ),
                        ),
                        (
                            "business_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
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
                                to="orders.customerreturn",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerReturnLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.PositiveIntegerField(verbose_name="item")),
                        ("text", models.CharField(blank=True, max_length=200, verbose_name="text")),
                        (
                            "quantity",
                            models.DecimalField(decimal_places=3, default=0, max_digits=18, verbose_name="quantity"),
                        ),
                        ("unit", models.CharField(max_length=10, verbose_name="unit")),
                        (
                            "quantity_base",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=18, verbose_name="quantity in base unit"
                            ),
                        ),
                        ("requested_on", models.DateField(verbose_name="date")),
                        ("reference_number", models.CharField(blank=True, max_length=40, verbose_name="goes back to")),
                        ("reference_item", models.PositiveIntegerField(null=True, verbose_name="item there")),
                        ("rejected", models.BooleanField(default=False, verbose_name="rejected")),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="net amount in base currency"
                            ),
                        ),
                        (
                            "business_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "customer_return",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="orders.customerreturn",
                                verbose_name="return",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a return",
                        "verbose_name_plural": "lines of returns",
                        "ordering": ["customer_return", "item"],
                        "indexes": [
                            models.Index(
                                fields=["reference_number", "reference_item"], name="customer_return_line_reference"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer_return", "item"), name="customer_return_line_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerReturnLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("item", models.PositiveIntegerField(verbose_name="item")),
                        ("text", models.CharField(blank=True, max_length=200, verbose_name="text")),
                        (
                            "quantity",
                            models.DecimalField(decimal_places=3, default=0, max_digits=18, verbose_name="quantity"),
                        ),
                        ("unit", models.CharField(max_length=10, verbose_name="unit")),
                        (
                            "quantity_base",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=18, verbose_name="quantity in base unit"
                            ),
                        ),
                        ("requested_on", models.DateField(verbose_name="date")),
                        ("reference_number", models.CharField(blank=True, max_length=40, verbose_name="goes back to")),
                        ("reference_item", models.PositiveIntegerField(null=True, verbose_name="item there")),
                        ("rejected", models.BooleanField(default=False, verbose_name="rejected")),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="net amount in base currency"
                            ),
                        ),
                        (
                            "business_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "customer_return",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="orders.customerreturn",
                                verbose_name="return",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
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
                                to="orders.customerreturnline",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
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
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerreturn",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."customer_reference" IS DISTINCT FROM (NEW."customer_reference") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_customerreturnevent" ("business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (NEW."business_unit_id", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."gone_at", NEW."id", NEW."kind", NEW."net", NEW."net_base", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reference", NEW."region_id", NEW."requested_on", NEW."source_changed_at", NEW."status", NEW."team_id"); RETURN NULL;',
                            hash="db35d4ff1e771a0bbb11ba28683297f608d1516b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_71fcc",
                            table="orders_customerreturn",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerreturn",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_customerreturnevent" ("business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (OLD."business_unit_id", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."customer_reference", OLD."gone_at", OLD."id", OLD."kind", OLD."net", OLD."net_base", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reference", OLD."region_id", OLD."requested_on", OLD."source_changed_at", OLD."status", OLD."team_id"); RETURN NULL;',
                            hash="42a28be0f76020da823aa3328ed36af62e4d3b23",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9a9db",
                            table="orders_customerreturn",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerreturnline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "orders_customerreturnlineevent" ("business_unit_id", "customer_id", "customer_return_id", "id", "item", "net", "net_base", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "reference_item", "reference_number", "region_id", "rejected", "requested_on", "team_id", "text", "unit") VALUES (NEW."business_unit_id", NEW."customer_id", NEW."customer_return_id", NEW."id", NEW."item", NEW."net", NEW."net_base", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."quantity", NEW."quantity_base", NEW."reference_item", NEW."reference_number", NEW."region_id", NEW."rejected", NEW."requested_on", NEW."team_id", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="3de7088b3aa1f0e19ef96d7fc2c33dc3997c5c25",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bc086",
                            table="orders_customerreturnline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerreturnline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_customerreturnlineevent" ("business_unit_id", "customer_id", "customer_return_id", "id", "item", "net", "net_base", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "reference_item", "reference_number", "region_id", "rejected", "requested_on", "team_id", "text", "unit") VALUES (OLD."business_unit_id", OLD."customer_id", OLD."customer_return_id", OLD."id", OLD."item", OLD."net", OLD."net_base", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."product_line_id", OLD."quantity", OLD."quantity_base", OLD."reference_item", OLD."reference_number", OLD."region_id", OLD."rejected", OLD."requested_on", OLD."team_id", OLD."text", OLD."unit"); RETURN NULL;',
                            hash="da901223443979da788e7b63735c0a1dc3ec36e4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_99aea",
                            table="orders_customerreturnline",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="invoiceline",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="invoiceline",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="invoiceline",
                    name="delivery_item",
                    field=models.PositiveIntegerField(null=True, verbose_name="shipment item"),
                ),
                migrations.AddField(
                    model_name="invoiceline",
                    name="delivery_number",
                    field=models.CharField(blank=True, db_default="", max_length=40, verbose_name="shipment"),
                ),
                migrations.AddField(
                    model_name="invoicelineevent",
                    name="delivery_item",
                    field=models.PositiveIntegerField(null=True, verbose_name="shipment item"),
                ),
                migrations.AddField(
                    model_name="invoicelineevent",
                    name="delivery_number",
                    field=models.CharField(blank=True, db_default="", max_length=40, verbose_name="shipment"),
                ),
                migrations.AddIndex(
                    model_name="invoiceline",
                    index=models.Index(
                        condition=models.Q(("delivery_number", ""), _negated=True),
                        fields=["delivery_number"],
                        name="invoice_line_delivery",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoiceline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "orders_invoicelineevent" ("business_unit_id", "customer_id", "delivery_item", "delivery_number", "gross", "id", "invoice_id", "invoiced_on", "item", "net", "net_base", "order_item", "order_number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "region_id", "team_id", "text", "unit") VALUES (NEW."business_unit_id", NEW."customer_id", NEW."delivery_item", NEW."delivery_number", NEW."gross", NEW."id", NEW."invoice_id", NEW."invoiced_on", NEW."item", NEW."net", NEW."net_base", NEW."order_item", NEW."order_number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."quantity", NEW."quantity_base", NEW."region_id", NEW."team_id", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="7a8d5f9d207bc6a21cf79f00fb5b0454797d67f1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a7a82",
                            table="orders_invoiceline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoiceline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_invoicelineevent" ("business_unit_id", "customer_id", "delivery_item", "delivery_number", "gross", "id", "invoice_id", "invoiced_on", "item", "net", "net_base", "order_item", "order_number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "region_id", "team_id", "text", "unit") VALUES (OLD."business_unit_id", OLD."customer_id", OLD."delivery_item", OLD."delivery_number", OLD."gross", OLD."id", OLD."invoice_id", OLD."invoiced_on", OLD."item", OLD."net", OLD."net_base", OLD."order_item", OLD."order_number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."product_line_id", OLD."quantity", OLD."quantity_base", OLD."region_id", OLD."team_id", OLD."text", OLD."unit"); RETURN NULL;',
                            hash="996f0f5272829d7da38e3a7bebe69d8bf90fc672",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f690b",
                            table="orders_invoiceline",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        give_rights("orders.view_customerreturn"),
    ]
