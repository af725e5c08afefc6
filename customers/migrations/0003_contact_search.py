"""Contacts are found by pinyin and initials too, and every phone number by its digits, however it is written."""

from typing import Any

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import crm.base.models
from crm.records.pinyin import search_text_of

AT_A_TIME = 2000


def fill(apps: Any, schema_editor: Any) -> None:
    """The search text of the contacts there are."""
    contacts = apps.get_model("customers", "Contact")._base_manager
    rows: list[Any] = []
    for contact in contacts.only("pk", "name", "email", "phone").order_by("pk").iterator(chunk_size=AT_A_TIME):
        contact.search_text = search_text_of(contact.name, others=(contact.email,), phone=contact.phone)
        rows.append(contact)
        if len(rows) == AT_A_TIME:
            contacts.bulk_update(rows, ["search_text"])
            rows.clear()
    contacts.bulk_update(rows, ["search_text"])


DIGITS = """
UPDATE customers_customer SET search_text = search_text || ' ' || regexp_replace(phone, '\\D', '', 'g')
WHERE phone ~ '\\D' AND phone ~ '\\d'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_no_negative_amounts"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="update_update",
        ),
        migrations.RemoveIndex(
            model_name="contact",
            name="contact_name_search",
        ),
        migrations.RemoveIndex(
            model_name="contact",
            name="contact_phone_search",
        ),
        migrations.AddField(
            model_name="contact",
            name="search_text",
            field=models.TextField(default="", editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_primary" IS DISTINCT FROM (NEW."is_primary") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "customers_contactevent" ("created_at", "customer_id", "email", "id", "is_primary", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "title", "updated_at", "version") VALUES (NEW."created_at", NEW."customer_id", NEW."email", NEW."id", NEW."is_primary", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."role", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="1a4cfe4083531af8d2fc343f3832cd389072a23f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_760d1",
                    table="customers_contact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(DIGITS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                crm.base.models.Bigrams("search_text"), name="contact_search"
            ),
        ),
    ]
