"""Users: make them, change them, passwords, leave and come back."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm import events
from crm.accounts.domain import second_factor
from crm.accounts.domain.log import write_log
from crm.accounts.domain.sessions import end_sessions
from crm.accounts.models.sign_in import Kind, Reason
from crm.accounts.throttle import CONFIRMATIONS, in_minutes
from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.extension_points import HandoverMover, handover_movers
from crm.organisation.domain.guards import lock_roles, refuse_rise, refuse_rise_over, refuse_without_administrator
from crm.organisation.domain.memberships import ONE_DAY, keep_managers_in_step, move_people
from crm.organisation.models import Deputy, RecordShare, Role, Team, TeamManager, User

_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike


def create_user(
    *,
    actor: User,
    roles: Iterable[Role] = (),
    team: Team | None = None,
    without_password: bool = False,
    **values: Any,
) -> tuple[User, str]:
    """A new user, in the team from today on, and the temporary password, which is told nowhere else.

    `without_password`: for who signs in by an account elsewhere; the password is "" until an administrator gives one.
    Raises DomainError on "username" when it is taken, NotAllowed for roles that can do more than the actor.
    """
    roles = list(roles)
    refuse_rise(actor, roles)
    password = "" if without_password else temporary_password()
    user = User(**values, must_change_password=not without_password)
    user.set_password(password or None)  # None: no password fits
    with transaction.atomic():
        create_record(user)
        user.roles.set(roles)
        if team is not None:
            move_people(people=[user], team=team, starts_on=timezone.localdate(), actor=actor)
            user.refresh_from_db()
    return user, password


def update_user(
    *, instance: User, expected_version: int | None, actor: User, roles: Iterable[Role] | None = None, **values: Any
) -> User:
    """Change a user's data and, when given, roles; other roles end the user's sessions.

    Raises StaleVersion, NotAllowed for a user or roles that can do more than the actor, DomainError when nobody would be left to
    administer.
    """
    given = None if roles is None else list(roles)
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        lock_roles()
        before = set(instance.roles.all())
        refuse_rise_over(actor, instance)
        user = save_record(instance, expected_version=expected_version, fields=list(values))
        if given is not None and before != set(given):
            refuse_rise(actor, set(given) - before)
            user.roles.set(given)
            refuse_without_administrator()
            if user.pk != actor.pk:
                end_sessions(user=user, reason=Reason.ROLES, actor=actor)
    return user


def reset_password(*, user: User, actor: User) -> str:
    """A new temporary password, which ends all sessions of the user and must be changed at the next sign-in.

    Raises NotAllowed for a user who can do more than the actor, DomainError for somebody who is not active.
    """
    if not user.is_active:
        raise DomainError(_("%(name)s is not active any more.") % {"name": user})
    refuse_rise_over(actor, user)
    password = temporary_password()
    with transaction.atomic():
        _set_password(user, password, must_change=True)
        end_sessions(user=user, reason=Reason.ADMINISTRATOR, actor=actor)
        write_log(kind=Kind.PASSWORD_RESET, user=user, actor=actor)
        events.account_changed.send(user_id=user.pk, what=Kind.PASSWORD_RESET, actor_id=actor.pk)
    return password


def reset_second_factor(*, user: User, actor: User) -> None:
    """Take the second factor of somebody away whose phone is lost; all sessions end, and the person is told.

    Raises NotAllowed for a user who can do more than the actor, DomainError where there is none.
    """
    refuse_rise_over(actor, user)
    with transaction.atomic():
        if not second_factor.remove(user=user, actor=actor):
            raise DomainError(_("%(name)s has no second factor.") % {"name": user})
        end_sessions(user=user, reason=Reason.ADMINISTRATOR, actor=actor)


def change_password(*, user: User, old: str, new: str, session: int | None = None) -> None:
    """The user's own change of the password, which ends all sessions but the row `session`. Raises DomainError on "old" for a
    wrong one, on "new" for one that is too weak or was used before."""
    if CONFIRMATIONS.spent(user.pk):
        wait = in_minutes(CONFIRMATIONS.wait())
        raise DomainError(_("Too many wrong passwords. Try again %(when)s.") % {"when": wait}, field="old")
    if not user.check_password(old):
        CONFIRMATIONS.hit(user.pk)
        raise DomainError(_("This is not your present password."), field="old")
    if old == new:
        raise DomainError(_("Choose a password other than the present one."), field="new")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field="new") from error
    with transaction.atomic():
        _set_password(user, new, must_change=False)
        end_sessions(user=user, reason=Reason.PASSWORD, keep=session)
        write_log(kind=Kind.PASSWORD_CHANGED, user=user)
        events.account_changed.send(user_id=user.pk, what=Kind.PASSWORD_CHANGED, actor_id=None)


@dataclass(frozen=True)
class Owned:
    """How many records of a kind somebody owns that another must take over."""

    mover: HandoverMover
    count: int


def owned_by(user: User) -> list[Owned]:
    """What the user's leaving leaves behind; kinds without any are left out."""
    found = [Owned(mover, mover.count(user)) for mover in handover_movers.all()]
    return [owned for owned in found if owned.count]


