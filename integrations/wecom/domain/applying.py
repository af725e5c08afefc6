"""Take over what an administrator has chosen of the proposal. Each change stands or falls by itself; nothing is deleted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.errors import DomainError
from crm.organisation.domain.memberships import move_people
from crm.organisation.domain.tree import create_team, update_team
from crm.organisation.domain.users import create_user, update_user
from crm.organisation.models import BusinessUnit, Team, User
from integrations.models import WecomDepartment, WecomSnapshot
from integrations.wecom.domain.accounts import link
from integrations.wecom.domain.proposal import LINK, NEW, TEAMS, Change, What, propose, team_code


@dataclass
class Done:
    """What came of it: how many changes were made, and (name, why) of those that could not be."""

    count: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def apply_changes(*, snapshot: WecomSnapshot, chosen: Mapping[str, str], actor: User) -> Done:
    """Make the changes with these keys (each with what was chosen for it, or ""); those that are not proposed any more are left.

    New people come without roles, and without a password: they sign in with WeCom until an administrator gives them one.
    """
    done = Done()
    with transaction.atomic(), acting(verb="wecom_import"):
        locked = WecomSnapshot.objects.select_for_update().filter(pk=snapshot.pk).first()
        if locked is None:
            raise DomainError(_("The organisation was fetched again meanwhile: look at what it says now."))
        changes = {change.key: change for change in propose(locked)}
        wanted = [changes[key] for key in changes if key in chosen and not changes[key].by_hand]
        for change in [c for c in wanted if c.what in TEAMS] + [c for c in wanted if c.what not in TEAMS]:
            try:
                with transaction.atomic():
                    DOERS[change.what](change, chosen[change.key], locked, actor)
                done.count += 1
            except DomainError as error:
                done.failed.append((change.name, str(error.message)))
    return done


def _department(snapshot: WecomSnapshot, number: int) -> dict[str, Any]:
    return next(found for found in snapshot.departments if found["number"] == number)


def _person(snapshot: WecomSnapshot, userid: str) -> dict[str, Any]:
    return next(found for found in snapshot.people if found["userid"] == userid)


def _team_of(number: int) -> Team | None:
    """The team that a department is by now."""
    row = WecomDepartment.objects.filter(number=number).select_related("team").first()
    return row.team if row is not None else None


def _new_team(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    found = _department(snapshot, change.number)
    parent = _team_of(found["parent"])
    if parent is not None:
        unit: BusinessUnit | None = parent.business_unit
    elif change.choices and choice != NEW:
        unit = BusinessUnit.objects.filter(pk=choice).first() if choice.isdigit() else None
    else:
        raise DomainError(_("The department above it is not a team yet: take it over first."))
    if unit is None:
        raise DomainError(_("Choose its business unit."))
    team = create_team(
        actor=actor,
        code=team_code(change.number),
        name=found["name"],
        name_en=found["name_en"],
        business_unit=unit,
        parent=parent,
    )
    WecomDepartment.objects.create(number=change.number, team=team)


def _link_team(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    if choice not in (dict(change.choices) or ("", LINK)):
        raise DomainError(_("Choose which team it is."))
    if choice not in ("", LINK):
        _new_team(change, choice, snapshot, actor)
        return
    team = _fresh(change)
    if WecomDepartment.objects.filter(team=team).exists():
        message = _("Another department is linked to the team %(name)s already: make a new team of this one.")
        raise DomainError(message % {"name": team.label})
    WecomDepartment.objects.create(number=change.number, team=team)


def _rename_team(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    found, team = _department(snapshot, change.number), _fresh(change)
    values = {"name": found["name"], "name_en": found["name_en"] or team.name_en}
    update_team(instance=team, expected_version=team.version, actor=actor, **values)


def _move_team(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    found, team = _department(snapshot, change.number), _fresh(change)
    update_team(instance=team, expected_version=team.version, actor=actor, parent=_team_of(found["parent"]))


def _gone_team(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    """The team stays, with its people and its past; it is only not a department of WeCom any more."""
    WecomDepartment.objects.filter(number=change.number).delete()


def _new_person(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    found = _person(snapshot, change.userid)
    user, _password = create_user(
        actor=actor,
        team=_team_of(found["department"]),
        username=found["userid"],
        display_name=found["name"],
        title=found["title"],
        without_password=True,
    )
    link(user=user, userid=found["userid"], actor=actor)


def _choose_person(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    if choice not in dict(change.choices):
        raise DomainError(_("Choose which account it is."))
    if choice == NEW:
        _new_person(change, "", snapshot, actor)
        return
    link(user=User.objects.get(pk=choice), userid=change.userid, actor=actor)


def _update_person(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    found, user = _person(snapshot, change.userid), User.objects.get(pk=change.user.pk)  # type: ignore[union-attr]
    values = {"display_name": found["name"], "title": found["title"] or user.title}
    update_user(instance=user, expected_version=user.version, actor=actor, **values)


def _move_person(change: Change, choice: str, snapshot: WecomSnapshot, actor: User) -> None:
    move_people(people=[change.user], team=change.team, starts_on=timezone.localdate(), actor=actor)  # type: ignore[list-item]


def _fresh(change: Change) -> Team:
    """The team as it is stored now: a change before this one may have moved it."""
    return Team.objects.select_related("parent", "business_unit").get(pk=change.team.pk)  # type: ignore[union-attr]


DOERS: Mapping[What, Callable[[Change, str, WecomSnapshot, User], None]] = {
    What.NEW_TEAM: _new_team,
    What.LINK_TEAM: _link_team,
    What.RENAME_TEAM: _rename_team,
    What.MOVE_TEAM: _move_team,
    What.GONE_TEAM: _gone_team,
    What.NEW_PERSON: _new_person,
    What.CHOOSE_PERSON: _choose_person,
    What.UPDATE_PERSON: _update_person,
    What.MOVE_PERSON: _move_person,
}
