"""The tables of the kernel, and how the audit trail knows who writes."""

import crm.base.migrating
import crm.base.models
import crm.exporting.models.export_log
import crm.importing.models.batch
import crm.organisation.models.structure
import crm.personal.models.entry
import crm.records.models.attachment
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# One row for each combination of facts under which something is written, never changed afterwards. Without facts (raw SQL, a
# command) the database's own: who is connected, with which program, from where, in which transaction.
ATTACH_CONTEXT = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    given text := current_setting('pghistory.context_id', true);
    facts text := current_setting('pghistory.context_metadata', true);
    key text;
    known text := current_setting('crm.trail_context', true);
    number uuid;
BEGIN
    IF given IS NULL OR given = '' OR facts IS NULL OR facts = '' THEN
        given := pg_current_xact_id()::text || now()::text;
        facts := jsonb_strip_nulls(jsonb_build_object('database_user', session_user, 'address', host(inet_client_addr()),
            'program', NULLIF(current_setting('application_name', true), '')))::text;
    END IF;
    number := md5(given || facts)::uuid;
    key := pg_current_xact_id()::text || number::text;
    IF known = key THEN  -- written by this transaction for a row before
        RETURN number;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (number, facts::jsonb, now(), now())
        ON CONFLICT (id) DO NOTHING;
    PERFORM set_config('crm.trail_context', key, true);
    RETURN number;
