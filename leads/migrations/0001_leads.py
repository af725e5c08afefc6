"""Campaigns, leads and tags."""

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
from leads.choices import CHOICE_LISTS


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("leads", "0001_initial"),
        ("leads", "0002_no_negative_amounts"),
        ("leads", "0003_phone_digits"),
        ("leads", "0004_configuration"),
    ]

    dependencies = [
        ("crm", "0003_first_rows"),
        ("customers", "0001_archive"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Campaign",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("exhibition", "exhibition"),
                                    ("seminar", "technical seminar"),
                                    ("online", "online campaign"),
                                    ("dealer_meeting", "distributor meeting"),
                                    ("field_trial", "field demonstration"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[("annual", "annual plan"), ("ad_hoc", "on demand")],
                                default="annual",
                                max_length=10,
                                verbose_name="origin",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("completed", "completed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("completed_on", models.DateField(editable=False, null=True, verbose_name="completed on")),
                        (
                            "budget",
                            models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="budget"),
                        ),
                        (
                            "spent",
                            models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="spent"),
                        ),
                        ("planned_leads", models.PositiveIntegerField(default=0, verbose_name="planned leads")),
                        ("goal", models.TextField(blank=True, verbose_name="goal")),
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
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
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
                        "verbose_name": "campaign",
                        "verbose_name_plural": "campaigns",
                        "ordering": ["-starts_on", "-id"],
                        "permissions": [("approve_campaign", "Can approve campaigns")],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["extra"], name="campaign_extra", opclasses=["jsonb_path_ops"]
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="campaign_search"
                            ),
                            models.Index(fields=["starts_on", "id"], name="campaign_starts"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="campaign_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("budget__gte", 0)),
                                name="campaign_budget_not_negative",
                                violation_error_message="The budget must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__gte", 0)),
                                name="campaign_spent_not_negative",
                                violation_error_message="What was spent must not be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignEvent",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("exhibition", "exhibition"),
                                    ("seminar", "technical seminar"),
                                    ("online", "online campaign"),
                                    ("dealer_meeting", "distributor meeting"),
                                    ("field_trial", "field demonstration"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[("annual", "annual plan"), ("ad_hoc", "on demand")],
                                default="annual",
                                max_length=10,
                                verbose_name="origin",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("completed", "completed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("completed_on", models.DateField(editable=False, null=True, verbose_name="completed on")),
                        (
                            "budget",
                            models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="budget"),
                        ),
                        (
                            "spent",
                            models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="spent"),
                        ),
                        ("planned_leads", models.PositiveIntegerField(default=0, verbose_name="planned leads")),
                        ("goal", models.TextField(blank=True, verbose_name="goal")),
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
                                to="leads.campaign",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
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
                    name="CampaignStateChange",
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
                                    ("planned", "planned"),
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("completed", "completed"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("completed", "completed"),
                                    ("cancelled", "cancelled"),
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
                                to="leads.campaign",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a campaign",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Lead",
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
                        ("company_name", models.CharField(max_length=200, verbose_name="company")),
                        ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("need", models.TextField(blank=True, verbose_name="need")),
                        (
                            "source",
                            crm.records.models.choices.ListedField(
                                default="referral", list_key="lead_source", max_length=60, verbose_name="source"
                            ),
                        ),
                        (
                            "expected_amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="expected amount"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("assigned", "assigned"),
                                    ("followed_up", "followed up"),
                                    ("qualified", "qualified"),
                                    ("converted", "converted"),
                                    ("disqualified", "disqualified"),
                                ],
                                default="new",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
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
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads",
                                to="leads.campaign",
                                verbose_name="campaign",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads",
                                to="customers.customer",
                                verbose_name="customer",
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
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
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
                        "verbose_name": "lead",
                        "verbose_name_plural": "leads",
                        "ordering": ["-received_on", "-id"],
                        "permissions": [("assign_lead", "Can assign leads to others")],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="lead_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["extra"], name="lead_extra", opclasses=["jsonb_path_ops"]
                            ),
                            models.Index(fields=["received_on", "id"], name="lead_received"),
                            models.Index(fields=["owner", "received_on"], name="lead_owner_received"),
                            models.Index(fields=["business_unit", "received_on"], name="lead_unit_received"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expected_amount__isnull", True), ("expected_amount__gte", 0), _connector="OR"
                                ),
                                name="lead_expected_amount_not_negative",
                                violation_error_message="The expected amount must not be negative.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadEvent",
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
                        ("company_name", models.CharField(max_length=200, verbose_name="company")),
                        ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("need", models.TextField(blank=True, verbose_name="need")),
                        (
                            "source",
                            crm.records.models.choices.ListedField(
                                default="referral", list_key="lead_source", max_length=60, verbose_name="source"
                            ),
                        ),
                        (
                            "expected_amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="expected amount"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("assigned", "assigned"),
                                    ("followed_up", "followed up"),
                                    ("qualified", "qualified"),
                                    ("converted", "converted"),
                                    ("disqualified", "disqualified"),
                                ],
                                default="new",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
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
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="leads.campaign",
                                verbose_name="campaign",
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
                                to="leads.lead",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
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
                    name="LeadStateChange",
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
                                    ("new", "new"),
                                    ("assigned", "assigned"),
                                    ("followed_up", "followed up"),
                                    ("qualified", "qualified"),
                                    ("converted", "converted"),
                                    ("disqualified", "disqualified"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("assigned", "assigned"),
                                    ("followed_up", "followed up"),
                                    ("qualified", "qualified"),
                                    ("converted", "converted"),
                                    ("disqualified", "disqualified"),
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
                                to="leads.lead",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a lead",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "leads_campaignevent" ("budget", "business_unit_id", "code", "completed_on", "created_at", "ends_on", "extra", "goal", "id", "kind", "name", "origin", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_leads", "product_line_id", "region_id", "spent", "starts_on", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."budget", NEW."business_unit_id", NEW."code", NEW."completed_on", NEW."created_at", NEW."ends_on", NEW."extra", NEW."goal", NEW."id", NEW."kind", NEW."name", NEW."origin", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_leads", NEW."product_line_id", NEW."region_id", NEW."spent", NEW."starts_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="b22b3dd9af539029d352b387424a22f6702c412f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_eb8c8",
                            table="leads_campaign",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."budget" IS DISTINCT FROM (NEW."budget") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."completed_on" IS DISTINCT FROM (NEW."completed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."goal" IS DISTINCT FROM (NEW."goal") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."planned_leads" IS DISTINCT FROM (NEW."planned_leads") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."spent" IS DISTINCT FROM (NEW."spent") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "leads_campaignevent" ("budget", "business_unit_id", "code", "completed_on", "created_at", "ends_on", "extra", "goal", "id", "kind", "name", "origin", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_leads", "product_line_id", "region_id", "spent", "starts_on", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."budget", NEW."business_unit_id", NEW."code", NEW."completed_on", NEW."created_at", NEW."ends_on", NEW."extra", NEW."goal", NEW."id", NEW."kind", NEW."name", NEW."origin", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_leads", NEW."product_line_id", NEW."region_id", NEW."spent", NEW."starts_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="af2c5a5299246f78bc87843bc96887ad1c75a4ec",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_19c2a",
                            table="leads_campaign",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lead",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "leads_leadevent" ("business_unit_id", "campaign_id", "code", "company_name", "contact_name", "created_at", "customer_id", "email", "expected_amount", "extra", "id", "need", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "product_line_id", "received_on", "region_id", "source", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."campaign_id", NEW."code", NEW."company_name", NEW."contact_name", NEW."created_at", NEW."customer_id", NEW."email", NEW."expected_amount", NEW."extra", NEW."id", NEW."need", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."product_line_id", NEW."received_on", NEW."region_id", NEW."source", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="e4d31b558777251aad42b881557e10f478e0256e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_523c0",
                            table="leads_lead",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lead",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."company_name" IS DISTINCT FROM (NEW."company_name") OR OLD."contact_name" IS DISTINCT FROM (NEW."contact_name") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expected_amount" IS DISTINCT FROM (NEW."expected_amount") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."need" IS DISTINCT FROM (NEW."need") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "leads_leadevent" ("business_unit_id", "campaign_id", "code", "company_name", "contact_name", "created_at", "customer_id", "email", "expected_amount", "extra", "id", "need", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "product_line_id", "received_on", "region_id", "source", "state", "state_since", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."campaign_id", NEW."code", NEW."company_name", NEW."contact_name", NEW."created_at", NEW."customer_id", NEW."email", NEW."expected_amount", NEW."extra", NEW."id", NEW."need", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."product_line_id", NEW."received_on", NEW."region_id", NEW."source", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="e002b95c18f48d433e3e0727c451c27db57ce905",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17f2d",
                            table="leads_lead",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(starting_lists(*CHOICE_LISTS), without_lists(*CHOICE_LISTS)),
    ]
