"""Targets, and what figures refer to."""

import crm.base.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("analytics", "0002_initial"),
        ("analytics", "0003_target_members"),
        ("analytics", "0004_cell_name"),
    ]

    dependencies = [
        ("analytics", "0001_figures"),
        ("crm", "0003_first_rows"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.AddField(
                    model_name="target",
                    name="business_unit",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.businessunit",
                        verbose_name="business unit",
                    ),
                ),
                migrations.AddField(
                    model_name="target",
                    name="region",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.region",
                        verbose_name="region",
                    ),
                ),
                migrations.AddField(
                    model_name="target",
                    name="rep",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sales rep",
                    ),
                ),
                migrations.AddField(
                    model_name="target",
                    name="team",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.team",
                        verbose_name="team",
                    ),
                ),
                migrations.AddField(
                    model_name="targetevent",
                    name="business_unit",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="targetevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="targetevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="analytics.target",
                    ),
                ),
                migrations.AddField(
                    model_name="targetevent",
                    name="region",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="targetevent",
                    name="rep",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sales rep",
                    ),
                ),
                migrations.AddField(
                    model_name="targetevent",
                    name="team",
                    field=models.ForeignKey(
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
        ),
        crm.base.migrating.Together(
            operations=[
                migrations.AddIndex(
                    model_name="target",
                    index=models.Index(
                        condition=models.Q(("region", None), ("rep", None), ("team", None)),
                        fields=["month"],
                        name="target_wide",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="target",
                    constraint=models.UniqueConstraint(
                        fields=("indicator", "month", "business_unit", "region", "team", "rep"),
                        name="target_of_member_unique",
                        nulls_distinct=False,
                        violation_error_message="There is a target for this indicator and month already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="target",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("business_unit", None), ("region", None), ("team", None)),
                            models.Q(("business_unit", None), ("region", None), ("rep", None)),
                            models.Q(("business_unit", None), ("rep", None), ("team", None)),
                            models.Q(("region", None), ("rep", None), ("team", None)),
                            _connector="OR",
                        ),
                        name="target_of_one_member",
                        violation_error_message="A target is for one business unit, one region, one team or one person.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "analytics_targetevent" ("business_unit_id", "created_at", "id", "indicator", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "rep_id", "team_id", "updated_at", "value", "version") VALUES (NEW."business_unit_id", NEW."created_at", NEW."id", NEW."indicator", NEW."month", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."rep_id", NEW."team_id", NEW."updated_at", NEW."value", NEW."version"); RETURN NULL;',
                            hash="5dac065d9ba3d94e7676a729910e6e4b31e9a9e8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_38b63",
                            table="analytics_target",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "analytics_targetevent" ("business_unit_id", "created_at", "id", "indicator", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "rep_id", "team_id", "updated_at", "value", "version") VALUES (NEW."business_unit_id", NEW."created_at", NEW."id", NEW."indicator", NEW."month", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."rep_id", NEW."team_id", NEW."updated_at", NEW."value", NEW."version"); RETURN NULL;',
                            hash="77bd01d226abcbcde570b2994ce3c807a5d69baa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cd4ba",
                            table="analytics_target",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
