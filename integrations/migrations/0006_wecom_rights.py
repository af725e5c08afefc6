"""Administrators set WeCom up, auditors see how; who sells has check-ins."""

from django.db import migrations

from crm.organisation.granting import give_rights, rights_on


class Migration(migrations.Migration):
    dependencies = [("integrations", "0005_wecom")]

    operations = [
        give_rights(*rights_on("integrations.wecomsettings", "integrations.wecomcheckin", actions="view change")),
    ]
