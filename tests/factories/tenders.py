"""Tenders for tests, made as the pages make them."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from crm.models import Unit, User
from opportunities.domain.tenders import course, parts
from opportunities.domain.tenders.tenders import create_tender
from opportunities.models import Tender, TenderBid, TenderDocument, TenderLot
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer

_numbers = itertools.count(1)


def make_tender(org: Organisation, *, owner: User | None = None, customer: Any = None, **values: Any) -> Tender:
    """A tender that is being prepared, due in 20 days, with the standard papers and no lot."""
    customer = customer or make_customer(org, owner=owner)
    values = {
        "title": f"硅橡胶年度招标{next(_numbers)}",
        "submission_due": timezone.now() + dt.timedelta(days=20),
        **values,
    }
    return create_tender(actor=customer.owner, customer=customer, **values)


def make_lot(tender: Tender, **values: Any) -> TenderLot:
    """A lot of 1,000 kg at 30."""
    values = {
        "number": str(next(_numbers)),
        "name": "加成型灌封胶",
        "quantity": Decimal(1000),
        "unit": Unit.objects.get(code="KG"),
        "our_price": Decimal(30),
        **values,
    }
    lot = parts.add_lot(actor=tender.owner, tender=tender, **values)
    tender.refresh_from_db()
    return lot


def make_tender_with_lot(org: Organisation, owner: User | None = None) -> TenderLot:
    """A lot of a tender of that owner."""
    return make_lot(make_tender(org, owner=owner))


def make_tender_paper(org: Organisation, owner: User | None = None) -> TenderDocument:
    """A paper of a tender of that owner."""
    found = make_tender(org, owner=owner).documents.order_by("pk").first()
    assert found is not None
    return found


def priced(tender: Tender, **lot: Any) -> Tender:
    """With a lot, and its price approved: no policy asks for more."""
    if not tender.lots.exists():
        make_lot(tender, **lot)
    course.ask_price(tender=tender, actor=User.objects.filter(roles__code="sales_rep").order_by("pk")[0])
    tender.refresh_from_db()
    return tender


def all_papers(tender: Tender) -> None:
    """All papers are there."""
    tender.documents.update(done_on=timezone.localdate())


def submitted(tender: Tender, **lot: Any) -> Tender:
    """The bid is handed in."""
    priced(tender, **lot)
    all_papers(tender)
    course.submit_tender(tender=tender, actor=tender.owner, at=timezone.now(), how="platform")
    return tender


def opened(tender: Tender, on: dt.date | None = None, **lot: Any) -> Tender:
    """The bids were opened."""
    submitted(tender, **lot)
    course.open_bids(tender=tender, actor=tender.owner, on=on or timezone.localdate())
    return tender


def make_opened_tender(org: Organisation, owner: User | None = None) -> Tender:
    """A tender of that owner whose bids were opened."""
    return opened(make_tender(org, owner=owner))


def make_tender_bid(org: Organisation, owner: User | None = None) -> TenderBid:
    """A competitor's bid for a lot of a tender of that owner."""
    tender = make_opened_tender(org, owner=owner)
    lot = tender.lots.get()
    return parts.add_bid(actor=tender.owner, lot=lot, bidder="新安硅材", price=Decimal(29))


def decided(tender: Tender, won: bool = True, lessons: str = "价格偏高。") -> Tender:
    """The result: ours, or nobody's."""
    winners = {
        lot.pk: lot.bids.get(is_ours=True).pk
        if won
        else parts.add_bid(actor=tender.owner, lot=lot, bidder=f"对手{next(_numbers)}", price=Decimal(1)).pk
        for lot in tender.lots.all()
    }
    course.decide_tender(tender=tender, actor=tender.owner, winners=winners, lessons=lessons)
    return tender
