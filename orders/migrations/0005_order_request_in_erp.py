"""Order requests know their number in the ERP, and the state of being there."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0004_customer_returns"),
    ]

    operations = [
        Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="orderrequest",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="orderrequest",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="orderrequest",
                    name="erp_number",
                    field=models.CharField(
                        blank=True, default="", editable=False, max_length=20, verbose_name="number in the ERP"
                    ),
                ),
                migrations.AddField(
                    model_name="orderrequestevent",
                    name="erp_number",
                    field=models.CharField(
                        blank=True, default="", editable=False, max_length=20, verbose_name="number in the ERP"
                    ),
                ),
                migrations.AlterField(
                    model_name="orderrequest",
                    name="state",
                    field=models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("entered", "in the ERP")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                migrations.AlterField(
                    model_name="orderrequestevent",
                    name="state",
                    field=models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("entered", "in the ERP")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                migrations.AlterField(
                    model_name="orderrequeststatechange",
                    name="source",
                    field=models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("entered", "in the ERP")],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="orderrequeststatechange",
                    name="target",
                    field=models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("entered", "in the ERP")],
                        max_length=10,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "orders_orderrequestevent" ("business_unit_id", "code", "created_at", "currency_id", "customer_id", "customer_reference", "delivery_place", "delivery_terms", "erp_number", "freight_amount", "id", "net", "net_base", "owner_id", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "remark", "requested_on", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."delivery_place", NEW."delivery_terms", NEW."erp_number", NEW."freight_amount", NEW."id", NEW."net", NEW."net_base", NEW."owner_id", NEW."payment_terms", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quote_id", NEW."remark", NEW."requested_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="8839c16eb8f9c99b573558dc1d0228efe4b743fc",
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
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."customer_reference" IS DISTINCT FROM (NEW."customer_reference") OR OLD."delivery_place" IS DISTINCT FROM (NEW."delivery_place") OR OLD."delivery_terms" IS DISTINCT FROM (NEW."delivery_terms") OR OLD."erp_number" IS DISTINCT FROM (NEW."erp_number") OR OLD."freight_amount" IS DISTINCT FROM (NEW."freight_amount") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."payment_terms" IS DISTINCT FROM (NEW."payment_terms") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "orders_orderrequestevent" ("business_unit_id", "code", "created_at", "currency_id", "customer_id", "customer_reference", "delivery_place", "delivery_terms", "erp_number", "freight_amount", "id", "net", "net_base", "owner_id", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "remark", "requested_on", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."delivery_place", NEW."delivery_terms", NEW."erp_number", NEW."freight_amount", NEW."id", NEW."net", NEW."net_base", NEW."owner_id", NEW."payment_terms", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote_id", NEW."remark", NEW."requested_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="116225be0cfe5314e20f3b3b07519e7390b97db4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7348",
                            table="orders_orderrequest",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
