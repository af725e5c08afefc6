"""In which language customers want certificates, how early the next one, and two kinds more to choose from."""

from typing import Any

import crm.base.migrating
import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

KEY, NAMES, NAMES_BEFORE = (
    "certificate_kind",
    ("证书种类", "Kinds of certificates"),
    ("客户要求的证书", "Certificates demanded"),
)
ITEMS = (("tds", "TDS 技术数据表", "TDS"), ("audit", "审核报告", "audit report"))


def add_kinds(apps: Any, _schema_editor: Any) -> None:
    """For installations whose list is older than they are; what administrators have named otherwise stays."""
    found = apps.get_model("crm", "ChoiceList").objects.filter(key=KEY).first()
    if found is None:
        return
    if (found.name, found.name_en) == NAMES_BEFORE:
        found.name, found.name_en = NAMES
        found.save(update_fields=["name", "name_en"])
    items = apps.get_model("crm", "ChoiceItem").objects.filter(list=found)
    last = max(items.values_list("position", flat=True), default=0)
    for place, (code, name, name_en) in enumerate(ITEMS, last + 1):
        if not items.filter(models.Q(code=code) | models.Q(name=name)).exists():
            items.create(list=found, code=code, name=name, name_en=name_en, tone="line", position=place)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0004_customer_course"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="customercertificatedemand",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="customercertificatedemand",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="customercertificatedemand",
                    name="language",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("", "any language"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("both", "Chinese and English"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                migrations.AddField(
                    model_name="customercertificatedemand",
                    name="renewal_days",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(730)],
                        verbose_name="renewal wanted (days before the end)",
                    ),
                ),
                migrations.AddField(
                    model_name="customercertificatedemandevent",
                    name="language",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("", "any language"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("both", "Chinese and English"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                migrations.AddField(
                    model_name="customercertificatedemandevent",
                    name="renewal_days",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(730)],
                        verbose_name="renewal wanted (days before the end)",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customercertificatedemand",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customercertificatedemandevent" ("created_at", "customer_id", "given_on", "id", "kind", "language", "needed_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "remark", "renewal_days", "updated_at", "valid_until", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."given_on", NEW."id", NEW."kind", NEW."language", NEW."needed_since", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."remark", NEW."renewal_days", NEW."updated_at", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="1772ea5957f617833ecce0ba35b8a87fff6e7c27",
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
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."given_on" IS DISTINCT FROM (NEW."given_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."needed_since" IS DISTINCT FROM (NEW."needed_since") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."renewal_days" IS DISTINCT FROM (NEW."renewal_days") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "customers_customercertificatedemandevent" ("created_at", "customer_id", "given_on", "id", "kind", "language", "needed_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "remark", "renewal_days", "updated_at", "valid_until", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."given_on", NEW."id", NEW."kind", NEW."language", NEW."needed_since", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."remark", NEW."renewal_days", NEW."updated_at", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="a440bd59944bbaba7ce6466df474cd46a1be8f32",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_44bbf",
                            table="customers_customercertificatedemand",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(add_kinds, migrations.RunPython.noop),
    ]
