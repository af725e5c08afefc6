"""Complaints."""

import crm.base.migrating
import crm.base.models
import crm.records.models.choices
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from crm.records.choices import starting_lists, without_lists
from service.choices import CHOICE_LISTS


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("service", "0001_initial"),
        ("service", "0002_no_negative_amounts"),
        ("service", "0003_configuration"),
    ]

    dependencies = [
        ("crm", "0003_first_rows"),
        ("customers", "0001_archive"),
        ("orders", "0001_documents"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Complaint",
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
                        (
                            "extra",
                            models.JSONField(blank=True, default=dict, editable=False, verbose_name="extra fields"),
                        ),
                        ("code", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                        ("title", models.CharField(max_length=200, verbose_name="subject")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("S1", "S1 line stop or safety"), ("S2", "S2 serious"), ("S3", "S3 minor")],
                                default="S3",
                                max_length=2,
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "defect",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="defect", max_length=60, verbose_name="defect"
                            ),
                        ),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch")),
                        (
                            "affected_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="quantity affected (kg)",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="answer due")),
                        ("cause", models.TextField(blank=True, verbose_name="cause")),
                        ("action", models.TextField(blank=True, verbose_name="corrective action")),
                        (
                            "loss_base",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="loss in base currency"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("registered", "registered"),
                                    ("investigating", "being investigated"),
                                    ("answered", "answered"),
                                    ("closed", "closed"),
                                ],
                                default="registered",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                        ),
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
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints",
                                to="orders.salesorder",
                                verbose_name="order",
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
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.product",
                                verbose_name="product",
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
                        "verbose_name": "complaint",
                        "verbose_name_plural": "complaints",
                        "ordering": ["-received_on", "-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="complaint_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["extra"], name="complaint_extra", opclasses=["jsonb_path_ops"]
                            ),
                            models.Index(fields=["received_on", "id"], name="complaint_received"),
                            models.Index(fields=["customer", "received_on"], name="complaint_customer"),
                            models.Index(fields=["due_on", "id"], name="complaint_due"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("affected_kg__isnull", True), ("affected_kg__gte", 0), _connector="OR"
                                ),
                                name="complaint_affected_not_negative",
                                violation_error_message="The quantity affected must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("loss_base__gte", 0)),
                                name="complaint_loss_not_negative",
                                violation_error_message="The loss must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("received_on"))),
                                name="complaint_due_after_receipt",
                                violation_error_message="The answer cannot be due before the complaint was received.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "extra",
                            models.JSONField(blank=True, default=dict, editable=False, verbose_name="extra fields"),
                        ),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        ("title", models.CharField(max_length=200, verbose_name="subject")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("S1", "S1 line stop or safety"), ("S2", "S2 serious"), ("S3", "S3 minor")],
                                default="S3",
                                max_length=2,
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "defect",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="defect", max_length=60, verbose_name="defect"
                            ),
                        ),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch")),
                        (
                            "affected_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="quantity affected (kg)",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="answer due")),
                        ("cause", models.TextField(blank=True, verbose_name="cause")),
                        ("action", models.TextField(blank=True, verbose_name="corrective action")),
                        (
                            "loss_base",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="loss in base currency"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("registered", "registered"),
                                    ("investigating", "being investigated"),
                                    ("answered", "answered"),
                                    ("closed", "closed"),
                                ],
                                default="registered",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
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
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                to="service.complaint",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
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
                    name="ComplaintStateChange",
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
                            models.CharField(
                                choices=[
                                    ("registered", "registered"),
                                    ("investigating", "being investigated"),
                                    ("answered", "answered"),
                                    ("closed", "closed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("registered", "registered"),
                                    ("investigating", "being investigated"),
                                    ("answered", "answered"),
                                    ("closed", "closed"),
                                ],
                                max_length=20,
                            ),
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
                                to="service.complaint",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a complaint",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="complaint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "service_complaintevent" ("action", "affected_kg", "batch", "business_unit_id", "cause", "code", "created_at", "customer_id", "defect", "description", "due_on", "extra", "id", "loss_base", "order_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "received_on", "severity", "state", "state_since", "team_id", "title", "updated_at", "version") VALUES (NEW."action", NEW."affected_kg", NEW."batch", NEW."business_unit_id", NEW."cause", NEW."code", NEW."created_at", NEW."customer_id", NEW."defect", NEW."description", NEW."due_on", NEW."extra", NEW."id", NEW."loss_base", NEW."order_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."received_on", NEW."severity", NEW."state", NEW."state_since", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="fea388914be437bd6824af92d925b4ba8003156b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_df4ea",
                            table="service_complaint",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="complaint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."action" IS DISTINCT FROM (NEW."action") OR OLD."affected_kg" IS DISTINCT FROM (NEW."affected_kg") OR OLD."batch" IS DISTINCT FROM (NEW."batch") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."cause" IS DISTINCT FROM (NEW."cause") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."defect" IS DISTINCT FROM (NEW."defect") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."loss_base" IS DISTINCT FROM (NEW."loss_base") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "service_complaintevent" ("action", "affected_kg", "batch", "business_unit_id", "cause", "code", "created_at", "customer_id", "defect", "description", "due_on", "extra", "id", "loss_base", "order_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "received_on", "severity", "state", "state_since", "team_id", "title", "updated_at", "version") VALUES (NEW."action", NEW."affected_kg", NEW."batch", NEW."business_unit_id", NEW."cause", NEW."code", NEW."created_at", NEW."customer_id", NEW."defect", NEW."description", NEW."due_on", NEW."extra", NEW."id", NEW."loss_base", NEW."order_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."received_on", NEW."severity", NEW."state", NEW."state_since", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="698af9c0a9bd3563f828aef3a8c1e011cb643e02",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eb180",
                            table="service_complaint",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunPython(starting_lists(*CHOICE_LISTS), without_lists(*CHOICE_LISTS)),
    ]
