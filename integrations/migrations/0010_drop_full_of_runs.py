"""The kind of a run has taken the place of its mark for a full load."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("integrations", "0009_full_runs_are_a_kind")]

    operations = [migrations.RemoveField(model_name="syncrun", name="full")]
