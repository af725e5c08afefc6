import crm.base.migrating
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from crm.organisation.granting import give_rights

# Written without a trail: nobody changed anything, the columns repeat what the stage says.
OF_THEIR_STAGE = """
ALTER TABLE opportunities_opportunity DISABLE TRIGGER USER;
UPDATE opportunities_opportunity o SET probability = s.probability, standard_days = s.standard_days
FROM opportunities_stage s WHERE s.id = o.stage_id;
ALTER TABLE opportunities_opportunity ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Sales processes by product line; what a stage means is kept with the opportunity."""

    dependencies = [
        ("crm", "0005_cost_rights"),
        ("opportunities", "0007_tenders"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="SalesProcess",
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
                        "verbose_name": "sales process",
                        "verbose_name_plural": "sales processes",
                        "ordering": ["code"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_salesprocessevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="8964486658675c4721c651d4b71c5965d10b9135",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c3cfe",
                                    table="opportunities_salesprocess",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "opportunities_salesprocessevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="e106234ef770bf60ec3e386b1b5781328fb641df",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_99446",
                                    table="opportunities_salesprocess",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_salesprocessevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."code", OLD."created_at", OLD."id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                                    hash="09712026fb29612eca35d589ec476092eefa3ce4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_06e47",
                                    table="opportunities_salesprocess",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SalesProcessEvent",
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
                                to="opportunities.salesprocess",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProcessLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "product_line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="opportunities.salesprocess",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product line of a process",
                        "verbose_name_plural": "product lines of a process",
                        "ordering": ["product_line"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_processlineevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "product_line_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."process_id", NEW."product_line_id"); RETURN NULL;',
                                    hash="906da92aaf4d060bb9f119f669e14068df6a07ce",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_1e878",
                                    table="opportunities_processline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "opportunities_processlineevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "product_line_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."process_id", NEW."product_line_id"); RETURN NULL;',
                                    hash="a9a8ec8bc5c5b639ed72029b5d0d2a9630483990",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_40333",
                                    table="opportunities_processline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_processlineevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "product_line_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."process_id", OLD."product_line_id"); RETURN NULL;',
                                    hash="4c6515c4349b3df861c2b369aa0337b433bbc2bb",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b7ca4",
                                    table="opportunities_processline",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessLineEvent",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="opportunities.processline",
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
                            "process",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.salesprocess",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProcessStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "probability",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="win probability (%)",
                            ),
                        ),
                        (
                            "standard_days",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="standard days"
                            ),
                        ),
                        ("valid_from", models.DateTimeField(editable=False, verbose_name="holds from")),
                        ("valid_until", models.DateTimeField(editable=False, null=True, verbose_name="held until")),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="opportunities.stage",
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stages",
                                to="opportunities.salesprocess",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stage of a process",
                        "verbose_name_plural": "stages of a process",
                        "ordering": ["process", "stage"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("probability__lte", 100)), name="process_stage_probability"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("process", "stage"),
                                name="process_stage_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_processstageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "process_id", "stage_id", "standard_days", "valid_from", "valid_until") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."probability", NEW."process_id", NEW."stage_id", NEW."standard_days", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                                    hash="fad0b6643793a117103edf871e95c226a64c6454",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_898b3",
                                    table="opportunities_processstage",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "opportunities_processstageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "process_id", "stage_id", "standard_days", "valid_from", "valid_until") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."probability", NEW."process_id", NEW."stage_id", NEW."standard_days", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                                    hash="39a685632f5eb7596b9771610dd4a37a178e5e16",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f0544",
                                    table="opportunities_processstage",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_processstageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "process_id", "stage_id", "standard_days", "valid_from", "valid_until") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."probability", OLD."process_id", OLD."stage_id", OLD."standard_days", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                                    hash="6b0c4ce918445332014ab343fbab85a59a595a4c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6f88c",
                                    table="opportunities_processstage",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessStageEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "probability",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="win probability (%)",
                            ),
                        ),
                        (
                            "standard_days",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="standard days"
                            ),
                        ),
                        ("valid_from", models.DateTimeField(editable=False, verbose_name="holds from")),
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
                                to="opportunities.processstage",
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
                        (
                            "process",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.salesprocess",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesprocess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_salesprocessevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="8964486658675c4721c651d4b71c5965d10b9135",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3cfe",
                            table="opportunities_salesprocess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesprocess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_salesprocessevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="e106234ef770bf60ec3e386b1b5781328fb641df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_99446",
                            table="opportunities_salesprocess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="salesprocess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_salesprocessevent" ("code", "created_at", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."code", OLD."created_at", OLD."id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="09712026fb29612eca35d589ec476092eefa3ce4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_06e47",
                            table="opportunities_salesprocess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_processstageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "process_id", "stage_id", "standard_days", "valid_from", "valid_until") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."probability", NEW."process_id", NEW."stage_id", NEW."standard_days", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="fad0b6643793a117103edf871e95c226a64c6454",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_898b3",
                            table="opportunities_processstage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_processstageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "process_id", "stage_id", "standard_days", "valid_from", "valid_until") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."probability", NEW."process_id", NEW."stage_id", NEW."standard_days", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="39a685632f5eb7596b9771610dd4a37a178e5e16",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f0544",
                            table="opportunities_processstage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_processstageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "process_id", "stage_id", "standard_days", "valid_from", "valid_until") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."probability", OLD."process_id", OLD."stage_id", OLD."standard_days", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="6b0c4ce918445332014ab343fbab85a59a595a4c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6f88c",
                            table="opportunities_processstage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_processlineevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "product_line_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."process_id", NEW."product_line_id"); RETURN NULL;',
                            hash="906da92aaf4d060bb9f119f669e14068df6a07ce",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1e878",
                            table="opportunities_processline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_processlineevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "product_line_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."process_id", NEW."product_line_id"); RETURN NULL;',
                            hash="a9a8ec8bc5c5b639ed72029b5d0d2a9630483990",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_40333",
                            table="opportunities_processline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_processlineevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "product_line_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."process_id", OLD."product_line_id"); RETURN NULL;',
                            hash="4c6515c4349b3df861c2b369aa0337b433bbc2bb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b7ca4",
                            table="opportunities_processline",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        crm.base.migrating.Together(
            operations=[
                migrations.AddField(
                    model_name="opportunity",
                    name="probability",
                    field=models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="win probability (%)"
                    ),
                ),
                migrations.AddField(
                    model_name="opportunity",
                    name="standard_days",
                    field=models.PositiveSmallIntegerField(default=30, editable=False, verbose_name="standard days"),
                ),
            ]
        ),
        migrations.RunSQL(OF_THEIR_STAGE, migrations.RunSQL.noop),
        give_rights("opportunities.view_salesprocess", "opportunities.change_salesprocess"),
    ]