END $$
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("crm", "0002_initial"),
        ("crm", "0005_notifications"),
        ("crm", "0006_tasks"),
        ("crm", "0007_jobs"),
        ("crm", "0008_notification_delivery"),
        ("crm", "0009_organisation"),
        ("crm", "0011_exports"),
        ("crm", "0013_saved_views"),
        ("crm", "0014_job_log"),
        ("crm", "0015_security"),
        ("crm", "0016_catalogue"),
        ("crm", "0017_records"),
        ("crm", "0018_approvals"),
        ("crm", "0019_lists"),
        ("crm", "0020_trail"),
        ("crm", "0021_comparable_trail"),
        ("crm", "0022_configuration"),
        ("crm", "0023_personal_data"),
    ]

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("crm", "0001_search_functions"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="TrailEntry",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(verbose_name="time")),
                        ("kind", models.CharField(max_length=80, verbose_name="kind of record")),
                        (
                            "label",
                            models.CharField(
                                choices=[
                                    ("insert", "Created"),
                                    ("update", "Changed"),
                                    ("delete", "Deleted"),
                                    ("before", "State before"),
                                ],
                                max_length=10,
                                verbose_name="change",
                            ),
                        ),
                        ("record_id", models.BigIntegerField(null=True, verbose_name="record")),
                        ("event_id", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "entry of the audit trail",
                        "verbose_name_plural": "audit trail",
                        "db_table": "crm_trail",
                        "ordering": ["-at", "-id"],
                        "permissions": [("view_trail", "Read the audit trail")],
                        "managed": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="BusinessUnit",
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
                    ],
                    options={
                        "verbose_name": "business unit",
                        "verbose_name_plural": "business units",
                        "ordering": ["code"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChoiceList",
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
                        ("key", models.SlugField(editable=False, max_length=40, unique=True, verbose_name="key")),
                        ("name", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                        (
                            "allows_other",
                            models.BooleanField(
                                default=False,
                                help_text="Otherwise only what stands in the list is accepted.",
                                verbose_name="other text may be entered",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "list of choices",
                        "verbose_name_plural": "lists of choices",
                        "ordering": ["key"],
                    },
                ),
                migrations.CreateModel(
                    name="Competitor",
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
                        ("short_name", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                        ("country", models.CharField(blank=True, max_length=40, verbose_name="country")),
                        ("website", models.CharField(blank=True, max_length=120, verbose_name="website")),
                        ("strengths", models.TextField(blank=True, verbose_name="strengths")),
                        ("weaknesses", models.TextField(blank=True, verbose_name="weaknesses")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("search_text", models.TextField(default="", editable=False)),
                    ],
                    options={
                        "verbose_name": "competitor",
                        "verbose_name_plural": "competitors",
                        "ordering": ["code"],
                        "abstract": False,
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="competitor_search"
                            ),
                            models.Index(fields=["name", "id"], name="competitor_name"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Currency",
                    fields=[
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "code",
                            models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code"),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("decimals", models.PositiveSmallIntegerField(default=2, verbose_name="decimals")),
                    ],
                    options={
                        "verbose_name": "currency",
                        "verbose_name_plural": "currencies",
                        "ordering": ["code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[A-Z]{3}$")),
                                name="currency_code",
                                violation_error_message="The code of a currency is three capital letters, as in ISO 4217.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportMapping",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("resource", models.CharField(max_length=60, verbose_name="kind of sheet")),
                        ("headers_hash", models.CharField(max_length=64, verbose_name="column heads")),
                        ("mapping", models.JSONField(default=list, verbose_name="assigned columns")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                    ],
                    options={
                        "verbose_name": "remembered assignment",
                        "verbose_name_plural": "remembered assignments",
                        "constraints": [
                            models.UniqueConstraint(fields=("resource", "headers_hash"), name="import_mapping_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberFormat",
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
                            models.SlugField(editable=False, max_length=40, unique=True, verbose_name="kind of record"),
                        ),
                        ("pattern", models.CharField(max_length=60, verbose_name="pattern")),
                        (
                            "reset",
                            models.CharField(
                                choices=[("never", "never"), ("yearly", "every year"), ("monthly", "every month")],
                                default="never",
                                max_length=8,
                                verbose_name="count begins anew",
                            ),
                        ),
                        ("start", models.PositiveIntegerField(default=1, verbose_name="first number")),
                    ],
                    options={
                        "verbose_name": "number format",
                        "verbose_name_plural": "number formats",
                        "ordering": ["kind"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("start__gte", 1)),
                                name="number_starts_at_one",
                                violation_error_message="The first number must be at least 1.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberSequence",
                    fields=[
                        ("key", models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="key")),
                        ("last", models.BigIntegerField(default=0, verbose_name="last number")),
                    ],
                    options={
                        "verbose_name": "number sequence",
                        "verbose_name_plural": "number sequences",
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRule",
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
                            models.CharField(editable=False, max_length=80, unique=True, verbose_name="kind of record"),
                        ),
                        (
                            "months",
                            models.PositiveSmallIntegerField(
                                default=36,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(600),
                                ],
                                verbose_name="kept for",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=False, verbose_name="the rule is in force")),
                    ],
                    options={
                        "verbose_name": "retention rule",
                        "verbose_name_plural": "retention rules",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("months__gte", 1), ("months__lte", 600)),
                                name="retention_months",
                                violation_error_message="Keep data for 1 to 600 months.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Role",
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
                            "data_scope",
                            models.CharField(
                                choices=[
                                    ("own", "own records"),
                                    ("team", "own team"),
                                    ("team_below", "own team and those below"),
                                    ("business_unit", "own business unit"),
                                    ("all", "everything"),
                                ],
                                default="own",
                                max_length=20,
                                verbose_name="reach",
                            ),
                        ),
                        ("reaches", models.JSONField(blank=True, default=dict, verbose_name="reach by kind of record")),
                        (
                            "permissions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="permissions",
                            ),
                        ),
                        (
                            "export_limit",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="How many rows of a list the role may export at a time. Empty: as many as it sees.",
                                null=True,
                                verbose_name="rows per export",
                            ),
                        ),
                        (
                            "reveal_limit",
                            models.PositiveIntegerField(
                                default=30,
                                help_text="How many masked phone numbers and e-mail addresses the role may look at in a day.",
                                verbose_name="looks at masked data per day",
                            ),
                        ),
                        (
                            "require_second_factor",
                            models.BooleanField(
                                default=False,
                                help_text="Whoever has this role signs in with a code of an app besides the password.",
                                verbose_name="second factor required",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "role",
                        "verbose_name_plural": "roles",
                        "ordering": ["code"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
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
                        ("name", models.CharField(max_length=30, verbose_name="name")),
                        (
                            "colour",
                            models.CharField(
                                choices=[
                                    ("line", "White"),
                                    ("pri", "Blue"),
                                    ("info", "Turquoise"),
                                    ("ok", "Green"),
                                    ("warn", "Amber"),
                                    ("bad", "Red"),
                                    ("vio", "Violet"),
                                ],
                                default="line",
                                max_length=4,
                                verbose_name="colour",
                            ),
                        ),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="only for",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "tag",
                        "verbose_name_plural": "tags",
                        "ordering": ["name", "pk"],
                        "permissions": [("tag_records", "Put tags on records")],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="tag_name_once",
                                violation_error_message="There is a tag of this name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="tag_has_a_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
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
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("mass", "mass"),
                                    ("volume", "volume"),
                                    ("length", "length"),
                                    ("area", "area"),
                                    ("count", "count"),
                                    ("package", "package"),
                                ],
                                default="package",
                                help_text="A package (drum, carton) has no factor of its own: each product says how much it holds.",
                                max_length=10,
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "factor",
                            models.DecimalField(
                                blank=True,
                                decimal_places=12,
                                max_digits=24,
                                null=True,
                                verbose_name="base units in one",
                            ),
                        ),
                        ("is_base", models.BooleanField(default=False, verbose_name="base unit of its dimension")),
                    ],
                    options={
                        "verbose_name": "unit",
                        "verbose_name_plural": "units",
                        "ordering": ["code"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("factor__isnull", True), ("factor__gt", 0), _connector="OR"),
                                name="unit_factor_positive",
                                violation_error_message="The factor must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dimension", "package"), ("factor__isnull", True)),
                                    models.Q(
                                        models.Q(("dimension", "package"), _negated=True), ("factor__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="unit_factor_unless_package",
                                violation_error_message="Every unit but a package needs a factor; a package has none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_base", False), ("factor", 1), _connector="OR"),
                                name="unit_base_is_one",
                                violation_error_message="The base unit of a dimension has the factor 1.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_base", True)),
                                fields=("dimension",),
                                name="unit_one_base",
                                violation_error_message="This dimension has a base unit already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalPolicy",
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
                        "indexes": [models.Index(fields=["document", "state", "priority"], name="policy_document")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="policy_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Region",
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
                        ("path", models.CharField(db_index=True, editable=False, max_length=200)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="crm.region",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "region",
                        "verbose_name_plural": "regions",
                        "ordering": ["code"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=60, unique=True, verbose_name="user name")),
                        ("display_name", models.CharField(max_length=60, verbose_name="name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="mobile")),
                        ("title", models.CharField(blank=True, max_length=60, verbose_name="position")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="must change the password"),
                        ),
                        ("is_superuser", models.BooleanField(default=False, verbose_name="superuser")),
                        ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                        (
                            "theme",
                            models.CharField(
                                choices=[("auto", "as the system"), ("light", "light"), ("dark", "dark")],
                                default="auto",
                                max_length=5,
                                verbose_name="colours",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="users",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "roles",
                            models.ManyToManyField(
                                blank=True, related_name="users", to="crm.role", verbose_name="roles"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "ordering": ["display_name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalCondition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "policy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conditions",
                                to="crm.approvalpolicy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "condition of an approval policy",
                        "verbose_name_plural": "conditions of approval policies",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("policy", "fact", "operator"),
                                name="condition_once",
                                violation_error_message="A policy compares a fact in the same way only once.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("values__len__gte", 1)), name="condition_has_a_value"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChoiceItem",
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
                        ("code", models.CharField(editable=False, max_length=60, verbose_name="key")),
                        ("name", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="position"),
                        ),
                        (
                            "tone",
                            models.CharField(
                                choices=[
                                    ("line", "plain"),
                                    ("info", "blue"),
                                    ("ok", "green"),
                                    ("warn", "amber"),
                                    ("bad", "red"),
                                    ("pri", "brand colour"),
                                    ("vio", "violet"),
                                ],
                                default="line",
                                max_length=5,
                                verbose_name="colour",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        (
                            "is_fixed",
                            models.BooleanField(default=False, editable=False, verbose_name="the program relies on it"),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="crm.choicelist",
                                verbose_name="list",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "choice",
                        "verbose_name_plural": "choices",
                        "ordering": ["list", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("list", "code"), name="choice_code_once"),
                            models.UniqueConstraint(
                                fields=("list", "name"),
                                name="choice_name_once",
                                violation_error_message="The list has an item of this name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_fixed", False), ("is_active", True), _connector="OR"),
                                name="choice_fixed_is_offered",
                                violation_error_message="The program relies on this item: it can be renamed, not retired.",
                            ),
                        ],
                    },
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
                    name="BusinessUnitEvent",
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
                                to="crm.businessunit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChoiceListEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("key", models.SlugField(db_index=False, editable=False, max_length=40, verbose_name="key")),
                        ("name", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                        (
                            "allows_other",
                            models.BooleanField(
                                default=False,
                                help_text="Otherwise only what stands in the list is accepted.",
                                verbose_name="other text may be entered",
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
                                to="crm.choicelist",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CompetitorEvent",
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
                        ("short_name", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                        ("country", models.CharField(blank=True, max_length=40, verbose_name="country")),
                        ("website", models.CharField(blank=True, max_length=120, verbose_name="website")),
                        ("strengths", models.TextField(blank=True, verbose_name="strengths")),
                        ("weaknesses", models.TextField(blank=True, verbose_name="weaknesses")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
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
                                to="crm.competitor",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CurrencyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(max_length=3, serialize=False, verbose_name="code")),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("decimals", models.PositiveSmallIntegerField(default=2, verbose_name="decimals")),
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
                                to="crm.currency",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeRate",
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
                                choices=[("daily", "daily rate"), ("budget", "budget rate")],
                                default="daily",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("rate", models.DecimalField(decimal_places=8, max_digits=18, verbose_name="rate")),
                        ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
                        (
                            "currency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rates",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "exchange rate",
                        "verbose_name_plural": "exchange rates",
                        "ordering": ["-starts_on", "currency", "kind"],
                        "indexes": [models.Index(fields=["starts_on", "id"], name="exchange_rate_day")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("currency", "kind", "starts_on"),
                                name="exchange_rate_once",
                                violation_error_message="There is a rate of this currency for that day already: change that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate__gt", 0)),
                                name="exchange_rate_positive",
                                violation_error_message="The rate must be larger than zero.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExtraField",
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
                        ("record", models.CharField(max_length=60, verbose_name="kind of record")),
                        (
                            "key",
                            models.CharField(
                                help_text="Small letters and digits; it names the field in interfaces and never changes.",
                                max_length=30,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9]*\\Z", "Small letters and digits only, beginning with a letter."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("text", "text"),
                                    ("long_text", "long text"),
                                    ("integer", "whole number"),
                                    ("decimal", "decimal number"),
                                    ("date", "date"),
                                    ("boolean", "yes or no"),
                                    ("choice", "one choice"),
                                    ("choices", "several choices"),
                                    ("person", "person"),
                                ],
                                default="text",
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                        ("places", models.PositiveSmallIntegerField(default=2, verbose_name="decimal places")),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="at least"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="at most"
                            ),
                        ),
                        ("required", models.BooleanField(default=False, verbose_name="required")),
                        ("help_text", models.CharField(blank=True, max_length=200, verbose_name="help (Chinese)")),
                        ("help_text_en", models.CharField(blank=True, max_length=200, verbose_name="help (English)")),
                        (
                            "section",
                            models.CharField(
                                blank=True,
                                help_text="The heading in the form; empty: “More”.",
                                max_length=40,
                                verbose_name="section (Chinese)",
                            ),
                        ),
                        ("section_en", models.CharField(blank=True, max_length=40, verbose_name="section (English)")),
                        ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="A field that is not in use is hidden; its values are kept.",
                                verbose_name="in use",
                            ),
                        ),
                        (
                            "filterable",
                            models.BooleanField(
                                default=True,
                                help_text="An index is built for it in the background.",
                                verbose_name="lists can be filtered by it",
                            ),
                        ),
                        (
                            "searchable",
                            models.BooleanField(
                                default=False,
                                help_text="Texts only. Existing records follow in the background.",
                                verbose_name="the search finds it",
                            ),
                        ),
                        (
                            "index_ready",
                            models.BooleanField(default=False, editable=False, verbose_name="index is ready"),
                        ),
                        (
                            "choice_list",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.choicelist",
                                verbose_name="list of choices",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "extra field",
                        "verbose_name_plural": "extra fields",
                        "ordering": ["record", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("record", "key"),
                                name="extra_key_once",
                                violation_error_message="This kind of record has a field with this key already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("choice_list__isnull", False), ("type__in", ("choice", "choices"))),
                                    models.Q(
                                        models.Q(("type__in", ("choice", "choices")), _negated=True),
                                        ("choice_list__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="extra_choice_has_list",
                                violation_error_message="A choice needs a list of choices, other types have none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum__isnull", True),
                                    ("maximum__isnull", True),
                                    ("minimum__lte", models.F("maximum")),
                                    _connector="OR",
                                ),
                                name="extra_range_in_order",
                                violation_error_message="The smallest value must not be larger than the largest.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("places__lte", 6)),
                                name="extra_places_at_most_six",
                                violation_error_message="At most six decimal places.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("searchable", False), ("type__in", ("text", "long_text")), _connector="OR"
                                ),
                                name="extra_only_texts_searchable",
                                violation_error_message="Only texts can be found by the search.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberFormatEvent",
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
                            models.SlugField(
                                db_index=False, editable=False, max_length=40, verbose_name="kind of record"
                            ),
                        ),
                        ("pattern", models.CharField(max_length=60, verbose_name="pattern")),
                        (
                            "reset",
                            models.CharField(
                                choices=[("never", "never"), ("yearly", "every year"), ("monthly", "every month")],
                                default="never",
                                max_length=8,
                                verbose_name="count begins anew",
                            ),
                        ),
                        ("start", models.PositiveIntegerField(default=1, verbose_name="first number")),
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
                                to="crm.numberformat",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PriceList",
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
                        ("starts_on", models.DateField(verbose_name="valid from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "customer_grade",
                            models.CharField(
                                blank=True,
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                default="",
                                max_length=1,
                                verbose_name="customer grade",
                            ),
                        ),
                        (
                            "priority",
                            models.SmallIntegerField(
                                default=0,
                                help_text="The list with the higher number wins, however special the other is. Usually 0.",
                                verbose_name="priority",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.pricelist",
                                verbose_name="copied from",
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
                    ],
                    options={
                        "verbose_name": "price list",
                        "verbose_name_plural": "price lists",
                        "ordering": ["code"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["starts_on", "id"], name="price_list_start")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="price_list_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductLine",
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
                            "business_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="product_lines",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product line",
                        "verbose_name_plural": "product lines",
                        "ordering": ["code"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RegionEvent",
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
                        ("path", models.CharField(editable=False, max_length=200)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.region",
                                verbose_name="belongs to",
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
                                to="crm.region",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("kind", models.CharField(editable=False, max_length=80, verbose_name="kind of record")),
                        (
                            "months",
                            models.PositiveSmallIntegerField(
                                default=36,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(600),
                                ],
                                verbose_name="kept for",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=False, verbose_name="the rule is in force")),
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
                                to="crm.retentionrule",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RoleEvent",
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
                            "data_scope",
                            models.CharField(
                                choices=[
                                    ("own", "own records"),
                                    ("team", "own team"),
                                    ("team_below", "own team and those below"),
                                    ("business_unit", "own business unit"),
                                    ("all", "everything"),
                                ],
                                default="own",
                                max_length=20,
                                verbose_name="reach",
                            ),
                        ),
                        ("reaches", models.JSONField(blank=True, default=dict, verbose_name="reach by kind of record")),
                        (
                            "permissions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="permissions",
                            ),
                        ),
                        (
                            "export_limit",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="How many rows of a list the role may export at a time. Empty: as many as it sees.",
                                null=True,
                                verbose_name="rows per export",
                            ),
                        ),
                        (
                            "reveal_limit",
                            models.PositiveIntegerField(
                                default=30,
                                help_text="How many masked phone numbers and e-mail addresses the role may look at in a day.",
                                verbose_name="looks at masked data per day",
                            ),
                        ),
                        (
                            "require_second_factor",
                            models.BooleanField(
                                default=False,
                                help_text="Whoever has this role signs in with a code of an app besides the password.",
                                verbose_name="second factor required",
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
                                to="crm.role",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TagEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=30, verbose_name="name")),
                        (
                            "colour",
                            models.CharField(
                                choices=[
                                    ("line", "White"),
                                    ("pri", "Blue"),
                                    ("info", "Turquoise"),
                                    ("ok", "Green"),
                                    ("warn", "Amber"),
                                    ("bad", "Red"),
                                    ("vio", "Violet"),
                                ],
                                default="line",
                                max_length=4,
                                verbose_name="colour",
                            ),
                        ),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="only for",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                                to="crm.tag",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="UnitEvent",
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
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("mass", "mass"),
                                    ("volume", "volume"),
                                    ("length", "length"),
                                    ("area", "area"),
                                    ("count", "count"),
                                    ("package", "package"),
                                ],
                                default="package",
                                help_text="A package (drum, carton) has no factor of its own: each product says how much it holds.",
                                max_length=10,
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "factor",
                            models.DecimalField(
                                blank=True,
                                decimal_places=12,
                                max_digits=24,
                                null=True,
                                verbose_name="base units in one",
                            ),
                        ),
                        ("is_base", models.BooleanField(default=False, verbose_name="base unit of its dimension")),
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
                                to="crm.unit",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("business_unit",),
                                name="calendar_one_per_unit",
                                nulls_distinct=False,
                                violation_error_message="There is such a calendar already: change that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weekdays__len__gte", 1), ("weekdays__contained_by", [1, 2, 3, 4, 5, 6, 7])
                                ),
                                name="calendar_some_weekday",
                                violation_error_message="Choose at least one working day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                                name="calendar_opens_before_it_closes",
                                violation_error_message="Work must begin before it ends.",
                            ),
                            models.CheckConstraint(
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
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UserRole",
                    fields=[],
                    options={
                        "verbose_name": "role of a user",
                        "verbose_name_plural": "roles of users",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("crm.user_roles",),
                ),
                migrations.CreateModel(
                    name="Product",
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
                            "list_price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="list price"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="on sale")),
                        ("specification", models.JSONField(blank=True, default=dict, verbose_name="specification")),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "product_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="products",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "base_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.unit",
                                verbose_name="base unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product",
                        "verbose_name_plural": "products",
                        "ordering": ["code"],
                        "abstract": False,
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="product_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["specification"], name="product_specification", opclasses=["jsonb_path_ops"]
                            ),
                            models.Index(fields=["name", "id"], name="product_name"),
                            models.Index(fields=["product_line", "code"], name="product_line_code"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("list_price__isnull", True), ("list_price__gt", 0), _connector="OR"
                                ),
                                name="product_list_price_positive",
                                violation_error_message="The list price must be larger than zero.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpecialDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "is_working",
                            models.BooleanField(
                                choices=[(False, "holiday"), (True, "make-up working day")], verbose_name="kind"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="occasion")),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="special_days",
                                to="crm.workingcalendar",
                                verbose_name="working calendar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "special day",
                        "verbose_name_plural": "special days",
                        "ordering": ["day", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("calendar", "day"),
                                name="special_day_once",
                                violation_error_message="This day is in the calendar already.",
                            )
                        ],
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
                migrations.CreateModel(
                    name="ApprovalPolicyStateChange",
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
                    name="ApprovalStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="crm.approvalpolicy",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approver", "role"), _negated=True),
                                    ("role__isnull", False),
                                    _connector="OR",
                                ),
                                name="policy_step_has_its_role",
                                violation_error_message="Choose the role that decides.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approver", "person"), _negated=True),
                                    ("person__isnull", False),
                                    _connector="OR",
                                ),
                                name="policy_step_has_its_person",
                                violation_error_message="Choose the person who decides.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("order__gte", 1), ("level__gte", 1)),
                                name="policy_step_counts_from_one",
                                violation_error_message="Steps and levels count from 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                        ("object_id", models.PositiveBigIntegerField()),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("contract", "Contract"),
                                    ("quotation", "Quotation"),
                                    ("specification", "Specification"),
                                    ("report", "Test report"),
                                    ("photo", "Photo"),
                                    ("mail", "E-mail"),
                                ],
                                max_length=20,
                                verbose_name="kind of file",
                            ),
                        ),
                        ("mime", models.CharField(max_length=100, verbose_name="content type")),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                storage=crm.records.models.attachment.file_storage,
                                upload_to="",
                                verbose_name="stored file",
                            ),
                        ),
                        ("stored_at", models.DateTimeField(editable=False, null=True)),
                        ("removed_at", models.DateTimeField(editable=False, null=True, verbose_name="removed at")),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="removed by",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="attached by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file",
                        "verbose_name_plural": "files",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["content_type", "object_id", "created_at"], name="attachment_record"),
                            models.Index(
                                condition=models.Q(("stored_at__isnull", True)),
                                fields=["created_at"],
                                name="attachment_unfinished",
                            ),
                            models.Index(
                                condition=models.Q(("removed_at__isnull", False)),
                                fields=["removed_at"],
                                name="attachment_removed",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at__isnull", True)),
                                fields=("content_type", "object_id", "sha256", "name"),
                                name="attachment_once",
                                violation_error_message="This very file is attached already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="attachment_removed_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChoiceItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=60, verbose_name="key")),
                        ("name", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="position"),
                        ),
                        (
                            "tone",
                            models.CharField(
                                choices=[
                                    ("line", "plain"),
                                    ("info", "blue"),
                                    ("ok", "green"),
                                    ("warn", "amber"),
                                    ("bad", "red"),
                                    ("pri", "brand colour"),
                                    ("vio", "violet"),
                                ],
                                default="line",
                                max_length=5,
                                verbose_name="colour",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        (
                            "is_fixed",
                            models.BooleanField(default=False, editable=False, verbose_name="the program relies on it"),
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
                                to="crm.choiceitem",
                            ),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.choicelist",
                                verbose_name="list",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("object_id", models.PositiveBigIntegerField()),
                        ("text", models.TextField(max_length=4000, verbose_name="comment")),
                        (
                            "mentioned",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None
                            ),
                        ),
                        ("edited_at", models.DateTimeField(editable=False, null=True, verbose_name="edited at")),
                        ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment",
                        "verbose_name_plural": "comments",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["content_type", "object_id", "id"], name="comment_record")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="comment_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deputy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        (
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stands_in_for",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="deputy",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deputies",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="absent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deputy arrangement",
                        "verbose_name_plural": "deputy arrangements",
                        "ordering": ["-starts_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="deputy_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("deputy")), _negated=True),
                                name="deputy_not_oneself",
                                violation_error_message="Nobody can stand in for themselves: choose a colleague.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        crm.organisation.models.structure._DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                    ("person", "="),
                                ],
                                name="deputy_one_at_a_time",
                                violation_error_message="Somebody stands in during that time already: end that arrangement first.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeRateEvent",
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
                                choices=[("daily", "daily rate"), ("budget", "budget rate")],
                                default="daily",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("rate", models.DecimalField(decimal_places=8, max_digits=18, verbose_name="rate")),
                        ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
                        (
                            "currency",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.currency",
                                verbose_name="currency",
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
                                to="crm.exchangerate",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ExtraFieldEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("record", models.CharField(max_length=60, verbose_name="kind of record")),
                        (
                            "key",
                            models.CharField(
                                help_text="Small letters and digits; it names the field in interfaces and never changes.",
                                max_length=30,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9]*\\Z", "Small letters and digits only, beginning with a letter."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("text", "text"),
                                    ("long_text", "long text"),
                                    ("integer", "whole number"),
                                    ("decimal", "decimal number"),
                                    ("date", "date"),
                                    ("boolean", "yes or no"),
                                    ("choice", "one choice"),
                                    ("choices", "several choices"),
                                    ("person", "person"),
                                ],
                                default="text",
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                        ("places", models.PositiveSmallIntegerField(default=2, verbose_name="decimal places")),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="at least"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="at most"
                            ),
                        ),
                        ("required", models.BooleanField(default=False, verbose_name="required")),
                        ("help_text", models.CharField(blank=True, max_length=200, verbose_name="help (Chinese)")),
                        ("help_text_en", models.CharField(blank=True, max_length=200, verbose_name="help (English)")),
                        (
                            "section",
                            models.CharField(
                                blank=True,
                                help_text="The heading in the form; empty: “More”.",
                                max_length=40,
                                verbose_name="section (Chinese)",
                            ),
                        ),
                        ("section_en", models.CharField(blank=True, max_length=40, verbose_name="section (English)")),
                        ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="A field that is not in use is hidden; its values are kept.",
                                verbose_name="in use",
                            ),
                        ),
                        (
                            "filterable",
                            models.BooleanField(
                                default=True,
                                help_text="An index is built for it in the background.",
                                verbose_name="lists can be filtered by it",
                            ),
                        ),
                        (
                            "searchable",
                            models.BooleanField(
                                default=False,
                                help_text="Texts only. Existing records follow in the background.",
                                verbose_name="the search finds it",
                            ),
                        ),
                        (
                            "index_ready",
                            models.BooleanField(default=False, editable=False, verbose_name="index is ready"),
                        ),
                        (
                            "choice_list",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.choicelist",
                                verbose_name="list of choices",
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
                                to="crm.extrafield",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("done", models.PositiveBigIntegerField(default=0, verbose_name="done")),
                        ("total", models.PositiveBigIntegerField(default=0, verbose_name="in all")),
                        ("message", models.TextField(blank=True, verbose_name="message")),
                        ("params", models.JSONField(blank=True, default=dict, verbose_name="started with")),
                        ("stop_asked", models.BooleanField(default=False, verbose_name="is to stop")),
                        ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("started_at", models.DateTimeField(null=True, verbose_name="started")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="started by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "job",
                        "verbose_name_plural": "jobs",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [("view_all_jobs", "Can see the background jobs of everybody")],
                        "indexes": [
                            models.Index(fields=["-created_at", "-id"], name="job_newest"),
                            models.Index(fields=["created_by", "-created_at", "-id"], name="job_newest_of_person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("url", models.CharField(blank=True, max_length=500, verbose_name="address")),
                        ("object_id", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("count", models.PositiveIntegerField(default=1, verbose_name="how many")),
                        ("in_inbox", models.BooleanField(default=True, verbose_name="in the inbox")),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                        ("at", models.DateTimeField(verbose_name="time")),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="caused by",
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recipient",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notification",
                        "verbose_name_plural": "notifications",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(fields=["recipient", "-at", "-id"], name="notification_newest"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["recipient", "kind"],
                                name="notification_unread",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("content_type__isnull", True), ("object_id__isnull", True)),
                                    models.Q(("content_type__isnull", False), ("object_id__isnull", False)),
                                    _connector="OR",
                                ),
                                name="notification_whole_reference",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NotificationChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("channel", models.CharField(max_length=30)),
                        ("wanted", models.BooleanField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "choice of a notification channel",
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "kind", "channel"), name="notification_choice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NotificationSettings",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                choices=[
                                    ("now", "at once"),
                                    ("hourly", "collected, every hour"),
                                    ("daily", "collected, once a day"),
                                ],
                                default="now",
                                max_length=10,
                                verbose_name="when",
                            ),
                        ),
                        ("daily_at", models.PositiveSmallIntegerField(default=8, verbose_name="hour of the day")),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notification settings",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                                    models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="notification_quiet_both_ends",
                                violation_error_message="Say both when the quiet hours begin and when they end, or neither.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("daily_at__lt", 24)),
                                name="notification_hour_of_day",
                                violation_error_message="Choose an hour of the day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PasswordHash",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("encoded", models.CharField(editable=False, max_length=128)),
                        ("set_at", models.DateTimeField(verbose_name="set at")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="password_hashes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "former password",
                        "verbose_name_plural": "former passwords",
                        "indexes": [models.Index(fields=["user", "-set_at", "-id"], name="passwordhash_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="ProductLineEvent",
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
                                to="crm.productline",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RecordMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_id", models.PositiveBigIntegerField()),
                        ("starred_at", models.DateTimeField(null=True, verbose_name="favourite since")),
                        ("followed_at", models.DateTimeField(null=True, verbose_name="followed since")),
                        ("seen_at", models.DateTimeField(null=True, verbose_name="last looked at")),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mark on a record",
                        "verbose_name_plural": "marks on records",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("seen_at__isnull", False)),
                                fields=["user", "-seen_at"],
                                name="recordmark_seen",
                            ),
                            models.Index(
                                condition=models.Q(("starred_at__isnull", False)),
                                fields=["user"],
                                name="recordmark_starred",
                            ),
                            models.Index(
                                condition=models.Q(("followed_at__isnull", False)),
                                fields=["content_type", "object_id"],
                                name="recordmark_followed",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "content_type", "object_id"), name="recordmark_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_id", models.BigIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[("read", "may read"), ("write", "may change")],
                                default="read",
                                max_length=5,
                                verbose_name="access",
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "shared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="shared by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shares",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="collaborator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "collaborator",
                        "verbose_name_plural": "collaborators",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("content_type", "object_id", "user"),
                                name="share_once",
                                violation_error_message="This colleague is a collaborator already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(editable=False, max_length=64)),
                        ("used_at", models.DateTimeField(null=True, verbose_name="used at")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recovery_codes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recovery code",
                        "verbose_name_plural": "recovery codes",
                        "constraints": [models.UniqueConstraint(fields=("user", "digest"), name="recoverycode_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PriceListEvent",
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
                        ("starts_on", models.DateField(verbose_name="valid from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "customer_grade",
                            models.CharField(
                                blank=True,
                                choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                                default="",
                                max_length=1,
                                verbose_name="customer grade",
                            ),
                        ),
                        (
                            "priority",
                            models.SmallIntegerField(
                                default=0,
                                help_text="The list with the higher number wins, however special the other is. Usually 0.",
                                verbose_name="priority",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.pricelist",
                                verbose_name="copied from",
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
                                to="crm.pricelist",
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
                    name="SecondFactor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key_encrypted", models.TextField(editable=False)),
                        ("last_step", models.BigIntegerField(editable=False)),
                        ("since", models.DateTimeField(verbose_name="in use since")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="second_factor",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "second factor",
                        "verbose_name_plural": "second factors",
                    },
                ),
                migrations.CreateModel(
                    name="SignInEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="time")),
                        ("username", models.CharField(blank=True, max_length=60, verbose_name="user name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signed_in", "signed in"),
                                    ("refused", "refused"),
                                    ("locked", "locked for a while"),
                                    ("unlocked", "unlocked"),
                                    ("signed_out", "signed out"),
                                    ("ended", "session ended"),
                                    ("confirmed", "confirmed with the password"),
                                    ("password_changed", "password changed"),
                                    ("password_reset", "password reset"),
                                    ("factor_on", "second factor set up"),
                                    ("factor_off", "second factor removed"),
                                    ("codes_renewed", "new recovery codes"),
                                ],
                                max_length=20,
                                verbose_name="event",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unknown", "unknown user name"),
                                    ("inactive", "account deactivated"),
                                    ("wrong_password", "wrong password"),
                                    ("wrong_code", "wrong code"),
                                    ("code_used", "code used before"),
                                    ("too_many", "too many attempts"),
                                    ("code", "with a code of the app"),
                                    ("recovery", "with a recovery code"),
                                    ("self", "by the person"),
                                    ("administrator", "by an administrator"),
                                    ("password", "the password was changed"),
                                    ("roles", "the roles were changed"),
                                    ("deactivated", "the account was deactivated"),
                                    ("factor_required", "a role now wants a second factor"),
                                ],
                                max_length=20,
                                verbose_name="reason",
                            ),
                        ),
                        ("address", models.GenericIPAddressField(null=True, verbose_name="address")),
                        ("agent", models.CharField(blank=True, max_length=300, verbose_name="device")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="done by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sign-in event",
                        "verbose_name_plural": "sign-in events",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(fields=["-at", "-id"], name="signinevent_newest"),
                            models.Index(fields=["user", "-at", "-id"], name="signinevent_own"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpecificationField",
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
                            "key",
                            models.CharField(
                                help_text="What the value is kept under; it cannot be changed later.",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$",
                                        "Small letters, digits and underscores, beginning with a letter.",
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("number", "number"),
                                    ("choice", "choice"),
                                    ("text", "text"),
                                    ("yes_no", "yes or no"),
                                ],
                                default="number",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit of the number")),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="smallest value"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="largest value"
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
                        ("required", models.BooleanField(default=False, verbose_name="required")),
                        ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
                        ("group", models.CharField(blank=True, max_length=40, verbose_name="group")),
                        (
                            "group_en",
                            models.CharField(blank=True, max_length=40, verbose_name="English name of the group"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "product_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="specification_fields",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "specification field",
                        "verbose_name_plural": "specification fields",
                        "ordering": ["product_line", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("product_line", "key"),
                                name="specification_field_key_once",
                                violation_error_message="This product line has a field of this key already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum__isnull", True),
                                    ("maximum__isnull", True),
                                    ("minimum__lte", models.F("maximum")),
                                    _connector="OR",
                                ),
                                name="specification_field_range",
                                violation_error_message="The smallest value must not be larger than the largest.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "number"),
                                    models.Q(("maximum__isnull", True), ("minimum__isnull", True), ("unit", "")),
                                    _connector="OR",
                                ),
                                name="specification_field_number",
                                violation_error_message="Only a number has a unit, a smallest and a largest value.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "choice"), ("choices__len__gt", 0)),
                                    models.Q(models.Q(("kind", "choice"), _negated=True), ("choices", [])),
                                    _connector="OR",
                                ),
                                name="specification_field_choices",
                                violation_error_message="A choice needs at least one entry to choose from; other kinds have none.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TagLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_id", models.PositiveBigIntegerField()),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="crm.tag"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tag of a record",
                        "verbose_name_plural": "tags of records",
                        "indexes": [models.Index(fields=["tag", "content_type", "object_id"], name="taglink_tag")],
                        "constraints": [
                            models.UniqueConstraint(fields=("content_type", "object_id", "tag"), name="taglink_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
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
                        ("path", models.CharField(db_index=True, editable=False, max_length=200)),
                        (
                            "business_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="manager",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="crm.team",
                                verbose_name="belongs to",
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
                    ],
                    options={
                        "verbose_name": "team",
                        "verbose_name_plural": "teams",
                        "ordering": ["code"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TrailErasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        ("kind", models.CharField(blank=True, max_length=80, verbose_name="kind of record")),
                        (
                            "records",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None, verbose_name="records"
                            ),
                        ),
                        (
                            "fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                default=list,
                                size=None,
                                verbose_name="fields",
                            ),
                        ),
                        ("before", models.DateField(null=True, verbose_name="older than")),
                        ("rows", models.PositiveBigIntegerField(verbose_name="rows")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("transaction", models.BigIntegerField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "erasure from the audit trail",
                        "verbose_name_plural": "erasures from the audit trail",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="UserEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("username", models.CharField(max_length=60, verbose_name="user name")),
                        ("display_name", models.CharField(max_length=60, verbose_name="name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="mobile")),
                        ("title", models.CharField(blank=True, max_length=60, verbose_name="position")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="must change the password"),
                        ),
                        ("is_superuser", models.BooleanField(default=False, verbose_name="superuser")),
                        ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                        (
                            "theme",
                            models.CharField(
                                choices=[("auto", "as the system"), ("light", "light"), ("dark", "dark")],
                                default="auto",
                                max_length=5,
                                verbose_name="colours",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "business_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
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
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="UserSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(editable=False, max_length=40)),
                        ("address", models.GenericIPAddressField(null=True, verbose_name="address")),
                        ("agent", models.CharField(blank=True, max_length=300, verbose_name="device")),
                        ("signed_in_at", models.DateTimeField(verbose_name="signed in")),
                        ("last_seen_at", models.DateTimeField(verbose_name="last seen")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "ordering": ["-last_seen_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None)),
                                fields=["user", "-last_seen_at"],
                                name="usersession_running",
                            )
                        ],
                    },
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
                migrations.CreateModel(
                    name="UserRoleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                            "role",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.role",
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
                                to="crm.userrole",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalRequest",
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
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="approval_search"
                            ),
                            models.Index(fields=["created_at", "id"], name="approval_created"),
                            models.Index(fields=["requester", "state", "created_at", "id"], name="approval_requester"),
                            models.Index(fields=["state", "created_at", "id"], name="approval_state"),
                            models.Index(fields=["content_type", "object_id"], name="approval_record"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "pending")),
                                fields=("content_type", "object_id"),
                                name="approval_one_pending",
                                violation_error_message="This document waits for approval already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttachmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("object_id", models.PositiveBigIntegerField()),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("contract", "Contract"),
                                    ("quotation", "Quotation"),
                                    ("specification", "Specification"),
                                    ("report", "Test report"),
                                    ("photo", "Photo"),
                                    ("mail", "E-mail"),
                                ],
                                max_length=20,
                                verbose_name="kind of file",
                            ),
                        ),
                        ("mime", models.CharField(max_length=100, verbose_name="content type")),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                storage=crm.records.models.attachment.file_storage,
                                upload_to="",
                                verbose_name="stored file",
                            ),
                        ),
                        ("stored_at", models.DateTimeField(editable=False, null=True)),
                        ("removed_at", models.DateTimeField(editable=False, null=True, verbose_name="removed at")),
                        (
                            "content_type",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="crm.attachment",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="removed by",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="attached by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CommentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("object_id", models.PositiveBigIntegerField()),
                        ("text", models.TextField(max_length=4000, verbose_name="comment")),
                        (
                            "mentioned",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None
                            ),
                        ),
                        ("edited_at", models.DateTimeField(editable=False, null=True, verbose_name="edited at")),
                        ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                        (
                            "author",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="crm.comment",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CompetitorProduct",
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
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
                        (
                            "competitor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="products",
                                to="crm.competitor",
                                verbose_name="competitor",
                            ),
                        ),
                        (
                            "comparable",
                            models.ManyToManyField(
                                blank=True,
                                related_name="rivals",
                                to="crm.product",
                                verbose_name="our comparable products",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                help_text="Ours that it competes with.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "competitor's product",
                        "verbose_name_plural": "competitors' products",
                        "ordering": ["name", "pk"],
                        "indexes": [models.Index(fields=["name", "id"], name="competitor_product_name")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("competitor", "name"),
                                name="competitor_product_once",
                                violation_error_message="This competitor has a product of this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeputyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        (
                            "deputy",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="deputy",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="absent",
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
                                to="crm.deputy",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
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
                        ("resource", models.CharField(max_length=60, verbose_name="kind of sheet")),
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        (
                            "upload",
                            models.FileField(
                                upload_to=crm.importing.models.batch.stored_name, verbose_name="stored file"
                            ),
                        ),
                        (
                            "rejected_file",
                            models.FileField(
                                blank=True,
                                upload_to=crm.importing.models.batch.rejected_name,
                                verbose_name="rejected rows",
                            ),
                        ),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="size")),
                        ("sheets", models.JSONField(default=list, verbose_name="sheets")),
                        ("sheet", models.CharField(blank=True, max_length=100, verbose_name="sheet")),
                        ("header_row", models.PositiveIntegerField(default=1, verbose_name="row of the column heads")),
                        ("headers", models.JSONField(default=list, verbose_name="column heads")),
                        ("samples", models.JSONField(default=list, verbose_name="samples")),
                        ("mapping", models.JSONField(default=list, verbose_name="assigned columns")),
                        ("edits", models.JSONField(blank=True, default=dict, verbose_name="corrections by hand")),
                        (
                            "on_duplicate",
                            models.CharField(
                                choices=[
                                    ("skip", "Skip them"),
                                    ("update", "Update the existing records"),
                                    ("create", "Create them as new records"),
                                ],
                                default="skip",
                                max_length=10,
                                verbose_name="duplicates",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("mapping", "columns to be assigned"),
                                    ("checking", "being checked"),
                                    ("ready", "checked"),
                                    ("committing", "being written"),
                                    ("done", "finished"),
                                    ("failed", "failed"),
                                ],
                                default="mapping",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("prepared", models.BooleanField(default=False, verbose_name="judged for writing")),
                        ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
                        ("row_count", models.PositiveIntegerField(default=0, verbose_name="rows")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("touched_at", models.DateTimeField(null=True, verbose_name="last sign of life")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="crm.job",
                                verbose_name="job",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "verbose_name_plural": "imports",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["created_by", "-created_at", "-id"], name="importbatch_own"),
                            models.Index(
                                condition=models.Q(("state__in", ["checking", "committing"])),
                                fields=["state"],
                                name="importbatch_running",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("list_key", models.CharField(max_length=80, verbose_name="list")),
                        ("query", models.TextField(blank=True, verbose_name="query")),
                        ("filters", models.TextField(blank=True, verbose_name="filters")),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                default=list,
                                size=None,
                                verbose_name="columns",
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[("xlsx", "Excel (.xlsx)"), ("csv", "Text (.csv)")],
                                max_length=4,
                                verbose_name="file type",
                            ),
                        ),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        ("rows", models.PositiveIntegerField(null=True, verbose_name="rows")),
                        (
                            "asked_rows",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="rows asked for"),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to=crm.exporting.models.export_log.stored_name, verbose_name="file"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="crm.job",
                                verbose_name="job",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export",
                        "verbose_name_plural": "exports",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [("export_lists", "Export lists")],
                        "indexes": [
                            models.Index(fields=["-created_at", "-id"], name="exportlog_newest"),
                            models.Index(fields=["created_by", "-created_at", "-id"], name="exportlog_own"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JobEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        (
                            "event",
                            models.CharField(
                                choices=[
                                    ("queued", "queued"),
                                    ("begun", "a worker began"),
                                    ("note", "note"),
                                    ("stop_asked", "asked to stop"),
                                    ("cancelled", "stopped"),
                                    ("failed", "failed"),
                                    ("done", "done"),
                                    ("retried", "started anew"),
                                ],
                                max_length=12,
                                verbose_name="what happened",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="log", to="crm.job"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a job's log",
                        "verbose_name_plural": "log of a job",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("channel", models.CharField(max_length=30, verbose_name="channel")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("sent", "sent"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("error", models.TextField(blank=True)),
                        (
                            "notification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="crm.notification",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery of a notification",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["due_at", "id"],
                                name="delivery_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")), fields=["claimed_at"], name="delivery_sending"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("notification", "channel"), name="delivery_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalDataEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        (
                            "deed",
                            models.CharField(
                                choices=[
                                    ("revealed", "looked at"),
                                    ("exported", "exported"),
                                    ("erased", "erased"),
                                    ("retention", "erased by a rule"),
                                ],
                                max_length=10,
                                verbose_name="event",
                            ),
                        ),
                        ("record_kind", models.CharField(blank=True, max_length=80, verbose_name="kind of record")),
                        ("record_id", models.BigIntegerField(null=True, verbose_name="record")),
                        ("field", models.CharField(blank=True, max_length=80, verbose_name="field")),
                        ("records", models.JSONField(blank=True, default=dict, verbose_name="records")),
                        ("rows", models.PositiveIntegerField(default=1, verbose_name="rows")),
                        ("requested_by", models.CharField(blank=True, max_length=200, verbose_name="requested by")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to=crm.personal.models.entry.stored_name, verbose_name="file"
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="done by",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="crm.job",
                                verbose_name="job",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the log of personal data",
                        "verbose_name_plural": "log of personal data",
                        "ordering": ["-at", "-pk"],
                        "permissions": [
                            ("reveal_personal_data", "Look at masked phone numbers and e-mail addresses"),
                            (
                                "manage_personal_data",
                                "Find, export and erase the data of a person, set how long data is kept",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["-at", "-id"], name="personalentry_newest"),
                            models.Index(fields=["actor", "deed", "at"], name="personalentry_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriceItem",
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
                            "quantity_from",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=18, verbose_name="from quantity"
                            ),
                        ),
                        (
                            "guide_price",
                            models.DecimalField(decimal_places=4, max_digits=18, verbose_name="guide price"),
                        ),
                        (
                            "floor_price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="floor price"
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "price_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="crm.pricelist",
                                verbose_name="price list",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prices",
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
                    ],
                    options={
                        "verbose_name": "price",
                        "verbose_name_plural": "prices",
                        "ordering": ["price_list", "product", "quantity_from", "pk"],
                        "permissions": [("view_floor_price", "Can see floor prices")],
                        "indexes": [
                            models.Index(fields=["product", "price_list"], name="price_product_list"),
                            models.Index(fields=["guide_price", "id"], name="price_guide"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("guide_price__gt", 0)),
                                name="price_guide_positive",
                                violation_error_message="The guide price must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("floor_price__isnull", True),
                                    models.Q(("floor_price__gt", 0), ("floor_price__lte", models.F("guide_price"))),
                                    _connector="OR",
                                ),
                                name="price_floor_below_guide",
                                violation_error_message="The floor price must be larger than zero and not above the guide price.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity_from__gte", 0)),
                                name="price_quantity_not_negative",
                                violation_error_message="The quantity must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="price_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("price_list", "="),
                                    ("product", "="),
                                    ("unit", "="),
                                    ("quantity_from", "="),
                                    (
                                        crm.organisation.models.structure._DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="price_once_at_a_time",
                                violation_error_message="This list has a price of the product from this quantity for the same time: change that one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numerator", models.PositiveIntegerField(verbose_name="base units")),
                        ("denominator", models.PositiveIntegerField(default=1, verbose_name="of this unit")),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="units",
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
                    ],
                    options={
                        "verbose_name": "unit of a product",
                        "verbose_name_plural": "units of products",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("product", "unit"),
                                name="product_unit_unique",
                                violation_error_message="The product has this unit already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("denominator__gt", 0), ("numerator__gt", 0)),
                                name="product_unit_positive",
                                violation_error_message="Both quantities must be larger than zero.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordShareEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("object_id", models.BigIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[("read", "may read"), ("write", "may change")],
                                default="read",
                                max_length=5,
                                verbose_name="access",
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        (
                            "content_type",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="crm.recordshare",
                            ),
                        ),
                        (
                            "shared_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="shared by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="collaborator",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
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
                    name="SavedView",
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
                        ("list_key", models.CharField(max_length=80, verbose_name="list")),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("query", models.TextField(blank=True, max_length=4000, verbose_name="query")),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("private", "only me"),
                                    ("team", "my team and those below"),
                                    ("everyone", "everyone"),
                                ],
                                default="private",
                                max_length=10,
                                verbose_name="shared with",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved view",
                        "verbose_name_plural": "saved views",
                        "ordering": ["name", "pk"],
                        "indexes": [models.Index(fields=["list_key"], name="savedview_list")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "list_key", "name"),
                                name="savedview_name_once",
                                violation_error_message="You have a view of this name already: choose another name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("audience", "team"), _negated=True),
                                    ("team__isnull", False),
                                    _connector="OR",
                                ),
                                name="savedview_team_is_known",
                                violation_error_message="You are in no team that the view could be shared with.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpecificationFieldEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "key",
                            models.CharField(
                                help_text="What the value is kept under; it cannot be changed later.",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$",
                                        "Small letters, digits and underscores, beginning with a letter.",
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("number", "number"),
                                    ("choice", "choice"),
                                    ("text", "text"),
                                    ("yes_no", "yes or no"),
                                ],
                                default="number",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit of the number")),
                        (
                            "minimum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="smallest value"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="largest value"
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
                        ("required", models.BooleanField(default=False, verbose_name="required")),
                        ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
                        ("group", models.CharField(blank=True, max_length=40, verbose_name="group")),
                        (
                            "group_en",
                            models.CharField(blank=True, max_length=40, verbose_name="English name of the group"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                                to="crm.specificationfield",
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
                    name="TagLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("object_id", models.PositiveBigIntegerField()),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="crm.taglink",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.tag",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Task",
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
                        ("title", models.CharField(max_length=200, verbose_name="to-do")),
                        ("text", models.TextField(blank=True, verbose_name="details")),
                        ("due_at", models.DateTimeField(verbose_name="due")),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "high"), (2, "normal"), (3, "low")], default=2, verbose_name="priority"
                            ),
                        ),
                        ("object_id", models.PositiveBigIntegerField(editable=False, null=True)),
                        ("kind", models.CharField(blank=True, editable=False, max_length=60, verbose_name="kind")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("cancelled", "cancelled")],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("remind_at", models.DateTimeField(blank=True, null=True, verbose_name="remind at")),
                        ("reminded_at", models.DateTimeField(editable=False, null=True)),
                        ("overdue_told_at", models.DateTimeField(editable=False, null=True)),
                        ("done_note", models.TextField(blank=True, editable=False, verbose_name="outcome")),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "assignee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned to",
                            ),
                        ),
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
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "creator",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
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
                        "verbose_name": "to-do",
                        "verbose_name_plural": "to-dos",
                        "ordering": ["due_at", "pk"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="task_search"
                            ),
                            models.Index(fields=["due_at", "id"], name="task_due"),
                            models.Index(fields=["created_at", "id"], name="task_created"),
                            models.Index(fields=["assignee", "state", "due_at", "id"], name="task_assignee_due"),
                            models.Index(fields=["creator", "state", "due_at"], name="task_creator_due"),
                            models.Index(fields=["team", "state", "due_at"], name="task_team_due"),
                            models.Index(fields=["business_unit", "state", "due_at"], name="task_unit_due"),
                            models.Index(fields=["content_type", "object_id"], name="task_record"),
                            models.Index(
                                condition=models.Q(("reminded_at__isnull", True), ("state", "open")),
                                fields=["remind_at"],
                                name="task_to_remind",
                            ),
                            models.Index(
                                condition=models.Q(("overdue_told_at__isnull", True), ("state", "open")),
                                fields=["due_at"],
                                name="task_to_tell",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("content_type__isnull", True), ("object_id__isnull", True)),
                                    models.Q(("content_type__isnull", False), ("object_id__isnull", False)),
                                    _connector="OR",
                                ),
                                name="task_whole_reference",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamEvent",
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
                        ("path", models.CharField(editable=False, max_length=200)),
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
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="manager",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                                verbose_name="belongs to",
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
                                to="crm.team",
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
                    name="TeamManager",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="managers",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="manages",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="manager",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team manager",
                        "verbose_name_plural": "team managers",
                        "ordering": ["team", "starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="manager_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        crm.organisation.models.structure._DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                    ("team", "="),
                                ],
                                name="manager_one_at_a_time",
                                violation_error_message="The team has another manager during that time.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMembership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team membership",
                        "verbose_name_plural": "team memberships",
                        "ordering": ["user", "starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="membership_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        crm.organisation.models.structure._DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                    ("user", "="),
                                ],
                                name="membership_one_team_at_a_time",
                                violation_error_message="This person is in another team during that time: end that membership first.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductEvent",
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
                            "list_price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="list price"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="on sale")),
                        ("specification", models.JSONField(blank=True, default=dict, verbose_name="specification")),
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
                                to="crm.product",
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
                            "base_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.unit",
                                verbose_name="base unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
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
                migrations.CreateModel(
                    name="ComparableProduct",
                    fields=[],
                    options={
                        "verbose_name": "comparable product",
                        "verbose_name_plural": "comparable products",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("crm.competitorproduct_comparable",),
                ),
                migrations.CreateModel(
                    name="ApprovalRequestStateChange",
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="crm.approvalrequest",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approver", "role"), _negated=True),
                                    ("role__isnull", False),
                                    _connector="OR",
                                ),
                                name="request_step_has_its_role",
                                violation_error_message="Choose the role that decides.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approver", "person"), _negated=True),
                                    ("person__isnull", False),
                                    _connector="OR",
                                ),
                                name="request_step_has_its_person",
                                violation_error_message="Choose the person who decides.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("order__gte", 1), ("level__gte", 1)),
                                name="request_step_counts_from_one",
                                violation_error_message="Steps and levels count from 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="row")),
                        ("raw", models.JSONField(default=list, verbose_name="cells")),
                        ("clean", models.JSONField(default=dict, verbose_name="values")),
                        ("errors", models.JSONField(default=list, verbose_name="errors")),
                        ("fixes", models.JSONField(default=list, verbose_name="corrections")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("new", "to be created"),
                                    ("changed", "to be updated"),
                                    ("unchanged", "no change"),
                                    ("duplicate", "duplicate"),
                                    ("error", "error"),
                                ],
                                max_length=10,
                                verbose_name="result of the check",
                            ),
                        ),
                        ("target_id", models.BigIntegerField(null=True, verbose_name="record")),
                        ("duplicate_of", models.PositiveIntegerField(null=True, verbose_name="repeats row")),
                        ("note", models.JSONField(default=dict, verbose_name="remark")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("created", "record created"),
                                    ("updated", "record updated"),
                                    ("unchanged", "no change"),
                                    ("skipped", "skipped as a duplicate"),
                                    ("rejected", "rejected"),
                                ],
                                max_length=10,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="crm.importbatch",
                                verbose_name="import",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of an import",
                        "verbose_name_plural": "rows of imports",
                        "ordering": ["number", "pk"],
                        "indexes": [models.Index(fields=["batch", "status", "number"], name="importrow_status")],
                        "constraints": [models.UniqueConstraint(fields=("batch", "number"), name="import_row_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalDataEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        (
                            "deed",
                            models.CharField(
                                choices=[
                                    ("revealed", "looked at"),
                                    ("exported", "exported"),
                                    ("erased", "erased"),
                                    ("retention", "erased by a rule"),
                                ],
                                max_length=10,
                                verbose_name="event",
                            ),
                        ),
                        ("record_kind", models.CharField(blank=True, max_length=80, verbose_name="kind of record")),
                        ("record_id", models.BigIntegerField(null=True, verbose_name="record")),
                        ("field", models.CharField(blank=True, max_length=80, verbose_name="field")),
                        ("records", models.JSONField(blank=True, default=dict, verbose_name="records")),
                        ("rows", models.PositiveIntegerField(default=1, verbose_name="rows")),
                        ("requested_by", models.CharField(blank=True, max_length=200, verbose_name="requested by")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "actor",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="done by",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.job",
                                verbose_name="job",
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
                                to="crm.personaldataentry",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CompetitorProductEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
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
                                to="crm.competitorproduct",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Ours that it competes with.",
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
                    name="PriceReport",
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
                        ("price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="price")),
                        (
                            "price_base",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, verbose_name="price in base currency"
                            ),
                        ),
                        ("observed_on", models.DateField(verbose_name="seen on")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("customer", "told by a customer"),
                                    ("quote", "quotation seen"),
                                    ("distributor", "told by a distributor"),
                                    ("tender", "opening of a tender"),
                                    ("published", "published price"),
                                    ("fair", "trade fair"),
                                    ("other", "other"),
                                ],
                                default="customer",
                                max_length=15,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "reliability",
                            models.CharField(
                                choices=[("confirmed", "confirmed"), ("probable", "probable"), ("rumour", "hearsay")],
                                default="probable",
                                max_length=10,
                                verbose_name="reliability",
                            ),
                        ),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
                        ("object_id", models.PositiveBigIntegerField(editable=False, null=True)),
                        (
                            "competitor_product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="crm.competitorproduct",
                                verbose_name="competitor's product",
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
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
                            "reporter",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reported by",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.unit",
                                verbose_name="per unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "competitor's price",
                        "verbose_name_plural": "competitors' prices",
                        "ordering": ["-observed_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["observed_on", "id"], name="price_report_day"),
                            models.Index(fields=["competitor_product", "observed_on"], name="price_report_product_day"),
                            models.Index(fields=["content_type", "object_id"], name="price_report_record"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("price__gt", 0)),
                                name="price_report_positive",
                                violation_error_message="The price must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("content_type__isnull", True), ("object_id__isnull", True)),
                                    models.Q(("content_type__isnull", False), ("object_id__isnull", False)),
                                    _connector="OR",
                                ),
                                name="price_report_whole_reference",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListSetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("list_key", models.CharField(max_length=80, verbose_name="list")),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="columns",
                            ),
                        ),
                        ("sort", models.CharField(blank=True, max_length=200, verbose_name="sort")),
                        ("density", models.CharField(blank=True, max_length=10, verbose_name="row height")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "default_view",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="crm.savedview",
                                verbose_name="opens with",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "setting of a list",
                        "verbose_name_plural": "settings of lists",
                        "constraints": [models.UniqueConstraint(fields=("user", "list_key"), name="listsetting_once")],
                    },
                ),
                migrations.CreateModel(
                    name="TaskStateChange",
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
                                choices=[("open", "open"), ("done", "done"), ("cancelled", "cancelled")], max_length=10
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("cancelled", "cancelled")], max_length=10
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="state_changes", to="crm.task"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a to-do",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TaskEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("title", models.CharField(max_length=200, verbose_name="to-do")),
                        ("text", models.TextField(blank=True, verbose_name="details")),
                        ("due_at", models.DateTimeField(verbose_name="due")),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "high"), (2, "normal"), (3, "low")], default=2, verbose_name="priority"
                            ),
                        ),
                        ("object_id", models.PositiveBigIntegerField(editable=False, null=True)),
                        ("kind", models.CharField(blank=True, editable=False, max_length=60, verbose_name="kind")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("cancelled", "cancelled")],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("remind_at", models.DateTimeField(blank=True, null=True, verbose_name="remind at")),
                        ("done_note", models.TextField(blank=True, editable=False, verbose_name="outcome")),
                        (
                            "assignee",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned to",
                            ),
                        ),
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
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "creator",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
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
                                to="crm.task",
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
                    name="TeamManagerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                                to="crm.teammanager",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="manager",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TeamMembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                                to="crm.teammembership",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProductUnitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("numerator", models.PositiveIntegerField(verbose_name="base units")),
                        ("denominator", models.PositiveIntegerField(default=1, verbose_name="of this unit")),
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
                                to="crm.productunit",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PriceItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "quantity_from",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=18, verbose_name="from quantity"
                            ),
                        ),
                        (
                            "guide_price",
                            models.DecimalField(decimal_places=4, max_digits=18, verbose_name="guide price"),
                        ),
                        (
                            "floor_price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="floor price"
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
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
                                to="crm.priceitem",
                            ),
                        ),
                        (
                            "price_list",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.pricelist",
                                verbose_name="price list",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ComparableProductEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                            "competitorproduct",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.competitorproduct",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.product",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="crm.comparableproduct",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalEvent",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="log",
                                to="crm.approvalrequest",
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
                        "indexes": [
                            models.Index(fields=["request", "at"], name="approval_event_request"),
                            models.Index(fields=["actor", "request"], name="approval_event_actor"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalAssignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_open", True)),
                                fields=["user", "request"],
                                name="assignment_open",
                            ),
                            models.Index(fields=["request", "user"], name="assignment_request"),
                            models.Index(
                                condition=models.Q(("is_open", True), ("reminded_at__isnull", True)),
                                fields=["remind_at"],
                                name="assignment_to_remind",
                            ),
                            models.Index(
                                condition=models.Q(("is_open", True)),
                                fields=["escalate_at"],
                                name="assignment_to_escalate",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("step", "user"),
                                name="assignment_once",
                                violation_error_message="This colleague has to decide this step already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_open", False),
                                    models.Q(("closed_at__isnull", True), ("opened_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="assignment_open_or_closed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriceReportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="price")),
                        (
                            "price_base",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, verbose_name="price in base currency"
                            ),
                        ),
                        ("observed_on", models.DateField(verbose_name="seen on")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("customer", "told by a customer"),
                                    ("quote", "quotation seen"),
                                    ("distributor", "told by a distributor"),
                                    ("tender", "opening of a tender"),
                                    ("published", "published price"),
                                    ("fair", "trade fair"),
                                    ("other", "other"),
                                ],
                                default="customer",
                                max_length=15,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "reliability",
                            models.CharField(
                                choices=[("confirmed", "confirmed"), ("probable", "probable"), ("rumour", "hearsay")],
                                default="probable",
                                max_length=10,
                                verbose_name="reliability",
                            ),
                        ),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
                        ("object_id", models.PositiveBigIntegerField(editable=False, null=True)),
                        (
                            "competitor_product",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.competitorproduct",
                                verbose_name="competitor's product",
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contenttypes.contenttype",
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
                                to="crm.pricereport",
                            ),
                        ),
                        (
                            "reporter",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reported by",
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
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
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
                pgtrigger.migrations.AddTrigger(
                    model_name="businessunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_businessunitevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="627588d6e65dd9cd5afe949585fe4cfc1bf24a3d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3eddc",
                            table="crm_businessunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_businessunitevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="fa3a5c3ba27fcf414a32835d6cc94a11910feb18",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a957e",
                            table="crm_businessunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="choicelist",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_choicelistevent" ("allows_other", "created_at", "id", "key", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."allows_other", NEW."created_at", NEW."id", NEW."key", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="cd6ed0aeb8910ddbc1323b90a601a6202162109d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9b0c8",
                            table="crm_choicelist",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="choicelist",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_choicelistevent" ("allows_other", "created_at", "id", "key", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."allows_other", NEW."created_at", NEW."id", NEW."key", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="05e93f2e135bf262ddbd8320f59dc3a64cad878a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_860dc",
                            table="crm_choicelist",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="competitor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_competitorevent" ("code", "country", "created_at", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "strengths", "updated_at", "version", "weaknesses", "website") VALUES (NEW."code", NEW."country", NEW."created_at", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_name", NEW."strengths", NEW."updated_at", NEW."version", NEW."weaknesses", NEW."website"); RETURN NULL;',
                            hash="332988e9a96ec8c4b771364a1b355eec0948a540",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8865c",
                            table="crm_competitor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="competitor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."strengths" IS DISTINCT FROM (NEW."strengths") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."weaknesses" IS DISTINCT FROM (NEW."weaknesses") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                            func='INSERT INTO "crm_competitorevent" ("code", "country", "created_at", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "strengths", "updated_at", "version", "weaknesses", "website") VALUES (NEW."code", NEW."country", NEW."created_at", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_name", NEW."strengths", NEW."updated_at", NEW."version", NEW."weaknesses", NEW."website"); RETURN NULL;',
                            hash="6f7007d5500b5d5d612ee51d84cd85f4148e0dd5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3f75f",
                            table="crm_competitor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="currency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_currencyevent" ("code", "created_at", "decimals", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."decimals", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="9be71f5a92ae69adbd310853112e4b450963e418",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8df86",
                            table="crm_currency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="currency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_currencyevent" ("code", "created_at", "decimals", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."decimals", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="673c3d88280ae501c86259d171fb769eda1ba018",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fd736",
                            table="crm_currency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="numberformat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_numberformatevent" ("created_at", "id", "kind", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reset", "start", "updated_at", "version") VALUES (NEW."created_at", NEW."id", NEW."kind", NEW."pattern", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reset", NEW."start", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="d09cb3a74c819414cf16898cdf83e77dc9628208",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cdcd1",
                            table="crm_numberformat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="numberformat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_numberformatevent" ("created_at", "id", "kind", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reset", "start", "updated_at", "version") VALUES (NEW."created_at", NEW."id", NEW."kind", NEW."pattern", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reset", NEW."start", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="3b69f0676dd02a6d4df99aa9611c77980388322d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_19dca",
                            table="crm_numberformat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_retentionruleevent" ("created_at", "id", "is_active", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="8fb44af87f68488ce0989bc4e4581bf5cc196313",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1e4af",
                            table="crm_retentionrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_retentionruleevent" ("created_at", "id", "is_active", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="bf4d770a95bf9b80db7f96de9e4e74243b3a5bb5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_79672",
                            table="crm_retentionrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_roleevent" ("code", "created_at", "data_scope", "export_limit", "id", "name", "name_en", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reaches", "require_second_factor", "reveal_limit", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."data_scope", NEW."export_limit", NEW."id", NEW."name", NEW."name_en", NEW."permissions", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reaches", NEW."require_second_factor", NEW."reveal_limit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="1b9f149635118fefdb67d903e8ae1ba4fee08aa8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2a84b",
                            table="crm_role",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_roleevent" ("code", "created_at", "data_scope", "export_limit", "id", "name", "name_en", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reaches", "require_second_factor", "reveal_limit", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."data_scope", NEW."export_limit", NEW."id", NEW."name", NEW."name_en", NEW."permissions", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reaches", NEW."require_second_factor", NEW."reveal_limit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="aa2cf0065d53a2cf62e0bd699a39b7f4838469e2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_38abf",
                            table="crm_role",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_tagevent" ("colour", "created_at", "id", "is_active", "kinds", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."colour", NEW."created_at", NEW."id", NEW."is_active", NEW."kinds", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="69acf49de8609542ca0919dadef3044db488b2c5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7ad15",
                            table="crm_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_tagevent" ("colour", "created_at", "id", "is_active", "kinds", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."colour", NEW."created_at", NEW."id", NEW."is_active", NEW."kinds", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="a098d221291a2cef5735563bb4175d0e74ed2106",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ba07a",
                            table="crm_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="unit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_unitevent" ("code", "created_at", "dimension", "factor", "id", "is_base", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."dimension", NEW."factor", NEW."id", NEW."is_base", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="594d0cc3fcb002c068701a2e82e0cebe651ab1de",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cb5ab",
                            table="crm_unit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="unit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_unitevent" ("code", "created_at", "dimension", "factor", "id", "is_base", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."dimension", NEW."factor", NEW."id", NEW."is_base", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="e55afa83bf725487892e930124d7fbade24f9591",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4f932",
                            table="crm_unit",
                            when="AFTER",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="attachment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_attachmentevent" ("content_type_id", "created_at", "file", "id", "kind", "mime", "name", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id", "sha256", "size", "stored_at", "updated_at", "uploaded_by_id", "version") VALUES (NEW."content_type_id", NEW."created_at", NEW."file", NEW."id", NEW."kind", NEW."mime", NEW."name", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."removed_by_id", NEW."sha256", NEW."size", NEW."stored_at", NEW."updated_at", NEW."uploaded_by_id", NEW."version"); RETURN NULL;',
                            hash="389ddb4fb80ad307e4433eed4955bf73b75a508b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_01724",
                            table="crm_attachment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="attachment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_attachmentevent" ("content_type_id", "created_at", "file", "id", "kind", "mime", "name", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id", "sha256", "size", "stored_at", "updated_at", "uploaded_by_id", "version") VALUES (NEW."content_type_id", NEW."created_at", NEW."file", NEW."id", NEW."kind", NEW."mime", NEW."name", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removed_at", NEW."removed_by_id", NEW."sha256", NEW."size", NEW."stored_at", NEW."updated_at", NEW."uploaded_by_id", NEW."version"); RETURN NULL;',
                            hash="fdf428c892dfa92fb092b5a5a78446b7ce3e5684",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_876a2",
                            table="crm_attachment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="attachment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_attachmentevent" ("content_type_id", "created_at", "file", "id", "kind", "mime", "name", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id", "sha256", "size", "stored_at", "updated_at", "uploaded_by_id", "version") VALUES (OLD."content_type_id", OLD."created_at", OLD."file", OLD."id", OLD."kind", OLD."mime", OLD."name", OLD."object_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."removed_at", OLD."removed_by_id", OLD."sha256", OLD."size", OLD."stored_at", OLD."updated_at", OLD."uploaded_by_id", OLD."version"); RETURN NULL;',
                            hash="684155f846d304e3d07781b2fe4e8a04460abd82",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_81c0c",
                            table="crm_attachment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="choiceitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_choiceitemevent" ("code", "created_at", "id", "is_active", "is_fixed", "list_id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tone", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."is_active", NEW."is_fixed", NEW."list_id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."tone", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="6a1fa0a3a930c1bc3784d80ed5f75766c7958ac2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3884c",
                            table="crm_choiceitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="choiceitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_choiceitemevent" ("code", "created_at", "id", "is_active", "is_fixed", "list_id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tone", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."is_active", NEW."is_fixed", NEW."list_id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."tone", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="9848d791076ac27e2a907fdfd0e3461c9e07ded1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5bc64",
                            table="crm_choiceitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="choiceitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_choiceitemevent" ("code", "created_at", "id", "is_active", "is_fixed", "list_id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tone", "updated_at", "version") VALUES (OLD."code", OLD."created_at", OLD."id", OLD."is_active", OLD."is_fixed", OLD."list_id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."tone", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="ef7796481e1b203bea5d6e7064b99445f2a02992",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_31bc9",
                            table="crm_choiceitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="comment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_commentevent" ("author_id", "content_type_id", "created_at", "deleted_at", "edited_at", "id", "mentioned", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "updated_at", "version") VALUES (NEW."author_id", NEW."content_type_id", NEW."created_at", NEW."deleted_at", NEW."edited_at", NEW."id", NEW."mentioned", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="f53bd1b945f25c326dc0972885f79f8b25c1e203",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cf5ea",
                            table="crm_comment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="comment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_commentevent" ("author_id", "content_type_id", "created_at", "deleted_at", "edited_at", "id", "mentioned", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "updated_at", "version") VALUES (NEW."author_id", NEW."content_type_id", NEW."created_at", NEW."deleted_at", NEW."edited_at", NEW."id", NEW."mentioned", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="adc594534cc0e552612fe8709338841146aee369",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e9a75",
                            table="crm_comment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deputy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_deputyevent" ("created_at", "deputy_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."created_at", NEW."deputy_id", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;',
                            hash="0881bc154a00173db68e44e2ccda6d277c46d6d5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_111d1",
                            table="crm_deputy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deputy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_deputyevent" ("created_at", "deputy_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."created_at", NEW."deputy_id", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;',
                            hash="75dc095a4732f1711b92a188dcb276b693610736",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_67a1e",
                            table="crm_deputy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deputy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_deputyevent" ("created_at", "deputy_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (OLD."created_at", OLD."deputy_id", OLD."ends_on", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."starts_on"); RETURN NULL;',
                            hash="787b6adfb16169968ee6399df8f6ba584fac1fdb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fee24",
                            table="crm_deputy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchangerate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_exchangerateevent" ("created_at", "currency_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "starts_on", "updated_at", "version") VALUES (NEW."created_at", NEW."currency_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."source", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="d40cd994a45696c42425f54f4305ec31d8a34664",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_da31e",
                            table="crm_exchangerate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchangerate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_exchangerateevent" ("created_at", "currency_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "starts_on", "updated_at", "version") VALUES (NEW."created_at", NEW."currency_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."source", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="9bbd262a7056fbed5e9a7ea4919cd054d6a56592",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_90b8c",
                            table="crm_exchangerate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="extrafield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_extrafieldevent" ("choice_list_id", "created_at", "filterable", "help_text", "help_text_en", "id", "index_ready", "is_active", "key", "maximum", "minimum", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "position", "record", "required", "searchable", "section", "section_en", "type", "unit", "updated_at", "version") VALUES (NEW."choice_list_id", NEW."created_at", NEW."filterable", NEW."help_text", NEW."help_text_en", NEW."id", NEW."index_ready", NEW."is_active", NEW."key", NEW."maximum", NEW."minimum", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."position", NEW."record", NEW."required", NEW."searchable", NEW."section", NEW."section_en", NEW."type", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="b668bde30982043d42fdc49881828eba41bb2bda",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_28dcd",
                            table="crm_extrafield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="extrafield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_extrafieldevent" ("choice_list_id", "created_at", "filterable", "help_text", "help_text_en", "id", "index_ready", "is_active", "key", "maximum", "minimum", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "position", "record", "required", "searchable", "section", "section_en", "type", "unit", "updated_at", "version") VALUES (NEW."choice_list_id", NEW."created_at", NEW."filterable", NEW."help_text", NEW."help_text_en", NEW."id", NEW."index_ready", NEW."is_active", NEW."key", NEW."maximum", NEW."minimum", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."position", NEW."record", NEW."required", NEW."searchable", NEW."section", NEW."section_en", NEW."type", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="f8cc4cc32cbe8c3cb8dbad7e676488d5c74bc068",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_98fab",
                            table="crm_extrafield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="extrafield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_extrafieldevent" ("choice_list_id", "created_at", "filterable", "help_text", "help_text_en", "id", "index_ready", "is_active", "key", "maximum", "minimum", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "position", "record", "required", "searchable", "section", "section_en", "type", "unit", "updated_at", "version") VALUES (OLD."choice_list_id", OLD."created_at", OLD."filterable", OLD."help_text", OLD."help_text_en", OLD."id", OLD."index_ready", OLD."is_active", OLD."key", OLD."maximum", OLD."minimum", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."places", OLD."position", OLD."record", OLD."required", OLD."searchable", OLD."section", OLD."section_en", OLD."type", OLD."unit", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="45425a259d05c81971c7293221f0591ce3820690",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d1e81",
                            table="crm_extrafield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="personaldataentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_personaldataentryevent" ("actor_id", "at", "deed", "field", "id", "job_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "record_id", "record_kind", "records", "requested_by", "rows") VALUES (NEW."actor_id", NEW."at", NEW."deed", NEW."field", NEW."id", NEW."job_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."record_id", NEW."record_kind", NEW."records", NEW."requested_by", NEW."rows"); RETURN NULL;',
                            hash="5e303a82c1fee3b9a9d13b4e4ba583410f3592ea",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_37ef7",
                            table="crm_personaldataentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="productline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_productlineevent" ("business_unit_id", "code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="91902c333f01e5426280dfed6d4382a79166e87a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ffb2d",
                            table="crm_productline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="productline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_productlineevent" ("business_unit_id", "code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="52a3aca6ae5479fcfcf22a52473832e52191b635",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fb96b",
                            table="crm_productline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="competitorproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_competitorproductevent" ("competitor_id", "created_at", "id", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "updated_at", "version") VALUES (NEW."competitor_id", NEW."created_at", NEW."id", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="f6d88cf0fef0c898420d23b2ec7f3355b508d35b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_566f8",
                            table="crm_competitorproduct",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="competitorproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_competitorproductevent" ("competitor_id", "created_at", "id", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "updated_at", "version") VALUES (NEW."competitor_id", NEW."created_at", NEW."id", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="2666a98e1b6360aae33c55ba72319491a257e650",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33be3",
                            table="crm_competitorproduct",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_recordshareevent" ("content_type_id", "created_at", "id", "level", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_by_id", "until", "user_id") VALUES (NEW."content_type_id", NEW."created_at", NEW."id", NEW."level", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shared_by_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="07d18486288ea30bc1980a5725697f0ce97ff2c3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c6d3b",
                            table="crm_recordshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_recordshareevent" ("content_type_id", "created_at", "id", "level", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_by_id", "until", "user_id") VALUES (NEW."content_type_id", NEW."created_at", NEW."id", NEW."level", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shared_by_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="15b39e00a93dc0c085054b906894723dbe2f0afd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_11eaf",
                            table="crm_recordshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_recordshareevent" ("content_type_id", "created_at", "id", "level", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_by_id", "until", "user_id") VALUES (OLD."content_type_id", OLD."created_at", OLD."id", OLD."level", OLD."object_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."shared_by_id", OLD."until", OLD."user_id"); RETURN NULL;',
                            hash="54693e70916196dc0b859dbbb373006d9028bb5e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8f070",
                            table="crm_recordshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="region",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_regionevent" ("code", "created_at", "id", "name", "name_en", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="60bd2f0d20f71722aaa25fe25d184e8ada9730fa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_de8eb",
                            table="crm_region",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="region",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_regionevent" ("code", "created_at", "id", "name", "name_en", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="f3a350cd6dc3770dcea09d57746d6c19305c21d9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4c75b",
                            table="crm_region",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pricelist",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_pricelistevent" ("business_unit_id", "code", "copied_from_id", "created_at", "currency_id", "customer_grade", "ends_on", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "region_id", "starts_on", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."copied_from_id", NEW."created_at", NEW."currency_id", NEW."customer_grade", NEW."ends_on", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."region_id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="7fb314cc360af516e35778311a864912b2fd5972",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d3de7",
                            table="crm_pricelist",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pricelist",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_pricelistevent" ("business_unit_id", "code", "copied_from_id", "created_at", "currency_id", "customer_grade", "ends_on", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "region_id", "starts_on", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."copied_from_id", NEW."created_at", NEW."currency_id", NEW."customer_grade", NEW."ends_on", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."region_id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="272fc5c2c66f9de28cb0cc2abb531510a94ab409",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8cdc5",
                            table="crm_pricelist",
                            when="AFTER",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_userevent" ("business_unit_id", "created_at", "display_name", "email", "id", "is_active", "is_superuser", "language", "must_change_password", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "theme", "title", "updated_at", "username", "version") VALUES (NEW."business_unit_id", NEW."created_at", NEW."display_name", NEW."email", NEW."id", NEW."is_active", NEW."is_superuser", NEW."language", NEW."must_change_password", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."theme", NEW."title", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                            hash="d7dd01c2d67a0ac9e90bfaa11da95b886763f6e4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_98f47",
                            table="crm_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."display_name" IS DISTINCT FROM (NEW."display_name") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."must_change_password" IS DISTINCT FROM (NEW."must_change_password") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."theme" IS DISTINCT FROM (NEW."theme") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "crm_userevent" ("business_unit_id", "created_at", "display_name", "email", "id", "is_active", "is_superuser", "language", "must_change_password", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "theme", "title", "updated_at", "username", "version") VALUES (NEW."business_unit_id", NEW."created_at", NEW."display_name", NEW."email", NEW."id", NEW."is_active", NEW."is_superuser", NEW."language", NEW."must_change_password", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."theme", NEW."title", NEW."updated_at", NEW."username", NEW."version"); RETURN NULL;',
                            hash="939996bf8c4461020c0e0a7dc998c1efced4c2b2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3aa0c",
                            table="crm_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specificationfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_specificationfieldevent" ("choices", "created_at", "group", "group_en", "id", "is_active", "key", "kind", "maximum", "minimum", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_line_id", "required", "unit", "updated_at", "version") VALUES (NEW."choices", NEW."created_at", NEW."group", NEW."group_en", NEW."id", NEW."is_active", NEW."key", NEW."kind", NEW."maximum", NEW."minimum", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."product_line_id", NEW."required", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="4dc57618a0613efc3b82add7382656958026c825",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dafa6",
                            table="crm_specificationfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specificationfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_specificationfieldevent" ("choices", "created_at", "group", "group_en", "id", "is_active", "key", "kind", "maximum", "minimum", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_line_id", "required", "unit", "updated_at", "version") VALUES (NEW."choices", NEW."created_at", NEW."group", NEW."group_en", NEW."id", NEW."is_active", NEW."key", NEW."kind", NEW."maximum", NEW."minimum", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."product_line_id", NEW."required", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="d6b3d09bb5cdd0cfd8eca84f006d97dbb85fe8be",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_696e7",
                            table="crm_specificationfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taglink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_taglinkevent" ("added_at", "added_by_id", "content_type_id", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."content_type_id", NEW."id", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tag_id"); RETURN NULL;',
                            hash="9b062055d3313383c0be92b357b3f50e9ae930a9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_156a2",
                            table="crm_taglink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taglink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_taglinkevent" ("added_at", "added_by_id", "content_type_id", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (OLD."added_at", OLD."added_by_id", OLD."content_type_id", OLD."id", OLD."object_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tag_id"); RETURN NULL;',
                            hash="abcb30e4b767458604c2eca7f5a050811eb3a005",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5d5be",
                            table="crm_taglink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_teamevent" ("business_unit_id", "code", "created_at", "id", "manager_id", "name", "name_en", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."manager_id", NEW."name", NEW."name_en", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="690321197b8188b8b54938bf2abc7c0984db3d86",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a6471",
                            table="crm_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_teamevent" ("business_unit_id", "code", "created_at", "id", "manager_id", "name", "name_en", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."manager_id", NEW."name", NEW."name_en", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="812436f037d5b136abaf5a0644fd27d053235b03",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_21505",
                            table="crm_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_taskevent" ("assignee_id", "business_unit_id", "content_type_id", "created_at", "creator_id", "done_note", "due_at", "id", "kind", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "remind_at", "state", "state_since", "team_id", "text", "title", "updated_at", "version") VALUES (NEW."assignee_id", NEW."business_unit_id", NEW."content_type_id", NEW."created_at", NEW."creator_id", NEW."done_note", NEW."due_at", NEW."id", NEW."kind", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."remind_at", NEW."state", NEW."state_since", NEW."team_id", NEW."text", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="601c98426b10b3236d71c616ca8d6d57825511bf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f9739",
                            table="crm_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."content_type_id" IS DISTINCT FROM (NEW."content_type_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."creator_id" IS DISTINCT FROM (NEW."creator_id") OR OLD."done_note" IS DISTINCT FROM (NEW."done_note") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."priority" IS DISTINCT FROM (NEW."priority") OR OLD."remind_at" IS DISTINCT FROM (NEW."remind_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "crm_taskevent" ("assignee_id", "business_unit_id", "content_type_id", "created_at", "creator_id", "done_note", "due_at", "id", "kind", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "remind_at", "state", "state_since", "team_id", "text", "title", "updated_at", "version") VALUES (NEW."assignee_id", NEW."business_unit_id", NEW."content_type_id", NEW."created_at", NEW."creator_id", NEW."done_note", NEW."due_at", NEW."id", NEW."kind", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."remind_at", NEW."state", NEW."state_since", NEW."team_id", NEW."text", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="1ca17444e89b94565287d769e69a34b6cd6c4db1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e0e47",
                            table="crm_task",
                            when="AFTER",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="teammanager",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_teammanagerevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="7818558bc7707f43c8e4225b2ea1d5fa6611b3d7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e5398",
                            table="crm_teammanager",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teammanager",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_teammanagerevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="4ca90eaf4913611a045646a9cec8caafcd75c511",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5c8a1",
                            table="crm_teammanager",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teammanager",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_teammanagerevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "user_id") VALUES (OLD."ends_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."team_id", OLD."user_id"); RETURN NULL;',
                            hash="3f7e6a5d4caba383e8694a02a78202405294cf48",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_044ef",
                            table="crm_teammanager",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teammembership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_teammembershipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="3ab0ef6f117003d61a2c1414fb1dc03395479f95",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e33a5",
                            table="crm_teammembership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teammembership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_teammembershipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="2feef9e531efbb167e3fb6f05c1da7cfa4a608b6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ebcdd",
                            table="crm_teammembership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teammembership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_teammembershipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "user_id") VALUES (OLD."ends_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."team_id", OLD."user_id"); RETURN NULL;',
                            hash="51bce638b32ffe212cbd963213e3c5f533b90749",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7b2d0",
                            table="crm_teammembership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="productunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_productunitevent" ("denominator", "id", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "unit_id") VALUES (NEW."denominator", NEW."id", NEW."numerator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."unit_id"); RETURN NULL;',
                            hash="f5470db485c2b579a55704334c1f28a3b217b66f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4ebd3",
                            table="crm_productunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="productunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_productunitevent" ("denominator", "id", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "unit_id") VALUES (NEW."denominator", NEW."id", NEW."numerator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."unit_id"); RETURN NULL;',
                            hash="645ce4108436da59a6a9899c77769c0a5b4d5ea3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4faf7",
                            table="crm_productunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="productunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_productunitevent" ("denominator", "id", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "unit_id") VALUES (OLD."denominator", OLD."id", OLD."numerator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."unit_id"); RETURN NULL;',
                            hash="f3af928592f38b095a331cdd3886de2c2ce6b367",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cbd91",
                            table="crm_productunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="product",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_productevent" ("base_unit_id", "code", "created_at", "id", "is_active", "list_price", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "specification", "updated_at", "version") VALUES (NEW."base_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."is_active", NEW."list_price", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."specification", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="29c4284945bed87a912c512712571e7e57ce25d5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cca5b",
                            table="crm_product",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="product",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."base_unit_id" IS DISTINCT FROM (NEW."base_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."list_price" IS DISTINCT FROM (NEW."list_price") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."specification" IS DISTINCT FROM (NEW."specification") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "crm_productevent" ("base_unit_id", "code", "created_at", "id", "is_active", "list_price", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "specification", "updated_at", "version") VALUES (NEW."base_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."is_active", NEW."list_price", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."specification", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="928e87755e236b2c21a657dd345314d7940897af",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_84063",
                            table="crm_product",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pricereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_pricereportevent" ("competitor_product_id", "content_type_id", "created_at", "currency_id", "id", "notes", "object_id", "observed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "price_base", "region_id", "reliability", "reporter_id", "source", "unit_id", "updated_at", "version") VALUES (NEW."competitor_product_id", NEW."content_type_id", NEW."created_at", NEW."currency_id", NEW."id", NEW."notes", NEW."object_id", NEW."observed_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."price_base", NEW."region_id", NEW."reliability", NEW."reporter_id", NEW."source", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="e39b0494560c55dc2a16eb2bd6b9d3022037203d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8842e",
                            table="crm_pricereport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pricereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_pricereportevent" ("competitor_product_id", "content_type_id", "created_at", "currency_id", "id", "notes", "object_id", "observed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "price_base", "region_id", "reliability", "reporter_id", "source", "unit_id", "updated_at", "version") VALUES (NEW."competitor_product_id", NEW."content_type_id", NEW."created_at", NEW."currency_id", NEW."id", NEW."notes", NEW."object_id", NEW."observed_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."price_base", NEW."region_id", NEW."reliability", NEW."reporter_id", NEW."source", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="e989578a8eb9308d053e23647bfd4c4837aaac0c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_50564",
                            table="crm_pricereport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="priceitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_priceitemevent" ("created_at", "ends_on", "floor_price", "guide_price", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "quantity_from", "starts_on", "unit_id", "updated_at", "version") VALUES (NEW."created_at", NEW."ends_on", NEW."floor_price", NEW."guide_price", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_list_id", NEW."product_id", NEW."quantity_from", NEW."starts_on", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="bb72624dc7927e6a9e536992d913bdfd229e5680",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_52610",
                            table="crm_priceitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="priceitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "crm_priceitemevent" ("created_at", "ends_on", "floor_price", "guide_price", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "quantity_from", "starts_on", "unit_id", "updated_at", "version") VALUES (NEW."created_at", NEW."ends_on", NEW."floor_price", NEW."guide_price", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_list_id", NEW."product_id", NEW."quantity_from", NEW."starts_on", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="d02f70ac327c4a1102759bc8fb7f66e66e44f428",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b5da2",
                            table="crm_priceitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="priceitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_priceitemevent" ("created_at", "ends_on", "floor_price", "guide_price", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "quantity_from", "starts_on", "unit_id", "updated_at", "version") VALUES (OLD."created_at", OLD."ends_on", OLD."floor_price", OLD."guide_price", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_list_id", OLD."product_id", OLD."quantity_from", OLD."starts_on", OLD."unit_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="97ddc87ec778611a7f0b35132c3ad15285d0c73e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_66bbe",
                            table="crm_priceitem",
                            when="AFTER",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="comparableproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_comparableproductevent" ("competitorproduct_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (NEW."competitorproduct_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id"); RETURN NULL;',
                            hash="4e69c929932eacde9b7043f0199a704e6bac4e88",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_776b7",
                            table="crm_competitorproduct_comparable",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="comparableproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_comparableproductevent" ("competitorproduct_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (OLD."competitorproduct_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id"); RETURN NULL;',
                            hash="906786b33f80ebe244957b5c285ba9649d95a332",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_306ba",
                            table="crm_competitorproduct_comparable",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="userrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_userroleevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role_id", NEW."user_id"); RETURN NULL;',
                            hash="5f206423fce97275f4edc4a659c6a4b0d1b9a92d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_397e6",
                            table="crm_user_roles",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="userrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "crm_userroleevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role_id", OLD."user_id"); RETURN NULL;',
                            hash="228288e420e362d4dcf45388ecfd4322cd69ed4f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_152b5",
                            table="crm_user_roles",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunSQL(ATTACH_CONTEXT, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS pghistory_context_facts ON pghistory_context USING gin (metadata jsonb_path_ops)",
            "DROP INDEX IF EXISTS pghistory_context_facts",
        ),
    ]
