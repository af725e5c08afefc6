"""The course of a tender: price approval, handing in, opening of the bids, result."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.formats import enumerated
from crm.locks import lock_row
from crm.models import ApprovalRequest, User
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from opportunities.domain.tenders.tenders import announce
from opportunities.enums import LotResult, TenderState
from opportunities.models import Tender, TenderBid, TenderDocument, TenderLot

DOCUMENT = "tender_price"


def ask_price(*, tender: Tender, actor: User, reason: str = "") -> ApprovalRequest:
    """Send the prices for approval; where no policy asks for it they are approved at once. Raises DomainError while a lot has
    no price, and as request_approval() does."""
    with transaction.atomic():
        transition(tender, TenderState.PRICING, actor=actor, reason=reason)
        return request_approval(document=DOCUMENT, record=tender, actor=actor, reason=reason)


def ready(tender: Tender, changes: Mapping[str, Any]) -> None:
    """Raise DomainError unless every lot has our price, and the button on the tender's page was used."""
    lots = list(TenderLot._base_manager.filter(tender=tender).order_by("number", "pk"))
    if not lots:
        raise DomainError(_("Add the lots with our prices first."))
    if bare := [lot.number for lot in lots if lot.our_price is None]:
        raise DomainError(_("These lots have no price of ours yet: %(lots)s.") % {"lots": enumerated(bare)})
    if tender.state != TenderState.PRICING:
        raise DomainError(_("Send the prices for approval on the tender's page."))


def on_approved(*, record: Tender, request: ApprovalRequest, actor: User) -> None:
    """The prices may be bid."""
    transition(record, TenderState.APPROVED, actor=actor, reason=request.code)


def on_given_back(*, record: Tender, request: ApprovalRequest, actor: User) -> None:
    """Rejected, returned or taken back: it is prepared again."""
    transition(record, TenderState.PREPARING, actor=actor, reason=request.code)


def reopen_prices(*, tender: Tender, actor: User, reason: str = "") -> Any:
    """Prepare it again although the prices were approved; they are approved anew. Raises TransitionError, StaleVersion."""
    return transition(tender, TenderState.PREPARING, actor=actor, reason=reason)


def missing_for_submission(tender: Tender) -> list[str]:
    """What has to be there before the bid is handed in: the required papers, and the bond where one is asked for."""
    rows = TenderDocument._base_manager.filter(tender=tender, is_required=True, done_on__isnull=True)
    names = [str(paper) for paper in rows.order_by("pk")]
    if tender.bond_amount and tender.bond_paid_on is None:
        names.append(_("the bid bond"))
    return names


def submit_tender(*, tender: Tender, actor: User, at: dt.datetime, how: str) -> Any:
    """The bid was handed in. Raises DomainError that lists what is missing, and on "at" for a time that is still to come or past
    the deadline; TransitionError, StaleVersion."""
    if at > timezone.now():
        raise DomainError(_("This time is still to come: enter when it was handed in."), field="at")
    with transaction.atomic():
        locked = lock_row(Tender._base_manager.all(), tender.pk)
        if at > locked.submission_due:
            message = _("Bids were due before that: correct the time, or cancel the tender.")
            raise DomainError(message, field="at")
        if names := missing_for_submission(locked):
            raise DomainError(
                _("Before the bid is handed in these are missing: %(names)s.") % {"names": enumerated(names)}
            )
        values = {"submitted_at": at, "submitted_by": actor, "submitted_how": how}
        return transition(tender, TenderState.SUBMITTED, actor=actor, changes=values)


def open_bids(*, tender: Tender, actor: User, on: dt.date) -> Any:
    """The bids were opened on that day; ours stand among them. Raises DomainError on "on", TransitionError, StaleVersion."""
    if on > timezone.localdate():
        raise DomainError(_("This day is still to come: enter when the bids were opened."), field="on")
    if tender.submitted_at is not None and on < timezone.localtime(tender.submitted_at).date():
        raise DomainError(_("Bids are not opened before ours was handed in."), field="on")
    with transaction.atomic():
        row = transition(tender, TenderState.OPENED, actor=actor, changes={"opened_on": on})
        for lot in TenderLot._base_manager.filter(tender=tender).order_by("number", "pk"):
            if lot.our_price is None:
                continue
            ours = settings.COMPANY_NAME or _("Our bid")
            create_record(TenderBid(lot=lot, bidder=ours, price=lot.our_price, is_ours=True))
        announce(tender)
    return row


@dataclass(frozen=True)
class Ranked:
    """A bid with its place: the lowest price is first, equal prices share a place. `gap`: how far above the lowest, per cent."""

    bid: TenderBid
    rank: int
    gap: Any


def ranked(bids: Sequence[TenderBid]) -> list[Ranked]:
    """The bids of a lot in order of price."""
    rows = sorted(bids, key=lambda bid: (bid.price, bid.pk or 0))
    if not rows:
        return []
    lowest = rows[0].price
    return [
        Ranked(bid, 1 + sum(other.price < bid.price for other in rows), (bid.price - lowest) * 100 / lowest)
        for bid in rows
    ]


def decide_tender(
    *, tender: Tender, actor: User, winners: Mapping[int, int | None], lessons: str = "", on: dt.date | None = None
) -> Any:
    """Enter who got each lot (by lot the bid, None: not awarded). With a lot of ours it is won, else lost, and then the lessons
    must be said. Raises DomainError, TransitionError, StaleVersion."""
    with transaction.atomic():
        lock_row(Tender._base_manager.all(), tender.pk)
        lots = list(TenderLot._base_manager.filter(tender=tender).order_by("number", "pk"))
        results = {lot.pk: _award(lot, winners) for lot in lots}
        won = LotResult.WON in results.values()
        if not won and not lessons.strip():
            message = _("Say what is learnt from it: price, specification, terms, what to do otherwise.")
            raise DomainError(message, field="lessons")
        for lot in lots:
            lot.result = results[lot.pk]
            lot.save(update_fields=["result", "updated_at"])
        target = TenderState.WON if won else TenderState.LOST
        values = {"lessons": lessons or tender.lessons, "decided_on": on or timezone.localdate()}
        row = transition(tender, target, actor=actor, changes=values)
        announce(tender)
    return row


def _award(lot: TenderLot, winners: Mapping[int, int | None]) -> str:
    """Mark the winner; what that means for us."""
    if lot.pk not in winners:
        raise DomainError(_("Say who got lot %(lot)s.") % {"lot": lot.number}, field=f"winner_{lot.pk}")
    key = winners[lot.pk]
    if key is None:
        return LotResult.VOID
    bid = TenderBid._base_manager.filter(lot=lot, pk=key).first()
    if bid is None:
        raise DomainError(_("This bid is not for lot %(lot)s.") % {"lot": lot.number}, field=f"winner_{lot.pk}")
    bid.is_winner = True
    bid.save(update_fields=["is_winner", "updated_at"])
    return LotResult.WON if bid.is_ours else LotResult.LOST


def cancel_tender(*, tender: Tender, actor: User, reason: str = "") -> Any:
    """We do not bid, or the customer called it off. Raises TransitionError without a reason, StaleVersion."""
    with transaction.atomic():
        row = transition(tender, TenderState.CANCELLED, actor=actor, reason=reason)
        announce(tender)
    return row
