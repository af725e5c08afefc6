"""Finished documents that the ERP no longer has were archived there, and are told from deleted ones."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0006_waiting_lines"),
    ]

    operations = [
        Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="customerreturn",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="customerreturn",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="invoice",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="invoice",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="receivable",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="receivable",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="salesorder",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="salesorder",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="shipment",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="shipment",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="customerreturn",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="customerreturnevent",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="invoice",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="invoiceevent",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="receivable",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="receivableevent",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="salesorder",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="salesorderevent",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="shipment",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                migrations.AddField(
                    model_name="shipmentevent",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="archived in the ERP"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerreturn",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."customer_reference" IS DISTINCT FROM (NEW."customer_reference") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_customerreturnevent" ("archived_at", "business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (NEW."archived_at", NEW."business_unit_id", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."gone_at", NEW."id", NEW."kind", NEW."net", NEW."net_base", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reference", NEW."region_id", NEW."requested_on", NEW."source_changed_at", NEW."status", NEW."team_id"); RETURN NULL;',
                            hash="862e0dfab534c8395b83e2a9b01b7f304e7ad49b",
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
                            func='INSERT INTO "orders_customerreturnevent" ("archived_at", "business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (OLD."archived_at", OLD."business_unit_id", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."customer_reference", OLD."gone_at", OLD."id", OLD."kind", OLD."net", OLD."net_base", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reference", OLD."region_id", OLD."requested_on", OLD."source_changed_at", OLD."status", OLD."team_id"); RETURN NULL;',
                            hash="44c1acbbc09967247f7b744323cb40722b21f6ac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9a9db",
                            table="orders_customerreturn",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."accounting_document" IS DISTINCT FROM (NEW."accounting_document") OR OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."cancelled" IS DISTINCT FROM (NEW."cancelled") OR OLD."cancels_number" IS DISTINCT FROM (NEW."cancels_number") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."fiscal_year" IS DISTINCT FROM (NEW."fiscal_year") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."gross" IS DISTINCT FROM (NEW."gross") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoiced_on" IS DISTINCT FROM (NEW."invoiced_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."tax" IS DISTINCT FROM (NEW."tax") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_invoiceevent" ("accounting_document", "archived_at", "business_unit_id", "cancelled", "cancels_number", "company_code", "currency_id", "customer_id", "due_on", "fiscal_year", "gone_at", "gross", "id", "invoiced_on", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "source_changed_at", "tax", "team_id") VALUES (NEW."accounting_document", NEW."archived_at", NEW."business_unit_id", NEW."cancelled", NEW."cancels_number", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."due_on", NEW."fiscal_year", NEW."gone_at", NEW."gross", NEW."id", NEW."invoiced_on", NEW."kind", NEW."net", NEW."net_base", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."source_changed_at", NEW."tax", NEW."team_id"); RETURN NULL;',
                            hash="ecf3bc3299d813502d132b1e4c859d515d9d9da0",
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
                            func='INSERT INTO "orders_invoiceevent" ("accounting_document", "archived_at", "business_unit_id", "cancelled", "cancels_number", "company_code", "currency_id", "customer_id", "due_on", "fiscal_year", "gone_at", "gross", "id", "invoiced_on", "kind", "net", "net_base", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "source_changed_at", "tax", "team_id") VALUES (OLD."accounting_document", OLD."archived_at", OLD."business_unit_id", OLD."cancelled", OLD."cancels_number", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."due_on", OLD."fiscal_year", OLD."gone_at", OLD."gross", OLD."id", OLD."invoiced_on", OLD."kind", OLD."net", OLD."net_base", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."source_changed_at", OLD."tax", OLD."team_id"); RETURN NULL;',
                            hash="10c6094a744296faaa25547fa548af53a725f7d8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0ebbd",
                            table="orders_invoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receivable",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."amount_base" IS DISTINCT FROM (NEW."amount_base") OR OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."cleared_on" IS DISTINCT FROM (NEW."cleared_on") OR OLD."clearing_document" IS DISTINCT FROM (NEW."clearing_document") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoice_number" IS DISTINCT FROM (NEW."invoice_number") OR OLD."invoice_reference" IS DISTINCT FROM (NEW."invoice_reference") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."posted_on" IS DISTINCT FROM (NEW."posted_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_receivableevent" ("amount", "amount_base", "archived_at", "business_unit_id", "cleared_on", "clearing_document", "company_code", "currency_id", "customer_id", "due_on", "gone_at", "id", "invoice_number", "invoice_reference", "kind", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "region_id", "source_changed_at", "team_id") VALUES (NEW."amount", NEW."amount_base", NEW."archived_at", NEW."business_unit_id", NEW."cleared_on", NEW."clearing_document", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."due_on", NEW."gone_at", NEW."id", NEW."invoice_number", NEW."invoice_reference", NEW."kind", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."posted_on", NEW."region_id", NEW."source_changed_at", NEW."team_id"); RETURN NULL;',
                            hash="d2496b2339885e32f7274e4357df3eb238c06966",
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
                            func='INSERT INTO "orders_receivableevent" ("amount", "amount_base", "archived_at", "business_unit_id", "cleared_on", "clearing_document", "company_code", "currency_id", "customer_id", "due_on", "gone_at", "id", "invoice_number", "invoice_reference", "kind", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "region_id", "source_changed_at", "team_id") VALUES (OLD."amount", OLD."amount_base", OLD."archived_at", OLD."business_unit_id", OLD."cleared_on", OLD."clearing_document", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."due_on", OLD."gone_at", OLD."id", OLD."invoice_number", OLD."invoice_reference", OLD."kind", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."posted_on", OLD."region_id", OLD."source_changed_at", OLD."team_id"); RETURN NULL;',
                            hash="44f01807a75b37ad606d325f5918878f119ba4c6",
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
                            condition='WHEN (OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."customer_reference" IS DISTINCT FROM (NEW."customer_reference") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."ordered_on" IS DISTINCT FROM (NEW."ordered_on") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_salesorderevent" ("archived_at", "business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "ordered_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (NEW."archived_at", NEW."business_unit_id", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."customer_reference", NEW."gone_at", NEW."id", NEW."kind", NEW."net", NEW."net_base", NEW."number", NEW."ordered_on", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."requested_on", NEW."source_changed_at", NEW."status", NEW."team_id"); RETURN NULL;',
                            hash="02388f73f244bd1de233087fd72756c4c6d97ba9",
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
                            func='INSERT INTO "orders_salesorderevent" ("archived_at", "business_unit_id", "company_code", "currency_id", "customer_id", "customer_reference", "gone_at", "id", "kind", "net", "net_base", "number", "ordered_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "requested_on", "source_changed_at", "status", "team_id") VALUES (OLD."archived_at", OLD."business_unit_id", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."customer_reference", OLD."gone_at", OLD."id", OLD."kind", OLD."net", OLD."net_base", OLD."number", OLD."ordered_on", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."requested_on", OLD."source_changed_at", OLD."status", OLD."team_id"); RETURN NULL;',
                            hash="3bb50c78202ff36b8eedc3e1592860ddca99f558",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_40329",
                            table="orders_salesorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shipment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."carrier_reference" IS DISTINCT FROM (NEW."carrier_reference") OR OLD."company_code" IS DISTINCT FROM (NEW."company_code") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."delivery_on" IS DISTINCT FROM (NEW."delivery_on") OR OLD."gone_at" IS DISTINCT FROM (NEW."gone_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."planned_on" IS DISTINCT FROM (NEW."planned_on") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."shipped_on" IS DISTINCT FROM (NEW."shipped_on") OR OLD."source_changed_at" IS DISTINCT FROM (NEW."source_changed_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))',
                            func='INSERT INTO "orders_shipmentevent" ("archived_at", "business_unit_id", "carrier_reference", "company_code", "currency_id", "customer_id", "delivery_on", "gone_at", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "received_on", "region_id", "shipped_on", "source_changed_at", "status", "team_id") VALUES (NEW."archived_at", NEW."business_unit_id", NEW."carrier_reference", NEW."company_code", NEW."currency_id", NEW."customer_id", NEW."delivery_on", NEW."gone_at", NEW."id", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_on", NEW."received_on", NEW."region_id", NEW."shipped_on", NEW."source_changed_at", NEW."status", NEW."team_id"); RETURN NULL;',
                            hash="81f3acd839940a6004e4f294cdb7ede575523527",
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
                            func='INSERT INTO "orders_shipmentevent" ("archived_at", "business_unit_id", "carrier_reference", "company_code", "currency_id", "customer_id", "delivery_on", "gone_at", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "received_on", "region_id", "shipped_on", "source_changed_at", "status", "team_id") VALUES (OLD."archived_at", OLD."business_unit_id", OLD."carrier_reference", OLD."company_code", OLD."currency_id", OLD."customer_id", OLD."delivery_on", OLD."gone_at", OLD."id", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."received_on", OLD."region_id", OLD."shipped_on", OLD."source_changed_at", OLD."status", OLD."team_id"); RETURN NULL;',
                            hash="724b7929debebcc82be141b5064f75f6a01220df",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_adebb",
                            table="orders_shipment",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
