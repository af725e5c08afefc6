"""Who is in which team and who manages it, from which day: moves end the period before and begin a new one."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record
from crm.errors import DomainError
from crm.organisation.models import Team, TeamManager, TeamMembership, User

ONE_DAY = dt.timedelta(days=1)


def move_people(*, people: Sequence[User], team: Team | None, starts_on: dt.date, actor: User) -> int:
    """Move people to a team from a day on; None: to no team. Their business unit becomes the team's; returns how many moved.

    The period running on that day ends the day before; what was planned for later is taken back. Days before stay as they
    were, so past figures keep their team. Raises DomainError for somebody who is not active.
    """
    moved = 0
    with transaction.atomic(), acting(verb="move_people"):
        locked = (
            User.objects.filter(pk__in=[person.pk for person in people]).order_by("pk").select_for_update(of=("self",))
        )
        for person in locked:
            if team is not None and not person.is_active:
                raise DomainError(_("%(name)s is not active any more.") % {"name": person}, field="people")
            moved += _move(person, team, starts_on)
    return moved


def _move(person: User, team: Team | None, starts_on: dt.date) -> int:
    covers = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    mine = TeamMembership.objects.filter(user=person)
    later = mine.filter(starts_on__gt=starts_on)
    same = mine.filter(covers, starts_on__lte=starts_on, team=team).first() if team is not None else None
    if same is not None and same.ends_on is None and not later.exists():
        return 0
    later.delete()
    mine.filter(starts_on=starts_on).delete()
    mine.filter(covers, starts_on__lt=starts_on).update(ends_on=starts_on - ONE_DAY)
    if team is not None:
        create_record(TeamMembership(user=person, team=team, starts_on=starts_on))
        if person.business_unit_id != team.business_unit_id:
            person.business_unit_id = team.business_unit_id
            person.save(update_fields=["business_unit", "updated_at"])
    return 1


def appoint_manager(*, team: Team, manager: User | None, starts_on: dt.date, actor: User) -> None:
    """Let somebody manage a team from a day on; None: nobody. The period before ends, what was planned for later is taken back.

    Raises DomainError for somebody who is not active.
    """
    if manager is not None and not manager.is_active:
        raise DomainError(_("%(name)s is not active any more.") % {"name": manager}, field="manager")
    with transaction.atomic(), acting(verb="appoint_manager"):
        Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
        periods = TeamManager.objects.filter(team=team)
        periods.filter(starts_on__gte=starts_on).delete()
        covers = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
        periods.filter(covers, starts_on__lt=starts_on).update(ends_on=starts_on - ONE_DAY)
        if manager is not None:
            create_record(TeamManager(team=team, user=manager, starts_on=starts_on))
        keep_managers_in_step()


def keep_managers_in_step() -> int:
    """Make `Team.manager` the manager of today everywhere it is not; runs daily too, for periods that begin later."""
    today = timezone.localdate()
    running = TeamManager.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), team=OuterRef("pk"), starts_on__lte=today
    )
    teams = Team.objects.annotate(of_today=Subquery(running.values("user_id")[:1])).order_by("pk")
    with transaction.atomic():
        rows = list(teams.values_list("pk", "manager_id", "of_today"))
        wrong = [(team_id, of_today) for team_id, stored, of_today in rows if stored != of_today]
        for team_id, manager_id in wrong:
            Team.objects.filter(pk=team_id).update(
                manager_id=manager_id, version=F("version") + 1, updated_at=timezone.now()
            )
    return len(wrong)
