"""The asset: archive parts, admission, grading, pool, hand-over, share of wallet, contribution, merging."""

import crm.base.migrating
import crm.base.models
import crm.organisation.models.structure
import crm.records.models.choices
import customers.models.wallet
import customers.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("customers", "0005_duplicate_recognition"),
        ("customers", "0006_archive"),
        ("customers", "0010_grading"),
        ("customers", "0015_pool"),
        ("customers", "0025_protected_fields"),
        ("customers", "0026_admission"),
        ("customers", "0030_wallet"),
        ("customers", "0031_merging"),
        ("customers", "0033_customer_parts"),
    ]
    dependencies = [
        ("crm", "0004_costs"),
        ("customers", "0001_archive"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="AdmissionChecklist",
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
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                default=36,
                                help_text="Empty: without an end.",
                                null=True,
                                verbose_name="admitted for (months)",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "in force"), ("retired", "retired")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("edition", models.PositiveIntegerField(default=1, editable=False, verbose_name="edition")),
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
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: for all product lines without a checklist of their own.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.admissionchecklist",
                                verbose_name="replaces",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "admission checklist",
                        "verbose_name_plural": "admission checklists",
                        "ordering": ["business_unit", "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published")),
                                fields=("business_unit", "product_line"),
                                name="checklist_one_in_force",
                                nulls_distinct=False,
                                violation_error_message="Another checklist is in force there: take it out of force, or make its new edition.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContributionRate",
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
                        ("starts_on", models.DateField(unique=True, verbose_name="from")),
                        (
                            "per_shipment",
                            models.DecimalField(decimal_places=2, max_digits=18, verbose_name="cost of a shipment"),
                        ),
                        (
                            "capital_percent",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="cost of capital a year (%)"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rate of serving",
                        "verbose_name_plural": "rates of serving",
                        "ordering": ["-starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("capital_percent__gte", 0), ("per_shipment__gte", 0)),
                                name="contribution_rate_not_negative",
                                violation_error_message="A rate must not be negative.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerActivity",
                    fields=[
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="activity",
                                serialize=False,
                                to="customers.customer",
                            ),
                        ),
                        ("last_contact_on", models.DateField(null=True, verbose_name="last contact")),
                        ("owned_since", models.DateField(null=True, verbose_name="with the present owner since")),
                        ("protected_until", models.DateField(null=True, verbose_name="protected until")),
                        ("recycle_on", models.DateField(null=True, verbose_name="goes into the pool on")),
                        (
                            "warned",
                            models.PositiveSmallIntegerField(null=True, verbose_name="warned so many days before"),
                        ),
                    ],
                    options={
                        "verbose_name": "activity of a customer",
                        "verbose_name_plural": "activities of customers",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("recycle_on__isnull", False)),
                                fields=["recycle_on", "customer"],
                                name="activity_recycle",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerAddress",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sold_to", "sold-to"),
                                    ("ship_to", "ship-to"),
                                    ("invoice_to", "invoice-to"),
                                    ("plant", "plant"),
                                ],
                                max_length=12,
                                verbose_name="kind of address",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the place")),
                        ("province", models.CharField(blank=True, max_length=30, verbose_name="province")),
                        ("city", models.CharField(blank=True, max_length=30, verbose_name="city")),
                        ("street", models.CharField(max_length=200, verbose_name="street and number")),
                        ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                        ("contact", models.CharField(blank=True, max_length=60, verbose_name="person there")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone there")),
                        ("is_default", models.BooleanField(default=False, verbose_name="usual address")),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addresses",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "address of a customer",
                        "verbose_name_plural": "addresses of customers",
                        "ordering": ["kind", "-is_default", "id"],
                        "indexes": [
                            models.Index(fields=["city", "id"], name="address_city"),
                            models.Index(fields=["updated_at", "id"], name="address_changed"),
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="address_search"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_default", True)),
                                fields=("customer", "kind"),
                                name="address_one_default",
                                violation_error_message="The customer has a usual address of this kind already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerBilling",
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
                        ("invoice_title", models.CharField(blank=True, max_length=200, verbose_name="invoice title")),
                        ("tax_number", models.CharField(blank=True, max_length=30, verbose_name="tax number")),
                        (
                            "invoice_address",
                            models.CharField(blank=True, max_length=200, verbose_name="address on invoices"),
                        ),
                        (
                            "invoice_phone",
                            models.CharField(blank=True, max_length=40, verbose_name="phone on invoices"),
                        ),
                        ("bank", models.CharField(blank=True, max_length=100, verbose_name="bank")),
                        ("bank_account", models.CharField(blank=True, max_length=40, verbose_name="bank account")),
                        ("credit_rating", models.CharField(blank=True, max_length=20, verbose_name="credit rating")),
                        (
                            "insured_limit",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="insured limit"
                            ),
                        ),
                        ("insured_until", models.DateField(blank=True, null=True, verbose_name="insured until")),
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="billing",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invoice data of a customer",
                        "verbose_name_plural": "invoice data of customers",
                        "ordering": ["customer", "id"],
                        "indexes": [
                            models.Index(fields=["invoice_title", "id"], name="billing_title"),
                            models.Index(fields=["insured_until", "id"], name="billing_insured"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("insured_limit__isnull", True), ("insured_limit__gte", 0), _connector="OR"
                                ),
                                name="billing_insured_limit_positive",
                                violation_error_message="The insured limit must not be negative.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerCertificateDemand",
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
                            "kind",
                            crm.records.models.choices.ListedField(
                                list_key="certificate_kind", max_length=60, verbose_name="certificate"
                            ),
                        ),
                        ("needed_since", models.DateField(blank=True, null=True, verbose_name="needed since")),
                        ("given_on", models.DateField(blank=True, null=True, verbose_name="given on")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
                        ("warned_days", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="customers.customer",
                                verbose_name="customer",
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
                    ],
                    options={
                        "verbose_name": "certificate demanded by a customer",
                        "verbose_name_plural": "certificates demanded by customers",
                        "ordering": ["valid_until", "pk"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="certificate_search"
                            ),
                            models.Index(fields=["valid_until", "id"], name="certificate_until"),
                            models.Index(fields=["updated_at", "id"], name="certificate_changed"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer", "kind", "product_line"),
                                name="certificate_demand_once",
                                nulls_distinct=False,
                                violation_error_message="This certificate is in the customer's list already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("given_on__isnull", True),
                                    ("valid_until__gte", models.F("given_on")),
                                    _connector="OR",
                                ),
                                name="certificate_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerCompleteness",
                    fields=[
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="completeness",
                                serialize=False,
                                to="customers.customer",
                            ),
                        ),
                        ("score", models.PositiveSmallIntegerField(default=0, verbose_name="completeness")),
                        (
                            "missing",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                default=list,
                                size=None,
                                verbose_name="missing",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "completeness of a customer's archive",
                        "verbose_name_plural": "completeness of customers' archives",
                        "indexes": [models.Index(fields=["score", "customer"], name="completeness_score")],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerContribution",
                    fields=[
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="contribution",
                                serialize=False,
                                to="customers.customer",
                            ),
                        ),
                        (
                            "sales",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="invoiced sales"
                            ),
                        ),
                        (
                            "rebates",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="credit notes"
                            ),
                        ),
                        (
                            "complaint_cost",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="losses by complaints"
                            ),
                        ),
                        ("shipments", models.PositiveIntegerField(default=0, verbose_name="shipments")),
                        (
                            "shipping_cost",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="cost of shipments"
                            ),
                        ),
                        (
                            "capital_cost",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="cost of capital"
                            ),
                        ),
                        (
                            "overdue_percent",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, null=True, verbose_name="overdue share (%)"
                            ),
                        ),
                        (
                            "days_late",
                            models.DecimalField(
                                decimal_places=1, max_digits=7, null=True, verbose_name="days paid late"
                            ),
                        ),
                        (
                            "covered_sales",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="sales with known cost"
                            ),
                        ),
                        (
                            "cost",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=18, verbose_name="standard cost of sales"
                            ),
                        ),
                        (
                            "contribution",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, null=True, verbose_name="contribution"
                            ),
                        ),
                        (
                            "contribution_percent",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, null=True, verbose_name="contribution (%)"
                            ),
                        ),
                        (
                            "contribution_before",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="contribution, 12 months before",
                            ),
                        ),
                        (
                            "sales_before",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=18,
                                verbose_name="invoiced sales, 12 months before",
                            ),
                        ),
                        (
                            "sales_by_quarter",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=18, verbose_name=""),
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "margin_by_quarter",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=18, verbose_name=""),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("refreshed_at", models.DateTimeField(verbose_name="as of")),
                    ],
                    options={
                        "verbose_name": "contribution of a customer",
                        "verbose_name_plural": "contributions of customers",
                        "indexes": [
                            models.Index(fields=["contribution", "customer"], name="contribution_amount"),
                            models.Index(fields=["contribution_percent", "customer"], name="contribution_share"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerDemand",
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
                            "application",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="application", max_length=100, verbose_name="application"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="holds from")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True,
                                help_text="Empty: until a newer statement takes its place.",
                                null=True,
                                verbose_name="holds until",
                            ),
                        ),
                        (
                            "kg_per_year",
                            models.DecimalField(decimal_places=3, max_digits=18, verbose_name="demand per year (kg)"),
                        ),
                        (
                            "source",
                            crm.records.models.choices.ListedField(
                                list_key="demand_source", max_length=60, verbose_name="source"
                            ),
                        ),
                        (
                            "stated_by",
                            models.CharField(
                                blank=True,
                                help_text="Who said or wrote it, or worked it out.",
                                max_length=100,
                                verbose_name="stated by",
                            ),
                        ),
                        ("stated_on", models.DateField(verbose_name="stated on")),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demands",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                help_text="Only where the statement names one.",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stated demand",
                        "verbose_name_plural": "stated demands",
                        "ordering": ["-starts_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["starts_on", "id"], name="demand_starts"),
                            models.Index(fields=["stated_on", "id"], name="demand_stated"),
                            models.Index(fields=["kg_per_year", "id"], name="demand_kg"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kg_per_year__gt", 0)),
                                name="demand_positive",
                                violation_error_message="The demand must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="demand_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        customers.models.wallet._DateRange("starts_on", "ends_on", models.Value("[]")),
                                        "&&",
                                    ),
                                    ("customer", "="),
                                    ("product_line", "="),
                                ],
                                name="demand_one_at_a_time",
                                violation_error_message="Another statement for this product line holds on some of these days: change that one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerKeys",
                    fields=[
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="recognition",
                                serialize=False,
                                to="customers.customer",
                            ),
                        ),
                        ("sound", models.TextField(default="")),
                        (
                            "keys",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), default=list, size=None
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recognition of a customer",
                        "verbose_name_plural": "recognition of customers",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="customer_keys"),
                            models.Index(fields=["sound"], name="customer_sound"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerLegal",
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
                            "legal_form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("limited", "limited company"),
                                    ("joint_stock", "joint-stock company"),
                                    ("state_owned", "state-owned company"),
                                    ("foreign", "foreign-funded company"),
                                    ("partnership", "partnership"),
                                    ("sole", "sole proprietorship"),
                                    ("cooperative", "cooperative"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                                verbose_name="legal form",
                            ),
                        ),
                        (
                            "registered_capital",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="registered capital",
                            ),
                        ),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded on")),
                        (
                            "representative",
                            models.CharField(blank=True, max_length=60, verbose_name="legal representative"),
                        ),
                        ("business_scope", models.TextField(blank=True, verbose_name="business scope")),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "in business"),
                                    ("suspended", "suspended"),
                                    ("revoked", "licence revoked"),
                                    ("deregistered", "deregistered"),
                                ],
                                max_length=20,
                                verbose_name="status in the register",
                            ),
                        ),
                        (
                            "capital_currency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="currency of the capital",
                            ),
                        ),
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="legal",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "legal facts of a customer",
                        "verbose_name_plural": "legal facts of customers",
                        "ordering": ["customer", "id"],
                        "indexes": [
                            models.Index(fields=["founded_on", "id"], name="legal_founded"),
                            models.Index(fields=["registered_capital", "id"], name="legal_capital"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("registered_capital__isnull", True),
                                    ("registered_capital__gte", 0),
                                    _connector="OR",
                                ),
                                name="legal_capital_positive",
                                violation_error_message="The registered capital must not be negative.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerMerge",
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
                            "merged_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="merged on"),
                        ),
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
                        (
                            "loser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_lost",
                                to="customers.customer",
                                verbose_name="merged into it",
                            ),
                        ),
                        (
                            "merged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="merged by",
                            ),
                        ),
                        (
                            "winner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_won",
                                to="customers.customer",
                                verbose_name="kept",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "merge of customers",
                        "verbose_name_plural": "merges of customers",
                        "ordering": ["-merged_at", "-pk"],
                        "default_permissions": ("view",),
                        "indexes": [models.Index(fields=["-merged_at", "-id"], name="customermerge_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("winner", models.F("loser")), _negated=True),
                                name="customermerge_two_customers",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "done")),
                                fields=("loser",),
                                name="customermerge_loser_once",
                                violation_error_message="This customer has been merged already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerPool",
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
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                        (
                            "daily_limit",
                            models.PositiveSmallIntegerField(default=10, verbose_name="claims per person and day"),
                        ),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Empty: no limit.",
                                null=True,
                                verbose_name="customers per person at most",
                            ),
                        ),
                        (
                            "capacity_counts",
                            models.CharField(
                                choices=[
                                    ("all", "all customers"),
                                    ("without_order", "only those without an order in 12 months"),
                                ],
                                default="all",
                                max_length=20,
                                verbose_name="what counts",
                            ),
                        ),
                        (
                            "lock_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="So long the previous owner cannot claim the customer back.",
                                verbose_name="lock for the previous owner (days)",
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
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
                            "managers",
                            models.ManyToManyField(
                                blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="managers"
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                help_text="Only customers that bought of it, or are offered it.",
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
                            "teams",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Who may claim; without any the whole business unit.",
                                related_name="+",
                                to="crm.team",
                                verbose_name="teams",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pool",
                        "verbose_name_plural": "pools",
                        "ordering": ["name"],
                        "permissions": [
                            ("claim_customer", "Can claim customers from the pool"),
                            ("release_customer", "Can release customers into the pool"),
                            ("assign_pool", "Can assign customers of the pool and put them back"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("daily_limit__gte", 1)),
                                name="pool_daily_limit_positive",
                                violation_error_message="Let people claim at least one customer a day.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerRegistration",
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
                        ("name", models.CharField(max_length=200, verbose_name="company name")),
                        ("name_key", models.CharField(default="", editable=False, max_length=200)),
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
                            "industry",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="industry", max_length=60, verbose_name="industry"
                            ),
                        ),
                        ("province", models.CharField(blank=True, max_length=30, verbose_name="province")),
                        ("city", models.CharField(blank=True, max_length=30, verbose_name="city")),
                        ("contact_name", models.CharField(max_length=60, verbose_name="contact")),
                        ("contact_phone", models.CharField(blank=True, max_length=40, verbose_name="mobile")),
                        ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "waits for approval"),
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("returned", "returned"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                        ),
                        ("reason", models.TextField(blank=True, editable=False, verbose_name="reason of the decision")),
                        ("passed_over", models.JSONField(default=list, editable=False, verbose_name="none of these")),
                        (
                            "submissions",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times sent"),
                        ),
                        ("decided_on", models.DateField(editable=False, null=True, verbose_name="last decided on")),
                        (
                            "decisions",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times decided"),
                        ),
                        (
                            "refusals",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="times not passed"
                            ),
                        ),
                        ("corrected_on", models.DateField(editable=False, null=True, verbose_name="corrected on")),
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
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
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
                        "verbose_name": "registration of a customer",
                        "verbose_name_plural": "registrations of customers",
                        "ordering": ["-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="registration_search"
                            ),
                            models.Index(fields=["state_since", "id"], name="registration_since"),
                            models.Index(fields=["name", "id"], name="registration_name"),
                            models.Index(fields=["decided_on"], name="registration_decided"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "submitted")),
                                fields=("name_key",),
                                name="registration_name_waits_once",
                                violation_error_message="A registration of this company waits for its decision already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state", "submitted"), models.Q(("credit_code", ""), _negated=True)
                                ),
                                fields=("credit_code",),
                                name="registration_code_waits_once",
                                violation_error_message="A registration with this credit code waits for its decision already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    ("customer__isnull", False),
                                    _connector="OR",
                                ),
                                name="registration_approved_has_customer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExistenceLookup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        ("asked", models.JSONField(default=dict, verbose_name="asked for")),
                        ("answer", models.JSONField(default=list, verbose_name="answer")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lookup of a customer",
                        "verbose_name_plural": "lookups of customers",
                        "ordering": ["-at", "-pk"],
                        "default_permissions": ("view",),
                        "indexes": [
                            models.Index(fields=["-at", "-id"], name="existencelookup_newest"),
                            models.Index(fields=["actor", "-at"], name="existencelookup_person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradePolicy",
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
                            "grade",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="grade",
                            ),
                        ),
                        ("measure", models.CharField(max_length=60, verbose_name="figure")),
                        (
                            "side",
                            models.CharField(
                                choices=[("most", "at most"), ("least", "at least")],
                                default="most",
                                max_length=5,
                                verbose_name="shall be",
                            ),
                        ),
                        ("bound", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="bound")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("checked_at", models.DateTimeField(editable=False, null=True, verbose_name="checked at")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the whole group.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "policy of a grade",
                        "verbose_name_plural": "policies of grades",
                        "ordering": ["grade", "measure", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="grade_policy_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (django.db.models.functions.comparison.Coalesce(models.F("business_unit"), 0), "="),
                                    ("grade", "="),
                                    ("measure", "="),
                                    ("side", "="),
                                    (
                                        crm.organisation.models.structure._DateRange(
                                            "valid_from", "valid_until", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="grade_policy_once",
                                violation_error_message="There is a policy for this grade and figure on these days already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradingModel",
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
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "s_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: no grade S.",
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="S from (points)",
                            ),
                        ),
                        (
                            "a_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=80,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="A from (points)",
                            ),
                        ),
                        (
                            "b_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=60,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="B from (points)",
                            ),
                        ),
                        (
                            "c_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=40,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="C from (points)",
                            ),
                        ),
                        (
                            "hysteresis",
                            models.DecimalField(
                                decimal_places=2,
                                default=3,
                                help_text="A grade changes only when the points are so far beyond the limit.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="hysteresis (points)",
                            ),
                        ),
                        (
                            "new_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                help_text="For so long only the criteria of potential count for a new customer. 0: never.",
                                verbose_name="new customers (months)",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("in_force", "in force"), ("retired", "retired")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("edition", models.PositiveIntegerField(default=1, editable=False, verbose_name="edition")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the whole group.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.gradingmodel",
                                verbose_name="replaces",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scoring model",
                        "verbose_name_plural": "scoring models",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="grading_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("a_from__gt", models.F("b_from")),
                                    ("b_from__gt", models.F("c_from")),
                                    ("c_from__gt", 0),
                                    models.Q(
                                        ("s_from__isnull", True), ("s_from__gt", models.F("a_from")), _connector="OR"
                                    ),
                                ),
                                name="grading_bands_descend",
                                violation_error_message="A better grade needs more points: S above A, A above B, B above C.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state", "in_force")),
                                expressions=[
                                    (django.db.models.functions.comparison.Coalesce(models.F("business_unit"), 0), "="),
                                    (
                                        crm.organisation.models.structure._DateRange(
                                            "valid_from", "valid_until", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="grading_one_in_force",
                                violation_error_message="Another model is in force for the same unit on these days.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverPack",
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
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("leaver", "leaves the company"),
                                    ("mover", "moves to another team or job"),
                                    ("other", "other"),
                                ],
                                default="mover",
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("offered", "offered"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("done", "done"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prepared by",
                            ),
                        ),
                        (
                            "from_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="from",
                            ),
                        ),
                        (
                            "from_team",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.team",
                            ),
                        ),
                        (
                            "from_unit",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                            ),
                        ),
                        (
                            "to_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="to",
                            ),
                        ),
                        (
                            "to_team",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.team",
                            ),
                        ),
                        (
                            "to_unit",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hand-over",
                        "verbose_name_plural": "hand-overs",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["from_person", "state"], name="handover_from"),
                            models.Index(fields=["to_person", "state"], name="handover_to"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("from_person", models.F("to_person")), _negated=True),
                                name="handover_between_two",
                                violation_error_message="Choose another person as receiver.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImprovementPlan",
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
                        ("title", models.CharField(max_length=200, verbose_name="subject")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("strategy", models.TextField(blank=True, verbose_name="strategy")),
                        ("baseline", models.JSONField(default=dict, editable=False, verbose_name="baseline")),
                        ("baseline_on", models.DateField(editable=False, null=True, verbose_name="baseline of")),
                        (
                            "cost_baseline",
                            models.JSONField(default=dict, editable=False, verbose_name="baseline with cost"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
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
                                related_name="improvement_plans",
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
                        "verbose_name": "improvement plan",
                        "verbose_name_plural": "improvement plans",
                        "ordering": ["-starts_on", "-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="plan_search"
                            ),
                            models.Index(fields=["starts_on", "id"], name="plan_starts"),
                            models.Index(fields=["ends_on", "id"], name="plan_ends"),
                            models.Index(fields=["customer", "starts_on"], name="plan_customer"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="plan_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NotTheSame",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "decided_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided on"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pair of different customers",
                        "verbose_name_plural": "pairs of different customers",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))), name="notthesame_ordered"
                            ),
                            models.UniqueConstraint(fields=("first", "second"), name="notthesame_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolProtection",
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
                        ("until", models.DateField(verbose_name="until")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "asked for"), ("granted", "granted"), ("refused", "refused")],
                                default="asked",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="protections",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "protection from the pool",
                        "verbose_name_plural": "protections from the pool",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("customer",),
                                name="protection_asked_once",
                                violation_error_message="Protection of this customer has been asked for already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtectedField",
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
                        ("field", models.CharField(max_length=60, unique=True, verbose_name="field")),
                    ],
                    options={
                        "verbose_name": "protected field of customers",
                        "verbose_name_plural": "protected fields of customers",
                        "ordering": ["field"],
                        "default_permissions": ("view", "change"),
                    },
                ),
                migrations.CreateModel(
                    name="PoolManager",
                    fields=[],
                    options={
                        "verbose_name": "manager of a pool",
                        "verbose_name_plural": "managers of pools",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("customers.customerpool_managers",),
                ),
                migrations.CreateModel(
                    name="PoolTeam",
                    fields=[],
                    options={
                        "verbose_name": "team of a pool",
                        "verbose_name_plural": "teams of pools",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("customers.customerpool_teams",),
                ),
                migrations.CreateModel(
                    name="Admission",
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
                        ("plant", models.CharField(blank=True, max_length=200, verbose_name="plant or address")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("first", "first admission"),
                                    ("extension", "extension"),
                                    ("renewal", "renewal"),
                                ],
                                default="first",
                                editable=False,
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("admitted", "admitted"),
                                    ("refused", "refused"),
                                    ("expired", "expired"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="admitted from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="admitted until")),
                        ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                        ("warned_days", models.PositiveSmallIntegerField(editable=False, null=True)),
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
                                related_name="admissions",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewals",
                                to="customers.admission",
                                verbose_name="renews",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: all of the business unit.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admissions",
                                to="customers.admissionchecklist",
                                verbose_name="checklist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "admission",
                        "verbose_name_plural": "admissions",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [("revoke_admission", "Can withdraw admissions")],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="admission_search"
                            ),
                            models.Index(fields=["customer", "state"], name="admission_customer"),
                            models.Index(fields=["state", "valid_to", "id"], name="admission_state_end"),
                            models.Index(fields=["valid_to", "id"], name="admission_end"),
                            models.Index(fields=["created_at", "id"], name="admission_created"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_from__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="admission_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "admitted"), _negated=True),
                                    ("valid_from__isnull", False),
                                    _connector="OR",
                                ),
                                name="admission_has_its_first_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "submitted"])),
                                fields=("customer", "business_unit", "product_line", "plant"),
                                name="admission_one_under_way",
                                nulls_distinct=False,
                                violation_error_message="An admission for this is under way already: go on with that one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionChecklistEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                default=36,
                                help_text="Empty: without an end.",
                                null=True,
                                verbose_name="admitted for (months)",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "in force"), ("retired", "retired")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("edition", models.PositiveIntegerField(default=1, editable=False, verbose_name="edition")),
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
                                to="customers.admissionchecklist",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: for all product lines without a checklist of their own.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.admissionchecklist",
                                verbose_name="replaces",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionChecklistStateChange",
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
                                choices=[("draft", "draft"), ("published", "in force"), ("retired", "retired")],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "in force"), ("retired", "retired")],
                                max_length=10,
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
                                to="customers.admissionchecklist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of an admission checklist",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=40, verbose_name="key")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("question", models.CharField(max_length=200, verbose_name="question")),
                        (
                            "question_en",
                            models.CharField(blank=True, max_length=200, verbose_name="question in English"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("yes_no", "yes or no"),
                                    ("text", "text"),
                                    ("number", "number"),
                                    ("choice", "choice"),
                                    ("document", "document"),
                                    ("date", "date"),
                                ],
                                default="yes_no",
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="choices",
                            ),
                        ),
                        ("required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="answer valid for (months)"
                            ),
                        ),
                        (
                            "asked",
                            models.CharField(
                                choices=[
                                    ("once", "once per customer, while the answer is valid"),
                                    ("every", "at every admission"),
                                ],
                                default="once",
                                max_length=10,
                                verbose_name="asked",
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="customers.admissionchecklist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question of an admission checklist",
                        "verbose_name_plural": "questions of admission checklists",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("checklist", "key"),
                                name="admission_item_once",
                                violation_error_message="Two questions have the same key.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContributionRateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        (
                            "per_shipment",
                            models.DecimalField(decimal_places=2, max_digits=18, verbose_name="cost of a shipment"),
                        ),
                        (
                            "capital_percent",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="cost of capital a year (%)"
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
                                to="customers.contributionrate",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerAddressEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sold_to", "sold-to"),
                                    ("ship_to", "ship-to"),
                                    ("invoice_to", "invoice-to"),
                                    ("plant", "plant"),
                                ],
                                max_length=12,
                                verbose_name="kind of address",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the place")),
                        ("province", models.CharField(blank=True, max_length=30, verbose_name="province")),
                        ("city", models.CharField(blank=True, max_length=30, verbose_name="city")),
                        ("street", models.CharField(max_length=200, verbose_name="street and number")),
                        ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                        ("contact", models.CharField(blank=True, max_length=60, verbose_name="person there")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone there")),
                        ("is_default", models.BooleanField(default=False, verbose_name="usual address")),
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
                                to="customers.customeraddress",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerBillingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("invoice_title", models.CharField(blank=True, max_length=200, verbose_name="invoice title")),
                        ("tax_number", models.CharField(blank=True, max_length=30, verbose_name="tax number")),
                        (
                            "invoice_address",
                            models.CharField(blank=True, max_length=200, verbose_name="address on invoices"),
                        ),
                        (
                            "invoice_phone",
                            models.CharField(blank=True, max_length=40, verbose_name="phone on invoices"),
                        ),
                        ("bank", models.CharField(blank=True, max_length=100, verbose_name="bank")),
                        ("bank_account", models.CharField(blank=True, max_length=40, verbose_name="bank account")),
                        ("credit_rating", models.CharField(blank=True, max_length=20, verbose_name="credit rating")),
                        (
                            "insured_limit",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="insured limit"
                            ),
                        ),
                        ("insured_until", models.DateField(blank=True, null=True, verbose_name="insured until")),
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
                                to="customers.customerbilling",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerCertificateDemandEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            crm.records.models.choices.ListedField(
                                list_key="certificate_kind", max_length=60, verbose_name="certificate"
                            ),
                        ),
                        ("needed_since", models.DateField(blank=True, null=True, verbose_name="needed since")),
                        ("given_on", models.DateField(blank=True, null=True, verbose_name="given on")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
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
                                to="customers.customercertificatedemand",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerDemandEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "application",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="application", max_length=100, verbose_name="application"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="holds from")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True,
                                help_text="Empty: until a newer statement takes its place.",
                                null=True,
                                verbose_name="holds until",
                            ),
                        ),
                        (
                            "kg_per_year",
                            models.DecimalField(decimal_places=3, max_digits=18, verbose_name="demand per year (kg)"),
                        ),
                        (
                            "source",
                            crm.records.models.choices.ListedField(
                                list_key="demand_source", max_length=60, verbose_name="source"
                            ),
                        ),
                        (
                            "stated_by",
                            models.CharField(
                                blank=True,
                                help_text="Who said or wrote it, or worked it out.",
                                max_length=100,
                                verbose_name="stated by",
                            ),
                        ),
                        ("stated_on", models.DateField(verbose_name="stated on")),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
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
                                to="customers.customerdemand",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Only where the statement names one.",
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
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerLegalEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "legal_form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("limited", "limited company"),
                                    ("joint_stock", "joint-stock company"),
                                    ("state_owned", "state-owned company"),
                                    ("foreign", "foreign-funded company"),
                                    ("partnership", "partnership"),
                                    ("sole", "sole proprietorship"),
                                    ("cooperative", "cooperative"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                                verbose_name="legal form",
                            ),
                        ),
                        (
                            "registered_capital",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="registered capital",
                            ),
                        ),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded on")),
                        (
                            "representative",
                            models.CharField(blank=True, max_length=60, verbose_name="legal representative"),
                        ),
                        ("business_scope", models.TextField(blank=True, verbose_name="business scope")),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "in business"),
                                    ("suspended", "suspended"),
                                    ("revoked", "licence revoked"),
                                    ("deregistered", "deregistered"),
                                ],
                                max_length=20,
                                verbose_name="status in the register",
                            ),
                        ),
                        (
                            "capital_currency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.currency",
                                verbose_name="currency of the capital",
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
                                to="customers.customerlegal",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
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
                        (
                            "merged_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="merged on"),
                        ),
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
                        (
                            "loser",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="merged into it",
                            ),
                        ),
                        (
                            "merged_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="merged by",
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
                                to="customers.customermerge",
                            ),
                        ),
                        (
                            "winner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="kept",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerMergeItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveIntegerField()),
                        ("mover", models.CharField(max_length=40)),
                        ("model", models.CharField(max_length=80)),
                        ("field", models.CharField(max_length=60)),
                        (
                            "keys",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        ("before", models.JSONField(null=True)),
                        ("after", models.JSONField(null=True)),
                        ("note", models.CharField(blank=True, max_length=40)),
                        (
                            "merge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="customers.customermerge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "moved with a merge",
                        "verbose_name_plural": "moved with merges",
                        "ordering": ["merge", "order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("merge", "order"), name="customermergeitem_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerMergeStateChange",
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
                        ("source", models.CharField(choices=[("done", "merged"), ("undone", "undone")], max_length=10)),
                        ("target", models.CharField(choices=[("done", "merged"), ("undone", "undone")], max_length=10)),
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
                                to="customers.customermerge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a merge",
                        "verbose_name_plural": "state changes of merges",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerPoolEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "daily_limit",
                            models.PositiveSmallIntegerField(default=10, verbose_name="claims per person and day"),
                        ),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Empty: no limit.",
                                null=True,
                                verbose_name="customers per person at most",
                            ),
                        ),
                        (
                            "capacity_counts",
                            models.CharField(
                                choices=[
                                    ("all", "all customers"),
                                    ("without_order", "only those without an order in 12 months"),
                                ],
                                default="all",
                                max_length=20,
                                verbose_name="what counts",
                            ),
                        ),
                        (
                            "lock_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="So long the previous owner cannot claim the customer back.",
                                verbose_name="lock for the previous owner (days)",
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
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
                                to="customers.customerpool",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Only customers that bought of it, or are offered it.",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerRegistrationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        ("name", models.CharField(max_length=200, verbose_name="company name")),
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
                            "industry",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="industry", max_length=60, verbose_name="industry"
                            ),
                        ),
                        ("province", models.CharField(blank=True, max_length=30, verbose_name="province")),
                        ("city", models.CharField(blank=True, max_length=30, verbose_name="city")),
                        ("contact_name", models.CharField(max_length=60, verbose_name="contact")),
                        ("contact_phone", models.CharField(blank=True, max_length=40, verbose_name="mobile")),
                        ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "waits for approval"),
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("returned", "returned"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                        ),
                        ("reason", models.TextField(blank=True, editable=False, verbose_name="reason of the decision")),
                        ("passed_over", models.JSONField(default=list, editable=False, verbose_name="none of these")),
                        (
                            "submissions",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times sent"),
                        ),
                        ("decided_on", models.DateField(editable=False, null=True, verbose_name="last decided on")),
                        (
                            "decisions",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times decided"),
                        ),
                        (
                            "refusals",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="times not passed"
                            ),
                        ),
                        ("corrected_on", models.DateField(editable=False, null=True, verbose_name="corrected on")),
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
                                editable=False,
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
                                to="customers.customerregistration",
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
                    name="CustomerRegistrationStateChange",
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
                                    ("submitted", "waits for approval"),
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("returned", "returned"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "waits for approval"),
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("returned", "returned"),
                                    ("withdrawn", "withdrawn"),
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
                                to="customers.customerregistration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a registration",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DemandShare",
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
                            "kg_per_year",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="part (kg a year)"
                            ),
                        ),
                        (
                            "percent",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="part (%)"
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="price"
                            ),
                        ),
                        ("notes", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "competitor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.competitor",
                                verbose_name="competitor",
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
                            "demand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shares",
                                to="customers.customerdemand",
                                verbose_name="stated demand",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.unit",
                                verbose_name="per unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "competitor's part",
                        "verbose_name_plural": "competitors' parts",
                        "ordering": ["-demand", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("demand", "competitor"),
                                name="demand_share_once",
                                violation_error_message="This competitor's part is stated already: change that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kg_per_year__gt", 0),
                                        ("kg_per_year__isnull", False),
                                        ("percent__isnull", True),
                                    ),
                                    models.Q(
                                        ("kg_per_year__isnull", True),
                                        ("percent__gt", 0),
                                        ("percent__isnull", False),
                                        ("percent__lte", 100),
                                    ),
                                    _connector="OR",
                                ),
                                name="demand_share_one_measure",
                                violation_error_message="Give the part either in kg or in per cent, larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("price__isnull", True),
                                    models.Q(("price__gt", 0), ("unit__isnull", False)),
                                    _connector="OR",
                                ),
                                name="demand_share_price_whole",
                                violation_error_message="A price is larger than zero and says per which unit.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradePolicyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "grade",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="grade",
                            ),
                        ),
                        ("measure", models.CharField(max_length=60, verbose_name="figure")),
                        (
                            "side",
                            models.CharField(
                                choices=[("most", "at most"), ("least", "at least")],
                                default="most",
                                max_length=5,
                                verbose_name="shall be",
                            ),
                        ),
                        ("bound", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="bound")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("checked_at", models.DateTimeField(editable=False, null=True, verbose_name="checked at")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: the whole group.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
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
                                to="customers.gradepolicy",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradeRun",
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
                        ("for_group", models.BooleanField(default=False, verbose_name="grade of the group")),
                        ("month", models.DateField(verbose_name="month")),
                        ("computed_on", models.DateField(editable=False, null=True, verbose_name="figures as of")),
                        ("computed_at", models.DateTimeField(editable=False, null=True, verbose_name="computed at")),
                        ("matrix", models.JSONField(default=dict, editable=False, verbose_name="moves")),
                        ("customers", models.PositiveIntegerField(default=0, editable=False, verbose_name="customers")),
                        ("ups", models.PositiveIntegerField(default=0, editable=False, verbose_name="move up")),
                        ("downs", models.PositiveIntegerField(default=0, editable=False, verbose_name="move down")),
                        ("firsts", models.PositiveIntegerField(default=0, editable=False, verbose_name="first grades")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preview", "preview"),
                                    ("open", "to review"),
                                    ("applied", "applied"),
                                    ("rejected", "rejected"),
                                    ("superseded", "superseded"),
                                ],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
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
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="customers.gradingmodel",
                                verbose_name="scoring model",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grade review",
                        "verbose_name_plural": "grade reviews",
                        "ordering": ["-month", "-pk"],
                        "indexes": [models.Index(fields=["month", "id"], name="grade_run_month")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "preview"), _negated=True),
                                fields=("business_unit", "month", "for_group"),
                                name="grade_run_once_a_month",
                                violation_error_message="The grades of this unit are reviewed once a month.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "preview")),
                                fields=("model", "business_unit"),
                                name="grade_preview_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradingCriterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("measure", models.CharField(max_length=60, verbose_name="figure")),
                        ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="weight (%)")),
                        (
                            "starts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=4, max_digits=18),
                                size=None,
                                verbose_name="bands from",
                            ),
                        ),
                        (
                            "points",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=5),
                                size=None,
                                verbose_name="points of the bands",
                            ),
                        ),
                        (
                            "missing_points",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=5, verbose_name="points without a value"
                            ),
                        ),
                        ("is_potential", models.BooleanField(default=False, verbose_name="potential")),
                        (
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="customers.gradingmodel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion",
                        "verbose_name_plural": "criteria",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("model", "measure"),
                                name="grading_measure_once",
                                violation_error_message="A figure counts only once in a model.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gt", 0), ("weight__lte", 100)),
                                name="grading_weight",
                                violation_error_message="A weight is above 0 and at most 100.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "points__len",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("starts__len"), "+", models.Value(1)
                                        ),
                                    )
                                ),
                                name="grading_points_for_each_band",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradingModelEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "s_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: no grade S.",
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="S from (points)",
                            ),
                        ),
                        (
                            "a_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=80,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="A from (points)",
                            ),
                        ),
                        (
                            "b_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=60,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="B from (points)",
                            ),
                        ),
                        (
                            "c_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=40,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="C from (points)",
                            ),
                        ),
                        (
                            "hysteresis",
                            models.DecimalField(
                                decimal_places=2,
                                default=3,
                                help_text="A grade changes only when the points are so far beyond the limit.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="hysteresis (points)",
                            ),
                        ),
                        (
                            "new_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                help_text="For so long only the criteria of potential count for a new customer. 0: never.",
                                verbose_name="new customers (months)",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("in_force", "in force"), ("retired", "retired")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("edition", models.PositiveIntegerField(default=1, editable=False, verbose_name="edition")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: the whole group.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
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
                                to="customers.gradingmodel",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.gradingmodel",
                                verbose_name="replaces",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradingModelStateChange",
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
                                choices=[("draft", "draft"), ("in_force", "in force"), ("retired", "retired")],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[("draft", "draft"), ("in_force", "in force"), ("retired", "retired")],
                                max_length=10,
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
                                to="customers.gradingmodel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a scoring model",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradingVeto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure", models.CharField(max_length=60, verbose_name="figure")),
                        (
                            "side",
                            models.CharField(
                                choices=[("above", "above"), ("below", "below")],
                                default="above",
                                max_length=5,
                                verbose_name="when",
                            ),
                        ),
                        ("bound", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="bound")),
                        (
                            "cap",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="at most grade",
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        (
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="vetoes",
                                to="customers.gradingmodel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "veto",
                        "verbose_name_plural": "vetoes",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("model", "measure", "side", "cap"),
                                name="grading_veto_once",
                                violation_error_message="The model has this veto already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("moved", "handed over"),
                                    ("declined", "declined"),
                                    ("left", "left where it was"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("moved", models.JSONField(blank=True, default=dict)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handover_lines",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "pack",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="customers.handoverpack",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "customer of a hand-over",
                        "verbose_name_plural": "customers of a hand-over",
                        "ordering": ["pack", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("pack", "customer"), name="handover_line_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("customer",),
                                name="handover_customer_once",
                                violation_error_message="The customer is part of another hand-over that is not finished.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverPackEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("leaver", "leaves the company"),
                                    ("mover", "moves to another team or job"),
                                    ("other", "other"),
                                ],
                                default="mover",
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("offered", "offered"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("done", "done"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prepared by",
                            ),
                        ),
                        (
                            "from_person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="from",
                            ),
                        ),
                        (
                            "from_team",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                            ),
                        ),
                        (
                            "from_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
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
                                to="customers.handoverpack",
                            ),
                        ),
                        (
                            "to_person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="to",
                            ),
                        ),
                        (
                            "to_team",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                            ),
                        ),
                        (
                            "to_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HandoverPackStateChange",
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
                                    ("offered", "offered"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("done", "done"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("offered", "offered"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("done", "done"),
                                ],
                                max_length=10,
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
                                to="customers.handoverpack",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a hand-over",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ImprovementGoal",
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
                        ("measure", models.CharField(max_length=60, verbose_name="measure")),
                        ("target", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="goal")),
                        ("due_on", models.DateField(verbose_name="to be reached by")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="goals",
                                to="customers.improvementplan",
                                verbose_name="plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "goal of a plan",
                        "verbose_name_plural": "goals of plans",
                        "ordering": ["due_on", "pk"],
                        "indexes": [models.Index(fields=["due_on", "id"], name="goal_due")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "measure"),
                                name="goal_once",
                                violation_error_message="The plan has a goal for this measure already: change that one.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImprovementPlanEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        ("title", models.CharField(max_length=200, verbose_name="subject")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("strategy", models.TextField(blank=True, verbose_name="strategy")),
                        ("baseline", models.JSONField(default=dict, editable=False, verbose_name="baseline")),
                        ("baseline_on", models.DateField(editable=False, null=True, verbose_name="baseline of")),
                        (
                            "cost_baseline",
                            models.JSONField(default=dict, editable=False, verbose_name="baseline with cost"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
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
                                to="customers.improvementplan",
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
                    name="ImprovementPlanStateChange",
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
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("approved", "approved"),
                                    ("running", "running"),
                                    ("done", "done"),
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
                                to="customers.improvementplan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of an improvement plan",
                        "ordering": ["at", "pk"],
                        "abstract": False,
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
                        (
                            "decided_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided on"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
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
                                to="customers.notthesame",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PolicyFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name="value"),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="customers.gradepolicy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding about a policy",
                        "verbose_name_plural": "findings about policies",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("policy", "customer"), name="policy_finding_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolEntry",
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
                        ("since", models.DateTimeField(verbose_name="in the pool since")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("idle", "no contact for too long"),
                                    ("never_won", "never ordered"),
                                    ("released", "released by the owner or a manager"),
                                ],
                                max_length=20,
                                verbose_name="why",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="explanation")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "in the pool"),
                                    ("claimed", "claimed"),
                                    ("assigned", "assigned"),
                                    ("put_back", "put back"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pool_entries",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "from_owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="previous owner",
                            ),
                        ),
                        (
                            "pool",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="customers.customerpool",
                                verbose_name="pool",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="new owner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "customer in the pool",
                        "verbose_name_plural": "customers in the pool",
                        "ordering": ["-since", "-id"],
                        "indexes": [
                            models.Index(fields=["pool", "state", "since", "id"], name="pool_entry_pool"),
                            models.Index(fields=["since", "id"], name="pool_entry_since"),
                            models.Index(fields=["taken_by", "state_since"], name="pool_entry_taken"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("customer",),
                                name="pool_entry_once",
                                violation_error_message="The customer is in a pool already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolProtectionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("until", models.DateField(verbose_name="until")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "asked for"), ("granted", "granted"), ("refused", "refused")],
                                default="asked",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
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
                                to="customers.poolprotection",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PoolProtectionStateChange",
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
                                choices=[("asked", "asked for"), ("granted", "granted"), ("refused", "refused")],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[("asked", "asked for"), ("granted", "granted"), ("refused", "refused")],
                                max_length=10,
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
                                to="customers.poolprotection",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a protection",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProtectedFieldEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("field", models.CharField(max_length=60, verbose_name="field")),
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
                                to="customers.protectedfield",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RecycleRule",
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
                            "grades",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    blank=True,
                                    choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                    max_length=1,
                                ),
                                size=None,
                                verbose_name="grades",
                            ),
                        ),
                        (
                            "idle_days",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="idle days"),
                        ),
                        (
                            "idle_from",
                            models.CharField(
                                choices=[("contact", "last contact or order"), ("order", "last order")],
                                default="contact",
                                max_length=10,
                                verbose_name="counted from",
                            ),
                        ),
                        (
                            "never_won_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: this does not matter.",
                                null=True,
                                verbose_name="months without a first order",
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "pool",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rules",
                                to="customers.customerpool",
                                verbose_name="pool",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recycling rule",
                        "verbose_name_plural": "recycling rules",
                        "ordering": ["pool", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("grades__overlap", ["S", "A"]), _negated=True),
                                name="recycle_rule_spares_best",
                                violation_error_message="Customers of grade S and A are never taken automatically.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("idle_days__gte", 14),
                                    models.Q(("idle_days__isnull", True), ("never_won_months__gte", 1)),
                                    _connector="OR",
                                ),
                                name="recycle_rule_says_when",
                                violation_error_message="Say after how many days (14 or more) or months without a first order.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grades__len__gte", 1)),
                                name="recycle_rule_has_grades",
                                violation_error_message="Choose at least one grade.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolManagerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "customerpool",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customerpool",
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
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="customers.poolmanager",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PoolTeamEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "customerpool",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customerpool",
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
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="customers.poolteam",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionAnswer",
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
                        ("value", models.TextField(blank=True, verbose_name="answer")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "admission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="customers.admission",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="crm.attachment",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "taken_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.admissionanswer",
                                verbose_name="taken over from",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="customers.admissionitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer of an admission",
                        "verbose_name_plural": "answers of admissions",
                        "ordering": ["item__position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("admission", "item"), name="admission_answer_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        ("plant", models.CharField(blank=True, max_length=200, verbose_name="plant or address")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("first", "first admission"),
                                    ("extension", "extension"),
                                    ("renewal", "renewal"),
                                ],
                                default="first",
                                editable=False,
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("admitted", "admitted"),
                                    ("refused", "refused"),
                                    ("expired", "expired"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="admitted from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="admitted until")),
                        ("conditions", models.TextField(blank=True, verbose_name="conditions")),
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
                            "checklist",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.admissionchecklist",
                                verbose_name="checklist",
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
                            "follows",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.admission",
                                verbose_name="renews",
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
                                to="customers.admission",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: all of the business unit.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, max_length=40, verbose_name="key")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("question", models.CharField(max_length=200, verbose_name="question")),
                        (
                            "question_en",
                            models.CharField(blank=True, max_length=200, verbose_name="question in English"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("yes_no", "yes or no"),
                                    ("text", "text"),
                                    ("number", "number"),
                                    ("choice", "choice"),
                                    ("document", "document"),
                                    ("date", "date"),
                                ],
                                default="yes_no",
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="choices",
                            ),
                        ),
                        ("required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="answer valid for (months)"
                            ),
                        ),
                        (
                            "asked",
                            models.CharField(
                                choices=[
                                    ("once", "once per customer, while the answer is valid"),
                                    ("every", "at every admission"),
                                ],
                                default="once",
                                max_length=10,
                                verbose_name="asked",
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.admissionchecklist",
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
                                to="customers.admissionitem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionStateChange",
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
                                    ("submitted", "submitted"),
                                    ("admitted", "admitted"),
                                    ("refused", "refused"),
                                    ("expired", "expired"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("admitted", "admitted"),
                                    ("refused", "refused"),
                                    ("expired", "expired"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=10,
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
                                to="customers.admission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of an admission",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CustomerGrade",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        ("since", models.DateField(verbose_name="from")),
                        ("until", models.DateField(null=True, verbose_name="until")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("review", "grade review"),
                                    ("exception", "exception"),
                                    ("typed", "set by a person"),
                                    ("imported", "import"),
                                    ("initial", "before grading began"),
                                ],
                                max_length=10,
                                verbose_name="came from",
                            ),
                        ),
                        (
                            "points",
                            models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="points"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("kept_until", models.DateField(null=True, verbose_name="kept until")),
                        ("set_at", models.DateTimeField(verbose_name="set at")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
                            ),
                        ),
                        (
                            "business_unit",
                            models.ForeignKey(
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grade_history",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="customers.graderun",
                                verbose_name="grade review",
                            ),
                        ),
                        (
                            "model",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.gradingmodel",
                                verbose_name="scoring model",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grade of a customer",
                        "verbose_name_plural": "grades of customers",
                        "ordering": ["-since", "-pk"],
                        "indexes": [models.Index(fields=["customer", "-since", "-id"], name="customer_grade_newest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("customer", "business_unit"),
                                name="customer_grade_one_present",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="customer_grade_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemandShareEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kg_per_year",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="part (kg a year)"
                            ),
                        ),
                        (
                            "percent",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="part (%)"
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="price"
                            ),
                        ),
                        ("notes", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "competitor",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.competitor",
                                verbose_name="competitor",
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
                            "demand",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customerdemand",
                                verbose_name="stated demand",
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
                                to="customers.demandshare",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.unit",
                                verbose_name="per unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradeException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="grade",
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("until", models.DateField(verbose_name="keep until")),
                        ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="given at")),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exceptions",
                                to="customers.graderun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "exception in a grade review",
                        "verbose_name_plural": "exceptions in grade reviews",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "customer"), name="grade_exception_once"),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="grade_exception_says_why",
                                violation_error_message="Say why the customer gets another grade.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradeProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "old_grade",
                            models.CharField(
                                blank=True,
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="present grade",
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="proposed grade",
                            ),
                        ),
                        (
                            "bare",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="grade by points",
                            ),
                        ),
                        ("points", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="points")),
                        (
                            "values",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=4, max_digits=20, null=True),
                                size=None,
                                verbose_name="figures",
                            ),
                        ),
                        (
                            "scores",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=5),
                                size=None,
                                verbose_name="points of the figures",
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("points", "the points"),
                                    ("potential", "potential only, a new customer"),
                                    ("hysteresis", "hysteresis"),
                                    ("veto", "veto"),
                                    ("exception", "exception still running"),
                                ],
                                default="points",
                                max_length=10,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "move",
                            models.CharField(
                                choices=[("up", "up"), ("down", "down"), ("new", "first grade"), ("same", "unchanged")],
                                max_length=4,
                                verbose_name="move",
                            ),
                        ),
                        ("applied_at", models.DateTimeField(null=True, verbose_name="applied at")),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grade_proposals",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="customers.graderun",
                                verbose_name="grade review",
                            ),
                        ),
                        (
                            "veto",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.gradingveto",
                                verbose_name="veto",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposed grade",
                        "verbose_name_plural": "proposed grades",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["run", "move", "points"], name="grade_proposal_move"),
                            models.Index(fields=["points", "id"], name="grade_proposal_points"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "customer"), name="grade_proposal_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradeRunEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("for_group", models.BooleanField(default=False, verbose_name="grade of the group")),
                        ("month", models.DateField(verbose_name="month")),
                        ("computed_on", models.DateField(editable=False, null=True, verbose_name="figures as of")),
                        ("customers", models.PositiveIntegerField(default=0, editable=False, verbose_name="customers")),
                        ("ups", models.PositiveIntegerField(default=0, editable=False, verbose_name="move up")),
                        ("downs", models.PositiveIntegerField(default=0, editable=False, verbose_name="move down")),
                        ("firsts", models.PositiveIntegerField(default=0, editable=False, verbose_name="first grades")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preview", "preview"),
                                    ("open", "to review"),
                                    ("applied", "applied"),
                                    ("rejected", "rejected"),
                                    ("superseded", "superseded"),
                                ],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
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
                                to="customers.graderun",
                            ),
                        ),
                        (
                            "model",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.gradingmodel",
                                verbose_name="scoring model",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradeRunStateChange",
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
                                    ("preview", "preview"),
                                    ("open", "to review"),
                                    ("applied", "applied"),
                                    ("rejected", "rejected"),
                                    ("superseded", "superseded"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("preview", "preview"),
                                    ("open", "to review"),
                                    ("applied", "applied"),
                                    ("rejected", "rejected"),
                                    ("superseded", "superseded"),
                                ],
                                max_length=10,
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
                                to="customers.graderun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a grade review",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradingCriterionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("measure", models.CharField(max_length=60, verbose_name="figure")),
                        ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="weight (%)")),
                        (
                            "starts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=4, max_digits=18),
                                size=None,
                                verbose_name="bands from",
                            ),
                        ),
                        (
                            "points",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=5),
                                size=None,
                                verbose_name="points of the bands",
                            ),
                        ),
                        (
                            "missing_points",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=5, verbose_name="points without a value"
                            ),
                        ),
                        ("is_potential", models.BooleanField(default=False, verbose_name="potential")),
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
                                to="customers.gradingcriterion",
                            ),
                        ),
                        (
                            "model",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.gradingmodel",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradingVetoEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("measure", models.CharField(max_length=60, verbose_name="figure")),
                        (
                            "side",
                            models.CharField(
                                choices=[("above", "above"), ("below", "below")],
                                default="above",
                                max_length=5,
                                verbose_name="when",
                            ),
                        ),
                        ("bound", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="bound")),
                        (
                            "cap",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="at most grade",
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        (
                            "model",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.gradingmodel",
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
                                to="customers.gradingveto",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HandoverLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("moved", "handed over"),
                                    ("declined", "declined"),
                                    ("left", "left where it was"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("moved", models.JSONField(blank=True, default=dict)),
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
                                to="customers.handoverline",
                            ),
                        ),
                        (
                            "pack",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.handoverpack",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ImprovementGoalEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("measure", models.CharField(max_length=60, verbose_name="measure")),
                        ("target", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="goal")),
                        ("due_on", models.DateField(verbose_name="to be reached by")),
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
                                to="customers.improvementgoal",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.improvementplan",
                                verbose_name="plan",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PoolEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("since", models.DateTimeField(verbose_name="in the pool since")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("idle", "no contact for too long"),
                                    ("never_won", "never ordered"),
                                    ("released", "released by the owner or a manager"),
                                ],
                                max_length=20,
                                verbose_name="why",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="explanation")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "in the pool"),
                                    ("claimed", "claimed"),
                                    ("assigned", "assigned"),
                                    ("put_back", "put back"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
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
                            "from_owner",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="previous owner",
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
                                to="customers.poolentry",
                            ),
                        ),
                        (
                            "pool",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customerpool",
                                verbose_name="pool",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="new owner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PoolEntryStateChange",
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
                                    ("waiting", "in the pool"),
                                    ("claimed", "claimed"),
                                    ("assigned", "assigned"),
                                    ("put_back", "put back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("waiting", "in the pool"),
                                    ("claimed", "claimed"),
                                    ("assigned", "assigned"),
                                    ("put_back", "put back"),
                                ],
                                max_length=10,
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
                                to="customers.poolentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a customer in the pool",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RecycleRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "grades",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    blank=True,
                                    choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                    max_length=1,
                                ),
                                size=None,
                                verbose_name="grades",
                            ),
                        ),
                        (
                            "idle_days",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="idle days"),
                        ),
                        (
                            "idle_from",
                            models.CharField(
                                choices=[("contact", "last contact or order"), ("order", "last order")],
                                default="contact",
                                max_length=10,
                                verbose_name="counted from",
                            ),
                        ),
                        (
                            "never_won_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: this does not matter.",
                                null=True,
                                verbose_name="months without a first order",
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
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
                                to="customers.recyclerule",
                            ),
                        ),
                        (
                            "pool",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customerpool",
                                verbose_name="pool",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdmissionAnswerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("value", models.TextField(blank=True, verbose_name="answer")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "admission",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.admission",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.attachment",
                                verbose_name="evidence",
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
                                to="customers.admissionanswer",
                            ),
                        ),
                        (
                            "taken_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.admissionanswer",
                                verbose_name="taken over from",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.admissionitem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GradeExceptionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "grade",
                            models.CharField(
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                max_length=1,
                                verbose_name="grade",
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("until", models.DateField(verbose_name="keep until")),
                        ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="given at")),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
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
                                to="customers.gradeexception",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.graderun",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
                migrations.AddField(
                    model_name="contact",
                    name="influence",
                    field=models.CharField(
                        blank=True,
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        max_length=10,
                        verbose_name="influence",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="reports_to",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="customers.contact",
                        verbose_name="reports to",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="stance",
                    field=models.CharField(
                        blank=True,
                        choices=[("supporter", "supporter"), ("neutral", "neutral"), ("opponent", "opponent")],
                        max_length=10,
                        verbose_name="stance",
                    ),
                ),
                migrations.AddField(
                    model_name="contactevent",
                    name="influence",
                    field=models.CharField(
                        blank=True,
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        max_length=10,
                        verbose_name="influence",
                    ),
                ),
                migrations.AddField(
                    model_name="contactevent",
                    name="reports_to",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.contact",
                        verbose_name="reports to",
                    ),
                ),
                migrations.AddField(
                    model_name="contactevent",
                    name="stance",
                    field=models.CharField(
                        blank=True,
                        choices=[("supporter", "supporter"), ("neutral", "neutral"), ("opponent", "opponent")],
                        max_length=10,
                        verbose_name="stance",
                    ),
                ),
                migrations.AddField(
                    model_name="customer",
                    name="group_path",
                    field=models.CharField(default="", editable=False, max_length=120),
                ),
                migrations.AddField(
                    model_name="customer",
                    name="group_root",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="group",
                    ),
                ),
                migrations.AddField(
                    model_name="customer",
                    name="known_as",
                    field=models.TextField(
                        blank=True, db_default="", default="", editable=False, verbose_name="also known as"
                    ),
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
                    model_name="customer",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="customers.customer",
                        verbose_name="parent company",
                    ),
                ),
                migrations.AddField(
                    model_name="customer",
                    name="strategic_value",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "1 none"), (2, "2 small"), (3, "3 some"), (4, "4 great"), (5, "5 decisive")],
                        help_text="Benchmark account, new application, technology: as those judge it who know the customer.",
                        null=True,
                        verbose_name="strategic value",
                    ),
                ),
                migrations.AddField(
                    model_name="customerevent",
                    name="known_as",
                    field=models.TextField(
                        blank=True, db_default="", default="", editable=False, verbose_name="also known as"
                    ),
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
                migrations.AddField(
                    model_name="customerevent",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.customer",
                        verbose_name="parent company",
                    ),
                ),
                migrations.AddField(
                    model_name="customerevent",
                    name="strategic_value",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "1 none"), (2, "2 small"), (3, "3 some"), (4, "4 great"), (5, "5 decisive")],
                        help_text="Benchmark account, new application, technology: as those judge it who know the customer.",
                        null=True,
                        verbose_name="strategic value",
                    ),
                ),
                migrations.AddField(
                    model_name="customerfigures",
                    name="share_of_wallet",
                    field=models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="share of wallet (%)"
                    ),
                ),
            ],
        ),
        migrations.AlterModelOptions(
            name="customer",
            options={
                "ordering": ["code"],
                "permissions": [
                    ("transfer_customer", "Can hand customers over to another owner"),
                    ("skip_registration", "Can enter customers without registration"),
                    ("set_grade", "Can set grades of customers"),
                    ("change_protected", "Can change protected fields of customers without approval"),
                    ("merge_customer", "Can merge customers"),
                    ("merge_across_units", "Can merge customers of different business units"),
                ],
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
            },
        ),
        crm.base.migrating.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="customer",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="customer",
                    name="update_update",
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
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
            ]
        ),
        crm.base.migrating.Together(
            operations=[
                migrations.AddIndex(
                    model_name="customer",
                    index=models.Index(
                        fields=["name", "id"], include=("owner", "business_unit", "merged_into"), name="customer_name"
                    ),
                ),
                migrations.AddIndex(
                    model_name="customer",
                    index=models.Index(
                        fields=["updated_at", "id"],
                        include=("owner", "business_unit", "merged_into"),
                        name="customer_changed",
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
                        condition=models.Q(("group_path", ""), _negated=True),
                        fields=["group_path"],
                        name="customer_group_path",
                        opclasses=["varchar_pattern_ops"],
                    ),
                ),
                migrations.AddIndex(
                    model_name="customer",
                    index=models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="customer_merged",
                    ),
                ),
                migrations.AddIndex(
                    model_name="customerfigures",
                    index=models.Index(fields=["share_of_wallet", "customer"], name="customer_figures_wallet"),
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("reports_to__isnull", True),
                            models.Q(("reports_to", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_not_its_own_superior",
                        violation_error_message="Nobody reports to themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="customer_not_merged_into_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="customer_not_its_own_parent",
                        violation_error_message="A company cannot be its own parent.",
                    ),
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contactevent" ("created_at", "customer_id", "email", "extra", "id", "influence", "is_primary", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reports_to_id", "role", "stance", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."email", NEW."extra", NEW."id", NEW."influence", NEW."is_primary", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."reports_to_id", NEW."role", NEW."stance", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="fcbbbcc4704a9f4ca55f84fe19669535344fc539",
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
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."influence" IS DISTINCT FROM (NEW."influence") OR OLD."is_primary" IS DISTINCT FROM (NEW."is_primary") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."reports_to_id" IS DISTINCT FROM (NEW."reports_to_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."stance" IS DISTINCT FROM (NEW."stance") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_contactevent" ("created_at", "customer_id", "email", "extra", "id", "influence", "is_primary", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reports_to_id", "role", "stance", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."email", NEW."extra", NEW."id", NEW."influence", NEW."is_primary", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."reports_to_id", NEW."role", NEW."stance", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="d33b2defd8cdfede80ce1cc604ac12d6028a8f1c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_760d1",
                            table="customers_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customerevent" ("address", "annual_demand_kg", "application", "business_unit_id", "city", "code", "created_at", "credit_code", "credit_limit", "extra", "grade", "id", "industry", "kind", "known_as", "merged_into_id", "name", "name_en", "next_step", "next_step_on", "notes", "owner_id", "parent_id", "payment_terms_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province", "region_id", "short_name", "state", "strategic_value", "team_id", "updated_at", "version", "website") VALUES (NEW."address", NEW."annual_demand_kg", NEW."application", NEW."business_unit_id", NEW."city", NEW."code", NEW."created_at", NEW."credit_code", NEW."credit_limit", NEW."extra", NEW."grade", NEW."id", NEW."industry", NEW."kind", NEW."known_as", NEW."merged_into_id", NEW."name", NEW."name_en", NEW."next_step", NEW."next_step_on", NEW."notes", NEW."owner_id", NEW."parent_id", NEW."payment_terms_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."province", NEW."region_id", NEW."short_name", NEW."state", NEW."strategic_value", NEW."team_id", NEW."updated_at", NEW."version", NEW."website"); RETURN NULL;',
                            hash="00cef4a4f82824a9acd882454ebe488130630be9",
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
                            condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."annual_demand_kg" IS DISTINCT FROM (NEW."annual_demand_kg") OR OLD."application" IS DISTINCT FROM (NEW."application") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."credit_code" IS DISTINCT FROM (NEW."credit_code") OR OLD."credit_limit" IS DISTINCT FROM (NEW."credit_limit") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry" IS DISTINCT FROM (NEW."industry") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."known_as" IS DISTINCT FROM (NEW."known_as") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."next_step_on" IS DISTINCT FROM (NEW."next_step_on") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."payment_terms_days" IS DISTINCT FROM (NEW."payment_terms_days") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."province" IS DISTINCT FROM (NEW."province") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."strategic_value" IS DISTINCT FROM (NEW."strategic_value") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                            func='INSERT INTO "customers_customerevent" ("address", "annual_demand_kg", "application", "business_unit_id", "city", "code", "created_at", "credit_code", "credit_limit", "extra", "grade", "id", "industry", "kind", "known_as", "merged_into_id", "name", "name_en", "next_step", "next_step_on", "notes", "owner_id", "parent_id", "payment_terms_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province", "region_id", "short_name", "state", "strategic_value", "team_id", "updated_at", "version", "website") VALUES (NEW."address", NEW."annual_demand_kg", NEW."application", NEW."business_unit_id", NEW."city", NEW."code", NEW."created_at", NEW."credit_code", NEW."credit_limit", NEW."extra", NEW."grade", NEW."id", NEW."industry", NEW."kind", NEW."known_as", NEW."merged_into_id", NEW."name", NEW."name_en", NEW."next_step", NEW."next_step_on", NEW."notes", NEW."owner_id", NEW."parent_id", NEW."payment_terms_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."province", NEW."region_id", NEW."short_name", NEW."state", NEW."strategic_value", NEW."team_id", NEW."updated_at", NEW."version", NEW."website"); RETURN NULL;',
                            hash="108db128ad3bad81b547049a5b4af0d0ef1280e7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ca86d",
                            table="customers_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contributionrateevent" ("capital_percent", "created_at", "id", "per_shipment", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "updated_at", "version") VALUES (NEW."capital_percent", NEW."created_at", NEW."id", NEW."per_shipment", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="63a05df4733eb871bb28a9bb698db1d2569a48f3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0a662",
                            table="customers_contributionrate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionrate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_contributionrateevent" ("capital_percent", "created_at", "id", "per_shipment", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "updated_at", "version") VALUES (NEW."capital_percent", NEW."created_at", NEW."id", NEW."per_shipment", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="0fd402bf16e4a010c4cca1573b4674ac735ed9eb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c9170",
                            table="customers_contributionrate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protectedfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_protectedfieldevent" ("created_at", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."field", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="708d32fa2110d833330ef2b3ac7db029eda6aed0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bb101",
                            table="customers_protectedfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protectedfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_protectedfieldevent" ("created_at", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."field", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="65afe1775786db5681712ddf5041f56366b9b776",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fc46a",
                            table="customers_protectedfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protectedfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_protectedfieldevent" ("created_at", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."created_at", OLD."field", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="aa4cd2c7bf49cbb6eed910d43ab56b929414ce5c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ba3d9",
                            table="customers_protectedfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionchecklist",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_admissionchecklistevent" ("business_unit_id", "created_at", "edition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "replaces_id", "state", "state_since", "updated_at", "valid_months", "version") VALUES (NEW."business_unit_id", NEW."created_at", NEW."edition", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."replaces_id", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_months", NEW."version"); RETURN NULL;',
                            hash="79f9a4dac6765ac55266c609e063977e995377d4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_305f0",
                            table="customers_admissionchecklist",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionchecklist",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_admissionchecklistevent" ("business_unit_id", "created_at", "edition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "replaces_id", "state", "state_since", "updated_at", "valid_months", "version") VALUES (NEW."business_unit_id", NEW."created_at", NEW."edition", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."replaces_id", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_months", NEW."version"); RETURN NULL;',
                            hash="379b64c7fbccf71789470fdc3f4f2666d3d3334d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2923b",
                            table="customers_admissionchecklist",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_admissionevent" ("business_unit_id", "checklist_id", "code", "conditions", "created_at", "customer_id", "follows_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "product_line_id", "state", "state_since", "updated_at", "valid_from", "valid_to", "version") VALUES (NEW."business_unit_id", NEW."checklist_id", NEW."code", NEW."conditions", NEW."created_at", NEW."customer_id", NEW."follows_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plant", NEW."product_line_id", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                            hash="d58f4522f058b9f6ade51ca177c60c004c29bfeb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4a357",
                            table="customers_admission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."checklist_id" IS DISTINCT FROM (NEW."checklist_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."conditions" IS DISTINCT FROM (NEW."conditions") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."follows_id" IS DISTINCT FROM (NEW."follows_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."plant" IS DISTINCT FROM (NEW."plant") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_admissionevent" ("business_unit_id", "checklist_id", "code", "conditions", "created_at", "customer_id", "follows_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "product_line_id", "state", "state_since", "updated_at", "valid_from", "valid_to", "version") VALUES (NEW."business_unit_id", NEW."checklist_id", NEW."code", NEW."conditions", NEW."created_at", NEW."customer_id", NEW."follows_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plant", NEW."product_line_id", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                            hash="967ad6f17b8c8a1a602c8425eb6d0c0701711671",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_282e5",
                            table="customers_admission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_admissionitemevent" ("asked", "checklist_id", "choices", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question", "question_en", "required", "valid_months") VALUES (NEW."asked", NEW."checklist_id", NEW."choices", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."question", NEW."question_en", NEW."required", NEW."valid_months"); RETURN NULL;',
                            hash="1b79c254bd1c824e3e4d754b5b0c014c1b00c721",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_91eeb",
                            table="customers_admissionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_admissionitemevent" ("asked", "checklist_id", "choices", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question", "question_en", "required", "valid_months") VALUES (NEW."asked", NEW."checklist_id", NEW."choices", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."question", NEW."question_en", NEW."required", NEW."valid_months"); RETURN NULL;',
                            hash="2f0966c4f5f7a30a812126947726add44600d43e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1c3f",
                            table="customers_admissionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_admissionitemevent" ("asked", "checklist_id", "choices", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question", "question_en", "required", "valid_months") VALUES (OLD."asked", OLD."checklist_id", OLD."choices", OLD."id", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."question", OLD."question_en", OLD."required", OLD."valid_months"); RETURN NULL;',
                            hash="02cfdd17705b62f4769f5f7993b925022815dcca",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2f787",
                            table="customers_admissionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionanswer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_admissionanswerevent" ("admission_id", "answered_at", "answered_by_id", "created_at", "evidence_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_from_id", "updated_at", "valid_until", "value", "version") VALUES (NEW."admission_id", NEW."answered_at", NEW."answered_by_id", NEW."created_at", NEW."evidence_id", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."taken_from_id", NEW."updated_at", NEW."valid_until", NEW."value", NEW."version"); RETURN NULL;',
                            hash="52e4acf0e206646ecf036b9c5627babbf0a1d6d7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_81197",
                            table="customers_admissionanswer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionanswer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_admissionanswerevent" ("admission_id", "answered_at", "answered_by_id", "created_at", "evidence_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_from_id", "updated_at", "valid_until", "value", "version") VALUES (NEW."admission_id", NEW."answered_at", NEW."answered_by_id", NEW."created_at", NEW."evidence_id", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."taken_from_id", NEW."updated_at", NEW."valid_until", NEW."value", NEW."version"); RETURN NULL;',
                            hash="c4df52ca69250318692859467ad2992bf0736474",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_67fab",
                            table="customers_admissionanswer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="admissionanswer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_admissionanswerevent" ("admission_id", "answered_at", "answered_by_id", "created_at", "evidence_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_from_id", "updated_at", "valid_until", "value", "version") VALUES (OLD."admission_id", OLD."answered_at", OLD."answered_by_id", OLD."created_at", OLD."evidence_id", OLD."id", OLD."item_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."taken_from_id", OLD."updated_at", OLD."valid_until", OLD."value", OLD."version"); RETURN NULL;',
                            hash="1bfd40bffeb62408f8101e8472da7d253ea4e3b5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7e1a6",
                            table="customers_admissionanswer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customeraddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customeraddressevent" ("city", "contact", "created_at", "customer_id", "id", "is_default", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "province", "street", "updated_at", "version") VALUES (NEW."city", NEW."contact", NEW."created_at", NEW."customer_id", NEW."id", NEW."is_default", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_code", NEW."province", NEW."street", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="c07c9f58ddad830bd98419e54b5d59e0b489e66a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bab75",
                            table="customers_customeraddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customeraddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."province" IS DISTINCT FROM (NEW."province") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_customeraddressevent" ("city", "contact", "created_at", "customer_id", "id", "is_default", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "province", "street", "updated_at", "version") VALUES (NEW."city", NEW."contact", NEW."created_at", NEW."customer_id", NEW."id", NEW."is_default", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_code", NEW."province", NEW."street", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="17c619c95b8f7852a3651314d9dfbad8d7b0b98d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6555f",
                            table="customers_customeraddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerbilling",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customerbillingevent" ("bank", "bank_account", "created_at", "credit_rating", "customer_id", "id", "insured_limit", "insured_until", "invoice_address", "invoice_phone", "invoice_title", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_number", "updated_at", "version") VALUES (NEW."bank", NEW."bank_account", NEW."created_at", NEW."credit_rating", NEW."customer_id", NEW."id", NEW."insured_limit", NEW."insured_until", NEW."invoice_address", NEW."invoice_phone", NEW."invoice_title", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tax_number", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="4cebfdace1fd35bd3a913f7f9d6b765eb7525c19",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_18c72",
                            table="customers_customerbilling",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerbilling",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_customerbillingevent" ("bank", "bank_account", "created_at", "credit_rating", "customer_id", "id", "insured_limit", "insured_until", "invoice_address", "invoice_phone", "invoice_title", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_number", "updated_at", "version") VALUES (NEW."bank", NEW."bank_account", NEW."created_at", NEW."credit_rating", NEW."customer_id", NEW."id", NEW."insured_limit", NEW."insured_until", NEW."invoice_address", NEW."invoice_phone", NEW."invoice_title", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tax_number", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="650e2dfb53fe53ff45975c120542e0763e93bce4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_400f9",
                            table="customers_customerbilling",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customercertificatedemand",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customercertificatedemandevent" ("created_at", "customer_id", "given_on", "id", "kind", "needed_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "remark", "updated_at", "valid_until", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."given_on", NEW."id", NEW."kind", NEW."needed_since", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."remark", NEW."updated_at", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="9044dbc70c160c782ebd3821de5020351386f6ec",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_65373",
                            table="customers_customercertificatedemand",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customercertificatedemand",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."given_on" IS DISTINCT FROM (NEW."given_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."needed_since" IS DISTINCT FROM (NEW."needed_since") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_customercertificatedemandevent" ("created_at", "customer_id", "given_on", "id", "kind", "needed_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "remark", "updated_at", "valid_until", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."given_on", NEW."id", NEW."kind", NEW."needed_since", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."remark", NEW."updated_at", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="185c8e2f56d29fb740f42772845dd376a6471c0b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_44bbf",
                            table="customers_customercertificatedemand",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerdemand",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customerdemandevent" ("application", "created_at", "customer_id", "ends_on", "id", "kg_per_year", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "source", "starts_on", "stated_by", "stated_on", "updated_at", "version") VALUES (NEW."application", NEW."created_at", NEW."customer_id", NEW."ends_on", NEW."id", NEW."kg_per_year", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."source", NEW."starts_on", NEW."stated_by", NEW."stated_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="db5a4ccd99dbcd7f03c93d58bc3edbaf010b2cce",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_16cb3",
                            table="customers_customerdemand",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerdemand",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_customerdemandevent" ("application", "created_at", "customer_id", "ends_on", "id", "kg_per_year", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "source", "starts_on", "stated_by", "stated_on", "updated_at", "version") VALUES (NEW."application", NEW."created_at", NEW."customer_id", NEW."ends_on", NEW."id", NEW."kg_per_year", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."source", NEW."starts_on", NEW."stated_by", NEW."stated_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="73817a2274445c0712a4f39267305594beffffaa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bc422",
                            table="customers_customerdemand",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerlegal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customerlegalevent" ("business_scope", "capital_currency_id", "created_at", "customer_id", "founded_on", "id", "legal_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_capital", "representative", "status", "updated_at", "version") VALUES (NEW."business_scope", NEW."capital_currency_id", NEW."created_at", NEW."customer_id", NEW."founded_on", NEW."id", NEW."legal_form", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."registered_capital", NEW."representative", NEW."status", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="f854973514a971dfa54d31f4e9d7eb10e4b13991",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0259d",
                            table="customers_customerlegal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerlegal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_customerlegalevent" ("business_scope", "capital_currency_id", "created_at", "customer_id", "founded_on", "id", "legal_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_capital", "representative", "status", "updated_at", "version") VALUES (NEW."business_scope", NEW."capital_currency_id", NEW."created_at", NEW."customer_id", NEW."founded_on", NEW."id", NEW."legal_form", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."registered_capital", NEW."representative", NEW."status", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="192e5d607011201c56b19bf724196f10abd85402",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_51f5b",
                            table="customers_customerlegal",
                            when="AFTER",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="customerpool",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customerpoolevent" ("active", "business_unit_id", "capacity", "capacity_counts", "created_at", "daily_limit", "id", "lock_days", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "region_id", "updated_at", "version") VALUES (NEW."active", NEW."business_unit_id", NEW."capacity", NEW."capacity_counts", NEW."created_at", NEW."daily_limit", NEW."id", NEW."lock_days", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."region_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="2c25bc3bf911946a9e01d08e0f6b07d7f77dd9ec",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b00ad",
                            table="customers_customerpool",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerpool",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_customerpoolevent" ("active", "business_unit_id", "capacity", "capacity_counts", "created_at", "daily_limit", "id", "lock_days", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "region_id", "updated_at", "version") VALUES (NEW."active", NEW."business_unit_id", NEW."capacity", NEW."capacity_counts", NEW."created_at", NEW."daily_limit", NEW."id", NEW."lock_days", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."region_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="b5b2ee2a1be57d97a68cc9cfe7e91df9d8571af8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_04f3f",
                            table="customers_customerpool",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerregistration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customerregistrationevent" ("business_unit_id", "city", "code", "contact_name", "contact_phone", "corrected_on", "created_at", "credit_code", "customer_id", "decided_on", "decisions", "id", "industry", "kind", "name", "next_step", "owner_id", "passed_over", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province", "reason", "refusals", "region_id", "state", "state_since", "submissions", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."city", NEW."code", NEW."contact_name", NEW."contact_phone", NEW."corrected_on", NEW."created_at", NEW."credit_code", NEW."customer_id", NEW."decided_on", NEW."decisions", NEW."id", NEW."industry", NEW."kind", NEW."name", NEW."next_step", NEW."owner_id", NEW."passed_over", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."province", NEW."reason", NEW."refusals", NEW."region_id", NEW."state", NEW."state_since", NEW."submissions", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="3b6899ca10deb1866c0d0d1f08d4cf2872f2cbd1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ec34c",
                            table="customers_customerregistration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customerregistration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contact_name" IS DISTINCT FROM (NEW."contact_name") OR OLD."contact_phone" IS DISTINCT FROM (NEW."contact_phone") OR OLD."corrected_on" IS DISTINCT FROM (NEW."corrected_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."credit_code" IS DISTINCT FROM (NEW."credit_code") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."decisions" IS DISTINCT FROM (NEW."decisions") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry" IS DISTINCT FROM (NEW."industry") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."passed_over" IS DISTINCT FROM (NEW."passed_over") OR OLD."province" IS DISTINCT FROM (NEW."province") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."refusals" IS DISTINCT FROM (NEW."refusals") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."submissions" IS DISTINCT FROM (NEW."submissions") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_customerregistrationevent" ("business_unit_id", "city", "code", "contact_name", "contact_phone", "corrected_on", "created_at", "credit_code", "customer_id", "decided_on", "decisions", "id", "industry", "kind", "name", "next_step", "owner_id", "passed_over", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province", "reason", "refusals", "region_id", "state", "state_since", "submissions", "team_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."city", NEW."code", NEW."contact_name", NEW."contact_phone", NEW."corrected_on", NEW."created_at", NEW."credit_code", NEW."customer_id", NEW."decided_on", NEW."decisions", NEW."id", NEW."industry", NEW."kind", NEW."name", NEW."next_step", NEW."owner_id", NEW."passed_over", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."province", NEW."reason", NEW."refusals", NEW."region_id", NEW."state", NEW."state_since", NEW."submissions", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="a3f95371915c4062580b6d2c61be9dbdb8ea8283",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cf55f",
                            table="customers_customerregistration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="demandshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_demandshareevent" ("competitor_id", "created_at", "currency_id", "demand_id", "id", "kg_per_year", "notes", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "unit_id", "updated_at", "version") VALUES (NEW."competitor_id", NEW."created_at", NEW."currency_id", NEW."demand_id", NEW."id", NEW."kg_per_year", NEW."notes", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="479d2dfb24a45f2490f6320a5fcf54f91c0283d8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_94192",
                            table="customers_demandshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="demandshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_demandshareevent" ("competitor_id", "created_at", "currency_id", "demand_id", "id", "kg_per_year", "notes", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "unit_id", "updated_at", "version") VALUES (NEW."competitor_id", NEW."created_at", NEW."currency_id", NEW."demand_id", NEW."id", NEW."kg_per_year", NEW."notes", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="5e96be9ab3848977d4ba52bc9a3579278f846256",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f2f99",
                            table="customers_demandshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradepolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradepolicyevent" ("bound", "business_unit_id", "checked_at", "created_at", "grade", "id", "measure", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."bound", NEW."business_unit_id", NEW."checked_at", NEW."created_at", NEW."grade", NEW."id", NEW."measure", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="469e4b17593ed75a164283fe6230971fa97af198",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b1594",
                            table="customers_gradepolicy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradepolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_gradepolicyevent" ("bound", "business_unit_id", "checked_at", "created_at", "grade", "id", "measure", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."bound", NEW."business_unit_id", NEW."checked_at", NEW."created_at", NEW."grade", NEW."id", NEW."measure", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="855d93750e66add1a2e44a5d0c8e8edcb617dcb0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9a17b",
                            table="customers_gradepolicy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradeexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradeexceptionevent" ("customer_id", "given_at", "given_by_id", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id", "until") VALUES (NEW."customer_id", NEW."given_at", NEW."given_by_id", NEW."grade", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."run_id", NEW."until"); RETURN NULL;',
                            hash="a88dcef0cc30df64524033f8f3dc4a6aa303bf7a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9294a",
                            table="customers_gradeexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradeexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_gradeexceptionevent" ("customer_id", "given_at", "given_by_id", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id", "until") VALUES (NEW."customer_id", NEW."given_at", NEW."given_by_id", NEW."grade", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."run_id", NEW."until"); RETURN NULL;',
                            hash="1fe202cfd4537e6828200d3e6af8c7ffd5a1f791",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_266a3",
                            table="customers_gradeexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradeexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradeexceptionevent" ("customer_id", "given_at", "given_by_id", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id", "until") VALUES (OLD."customer_id", OLD."given_at", OLD."given_by_id", OLD."grade", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."run_id", OLD."until"); RETURN NULL;',
                            hash="7772a0b2d20d3c0af9c0fffa0e434ec97b2ce58d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e59b1",
                            table="customers_gradeexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingmodel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradingmodelevent" ("a_from", "b_from", "business_unit_id", "c_from", "created_at", "edition", "hysteresis", "id", "name", "new_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "s_from", "state", "state_since", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."a_from", NEW."b_from", NEW."business_unit_id", NEW."c_from", NEW."created_at", NEW."edition", NEW."hysteresis", NEW."id", NEW."name", NEW."new_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaces_id", NEW."s_from", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="718e56a0d4987c241cbc1042b77b516d682cc1ee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9ce5f",
                            table="customers_gradingmodel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingmodel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_gradingmodelevent" ("a_from", "b_from", "business_unit_id", "c_from", "created_at", "edition", "hysteresis", "id", "name", "new_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "s_from", "state", "state_since", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."a_from", NEW."b_from", NEW."business_unit_id", NEW."c_from", NEW."created_at", NEW."edition", NEW."hysteresis", NEW."id", NEW."name", NEW."new_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaces_id", NEW."s_from", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="a484b43ab91470e59ffdc3d735ab50d3a88a624f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_06153",
                            table="customers_gradingmodel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingcriterion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradingcriterionevent" ("id", "is_potential", "measure", "missing_points", "model_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "starts", "weight") VALUES (NEW."id", NEW."is_potential", NEW."measure", NEW."missing_points", NEW."model_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."position", NEW."starts", NEW."weight"); RETURN NULL;',
                            hash="1cbf4a7b04c919ec90de2276e98e1f2eaab93321",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cd7ce",
                            table="customers_gradingcriterion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingcriterion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_gradingcriterionevent" ("id", "is_potential", "measure", "missing_points", "model_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "starts", "weight") VALUES (NEW."id", NEW."is_potential", NEW."measure", NEW."missing_points", NEW."model_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."position", NEW."starts", NEW."weight"); RETURN NULL;',
                            hash="a61f4b6089ae148eb719047329aef9445e85d4f0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fad6d",
                            table="customers_gradingcriterion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingcriterion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradingcriterionevent" ("id", "is_potential", "measure", "missing_points", "model_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "starts", "weight") VALUES (OLD."id", OLD."is_potential", OLD."measure", OLD."missing_points", OLD."model_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."points", OLD."position", OLD."starts", OLD."weight"); RETURN NULL;',
                            hash="8b32e84d190e3289afae3943aa61de27ed151337",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_33583",
                            table="customers_gradingcriterion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="graderun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_graderunevent" ("business_unit_id", "computed_on", "created_at", "customers", "downs", "firsts", "for_group", "id", "model_id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_since", "updated_at", "ups", "version") VALUES (NEW."business_unit_id", NEW."computed_on", NEW."created_at", NEW."customers", NEW."downs", NEW."firsts", NEW."for_group", NEW."id", NEW."model_id", NEW."month", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."state_since", NEW."updated_at", NEW."ups", NEW."version"); RETURN NULL;',
                            hash="7ac5449c249383461173a2acab2b0671bb4de6e2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cfb0c",
                            table="customers_graderun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="graderun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."computed_on" IS DISTINCT FROM (NEW."computed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customers" IS DISTINCT FROM (NEW."customers") OR OLD."downs" IS DISTINCT FROM (NEW."downs") OR OLD."firsts" IS DISTINCT FROM (NEW."firsts") OR OLD."for_group" IS DISTINCT FROM (NEW."for_group") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."model_id" IS DISTINCT FROM (NEW."model_id") OR OLD."month" IS DISTINCT FROM (NEW."month") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."ups" IS DISTINCT FROM (NEW."ups") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_graderunevent" ("business_unit_id", "computed_on", "created_at", "customers", "downs", "firsts", "for_group", "id", "model_id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_since", "updated_at", "ups", "version") VALUES (NEW."business_unit_id", NEW."computed_on", NEW."created_at", NEW."customers", NEW."downs", NEW."firsts", NEW."for_group", NEW."id", NEW."model_id", NEW."month", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."state_since", NEW."updated_at", NEW."ups", NEW."version"); RETURN NULL;',
                            hash="b0a4b98140c86b124dc14067baa945f4fe2955b7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7f062",
                            table="customers_graderun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingveto",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradingvetoevent" ("bound", "cap", "id", "measure", "model_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "side") VALUES (NEW."bound", NEW."cap", NEW."id", NEW."measure", NEW."model_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."side"); RETURN NULL;',
                            hash="d19d38f0533418bfcbe00876d68332cfc2c8f1f9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6a352",
                            table="customers_gradingveto",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingveto",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_gradingvetoevent" ("bound", "cap", "id", "measure", "model_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "side") VALUES (NEW."bound", NEW."cap", NEW."id", NEW."measure", NEW."model_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."side"); RETURN NULL;',
                            hash="f57dfa801f76a5e57280ee6a2116a9d49276c388",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3e1dd",
                            table="customers_gradingveto",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingveto",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_gradingvetoevent" ("bound", "cap", "id", "measure", "model_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "side") VALUES (OLD."bound", OLD."cap", OLD."id", OLD."measure", OLD."model_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."side"); RETURN NULL;',
                            hash="d92bc099c399f7eb70d4eb9929f8c8430f42581a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6de98",
                            table="customers_gradingveto",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handoverpack",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_handoverpackevent" ("code", "created_at", "created_by_id", "from_person_id", "from_team_id", "from_unit_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "state_since", "to_person_id", "to_team_id", "to_unit_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."created_by_id", NEW."from_person_id", NEW."from_team_id", NEW."from_unit_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."state", NEW."state_since", NEW."to_person_id", NEW."to_team_id", NEW."to_unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="2af902f95214a49677aa9b009ef0491b0339a54a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0130d",
                            table="customers_handoverpack",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handoverpack",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_handoverpackevent" ("code", "created_at", "created_by_id", "from_person_id", "from_team_id", "from_unit_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "state_since", "to_person_id", "to_team_id", "to_unit_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."created_by_id", NEW."from_person_id", NEW."from_team_id", NEW."from_unit_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."state", NEW."state_since", NEW."to_person_id", NEW."to_team_id", NEW."to_unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="bbd0689fee42cb32a141b54de4c2eb96d64451ec",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e59c0",
                            table="customers_handoverpack",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handoverline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_handoverlineevent" ("customer_id", "id", "moved", "pack_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") VALUES (NEW."customer_id", NEW."id", NEW."moved", NEW."pack_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."state"); RETURN NULL;',
                            hash="5378ccc653ceffb39e6641ff04a3e4ea929d257c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ae84a",
                            table="customers_handoverline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handoverline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_handoverlineevent" ("customer_id", "id", "moved", "pack_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") VALUES (NEW."customer_id", NEW."id", NEW."moved", NEW."pack_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."state"); RETURN NULL;',
                            hash="64b88e60f65ce53530ddb9e7c7692369018e4705",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_84a83",
                            table="customers_handoverline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handoverline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_handoverlineevent" ("customer_id", "id", "moved", "pack_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") VALUES (OLD."customer_id", OLD."id", OLD."moved", OLD."pack_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."state"); RETURN NULL;',
                            hash="cff25ff23224236f7817902e7db677a8b000f303",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2566f",
                            table="customers_handoverline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_improvementplanevent" ("baseline", "baseline_on", "business_unit_id", "code", "cost_baseline", "created_at", "customer_id", "ends_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "state_since", "strategy", "team_id", "title", "updated_at", "version") VALUES (NEW."baseline", NEW."baseline_on", NEW."business_unit_id", NEW."code", NEW."cost_baseline", NEW."created_at", NEW."customer_id", NEW."ends_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."state", NEW."state_since", NEW."strategy", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="045ffe039a62fd2c6f2a6358575c035a97f4b566",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a097e",
                            table="customers_improvementplan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."baseline" IS DISTINCT FROM (NEW."baseline") OR OLD."baseline_on" IS DISTINCT FROM (NEW."baseline_on") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."cost_baseline" IS DISTINCT FROM (NEW."cost_baseline") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."strategy" IS DISTINCT FROM (NEW."strategy") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_improvementplanevent" ("baseline", "baseline_on", "business_unit_id", "code", "cost_baseline", "created_at", "customer_id", "ends_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "state_since", "strategy", "team_id", "title", "updated_at", "version") VALUES (NEW."baseline", NEW."baseline_on", NEW."business_unit_id", NEW."code", NEW."cost_baseline", NEW."created_at", NEW."customer_id", NEW."ends_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."state", NEW."state_since", NEW."strategy", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="2cdaaff987f0b849d2b0db84561b2a73effbac63",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e2c09",
                            table="customers_improvementplan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementgoal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_improvementgoalevent" ("created_at", "due_on", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "target", "updated_at", "version") VALUES (NEW."created_at", NEW."due_on", NEW."id", NEW."measure", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."target", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="97a48b9b683c4b24009aef19f790972c4ebb9dee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2c06b",
                            table="customers_improvementgoal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementgoal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_improvementgoalevent" ("created_at", "due_on", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "target", "updated_at", "version") VALUES (NEW."created_at", NEW."due_on", NEW."id", NEW."measure", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."target", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="bf397f4d5ddcf69ffd4d9f091254873634eb8796",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f436e",
                            table="customers_improvementgoal",
                            when="AFTER",
                        ),
                    ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="poolentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_poolentryevent" ("created_at", "customer_id", "from_owner_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pool_id", "reason", "since", "state", "state_since", "taken_by_id", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."from_owner_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pool_id", NEW."reason", NEW."since", NEW."state", NEW."state_since", NEW."taken_by_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="4b24511ef80807b978d6742653ac4f884c097802",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b1b1b",
                            table="customers_poolentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="poolentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_poolentryevent" ("created_at", "customer_id", "from_owner_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pool_id", "reason", "since", "state", "state_since", "taken_by_id", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."from_owner_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pool_id", NEW."reason", NEW."since", NEW."state", NEW."state_since", NEW."taken_by_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="202fef4e12a2d3825769ffd0b5c5897fda08e12d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b1fcb",
                            table="customers_poolentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="poolprotection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_poolprotectionevent" ("asked_by_id", "created_at", "customer_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "state_since", "until", "updated_at", "version") VALUES (NEW."asked_by_id", NEW."created_at", NEW."customer_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."state", NEW."state_since", NEW."until", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="04f11bd69d41b7bcc9091f3d6ade0db332b0176c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_91056",
                            table="customers_poolprotection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="poolprotection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_poolprotectionevent" ("asked_by_id", "created_at", "customer_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "state_since", "until", "updated_at", "version") VALUES (NEW."asked_by_id", NEW."created_at", NEW."customer_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."state", NEW."state_since", NEW."until", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="6502c0621f90bee0eff5c7ea30e98f770c117be4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3da31",
                            table="customers_poolprotection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recyclerule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_recycleruleevent" ("active", "created_at", "grades", "id", "idle_days", "idle_from", "never_won_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pool_id", "updated_at", "version") VALUES (NEW."active", NEW."created_at", NEW."grades", NEW."id", NEW."idle_days", NEW."idle_from", NEW."never_won_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pool_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="14525108bb4bc2db60e47719f09b2f79fc8b4dcd",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57ad5",
                            table="customers_recyclerule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recyclerule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_recycleruleevent" ("active", "created_at", "grades", "id", "idle_days", "idle_from", "never_won_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pool_id", "updated_at", "version") VALUES (NEW."active", NEW."created_at", NEW."grades", NEW."id", NEW."idle_days", NEW."idle_from", NEW."never_won_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pool_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="9bc049ebf5a7aeb20168c18a50d5611cc6555952",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_230fe",
                            table="customers_recyclerule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="poolmanager",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_poolmanagerevent" ("customerpool_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."customerpool_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                            hash="6ad0d487256de112bcbcf1957970b89d55b8d290",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_56bb0",
                            table="customers_customerpool_managers",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="poolmanager",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_poolmanagerevent" ("customerpool_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."customerpool_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                            hash="58b37580597314218bc9a37c9774f22f84dedf3f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c36f1",
                            table="customers_customerpool_managers",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="poolteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_poolteamevent" ("customerpool_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (NEW."customerpool_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id"); RETURN NULL;',
                            hash="74b3aa752ebe3983cd2a16d1622655b0685686c0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_73bea",
                            table="customers_customerpool_teams",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="poolteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_poolteamevent" ("customerpool_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (OLD."customerpool_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id"); RETURN NULL;',
                            hash="cb80ad03cb97f96a4ca353b1d607a2dc79ef43e7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_88c74",
                            table="customers_customerpool_teams",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
