"""Samples."""

import crm.base.models
import crm.records.models.choices
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
import crm.base.migrating
from django.db import migrations, models

from crm.organisation.granting import add_roles, give_rights, rights_on
from crm.records.choices import starting_lists, without_lists
from opportunities.choices import SAMPLE_LISTS


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
        ("customers", "0004_customer_course"),
        ("opportunities", "0005_quotes"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="SampleRequest",
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
                        ("code", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                        ("ship_to", models.CharField(blank=True, max_length=300, verbose_name="ship-to address")),
                        (
                            "reason",
                            crm.records.models.choices.ListedField(
                                default="customer", list_key="sample_reason", max_length=60, verbose_name="reason"
                            ),
                        ),
                        ("purpose", models.TextField(verbose_name="purpose")),
                        ("needed_on", models.DateField(blank=True, null=True, verbose_name="needed on")),
                        ("requested_on", models.DateField(editable=False, verbose_name="requested on")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("pending", "pending approval"),
                                    ("approved", "approved"),
                                    ("dispatched", "dispatched"),
                                    ("received", "received by the customer"),
                                    ("evaluated", "evaluated"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "carrier",
                            models.CharField(blank=True, editable=False, max_length=60, verbose_name="courier"),
                        ),
                        (
                            "tracking_number",
                            models.CharField(blank=True, editable=False, max_length=60, verbose_name="tracking number"),
                        ),
                        ("dispatched_on", models.DateField(editable=False, null=True, verbose_name="dispatched on")),
                        (
                            "no_coa_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="why without COA"
                            ),
                        ),
                        ("received_on", models.DateField(editable=False, null=True, verbose_name="received on")),
                        ("feedback_due_on", models.DateField(editable=False, null=True, verbose_name="feedback due")),
                        ("evaluated_on", models.DateField(editable=False, null=True, verbose_name="evaluated on")),
                        (
                            "cycle_days",
                            models.PositiveIntegerField(
                                editable=False, null=True, verbose_name="days from request to feedback"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("passed", "passed"),
                                    ("conditional", "passed with conditions"),
                                    ("failed", "failed"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="verdict",
                            ),
                        ),
                        (
                            "verdict_comment",
                            models.TextField(blank=True, editable=False, verbose_name="comment on the verdict"),
                        ),
                        (
                            "failure",
                            crm.records.models.choices.ListedField(
                                blank=True,
                                editable=False,
                                list_key="sample_failure",
                                max_length=60,
                                verbose_name="why it failed",
                            ),
                        ),
                        ("owner_told_on", models.DateField(editable=False, null=True)),
                        ("manager_told_on", models.DateField(editable=False, null=True)),
                        (
                            "cost_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="cost in base currency",
                            ),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.contact",
                                verbose_name="contact",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
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
                                editable=False,
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
                                editable=False,
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
                                editable=False,
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
                        "verbose_name": "sample request",
                        "verbose_name_plural": "sample requests",
                        "ordering": ["-requested_on", "-pk"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="sample_search"
                            ),
                            models.Index(fields=["customer", "requested_on"], name="sample_customer"),
                            models.Index(fields=["opportunity", "state"], name="sample_opportunity"),
                            models.Index(fields=["state", "feedback_due_on", "id"], name="sample_state_due"),
                            models.Index(fields=["owner", "state", "feedback_due_on"], name="sample_owner_state"),
                            models.Index(fields=["team", "state"], name="sample_team_state"),
                            models.Index(fields=["business_unit", "state"], name="sample_unit_state"),
                            models.Index(fields=["requested_on", "id"], name="sample_requested"),
                            models.Index(fields=["needed_on", "id"], name="sample_needed"),
                            models.Index(fields=["dispatched_on", "id"], name="sample_dispatched"),
                            models.Index(fields=["evaluated_on", "id"], name="sample_evaluated"),
                            models.Index(fields=["feedback_due_on", "id"], name="sample_due"),
                            models.Index(fields=["cost_base", "id"], name="sample_cost"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_on__isnull", True),
                                    ("received_on__gte", models.F("dispatched_on")),
                                    _connector="OR",
                                ),
                                name="sample_received_after_dispatch",
                                violation_error_message="The customer cannot have received it before it was dispatched.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("evaluated_on__isnull", True),
                                    ("evaluated_on__gte", models.F("received_on")),
                                    _connector="OR",
                                ),
                                name="sample_evaluated_after_receipt",
                                violation_error_message="The customer cannot have evaluated it before receiving it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "evaluated"), _negated=True),
                                    models.Q(("evaluated_on__isnull", False), models.Q(("verdict", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="sample_evaluated_has_verdict",
                                violation_error_message="An evaluated sample needs the day and the verdict.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cost_base__gte", 0)), name="sample_cost_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SampleLine",
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
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("description", models.CharField(blank=True, max_length=200, verbose_name="laboratory sample")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("commercial", "commercial product"),
                                    ("experimental", "experimental product"),
                                    ("moulded", "moulded part"),
                                ],
                                default="commercial",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[("stock", "from stock"), ("laboratory", "from the laboratory")],
                                default="stock",
                                max_length=10,
                                verbose_name="taken from",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity")),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch")),
                        ("coa_number", models.CharField(blank=True, max_length=60, verbose_name="COA number")),
                        (
                            "unit_cost",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="cost per unit"
                            ),
                        ),
                        (
                            "coa",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="crm.attachment",
                                verbose_name="COA file",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                default="CNY",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="currency of the cost",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.unit",
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="opportunities.samplerequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a sample request",
                        "verbose_name_plural": "lines of sample requests",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("product__isnull", False),
                                    models.Q(("description", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sample_line_says_what",
                                violation_error_message="Choose a product, or describe the laboratory sample.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)),
                                name="sample_line_quantity_positive",
                                violation_error_message="The quantity must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit_cost__isnull", True), ("unit_cost__gte", 0), _connector="OR"),
                                name="sample_line_cost_not_negative",
                                violation_error_message="The cost must not be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SampleRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        ("ship_to", models.CharField(blank=True, max_length=300, verbose_name="ship-to address")),
                        (
                            "reason",
                            crm.records.models.choices.ListedField(
                                default="customer", list_key="sample_reason", max_length=60, verbose_name="reason"
                            ),
                        ),
                        ("purpose", models.TextField(verbose_name="purpose")),
                        ("needed_on", models.DateField(blank=True, null=True, verbose_name="needed on")),
                        ("requested_on", models.DateField(editable=False, verbose_name="requested on")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("pending", "pending approval"),
                                    ("approved", "approved"),
                                    ("dispatched", "dispatched"),
                                    ("received", "received by the customer"),
                                    ("evaluated", "evaluated"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "carrier",
                            models.CharField(blank=True, editable=False, max_length=60, verbose_name="courier"),
                        ),
                        (
                            "tracking_number",
                            models.CharField(blank=True, editable=False, max_length=60, verbose_name="tracking number"),
                        ),
                        ("dispatched_on", models.DateField(editable=False, null=True, verbose_name="dispatched on")),
                        (
                            "no_coa_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="why without COA"
                            ),
                        ),
                        ("received_on", models.DateField(editable=False, null=True, verbose_name="received on")),
                        ("feedback_due_on", models.DateField(editable=False, null=True, verbose_name="feedback due")),
                        ("evaluated_on", models.DateField(editable=False, null=True, verbose_name="evaluated on")),
                        (
                            "cycle_days",
                            models.PositiveIntegerField(
                                editable=False, null=True, verbose_name="days from request to feedback"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("passed", "passed"),
                                    ("conditional", "passed with conditions"),
                                    ("failed", "failed"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="verdict",
                            ),
                        ),
                        (
                            "verdict_comment",
                            models.TextField(blank=True, editable=False, verbose_name="comment on the verdict"),
                        ),
                        (
                            "failure",
                            crm.records.models.choices.ListedField(
                                blank=True,
                                editable=False,
                                list_key="sample_failure",
                                max_length=60,
                                verbose_name="why it failed",
                            ),
                        ),
                        (
                            "cost_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="cost in base currency",
                            ),
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.contact",
                                verbose_name="contact",
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
                            "opportunity",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
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
                                to="opportunities.samplerequest",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
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
                                db_constraint=False,
                                editable=False,
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
                                db_constraint=False,
                                editable=False,
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
                    name="SampleRequestStateChange",
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
                                    ("draft", "draft"),
                                    ("pending", "pending approval"),
                                    ("approved", "approved"),
                                    ("dispatched", "dispatched"),
                                    ("received", "received by the customer"),
                                    ("evaluated", "evaluated"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("pending", "pending approval"),
                                    ("approved", "approved"),
                                    ("dispatched", "dispatched"),
                                    ("received", "received by the customer"),
                                    ("evaluated", "evaluated"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=12,
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
                                to="opportunities.samplerequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a sample request",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SampleCriterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("name", models.CharField(max_length=100, verbose_name="criterion")),
                        ("required", models.CharField(blank=True, max_length=100, verbose_name="required")),
                        ("measured", models.CharField(blank=True, max_length=100, verbose_name="measured")),
                        ("met", models.BooleanField(blank=True, null=True, verbose_name="met")),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="opportunities.sampleline",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="opportunities.samplerequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion of a sample",
                        "verbose_name_plural": "criteria of samples",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SampleLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("description", models.CharField(blank=True, max_length=200, verbose_name="laboratory sample")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("commercial", "commercial product"),
                                    ("experimental", "experimental product"),
                                    ("moulded", "moulded part"),
                                ],
                                default="commercial",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[("stock", "from stock"), ("laboratory", "from the laboratory")],
                                default="stock",
                                max_length=10,
                                verbose_name="taken from",
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity")),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch")),
                        ("coa_number", models.CharField(blank=True, max_length=60, verbose_name="COA number")),
                        (
                            "unit_cost",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="cost per unit"
                            ),
                        ),
                        (
                            "coa",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.attachment",
                                verbose_name="COA file",
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
                                verbose_name="currency of the cost",
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
                                to="opportunities.sampleline",
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
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.unit",
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.samplerequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SampleCriterionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("name", models.CharField(max_length=100, verbose_name="criterion")),
                        ("required", models.CharField(blank=True, max_length=100, verbose_name="required")),
                        ("measured", models.CharField(blank=True, max_length=100, verbose_name="measured")),
                        ("met", models.BooleanField(blank=True, null=True, verbose_name="met")),
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
                                to="opportunities.samplecriterion",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.sampleline",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.samplerequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="samplerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_samplerequestevent" ("business_unit_id", "carrier", "code", "contact_id", "cost_base", "created_at", "customer_id", "cycle_days", "dispatched_on", "evaluated_on", "failure", "feedback_due_on", "id", "needed_on", "no_coa_reason", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "purpose", "reason", "received_on", "region_id", "requested_on", "ship_to", "state", "state_since", "team_id", "tracking_number", "updated_at", "verdict", "verdict_comment", "version") VALUES (NEW."business_unit_id", NEW."carrier", NEW."code", NEW."contact_id", NEW."cost_base", NEW."created_at", NEW."customer_id", NEW."cycle_days", NEW."dispatched_on", NEW."evaluated_on", NEW."failure", NEW."feedback_due_on", NEW."id", NEW."needed_on", NEW."no_coa_reason", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."purpose", NEW."reason", NEW."received_on", NEW."region_id", NEW."requested_on", NEW."ship_to", NEW."state", NEW."state_since", NEW."team_id", NEW."tracking_number", NEW."updated_at", NEW."verdict", NEW."verdict_comment", NEW."version"); RETURN NULL;',
                            hash="f1e4bc886a6607554bcf2e8d016d70597befa61a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b7c78",
                            table="opportunities_samplerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="samplerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."carrier" IS DISTINCT FROM (NEW."carrier") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."cost_base" IS DISTINCT FROM (NEW."cost_base") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."cycle_days" IS DISTINCT FROM (NEW."cycle_days") OR OLD."dispatched_on" IS DISTINCT FROM (NEW."dispatched_on") OR OLD."evaluated_on" IS DISTINCT FROM (NEW."evaluated_on") OR OLD."failure" IS DISTINCT FROM (NEW."failure") OR OLD."feedback_due_on" IS DISTINCT FROM (NEW."feedback_due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."needed_on" IS DISTINCT FROM (NEW."needed_on") OR OLD."no_coa_reason" IS DISTINCT FROM (NEW."no_coa_reason") OR OLD."opportunity_id" IS DISTINCT FROM (NEW."opportunity_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."ship_to" IS DISTINCT FROM (NEW."ship_to") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."tracking_number" IS DISTINCT FROM (NEW."tracking_number") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."verdict_comment" IS DISTINCT FROM (NEW."verdict_comment") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_samplerequestevent" ("business_unit_id", "carrier", "code", "contact_id", "cost_base", "created_at", "customer_id", "cycle_days", "dispatched_on", "evaluated_on", "failure", "feedback_due_on", "id", "needed_on", "no_coa_reason", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "purpose", "reason", "received_on", "region_id", "requested_on", "ship_to", "state", "state_since", "team_id", "tracking_number", "updated_at", "verdict", "verdict_comment", "version") VALUES (NEW."business_unit_id", NEW."carrier", NEW."code", NEW."contact_id", NEW."cost_base", NEW."created_at", NEW."customer_id", NEW."cycle_days", NEW."dispatched_on", NEW."evaluated_on", NEW."failure", NEW."feedback_due_on", NEW."id", NEW."needed_on", NEW."no_coa_reason", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."purpose", NEW."reason", NEW."received_on", NEW."region_id", NEW."requested_on", NEW."ship_to", NEW."state", NEW."state_since", NEW."team_id", NEW."tracking_number", NEW."updated_at", NEW."verdict", NEW."verdict_comment", NEW."version"); RETURN NULL;',
                            hash="7447a5aabb014c176436caa57be8b67959be61b9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17981",
                            table="opportunities_samplerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sampleline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_samplelineevent" ("batch", "coa_id", "coa_number", "created_at", "currency_id", "description", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "request_id", "source", "unit_cost", "unit_id", "updated_at", "version") VALUES (NEW."batch", NEW."coa_id", NEW."coa_number", NEW."created_at", NEW."currency_id", NEW."description", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."product_id", NEW."quantity", NEW."request_id", NEW."source", NEW."unit_cost", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="ea24602b921a4d577d227f67ba723f1992b0eed0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9e641",
                            table="opportunities_sampleline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sampleline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_samplelineevent" ("batch", "coa_id", "coa_number", "created_at", "currency_id", "description", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "request_id", "source", "unit_cost", "unit_id", "updated_at", "version") VALUES (NEW."batch", NEW."coa_id", NEW."coa_number", NEW."created_at", NEW."currency_id", NEW."description", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."product_id", NEW."quantity", NEW."request_id", NEW."source", NEW."unit_cost", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="984187091393f422d33436029a364b56cac0f00c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ba946",
                            table="opportunities_sampleline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sampleline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_samplelineevent" ("batch", "coa_id", "coa_number", "created_at", "currency_id", "description", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "request_id", "source", "unit_cost", "unit_id", "updated_at", "version") VALUES (OLD."batch", OLD."coa_id", OLD."coa_number", OLD."created_at", OLD."currency_id", OLD."description", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."product_id", OLD."quantity", OLD."request_id", OLD."source", OLD."unit_cost", OLD."unit_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="e7f9e29a2a0fa79c43399b73f6a8beafb98ba605",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_334b1",
                            table="opportunities_sampleline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="samplecriterion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_samplecriterionevent" ("id", "line_id", "measured", "met", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "request_id", "required") VALUES (NEW."id", NEW."line_id", NEW."measured", NEW."met", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."request_id", NEW."required"); RETURN NULL;',
                            hash="f41900ab1956dab58dd92d27cd67a0ce0c3b692f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_98895",
                            table="opportunities_samplecriterion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="samplecriterion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_samplecriterionevent" ("id", "line_id", "measured", "met", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "request_id", "required") VALUES (NEW."id", NEW."line_id", NEW."measured", NEW."met", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."request_id", NEW."required"); RETURN NULL;',
                            hash="4a56bfe91b5962d56ef4c6c321c6801d4e3420f4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_78074",
                            table="opportunities_samplecriterion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="samplecriterion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_samplecriterionevent" ("id", "line_id", "measured", "met", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "request_id", "required") VALUES (OLD."id", OLD."line_id", OLD."measured", OLD."met", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."request_id", OLD."required"); RETURN NULL;',
                            hash="11df63609fef67208ec879d111b72ddbc44082a5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7972e",
                            table="opportunities_samplecriterion",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(starting_lists(*SAMPLE_LISTS), without_lists(*SAMPLE_LISTS)),
        add_roles("product_manager", "research"),
        give_rights(*rights_on("opportunities.samplerequest")),
    ]
