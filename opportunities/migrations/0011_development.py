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

from crm.organisation.granting import give_rights, rights_on
from crm.records.choices import starting_lists, without_lists
from opportunities.choices import DEVELOPMENT_LISTS


class Migration(migrations.Migration):
    """New products developed with a customer, their trial samples, and the rights on them."""

    dependencies = [
        ("crm", "0005_cost_rights"),
        ("customers", "0004_customer_course"),
        ("opportunities", "0010_certificates"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="DevelopmentRequest",
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
                        ("title", models.CharField(max_length=200, verbose_name="what is wanted")),
                        (
                            "application",
                            models.CharField(blank=True, max_length=200, verbose_name="market and application"),
                        ),
                        ("background", models.TextField(blank=True, verbose_name="background")),
                        (
                            "volume_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="expected volume (kg per year)",
                            ),
                        ),
                        (
                            "target_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="target price (per kg)",
                            ),
                        ),
                        (
                            "wanted_on",
                            models.DateField(blank=True, null=True, verbose_name="wanted by the customer on"),
                        ),
                        (
                            "samples_wanted",
                            models.CharField(
                                blank=True,
                                help_text="How much for which trial, as 3 × 1 kg.",
                                max_length=200,
                                verbose_name="samples wanted",
                            ),
                        ),
                        ("answer_due", models.DateField(editable=False, null=True, verbose_name="answer of R&D due")),
                        ("answer_chased_on", models.DateField(editable=False, null=True)),
                        ("answered_on", models.DateField(editable=False, null=True, verbose_name="answered on")),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("feasible", "feasible"), ("doubtful", "feasible with doubts")],
                                editable=False,
                                max_length=10,
                                verbose_name="feasibility",
                            ),
                        ),
                        ("feasibility", models.TextField(blank=True, editable=False, verbose_name="answer of R&D")),
                        ("doubts", models.TextField(blank=True, editable=False, verbose_name="doubts")),
                        ("promised_on", models.DateField(editable=False, null=True, verbose_name="promised for")),
                        ("set_up_on", models.DateField(editable=False, null=True, verbose_name="set up on")),
                        ("due_on", models.DateField(editable=False, null=True, verbose_name="to be released by")),
                        ("released_on", models.DateField(editable=False, null=True, verbose_name="released on")),
                        (
                            "end_reason",
                            crm.records.models.choices.ListedField(
                                blank=True,
                                editable=False,
                                list_key="development_end",
                                max_length=60,
                                verbose_name="why it ended",
                            ),
                        ),
                        (
                            "end_comment",
                            models.TextField(blank=True, editable=False, verbose_name="comment on the end"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted to R&D"),
                                    ("feasibility", "feasibility checked"),
                                    ("assessed", "feasibility answered"),
                                    ("pending", "set-up being approved"),
                                    ("accepted", "project set up"),
                                    ("development", "in development"),
                                    ("trial", "customer trial"),
                                    ("released", "released"),
                                    ("declined", "declined"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
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
                                related_name="developments",
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
                                related_name="developments",
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
                                related_name="developments",
                                to="crm.product",
                                verbose_name="released product",
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
                            "researcher",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible researcher",
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
                        "verbose_name": "development request",
                        "verbose_name_plural": "development requests",
                        "ordering": ["-id"],
                        "permissions": [
                            ("answer_developmentrequest", "Can say for R&D whether a new product is feasible")
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="development_search"
                            ),
                            models.Index(fields=["customer", "state"], name="development_customer"),
                            models.Index(fields=["opportunity", "state"], name="development_opportunity"),
                            models.Index(fields=["state", "due_on", "id"], name="development_state_due"),
                            models.Index(fields=["owner", "state", "due_on"], name="development_owner_state"),
                            models.Index(fields=["researcher", "state"], name="development_researcher"),
                            models.Index(fields=["set_up_on", "id"], name="development_set_up"),
                            models.Index(fields=["due_on", "id"], name="development_due"),
                            models.Index(fields=["wanted_on", "id"], name="development_wanted"),
                            models.Index(fields=["volume_kg", "id"], name="development_volume"),
                            models.Index(fields=["created_at", "id"], name="development_created"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("volume_kg__isnull", True), ("volume_kg__gt", 0), _connector="OR"),
                                name="development_volume_positive",
                                violation_error_message="The volume must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("target_price__isnull", True), ("target_price__gt", 0), _connector="OR"
                                ),
                                name="development_price_positive",
                                violation_error_message="The target price must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("set_up_on__isnull", True), ("due_on__isnull", False), _connector="OR"
                                ),
                                name="development_project_has_due_day",
                                violation_error_message="A project needs the day by which it is to be released.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "released"), _negated=True),
                                    models.Q(("product__isnull", False), ("released_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="development_released_has_product",
                                violation_error_message="What was released has its product and its day.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_developmentrequestevent" ("answer_due", "answered_on", "application", "background", "business_unit_id", "code", "created_at", "currency_id", "customer_id", "doubts", "due_on", "end_comment", "end_reason", "feasibility", "id", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "promised_on", "region_id", "released_on", "researcher_id", "samples_wanted", "set_up_on", "state", "state_since", "target_price", "team_id", "title", "updated_at", "verdict", "version", "volume_kg", "wanted_on") VALUES (NEW."answer_due", NEW."answered_on", NEW."application", NEW."background", NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."doubts", NEW."due_on", NEW."end_comment", NEW."end_reason", NEW."feasibility", NEW."id", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."promised_on", NEW."region_id", NEW."released_on", NEW."researcher_id", NEW."samples_wanted", NEW."set_up_on", NEW."state", NEW."state_since", NEW."target_price", NEW."team_id", NEW."title", NEW."updated_at", NEW."verdict", NEW."version", NEW."volume_kg", NEW."wanted_on"); RETURN NULL;',
                                    hash="c64668573798f584b2335445016c5ddd401e5a7f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_01a2b",
                                    table="opportunities_developmentrequest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."answer_due" IS DISTINCT FROM (NEW."answer_due") OR OLD."answered_on" IS DISTINCT FROM (NEW."answered_on") OR OLD."application" IS DISTINCT FROM (NEW."application") OR OLD."background" IS DISTINCT FROM (NEW."background") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."doubts" IS DISTINCT FROM (NEW."doubts") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."end_comment" IS DISTINCT FROM (NEW."end_comment") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."feasibility" IS DISTINCT FROM (NEW."feasibility") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."opportunity_id" IS DISTINCT FROM (NEW."opportunity_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."promised_on" IS DISTINCT FROM (NEW."promised_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."released_on" IS DISTINCT FROM (NEW."released_on") OR OLD."researcher_id" IS DISTINCT FROM (NEW."researcher_id") OR OLD."samples_wanted" IS DISTINCT FROM (NEW."samples_wanted") OR OLD."set_up_on" IS DISTINCT FROM (NEW."set_up_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."target_price" IS DISTINCT FROM (NEW."target_price") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."volume_kg" IS DISTINCT FROM (NEW."volume_kg") OR OLD."wanted_on" IS DISTINCT FROM (NEW."wanted_on"))',
                                    func='INSERT INTO "opportunities_developmentrequestevent" ("answer_due", "answered_on", "application", "background", "business_unit_id", "code", "created_at", "currency_id", "customer_id", "doubts", "due_on", "end_comment", "end_reason", "feasibility", "id", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "promised_on", "region_id", "released_on", "researcher_id", "samples_wanted", "set_up_on", "state", "state_since", "target_price", "team_id", "title", "updated_at", "verdict", "version", "volume_kg", "wanted_on") VALUES (NEW."answer_due", NEW."answered_on", NEW."application", NEW."background", NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."doubts", NEW."due_on", NEW."end_comment", NEW."end_reason", NEW."feasibility", NEW."id", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."promised_on", NEW."region_id", NEW."released_on", NEW."researcher_id", NEW."samples_wanted", NEW."set_up_on", NEW."state", NEW."state_since", NEW."target_price", NEW."team_id", NEW."title", NEW."updated_at", NEW."verdict", NEW."version", NEW."volume_kg", NEW."wanted_on"); RETURN NULL;',
                                    hash="8d11950ac95b7dab0a993281ba1dfd9f77721850",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_4f126",
                                    table="opportunities_developmentrequest",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        ("title", models.CharField(max_length=200, verbose_name="what is wanted")),
                        (
                            "application",
                            models.CharField(blank=True, max_length=200, verbose_name="market and application"),
                        ),
                        ("background", models.TextField(blank=True, verbose_name="background")),
                        (
                            "volume_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="expected volume (kg per year)",
                            ),
                        ),
                        (
                            "target_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="target price (per kg)",
                            ),
                        ),
                        (
                            "wanted_on",
                            models.DateField(blank=True, null=True, verbose_name="wanted by the customer on"),
                        ),
                        (
                            "samples_wanted",
                            models.CharField(
                                blank=True,
                                help_text="How much for which trial, as 3 × 1 kg.",
                                max_length=200,
                                verbose_name="samples wanted",
                            ),
                        ),
                        ("answer_due", models.DateField(editable=False, null=True, verbose_name="answer of R&D due")),
                        ("answered_on", models.DateField(editable=False, null=True, verbose_name="answered on")),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("feasible", "feasible"), ("doubtful", "feasible with doubts")],
                                editable=False,
                                max_length=10,
                                verbose_name="feasibility",
                            ),
                        ),
                        ("feasibility", models.TextField(blank=True, editable=False, verbose_name="answer of R&D")),
                        ("doubts", models.TextField(blank=True, editable=False, verbose_name="doubts")),
                        ("promised_on", models.DateField(editable=False, null=True, verbose_name="promised for")),
                        ("set_up_on", models.DateField(editable=False, null=True, verbose_name="set up on")),
                        ("due_on", models.DateField(editable=False, null=True, verbose_name="to be released by")),
                        ("released_on", models.DateField(editable=False, null=True, verbose_name="released on")),
                        (
                            "end_reason",
                            crm.records.models.choices.ListedField(
                                blank=True,
                                editable=False,
                                list_key="development_end",
                                max_length=60,
                                verbose_name="why it ended",
                            ),
                        ),
                        (
                            "end_comment",
                            models.TextField(blank=True, editable=False, verbose_name="comment on the end"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted to R&D"),
                                    ("feasibility", "feasibility checked"),
                                    ("assessed", "feasibility answered"),
                                    ("pending", "set-up being approved"),
                                    ("accepted", "project set up"),
                                    ("development", "in development"),
                                    ("trial", "customer trial"),
                                    ("released", "released"),
                                    ("declined", "declined"),
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
                                to="opportunities.developmentrequest",
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
                                verbose_name="released product",
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
                            "researcher",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible researcher",
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
                    name="DevelopmentRequestStateChange",
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
                                    ("submitted", "submitted to R&D"),
                                    ("feasibility", "feasibility checked"),
                                    ("assessed", "feasibility answered"),
                                    ("pending", "set-up being approved"),
                                    ("accepted", "project set up"),
                                    ("development", "in development"),
                                    ("trial", "customer trial"),
                                    ("released", "released"),
                                    ("declined", "declined"),
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
                                    ("submitted", "submitted to R&D"),
                                    ("feasibility", "feasibility checked"),
                                    ("assessed", "feasibility answered"),
                                    ("pending", "set-up being approved"),
                                    ("accepted", "project set up"),
                                    ("development", "in development"),
                                    ("trial", "customer trial"),
                                    ("released", "released"),
                                    ("declined", "declined"),
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
                                to="opportunities.developmentrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a new-product request",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentRequirement",
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
                            "position",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="position"),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="property")),
                        (
                            "target",
                            models.CharField(
                                blank=True,
                                help_text="In words, where no limits say it.",
                                max_length=200,
                                verbose_name="target",
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="at least"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="at most"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                        ("is_must", models.BooleanField(default=True, verbose_name="must be met")),
                        ("reached", models.CharField(blank=True, max_length=200, verbose_name="reached")),
                        ("met", models.BooleanField(blank=True, null=True, verbose_name="met")),
                        (
                            "development",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="opportunities.developmentrequest",
                                verbose_name="development request",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wanted property",
                        "verbose_name_plural": "wanted properties",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("development", "name"),
                                name="development_requirement_once",
                                violation_error_message="This property is in the list already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("target", ""), _negated=True),
                                    ("minimum__isnull", False),
                                    ("maximum__isnull", False),
                                    _connector="OR",
                                ),
                                name="development_requirement_says_what",
                                violation_error_message="Say what is wanted: in words, or by a limit.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum__isnull", True),
                                    ("maximum__isnull", True),
                                    ("minimum__lte", models.F("maximum")),
                                    _connector="OR",
                                ),
                                name="development_requirement_range",
                                violation_error_message="The lower limit must not be above the upper one.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_developmentrequirementevent" ("created_at", "development_id", "id", "is_must", "maximum", "met", "minimum", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reached", "target", "unit", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."id", NEW."is_must", NEW."maximum", NEW."met", NEW."minimum", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reached", NEW."target", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="171d4b4e48a20995bb6c53b0d415e1f0dba6c77d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f11d9",
                                    table="opportunities_developmentrequirement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "opportunities_developmentrequirementevent" ("created_at", "development_id", "id", "is_must", "maximum", "met", "minimum", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reached", "target", "unit", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."id", NEW."is_must", NEW."maximum", NEW."met", NEW."minimum", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reached", NEW."target", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="b0cb87b7254af6c3afca0cba6e778b3c975d75db",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2b5d9",
                                    table="opportunities_developmentrequirement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_developmentrequirementevent" ("created_at", "development_id", "id", "is_must", "maximum", "met", "minimum", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reached", "target", "unit", "updated_at", "version") VALUES (OLD."created_at", OLD."development_id", OLD."id", OLD."is_must", OLD."maximum", OLD."met", OLD."minimum", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."reached", OLD."target", OLD."unit", OLD."updated_at", OLD."version"); RETURN NULL;',
                                    hash="f02b1eecc91b7104ebdda2e3a805a29436f0f283",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e25cd",
                                    table="opportunities_developmentrequirement",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentRequirementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="position"),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="property")),
                        (
                            "target",
                            models.CharField(
                                blank=True,
                                help_text="In words, where no limits say it.",
                                max_length=200,
                                verbose_name="target",
                            ),
                        ),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="at least"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="at most"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                        ("is_must", models.BooleanField(default=True, verbose_name="must be met")),
                        ("reached", models.CharField(blank=True, max_length=200, verbose_name="reached")),
                        ("met", models.BooleanField(blank=True, null=True, verbose_name="met")),
                        (
                            "development",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.developmentrequest",
                                verbose_name="development request",
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
                                to="opportunities.developmentrequirement",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentMilestone",
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
                            "position",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="position"),
                        ),
                        (
                            "name",
                            crm.records.models.choices.ListedField(
                                list_key="development_milestone", max_length=120, verbose_name="milestone"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                        ("result", models.CharField(blank=True, max_length=300, verbose_name="result")),
                        ("chased_on", models.DateField(editable=False, null=True)),
                        (
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="crm.task",
                            ),
                        ),
                        (
                            "development",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="opportunities.developmentrequest",
                                verbose_name="development request",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone of a new product",
                        "verbose_name_plural": "milestones of new products",
                        "ordering": ["position", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_on__isnull", True)),
                                fields=["due_on"],
                                name="development_milestone_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("development", "name"),
                                name="development_milestone_once",
                                violation_error_message="This milestone is in the list already.",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_developmentmilestoneevent" ("created_at", "development_id", "done_on", "due_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible_id", "result", "task_id", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."done_on", NEW."due_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."responsible_id", NEW."result", NEW."task_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="fa4e29c8b1d04bdbc6decbb463c99da4d83175de",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9dbd3",
                                    table="opportunities_developmentmilestone",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."development_id" IS DISTINCT FROM (NEW."development_id") OR OLD."done_on" IS DISTINCT FROM (NEW."done_on") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."responsible_id" IS DISTINCT FROM (NEW."responsible_id") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."task_id" IS DISTINCT FROM (NEW."task_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                                    func='INSERT INTO "opportunities_developmentmilestoneevent" ("created_at", "development_id", "done_on", "due_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible_id", "result", "task_id", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."done_on", NEW."due_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."responsible_id", NEW."result", NEW."task_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="5a7d20e0669615e9f75670be21f8e22c101fa90c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_750b4",
                                    table="opportunities_developmentmilestone",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_developmentmilestoneevent" ("created_at", "development_id", "done_on", "due_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible_id", "result", "task_id", "updated_at", "version") VALUES (OLD."created_at", OLD."development_id", OLD."done_on", OLD."due_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."responsible_id", OLD."result", OLD."task_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                                    hash="f3e1daa40190bcd748fa79cf5bd3454c752c262a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4e64a",
                                    table="opportunities_developmentmilestone",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentMilestoneEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="position"),
                        ),
                        (
                            "name",
                            crm.records.models.choices.ListedField(
                                list_key="development_milestone", max_length=120, verbose_name="milestone"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                        ("result", models.CharField(blank=True, max_length=300, verbose_name="result")),
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
                                to="opportunities.developmentmilestone",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.task",
                            ),
                        ),
                        (
                            "development",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.developmentrequest",
                                verbose_name="development request",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentCost",
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
                                    ("material", "raw material"),
                                    ("processing", "processing"),
                                    ("packaging", "packaging"),
                                    ("other", "other cost"),
                                ],
                                default="material",
                                max_length=12,
                                verbose_name="cost of",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=4, default=Decimal("0"), max_digits=18, verbose_name="amount (per kg)"
                            ),
                        ),
                        (
                            "development",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="costs",
                                to="opportunities.developmentrequest",
                                verbose_name="development request",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cost of a new product",
                        "verbose_name_plural": "costs of new products",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)),
                                name="development_cost_not_negative",
                                violation_error_message="The cost must not be negative.",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_developmentcostevent" ("amount", "created_at", "development_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "version") VALUES (NEW."amount", NEW."created_at", NEW."development_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remark", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="27008815a00646bfdf7016857614e9459c1e69a0",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fb149",
                                    table="opportunities_developmentcost",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "opportunities_developmentcostevent" ("amount", "created_at", "development_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "version") VALUES (NEW."amount", NEW."created_at", NEW."development_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remark", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="3211ce1729a9704f570908ce61e43359e389a427",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c3fcf",
                                    table="opportunities_developmentcost",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_developmentcostevent" ("amount", "created_at", "development_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "version") VALUES (OLD."amount", OLD."created_at", OLD."development_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remark", OLD."updated_at", OLD."version"); RETURN NULL;',
                                    hash="c17e69e4910738c91fec4013d6dd3bef12c5e46a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ab38d",
                                    table="opportunities_developmentcost",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentCostEvent",
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
                                    ("material", "raw material"),
                                    ("processing", "processing"),
                                    ("packaging", "packaging"),
                                    ("other", "other cost"),
                                ],
                                default="material",
                                max_length=12,
                                verbose_name="cost of",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=4, default=Decimal("0"), max_digits=18, verbose_name="amount (per kg)"
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
                                to="opportunities.developmentcost",
                            ),
                        ),
                        (
                            "development",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.developmentrequest",
                                verbose_name="development request",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_developmentrequestevent" ("answer_due", "answered_on", "application", "background", "business_unit_id", "code", "created_at", "currency_id", "customer_id", "doubts", "due_on", "end_comment", "end_reason", "feasibility", "id", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "promised_on", "region_id", "released_on", "researcher_id", "samples_wanted", "set_up_on", "state", "state_since", "target_price", "team_id", "title", "updated_at", "verdict", "version", "volume_kg", "wanted_on") VALUES (NEW."answer_due", NEW."answered_on", NEW."application", NEW."background", NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."doubts", NEW."due_on", NEW."end_comment", NEW."end_reason", NEW."feasibility", NEW."id", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."promised_on", NEW."region_id", NEW."released_on", NEW."researcher_id", NEW."samples_wanted", NEW."set_up_on", NEW."state", NEW."state_since", NEW."target_price", NEW."team_id", NEW."title", NEW."updated_at", NEW."verdict", NEW."version", NEW."volume_kg", NEW."wanted_on"); RETURN NULL;',
                            hash="c64668573798f584b2335445016c5ddd401e5a7f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_01a2b",
                            table="opportunities_developmentrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answer_due" IS DISTINCT FROM (NEW."answer_due") OR OLD."answered_on" IS DISTINCT FROM (NEW."answered_on") OR OLD."application" IS DISTINCT FROM (NEW."application") OR OLD."background" IS DISTINCT FROM (NEW."background") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."doubts" IS DISTINCT FROM (NEW."doubts") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."end_comment" IS DISTINCT FROM (NEW."end_comment") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."feasibility" IS DISTINCT FROM (NEW."feasibility") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."opportunity_id" IS DISTINCT FROM (NEW."opportunity_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."promised_on" IS DISTINCT FROM (NEW."promised_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."released_on" IS DISTINCT FROM (NEW."released_on") OR OLD."researcher_id" IS DISTINCT FROM (NEW."researcher_id") OR OLD."samples_wanted" IS DISTINCT FROM (NEW."samples_wanted") OR OLD."set_up_on" IS DISTINCT FROM (NEW."set_up_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."target_price" IS DISTINCT FROM (NEW."target_price") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."volume_kg" IS DISTINCT FROM (NEW."volume_kg") OR OLD."wanted_on" IS DISTINCT FROM (NEW."wanted_on"))',
                            func='INSERT INTO "opportunities_developmentrequestevent" ("answer_due", "answered_on", "application", "background", "business_unit_id", "code", "created_at", "currency_id", "customer_id", "doubts", "due_on", "end_comment", "end_reason", "feasibility", "id", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "promised_on", "region_id", "released_on", "researcher_id", "samples_wanted", "set_up_on", "state", "state_since", "target_price", "team_id", "title", "updated_at", "verdict", "version", "volume_kg", "wanted_on") VALUES (NEW."answer_due", NEW."answered_on", NEW."application", NEW."background", NEW."business_unit_id", NEW."code", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."doubts", NEW."due_on", NEW."end_comment", NEW."end_reason", NEW."feasibility", NEW."id", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."promised_on", NEW."region_id", NEW."released_on", NEW."researcher_id", NEW."samples_wanted", NEW."set_up_on", NEW."state", NEW."state_since", NEW."target_price", NEW."team_id", NEW."title", NEW."updated_at", NEW."verdict", NEW."version", NEW."volume_kg", NEW."wanted_on"); RETURN NULL;',
                            hash="8d11950ac95b7dab0a993281ba1dfd9f77721850",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4f126",
                            table="opportunities_developmentrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentmilestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_developmentmilestoneevent" ("created_at", "development_id", "done_on", "due_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible_id", "result", "task_id", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."done_on", NEW."due_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."responsible_id", NEW."result", NEW."task_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="fa4e29c8b1d04bdbc6decbb463c99da4d83175de",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9dbd3",
                            table="opportunities_developmentmilestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentmilestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."development_id" IS DISTINCT FROM (NEW."development_id") OR OLD."done_on" IS DISTINCT FROM (NEW."done_on") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."responsible_id" IS DISTINCT FROM (NEW."responsible_id") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."task_id" IS DISTINCT FROM (NEW."task_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_developmentmilestoneevent" ("created_at", "development_id", "done_on", "due_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible_id", "result", "task_id", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."done_on", NEW."due_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."responsible_id", NEW."result", NEW."task_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="5a7d20e0669615e9f75670be21f8e22c101fa90c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_750b4",
                            table="opportunities_developmentmilestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentmilestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_developmentmilestoneevent" ("created_at", "development_id", "done_on", "due_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible_id", "result", "task_id", "updated_at", "version") VALUES (OLD."created_at", OLD."development_id", OLD."done_on", OLD."due_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."responsible_id", OLD."result", OLD."task_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="f3e1daa40190bcd748fa79cf5bd3454c752c262a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4e64a",
                            table="opportunities_developmentmilestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentcost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_developmentcostevent" ("amount", "created_at", "development_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "version") VALUES (NEW."amount", NEW."created_at", NEW."development_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remark", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="27008815a00646bfdf7016857614e9459c1e69a0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fb149",
                            table="opportunities_developmentcost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentcost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_developmentcostevent" ("amount", "created_at", "development_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "version") VALUES (NEW."amount", NEW."created_at", NEW."development_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remark", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="3211ce1729a9704f570908ce61e43359e389a427",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c3fcf",
                            table="opportunities_developmentcost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentcost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_developmentcostevent" ("amount", "created_at", "development_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "version") VALUES (OLD."amount", OLD."created_at", OLD."development_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remark", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="c17e69e4910738c91fec4013d6dd3bef12c5e46a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ab38d",
                            table="opportunities_developmentcost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrequirement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_developmentrequirementevent" ("created_at", "development_id", "id", "is_must", "maximum", "met", "minimum", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reached", "target", "unit", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."id", NEW."is_must", NEW."maximum", NEW."met", NEW."minimum", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reached", NEW."target", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="171d4b4e48a20995bb6c53b0d415e1f0dba6c77d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f11d9",
                            table="opportunities_developmentrequirement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrequirement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_developmentrequirementevent" ("created_at", "development_id", "id", "is_must", "maximum", "met", "minimum", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reached", "target", "unit", "updated_at", "version") VALUES (NEW."created_at", NEW."development_id", NEW."id", NEW."is_must", NEW."maximum", NEW."met", NEW."minimum", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reached", NEW."target", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="b0cb87b7254af6c3afca0cba6e778b3c975d75db",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2b5d9",
                            table="opportunities_developmentrequirement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrequirement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_developmentrequirementevent" ("created_at", "development_id", "id", "is_must", "maximum", "met", "minimum", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reached", "target", "unit", "updated_at", "version") VALUES (OLD."created_at", OLD."development_id", OLD."id", OLD."is_must", OLD."maximum", OLD."met", OLD."minimum", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."reached", OLD."target", OLD."unit", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="f02b1eecc91b7104ebdda2e3a805a29436f0f283",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e25cd",
                            table="opportunities_developmentrequirement",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="samplerequest",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="samplerequest",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="samplerequest",
                    name="development",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="opportunities.developmentrequest",
                        verbose_name="development request",
                    ),
                ),
                migrations.AddField(
                    model_name="samplerequestevent",
                    name="development",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="opportunities.developmentrequest",
                        verbose_name="development request",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="samplerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_samplerequestevent" ("business_unit_id", "carrier", "code", "contact_id", "cost_base", "created_at", "customer_id", "cycle_days", "development_id", "dispatched_on", "evaluated_on", "failure", "feedback_due_on", "id", "needed_on", "no_coa_reason", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "purpose", "reason", "received_on", "region_id", "requested_on", "ship_to", "state", "state_since", "team_id", "tracking_number", "updated_at", "verdict", "verdict_comment", "version") VALUES (NEW."business_unit_id", NEW."carrier", NEW."code", NEW."contact_id", NEW."cost_base", NEW."created_at", NEW."customer_id", NEW."cycle_days", NEW."development_id", NEW."dispatched_on", NEW."evaluated_on", NEW."failure", NEW."feedback_due_on", NEW."id", NEW."needed_on", NEW."no_coa_reason", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."purpose", NEW."reason", NEW."received_on", NEW."region_id", NEW."requested_on", NEW."ship_to", NEW."state", NEW."state_since", NEW."team_id", NEW."tracking_number", NEW."updated_at", NEW."verdict", NEW."verdict_comment", NEW."version"); RETURN NULL;',
                            hash="559a28617ff1261ffd9e020bc4ad22de41ec656a",
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
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."carrier" IS DISTINCT FROM (NEW."carrier") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."cost_base" IS DISTINCT FROM (NEW."cost_base") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."cycle_days" IS DISTINCT FROM (NEW."cycle_days") OR OLD."development_id" IS DISTINCT FROM (NEW."development_id") OR OLD."dispatched_on" IS DISTINCT FROM (NEW."dispatched_on") OR OLD."evaluated_on" IS DISTINCT FROM (NEW."evaluated_on") OR OLD."failure" IS DISTINCT FROM (NEW."failure") OR OLD."feedback_due_on" IS DISTINCT FROM (NEW."feedback_due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."needed_on" IS DISTINCT FROM (NEW."needed_on") OR OLD."no_coa_reason" IS DISTINCT FROM (NEW."no_coa_reason") OR OLD."opportunity_id" IS DISTINCT FROM (NEW."opportunity_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."ship_to" IS DISTINCT FROM (NEW."ship_to") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."tracking_number" IS DISTINCT FROM (NEW."tracking_number") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."verdict_comment" IS DISTINCT FROM (NEW."verdict_comment") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_samplerequestevent" ("business_unit_id", "carrier", "code", "contact_id", "cost_base", "created_at", "customer_id", "cycle_days", "development_id", "dispatched_on", "evaluated_on", "failure", "feedback_due_on", "id", "needed_on", "no_coa_reason", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "purpose", "reason", "received_on", "region_id", "requested_on", "ship_to", "state", "state_since", "team_id", "tracking_number", "updated_at", "verdict", "verdict_comment", "version") VALUES (NEW."business_unit_id", NEW."carrier", NEW."code", NEW."contact_id", NEW."cost_base", NEW."created_at", NEW."customer_id", NEW."cycle_days", NEW."development_id", NEW."dispatched_on", NEW."evaluated_on", NEW."failure", NEW."feedback_due_on", NEW."id", NEW."needed_on", NEW."no_coa_reason", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."purpose", NEW."reason", NEW."received_on", NEW."region_id", NEW."requested_on", NEW."ship_to", NEW."state", NEW."state_since", NEW."team_id", NEW."tracking_number", NEW."updated_at", NEW."verdict", NEW."verdict_comment", NEW."version"); RETURN NULL;',
                            hash="d3d062eaccbdc8cd1765db49270fd673c76752d3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17981",
                            table="opportunities_samplerequest",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(starting_lists(*DEVELOPMENT_LISTS), without_lists(*DEVELOPMENT_LISTS)),
        give_rights(*rights_on("opportunities.developmentrequest"), "opportunities.answer_developmentrequest"),
    ]
