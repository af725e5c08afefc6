"""Amounts are not negative. Rows from before that break the rule stay as they are until somebody changes them."""

from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0013_saved_views"),
        ("customers", "0002_no_negative_amounts"),
        ("leads", "0002_no_negative_amounts"),
        ("opportunities", "0002_funnel"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("demand_kg__isnull", True), ("demand_kg__gte", 0), _connector="OR"),
                    models.Q(("our_volume_kg__isnull", True), ("our_volume_kg__gte", 0), _connector="OR"),
                ),
                name="opportunity_volumes_not_negative",
                violation_error_message="The customer's demand and our volume must not be negative.",
            ),
        ),
        AddConstraintNotValid(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_price__isnull", True), ("proposed_price__gt", 0), _connector="OR"),
                name="opportunity_proposed_price_positive",
                violation_error_message="The proposed price must be larger than zero.",
            ),
        ),
    ]
