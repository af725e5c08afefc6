"""The log of sign-ins knows of API tokens."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0006_sign_in_ways"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signinevent",
            name="kind",
            field=models.CharField(
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
                    ("token_made", "API token made"),
                    ("token_revoked", "API token revoked"),
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
    ]
