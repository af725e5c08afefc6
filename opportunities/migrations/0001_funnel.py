"""Opportunities and quotes."""

import crm.base.migrating
import crm.base.models
import crm.records.models.choices
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


from crm.records.choices import starting_lists, without_lists
from opportunities.choices import CHOICE_LISTS


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("opportunities", "0001_initial"),
        ("opportunities", "0003_no_negative_amounts"),
        ("opportunities", "0004_configuration"),
        ("opportunities", "0005_gate_versions"),
    ]

    dependencies = [
        ("crm", "0003_first_rows"),
        ("customers", "0001_archive"),
        ("leads", "0001_leads"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Stage",
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
                        ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                        (
                            "category",
                            models.CharField(
                                choices=[("open", "open"), ("won", "won"), ("lost", "lost"), ("on_hold", "on hold")],
                                default="open",
                                max_length=10,
                                verbose_name="meaning",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("probability", models.PositiveSmallIntegerField(verbose_name="win probability (%)")),
                        ("standard_days", models.PositiveSmallIntegerField(default=30, verbose_name="standard days")),
                    ],
                    options={
                        "verbose_name": "stage",
                        "verbose_name_plural": "stages",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="GateItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("field", "field of the opportunity"),
                                    ("specification", "technical specification"),
                                    ("extra", "extra field"),
                                ],
                                default="field",
                                max_length=15,
                                verbose_name="kept in",
                            ),
                        ),
                        ("key", models.CharField(max_length=40, verbose_name="key")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "level",
                            models.CharField(
                                choices=[("required", "required"), ("wanted", "wanted"), ("off", "off")],
                                default="required",
                                max_length=8,
                                verbose_name="asked",
                            ),
                        ),
                        ("levels", models.JSONField(blank=True, default=dict, verbose_name="asked by product line")),
                        ("valid_from", models.DateTimeField(editable=False, null=True, verbose_name="holds from")),
                        ("valid_until", models.DateTimeField(editable=False, null=True, verbose_name="held until")),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gate_items",
                                to="opportunities.stage",
                                verbose_name="stage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "gate item",
                        "verbose_name_plural": "gate items",
                        "ordering": ["stage", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("stage", "key"),
                                name="gate_item_once",
                                violation_error_message="The gate has this item already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opportunity",
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
                        ("stage_since", models.DateTimeField(editable=False, verbose_name="in the stage since")),
                        ("assigned_on", models.DateField(editable=False, null=True, verbose_name="assigned on")),
                        ("closed_on", models.DateField(editable=False, null=True, verbose_name="closed on")),
                        (
                            "converted_on",
                            models.DateField(editable=False, null=True, verbose_name="contract or order on"),
                        ),
                        ("expected_close_on", models.DateField(blank=True, null=True, verbose_name="expected close")),
                        (
                            "demand_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="customer's demand (kg)",
                            ),
                        ),
                        (
                            "our_volume_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="our expected volume (kg)",
                            ),
                        ),
                        (
                            "market_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="market price (per kg)",
                            ),
                        ),
                        ("need", models.TextField(blank=True, verbose_name="customer's problem and need")),
                        ("competitors", models.CharField(blank=True, max_length=200, verbose_name="competitors")),
                        (
                            "source",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="opportunity_source", max_length=60, verbose_name="source"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new_product", "new product"),
                                    ("replacement", "competitor replacement"),
                                    ("share", "share increase"),
                                    ("new_customer", "new customer"),
                                    ("renewal", "renewal"),
                                ],
                                max_length=20,
                                verbose_name="category",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new_new", "new customer, new product"),
                                    ("new_known", "new customer, known product"),
                                    ("known_new", "known customer, new product"),
                                    ("known_known", "known customer, known product"),
                                ],
                                max_length=20,
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "application",
                            models.CharField(blank=True, max_length=200, verbose_name="market and application"),
                        ),
                        (
                            "target_function",
                            models.CharField(blank=True, max_length=200, verbose_name="target function"),
                        ),
                        ("buying_motive", models.CharField(blank=True, max_length=200, verbose_name="buying motive")),
                        ("timing", models.CharField(blank=True, max_length=200, verbose_name="timing expected")),
                        (
                            "certification",
                            models.CharField(blank=True, max_length=200, verbose_name="certification required"),
                        ),
                        (
                            "specification",
                            models.JSONField(blank=True, default=dict, verbose_name="technical specification"),
                        ),
                        ("process", models.TextField(blank=True, verbose_name="customer's process")),
                        ("solution", models.TextField(blank=True, verbose_name="solution")),
                        (
                            "proposed_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="proposed price (per kg)",
                            ),
                        ),
                        ("support_needed", models.CharField(blank=True, max_length=200, verbose_name="support needed")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "amount_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount in base currency",
                            ),
                        ),
                        ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                        ("next_step_on", models.DateField(blank=True, null=True, verbose_name="next step on")),
                        (
                            "loss_reason",
                            crm.records.models.choices.ListedField(
                                blank=True,
                                editable=False,
                                list_key="loss_reason",
                                max_length=60,
                                verbose_name="reason of loss",
                            ),
                        ),
                        (
                            "lost_to",
                            models.CharField(blank=True, editable=False, max_length=100, verbose_name="lost to"),
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
                            "currency",
                            models.ForeignKey(
                                default="CNY",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opportunities",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opportunities",
                                to="leads.lead",
                                verbose_name="lead",
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
                        (
                            "stage",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opportunities",
                                to="opportunities.stage",
                                verbose_name="stage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opportunity",
                        "verbose_name_plural": "opportunities",
                        "ordering": ["-id"],
                        "permissions": [("transfer_opportunity", "Can hand opportunities over to another owner")],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="opportunity_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["extra"], name="opportunity_extra", opclasses=["jsonb_path_ops"]
                            ),
                            models.Index(fields=["stage", "expected_close_on", "id"], name="opportunity_stage_close"),
                            models.Index(
                                fields=["owner", "stage", "expected_close_on"], name="opportunity_owner_stage"
                            ),
                            models.Index(fields=["team", "stage", "expected_close_on"], name="opportunity_team_stage"),
                            models.Index(
                                fields=["business_unit", "stage", "expected_close_on"], name="opportunity_unit_stage"
                            ),
                            models.Index(fields=["expected_close_on", "id"], name="opportunity_close"),
                            models.Index(fields=["amount_base", "id"], name="opportunity_amount"),
                            models.Index(fields=["assigned_on"], name="opportunity_assigned"),
                            models.Index(
                                condition=models.Q(("closed_on__isnull", False)),
                                fields=["closed_on"],
                                name="opportunity_closed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("demand_kg__isnull", True), ("demand_kg__gte", 0), _connector="OR"),
                                    models.Q(
                                        ("our_volume_kg__isnull", True), ("our_volume_kg__gte", 0), _connector="OR"
                                    ),
                                ),
                                name="opportunity_volumes_not_negative",
                                violation_error_message="The customer's demand and our volume must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proposed_price__isnull", True), ("proposed_price__gt", 0), _connector="OR"
                                ),
                                name="opportunity_proposed_price_positive",
                                violation_error_message="The proposed price must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("demand_kg__isnull", True),
                                    ("our_volume_kg__isnull", True),
                                    ("our_volume_kg__lte", models.F("demand_kg")),
                                    _connector="OR",
                                ),
                                name="opportunity_volume_within_demand",
                                violation_error_message="Our volume must not be larger than the customer's demand.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("market_price__isnull", True), ("market_price__gt", 0), _connector="OR"
                                ),
                                name="opportunity_price_positive",
                                violation_error_message="The market price must be larger than zero.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StageEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(max_length=30, verbose_name="code")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                        (
                            "category",
                            models.CharField(
                                choices=[("open", "open"), ("won", "won"), ("lost", "lost"), ("on_hold", "on hold")],
                                default="open",
                                max_length=10,
                                verbose_name="meaning",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("probability", models.PositiveSmallIntegerField(verbose_name="win probability (%)")),
                        ("standard_days", models.PositiveSmallIntegerField(default=30, verbose_name="standard days")),
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
                                to="opportunities.stage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OpportunityStageChange",
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
                                related_name="stage_changes",
                                to="opportunities.opportunity",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="opportunities.stage",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="opportunities.stage"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stage change",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OpportunityEvent",
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
                        ("stage_since", models.DateTimeField(editable=False, verbose_name="in the stage since")),
                        ("assigned_on", models.DateField(editable=False, null=True, verbose_name="assigned on")),
                        ("closed_on", models.DateField(editable=False, null=True, verbose_name="closed on")),
                        (
                            "converted_on",
                            models.DateField(editable=False, null=True, verbose_name="contract or order on"),
                        ),
                        ("expected_close_on", models.DateField(blank=True, null=True, verbose_name="expected close")),
                        (
                            "demand_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="customer's demand (kg)",
                            ),
                        ),
                        (
                            "our_volume_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="our expected volume (kg)",
                            ),
                        ),
                        (
                            "market_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="market price (per kg)",
                            ),
                        ),
                        ("need", models.TextField(blank=True, verbose_name="customer's problem and need")),
                        ("competitors", models.CharField(blank=True, max_length=200, verbose_name="competitors")),
                        (
                            "source",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="opportunity_source", max_length=60, verbose_name="source"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new_product", "new product"),
                                    ("replacement", "competitor replacement"),
                                    ("share", "share increase"),
                                    ("new_customer", "new customer"),
                                    ("renewal", "renewal"),
                                ],
                                max_length=20,
                                verbose_name="category",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new_new", "new customer, new product"),
                                    ("new_known", "new customer, known product"),
                                    ("known_new", "known customer, new product"),
                                    ("known_known", "known customer, known product"),
                                ],
                                max_length=20,
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "application",
                            models.CharField(blank=True, max_length=200, verbose_name="market and application"),
                        ),
                        (
                            "target_function",
                            models.CharField(blank=True, max_length=200, verbose_name="target function"),
                        ),
                        ("buying_motive", models.CharField(blank=True, max_length=200, verbose_name="buying motive")),
                        ("timing", models.CharField(blank=True, max_length=200, verbose_name="timing expected")),
                        (
                            "certification",
                            models.CharField(blank=True, max_length=200, verbose_name="certification required"),
                        ),
                        (
                            "specification",
                            models.JSONField(blank=True, default=dict, verbose_name="technical specification"),
                        ),
                        ("process", models.TextField(blank=True, verbose_name="customer's process")),
                        ("solution", models.TextField(blank=True, verbose_name="solution")),
                        (
                            "proposed_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="proposed price (per kg)",
                            ),
                        ),
                        ("support_needed", models.CharField(blank=True, max_length=200, verbose_name="support needed")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "amount_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount in base currency",
                            ),
                        ),
                        ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                        ("next_step_on", models.DateField(blank=True, null=True, verbose_name="next step on")),
                        (
                            "loss_reason",
                            crm.records.models.choices.ListedField(
                                blank=True,
                                editable=False,
                                list_key="loss_reason",
                                max_length=60,
                                verbose_name="reason of loss",
                            ),
                        ),
                        (
                            "lost_to",
                            models.CharField(blank=True, editable=False, max_length=100, verbose_name="lost to"),
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
                            "currency",
                            models.ForeignKey(
                                db_constraint=False,
                                default="CNY",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.currency",
                                verbose_name="currency",
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
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="leads.lead",
                                verbose_name="lead",
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
                                to="opportunities.opportunity",
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
                        (
                            "stage",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.stage",
                                verbose_name="stage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GateItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("field", "field of the opportunity"),
                                    ("specification", "technical specification"),
                                    ("extra", "extra field"),
                                ],
                                default="field",
                                max_length=15,
                                verbose_name="kept in",
                            ),
                        ),
                        ("key", models.CharField(max_length=40, verbose_name="key")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "level",
                            models.CharField(
                                choices=[("required", "required"), ("wanted", "wanted"), ("off", "off")],
                                default="required",
                                max_length=8,
                                verbose_name="asked",
                            ),
                        ),
                        ("levels", models.JSONField(blank=True, default=dict, verbose_name="asked by product line")),
                        ("valid_from", models.DateTimeField(editable=False, null=True, verbose_name="holds from")),
                        ("valid_until", models.DateTimeField(editable=False, null=True, verbose_name="held until")),
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
                                to="opportunities.gateitem",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.stage",
                                verbose_name="stage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_stageevent" ("category", "code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "probability", "standard_days", "updated_at", "version") VALUES (NEW."category", NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."probability", NEW."standard_days", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="9b23ccfa8f45742e5d9ca1c61d7791d5006d465b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ef06",
                            table="opportunities_stage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_stageevent" ("category", "code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "probability", "standard_days", "updated_at", "version") VALUES (NEW."category", NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."probability", NEW."standard_days", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="10cbf34ba3f091c38c8a7c3b892bef95517a6ea1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1565f",
                            table="opportunities_stage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_opportunityevent" ("amount", "amount_base", "application", "assigned_on", "business_unit_id", "buying_motive", "category", "certification", "closed_on", "code", "competitors", "converted_on", "created_at", "currency_id", "customer_id", "demand_kg", "dimension", "expected_close_on", "extra", "id", "lead_id", "loss_reason", "lost_to", "market_price", "name", "need", "next_step", "next_step_on", "our_volume_kg", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "product_id", "product_line_id", "proposed_price", "region_id", "solution", "source", "specification", "stage_id", "stage_since", "support_needed", "target_function", "team_id", "timing", "updated_at", "version") VALUES (NEW."amount", NEW."amount_base", NEW."application", NEW."assigned_on", NEW."business_unit_id", NEW."buying_motive", NEW."category", NEW."certification", NEW."closed_on", NEW."code", NEW."competitors", NEW."converted_on", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."demand_kg", NEW."dimension", NEW."expected_close_on", NEW."extra", NEW."id", NEW."lead_id", NEW."loss_reason", NEW."lost_to", NEW."market_price", NEW."name", NEW."need", NEW."next_step", NEW."next_step_on", NEW."our_volume_kg", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."process", NEW."product_id", NEW."product_line_id", NEW."proposed_price", NEW."region_id", NEW."solution", NEW."source", NEW."specification", NEW."stage_id", NEW."stage_since", NEW."support_needed", NEW."target_function", NEW."team_id", NEW."timing", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="54c9e0b0ff6955fb3cb6dcf1ab881d52b57d9ada",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b8896",
                            table="opportunities_opportunity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."amount_base" IS DISTINCT FROM (NEW."amount_base") OR OLD."application" IS DISTINCT FROM (NEW."application") OR OLD."assigned_on" IS DISTINCT FROM (NEW."assigned_on") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."buying_motive" IS DISTINCT FROM (NEW."buying_motive") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."certification" IS DISTINCT FROM (NEW."certification") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."competitors" IS DISTINCT FROM (NEW."competitors") OR OLD."converted_on" IS DISTINCT FROM (NEW."converted_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."demand_kg" IS DISTINCT FROM (NEW."demand_kg") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."expected_close_on" IS DISTINCT FROM (NEW."expected_close_on") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lead_id" IS DISTINCT FROM (NEW."lead_id") OR OLD."loss_reason" IS DISTINCT FROM (NEW."loss_reason") OR OLD."lost_to" IS DISTINCT FROM (NEW."lost_to") OR OLD."market_price" IS DISTINCT FROM (NEW."market_price") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."need" IS DISTINCT FROM (NEW."need") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."next_step_on" IS DISTINCT FROM (NEW."next_step_on") OR OLD."our_volume_kg" IS DISTINCT FROM (NEW."our_volume_kg") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."process" IS DISTINCT FROM (NEW."process") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."proposed_price" IS DISTINCT FROM (NEW."proposed_price") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."solution" IS DISTINCT FROM (NEW."solution") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."specification" IS DISTINCT FROM (NEW."specification") OR OLD."stage_id" IS DISTINCT FROM (NEW."stage_id") OR OLD."stage_since" IS DISTINCT FROM (NEW."stage_since") OR OLD."support_needed" IS DISTINCT FROM (NEW."support_needed") OR OLD."target_function" IS DISTINCT FROM (NEW."target_function") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."timing" IS DISTINCT FROM (NEW."timing") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_opportunityevent" ("amount", "amount_base", "application", "assigned_on", "business_unit_id", "buying_motive", "category", "certification", "closed_on", "code", "competitors", "converted_on", "created_at", "currency_id", "customer_id", "demand_kg", "dimension", "expected_close_on", "extra", "id", "lead_id", "loss_reason", "lost_to", "market_price", "name", "need", "next_step", "next_step_on", "our_volume_kg", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "product_id", "product_line_id", "proposed_price", "region_id", "solution", "source", "specification", "stage_id", "stage_since", "support_needed", "target_function", "team_id", "timing", "updated_at", "version") VALUES (NEW."amount", NEW."amount_base", NEW."application", NEW."assigned_on", NEW."business_unit_id", NEW."buying_motive", NEW."category", NEW."certification", NEW."closed_on", NEW."code", NEW."competitors", NEW."converted_on", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."demand_kg", NEW."dimension", NEW."expected_close_on", NEW."extra", NEW."id", NEW."lead_id", NEW."loss_reason", NEW."lost_to", NEW."market_price", NEW."name", NEW."need", NEW."next_step", NEW."next_step_on", NEW."our_volume_kg", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."process", NEW."product_id", NEW."product_line_id", NEW."proposed_price", NEW."region_id", NEW."solution", NEW."source", NEW."specification", NEW."stage_id", NEW."stage_since", NEW."support_needed", NEW."target_function", NEW."team_id", NEW."timing", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="3f56938c6e00f107e51be434be4a20a7f27066c6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3a20e",
                            table="opportunities_opportunity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gateitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_gateitemevent" ("id", "key", "kind", "level", "levels", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stage_id", "valid_from", "valid_until") VALUES (NEW."id", NEW."key", NEW."kind", NEW."level", NEW."levels", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."stage_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="d69636171f035e5ec7da3251b584eb3551006669",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1fbff",
                            table="opportunities_gateitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gateitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_gateitemevent" ("id", "key", "kind", "level", "levels", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stage_id", "valid_from", "valid_until") VALUES (NEW."id", NEW."key", NEW."kind", NEW."level", NEW."levels", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."stage_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="30b9aa2367f2eef8fad135e490d43c3a8fcc807f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5cac8",
                            table="opportunities_gateitem",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(starting_lists(*CHOICE_LISTS), without_lists(*CHOICE_LISTS)),
    ]
