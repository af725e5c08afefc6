"""A connection may read sales orders by OData V4."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0003_erp_facts"),
    ]

    operations = [
        Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="erpconnection",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="erpconnection",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="erpconnection",
                    name="orders_by_v4",
                    field=models.BooleanField(default=False, verbose_name="read sales orders by OData V4"),
                ),
                migrations.AddField(
                    model_name="erpconnectionevent",
                    name="orders_by_v4",
                    field=models.BooleanField(default=False, verbose_name="read sales orders by OData V4"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erpconnection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_erpconnectionevent" ("base_url", "ca_pem", "created_at", "id", "is_active", "name", "orders_by_v4", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_in", "token_url", "updated_at", "username", "version") VALUES (NEW."base_url", NEW."ca_pem", NEW."created_at", NEW."id", NEW."is_active", NEW."name", NEW."orders_by_v4", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sign_in", NEW."token_url", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                            hash="12a32942c0f4616294ed838e67c2b0fcb7635f4f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_daf80",
                            table="integrations_erpconnection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erpconnection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."base_url" IS DISTINCT FROM (NEW."base_url") OR OLD."ca_pem" IS DISTINCT FROM (NEW."ca_pem") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."orders_by_v4" IS DISTINCT FROM (NEW."orders_by_v4") OR OLD."sign_in" IS DISTINCT FROM (NEW."sign_in") OR OLD."token_url" IS DISTINCT FROM (NEW."token_url") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "integrations_erpconnectionevent" ("base_url", "ca_pem", "created_at", "id", "is_active", "name", "orders_by_v4", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_in", "token_url", "updated_at", "username", "version") VALUES (NEW."base_url", NEW."ca_pem", NEW."created_at", NEW."id", NEW."is_active", NEW."name", NEW."orders_by_v4", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sign_in", NEW."token_url", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                            hash="4df912f725ec818affda8411805de53a1ff8521a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b4b24",
                            table="integrations_erpconnection",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
