"""Contracts, orders, shipments, invoices and receivables."""

import crm.base.migrating
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("orders", "0001_initial"),
        ("orders", "0002_trail"),
    ]

    dependencies = [
        ("crm", "0003_first_rows"),
        ("customers", "0001_archive"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Invoice",
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
                                choices=[
                                    ("invoice", "invoice"),
                                    ("credit_memo", "credit memo"),
                                    ("debit_memo", "debit memo"),
                                    ("cancellation", "cancellation"),
                                    ("pro_forma", "pro forma"),
                                ],
                                default="invoice",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("invoiced_on", models.DateField(verbose_name="invoice date")),
                        ("due_on", models.DateField(null=True, verbose_name="due on")),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        ("tax", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="tax")),
                        ("gross", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="gross amount")),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="net amount in base currency"
                            ),
                        ),
                        ("cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                        ("cancels_number", models.CharField(blank=True, max_length=40, verbose_name="cancels invoice")),
                        (
                            "accounting_document",
                            models.CharField(blank=True, max_length=40, verbose_name="accounting document"),
                        ),
                        ("fiscal_year", models.CharField(blank=True, max_length=4, verbose_name="fiscal year")),
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
                        "verbose_name": "invoice",
                        "verbose_name_plural": "invoices",
                        "ordering": ["-invoiced_on", "-id"],
                        "indexes": [
                            models.Index(fields=["customer", "invoiced_on"], name="invoice_customer"),
                            models.Index(
                                fields=["invoiced_on", "id"], include=("owner", "business_unit"), name="invoice_date"
                            ),
                            models.Index(
                                fields=["number"], name="invoice_number_begins", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(fields=["owner", "invoiced_on"], name="invoice_owner"),
                            models.Index(fields=["team", "invoiced_on"], name="invoice_team"),
                            models.Index(fields=["business_unit", "invoiced_on"], name="invoice_unit"),
                            models.Index(
                                fields=["accounting_document", "fiscal_year", "company_code"], name="invoice_accounting"
                            ),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("number",), name="invoice_number_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="SalesOrder",
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
                        ("kind", models.CharField(blank=True, max_length=10, verbose_name="order type")),
                        (
                            "customer_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="customer's reference"),
                        ),
                        ("ordered_on", models.DateField(verbose_name="order date")),
                        ("requested_on", models.DateField(null=True, verbose_name="requested delivery")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("on_hold", "on hold"),
                                    ("part_delivered", "partly delivered"),
                                    ("delivered", "delivered"),
                                    ("completed", "completed"),
                                    ("cancelled", "cancelled"),
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
                        "verbose_name": "sales order",
                        "verbose_name_plural": "sales orders",
                        "ordering": ["-ordered_on", "-id"],
                        "indexes": [
                            models.Index(fields=["customer", "ordered_on"], name="sales_order_customer"),
                            models.Index(
                                fields=["ordered_on", "id"], include=("owner", "business_unit"), name="sales_order_date"
                            ),
                            models.Index(
                                fields=["net_base", "id"], include=("owner", "business_unit"), name="sales_order_net"
                            ),
                            models.Index(
                                fields=["number"], name="sales_order_number_begins", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Upper("customer_reference"), name="text_pattern_ops"
                                ),
                                name="sales_order_reference_begins",
                            ),
                            models.Index(fields=["owner", "ordered_on"], name="sales_order_owner"),
                            models.Index(fields=["team", "ordered_on"], name="sales_order_team"),
                            models.Index(fields=["business_unit", "ordered_on"], name="sales_order_unit"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("number",), name="sales_order_number_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="Shipment",
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
                        ("planned_on", models.DateField(null=True, verbose_name="planned goods issue")),
                        ("delivery_on", models.DateField(null=True, verbose_name="delivery date")),
                        ("shipped_on", models.DateField(null=True, verbose_name="shipped on")),
                        ("received_on", models.DateField(null=True, verbose_name="receipt confirmed on")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("picked", "picked"),
                                    ("shipped", "shipped"),
                                    ("received", "received"),
                                ],
                                default="planned",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "carrier_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="bill of lading"),
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
                        "verbose_name": "shipment",
                        "verbose_name_plural": "shipments",
                        "ordering": ["-planned_on", "-id"],
                        "indexes": [
                            models.Index(fields=["customer", "planned_on"], name="shipment_customer"),
                            models.Index(
                                fields=["planned_on", "id"], include=("owner", "business_unit"), name="shipment_planned"
                            ),
                            models.Index(
                                fields=["number"], name="shipment_number_begins", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(fields=["owner", "planned_on"], name="shipment_owner"),
                            models.Index(fields=["team", "planned_on"], name="shipment_team"),
                            models.Index(fields=["business_unit", "planned_on"], name="shipment_unit"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("number",), name="shipment_number_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceEvent",
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
                                choices=[
                                    ("invoice", "invoice"),
                                    ("credit_memo", "credit memo"),
                                    ("debit_memo", "debit memo"),
                                    ("cancellation", "cancellation"),
                                    ("pro_forma", "pro forma"),
                                ],
                                default="invoice",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("invoiced_on", models.DateField(verbose_name="invoice date")),
                        ("due_on", models.DateField(null=True, verbose_name="due on")),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        ("tax", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="tax")),
                        ("gross", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="gross amount")),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="net amount in base currency"
                            ),
                        ),
                        ("cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                        ("cancels_number", models.CharField(blank=True, max_length=40, verbose_name="cancels invoice")),
                        (
                            "accounting_document",
                            models.CharField(blank=True, max_length=40, verbose_name="accounting document"),
                        ),
                        ("fiscal_year", models.CharField(blank=True, max_length=4, verbose_name="fiscal year")),
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
                                to="orders.invoice",
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
                    name="InvoiceLine",
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
                        ("invoiced_on", models.DateField(verbose_name="invoice date")),
                        ("order_number", models.CharField(blank=True, max_length=40, verbose_name="order")),
                        ("order_item", models.PositiveIntegerField(null=True, verbose_name="order item")),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        ("gross", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="gross amount")),
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
                            "invoice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="orders.invoice",
                                verbose_name="invoice",
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
                        "verbose_name": "invoice line",
                        "verbose_name_plural": "invoice lines",
                        "ordering": ["invoice", "item"],
                        "indexes": [
                            models.Index(fields=["owner"], name="invoice_line_owner"),
                            models.Index(fields=["team"], name="invoice_line_team"),
                            models.Index(fields=["invoiced_on", "id"], name="invoice_line_date"),
                            models.Index(fields=["customer", "invoiced_on"], name="invoice_line_customer"),
                            models.Index(fields=["order_number", "order_item"], name="invoice_line_order"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("invoice", "item"), name="invoice_line_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receivable",
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
                                choices=[
                                    ("invoice", "invoice"),
                                    ("credit_memo", "credit memo"),
                                    ("payment", "payment"),
                                    ("down_payment", "down payment"),
                                    ("other", "other"),
                                ],
                                default="invoice",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("invoice_number", models.CharField(blank=True, max_length=40, verbose_name="invoice")),
                        (
                            "invoice_reference",
                            models.CharField(blank=True, db_default="", max_length=40, verbose_name="settles"),
                        ),
                        ("posted_on", models.DateField(verbose_name="posted on")),
                        ("due_on", models.DateField(null=True, verbose_name="due on")),
                        ("cleared_on", models.DateField(null=True, verbose_name="cleared on")),
                        (
                            "clearing_document",
                            models.CharField(blank=True, max_length=40, verbose_name="clearing document"),
                        ),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="amount")),
                        (
                            "amount_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="amount in base currency"
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
                            "invoice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="receivables",
                                to="orders.invoice",
                                verbose_name="invoice",
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
                        "verbose_name": "receivable",
                        "verbose_name_plural": "receivables",
                        "ordering": ["due_on", "id"],
                        "indexes": [
                            models.Index(fields=["customer", "due_on"], name="receivable_customer"),
                            models.Index(
                                fields=["due_on", "id"], include=("owner", "business_unit"), name="receivable_due"
                            ),
                            models.Index(
                                fields=["posted_on", "id"], include=("owner", "business_unit"), name="receivable_posted"
                            ),
                            models.Index(
                                fields=["amount_base", "id"],
                                include=("owner", "business_unit"),
                                name="receivable_amount",
                            ),
                            models.Index(
                                fields=["number"], name="receivable_number_begins", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(
                                fields=["invoice_number"],
                                name="receivable_invoice_begins",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(
                                condition=models.Q(("invoice_reference", ""), _negated=True),
                                fields=["invoice_reference"],
                                name="receivable_reference",
                            ),
                            models.Index(
                                condition=models.Q(("cleared_on__isnull", True)),
                                fields=["due_on", "id"],
                                name="receivable_open",
                            ),
                            models.Index(fields=["owner"], name="receivable_owner"),
                            models.Index(fields=["team"], name="receivable_team"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("number",), name="receivable_number_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="SalesOrderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.CharField(max_length=40, verbose_name="number")),
                        ("company_code", models.CharField(blank=True, max_length=10, verbose_name="company code")),
                        ("source_changed_at", models.DateTimeField(null=True, verbose_name="changed in the ERP")),
                        ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted in the ERP")),
                        ("kind", models.CharField(blank=True, max_length=10, verbose_name="order type")),
                        (
                            "customer_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="customer's reference"),
                        ),
                        ("ordered_on", models.DateField(verbose_name="order date")),
                        ("requested_on", models.DateField(null=True, verbose_name="requested delivery")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("on_hold", "on hold"),
                                    ("part_delivered", "partly delivered"),
                                    ("delivered", "delivered"),
                                    ("completed", "completed"),
                                    ("cancelled", "cancelled"),
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
                                to="orders.salesorder",
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
                    name="SalesOrderLine",
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
                        ("ordered_on", models.DateField(verbose_name="order date")),
                        ("promised_on", models.DateField(null=True, verbose_name="promised for")),
                        ("shipped_on", models.DateField(null=True, verbose_name="shipped in full on")),
                        (
                            "shipped_base",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=18, verbose_name="shipped, base unit"
                            ),
                        ),
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
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="orders.salesorder",
                                verbose_name="order",
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
                        "verbose_name": "order line",
                        "verbose_name_plural": "order lines",
                        "ordering": ["order", "item"],
                        "indexes": [
                            models.Index(fields=["ordered_on", "id"], name="order_line_date"),
                            models.Index(fields=["promised_on", "id"], name="order_line_promised"),
                            models.Index(
                                condition=models.Q(("rejected", False), ("shipped_on__isnull", True)),
                                fields=["promised_on", "id"],
                                name="order_line_waiting",
                            ),
                            models.Index(fields=["customer", "ordered_on"], name="order_line_customer"),
                            models.Index(fields=["owner"], name="order_line_owner"),
                            models.Index(fields=["team"], name="order_line_team"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("order", "item"), name="order_line_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="ShipmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.CharField(max_length=40, verbose_name="number")),
                        ("company_code", models.CharField(blank=True, max_length=10, verbose_name="company code")),
                        ("source_changed_at", models.DateTimeField(null=True, verbose_name="changed in the ERP")),
                        ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted in the ERP")),
                        ("planned_on", models.DateField(null=True, verbose_name="planned goods issue")),
                        ("delivery_on", models.DateField(null=True, verbose_name="delivery date")),
                        ("shipped_on", models.DateField(null=True, verbose_name="shipped on")),
                        ("received_on", models.DateField(null=True, verbose_name="receipt confirmed on")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("picked", "picked"),
                                    ("shipped", "shipped"),
                                    ("received", "received"),
                                ],
                                default="planned",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "carrier_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="bill of lading"),
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
                                to="orders.shipment",
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
                    name="InvoiceLineEvent",
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
                        ("invoiced_on", models.DateField(verbose_name="invoice date")),
                        ("order_number", models.CharField(blank=True, max_length=40, verbose_name="order")),
                        ("order_item", models.PositiveIntegerField(null=True, verbose_name="order item")),
                        ("net", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="net amount")),
                        ("gross", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="gross amount")),
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
                            "invoice",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="orders.invoice",
                                verbose_name="invoice",
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
                                to="orders.invoiceline",
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
                migrations.CreateModel(
                    name="ReceivableEvent",
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
                                choices=[
                                    ("invoice", "invoice"),
                                    ("credit_memo", "credit memo"),
                                    ("payment", "payment"),
                                    ("down_payment", "down payment"),
                                    ("other", "other"),
                                ],
                                default="invoice",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("invoice_number", models.CharField(blank=True, max_length=40, verbose_name="invoice")),
                        (
                            "invoice_reference",
                            models.CharField(blank=True, db_default="", max_length=40, verbose_name="settles"),
                        ),
                        ("posted_on", models.DateField(verbose_name="posted on")),
                        ("due_on", models.DateField(null=True, verbose_name="due on")),
                        ("cleared_on", models.DateField(null=True, verbose_name="cleared on")),
                        (
                            "clearing_document",
                            models.CharField(blank=True, max_length=40, verbose_name="clearing document"),
                        ),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="amount")),
                        (
                            "amount_base",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, verbose_name="amount in base currency"
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
                                to="orders.receivable",
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
                    name="SalesOrderLineEvent",
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
                        ("ordered_on", models.DateField(verbose_name="order date")),
                        ("promised_on", models.DateField(null=True, verbose_name="promised for")),
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
                            "order",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="orders.salesorder",
                                verbose_name="order",
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
                                to="orders.salesorderline",
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
                migrations.CreateModel(
                    name="Settlement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("settled_on", models.DateField(verbose_name="settled on")),
                        (
                            "amount_base",
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
                            "invoice_line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="settlement",
                                to="orders.invoiceline",
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
                                db_index=False,
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
                        "verbose_name": "settlement",
                        "verbose_name_plural": "settlements",
                        "ordering": ["-settled_on", "-id"],
                        "indexes": [
                            models.Index(fields=["settled_on", "id"], name="settlement_date"),
                            models.Index(fields=["customer", "settled_on"], name="settlement_customer"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShipmentLine",
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
                        ("order_number", models.CharField(blank=True, max_length=40, verbose_name="order")),
                        ("order_item", models.PositiveIntegerField(null=True, verbose_name="order item")),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch")),
                        ("shipped_on", models.DateField(null=True, verbose_name="shipped on")),
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
                            "order_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="shipment_lines",
                                to="orders.salesorderline",
                                verbose_name="order line",
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
                            "shipment",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="orders.shipment",
                                verbose_name="shipment",
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
                        "verbose_name": "shipment line",
                        "verbose_name_plural": "shipment lines",
                        "ordering": ["shipment", "item"],
                        "indexes": [
                            models.Index(fields=["customer"], name="shipment_line_customer"),
                            models.Index(fields=["owner"], name="shipment_line_owner"),
                            models.Index(fields=["team"], name="shipment_line_team"),
                            models.Index(fields=["order_number", "order_item"], name="shipment_line_order"),
                            models.Index(fields=["shipped_on"], name="shipment_line_shipped"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("shipment", "item"), name="shipment_line_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShipmentLineEvent",
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
                        ("order_number", models.CharField(blank=True, max_length=40, verbose_name="order")),
                        ("order_item", models.PositiveIntegerField(null=True, verbose_name="order item")),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch")),
                        ("shipped_on", models.DateField(null=True, verbose_name="shipped on")),
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
                                to="orders.shipmentline",
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
                            "shipment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="orders.shipment",
                                verbose_name="shipment",
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
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."accounting_document" IS DISTINCT FROM (NEW."accounting_document") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."cancelled" IS DISTINCT FROM (NEW."cancelled") OR OLD."cancels_number" IS DISTINCT FROM (NEW."cancels_number") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."fiscal_year" IS DISTINCT FROM (NEW."fiscal_year") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."gross" IS DISTINCT FROM (NEW."gross") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoiced_on" IS DISTINCT FROM (NEW."invoiced_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."tax" IS DISTINCT FROM (NEW."tax") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_invoiceevent" ("accounting_document", "business_unit_id", "cancelled", "cancels_number", "company_code", "currency_id", "customer_id", "due_on", "fiscal_year", "gone_at", "gross", "id", "invoiced_on", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "source_changed_at", "tax", "team_id") VALUES (NEW."accounting_document", NEW."business_unit_id", NEW."cancelled", NEW."cancels_number", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."due_on", NEW."fiscal_year", NEW."gone_at", NEW."gross", NEW."id", NEW."invoiced_on", NEW."kind", NEW."net", NEW."net_base", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."source_changed_at", NEW."tax", NEW."team_id"); RETURN NULL;',
                            hash="83ba3d13b4d887fad33d70025568480d265357d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f0dc4",
                            table="orders_invoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_invoiceevent" ("accounting_document", "business_unit_id", "cancelled", "cancels_number", "company_code", "currency_id", "customer_id", "due_on", "fiscal_year", "gone_at", "gross", "id", "invoiced_on", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "source_changed_at", "tax", "team_id") VALUES (OLD."accounting_document", OLD."business_unit_id", OLD."cancelled", OLD."cancels_number", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."due_on", OLD."fiscal_year", OLD."gone_at", OLD."gross", OLD."id", OLD."invoiced_on", OLD."kind", OLD."net", OLD."net_base", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."source_changed_at", OLD."tax", OLD."team_id"); RETURN NULL;',
                            hash="073f482eb4cf642c42af65dbb9d58cdcb9a1b930",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0ebbd",
                            table="orders_invoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoiceline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "orders_invoicelineevent" ("business_unit_id", "customer_id", "gross", "id", "invoice_id", "invoiced_on", "item", "net", "net_base", "order_item", "order_number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "region_id", "team_id", "text", "unit") VALUES (NEW."business_unit_id", NEW."customer_id", NEW."gross", NEW."id", NEW."invoice_id", NEW."invoiced_on", NEW."item", NEW."net", NEW."net_base", NEW."order_item", NEW."order_number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."quantity", NEW."quantity_base", NEW."region_id", NEW."team_id", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="dc4a77ee6ce6ee630dd1ba10e8db6ba8c3639a55",
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
                            func='INSERT INTO "orders_invoicelineevent" ("business_unit_id", "customer_id", "gross", "id", "invoice_id", "invoiced_on", "item", "net", "net_base", "order_item", "order_number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "region_id", "team_id", "text", "unit") VALUES (OLD."business_unit_id", OLD."customer_id", OLD."gross", OLD."id", OLD."invoice_id", OLD."invoiced_on", OLD."item", OLD."net", OLD."net_base", OLD."order_item", OLD."order_number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."product_line_id", OLD."quantity", OLD."quantity_base", OLD."region_id", OLD."team_id", OLD."text", OLD."unit"); RETURN NULL;',
                            hash="1264b6696f4a4f8dc1f35135c9c7bfe193c0748e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f690b",
                            table="orders_invoiceline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receivable",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."amount_base" IS DISTINCT FROM (NEW."amount_base") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."cleared_on" IS DISTINCT FROM (NEW."cleared_on") OR OLD."clearing_document" IS DISTINCT FROM (NEW."clearing_document") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoice_number" IS DISTINCT FROM (NEW."invoice_number") OR OLD."invoice_reference" IS DISTINCT FROM (NEW."invoice_reference") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."posted_on" IS DISTINCT FROM (NEW."posted_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_receivableevent" ("amount", "amount_base", "business_unit_id", "cleared_on", "clearing_document", "company_code", "currency_id", "customer_id", "due_on", "gone_at", "id", "invoice_number", "invoice_reference", "kind", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "region_id", "source_changed_at", "team_id") VALUES (NEW."amount", NEW."amount_base", NEW."business_unit_id", NEW."cleared_on", NEW."clearing_document", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."due_on", NEW."gone_at", NEW."id", NEW."invoice_number", NEW."invoice_reference", NEW."kind", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."posted_on", NEW."region_id", NEW."source_changed_at", NEW."team_id"); RETURN NULL;',
                            hash="add55567bf1523507b80d57307f26440e782636e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_afd14",
                            table="orders_receivable",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receivable",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_receivableevent" ("amount", "amount_base", "business_unit_id", "cleared_on", "clearing_document", "company_code", "currency_id", "customer_id", "due_on", "gone_at", "id", "invoice_number", "invoice_reference", "kind", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "region_id", "source_changed_at", "team_id") VALUES (OLD."amount", OLD."amount_base", OLD."business_unit_id", OLD."cleared_on", OLD."clearing_document", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."due_on", OLD."gone_at", OLD."id", OLD."invoice_number", OLD."invoice_reference", OLD."kind", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."posted_on", OLD."region_id", OLD."source_changed_at", OLD."team_id"); RETURN NULL;',
                            hash="ed92c71cb1e4fc95ab87cb7bb50ff9f39c62f0bf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e6d7d",
                            table="orders_receivable",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."customer_reference" IS DISTINCT FROM (NEW."customer_reference") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."ordered_on" IS DISTINCT FROM (NEW."ordered_on") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_salesorderevent" ("business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "ordered_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (NEW."business_unit_id", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."gone_at", NEW."id", NEW."kind", NEW."net", NEW."net_base", NEW."number", NEW."ordered_on", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."requested_on", NEW."source_changed_at", NEW."status", NEW."team_id"); RETURN NULL;',
                            hash="e4031fd30a4d5a3d577665e8f47d38cd8c4ec9d2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_132c3",
                            table="orders_salesorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_salesorderevent" ("business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "ordered_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (OLD."business_unit_id", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."customer_reference", OLD."gone_at", OLD."id", OLD."kind", OLD."net", OLD."net_base", OLD."number", OLD."ordered_on", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."requested_on", OLD."source_changed_at", OLD."status", OLD."team_id"); RETURN NULL;',
                            hash="e21e5399bf29e529948fcceda4fe91dbb697c384",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_40329",
                            table="orders_salesorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesorderline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item" IS DISTINCT FROM (NEW."item") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."ordered_on" IS DISTINCT FROM (NEW."ordered_on") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."promised_on" IS DISTINCT FROM (NEW."promised_on") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."quantity_base" IS DISTINCT FROM (NEW."quantity_base") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."rejected" IS DISTINCT FROM (NEW."rejected") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."unit" IS DISTINCT FROM (NEW."unit"))',
                            func='INSERT INTO "orders_salesorderlineevent" ("business_unit_id", "customer_id", "id", "item", "net", "net_base", "order_id", "ordered_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "promised_on", "quantity", "quantity_base", "region_id", "rejected", "team_id", "text", "unit") VALUES (NEW."business_unit_id", NEW."customer_id", NEW."id", NEW."item", NEW."net", NEW."net_base", NEW."order_id", NEW."ordered_on", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."promised_on", NEW."quantity", NEW."quantity_base", NEW."region_id", NEW."rejected", NEW."team_id", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="0274c716bb3170833473b3e9859d81e7721c81cc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e2e39",
                            table="orders_salesorderline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesorderline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_salesorderlineevent" ("business_unit_id", "customer_id", "id", "item", "net", "net_base", "order_id", "ordered_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "promised_on", "quantity", "quantity_base", "region_id", "rejected", "team_id", "text", "unit") VALUES (OLD."business_unit_id", OLD."customer_id", OLD."id", OLD."item", OLD."net", OLD."net_base", OLD."order_id", OLD."ordered_on", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."product_line_id", OLD."promised_on", OLD."quantity", OLD."quantity_base", OLD."region_id", OLD."rejected", OLD."team_id", OLD."text", OLD."unit"); RETURN NULL;',
                            hash="e993624c846f3cbba2b3766c0cfad83022e54675",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1be88",
                            table="orders_salesorderline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shipment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."carrier_reference" IS DISTINCT FROM (NEW."carrier_reference") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."delivery_on" IS DISTINCT FROM (NEW."delivery_on") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."planned_on" IS DISTINCT FROM (NEW."planned_on") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."shipped_on" IS DISTINCT FROM (NEW."shipped_on") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_shipmentevent" ("business_unit_id", "carrier_reference", "company_code", "currency_id", "customer_id", "delivery_on", "gone_at", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "received_on", "region_id", "shipped_on", "source_changed_at", "status", "team_id") VALUES (NEW."business_unit_id", NEW."carrier_reference", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."delivery_on", NEW."gone_at", NEW."id", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_on", NEW."received_on", NEW."region_id", NEW."shipped_on", NEW."source_changed_at", NEW."status", NEW."team_id"); RETURN NULL;',
                            hash="d8a302e3208684d76e68e8721f698b7d98b68fa3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_95ce7",
                            table="orders_shipment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shipment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_shipmentevent" ("business_unit_id", "carrier_reference", "company_code", "currency_id", "customer_id", "delivery_on", "gone_at", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "received_on", "region_id", "shipped_on", "source_changed_at", "status", "team_id") VALUES (OLD."business_unit_id", OLD."carrier_reference", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."delivery_on", OLD."gone_at", OLD."id", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."received_on", OLD."region_id", OLD."shipped_on", OLD."source_changed_at", OLD."status", OLD."team_id"); RETURN NULL;',
                            hash="3b1ac30696dfad1d0572fafe1a1fb555ac663409",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_adebb",
                            table="orders_shipment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shipmentline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."batch" IS DISTINCT FROM (NEW."batch") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item" IS DISTINCT FROM (NEW."item") OR OLD."order_item" IS DISTINCT FROM (NEW."order_item") OR OLD."order_number" IS DISTINCT FROM (NEW."order_number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."quantity_base" IS DISTINCT FROM (NEW."quantity_base") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."shipment_id" IS DISTINCT FROM (NEW."shipment_id") OR OLD."shipped_on" IS DISTINCT FROM (NEW."shipped_on") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."unit" IS DISTINCT FROM (NEW."unit"))',
                            func='INSERT INTO "orders_shipmentlineevent" ("batch", "business_unit_id", "customer_id", "id", "item", "order_item", "order_number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "region_id", "shipment_id", "shipped_on", "team_id", "text", "unit") VALUES (NEW."batch", NEW."business_unit_id", NEW."customer_id", NEW."id", NEW."item", NEW."order_item", NEW."order_number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."quantity", NEW."quantity_base", NEW."region_id", NEW."shipment_id", NEW."shipped_on", NEW."team_id", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="56a39c170438991ad5ece6c11143a991f256fa2a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8d421",
                            table="orders_shipmentline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shipmentline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_shipmentlineevent" ("batch", "business_unit_id", "customer_id", "id", "item", "order_item", "order_number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quantity", "quantity_base", "region_id", "shipment_id", "shipped_on", "team_id", "text", "unit") VALUES (OLD."batch", OLD."business_unit_id", OLD."customer_id", OLD."id", OLD."item", OLD."order_item", OLD."order_number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."product_line_id", OLD."quantity", OLD."quantity_base", OLD."region_id", OLD."shipment_id", OLD."shipped_on", OLD."team_id", OLD."text", OLD."unit"); RETURN NULL;',
                            hash="2269193a2bc9d3eff20927612edde5625d496342",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_48aa1",
                            table="orders_shipmentline",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
