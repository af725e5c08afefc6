"""Keeps columns, sort and row height of a list for each person."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0018_approvals")]

    operations = [
        migrations.AddField(
            model_name="listsetting",
            name="columns",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name="columns"
            ),
        ),
        migrations.AddField(
            model_name="listsetting",
            name="sort",
            field=models.CharField(blank=True, max_length=200, verbose_name="sort"),
        ),
        migrations.AddField(
            model_name="listsetting",
            name="density",
            field=models.CharField(blank=True, max_length=10, verbose_name="row height"),
        ),
    ]
