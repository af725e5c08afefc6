import datetime

import crm.base.models
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on


def company_calendar(apps, schema_editor):
    """The company's own calendar: Monday to Friday, until an administrator sets other hours."""
    apps.get_model("crm", "WorkingCalendar").objects.get_or_create(
        business_unit=None,
        defaults={
            "weekdays": [1, 2, 3, 4, 5],
            "opens_at": datetime.time(9),
            "closes_at": datetime.time(18),
            "break_from": datetime.time(12),
            "break_until": datetime.time(13),
        },
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("crm", "0017_records"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalCondition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=60, verbose_name="fact")),
                (
                    "operator",
                    models.CharField(
                        choices=[("gte", "at least"), ("lt", "less than"), ("in", "one of")],
                        max_length=3,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), size=None, verbose_name="values"
                    ),
                ),
            ],
            options={
                "verbose_name": "condition of an approval policy",
                "verbose_name_plural": "conditions of approval policies",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "is_working",
                    models.BooleanField(
                        choices=[(False, "holiday"), (True, "make-up working day")], verbose_name="kind"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="occasion")),
            ],
            options={
                "verbose_name": "special day",
                "verbose_name_plural": "special days",
                "ordering": ["day", "pk"],
            },
        ),
        migrations.AddField(
            model_name="exportlog",
            name="asked_rows",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="rows asked for"),
        ),
        migrations.CreateModel(
            name="ApprovalPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("document", models.CharField(max_length=60, verbose_name="kind of document")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="Of several policies that match, the one with the smallest number counts.",
                        verbose_name="order",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "own_allowed",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise the next manager above decides in their place.",
                        verbose_name="requesters may decide their own requests",
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
                    "replaces",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.approvalpolicy",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval policy",
                "verbose_name_plural": "approval policies",
                "ordering": ["document", "priority", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalConditionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("fact", models.CharField(max_length=60, verbose_name="fact")),
                (
                    "operator",
                    models.CharField(
                        choices=[("gte", "at least"), ("lt", "less than"), ("in", "one of")],
                        max_length=3,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), size=None, verbose_name="values"
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
                        to="crm.approvalcondition",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.approvalpolicy",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="approvalcondition",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="crm.approvalpolicy"
            ),
        ),
        migrations.CreateModel(
            name="ApprovalPolicyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("document", models.CharField(max_length=60, verbose_name="kind of document")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="Of several policies that match, the one with the smallest number counts.",
                        verbose_name="order",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "own_allowed",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise the next manager above decides in their place.",
                        verbose_name="requesters may decide their own requests",
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
                        to="crm.approvalpolicy",
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
                        to="crm.approvalpolicy",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApprovalPolicyStateChange",
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
                        to="crm.approvalpolicy",
                    ),
                ),
            ],
            options={
                "verbose_name": "state change of an approval policy",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApprovalRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                ("document", models.CharField(editable=False, max_length=60, verbose_name="kind of document")),
                ("object_id", models.PositiveBigIntegerField(editable=False)),
                ("title", models.CharField(editable=False, max_length=200, verbose_name="document")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("own_allowed", models.BooleanField(default=False, editable=False)),
                ("facts", models.JSONField(default=dict, editable=False)),
                ("shown", models.JSONField(default=list, editable=False)),
                ("is_change", models.BooleanField(default=False, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("returned", "returned for change"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                ("reminded_at", models.DateTimeField(editable=False, null=True)),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "business_unit",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.businessunit",
                        verbose_name="business unit",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.approvalpolicy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requester",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval request",
                "verbose_name_plural": "approval requests",
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("decide_approval", "Decide requests"),
                    ("view_all_approvals", "See the requests of everybody"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                ("document", models.CharField(editable=False, max_length=60, verbose_name="kind of document")),
                ("object_id", models.PositiveBigIntegerField(editable=False)),
                ("title", models.CharField(editable=False, max_length=200, verbose_name="document")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("own_allowed", models.BooleanField(default=False, editable=False)),
                ("facts", models.JSONField(default=dict, editable=False)),
                ("shown", models.JSONField(default=list, editable=False)),
                ("is_change", models.BooleanField(default=False, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("returned", "returned for change"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="pending",
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.businessunit",
                        verbose_name="business unit",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contenttypes.contenttype",
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
                        to="crm.approvalrequest",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.approvalpolicy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requester",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
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
            name="ApprovalRequestStateChange",
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
                            ("pending", "pending"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("returned", "returned for change"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("returned", "returned for change"),
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
                        to="crm.approvalrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "state change of an approval request",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApprovalRequestStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="step")),
                (
                    "approver",
                    models.CharField(
                        choices=[
                            ("manager", "manager of the requester"),
                            ("unit_head", "head of the business unit"),
                            ("role", "people with a role"),
                            ("person", "a certain person"),
                        ],
                        default="manager",
                        max_length=10,
                        verbose_name="decided by",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=1, verbose_name="levels up")),
                (
                    "within",
                    models.CharField(
                        choices=[
                            ("team", "in the document's team, else in the nearest one above"),
                            ("unit", "in the document's business unit"),
                            ("company", "in the whole company"),
                        ],
                        default="unit",
                        max_length=10,
                        verbose_name="sought",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[("any", "one of them"), ("all", "all of them")],
                        default="any",
                        max_length=3,
                        verbose_name="must approve",
                    ),
                ),
                (
                    "remind_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="remind after (working hours)"
                    ),
                ),
                (
                    "escalate_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="escalate after (working hours)"
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="crm.approvalrequest"
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an approval request",
                "verbose_name_plural": "steps of approval requests",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("requested", "asked for approval"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("returned", "returned for change"),
                            ("withdrawn", "withdrew the request"),
                            ("delegated", "gave the decision to somebody else"),
                            ("reminded", "reminded"),
                            ("escalated", "passed on, the time being over"),
                            ("free", "approved at once: no policy asks for a decision"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="time")),
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
                    "for_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in place of",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given to",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="log", to="crm.approvalrequest"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.approvalrequeststep",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of an approval request",
                "verbose_name_plural": "events of approval requests",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_open", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(null=True)),
                ("remind_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("escalate_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("returned", "returned for change"),
                            ("delegated", "given to somebody else"),
                            ("escalated", "passed on to the manager"),
                            ("dropped", "not needed any more"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approver",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="crm.approvalrequest",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="crm.approvalrequeststep",
                    ),
                ),
            ],
            options={
                "verbose_name": "approver of a request",
                "verbose_name_plural": "approvers of requests",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="step")),
                (
                    "approver",
                    models.CharField(
                        choices=[
                            ("manager", "manager of the requester"),
                            ("unit_head", "head of the business unit"),
                            ("role", "people with a role"),
                            ("person", "a certain person"),
                        ],
                        default="manager",
                        max_length=10,
                        verbose_name="decided by",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=1, verbose_name="levels up")),
                (
                    "within",
                    models.CharField(
                        choices=[
                            ("team", "in the document's team, else in the nearest one above"),
                            ("unit", "in the document's business unit"),
                            ("company", "in the whole company"),
                        ],
                        default="unit",
                        max_length=10,
                        verbose_name="sought",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[("any", "one of them"), ("all", "all of them")],
                        default="any",
                        max_length=3,
                        verbose_name="must approve",
                    ),
                ),
                (
                    "remind_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="remind after (working hours)"
                    ),
                ),
                (
                    "escalate_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="escalate after (working hours)"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="crm.approvalpolicy"
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an approval policy",
                "verbose_name_plural": "steps of approval policies",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="step")),
                (
                    "approver",
                    models.CharField(
                        choices=[
                            ("manager", "manager of the requester"),
                            ("unit_head", "head of the business unit"),
                            ("role", "people with a role"),
                            ("person", "a certain person"),
                        ],
                        default="manager",
                        max_length=10,
                        verbose_name="decided by",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=1, verbose_name="levels up")),
                (
                    "within",
                    models.CharField(
                        choices=[
                            ("team", "in the document's team, else in the nearest one above"),
                            ("unit", "in the document's business unit"),
                            ("company", "in the whole company"),
                        ],
                        default="unit",
                        max_length=10,
                        verbose_name="sought",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[("any", "one of them"), ("all", "all of them")],
                        default="any",
                        max_length=3,
                        verbose_name="must approve",
                    ),
                ),
                (
                    "remind_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="remind after (working hours)"
                    ),
                ),
                (
                    "escalate_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="escalate after (working hours)"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
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
                        to="crm.approvalstep",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.approvalpolicy",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkingCalendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="working days",
                    ),
                ),
                ("opens_at", models.TimeField(verbose_name="work begins")),
                ("closes_at", models.TimeField(verbose_name="work ends")),
                ("break_from", models.TimeField(blank=True, null=True, verbose_name="break from")),
                ("break_until", models.TimeField(blank=True, null=True, verbose_name="break until")),
                (
                    "business_unit",
                    models.OneToOneField(
                        blank=True,
                        help_text="Empty: for the whole company.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.businessunit",
                        verbose_name="business unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "working calendar",
                "verbose_name_plural": "working calendars",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SpecialDayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("day", models.DateField(verbose_name="day")),
                (
                    "is_working",
                    models.BooleanField(
                        choices=[(False, "holiday"), (True, "make-up working day")], verbose_name="kind"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="occasion")),
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
                        to="crm.specialday",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="crm.workingcalendar",
                        verbose_name="working calendar",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="specialday",
            name="calendar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="special_days",
                to="crm.workingcalendar",
                verbose_name="working calendar",
            ),
        ),
        migrations.CreateModel(
            name="WorkingCalendarEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="working days",
                    ),
                ),
                ("opens_at", models.TimeField(verbose_name="work begins")),
                ("closes_at", models.TimeField(verbose_name="work ends")),
                ("break_from", models.TimeField(blank=True, null=True, verbose_name="break from")),
                ("break_until", models.TimeField(blank=True, null=True, verbose_name="break until")),
                (
                    "business_unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: for the whole company.",
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
                        to="crm.workingcalendar",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="approvalpolicy",
            index=models.Index(fields=["document", "state", "priority"], name="policy_document"),
        ),
        migrations.AddConstraint(
            model_name="approvalpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="policy_ends_after_start",
                violation_error_message="The last day must not be before the first day.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_approvalpolicyevent" ("created_at", "document", "edition", "id", "name", "own_allowed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "replaces_id", "state", "state_since", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."created_at", NEW."document", NEW."edition", NEW."id", NEW."name", NEW."own_allowed", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."replaces_id", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                    hash="2b328bbbb73c4444850e955a72c2162b03f51d2c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b43e6",
                    table="crm_approvalpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_approvalpolicyevent" ("created_at", "document", "edition", "id", "name", "own_allowed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "replaces_id", "state", "state_since", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."created_at", NEW."document", NEW."edition", NEW."id", NEW."name", NEW."own_allowed", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."replaces_id", NEW."state", NEW."state_since", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                    hash="83db66ca33b206c2a3c12c9c7d7011a51663bb73",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fd52b",
                    table="crm_approvalpolicy",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalcondition",
            constraint=models.UniqueConstraint(
                fields=("policy", "fact", "operator"),
                name="condition_once",
                violation_error_message="A policy compares a fact in the same way only once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalcondition",
            constraint=models.CheckConstraint(
                condition=models.Q(("values__len__gte", 1)), name="condition_has_a_value"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalcondition",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_approvalconditionevent" ("fact", "id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "values") VALUES (NEW."fact", NEW."id", NEW."operator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id", NEW."values"); RETURN NULL;',
                    hash="572510b60386226d05af5bdfe5cad6cd5a255fd9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_972f2",
                    table="crm_approvalcondition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalcondition",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_approvalconditionevent" ("fact", "id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "values") VALUES (NEW."fact", NEW."id", NEW."operator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id", NEW."values"); RETURN NULL;',
                    hash="b8426bec9cb0e26d06420e010214276a97d9eda5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_79ad5",
                    table="crm_approvalcondition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalcondition",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_approvalconditionevent" ("fact", "id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "values") VALUES (OLD."fact", OLD."id", OLD."operator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_id", OLD."values"); RETURN NULL;',
                    hash="b55784bbeeb4c137c920c46b5755e1b6d958612b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b1c59",
                    table="crm_approvalcondition",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="approvalrequest",
            index=django.contrib.postgres.indexes.GinIndex(
                crm.base.models.Bigrams("search_text"), name="approval_search"
            ),
        ),
        migrations.AddIndex(
            model_name="approvalrequest",
            index=models.Index(fields=["created_at", "id"], name="approval_created"),
        ),
        migrations.AddIndex(
            model_name="approvalrequest",
            index=models.Index(fields=["requester", "state", "created_at", "id"], name="approval_requester"),
        ),
        migrations.AddIndex(
            model_name="approvalrequest",
            index=models.Index(fields=["state", "created_at", "id"], name="approval_state"),
        ),
        migrations.AddIndex(
            model_name="approvalrequest",
            index=models.Index(fields=["content_type", "object_id"], name="approval_record"),
        ),
        migrations.AddConstraint(
            model_name="approvalrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("content_type", "object_id"),
                name="approval_one_pending",
                violation_error_message="This document waits for approval already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_approvalrequestevent" ("business_unit_id", "code", "content_type_id", "created_at", "document", "facts", "id", "is_change", "object_id", "own_allowed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "reason", "requester_id", "shown", "state", "state_since", "team_id", "title", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."content_type_id", NEW."created_at", NEW."document", NEW."facts", NEW."id", NEW."is_change", NEW."object_id", NEW."own_allowed", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id", NEW."reason", NEW."requester_id", NEW."shown", NEW."state", NEW."state_since", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="a7b3037ea25f6ae26996be0e125d4386bc4d6028",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_47423",
                    table="crm_approvalrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."content_type_id" IS DISTINCT FROM (NEW."content_type_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document" IS DISTINCT FROM (NEW."document") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_change" IS DISTINCT FROM (NEW."is_change") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."own_allowed" IS DISTINCT FROM (NEW."own_allowed") OR OLD."policy_id" IS DISTINCT FROM (NEW."policy_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."requester_id" IS DISTINCT FROM (NEW."requester_id") OR OLD."shown" IS DISTINCT FROM (NEW."shown") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "crm_approvalrequestevent" ("business_unit_id", "code", "content_type_id", "created_at", "document", "facts", "id", "is_change", "object_id", "own_allowed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "reason", "requester_id", "shown", "state", "state_since", "team_id", "title", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."content_type_id", NEW."created_at", NEW."document", NEW."facts", NEW."id", NEW."is_change", NEW."object_id", NEW."own_allowed", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id", NEW."reason", NEW."requester_id", NEW."shown", NEW."state", NEW."state_since", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="b8a4d05048277c3066fd49db639ee65882a59722",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d1e63",
                    table="crm_approvalrequest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrequeststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approver", "role"), _negated=True), ("role__isnull", False), _connector="OR"
                ),
                name="request_step_has_its_role",
                violation_error_message="Choose the role that decides.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrequeststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approver", "person"), _negated=True), ("person__isnull", False), _connector="OR"
                ),
                name="request_step_has_its_person",
                violation_error_message="Choose the person who decides.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrequeststep",
            constraint=models.CheckConstraint(
                condition=models.Q(("order__gte", 1), ("level__gte", 1)),
                name="request_step_counts_from_one",
                violation_error_message="Steps and levels count from 1.",
            ),
        ),
        migrations.AddIndex(
            model_name="approvalevent",
            index=models.Index(fields=["request", "at"], name="approval_event_request"),
        ),
        migrations.AddIndex(
            model_name="approvalevent",
            index=models.Index(fields=["actor", "request"], name="approval_event_actor"),
        ),
        migrations.AddIndex(
            model_name="approvalassignment",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["user", "request"], name="assignment_open"
            ),
        ),
        migrations.AddIndex(
            model_name="approvalassignment",
            index=models.Index(fields=["request", "user"], name="assignment_request"),
        ),
        migrations.AddIndex(
            model_name="approvalassignment",
            index=models.Index(
                condition=models.Q(("is_open", True), ("reminded_at__isnull", True)),
                fields=["remind_at"],
                name="assignment_to_remind",
            ),
        ),
        migrations.AddIndex(
            model_name="approvalassignment",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["escalate_at"], name="assignment_to_escalate"
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("step", "user"),
                name="assignment_once",
                violation_error_message="This colleague has to decide this step already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_open", False),
                    models.Q(("closed_at__isnull", True), ("opened_at__isnull", False)),
                    _connector="OR",
                ),
                name="assignment_open_or_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approver", "role"), _negated=True), ("role__isnull", False), _connector="OR"
                ),
                name="policy_step_has_its_role",
                violation_error_message="Choose the role that decides.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approver", "person"), _negated=True), ("person__isnull", False), _connector="OR"
                ),
                name="policy_step_has_its_person",
                violation_error_message="Choose the person who decides.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("order__gte", 1), ("level__gte", 1)),
                name="policy_step_counts_from_one",
                violation_error_message="Steps and levels count from 1.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalstep",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_approvalstepevent" ("approver", "escalate_after", "id", "level", "order", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "remind_after", "role_id", "rule", "within") VALUES (NEW."approver", NEW."escalate_after", NEW."id", NEW."level", NEW."order", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id", NEW."remind_after", NEW."role_id", NEW."rule", NEW."within"); RETURN NULL;',
                    hash="b012a3a97a769133e273cffe45400a469fedb738",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_11da8",
                    table="crm_approvalstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalstep",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_approvalstepevent" ("approver", "escalate_after", "id", "level", "order", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "remind_after", "role_id", "rule", "within") VALUES (NEW."approver", NEW."escalate_after", NEW."id", NEW."level", NEW."order", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id", NEW."remind_after", NEW."role_id", NEW."rule", NEW."within"); RETURN NULL;',
                    hash="e0c22d1f3f7d4180f583c6ea78f5cf88abfef7e0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ab142",
                    table="crm_approvalstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalstep",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_approvalstepevent" ("approver", "escalate_after", "id", "level", "order", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "remind_after", "role_id", "rule", "within") VALUES (OLD."approver", OLD."escalate_after", OLD."id", OLD."level", OLD."order", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_id", OLD."remind_after", OLD."role_id", OLD."rule", OLD."within"); RETURN NULL;',
                    hash="2975eeb97fb673a50d75aa597f35a9140701e3a0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_39135",
                    table="crm_approvalstep",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="workingcalendar",
            constraint=models.UniqueConstraint(
                fields=("business_unit",),
                name="calendar_one_per_unit",
                nulls_distinct=False,
                violation_error_message="There is such a calendar already: change that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="workingcalendar",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__len__gte", 1), ("weekdays__contained_by", [1, 2, 3, 4, 5, 6, 7])),
                name="calendar_some_weekday",
                violation_error_message="Choose at least one working day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="workingcalendar",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                name="calendar_opens_before_it_closes",
                violation_error_message="Work must begin before it ends.",
            ),
        ),
        migrations.AddConstraint(
            model_name="workingcalendar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("break_from__isnull", True), ("break_until__isnull", True)),
                    models.Q(
                        ("break_from__gt", models.F("opens_at")),
                        ("break_until__gt", models.F("break_from")),
                        ("closes_at__gt", models.F("break_until")),
                    ),
                    _connector="OR",
                ),
                name="calendar_break_within",
                violation_error_message="The break must lie within the working hours, from an earlier to a later time.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingcalendar",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_workingcalendarevent" ("break_from", "break_until", "business_unit_id", "closes_at", "created_at", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version", "weekdays") VALUES (NEW."break_from", NEW."break_until", NEW."business_unit_id", NEW."closes_at", NEW."created_at", NEW."id", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version", NEW."weekdays"); RETURN NULL;',
                    hash="d777ae01794d56b82a160fe68ffdaaea16a2ba53",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fd280",
                    table="crm_workingcalendar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workingcalendar",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_workingcalendarevent" ("break_from", "break_until", "business_unit_id", "closes_at", "created_at", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version", "weekdays") VALUES (NEW."break_from", NEW."break_until", NEW."business_unit_id", NEW."closes_at", NEW."created_at", NEW."id", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version", NEW."weekdays"); RETURN NULL;',
                    hash="109ed083fbd8126b2d9ecd6d776b1da1dda523f9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bbadc",
                    table="crm_workingcalendar",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="specialday",
            constraint=models.UniqueConstraint(
                fields=("calendar", "day"),
                name="special_day_once",
                violation_error_message="This day is in the calendar already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialday",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_specialdayevent" ("calendar_id", "day", "id", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."calendar_id", NEW."day", NEW."id", NEW."is_working", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="5c414e85f5aa2df9af082b135b304e6d76426a08",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c1cd5",
                    table="crm_specialday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialday",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_specialdayevent" ("calendar_id", "day", "id", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."calendar_id", NEW."day", NEW."id", NEW."is_working", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="c5838528fa0f4e31725ccfa303b05d044dc539da",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_100b3",
                    table="crm_specialday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialday",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_specialdayevent" ("calendar_id", "day", "id", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."calendar_id", OLD."day", OLD."id", OLD."is_working", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="4b2f6de0f631b5465f3d3ed0768d1e35546fe36d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_474dd",
                    table="crm_specialday",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(company_calendar, migrations.RunPython.noop),
        give_rights(
            "crm.view_approvalrequest",
            "crm.decide_approval",
            "crm.view_all_approvals",
            *rights_on("crm.approvalpolicy", "crm.workingcalendar"),
            beside={"crm.add_task": ["crm.view_approvalrequest"]},
        ),
    ]
