"""What a person's inbox shows: notifications with what the reader may still see of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from crm.organisation.models import User
from crm.workflow.links import address_of, seen_records
from crm.workflow.models import Notification


@dataclass(frozen=True)
class Item:
    """A line of the inbox. `hidden`: it is about a record that the reader does not see any more, so it says only of what kind."""

    row: Notification
    title: str
    text: str
    icon: str
    url: str
    hidden: bool

    @property
    def many(self) -> int:
        """How many it stands for, when its title does not say so; else 0."""
        declared = self.row.declared
        counted = self.row.count > 1 and (declared is None or declared.folded is None)
        return self.row.count if counted and not self.hidden else 0


def inbox(user: User) -> QuerySet[Notification]:
    """The user's own notifications that are meant for the inbox."""
    rows: QuerySet[Notification] = Notification.objects.visible_to(user).filter(in_inbox=True)
    return rows.select_related("actor")


def items(user: User, rows: Sequence[Notification]) -> list[Item]:
    """The rows as the user may see them: one query per kind of record they are about."""
    records = seen_records(user, (row.reference for row in rows))
    return [_item(row, records.get(row.reference)) for row in rows]


def _item(row: Notification, record: Model | None) -> Item:
    declared = row.declared
    icon = declared.icon if declared else "bell"
    if row.object_id is not None and record is None:
        label = str(declared.label) if declared else _("Notification")
        return Item(row, label, _("The record is not within your reach any more."), icon, "", hidden=True)
    url = row.url or (address_of(record) if record is not None else "")
    return Item(row, row.heading, row.text, icon, url, hidden=False)


def kinds_in(rows: QuerySet[Notification]) -> list[tuple[str, Any]]:
    """The kinds that these rows have, with their labels."""
    keys = rows.order_by("kind").values_list("kind", flat=True).distinct()
    named = [(key, Notification(kind=key).declared) for key in keys]
    return [(key, declared.label) for key, declared in named if declared is not None]
