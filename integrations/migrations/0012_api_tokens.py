"""Tokens of the API and the answers it keeps for a day."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.base.migrating import Together
from crm.organisation.granting import give_rights


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0007_token_events"),
        ("integrations", "0011_refresh_right"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("start", models.CharField(editable=False, max_length=12, verbose_name="begins with")),
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("writes", models.BooleanField(default=False, verbose_name="may write")),
                        ("records", models.JSONField(blank=True, default=list, verbose_name="records")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("expires_on", models.DateField(verbose_name="valid until")),
                        ("last_used_at", models.DateTimeField(editable=False, null=True, verbose_name="last used")),
                        (
                            "last_used_from",
                            models.GenericIPAddressField(editable=False, null=True, verbose_name="last used from"),
                        ),
                        ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revoked")),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="revoked by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "API token",
                        "verbose_name_plural": "API tokens",
                        "ordering": ["-pk"],
                        "permissions": [
                            ("feed_documents", "Can feed orders, shipments, invoices and receivables by the API")
                        ],
                        "indexes": [models.Index(fields=["user", "-id"], name="apitoken_own")],
                    },
                ),
                migrations.CreateModel(
                    name="ApiTokenEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("start", models.CharField(editable=False, max_length=12, verbose_name="begins with")),
                        ("writes", models.BooleanField(default=False, verbose_name="may write")),
                        ("records", models.JSONField(blank=True, default=list, verbose_name="records")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("expires_on", models.DateField(verbose_name="valid until")),
                        ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revoked")),
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
                                to="integrations.apitoken",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="revoked by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApiAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        ("headers", models.JSONField(default=dict)),
                        ("body", models.JSONField(null=True)),
                        ("at", models.DateTimeField(db_index=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer of the API",
                        "constraints": [models.UniqueConstraint(fields=("user", "key"), name="apianswer_once")],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="apitoken",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_apitokenevent" ("created_at", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "revoked_at", "revoked_by_id", "start", "user_id", "writes") VALUES (NEW."created_at", NEW."expires_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."records", NEW."revoked_at", NEW."revoked_by_id", NEW."start", NEW."user_id", NEW."writes"); RETURN NULL;',
                            hash="7466062f6f579b44985708a6768faa2a5c53288a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a9480",
                            table="integrations_apitoken",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="apitoken",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."records" IS DISTINCT FROM (NEW."records") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."writes" IS DISTINCT FROM (NEW."writes"))',
                            func='INSERT INTO "integrations_apitokenevent" ("created_at", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "revoked_at", "revoked_by_id", "start", "user_id", "writes") VALUES (NEW."created_at", NEW."expires_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."records", NEW."revoked_at", NEW."revoked_by_id", NEW."start", NEW."user_id", NEW."writes"); RETURN NULL;',
                            hash="5a694356452c23a27faba83623ae56474ec3c4cd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c036b",
                            table="integrations_apitoken",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        give_rights("integrations.view_apitoken", "integrations.add_apitoken", "integrations.feed_documents"),
    ]
