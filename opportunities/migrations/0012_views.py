"""Key projects; and the first entry of each stage history, so that it is complete."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
import crm.base.migrating
from django.db import migrations, models

from crm.organisation.granting import give_rights


# Until now the history began with the first move. The row of the first stage has no source; its time is that of the record, or
# of the first move where a record was brought in later than it moved.
FIRST_ENTRIES = """
INSERT INTO opportunities_opportunitystagechange (record_id, source_id, target_id, at, seconds_in_source, actor_id, reason)
SELECT o.id, NULL, COALESCE(c.source_id, o.stage_id), LEAST(o.created_at, c.at), 0, NULL, ''
FROM opportunities_opportunity o
LEFT JOIN LATERAL (
    SELECT source_id, at FROM opportunities_opportunitystagechange WHERE record_id = o.id ORDER BY at, id LIMIT 1
) c ON true
WHERE NOT EXISTS (
    SELECT 1 FROM opportunities_opportunitystagechange e WHERE e.record_id = o.id AND e.source_id IS NULL
)
"""
WITHOUT_FIRST_ENTRIES = "DELETE FROM opportunities_opportunitystagechange WHERE source_id IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0011_development"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="KeyProject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("marked_at", models.DateTimeField(auto_now_add=True, verbose_name="marked at")),
                        (
                            "marked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="marked by",
                            ),
                        ),
                        (
                            "opportunity",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="key_project",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "key project",
                        "verbose_name_plural": "key projects",
                        "ordering": ["-marked_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="KeyProjectEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("marked_at", models.DateTimeField(auto_now_add=True, verbose_name="marked at")),
                        (
                            "marked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="marked by",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
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
                                to="opportunities.keyproject",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="keyproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_keyprojectevent" ("id", "marked_at", "marked_by_id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."marked_at", NEW."marked_by_id", NEW."opportunity_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="2f6f27183e8b551bd2825b9a64edfcdb8cd18adf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b6978",
                            table="opportunities_keyproject",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="keyproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_keyprojectevent" ("id", "marked_at", "marked_by_id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."marked_at", NEW."marked_by_id", NEW."opportunity_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="b5da90ae64f614adc491ae5825b3862813aa9c22",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96c31",
                            table="opportunities_keyproject",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="keyproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_keyprojectevent" ("id", "marked_at", "marked_by_id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."marked_at", OLD."marked_by_id", OLD."opportunity_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="cc4826124f9be68f21a42b61b72d2fb8cb19f1a5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_83186",
                            table="opportunities_keyproject",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        # before rows are written: their foreign keys are checked at the end, and until then the table cannot be changed
        crm.base.migrating.Together(
            operations=[
                migrations.AddField(
                    model_name="opportunitystagechange",
                    name="probability_left",
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name="opportunitystagechange",
                    name="days_left",
                    field=models.PositiveSmallIntegerField(null=True),
                ),
            ]
        ),
        migrations.RunSQL(FIRST_ENTRIES, WITHOUT_FIRST_ENTRIES),
        give_rights("opportunities.add_keyproject"),
    ]
