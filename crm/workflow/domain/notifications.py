"""Tell people something, and what they do with it in their inbox. docs/notifications.md explains it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone, translation

from crm import extension_points
from crm.organisation.models import User
from crm.workflow.domain.preferences import INBOX, channels, chosen_channels, send_time, settings_of
from crm.workflow.links import reference_of
from crm.workflow.models import Delivery, Notification

FOLD = dt.timedelta(minutes=30)  # so long after the first one, more of the same kind about the same record join it
LONGEST_TITLE = 200
MOST_SHOWN = 99
REMEMBERED = 60  # seconds that a person's number of unread ones is kept, unless it changes

Text = Any  # str, a lazy string, or a function without arguments that gives one


def notify(
    *,
    recipients: Iterable[User],
    kind: str,
    title: Text,
    text: Text = "",
    url: str = "",
    record: Model | None = None,
    actor: User | None = None,
) -> None:
    """Tell these people, each in their own language and by the channels they chose; never the actor, nobody twice, nobody who
    is not active.

    `kind` is registered in `extension_points.notification_kinds` (KeyError otherwise). `title` and `text` are lazy strings,
    or, where values go into them, functions: `lambda: _("%(name)s was handed to you") % {...}`. `url` is where it leads;
    empty means the page of `record`. Whoever cannot see the record any more when reading is told no details.

    Inside a transaction nothing is told unless it commits. An unread one of the same kind about the same record, not older than
    FOLD, takes the new one in instead: its count grows and it shows the newest text.
    """
    declared = extension_points.notification_kinds.get(kind)
    now = timezone.now()
    reference = reference_of(record)
    with transaction.atomic():
        people = _people(recipients, actor)
        chosen, wishes = chosen_channels(people, declared), settings_of(people)
        for person in people:
            if not chosen[person.pk]:
                continue
            with translation.override(person.language or settings.LANGUAGE_CODE):
                words = {"title": _said(title)[:LONGEST_TITLE], "text": _said(text), "url": url, "actor": actor}
            if record is None or not _fold(person, kind, reference, words, now):
                row = Notification.objects.create(
                    recipient=person,
                    kind=kind,
                    created_at=now,
                    at=now,
                    in_inbox=INBOX in chosen[person.pk],
                    **reference,
                    **words,
                )
                _queue(row, chosen[person.pk], send_time(wishes[person.pk], now))
            forget_unread(person)


def _people(recipients: Iterable[User], actor: User | None) -> list[User]:
    """Each active person once, the actor left out; in the order of keys, so that two storms never wait for each other."""
    people = {person.pk: person for person in recipients if person.is_active}
    if actor is not None:
        people.pop(actor.pk, None)
    return [people[key] for key in sorted(people)]


def _said(words: Text) -> str:
    return str(words() if callable(words) else words)


def _fold(person: User, kind: str, reference: dict[str, Any], words: dict[str, Any], now: dt.datetime) -> bool:
    """Let an unread one take the new one in; False when there is none. Two at the same moment may stay two rows."""
    rows = Notification.objects.filter(recipient=person, kind=kind, read_at__isnull=True, **reference)
    key = rows.filter(created_at__gte=now - FOLD).order_by("-created_at", "-pk").values_list("pk", flat=True).first()
    return bool(key and rows.filter(pk=key).update(count=F("count") + 1, at=now, **words))


def _queue(row: Notification, keys: set[str], due_at: dt.datetime) -> None:
    """Have it sent by the channels that send and know where to; the periodic job takes it up once this has committed."""
    Delivery.objects.bulk_create(
        Delivery(notification=row, channel=channel.key, due_at=due_at)
        for channel in channels()
        if channel.key in keys and channel.deliver is not None and channel.reaches(row.recipient)
    )


def unread_count(user: User) -> int:
    """How many unread ones stand in the inbox, at most 99; kept in the cache, for every page shows it."""
    count: int = cache.get_or_set(_unread_key(user), lambda: _unread(user), REMEMBERED)  # type: ignore[assignment]
    return count


def _unread(user: User) -> int:
    rows = Notification.objects.filter(recipient=user, read_at__isnull=True, in_inbox=True)
    return rows.order_by()[:MOST_SHOWN].count()


def _unread_key(user: User) -> str:
    return f"notifications:unread:{user.pk}"


def forget_unread(user: User) -> None:
    """The number of unread ones has changed, once this transaction commits."""
    transaction.on_commit(lambda: cache.delete(_unread_key(user)))


def mark_read(*, rows: QuerySet[Notification], actor: User) -> int:
    """Mark the actor's own among these as read; returns how many were unread."""
    with transaction.atomic():
        changed = rows.filter(recipient=actor, read_at__isnull=True).update(read_at=timezone.now())
        forget_unread(actor)
    return changed
