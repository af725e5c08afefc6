"""Where a person stands on a day: the team and the business unit that a new record of theirs belongs to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from crm.organisation.models import BusinessUnit, Team, User


@dataclass(frozen=True)
class Placement:
    """A person's team of that day, if any, and business unit: the team's, else the person's own."""

    team: Team | None
    business_unit: BusinessUnit | None


def placement_of(user: User, day: dt.date) -> Placement:
    """The team the person is in on that day and the business unit; both may be None."""
    open_ended = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=day)
    mine = Team.objects.filter(open_ended, memberships__user=user, memberships__starts_on__lte=day)
    team = mine.select_related("business_unit").first()
    return Placement(team=team, business_unit=team.business_unit if team else user.business_unit)
