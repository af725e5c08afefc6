"""Connections with ERP systems and what they brought."""

import crm.base.migrating
import django.db.models.deletion
import integrations.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("integrations", "0001_initial"),
    ]

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="ErpConnection",
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
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                        (
                            "base_url",
                            models.CharField(
                                max_length=300,
                                validators=[integrations.validators.validate_base_url],
                                verbose_name="address",
                            ),
                        ),
                        ("username", models.CharField(blank=True, max_length=100, verbose_name="user name")),
                        ("password_encrypted", models.TextField(blank=True, editable=False)),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                    ],
                    options={
                        "verbose_name": "ERP connection",
                        "verbose_name_plural": "ERP connections",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="SyncRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entity_set", models.CharField(max_length=60, verbose_name="entity set")),
                        ("full", models.BooleanField(default=False, verbose_name="full load")),
                        (
                            "state",
                            models.CharField(
                                choices=[("running", "running"), ("done", "done"), ("failed", "failed")],
                                default="running",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                        ("read", models.PositiveIntegerField(default=0, verbose_name="read")),
                        ("written", models.PositiveIntegerField(default=0, verbose_name="written")),
                        ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                        ("rejected", models.PositiveIntegerField(default=0, verbose_name="rejected")),
                        ("control_sums", models.JSONField(blank=True, default=dict, verbose_name="control sums")),
                        ("message", models.TextField(blank=True, verbose_name="message")),
                    ],
                    options={
                        "verbose_name": "sync run",
                        "verbose_name_plural": "sync runs",
                        "ordering": ["-started_at", "-pk"],
                        "permissions": [("run_sync", "Can start the sync")],
                        "indexes": [models.Index(fields=["entity_set", "-started_at"], name="sync_run_entity_set")],
                    },
                ),
                migrations.CreateModel(
                    name="SyncState",
                    fields=[
                        (
                            "entity_set",
                            models.CharField(
                                max_length=60, primary_key=True, serialize=False, verbose_name="entity set"
                            ),
                        ),
                        ("watermark", models.CharField(blank=True, max_length=60, verbose_name="newest change read")),
                        ("cursor", models.JSONField(blank=True, default=dict, verbose_name="position")),
                        ("last_success_at", models.DateTimeField(null=True, verbose_name="last success")),
                    ],
                    options={
                        "verbose_name": "state of the sync",
                    },
                ),
                migrations.CreateModel(
                    name="ExternalRef",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("system", models.CharField(max_length=20, verbose_name="system")),
                        ("entity", models.CharField(max_length=40, verbose_name="entity")),
                        ("external_id", models.CharField(max_length=80, verbose_name="key there")),
                        ("object_id", models.BigIntegerField(verbose_name="row here")),
                        ("row_hash", models.CharField(blank=True, max_length=32)),
                    ],
                    options={
                        "verbose_name": "key in another system",
                        "verbose_name_plural": "keys in other systems",
                        "indexes": [models.Index(fields=["entity", "object_id"], name="external_ref_object")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("system", "entity", "external_id"), name="external_ref_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ErpConnectionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "base_url",
                            models.CharField(
                                max_length=300,
                                validators=[integrations.validators.validate_base_url],
                                verbose_name="address",
                            ),
                        ),
                        ("username", models.CharField(blank=True, max_length=100, verbose_name="user name")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
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
                                to="integrations.erpconnection",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RejectedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entity_set", models.CharField(max_length=60, verbose_name="entity set")),
                        ("external_id", models.CharField(max_length=80, verbose_name="key there")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("payload", models.JSONField(verbose_name="row")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("resolved", "resolved")],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rejections",
                                to="integrations.syncrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rejected row",
                        "verbose_name_plural": "rejected rows",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("entity_set", "external_id"),
                                name="rejected_row_open_once",
                            )
                        ],
                    },
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="erpconnection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integrations_erpconnectionevent" ("base_url", "created_at", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "username", "version") VALUES (NEW."base_url", NEW."created_at", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                    hash="c86f9ad48d376978f18484e1a11da8c8580071f9",
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
                    condition='WHEN (OLD."base_url" IS DISTINCT FROM (NEW."base_url") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "integrations_erpconnectionevent" ("base_url", "created_at", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "username", "version") VALUES (NEW."base_url", NEW."created_at", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                    hash="13d0b517bae3756054294a4e837b70bb0fb2f53d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b4b24",
                    table="integrations_erpconnection",
                    when="AFTER",
                ),
            ),
        ),
    ]
