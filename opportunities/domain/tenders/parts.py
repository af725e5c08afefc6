"""Lots, papers and bids of a tender."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import User
from opportunities.domain.tenders.tenders import BEFORE_SUBMISSION, sum_up
from opportunities.enums import TenderState
from opportunities.models import Tender, TenderBid, TenderDocument, TenderLot

T = TypeVar("T")


def _locked(tender: Tender) -> Tender:
    """The tender as it is, held so that nobody moves it meanwhile."""
    rows = Tender._base_manager.select_related("currency", "customer")
    return lock_row(rows, tender.pk)


def _of_lots(tender: Tender, change: Callable[[], T]) -> T:
    """Change lots while the price is being made, and sum up."""
    with transaction.atomic():
        locked = _locked(tender)
        if locked.state != TenderState.PREPARING:
            raise DomainError(
                _("Lots and prices are changed while the tender is being prepared: take it back to preparation first.")
            )
        done = change()
        sum_up(locked)
    return done


def add_lot(*, actor: User, tender: Tender, **values: Any) -> TenderLot:
    """A lot of a tender that is being prepared. Raises DomainError for a later state, or a number that is there."""
    return _of_lots(tender, lambda: create_record(TenderLot(tender=tender, **values)))


def change_lot(*, instance: TenderLot, expected_version: int | None, actor: User, **values: Any) -> TenderLot:
    """Change a lot. Raises StaleVersion, DomainError as for a new one."""
    for name, value in values.items():
        setattr(instance, name, value)
    return _of_lots(
        instance.tender, lambda: save_record(instance, expected_version=expected_version, fields=list(values))
    )


def remove_lot(*, instance: TenderLot, actor: User) -> None:
    """Take a lot out. Raises DomainError once the price is with the approvers."""
    _of_lots(instance.tender, instance.delete)


def _of_papers(tender: Tender, change: Callable[[], T]) -> T:
    """Change papers until the bid is handed in."""
    with transaction.atomic():
        if _locked(tender).state not in BEFORE_SUBMISSION:
            raise DomainError(_("The bid was handed in: its papers stay as they were."))
        return change()


def add_paper(*, actor: User, tender: Tender, **values: Any) -> TenderDocument:
    """A paper that the bid needs. Raises DomainError once it was handed in."""
    return _of_papers(tender, lambda: create_record(TenderDocument(tender=tender, **values)))


def change_paper(
    *, instance: TenderDocument, expected_version: int | None, actor: User, **values: Any
) -> TenderDocument:
    """Change a paper; with a file it is done today unless a day is said. Raises StaleVersion, DomainError."""
    if values.get("file") is not None and not values.get("done_on"):
        values["done_on"] = timezone.localdate()
    for name, value in values.items():
        setattr(instance, name, value)
    return _of_papers(
        instance.tender, lambda: save_record(instance, expected_version=expected_version, fields=list(values))
    )


def remove_paper(*, instance: TenderDocument, actor: User) -> None:
    """Take a paper off the list. Raises DomainError once the bid was handed in."""
    _of_papers(instance.tender, instance.delete)


def _of_bids(tender: Tender, change: Callable[[], T]) -> T:
    """Change bids between their opening and the result."""
    with transaction.atomic():
        if _locked(tender).state != TenderState.OPENED:
            raise DomainError(_("Bids are entered once they were opened, and until the result is known."))
        return change()


def add_bid(*, actor: User, lot: TenderLot, **values: Any) -> TenderBid:
    """Somebody's price for a lot. Raises DomainError before the opening, and for a bidder who is there."""
    return _of_bids(lot.tender, lambda: create_record(TenderBid(lot=lot, **_named(values))))


def change_bid(*, instance: TenderBid, expected_version: int | None, actor: User, **values: Any) -> TenderBid:
    """Correct what was read out. Raises StaleVersion, and DomainError for our own, which is what we handed in."""
    _refuse_ours(instance)
    values = _named(values)
    for name, value in values.items():
        setattr(instance, name, value)
    return _of_bids(
        instance.lot.tender, lambda: save_record(instance, expected_version=expected_version, fields=list(values))
    )


def remove_bid(*, instance: TenderBid, actor: User) -> None:
    """Take a bid out. Raises DomainError for our own."""
    _refuse_ours(instance)
    _of_bids(instance.lot.tender, instance.delete)


def _named(values: dict[str, Any]) -> dict[str, Any]:
    """A known competitor needs no name typed."""
    competitor = values.get("competitor")
    if not values.get("bidder") and competitor is not None:
        values = {**values, "bidder": competitor.short_name or competitor.name}
    if not values.get("bidder"):
        raise DomainError(_("Say who bid: choose a competitor, or type the name."), field="bidder")
    return values


def _refuse_ours(bid: TenderBid) -> None:
    if bid.is_ours:
        raise DomainError(_("Our own bid is what was handed in: it is not changed."))
