"""The links by which customers read document sets: made for one recipient each, closed, opened.

Whoever has the address has the link, so it is long and random, ends on a day, and shows one set and nothing else. The database
keeps a digest of it: who reads the database cannot open one.
"""

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import User
from crm.workflow.domain.notifications import notify
from opportunities.domain.quotes.links import LONGEST_OPEN, SAME_READING, digest_of
from opportunities.enums import DocumentSetState
from opportunities.models import DocumentLink, DocumentOpening, DocumentSet, DocumentSetItem

OPENED = "document_set.opened"
MOST_OPENINGS = 500  # of one link; a reader that never stops fills no table
MOST_LINKS = 50  # of one set


def make_link(*, document_set: DocumentSet, actor: User, recipient: str, expires_on: dt.date) -> str:
    """A new link until the end of that day; those of other recipients stay open. Returns what its address holds. Raises
    DomainError on "expires_on" for a day that has passed or lies more than a year ahead, and for too many links."""
    today = timezone.localdate()
    if expires_on < today or expires_on > today + LONGEST_OPEN:
        raise DomainError(_("The link is open until a day from today on, within a year."), field="expires_on")
    if DocumentLink._base_manager.filter(document_set=document_set).count() >= MOST_LINKS:
        raise DomainError(_("This set has too many links: begin another one."))
    token = secrets.token_urlsafe(32)
    ends = timezone.make_aware(dt.datetime.combine(expires_on + dt.timedelta(days=1), dt.time.min))
    create_record(
        DocumentLink(
            document_set=document_set,
            digest=digest_of(token),
            recipient=recipient,
            expires_at=ends,
            created_by=actor,
        )
    )
    return token


def close_links(document_set: DocumentSet) -> int:
    """Nobody opens the set by its links any more; returns how many were open."""
    return _close(DocumentLink._base_manager.filter(document_set=document_set))


def close_link(*, link: DocumentLink, actor: User) -> None:
    """Nobody opens the set by this link any more. Closing it twice changes nothing."""
    _close(DocumentLink._base_manager.filter(pk=link.pk))


def _close(rows: Any) -> int:
    now = timezone.now()
    return int(rows.filter(revoked_at__isnull=True).update(revoked_at=now, updated_at=now))


def find_link(token: str) -> DocumentLink | None:
    """The link of an address; None for one that never was."""
    rows = DocumentLink._base_manager.select_related("document_set__customer", "document_set__owner")
    return rows.filter(digest=digest_of(token)).first()


def is_open(link: DocumentLink) -> bool:
    """Whether the link still shows its set."""
    live = link.revoked_at is None and link.expires_at > timezone.now()
    return live and link.document_set.state == DocumentSetState.SENT


def note_opening(*, link: DocumentLink, address: str, item: DocumentSetItem | None = None) -> None:
    """Somebody reads the page, or takes a file: a line, unless the same address did just before; the owner is told of the first
    for each recipient."""
    now = timezone.now()
    with transaction.atomic():
        lock_row(DocumentLink._base_manager.all(), link.pk)
        rows = DocumentOpening._base_manager.filter(link=link)
        again = rows.filter(at__gt=now - SAME_READING, item=item, address=address or None).exists()
        count = rows.count()
        if again or count >= MOST_OPENINGS:
            return
        DocumentOpening._base_manager.create(link=link, at=now, item=item, address=address or None)
        owner = link.document_set.owner
        if count or owner is None:
            return

        def title() -> str:
            values = {"who": link.recipient, "code": link.document_set.code}
            return _("%(who)s has opened the document set %(code)s") % values

        notify(recipients=[owner], kind=OPENED, title=title, record=link.document_set)