def deactivate_user(*, user: User, successor: User | None, actor: User) -> dict[str, int]:
    """End a user's access and hand over all the user owns, in one transaction; returns how many records by mover key.

    Sessions end at once and the password is void. Team, management, deputies and shares end today; the past stays as it is.
    Raises NotAllowed for a user who can do more than the actor, DomainError for oneself, for the last administrator, and on
    "successor" when something is owned and nobody suitable is to take it over.
    """
    if user.pk == actor.pk:
        raise DomainError(_("You cannot deactivate yourself: ask another administrator."))
    if successor is not None and (not successor.is_active or successor.pk == user.pk):
        raise DomainError(_("Choose an active colleague."), field="successor")
    with transaction.atomic(), acting(verb="deactivate_user"):
        lock_roles()
        locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        refuse_rise_over(actor, locked)
        moved = _hand_over(locked, successor, actor)
        _end_engagements(locked, actor)
        locked.is_active = False
        locked.set_unusable_password()  # the session's fingerprint is the password's: none stays valid, not even later
        locked.save(update_fields=["is_active", "password", "updated_at"])
        refuse_without_administrator()
        end_sessions(user=user, reason=Reason.DEACTIVATED, actor=actor)
    user.refresh_from_db()
    return moved


def reactivate_user(*, user: User, actor: User) -> str:
    """Let somebody come back with the roles of before; the temporary password is returned. Team and records are given anew.

    Raises NotAllowed for a user who can do more than the actor, DomainError for somebody who is active.
    """
    if user.is_active:
        raise DomainError(_("%(name)s is active already.") % {"name": user})
    refuse_rise_over(actor, user)
    password = temporary_password()
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active", "updated_at"])
        _set_password(user, password, must_change=True)
    return password


def temporary_password() -> str:
    """Sixteen random characters in groups of four, easily read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _group in range(4))


def _hand_over(user: User, successor: User | None, actor: User) -> dict[str, int]:
    owned = owned_by(user)
    if owned and successor is None:
        raise DomainError(_("Choose who takes over what %(name)s owns.") % {"name": user}, field="successor")
    return {entry.mover.key: entry.mover.move(source=user, target=successor, actor=actor) for entry in owned}


def _end_engagements(user: User, actor: User) -> None:
    today = timezone.localdate()
    move_people(people=[user], team=None, starts_on=today, actor=actor)
    for period in TeamManager.objects.filter(user=user).exclude(ends_on__lt=today).order_by("pk"):
        if period.starts_on >= today:
            period.delete()
        else:
            period.ends_on = today - ONE_DAY
            period.save(update_fields=["ends_on"])
    keep_managers_in_step()
    for arrangement in Deputy.objects.filter(deputy=user, ends_on__gte=today).order_by("pk"):
        if arrangement.starts_on >= today:
            arrangement.delete()
        else:
            arrangement.ends_on = today - ONE_DAY
            arrangement.save(update_fields=["ends_on"])
    RecordShare.objects.filter(user=user).delete()


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    with transaction.atomic():
        user.save(update_fields=["password", "must_change_password", "updated_at"])
