"""Amounts are not negative. Rows from before that break the rule stay as they are until somebody changes them."""

from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0013_saved_views"),
        ("customers", "0002_no_negative_amounts"),
        ("leads", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget__gte", 0)),
                name="campaign_budget_not_negative",
                violation_error_message="The budget must not be negative.",
            ),
        ),
        AddConstraintNotValid(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("spent__gte", 0)),
                name="campaign_spent_not_negative",
                violation_error_message="What was spent must not be negative.",
            ),
        ),
        AddConstraintNotValid(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(("expected_amount__isnull", True), ("expected_amount__gte", 0), _connector="OR"),
                name="lead_expected_amount_not_negative",
                violation_error_message="The expected amount must not be negative.",
            ),
        ),
    ]
