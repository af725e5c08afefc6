import crm.base.migrating
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on


class Migration(migrations.Migration):
    """Messages to the ERP, where business units sell there, and what terms are called there."""

    dependencies = [
        ("crm", "0005_cost_rights"),
        ("crm", "__first__"),
        ("integrations", "0006_wecom_rights"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="ErpCode",
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
                        ("list_key", models.CharField(max_length=30, verbose_name="list")),
                        ("item", models.CharField(max_length=60, verbose_name="item")),
                        (
                            "code",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="code in the ERP",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "code of terms in the ERP",
                        "verbose_name_plural": "codes of terms in the ERP",
                        "constraints": [models.UniqueConstraint(fields=("list_key", "item"), name="erp_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
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
                                choices=[("partner", "customer"), ("order", "order request")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("object_id", models.BigIntegerField(verbose_name="record")),
                        ("title", models.CharField(max_length=250, verbose_name="record")),
                        ("reference", models.CharField(max_length=20, unique=True, verbose_name="our reference")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("doubt", "in doubt"),
                                    ("confirmed", "in the ERP"),
                                    ("refused", "refused"),
                                    ("dead", "not delivered"),
                                    ("given_up", "given up"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("state_since", models.DateTimeField(verbose_name="in this state since")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("next_try_at", models.DateTimeField(verbose_name="next attempt")),
                        (
                            "posted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent without an answer"),
                        ),
                        ("payload", models.JSONField(blank=True, null=True, verbose_name="sent")),
                        ("answer", models.JSONField(blank=True, null=True, verbose_name="answer")),
                        (
                            "joined_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="its document came back"),
                        ),
                        ("erp_number", models.CharField(blank=True, max_length=20, verbose_name="number in the ERP")),
                        (
                            "problem",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("off", "handing over is switched off"),
                                    ("no_area", "no sales area"),
                                    ("no_code", "no code for the terms"),
                                    ("no_product", "product without ERP number"),
                                    ("no_customer", "customer not in the ERP"),
                                    ("no_freight", "no condition for freight"),
                                    ("too_long", "reference too long"),
                                    ("gone", "nothing to send any more"),
                                    ("erp_says", "refused by the ERP"),
                                    ("unreachable", "ERP cannot be reached"),
                                    ("unknown", "outcome not known"),
                                    ("unexpected", "unexpected error"),
                                ],
                                max_length=12,
                                verbose_name="reason",
                            ),
                        ),
                        ("details", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "verbose_name": "message to the ERP",
                        "verbose_name_plural": "messages to the ERP",
                        "ordering": ["-pk"],
                        "permissions": [("send_outboxmessage", "Can send messages to the ERP again")],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "sending", "doubt"])),
                                fields=["next_try_at", "id"],
                                name="outbox_due",
                            ),
                            models.Index(fields=["state", "id"], name="outbox_state"),
                            models.Index(
                                condition=models.Q(("joined_at", None), ("state", "confirmed")),
                                fields=["id"],
                                name="outbox_to_join",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "object_id"), name="outbox_one_per_record")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxSwitch",
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
                                choices=[("partner", "customer"), ("order", "order request")],
                                max_length=10,
                                unique=True,
                                verbose_name="kind",
                            ),
                        ),
                        ("is_on", models.BooleanField(default=False, verbose_name="handed over")),
                    ],
                    options={
                        "verbose_name": "switch of handing over",
                        "verbose_name_plural": "switches of handing over",
                    },
                ),
                migrations.CreateModel(
                    name="SalesArea",
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
                            "company_code",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="company code",
                            ),
                        ),
                        (
                            "sales_organization",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="sales organisation",
                            ),
                        ),
                        (
                            "distribution_channel",
                            models.CharField(
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="distribution channel",
                            ),
                        ),
                        (
                            "division",
                            models.CharField(
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="division",
                            ),
                        ),
                        (
                            "order_type",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="order type",
                            ),
                        ),
                        (
                            "plant",
                            models.CharField(
                                blank=True,
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="plant",
                            ),
                        ),
                        (
                            "price_condition",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="condition type of prices",
                            ),
                        ),
                        (
                            "freight_condition",
                            models.CharField(
                                blank=True,
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="condition type of freight",
                            ),
                        ),
                        (
                            "partner_grouping",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="grouping of business partners",
                            ),
                        ),
                        (
                            "account_group",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="account group",
                            ),
                        ),
                        (
                            "reconciliation_account",
                            models.CharField(
                                max_length=10,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="reconciliation account",
                            ),
                        ),
                        (
                            "payment_terms",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="usual payment terms",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator("^[A-Z]{2}$", "Two capital letters.")
                                ],
                                verbose_name="country of customers",
                            ),
                        ),
                        (
                            "tax_type",
                            models.CharField(
                                blank=True,
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="tax number category of credit codes",
                            ),
                        ),
                        (
                            "business_unit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="usual currency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sales area",
                        "verbose_name_plural": "sales areas",
                        "ordering": ["business_unit"],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxStateChange",
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
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("doubt", "in doubt"),
                                    ("confirmed", "in the ERP"),
                                    ("refused", "refused"),
                                    ("dead", "not delivered"),
                                    ("given_up", "given up"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("doubt", "in doubt"),
                                    ("confirmed", "in the ERP"),
                                    ("refused", "refused"),
                                    ("dead", "not delivered"),
                                    ("given_up", "given up"),
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
                                to="integrations.outboxmessage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a message to the ERP",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ErpCodeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("list_key", models.CharField(max_length=30, verbose_name="list")),
                        ("item", models.CharField(max_length=60, verbose_name="item")),
                        (
                            "code",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="code in the ERP",
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
                                to="integrations.erpcode",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessageEvent",
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
                                choices=[("partner", "customer"), ("order", "order request")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("object_id", models.BigIntegerField(verbose_name="record")),
                        ("title", models.CharField(max_length=250, verbose_name="record")),
                        ("reference", models.CharField(max_length=20, verbose_name="our reference")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("doubt", "in doubt"),
                                    ("confirmed", "in the ERP"),
                                    ("refused", "refused"),
                                    ("dead", "not delivered"),
                                    ("given_up", "given up"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("state_since", models.DateTimeField(verbose_name="in this state since")),
                        ("erp_number", models.CharField(blank=True, max_length=20, verbose_name="number in the ERP")),
                        (
                            "problem",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("off", "handing over is switched off"),
                                    ("no_area", "no sales area"),
                                    ("no_code", "no code for the terms"),
                                    ("no_product", "product without ERP number"),
                                    ("no_customer", "customer not in the ERP"),
                                    ("no_freight", "no condition for freight"),
                                    ("too_long", "reference too long"),
                                    ("gone", "nothing to send any more"),
                                    ("erp_says", "refused by the ERP"),
                                    ("unreachable", "ERP cannot be reached"),
                                    ("unknown", "outcome not known"),
                                    ("unexpected", "unexpected error"),
                                ],
                                max_length=12,
                                verbose_name="reason",
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
                                to="integrations.outboxmessage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OutboxSwitchEvent",
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
                                choices=[("partner", "customer"), ("order", "order request")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("is_on", models.BooleanField(default=False, verbose_name="handed over")),
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
                                to="integrations.outboxswitch",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SalesAreaEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "company_code",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="company code",
                            ),
                        ),
                        (
                            "sales_organization",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="sales organisation",
                            ),
                        ),
                        (
                            "distribution_channel",
                            models.CharField(
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="distribution channel",
                            ),
                        ),
                        (
                            "division",
                            models.CharField(
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="division",
                            ),
                        ),
                        (
                            "order_type",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="order type",
                            ),
                        ),
                        (
                            "plant",
                            models.CharField(
                                blank=True,
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="plant",
                            ),
                        ),
                        (
                            "price_condition",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="condition type of prices",
                            ),
                        ),
                        (
                            "freight_condition",
                            models.CharField(
                                blank=True,
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="condition type of freight",
                            ),
                        ),
                        (
                            "partner_grouping",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="grouping of business partners",
                            ),
                        ),
                        (
                            "account_group",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="account group",
                            ),
                        ),
                        (
                            "reconciliation_account",
                            models.CharField(
                                max_length=10,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="reconciliation account",
                            ),
                        ),
                        (
                            "payment_terms",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="usual payment terms",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator("^[A-Z]{2}$", "Two capital letters.")
                                ],
                                verbose_name="country of customers",
                            ),
                        ),
                        (
                            "tax_type",
                            models.CharField(
                                blank=True,
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9_-]*$", "Capital letters and digits only, as the ERP writes its codes."
                                    )
                                ],
                                verbose_name="tax number category of credit codes",
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
                            "currency",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.currency",
                                verbose_name="usual currency",
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
                                to="integrations.salesarea",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erpcode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_erpcodeevent" ("code", "created_at", "id", "item", "list_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."item", NEW."list_key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="0cddaf11a8c466190db7b3c07d29c4c7467c66fa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_75b35",
                            table="integrations_erpcode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erpcode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "integrations_erpcodeevent" ("code", "created_at", "id", "item", "list_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."item", NEW."list_key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="b74b9e47853bff4899f5d5a0f53d721652c543ca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0369a",
                            table="integrations_erpcode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboxmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_outboxmessageevent" ("created_at", "erp_number", "id", "kind", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reference", "state", "state_since", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."erp_number", NEW."id", NEW."kind", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem", NEW."reference", NEW."state", NEW."state_since", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="ff1b9888c041a8bdee4718b4741c9a9c27b37802",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8eb00",
                            table="integrations_outboxmessage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboxmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."erp_number" IS DISTINCT FROM (NEW."erp_number") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "integrations_outboxmessageevent" ("created_at", "erp_number", "id", "kind", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reference", "state", "state_since", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."erp_number", NEW."id", NEW."kind", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem", NEW."reference", NEW."state", NEW."state_since", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="42181fcae477ad24b93eeb1c7e6bc5bb719f08f1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73967",
                            table="integrations_outboxmessage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboxswitch",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_outboxswitchevent" ("created_at", "id", "is_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."id", NEW."is_on", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="4eee956c1bae64fdb1122683f07d8a16b9529b56",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bcfd5",
                            table="integrations_outboxswitch",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboxswitch",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "integrations_outboxswitchevent" ("created_at", "id", "is_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."id", NEW."is_on", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="19b3ad83953b04f04864afe1fe359c96ea2daa6b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fccdb",
                            table="integrations_outboxswitch",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesarea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "integrations_salesareaevent" ("account_group", "business_unit_id", "company_code", "country", "created_at", "currency_id", "distribution_channel", "division", "freight_condition", "id", "order_type", "partner_grouping", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "price_condition", "reconciliation_account", "sales_organization", "tax_type", "updated_at", "version") VALUES (NEW."account_group", NEW."business_unit_id", NEW."company_code", NEW."country", NEW."created_at", NEW."currency_id", NEW."distribution_channel", NEW."division", NEW."freight_condition", NEW."id", NEW."order_type", NEW."partner_grouping", NEW."payment_terms", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plant", NEW."price_condition", NEW."reconciliation_account", NEW."sales_organization", NEW."tax_type", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="98b18d7205b47541fe4215523eef850c1193427a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ecd02",
                            table="integrations_salesarea",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesarea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "integrations_salesareaevent" ("account_group", "business_unit_id", "company_code", "country", "created_at", "currency_id", "distribution_channel", "division", "freight_condition", "id", "order_type", "partner_grouping", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "price_condition", "reconciliation_account", "sales_organization", "tax_type", "updated_at", "version") VALUES (NEW."account_group", NEW."business_unit_id", NEW."company_code", NEW."country", NEW."created_at", NEW."currency_id", NEW."distribution_channel", NEW."division", NEW."freight_condition", NEW."id", NEW."order_type", NEW."partner_grouping", NEW."payment_terms", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plant", NEW."price_condition", NEW."reconciliation_account", NEW."sales_organization", NEW."tax_type", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="269fa16d13e05380230cd8d7871b8285b9fec818",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eabe1",
                            table="integrations_salesarea",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        give_rights(
            "integrations.view_outboxmessage",
            "integrations.send_outboxmessage",
            *rights_on("integrations.salesarea", actions="view change"),
        ),
    ]
