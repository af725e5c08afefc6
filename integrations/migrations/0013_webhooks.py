"""Webhooks and their messages."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from crm.base.migrating import Together
from crm.organisation.granting import give_rights, rights_on


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0012_api_tokens"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Webhook",
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
                        ("url", models.CharField(max_length=500, verbose_name="address")),
                        ("topics", models.JSONField(default=list, verbose_name="events")),
                        ("records", models.JSONField(blank=True, default=list, verbose_name="records")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("secret_encrypted", models.TextField(editable=False)),
                        ("old_secret_encrypted", models.TextField(blank=True, editable=False)),
                        ("old_secret_until", models.DateTimeField(editable=False, null=True)),
                        (
                            "failing_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="failing since"),
                        ),
                        (
                            "disabled_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="switched off on"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                help_text="What this person does not see is not sent. Requests that this person decides can be decided there.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reads as",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook",
                        "verbose_name_plural": "webhooks",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("message", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="message")),
                        ("event", models.CharField(max_length=20, verbose_name="event")),
                        ("label", models.CharField(blank=True, max_length=60)),
                        ("object_id", models.BigIntegerField(null=True)),
                        ("at", models.DateTimeField(verbose_name="time")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("sent", "delivered"),
                                    ("failed", "given up"),
                                    ("dropped", "out of the owner's reach"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("due_at", models.DateTimeField(verbose_name="next attempt")),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("body", models.TextField(blank=True, verbose_name="message sent")),
                        ("status", models.PositiveSmallIntegerField(null=True, verbose_name="answer")),
                        ("answer", models.TextField(blank=True, verbose_name="answer's beginning")),
                        ("milliseconds", models.PositiveIntegerField(null=True, verbose_name="took")),
                        ("error", models.TextField(blank=True, verbose_name="error")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="delivered")),
                        ("callback_digest", models.CharField(blank=True, max_length=64)),
                        ("callback_until", models.DateTimeField(null=True)),
                        ("callback_used_at", models.DateTimeField(null=True)),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="integrations.webhook",
                                verbose_name="webhook",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook message",
                        "verbose_name_plural": "webhook messages",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("url", models.CharField(max_length=500, verbose_name="address")),
                        ("topics", models.JSONField(default=list, verbose_name="events")),
                        ("records", models.JSONField(blank=True, default=list, verbose_name="records")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("old_secret_until", models.DateTimeField(editable=False, null=True)),
                        (
                            "disabled_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="switched off on"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                help_text="What this person does not see is not sent. Requests that this person decides can be decided there.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reads as",
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
                                to="integrations.webhook",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="webhook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_webhookevent" ("created_at", "disabled_at", "id", "is_active", "name", "old_secret_until", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "topics", "updated_at", "url", "version") VALUES (NEW."created_at", NEW."disabled_at", NEW."id", NEW."is_active", NEW."name", NEW."old_secret_until", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."records", NEW."topics", NEW."updated_at", NEW."url", NEW."version"); RETURN NULL;',
                            hash="494964ca67e8c026602a0f6ea4cad52b30f0ef63",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9f19b",
                            table="integrations_webhook",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="webhook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."disabled_at" IS DISTINCT FROM (NEW."disabled_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."old_secret_until" IS DISTINCT FROM (NEW."old_secret_until") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."records" IS DISTINCT FROM (NEW."records") OR OLD."topics" IS DISTINCT FROM (NEW."topics") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "integrations_webhookevent" ("created_at", "disabled_at", "id", "is_active", "name", "old_secret_until", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "topics", "updated_at", "url", "version") VALUES (NEW."created_at", NEW."disabled_at", NEW."id", NEW."is_active", NEW."name", NEW."old_secret_until", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."records", NEW."topics", NEW."updated_at", NEW."url", NEW."version"); RETURN NULL;',
                            hash="ea79e237d258eb47bd444f18905f3e7fe77ad647",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_48fb1",
                            table="integrations_webhook",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["due_at", "id"], name="webhook_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(condition=models.Q(("state", "sending")), fields=["claimed_at"], name="webhook_sending"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["webhook", "-id"], name="webhook_messages"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("callback_digest", ""), _negated=True),
                fields=["callback_digest"],
                name="webhook_callback",
            ),
        ),
        give_rights(*rights_on("integrations.webhook")),
    ]
