"""What the archive and the kernel have of a customer, and how it goes to another one."""

import re
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.models import RecordMark, SavedView
from customers.domain.merging.moves import BOTH_HAVE_IT, about, change_rows, foreign_keys
from customers.extension_points import MergeMover, Moved
from customers.models import Customer

MARKS = ("starred_at", "followed_at", "seen_at")


def _marks(customer: int) -> Any:
    kind = ContentType.objects.get_for_model(Customer)
    return RecordMark._base_manager.filter(content_type=kind, object_id=customer)


def _move_marks(loser: int, winner: int) -> list[Moved]:
    """A person's star, following and visit go along. Who has both customers marked keeps the winner's mark, which gets what
    only the loser's had."""
    doubles = _marks(loser).filter(Exists(_marks(winner).filter(user=OuterRef("user")))).order_by("pk")
    done: list[Moved] = []
    for mark in doubles:
        theirs = _marks(winner).filter(user=mark.user_id)
        for name in MARKS:
            if (value := getattr(mark, name)) is not None:
                done += change_rows(theirs.filter(**{f"{name}__isnull": True}), name, None, value)
    kept = [mark.pk for mark in doubles]
    if kept:
        done.append(Moved("crm.RecordMark", "object_id", kept, loser, loser, BOTH_HAVE_IT))
    return done + change_rows(_marks(loser).exclude(pk__in=kept), "object_id", loser, winner)


def _views(customer: int) -> Any:
    return SavedView._base_manager.filter(query__regex=_named(customer))


def _named(customer: int) -> str:
    """How a list's query string names a customer."""
    return rf"(^|&)(customer=|about=customers\.customer(:|%3A)){customer}(&|$)"


def _move_views(loser: int, winner: int) -> list[Moved]:
    """Saved views that look for the loser look for the winner."""
    done: list[Moved] = []
    for view in _views(loser).order_by("pk"):
        after = re.sub(_named(loser), rf"\g<1>\g<2>{winner}\g<4>", view.query)
        done += change_rows(SavedView._base_manager.filter(pk=view.pk), "query", view.query, after)
    return done


MOVERS = (
    foreign_keys("merged", _("Customers merged before"), "customers.Customer.merged_into", order=5),
    foreign_keys("contacts", _("Contacts"), "customers.Contact.customer", one_of="is_primary", order=10),
    about(
        "files",
        _("Files"),
        "crm.Attachment",
        unique=("sha256", "name"),
        among=Q(removed_at__isnull=True),
        order=500,
    ),
    about("comments", _("Comments"), "crm.Comment", order=510),
    about("tags", _("Tags"), "crm.TagLink", unique=("tag",), order=520),
    about("tasks", _("Tasks"), "crm.Task", order=530),
    about("shares", _("Collaborators"), "crm.RecordShare", unique=("user",), order=540),
    MergeMover(
        "marks",
        _("Followers and favourites"),
        ("crm.RecordMark.object_id",),
        lambda loser: int(_marks(loser).count()),
        _move_marks,
        order=550,
    ),
    about("approvals", _("Approval requests"), "crm.ApprovalRequest", order=560),
    about("notifications", _("Notifications"), "crm.Notification", order=570),
    about("price_reports", _("Competitors' prices"), "crm.PriceReport", order=580),
    MergeMover(
        "saved_views",
        pgettext_lazy("merge", "Saved views"),
        (),
        lambda loser: int(_views(loser).count()),
        _move_views,
        order=590,
    ),
)
