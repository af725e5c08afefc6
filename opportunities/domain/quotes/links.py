"""The links by which customers read their quotes: made, closed, opened, answered.

Whoever has the address has the link, so it is long and random, ends on a day, and shows one quote and nothing else. The
database keeps a digest of it: who reads the database cannot open one.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import User
from crm.workflow.domain.notifications import notify
from crm.workflow.domain.tasks import create_task
from opportunities.enums import QuoteMessageKind, QuoteState
from opportunities.models import Quote, QuoteLink, QuoteMessage, QuoteOpening

OPENED, ASKED, ACCEPTED = "quote.opened", "quote.asked", "quote.accepted"
LONGEST_OPEN = dt.timedelta(days=366)
SAME_READING = dt.timedelta(minutes=10)  # reloads and the PDF after the page are one reading
MOST_OPENINGS = 200  # of one link; a reader that never stops fills no table
MOST_MESSAGES = 30  # of one quote
ANSWER_WITHIN = dt.timedelta(days=1)
READABLE = (QuoteState.SENT, QuoteState.ACCEPTED)
_TITLES = {
    OPENED: gettext_lazy("%(customer)s has opened quote %(code)s"),
    ASKED: gettext_lazy("%(customer)s asks about quote %(code)s"),
    ACCEPTED: gettext_lazy("%(customer)s has accepted quote %(code)s"),
}


def digest_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(*, quote: Quote, actor: User, expires_on: dt.date) -> str:
    """A new link until the end of that day, those before are closed; returns what its address holds. Raises DomainError on
    "expires_on" for a day that has passed or lies more than a year ahead."""
    today = timezone.localdate()
    if expires_on < today or expires_on > today + LONGEST_OPEN:
        raise DomainError(_("The link is open until a day from today on, within a year."), field="expires_on")
    token = secrets.token_urlsafe(32)
    ends = timezone.make_aware(dt.datetime.combine(expires_on + dt.timedelta(days=1), dt.time.min))
    with transaction.atomic():
        close_links(quote)
        create_record(QuoteLink(quote=quote, digest=digest_of(token), expires_at=ends, created_by=actor))
    return token


def close_links(quote: Quote) -> int:
    """Nobody opens the quote by its links any more; returns how many were open."""
    now = timezone.now()
    return int(QuoteLink._base_manager.filter(quote=quote, revoked_at__isnull=True).update(revoked_at=now))


def find_link(token: str) -> QuoteLink | None:
    """The link of an address; None for one that never was."""
    rows = QuoteLink._base_manager.select_related(
        "quote__customer", "quote__owner", "quote__currency", "quote__contact", "quote__opportunity"
    )
    return rows.filter(digest=digest_of(token)).first()


def is_open(link: QuoteLink) -> bool:
    """Whether the link still shows its quote."""
    live = link.revoked_at is None and link.expires_at > timezone.now()
    return live and link.quote.state in READABLE


def can_answer(quote: Quote) -> bool:
    """Whether the customer can still accept."""
    return quote.state == QuoteState.SENT and quote.valid_until >= timezone.localdate()


def note_opening(*, link: QuoteLink, as_pdf: bool = False) -> None:
    """Somebody reads the quote: a line, unless it is the same reading as just before; the owner is told of the first."""
    now = timezone.now()
    with transaction.atomic():
        lock_row(QuoteLink._base_manager.all(), link.pk)
        rows = QuoteOpening._base_manager.filter(link=link)
        times = list(rows.order_by("-at").values_list("at", "as_pdf")[:MOST_OPENINGS])
        if len(times) == MOST_OPENINGS or any(at > now - SAME_READING and kind == as_pdf for at, kind in times):
            return
        first = not QuoteOpening._base_manager.filter(link__quote=link.quote).exists()
        QuoteOpening._base_manager.create(link=link, at=now, as_pdf=as_pdf)
        if first:
            _tell(link.quote, OPENED)


def _tell(quote: Quote, kind: str, text: str = "") -> None:
    if quote.owner is None:
        return
    words = {"customer": quote.customer.name, "code": quote.code}
    notify(recipients=[quote.owner], kind=kind, title=lambda: str(_TITLES[kind]) % words, text=text, record=quote)


def accept_online(*, link: QuoteLink, name: str, accept: Any) -> Quote:
    """The customer accepts on the page; `accept` is what carries it out. Once is enough: a second press changes nothing.

    Raises DomainError when the link is closed or the quote cannot be accepted any more.
    """
    with transaction.atomic():
        quote = lock_row(Quote._base_manager.select_related("owner", "customer"), link.quote_id)
        if quote.state == QuoteState.ACCEPTED:
            return quote
        _refuse_closed(link, quote)
        if not can_answer(quote):
            raise DomainError(_("This quote is not valid any more. Please ask for a new one."))
        accept(quote=quote, actor=None, reason=name)
        _say(quote, QuoteMessageKind.ACCEPTANCE, name, "")
        _tell(quote, ACCEPTED, name)
    return quote


def ask_online(*, link: QuoteLink, name: str, text: str) -> QuoteMessage:
    """The customer's question: kept with the quote, the owner is told and has a to-do until tomorrow.

    Raises DomainError when the link is closed, and when there are too many questions already.
    """
    with transaction.atomic():
        quote = lock_row(Quote._base_manager.select_related("owner", "customer"), link.quote_id)
        _refuse_closed(link, quote)
        if QuoteMessage._base_manager.filter(quote=quote).count() >= MOST_MESSAGES:
            raise DomainError(_("Your questions have arrived. Please call us if it is urgent."))
        message = _say(quote, QuoteMessageKind.QUESTION, name, text)
        _tell(quote, ASKED, text)
        if quote.owner is not None and quote.owner.is_active:
            create_task(
                actor=quote.owner,
                assignee=quote.owner,
                title=_("Answer the question about quote %(code)s") % {"code": quote.code},
                text=f"{name}: {text}",
                due_at=timezone.now() + ANSWER_WITHIN,
                record=quote,
                kind=ASKED,
            )
    return message


def _refuse_closed(link: QuoteLink, quote: Quote) -> None:
    link.refresh_from_db(fields=["revoked_at", "expires_at"])
    link.quote = quote
    if not is_open(link):
        raise DomainError(_("This link is closed. Please ask for a new one."))


def _say(quote: Quote, kind: str, name: str, text: str) -> QuoteMessage:
    return create_record(QuoteMessage(quote=quote, kind=kind, name=name, text=text, at=timezone.now()))
