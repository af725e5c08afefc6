"""Order requests."""

import crm.base.models
import crm.records.models.choices
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
import crm.base.migrating
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
        ("customers", "0004_customer_course"),
        ("opportunities", "0005_quotes"),
        ("orders", "0001_documents"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="OrderRequest",
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
                        ("code", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                        (
                            "payment_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="payment_terms", max_length=60, verbose_name="payment terms"
                            ),
                        ),
                        (
                            "delivery_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="delivery_terms", max_length=60, verbose_name="delivery terms"
                            ),
                        ),
                        (
                            "delivery_place",
                            models.CharField(blank=True, max_length=200, verbose_name="place of delivery"),
                        ),
                        (
                            "freight_amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="freight charged"
                            ),
                        ),
                        (
                            "customer_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="customer's reference"),
                        ),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested delivery")),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount in base currency",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("submitted", "submitted")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "business_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "quote",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="opportunities.quote",
                                verbose_name="quote",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "order request",
                        "verbose_name_plural": "order requests",
                        "ordering": ["-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="order_request_search"
                            ),
                            models.Index(fields=["customer", "id"], name="order_request_customer"),
                            models.Index(fields=["state", "id"], name="order_request_state"),
                            models.Index(fields=["created_at", "id"], name="order_request_created"),
                            models.Index(fields=["net_base", "id"], name="order_request_net"),
                            models.Index(fields=["owner", "id"], name="order_request_owner"),
                            models.Index(fields=["team", "id"], name="order_request_team"),
                            models.Index(fields=["business_unit", "id"], name="order_request_unit"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        (
                            "payment_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="payment_terms", max_length=60, verbose_name="payment terms"
                            ),
                        ),
                        (
                            "delivery_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="delivery_terms", max_length=60, verbose_name="delivery terms"
                            ),
                        ),
                        (
                            "delivery_place",
                            models.CharField(blank=True, max_length=200, verbose_name="place of delivery"),
                        ),
                        (
                            "freight_amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="freight charged"
                            ),
                        ),
                        (
                            "customer_reference",
                            models.CharField(blank=True, max_length=60, verbose_name="customer's reference"),
                        ),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested delivery")),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount in base currency",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("submitted", "submitted")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
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
                                blank=True,
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
                                to="orders.orderrequest",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.quote",
                                verbose_name="quote",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
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
                    name="OrderRequestLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="item")),
                        ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity")),
                        ("price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="price per unit")),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested delivery")),
                        ("net", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="amount")),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="orders.orderrequest",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.unit",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of an order request",
                        "verbose_name_plural": "lines of order requests",
                        "ordering": ["request", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "position"), name="order_request_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("price__gt", 0), ("quantity__gt", 0)),
                                name="order_request_line_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderRequestStateChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True, verbose_name="time")),
                        (
                            "seconds_in_source",
                            models.PositiveBigIntegerField(default=0, verbose_name="seconds in the state before"),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "source",
                            models.CharField(choices=[("draft", "draft"), ("submitted", "submitted")], max_length=10),
                        ),
                        (
                            "target",
                            models.CharField(choices=[("draft", "draft"), ("submitted", "submitted")], max_length=10),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="state_changes",
                                to="orders.orderrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of an order request",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrderRequestLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(verbose_name="item")),
                        ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity")),
                        ("price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="price per unit")),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested delivery")),
                        ("net", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="amount")),
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
                                to="orders.orderrequestline",
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
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="orders.orderrequest",
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
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_orderrequestevent" ("business_unit_id", "code", "created_at", "currency_id", "customer_id", "customer_reference", "delivery_place", "delivery_terms", "freight_amount", "id", "net", "net_base", "owner_id", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "remark", "requested_on", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."delivery_place", NEW."delivery_terms", NEW."freight_amount", NEW."id", NEW."net", NEW."net_base", NEW."owner_id", NEW."payment_terms", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quote_id", NEW."remark", NEW."requested_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="5ff09ba2f1ec6200c7fd08b2ae58ff3b122bc5d6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4d3ff",
                            table="orders_orderrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."customer_reference" IS DISTINCT FROM (NEW."customer_reference") OR OLD."delivery_place" IS DISTINCT FROM (NEW."delivery_place") OR OLD."delivery_terms" IS DISTINCT FROM (NEW."delivery_terms") OR OLD."freight_amount" IS DISTINCT FROM (NEW."freight_amount") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."payment_terms" IS DISTINCT FROM (NEW."payment_terms") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "orders_orderrequestevent" ("business_unit_id", "code", "created_at", "currency_id", "customer_id", "customer_reference", "delivery_place", "delivery_terms", "freight_amount", "id", "net", "net_base", "owner_id", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "remark", "requested_on", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."delivery_place", NEW."delivery_terms", NEW."freight_amount", NEW."id", NEW."net", NEW."net_base", NEW."owner_id", NEW."payment_terms", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote_id", NEW."remark", NEW."requested_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="0ffa445cd0058c52a7bae185d5d6d15de8a47b18",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7348",
                            table="orders_orderrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderrequestline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_orderrequestlineevent" ("description", "id", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price", "product_id", "quantity", "request_id", "requested_on", "unit_id") VALUES (NEW."description", NEW."id", NEW."net", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."price", NEW."product_id", NEW."quantity", NEW."request_id", NEW."requested_on", NEW."unit_id"); RETURN NULL;',
                            hash="3207d3b8f65ed0d6d5343adf0e51d0ba467ecb7f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_40178",
                            table="orders_orderrequestline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderrequestline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "orders_orderrequestlineevent" ("description", "id", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price", "product_id", "quantity", "request_id", "requested_on", "unit_id") VALUES (NEW."description", NEW."id", NEW."net", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."price", NEW."product_id", NEW."quantity", NEW."request_id", NEW."requested_on", NEW."unit_id"); RETURN NULL;',
                            hash="8aeacc5fd5ae45200f869acb02b1edb6c1d7d9d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0278e",
                            table="orders_orderrequestline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderrequestline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_orderrequestlineevent" ("description", "id", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price", "product_id", "quantity", "request_id", "requested_on", "unit_id") VALUES (OLD."description", OLD."id", OLD."net", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."price", OLD."product_id", OLD."quantity", OLD."request_id", OLD."requested_on", OLD."unit_id"); RETURN NULL;',
                            hash="a2f623d8fe75fcb42384953a44736786022261b5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e67d5",
                            table="orders_orderrequestline",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        give_rights(*rights_on("orders.orderrequest")),
    ]
