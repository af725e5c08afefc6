"""Who decides a step: by role, as manager, as head of the business unit, by name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.organisation.domain.placement import placement_of
from crm.organisation.models import BusinessUnit, Team, User
from crm.workflow.models.approval_policy import Approver, StepRule, Within
from crm.workflow.models.approval_request import DECIDE


@dataclass(frozen=True)
class Seat:
    """Where approvers are sought: who asks, and the team and business unit of the document."""

    requester: User
    team: Team | None
    business_unit: BusinessUnit | None


def deciders() -> QuerySet[User]:
    """Everybody active whose role gives the right to decide requests."""
    may = Q(is_superuser=True) | Q(roles__permissions__contains=[DECIDE])
    return User.objects.filter(may, is_active=True).distinct().order_by("pk")


def may_decide(user: User) -> bool:
    """Whether the user can be given a request to decide."""
    return user.has_perm(DECIDE)


def managers_above(user: User, on: dt.date | None = None) -> list[User]:
    """The managers above somebody, the nearest first: of the person's team and of those above it. Only those who may decide;
    never the person."""
    team = placement_of(user, on or timezone.localdate()).team
    managers = _managers_up(team)
    return [manager for manager in managers if manager.pk != user.pk and may_decide(manager)]


def _managers_up(team: Team | None) -> list[User]:
    """The active managers of a team and those above it, the nearest first, each once."""
    found: dict[int, User] = {}
    for above in _upwards(team):
        if above.manager is not None and above.manager.is_active:
            found.setdefault(above.manager.pk, above.manager)
    return list(found.values())


def _upwards(team: Team | None) -> list[Team]:
    """The team and those above it, from below."""
    if team is None:
        return []
    keys = [int(part) for part in team.path.split("/") if part]
    by_key = {row.pk: row for row in Team.objects.filter(pk__in=keys).select_related("manager")}
    return [by_key[key] for key in reversed(keys) if key in by_key]


def approvers_of(step: StepRule, seat: Seat, *, own_allowed: bool) -> list[User]:
    """The people who decide the step for that document. The requester is left out unless `own_allowed`; when nobody else is
    left, the next manager above the requester decides instead.

    Raises DomainError that says what an administrator can do when there is nobody.
    """
    people = _named(step, seat)
    if not people:
        raise DomainError(_nobody(step, seat))
    if own_allowed:
        return people
    others = [person for person in people if person.pk != seat.requester.pk] or managers_above(seat.requester)[:1]
    if not others:
        raise DomainError(
            _(
                "In step “%(step)s” you would decide your own request, and nobody stands above you. An administrator can"
                " name another person in the policy, or allow requesters to decide their own requests."
            )
            % {"step": step.title}
        )
    return others


def _named(step: StepRule, seat: Seat) -> list[User]:
    if step.approver == Approver.PERSON:
        return [step.person] if step.person is not None and step.person.is_active and may_decide(step.person) else []
    if step.approver == Approver.ROLE:
        return _with_role(step, seat)
    if step.approver == Approver.UNIT_HEAD:
        return _head_of(seat.business_unit)
    above = managers_above(seat.requester)
    return above[step.level - 1 : step.level] or above[-1:]


def _with_role(step: StepRule, seat: Seat) -> list[User]:
    holders = deciders().filter(roles=step.role)
    if step.within == Within.COMPANY:
        return list(holders)
    if step.within == Within.UNIT:
        return list(holders.filter(business_unit=seat.business_unit))
    today = timezone.localdate()
    running = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today)
    for team in _upwards(seat.team):
        found = list(holders.filter(running, memberships__team=team, memberships__starts_on__lte=today))
        if found:
            return found
    return []


def _head_of(unit: BusinessUnit | None) -> list[User]:
    """Whoever manages the business unit's team at the top."""
    tops = Team.objects.filter(business_unit=unit, manager__is_active=True).exclude(parent__business_unit=unit)
    heads = [team.manager for team in tops.select_related("manager").order_by("code", "pk")]
    return [head for head in heads if head is not None and may_decide(head)][:1]


def _nobody(step: StepRule, seat: Seat) -> str:
    """Why nobody can decide the step, and how to mend it."""
    where = seat.business_unit.label if seat.business_unit is not None else _("the whole company")
    if step.approver == Approver.ROLE:
        text: Any = _(
            "Nobody in %(place)s can decide step “%(step)s”. An administrator can give somebody there this role, see that it has"
            " the right to decide requests, or change the policy."
        )
    elif step.approver == Approver.PERSON:
        text = _(
            "%(step)s is not active or may not decide requests. An administrator can name somebody else in the policy."
        )
    elif step.approver == Approver.UNIT_HEAD:
        text = _(
            "%(place)s has no head who may decide requests. An administrator can appoint a manager of its topmost team, or change"
            " the policy."
        )
    else:
        text = _(
            "Nobody above you may decide requests. An administrator can appoint a manager of your team, or change the policy."
        )
    return str(text % {"place": where, "step": step.title})
