"""Ways of signing in to the ERP: OAuth 2.0 beside user name and password; authorities to trust."""

import integrations.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0001_connections"),
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
                    name="ca_pem",
                    field=models.TextField(
                        blank=True,
                        validators=[integrations.validators.validate_certificates],
                        verbose_name="certificates to trust",
                    ),
                ),
                migrations.AddField(
                    model_name="erpconnection",
                    name="sign_in",
                    field=models.CharField(
                        choices=[("basic", "user name and password"), ("oauth", "OAuth 2.0 client credentials")],
                        default="basic",
                        max_length=10,
                        verbose_name="sign-in",
                    ),
                ),
                migrations.AddField(
                    model_name="erpconnection",
                    name="token_url",
                    field=models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[integrations.validators.validate_base_url],
                        verbose_name="address of the token",
                    ),
                ),
                migrations.AddField(
                    model_name="erpconnectionevent",
                    name="ca_pem",
                    field=models.TextField(
                        blank=True,
                        validators=[integrations.validators.validate_certificates],
                        verbose_name="certificates to trust",
                    ),
                ),
                migrations.AddField(
                    model_name="erpconnectionevent",
                    name="sign_in",
                    field=models.CharField(
                        choices=[("basic", "user name and password"), ("oauth", "OAuth 2.0 client credentials")],
                        default="basic",
                        max_length=10,
                        verbose_name="sign-in",
                    ),
                ),
                migrations.AddField(
                    model_name="erpconnectionevent",
                    name="token_url",
                    field=models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[integrations.validators.validate_base_url],
                        verbose_name="address of the token",
                    ),
                ),
                migrations.AlterField(
                    model_name="erpconnection",
                    name="username",
                    field=models.CharField(blank=True, max_length=100, verbose_name="user name or client id"),
                ),
                migrations.AlterField(
                    model_name="erpconnectionevent",
                    name="username",
                    field=models.CharField(blank=True, max_length=100, verbose_name="user name or client id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erpconnection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_erpconnectionevent" ("base_url", "ca_pem", "created_at", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_in", "token_url", "updated_at", "username", "version") VALUES (NEW."base_url", NEW."ca_pem", NEW."created_at", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sign_in", NEW."token_url", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                            hash="63b344954f73244286cb5c8aa455828e78e8838a",
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
                            condition='WHEN (OLD."base_url" IS DISTINCT FROM (NEW."base_url") OR OLD."ca_pem" IS DISTINCT FROM (NEW."ca_pem") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."sign_in" IS DISTINCT FROM (NEW."sign_in") OR OLD."token_url" IS DISTINCT FROM (NEW."token_url") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "integrations_erpconnectionevent" ("base_url", "ca_pem", "created_at", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_in", "token_url", "updated_at", "username", "version") VALUES (NEW."base_url", NEW."ca_pem", NEW."created_at", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sign_in", NEW."token_url", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                            hash="76a4b46af43fb8d0c7fd9f16c91832ef200ba69c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b4b24",
                            table="integrations_erpconnection",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erpconnection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sign_in", "oauth"), _negated=True),
                            models.Q(("token_url", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="erp_connection_token_url",
                        violation_error_message="OAuth 2.0 needs the address of the token.",
                    ),
                ),
            ]
        ),
    ]
