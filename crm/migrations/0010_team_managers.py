"""Today's managers of the teams become the first of their periods."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def begin(apps: Any, schema_editor: Any) -> None:
    """A period for each team that has a manager, from the day the team was made."""
    Team, TeamManager = apps.get_model("crm", "Team"), apps.get_model("crm", "TeamManager")
    TeamManager.objects.bulk_create(
        TeamManager(team=team, user_id=team.manager_id, starts_on=timezone.localdate(team.created_at))
        for team in Team.objects.filter(manager__isnull=False).order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("crm", "0009_organisation")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
