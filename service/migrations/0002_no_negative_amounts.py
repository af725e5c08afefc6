"""Amounts are not negative. Rows from before that break the rule stay as they are until somebody changes them."""

from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0013_saved_views"),
        ("customers", "0002_no_negative_amounts"),
        ("orders", "0001_initial"),
        ("service", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("affected_kg__isnull", True), ("affected_kg__gte", 0), _connector="OR"),
                name="complaint_affected_not_negative",
                violation_error_message="The quantity affected must not be negative.",
            ),
        ),
        AddConstraintNotValid(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("loss_base__gte", 0)),
                name="complaint_loss_not_negative",
                violation_error_message="The loss must not be negative.",
            ),
        ),
        AddConstraintNotValid(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("received_on"))),
                name="complaint_due_after_receipt",
                violation_error_message="The answer cannot be due before the complaint was received.",
            ),
        ),
    ]
