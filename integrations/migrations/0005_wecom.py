"""WeCom: settings, accounts, departments, cards, check-ins."""

import crm.base.migrating
import django.db.models.deletion
import django.db.models.functions.text
import integrations.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0006_sign_in_ways"),
        ("customers", "0005_certificate_wishes"),
        ("integrations", "0004_orders_by_v4"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="WecomSettings",
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
                        ("corp_id", models.CharField(max_length=64, verbose_name="company ID")),
                        ("agent_id", models.PositiveBigIntegerField(verbose_name="application's AgentId")),
                        ("secret_encrypted", models.TextField(blank=True, editable=False)),
                        ("callback_token_encrypted", models.TextField(blank=True, editable=False)),
                        ("aes_key_encrypted", models.TextField(blank=True, editable=False)),
                        (
                            "base_url",
                            models.CharField(
                                default="https://qyapi.weixin.qq.com",
                                max_length=300,
                                validators=[integrations.validators.validate_base_url],
                                verbose_name="address",
                            ),
                        ),
                        ("sign_in", models.BooleanField(default=False, verbose_name="sign in with WeCom")),
                        ("messages", models.BooleanField(default=False, verbose_name="messages and approval cards")),
                        (
                            "organisation",
                            models.BooleanField(default=False, verbose_name="import of departments and people"),
                        ),
                        ("check_ins", models.BooleanField(default=False, verbose_name="check-ins outside the office")),
                    ],
                    options={
                        "verbose_name": "WeCom settings",
                        "verbose_name_plural": "WeCom settings",
                    },
                ),
                migrations.CreateModel(
                    name="WecomSnapshot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("taken_at", models.DateTimeField(verbose_name="fetched")),
                        ("departments", models.JSONField(default=list)),
                        ("people", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "organisation in WeCom",
                        "verbose_name_plural": "organisations in WeCom",
                    },
                ),
                migrations.CreateModel(
                    name="WecomAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("userid", models.CharField(max_length=64, verbose_name="account in WeCom")),
                        ("since", models.DateTimeField(auto_now_add=True, verbose_name="linked since")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wecom_account",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "WeCom account",
                        "verbose_name_plural": "WeCom accounts",
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("userid"),
                                name="wecomaccount_userid_once",
                                violation_error_message="This WeCom account is linked to somebody else.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WecomAccountEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("userid", models.CharField(max_length=64, verbose_name="account in WeCom")),
                        ("since", models.DateTimeField(auto_now_add=True, verbose_name="linked since")),
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
                                to="integrations.wecomaccount",
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
                    name="WecomCard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("task_id", models.CharField(max_length=64, unique=True)),
                        ("userid", models.CharField(max_length=64)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("response_code", models.CharField(blank=True, max_length=200)),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("updated_at", models.DateTimeField(null=True)),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="crm.approvalrequest"
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="crm.approvalrequeststep",
                            ),
                        ),
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
                        "verbose_name": "WeCom card",
                        "verbose_name_plural": "WeCom cards",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("updated_at__isnull", True)),
                                fields=["request", "id"],
                                name="wecomcard_to_update",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WecomCheckin",
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
                        ("at", models.DateTimeField(editable=False, verbose_name="time")),
                        ("place", models.CharField(blank=True, editable=False, max_length=200, verbose_name="place")),
                        (
                            "address",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="address"),
                        ),
                        ("notes", models.CharField(blank=True, editable=False, max_length=500, verbose_name="notes")),
                        (
                            "exception",
                            models.CharField(blank=True, editable=False, max_length=100, verbose_name="odd about it"),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=6, editable=False, max_digits=9, null=True, verbose_name="latitude"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=6, editable=False, max_digits=9, null=True, verbose_name="longitude"
                            ),
                        ),
                        (
                            "known",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not known"),
                                    ("place", "by the place"),
                                    ("name", "by the name"),
                                    ("person", "said by the person"),
                                ],
                                editable=False,
                                max_length=6,
                                verbose_name="known",
                            ),
                        ),
                        ("distance", models.PositiveIntegerField(editable=False, null=True, verbose_name="distance")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wecom_checkins",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "check-in",
                        "verbose_name_plural": "check-ins",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(fields=["-at", "-id"], name="wecomcheckin_newest"),
                            models.Index(fields=["customer", "-at", "-id"], name="wecomcheckin_customer"),
                            models.Index(
                                condition=models.Q(("customer__isnull", False)),
                                fields=["latitude", "longitude"],
                                name="wecomcheckin_place",
                            ),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("user", "at"), name="wecomcheckin_once")],
                    },
                ),
                migrations.CreateModel(
                    name="WecomCheckinEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("at", models.DateTimeField(editable=False, verbose_name="time")),
                        ("place", models.CharField(blank=True, editable=False, max_length=200, verbose_name="place")),
                        (
                            "address",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="address"),
                        ),
                        ("notes", models.CharField(blank=True, editable=False, max_length=500, verbose_name="notes")),
                        (
                            "exception",
                            models.CharField(blank=True, editable=False, max_length=100, verbose_name="odd about it"),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=6, editable=False, max_digits=9, null=True, verbose_name="latitude"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=6, editable=False, max_digits=9, null=True, verbose_name="longitude"
                            ),
                        ),
                        (
                            "known",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not known"),
                                    ("place", "by the place"),
                                    ("name", "by the name"),
                                    ("person", "said by the person"),
                                ],
                                editable=False,
                                max_length=6,
                                verbose_name="known",
                            ),
                        ),
                        ("distance", models.PositiveIntegerField(editable=False, null=True, verbose_name="distance")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
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
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
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
                                to="integrations.wecomcheckin",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
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
                    name="WecomDepartment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField(unique=True, verbose_name="department's number")),
                        (
                            "team",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wecom_department",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "WeCom department",
                        "verbose_name_plural": "WeCom departments",
                    },
                ),
                migrations.CreateModel(
                    name="WecomSettingsEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("corp_id", models.CharField(max_length=64, verbose_name="company ID")),
                        ("agent_id", models.PositiveBigIntegerField(verbose_name="application's AgentId")),
                        (
                            "base_url",
                            models.CharField(
                                default="https://qyapi.weixin.qq.com",
                                max_length=300,
                                validators=[integrations.validators.validate_base_url],
                                verbose_name="address",
                            ),
                        ),
                        ("sign_in", models.BooleanField(default=False, verbose_name="sign in with WeCom")),
                        ("messages", models.BooleanField(default=False, verbose_name="messages and approval cards")),
                        (
                            "organisation",
                            models.BooleanField(default=False, verbose_name="import of departments and people"),
                        ),
                        ("check_ins", models.BooleanField(default=False, verbose_name="check-ins outside the office")),
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
                                to="integrations.wecomsettings",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wecomsettings",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_wecomsettingsevent" ("agent_id", "base_url", "check_ins", "corp_id", "created_at", "id", "messages", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_in", "updated_at", "version") VALUES (NEW."agent_id", NEW."base_url", NEW."check_ins", NEW."corp_id", NEW."created_at", NEW."id", NEW."messages", NEW."organisation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sign_in", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="ed8684b14647c8ab728b5b2ee04a670a256dcd31",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7aeb8",
                            table="integrations_wecomsettings",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wecomsettings",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agent_id" IS DISTINCT FROM (NEW."agent_id") OR OLD."base_url" IS DISTINCT FROM (NEW."base_url") OR OLD."check_ins" IS DISTINCT FROM (NEW."check_ins") OR OLD."corp_id" IS DISTINCT FROM (NEW."corp_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."messages" IS DISTINCT FROM (NEW."messages") OR OLD."organisation" IS DISTINCT FROM (NEW."organisation") OR OLD."sign_in" IS DISTINCT FROM (NEW."sign_in") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "integrations_wecomsettingsevent" ("agent_id", "base_url", "check_ins", "corp_id", "created_at", "id", "messages", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_in", "updated_at", "version") VALUES (NEW."agent_id", NEW."base_url", NEW."check_ins", NEW."corp_id", NEW."created_at", NEW."id", NEW."messages", NEW."organisation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sign_in", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="9f8d98c6ebbde995fc93e884b4a8382f28c14886",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e76b",
                            table="integrations_wecomsettings",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wecomaccount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_wecomaccountevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "user_id", "userid") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."user_id", NEW."userid"); RETURN NULL;',
                            hash="114ad59b165bc256318bfff9f5ddaa83e0a1eec8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_582b8",
                            table="integrations_wecomaccount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wecomaccount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "integrations_wecomaccountevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "user_id", "userid") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."user_id", NEW."userid"); RETURN NULL;',
                            hash="d3921236f28744fad7d3c30aef3a5aced62762d1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e5b43",
                            table="integrations_wecomaccount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wecomcheckin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_wecomcheckinevent" ("address", "at", "business_unit_id", "created_at", "customer_id", "distance", "exception", "id", "known", "latitude", "longitude", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id", "updated_at", "user_id", "version") VALUES (NEW."address", NEW."at", NEW."business_unit_id", NEW."created_at", NEW."customer_id", NEW."distance", NEW."exception", NEW."id", NEW."known", NEW."latitude", NEW."longitude", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."team_id", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="55dd95190d25eb55ef9bcdc37ef2581205ca2dc2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b3199",
                            table="integrations_wecomcheckin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wecomcheckin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "integrations_wecomcheckinevent" ("address", "at", "business_unit_id", "created_at", "customer_id", "distance", "exception", "id", "known", "latitude", "longitude", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id", "updated_at", "user_id", "version") VALUES (NEW."address", NEW."at", NEW."business_unit_id", NEW."created_at", NEW."customer_id", NEW."distance", NEW."exception", NEW."id", NEW."known", NEW."latitude", NEW."longitude", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."team_id", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="7184823ae93576c89097656331e7bd35fddf726c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f101c",
                            table="integrations_wecomcheckin",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
