import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from crm.organisation.granting import give_rights

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
    dependencies = [
        ("crm", "0019_lists"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
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
            name="TrailErasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        base_field=models.CharField(max_length=80), default=list, size=None, verbose_name="fields"
                    ),
                ),
                ("before", models.DateField(null=True, verbose_name="older than")),
                ("rows", models.PositiveBigIntegerField(verbose_name="rows")),
                ("reason", models.TextField(verbose_name="reason")),
                ("transaction", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "erasure from the audit trail",
                "verbose_name_plural": "erasures from the audit trail",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="trailerasure",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.RunSQL(ATTACH_CONTEXT, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS pghistory_context_facts ON pghistory_context USING gin (metadata jsonb_path_ops)",
            "DROP INDEX IF EXISTS pghistory_context_facts",
        ),
        give_rights("crm.view_trail"),
    ]
