"""Send a quote, what the customer answers, and the version that takes its place."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.saving import create_record
from crm.errors import DomainError, TransitionError
from crm.events import facts_changed
from crm.locks import lock_row
from crm.models import User
from crm.periods import month_start
from crm.transitions import transition
from crm.workflow.domain.notifications import notify
from opportunities.domain.quotes.links import close_links, make_link
from opportunities.domain.quotes.quotes import update_quote
from opportunities.enums import QuoteState
from opportunities.models import Quote, QuoteLine

FACT = "quote"
EXPIRED = "quote.expired"
RENEWABLE = (QuoteState.APPROVED, QuoteState.SENT, QuoteState.DECLINED, QuoteState.EXPIRED)
COPIED = (
    "number",
    "opportunity",
    "customer",
    "contact",
    "owner",
    "team",
    "business_unit",
    "region",
    "product_line",
    "product",
    "currency",
    "payment_terms",
    "delivery_terms",
    "delivery_place",
    "freight_amount",
    "language",
    "remark",
    "search_text",
)
_HOUR = Decimal(3600)


def send_quote(*, quote: Quote, actor: User, expires_on: dt.date | None = None) -> str:
    """Mark a released quote as sent and open a link for the customer; returns what the link's address holds, which is kept
    nowhere. For one that was sent already it is a new link, and those before are closed.

    Raises TransitionError for one that was not released, DomainError on "expires_on", and for one whose validity has passed.
    """
    today, now = timezone.localdate(), timezone.now()
    if quote.state not in (QuoteState.APPROVED, QuoteState.SENT):
        raise TransitionError(_("Release the quote first: only then is it sent."))
    if quote.valid_until < today:
        raise DomainError(_("The quote is not valid any more: make a new version."))
    with transaction.atomic():
        if quote.state == QuoteState.APPROVED:
            hours = Decimal(max(0, int((now - quote.requested_at).total_seconds()))) / _HOUR
            changes: dict[str, Any] = {
                "sent_at": now,
                "sent_on": today,
                "response_hours": hours.quantize(Decimal("0.01")),
            }
            transition(quote, QuoteState.SENT, actor=actor, changes=changes)
            tell_facts(quote)
        return make_link(quote=quote, actor=actor, expires_on=expires_on or quote.valid_until)


def tell_facts(quote: Quote) -> None:
    """The month in which it was sent counts anew."""
    if quote.sent_on is not None:
        facts_changed.send(facts=[FACT], months=[month_start(quote.sent_on).isoformat()])


def accept_quote(*, quote: Quote, actor: User | None, reason: str = "") -> Quote:
    """The customer accepts it. Raises TransitionError unless it was sent and is valid, StaleVersion."""
    if quote.state == QuoteState.SENT and quote.valid_until < timezone.localdate():
        raise TransitionError(_("The quote is not valid any more."))
    with transaction.atomic():
        transition(quote, QuoteState.ACCEPTED, actor=actor, reason=reason)
        tell_facts(quote)
    return quote


def decline_quote(*, quote: Quote, actor: User, reason: str = "") -> Quote:
    """The customer does not want it; why. Its links are closed. Raises TransitionError, StaleVersion."""
    with transaction.atomic():
        transition(quote, QuoteState.DECLINED, actor=actor, reason=reason)
        close_links(quote)
        tell_facts(quote)
    return quote


def new_version(*, quote: Quote, actor: User) -> Quote:
    """A draft with all that this version says, priced as of today; this version is replaced by it and its links are closed.

    It is valid for thirty days at least. Raises DomainError for a draft and for one that waits, was accepted or was replaced
    already.
    """
    if quote.state not in RENEWABLE:
        raise DomainError(_("A new version is made of a quote that was released and not accepted."))
    today = timezone.localdate()
    with transaction.atomic():
        lock_row(Quote._base_manager.all(), quote.pk)
        transition(quote, QuoteState.SUPERSEDED, actor=actor)
        close_links(quote)
        tell_facts(quote)
        latest = Quote._base_manager.filter(number=quote.number).aggregate(last=Max("edition"))["last"]
        draft = Quote(
            **{name: getattr(quote, name) for name in COPIED},
            edition=latest + 1,
            valid_until=max(quote.valid_until, today + dt.timedelta(days=30)),
            requested_at=timezone.now(),
            quoted_on=today,
            state_since=timezone.now(),
        )
        draft.code = f"{draft.number}-V{draft.edition}"
        create_record(draft)
        for line in quote.lines.all():
            line.pk, line.quote = None, draft
            line._state.adding = True
            create_record(line)
        return update_quote(instance=draft, expected_version=None, actor=actor)


def versions_of(quote: Quote) -> Any:
    """All versions, the first one first."""
    return Quote._base_manager.filter(number=quote.number).order_by("edition")


def lines_of(quote: Quote) -> list[QuoteLine]:
    """The lines with what their words need."""
    return list(quote.lines.select_related("product", "unit", "index__unit").order_by("position", "pk"))


def expire_quotes(today: dt.date | None = None) -> int:
    """Those that were released or sent and whose validity has passed; the owner is told. Returns how many."""
    today = today or timezone.localdate()
    rows = Quote._base_manager.filter(state__in=(QuoteState.APPROVED, QuoteState.SENT), valid_until__lt=today)
    done = 0
    for key in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            quote = lock_row(Quote._base_manager.select_related("owner", "customer"), key)
            if quote.state not in (QuoteState.APPROVED, QuoteState.SENT) or quote.valid_until >= today:
                continue
            transition(quote, QuoteState.EXPIRED, actor=None)
            tell_facts(quote)
            if quote.owner is not None:
                notify(recipients=[quote.owner], kind=EXPIRED, title=_title(quote), record=quote)
        done += 1
    return done


_ENDED = gettext_lazy("Quote %(code)s for %(customer)s has expired")


def _title(quote: Quote) -> Any:
    return lambda: _ENDED % {"code": quote.code, "customer": quote.customer.name}
