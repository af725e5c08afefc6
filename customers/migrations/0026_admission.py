"""Admission of customers, and the certificates that they demand."""

import crm.base.models
import crm.records.models.choices
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from crm.organisation.granting import give_rights, rights_on
from crm.records.choices import starting_lists, without_lists
from customers.choices import CERTIFICATE_KIND

RIGHTS = (
    *rights_on("customers.admission", "customers.admissionchecklist", "customers.customercertificatedemand"),
    "customers.revoke_admission",
)


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0026_lost_jobs"),
        ("customers", "0025_protected_fields"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Admission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                ("plant", models.CharField(blank=True, max_length=200, verbose_name="plant or address")),
                (
                    "kind",
                    models.CharField(
                        choices=[("first", "first admission"), ("extension", "extension"), ("renewal", "renewal")],
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
            ],
            options={
                "verbose_name": "admission",
                "verbose_name_plural": "admissions",
                "ordering": ["-created_at", "-pk"],
                "permissions": [("revoke_admission", "Can withdraw admissions")],
            },
        ),
        migrations.CreateModel(
            name="AdmissionAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("value", models.TextField(blank=True, verbose_name="answer")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "admission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="customers.admission"
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
            ],
            options={
                "verbose_name": "answer of an admission",
                "verbose_name_plural": "answers of admissions",
                "ordering": ["item__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AdmissionChecklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.AddField(
            model_name="admission",
            name="checklist",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="admissions",
                to="customers.admissionchecklist",
                verbose_name="checklist",
            ),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, verbose_name="time")),
                (
                    "seconds_in_source",
                    models.PositiveBigIntegerField(default=0, verbose_name="seconds in the state before"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "source",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "in force"), ("retired", "retired")], max_length=10
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "in force"), ("retired", "retired")], max_length=10
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
                        choices=[("first", "first admission"), ("extension", "extension"), ("renewal", "renewal")],
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
            name="AdmissionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, verbose_name="key")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                ("question", models.CharField(max_length=200, verbose_name="question")),
                ("question_en", models.CharField(blank=True, max_length=200, verbose_name="question in English")),
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
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer valid for (months)"),
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
                        db_constraint=False,
                        blank=True,
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
                        db_constraint=False,
                        blank=True,
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
        migrations.AddField(
            model_name="admissionanswer",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="customers.admissionitem"
            ),
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
                ("question_en", models.CharField(blank=True, max_length=200, verbose_name="question in English")),
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
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer valid for (months)"),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="CustomerCertificateDemand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        migrations.AddConstraint(
            model_name="admissionchecklist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")),
                fields=("business_unit", "product_line"),
                name="checklist_one_in_force",
                nulls_distinct=False,
                violation_error_message="Another checklist is in force there: take it out of force, or make its new edition.",
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
        migrations.AddIndex(
            model_name="admission",
            index=django.contrib.postgres.indexes.GinIndex(
                crm.base.models.Bigrams("search_text"), name="admission_search"
            ),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(fields=["customer", "state"], name="admission_customer"),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(fields=["state", "valid_to", "id"], name="admission_state_end"),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(fields=["valid_to", "id"], name="admission_end"),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(fields=["created_at", "id"], name="admission_created"),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_from__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="admission_ends_after_start",
                violation_error_message="The last day must not be before the first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "admitted"), _negated=True), ("valid_from__isnull", False), _connector="OR"
                ),
                name="admission_has_its_first_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "submitted"])),
                fields=("customer", "business_unit", "product_line", "plant"),
                name="admission_one_under_way",
                nulls_distinct=False,
                violation_error_message="An admission for this is under way already: go on with that one.",
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
        migrations.AddConstraint(
            model_name="admissionitem",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="admission_item_once",
                violation_error_message="Two questions have the same key.",
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
        migrations.AddConstraint(
            model_name="admissionanswer",
            constraint=models.UniqueConstraint(fields=("admission", "item"), name="admission_answer_once"),
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
        migrations.AddIndex(
            model_name="customercertificatedemand",
            index=django.contrib.postgres.indexes.GinIndex(
                crm.base.models.Bigrams("search_text"), name="certificate_search"
            ),
        ),
        migrations.AddIndex(
            model_name="customercertificatedemand",
            index=models.Index(fields=["valid_until", "id"], name="certificate_until"),
        ),
        migrations.AddIndex(
            model_name="customercertificatedemand",
            index=models.Index(fields=["updated_at", "id"], name="certificate_changed"),
        ),
        migrations.AddConstraint(
            model_name="customercertificatedemand",
            constraint=models.UniqueConstraint(
                fields=("customer", "kind", "product_line"),
                name="certificate_demand_once",
                nulls_distinct=False,
                violation_error_message="This certificate is in the customer's list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="customercertificatedemand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("given_on__isnull", True),
                    ("valid_until__gte", models.F("given_on")),
                    _connector="OR",
                ),
                name="certificate_ends_after_start",
                violation_error_message="The last day must not be before the first day.",
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
        migrations.RunPython(starting_lists(CERTIFICATE_KIND), without_lists(CERTIFICATE_KIND)),
        give_rights(*RIGHTS),
    ]
