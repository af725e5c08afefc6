"""A lead is found by its phone number however that is written."""

from django.db import migrations

DIGITS = """
UPDATE leads_lead SET search_text = search_text || ' ' || regexp_replace(phone, '\\D', '', 'g')
WHERE phone ~ '\\D' AND phone ~ '\\d'
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0002_no_negative_amounts")]

    operations = [migrations.RunSQL(DIGITS, migrations.RunSQL.noop)]
