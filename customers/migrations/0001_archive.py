"""Customers, their contacts, activities and accounts."""

import crm.base.migrating
import crm.base.models
import crm.records.models.choices
import customers.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from crm.records.choices import starting_lists, without_lists
from customers.choices import CHOICE_LISTS


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("customers", "0001_initial"),
        ("customers", "0002_no_negative_amounts"),
        ("customers", "0003_contact_search"),
        ("customers", "0004_configuration"),
    ]

    dependencies = [
        ("crm", "0003_first_rows"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Customer",
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
                        ("code", models.CharField(editable=False, max_length=20, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                        (
                            "credit_code",
                            models.CharField(
                                blank=True,
                                max_length=18,
                                validators=[customers.validators.validate_credit_code],
                                verbose_name="unified social credit code",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("direct", "direct"),
                                    ("distributor", "distributor"),
                                    ("end_user", "end user behind a distributor"),
                                    ("agent", "agent"),
                                ],
                                default="direct",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prospect", "prospect"),
                                    ("active", "active"),
                                    ("dormant", "dormant"),
                                    ("blocked", "blocked"),
                                ],
                                default="prospect",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                blank=True,
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="grade",
                            ),
                        ),
                        (
                            "industry",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="industry", max_length=60, verbose_name="industry"
                            ),
                        ),
                        (
                            "application",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="application", max_length=100, verbose_name="application"
                            ),
                        ),
                        ("province", models.CharField(blank=True, max_length=30, verbose_name="province")),
                        ("city", models.CharField(blank=True, max_length=30, verbose_name="city")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                        ("website", models.CharField(blank=True, max_length=120, verbose_name="website")),
                        (
                            "payment_terms_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="payment terms (days)"
                            ),
                        ),
                        (
                            "credit_limit",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="credit limit"
                            ),
                        ),
                        (
                            "annual_demand_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="annual demand (kg)",
                            ),
                        ),
                        ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                        ("next_step_on", models.DateField(blank=True, null=True, verbose_name="next step on")),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
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
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.region",
                                verbose_name="region",
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
                        "verbose_name": "customer",
                        "verbose_name_plural": "customers",
                        "ordering": ["code"],
                        "permissions": [("transfer_customer", "Can hand customers over to another owner")],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="customer_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["extra"], name="customer_extra", opclasses=["jsonb_path_ops"]
                            ),
                            models.Index(fields=["owner", "code"], name="customer_owner_code"),
                            models.Index(fields=["team", "code"], name="customer_team_code"),
                            models.Index(fields=["business_unit", "code"], name="customer_unit_code"),
                            models.Index(
                                fields=["name", "id"], include=("owner", "business_unit"), name="customer_name"
                            ),
                            models.Index(
                                fields=["updated_at", "id"], include=("owner", "business_unit"), name="customer_changed"
                            ),
                            models.Index(
                                fields=["grade", "id"], include=("owner", "business_unit"), name="customer_grade"
                            ),
                            models.Index(
                                fields=["next_step_on", "id"],
                                include=("owner", "business_unit"),
                                name="customer_next_step",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("credit_code", ""), _negated=True),
                                fields=("credit_code",),
                                name="customer_credit_code_unique",
                                violation_error_message="Another customer has this credit code: open that customer instead.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("credit_limit__isnull", True), ("credit_limit__gte", 0), _connector="OR"
                                ),
                                name="customer_credit_limit_positive",
                                violation_error_message="The credit limit must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("annual_demand_kg__isnull", True), ("annual_demand_kg__gte", 0), _connector="OR"
                                ),
                                name="customer_annual_demand_not_negative",
                                violation_error_message="The yearly demand must not be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("title", models.CharField(blank=True, max_length=60, verbose_name="position")),
                        (
                            "role",
                            crm.records.models.choices.ListedField(
                                default="other", list_key="contact_role", max_length=60, verbose_name="role"
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="mobile")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("is_primary", models.BooleanField(default=False, verbose_name="main contact")),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                        "verbose_name_plural": "contacts",
                        "ordering": ["-is_primary", "name", "id"],
                        "indexes": [
                            models.Index(fields=["name", "id"], name="contact_name"),
                            models.Index(fields=["updated_at", "id"], name="contact_changed"),
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="contact_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["extra"], name="contact_extra", opclasses=["jsonb_path_ops"]
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_primary", True)),
                                fields=("customer",),
                                name="contact_one_primary",
                                violation_error_message="The customer has a main contact already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerEvent",
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
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="code")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                        (
                            "credit_code",
                            models.CharField(
                                blank=True,
                                max_length=18,
                                validators=[customers.validators.validate_credit_code],
                                verbose_name="unified social credit code",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("direct", "direct"),
                                    ("distributor", "distributor"),
                                    ("end_user", "end user behind a distributor"),
                                    ("agent", "agent"),
                                ],
                                default="direct",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prospect", "prospect"),
                                    ("active", "active"),
                                    ("dormant", "dormant"),
                                    ("blocked", "blocked"),
                                ],
                                default="prospect",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                blank=True,
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="grade",
                            ),
                        ),
                        (
                            "industry",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="industry", max_length=60, verbose_name="industry"
                            ),
                        ),
                        (
                            "application",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="application", max_length=100, verbose_name="application"
                            ),
                        ),
                        ("province", models.CharField(blank=True, max_length=30, verbose_name="province")),
                        ("city", models.CharField(blank=True, max_length=30, verbose_name="city")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                        ("website", models.CharField(blank=True, max_length=120, verbose_name="website")),
                        (
                            "payment_terms_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="payment terms (days)"
                            ),
                        ),
                        (
                            "credit_limit",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="credit limit"
                            ),
                        ),
                        (
                            "annual_demand_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="annual demand (kg)",
                            ),
                        ),
                        ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                        ("next_step_on", models.DateField(blank=True, null=True, verbose_name="next step on")),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
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
                                to="customers.customer",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.region",
                                verbose_name="region",
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
                    name="CustomerFigures",
                    fields=[
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="figures",
                                serialize=False,
                                to="customers.customer",
                            ),
                        ),
                        (
                            "sales_12m",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="sales, 12 months"
                            ),
                        ),
                        (
                            "sales_12m_before",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="sales, 12 months before"
                            ),
                        ),
                        (
                            "sales_by_month",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=18), default=list, size=None
                            ),
                        ),
                        (
                            "volume_12m_kg",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=18, verbose_name="volume, 12 months (kg)"
                            ),
                        ),
                        (
                            "receivable",
                            models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="receivables"),
                        ),
                        (
                            "overdue",
                            models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="overdue"),
                        ),
                        ("last_order_on", models.DateField(null=True, verbose_name="last order")),
                        ("refreshed_at", models.DateTimeField(verbose_name="as of")),
                    ],
                    options={
                        "verbose_name": "figures of a customer",
                        "verbose_name_plural": "figures of customers",
                        "indexes": [
                            models.Index(fields=["sales_12m", "customer"], name="customer_figures_sales"),
                            models.Index(fields=["overdue", "customer"], name="customer_figures_overdue"),
                            models.Index(fields=["receivable", "customer"], name="customer_figures_receivable"),
                            models.Index(fields=["last_order_on", "customer"], name="customer_figures_last_order"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactEvent",
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
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("title", models.CharField(blank=True, max_length=60, verbose_name="position")),
                        (
                            "role",
                            crm.records.models.choices.ListedField(
                                default="other", list_key="contact_role", max_length=60, verbose_name="role"
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="mobile")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("is_primary", models.BooleanField(default=False, verbose_name="main contact")),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
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
                                to="customers.contact",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customerevent" ("address", "annual_demand_kg", "application", "business_unit_id", "city", "code", "created_at", "credit_code", "credit_limit", "extra", "grade", "id", "industry", "kind", "name", "name_en", "next_step", "next_step_on", "notes", "owner_id", "payment_terms_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province", "region_id", "short_name", "state", "team_id", "updated_at", "version", "website") VALUES (NEW."address", NEW."annual_demand_kg", NEW."application", NEW."business_unit_id", NEW."city", NEW."code", NEW."created_at", NEW."credit_code", NEW."credit_limit", NEW."extra", NEW."grade", NEW."id", NEW."industry", NEW."kind", NEW."name", NEW."name_en", NEW."next_step", NEW."next_step_on", NEW."notes", NEW."owner_id", NEW."payment_terms_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."province", NEW."region_id", NEW."short_name", NEW."state", NEW."team_id", NEW."updated_at", NEW."version", NEW."website"); RETURN NULL;',
                            hash="65a5563dd9788d008b6322e2450d253506c345ec",
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
                            condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."annual_demand_kg" IS DISTINCT FROM (NEW."annual_demand_kg") OR OLD."application" IS DISTINCT FROM (NEW."application") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."credit_code" IS DISTINCT FROM (NEW."credit_code") OR OLD."credit_limit" IS DISTINCT FROM (NEW."credit_limit") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry" IS DISTINCT FROM (NEW."industry") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."next_step_on" IS DISTINCT FROM (NEW."next_step_on") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."payment_terms_days" IS DISTINCT FROM (NEW."payment_terms_days") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."province" IS DISTINCT FROM (NEW."province") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                            func='INSERT INTO "customers_customerevent" ("address", "annual_demand_kg", "application", "business_unit_id", "city", "code", "created_at", "credit_code", "credit_limit", "extra", "grade", "id", "industry", "kind", "name", "name_en", "next_step", "next_step_on", "notes", "owner_id", "payment_terms_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province", "region_id", "short_name", "state", "team_id", "updated_at", "version", "website") VALUES (NEW."address", NEW."annual_demand_kg", NEW."application", NEW."business_unit_id", NEW."city", NEW."code", NEW."created_at", NEW."credit_code", NEW."credit_limit", NEW."extra", NEW."grade", NEW."id", NEW."industry", NEW."kind", NEW."name", NEW."name_en", NEW."next_step", NEW."next_step_on", NEW."notes", NEW."owner_id", NEW."payment_terms_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."province", NEW."region_id", NEW."short_name", NEW."state", NEW."team_id", NEW."updated_at", NEW."version", NEW."website"); RETURN NULL;',
                            hash="ae949525a2361e1e5c7d24b2fb4af00cfc56d5b1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ca86d",
                            table="customers_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contactevent" ("created_at", "customer_id", "email", "extra", "id", "is_primary", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."email", NEW."extra", NEW."id", NEW."is_primary", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."role", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="40d38de7afc6ae1cb8ff328cdf792aea83ae9570",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_84620",
                            table="customers_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_primary" IS DISTINCT FROM (NEW."is_primary") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_contactevent" ("created_at", "customer_id", "email", "extra", "id", "is_primary", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."email", NEW."extra", NEW."id", NEW."is_primary", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."role", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="a2c0fa87270a900c175fb7b4edead8be57459c7c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_760d1",
                            table="customers_contact",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(starting_lists(*CHOICE_LISTS), without_lists(*CHOICE_LISTS)),
    ]
