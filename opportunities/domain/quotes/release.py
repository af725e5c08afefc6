"""Release a quote: at once, or with approval when a price is below its floor price."""

from decimal import ROUND_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, TransitionError
from crm.models import ApprovalRequest, User
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from opportunities.domain.quotes.quotes import refuse_unless_draft, update_quote
from opportunities.enums import QuoteState
from opportunities.models import Quote, QuoteLine

DOCUMENT = "quote_below_floor"


def release_quote(*, quote: Quote, actor: User, reason: str = "") -> Quote:
    """Release a draft, priced as of today; one with a price below its floor price is sent for approval instead, with the reason.

    Raises DomainError for a quote without lines or prices, or whose validity has passed; TransitionError when a reason is
    needed; and as request_approval() does.
    """
    refuse_unless_draft(quote)
    update_quote(instance=quote, expected_version=None, actor=actor)  # kept even if a reason is still to be asked for
    _refuse_incomplete(quote)
    if not quote.below_floor:
        transition(quote, QuoteState.APPROVED, actor=actor, reason=reason)
        return quote
    if not reason.strip():
        message = _("A price is below the floor price: say why, and it is sent for approval.")
        raise TransitionError(message, missing=[("reason", _("Reason"))])
    with transaction.atomic():
        transition(quote, QuoteState.PENDING, actor=actor, reason=reason, changes={"floor_reason": reason.strip()})
        request_approval(document=DOCUMENT, record=quote, actor=actor, reason=reason)
    return quote


def _refuse_incomplete(quote: Quote) -> None:
    lines = list(quote.lines.all())
    if not lines:
        raise DomainError(_("Add a line first: a quote offers at least one product."))
    missing = [line.position for line in lines if not line.price]
    if missing:
        raise DomainError(_("Line %(n)d has no price yet.") % {"n": missing[0]})
    if quote.valid_until < timezone.localdate():
        raise DomainError(_("The quote would be valid until a day that has passed: enter another one."))


def reopen_quote(*, quote: Quote, actor: User, reason: str = "") -> Quote:
    """Make a draft again of a quote that was released but not sent yet. Raises TransitionError, StaleVersion."""
    if quote.state != QuoteState.APPROVED:
        raise TransitionError(_("What the customer has is changed by a new version."))
    transition(quote, QuoteState.DRAFT, actor=actor, reason=reason)
    return quote


# ---- what approvals ask of the document
def largest_gap(quote: Quote) -> Decimal:
    """By how many per cent, rounded up, the cheapest line lies below its floor price; so policies tell a little from much
    without the floor price being told."""
    found = QuoteLine._base_manager.filter(quote=quote).aggregate(most=Max("floor_gap"))["most"]
    return (found or Decimal(0)).quantize(Decimal(1), rounding=ROUND_UP)


def ready(quote: Quote, changes: dict[str, Any]) -> None:
    """Raise DomainError unless the quote waits: the button on its page does both."""
    if quote.state != QuoteState.PENDING:
        raise DomainError(_("Release the quote on its page."))


def on_approved(*, record: Quote, request: ApprovalRequest, actor: User) -> None:
    """Released as it stands."""
    transition(record, QuoteState.APPROVED, actor=actor, reason=request.code)


def on_given_back(*, record: Quote, request: ApprovalRequest, actor: User) -> None:
    """Rejected, returned or taken back: a draft again."""
    transition(record, QuoteState.DRAFT, actor=actor, reason=request.code)
