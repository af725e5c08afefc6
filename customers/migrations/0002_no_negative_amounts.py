"""Amounts are not negative. Rows from before that break the rule stay as they are until somebody changes them."""

from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0013_saved_views"),
        ("customers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(("annual_demand_kg__isnull", True), ("annual_demand_kg__gte", 0), _connector="OR"),
                name="customer_annual_demand_not_negative",
                violation_error_message="The yearly demand must not be negative.",
            ),
        ),
    ]
