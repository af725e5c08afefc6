"""Which channels a person takes for a kind, and when something may be sent."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm import extension_points
from crm.errors import DomainError
from crm.extension_points import NotificationChannel, NotificationKind
from crm.organisation.models import User
from crm.workflow.models import NotificationChoice, NotificationSettings
from crm.workflow.models.delivery import Digest

INBOX = "in_app"


def channels() -> list[NotificationChannel]:
    """The channels that this installation has."""
    return [channel for channel in extension_points.notification_channels.all() if channel.configured()]


def chosen_channels(people: Iterable[User], kind: NotificationKind) -> dict[int, set[str]]:
    """By person: the keys of the channels wanted for this kind; one query."""
    known = channels()
    wanted = {person.pk: usual_channels(kind, known) for person in people}
    for user, channel, on in NotificationChoice.objects.filter(user__in=list(wanted), kind=kind.key).values_list(
        "user", "channel", "wanted"
    ):
        (wanted[user].add if on else wanted[user].discard)(channel)
    there = {channel.key for channel in known}
    return {user: keys & there for user, keys in wanted.items()}


def usual_channels(kind: NotificationKind, known: Iterable[NotificationChannel]) -> set[str]:
    """The keys of the channels that this kind takes for those who chose nothing: those it names, and those that are like them."""
    return {*kind.channels, *(channel.key for channel in known if channel.like in kind.channels)}


def settings_of(people: Iterable[User]) -> dict[int, NotificationSettings]:
    """By person the stored settings, or those of somebody who has never set any; one query."""
    users = list(people)
    stored = {row.user_id: row for row in NotificationSettings.objects.filter(user__in=users)}
    return {user.pk: stored.get(user.pk) or NotificationSettings(user=user) for user in users}


def send_time(wishes: NotificationSettings, now: dt.datetime) -> dt.datetime:
    """The first moment from now on at which the person wants to be sent something, in the company's zone."""
    local = timezone.localtime(now)
    hour = local.replace(minute=0, second=0, microsecond=0)
    if wishes.digest == Digest.HOURLY:
        local = hour + dt.timedelta(hours=1)
    elif wishes.digest == Digest.DAILY:
        today = hour.replace(hour=wishes.daily_at)
        local = today if today > local else today + dt.timedelta(days=1)
    start, end = wishes.quiet_from, wishes.quiet_until
    if wishes.digest == Digest.DAILY or start is None or end is None or not _within(local.time(), start, end):
        return local
    awake = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return awake if awake > local else awake + dt.timedelta(days=1)


def _within(moment: dt.time, start: dt.time, end: dt.time) -> bool:
    """Whether a time lies in [start, end), which may go over midnight."""
    return start <= moment < end if start <= end else moment >= start or moment < end


def save_preferences(
    *,
    actor: User,
    wanted: Mapping[tuple[str, str], bool],
    digest: str,
    daily_at: int,
    quiet_from: Any,
    quiet_until: Any,
) -> None:
    """Store the actor's own wishes. `wanted` says yes or no by (kind, channel); only what differs from the kind is kept.

    Raises DomainError on "quiet_until" when only one end of the quiet hours is given.
    """
    if (quiet_from is None) != (quiet_until is None):
        message = _("Say both when the quiet hours begin and when they end, or neither.")
        raise DomainError(message, field="quiet_until")
    values = {"digest": digest, "daily_at": daily_at, "quiet_from": quiet_from, "quiet_until": quiet_until}
    known = channels()
    usually = {kind.key: usual_channels(kind, known) for kind in extension_points.notification_kinds.all()}
    usual = Q(pk__in=[])
    rows = []
    for (kind, channel), on in wanted.items():
        if on == (channel in usually[kind]):
            usual |= Q(kind=kind, channel=channel)
        else:
            rows.append(NotificationChoice(user=actor, kind=kind, channel=channel, wanted=on))
    with transaction.atomic():
        NotificationSettings.objects.update_or_create(user=actor, defaults=values)
        NotificationChoice.objects.filter(usual, user=actor).delete()
        NotificationChoice.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["wanted"]
        )
