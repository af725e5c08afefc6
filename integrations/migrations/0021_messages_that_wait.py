"""Messages to the ERP that wait too long raise an alarm; more reasons why one is not there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0020_webhook_attempts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="alarm",
            name="kind",
            field=models.CharField(
                choices=[
                    ("failed", "The sync fails"),
                    ("late", "The sync is late"),
                    ("missed", "Nothing new is handed in"),
                    ("rejected", "Rows are rejected"),
                    ("different", "The ERP and we differ"),
                    ("stuck", "A message to the ERP waits too long"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("off", "handing over is switched off"),
                    ("no_area", "no sales area"),
                    ("no_code", "no code for the terms"),
                    ("no_product", "product without ERP number"),
                    ("no_customer", "customer not in the ERP"),
                    ("no_freight", "no condition for freight"),
                    ("too_long", "reference too long"),
                    ("gone", "nothing to send any more"),
                    ("exists", "in the ERP already, by its tax number"),
                    ("erp_says", "refused by the ERP"),
                    ("unreachable", "ERP cannot be reached"),
                    ("turned_away", "request turned away by the ERP"),
                    ("unknown", "outcome not known"),
                    ("erp_failed", "error of the ERP, outcome not known"),
                    ("no_number", "in the ERP, but without a number"),
                    ("taken", "its number is somebody else's here"),
                    ("unexpected", "unexpected error"),
                ],
                max_length=12,
                verbose_name="reason",
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessageevent",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("off", "handing over is switched off"),
                    ("no_area", "no sales area"),
                    ("no_code", "no code for the terms"),
                    ("no_product", "product without ERP number"),
                    ("no_customer", "customer not in the ERP"),
                    ("no_freight", "no condition for freight"),
                    ("too_long", "reference too long"),
                    ("gone", "nothing to send any more"),
                    ("exists", "in the ERP already, by its tax number"),
                    ("erp_says", "refused by the ERP"),
                    ("unreachable", "ERP cannot be reached"),
                    ("turned_away", "request turned away by the ERP"),
                    ("unknown", "outcome not known"),
                    ("erp_failed", "error of the ERP, outcome not known"),
                    ("no_number", "in the ERP, but without a number"),
                    ("taken", "its number is somebody else's here"),
                    ("unexpected", "unexpected error"),
                ],
                max_length=12,
                verbose_name="reason",
            ),
        ),
    ]
