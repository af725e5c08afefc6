"""Merges of customers with what they moved, and pairs that are not the same company."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0026_lost_jobs"),
        ("customers", "0030_wallet"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="merged on")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("choices", models.JSONField(default=dict, verbose_name="choices")),
                ("counts", models.JSONField(default=dict, verbose_name="moved")),
                ("report", models.JSONField(default=list, verbose_name="not put back")),
                ("undo_until", models.DateTimeField(verbose_name="can be undone until")),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "merged"), ("undone", "undone")],
                        default="done",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
            ],
            options={
                "verbose_name": "merge of customers",
                "verbose_name_plural": "merges of customers",
                "ordering": ["-merged_at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="CustomerMergeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="merged on")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("choices", models.JSONField(default=dict, verbose_name="choices")),
                ("counts", models.JSONField(default=dict, verbose_name="moved")),
                ("report", models.JSONField(default=list, verbose_name="not put back")),
                ("undo_until", models.DateTimeField(verbose_name="can be undone until")),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "merged"), ("undone", "undone")],
                        default="done",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CustomerMergeItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("mover", models.CharField(max_length=40)),
                ("model", models.CharField(max_length=80)),
                ("field", models.CharField(max_length=60)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("note", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name": "moved with a merge",
                "verbose_name_plural": "moved with merges",
                "ordering": ["merge", "order"],
            },
        ),
        migrations.CreateModel(
            name="CustomerMergeStateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, verbose_name="time")),
                (
                    "seconds_in_source",
                    models.PositiveBigIntegerField(default=0, verbose_name="seconds in the state before"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("source", models.CharField(choices=[("done", "merged"), ("undone", "undone")], max_length=10)),
                ("target", models.CharField(choices=[("done", "merged"), ("undone", "undone")], max_length=10)),
            ],
            options={
                "verbose_name": "state change of a merge",
                "verbose_name_plural": "state changes of merges",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NotTheSame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided on")),
            ],
            options={
                "verbose_name": "pair of different customers",
                "verbose_name_plural": "pairs of different customers",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NotTheSameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reason", models.TextField(verbose_name="reason")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="customer",
            options={
                "ordering": ["code"],
                "permissions": [
                    ("transfer_customer", "Can hand customers over to another owner"),
                    ("merge_customer", "Can merge customers"),
                    ("merge_across_units", "Can merge customers of different business units"),
                ],
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="customer",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="customer",
            name="update_update",
        ),
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_name",
        ),
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_changed",
        ),
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_grade",
        ),
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_next_step",
        ),
        migrations.AddField(
            model_name="customer",
            name="known_as",
            field=models.TextField(blank=True, db_default="", default="", editable=False, verbose_name="also known as"),
        ),
        migrations.AddField(
            model_name="customer",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_customers",
                to="customers.customer",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="customerevent",
            name="known_as",
            field=models.TextField(blank=True, db_default="", default="", editable=False, verbose_name="also known as"),
        ),
        migrations.AddField(
            model_name="customerevent",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="customers.customer",
                verbose_name="merged into",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["name", "id"], include=("owner", "business_unit", "merged_into"), name="customer_name"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["updated_at", "id"], include=("owner", "business_unit", "merged_into"), name="customer_changed"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["grade", "id"], include=("owner", "business_unit", "merged_into"), name="customer_grade"
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=["next_step_on", "id"],
                include=("owner", "business_unit", "merged_into"),
                name="customer_next_step",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="customer_merged"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "customers_customerevent" ("address", "annual_demand_kg", "application", "business_unit_id", "city", "code", "created_at", "credit_code", "credit_limit", "extra", "grade", "id", "industry", "kind", "known_as", "merged_into_id", "name", "name_en", "next_step", "next_step_on", "notes", "owner_id", "payment_terms_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province", "region_id", "short_name", "state", "team_id", "updated_at", "version", "website") VALUES (NEW."address", NEW."annual_demand_kg", NEW."application", NEW."business_unit_id", NEW."city", NEW."code", NEW."created_at", NEW."credit_code", NEW."credit_limit", NEW."extra", NEW."grade", NEW."id", NEW."industry", NEW."kind", NEW."known_as", NEW."merged_into_id", NEW."name", NEW."name_en", NEW."next_step", NEW."next_step_on", NEW."notes", NEW."owner_id", NEW."payment_terms_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."province", NEW."region_id", NEW."short_name", NEW."state", NEW."team_id", NEW."updated_at", NEW."version", NEW."website"); RETURN NULL;',
                    hash="5593dc9c7961962f34171fd8bf667a11af5e5ca9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a36e0",
                    table="customers_customer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."annual_demand_kg" IS DISTINCT FROM (NEW."annual_demand_kg") OR OLD."application" IS DISTINCT FROM (NEW."application") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."credit_code" IS DISTINCT FROM (NEW."credit_code") OR OLD."credit_limit" IS DISTINCT FROM (NEW."credit_limit") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry" IS DISTINCT FROM (NEW."industry") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."known_as" IS DISTINCT FROM (NEW."known_as") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."next_step_on" IS DISTINCT FROM (NEW."next_step_on") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."payment_terms_days" IS DISTINCT FROM (NEW."payment_terms_days") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."province" IS DISTINCT FROM (NEW."province") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                    func='INSERT INTO "customers_customerevent" ("address", "annual_demand_kg", "application", "business_unit_id", "city", "code", "created_at", "credit_code", "credit_limit", "extra", "grade", "id", "industry", "kind", "known_as", "merged_into_id", "name", "name_en", "next_step", "next_step_on", "notes", "owner_id", "payment_terms_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province", "region_id", "short_name", "state", "team_id", "updated_at", "version", "website") VALUES (NEW."address", NEW."annual_demand_kg", NEW."application", NEW."business_unit_id", NEW."city", NEW."code", NEW."created_at", NEW."credit_code", NEW."credit_limit", NEW."extra", NEW."grade", NEW."id", NEW."industry", NEW."kind", NEW."known_as", NEW."merged_into_id", NEW."name", NEW."name_en", NEW."next_step", NEW."next_step_on", NEW."notes", NEW."owner_id", NEW."payment_terms_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."province", NEW."region_id", NEW."short_name", NEW."state", NEW."team_id", NEW."updated_at", NEW."version", NEW."website"); RETURN NULL;',
                    hash="5875a33e71929199a68178dcee73bfce8311c9e0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ca86d",
                    table="customers_customer",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="customer_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="loser",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_lost",
                to="customers.customer",
                verbose_name="merged into it",
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="merged_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="merged by",
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="winner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_won",
                to="customers.customer",
                verbose_name="kept",
            ),
        ),
        migrations.AddField(
            model_name="customermergeevent",
            name="loser",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="customers.customer",
                verbose_name="merged into it",
            ),
        ),
        migrations.AddField(
            model_name="customermergeevent",
            name="merged_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="merged by",
            ),
        ),
        migrations.AddField(
            model_name="customermergeevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="customermergeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="customers.customermerge",
            ),
        ),
        migrations.AddField(
            model_name="customermergeevent",
            name="winner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="customers.customer",
                verbose_name="kept",
            ),
        ),
        migrations.AddField(
            model_name="customermergeitem",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="customers.customermerge"
            ),
        ),
        migrations.AddField(
            model_name="customermergestatechange",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="customermergestatechange",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="state_changes", to="customers.customermerge"
            ),
        ),
        migrations.AddField(
            model_name="notthesame",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="notthesame",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
            ),
        ),
        migrations.AddField(
            model_name="notthesame",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
            ),
        ),
        migrations.AddField(
            model_name="notthesameevent",
            name="decided_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="notthesameevent",
            name="first",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="notthesameevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="notthesameevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="customers.notthesame",
            ),
        ),
        migrations.AddField(
            model_name="notthesameevent",
            name="second",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddIndex(
            model_name="customermerge",
            index=models.Index(fields=["-merged_at", "-id"], name="customermerge_newest"),
        ),
        migrations.AddConstraint(
            model_name="customermerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("winner", models.F("loser")), _negated=True), name="customermerge_two_customers"
            ),
        ),
        migrations.AddConstraint(
            model_name="customermerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "done")),
                fields=("loser",),
                name="customermerge_loser_once",
                violation_error_message="This customer has been merged already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customermerge",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "customers_customermergeevent" ("choices", "counts", "created_at", "id", "loser_id", "merged_at", "merged_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report", "state", "state_since", "undo_until", "updated_at", "version", "winner_id") VALUES (NEW."choices", NEW."counts", NEW."created_at", NEW."id", NEW."loser_id", NEW."merged_at", NEW."merged_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."report", NEW."state", NEW."state_since", NEW."undo_until", NEW."updated_at", NEW."version", NEW."winner_id"); RETURN NULL;',
                    hash="63c8e2ffaf4c7ef324513b6ed1605650925f100a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eed31",
                    table="customers_customermerge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customermerge",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "customers_customermergeevent" ("choices", "counts", "created_at", "id", "loser_id", "merged_at", "merged_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report", "state", "state_since", "undo_until", "updated_at", "version", "winner_id") VALUES (NEW."choices", NEW."counts", NEW."created_at", NEW."id", NEW."loser_id", NEW."merged_at", NEW."merged_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."report", NEW."state", NEW."state_since", NEW."undo_until", NEW."updated_at", NEW."version", NEW."winner_id"); RETURN NULL;',
                    hash="e762f5d1e368fae55e710b5adfde48aa450a3f8d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_97dae",
                    table="customers_customermerge",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="customermergeitem",
            constraint=models.UniqueConstraint(fields=("merge", "order"), name="customermergeitem_order"),
        ),
        migrations.AddConstraint(
            model_name="notthesame",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="notthesame_ordered"
            ),
        ),
        migrations.AddConstraint(
            model_name="notthesame",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="notthesame_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notthesame",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "customers_notthesameevent" ("decided_at", "decided_by_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."first_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."second_id"); RETURN NULL;',
                    hash="a7de8605f67d2526c48ceb6804577c5894ed05fa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5cd2a",
                    table="customers_notthesame",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notthesame",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "customers_notthesameevent" ("decided_at", "decided_by_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."first_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."second_id"); RETURN NULL;',
                    hash="a7014c23466175e9c5bda0bfa40d014fd4816dad",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d79a3",
                    table="customers_notthesame",
                    when="AFTER",
                ),
            ),
        ),
    ]
