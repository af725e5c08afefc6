"""People sign in by an account elsewhere too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signinevent",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown", "unknown user name"),
                    ("inactive", "account deactivated"),
                    ("wrong_password", "wrong password"),
                    ("wrong_code", "wrong code"),
                    ("code_used", "code used before"),
                    ("too_many", "too many attempts"),
                    ("code", "with a code of the app"),
                    ("recovery", "with a recovery code"),
                    ("wecom", "with WeCom"),
                    ("not_linked", "WeCom account that is nobody's"),
                    ("self", "by the person"),
                    ("administrator", "by an administrator"),
                    ("password", "the password was changed"),
                    ("roles", "the roles were changed"),
                    ("deactivated", "the account was deactivated"),
                    ("factor_required", "a role now wants a second factor"),
                ],
                max_length=20,
                verbose_name="reason",
            ),
        ),
    ]
