"""The course of a tender: prices approved, papers complete, handed in, opened, decided; what stands in the way of each."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.base.remembered import forget
from crm.base.saving import save_record
from crm.errors import DomainError, TransitionError
from crm.models import ApprovalRequest, ChoiceItem, Competitor, Currency, ExchangeRate
from crm.workflow.domain import approval_decisions as decide
from opportunities.domain.tenders import course, parts
from opportunities.domain.tenders.tenders import create_tender, update_tender
from opportunities.models import Tender, TenderBid
from tests.factories.approvals import condition, make_policy, named
from tests.factories.catalogue import make_product
from tests.factories.records import day, make_customer, make_opportunity
from tests.factories.tenders import all_papers, decided, make_lot, make_tender, opened, priced, submitted
from tests.opportunities.support import reached

pytestmark = pytest.mark.django_db


def state(tender):
    return Tender.objects.get(pk=tender.pk).state


def test_a_new_one_has_number_place_and_the_papers_that_administrators_list(org):
    item = ChoiceItem.objects.get(list__key="tender_document", code="test_report")
    item.is_active = False
    save_record(item, expected_version=None, fields=["is_active"])
    forget()
    opportunity = make_opportunity(org, product_line=org.sealant, region=org.south)
    customer = opportunity.customer
    tender = make_tender(org, customer=customer, opportunity=opportunity)
    assert tender.code.startswith(f"TEN-{timezone.localdate():%y%m}-")
    assert (tender.owner, tender.team) == (customer.owner, org.sub_team)
    assert (tender.business_unit, tender.region) == (org.silicones, customer.region)
    assert tender.product_line == org.sealant
    papers = list(tender.documents.order_by("pk"))
    assert len(papers) == 5
    assert papers[0].due_on == (tender.submission_due - dt.timedelta(days=2)).date()
    assert {paper.responsible for paper in papers} == {customer.owner}


def test_an_opportunity_of_another_customer_is_refused(org):
    with pytest.raises(DomainError, match="another customer") as error:
        make_tender(org, customer=make_customer(org), opportunity=make_opportunity(org))
    assert error.value.field == "opportunity"


def test_the_amount_is_that_of_the_lots_in_base_currency_and_the_product_that_of_the_largest(org):
    dollar = Currency.objects.get(code="USD")
    ExchangeRate.objects.create(currency=dollar, starts_on=day(-1), rate=Decimal("7.1"))
    small, large = make_product(org), make_product(org)
    tender = make_tender(org, currency=dollar)
    make_lot(tender, product=small, quantity=Decimal(10), our_price=Decimal("2.5"))
    lot = make_lot(tender, product=large, quantity=Decimal(100), our_price=None, budget_price=Decimal(4))
    assert (tender.amount, tender.amount_base) == (Decimal("425.00"), Decimal("3017.50"))
    assert tender.product == large
    parts.remove_lot(instance=lot, actor=tender.owner)
    tender.refresh_from_db()
    assert (tender.amount, tender.product) == (Decimal("25.00"), small)


def test_small_ones_need_no_approval_and_large_ones_do(org):
    boss = org.people.sales_manager
    make_policy(org, named(boss), document=course.DOCUMENT, conditions=[condition("amount", "gte", 100000)])
    assert state(priced(make_tender(org))) == "approved"
    large = priced(make_tender(org), quantity=Decimal(10000))
    assert state(large) == "pricing"
    with pytest.raises(DomainError, match="being prepared"):
        make_lot(large)
    decide.reject(request=ApprovalRequest.objects.latest("pk"), actor=boss, reason="低于成本")
    assert state(large) == "preparing"
    large.refresh_from_db()
    course.ask_price(tender=large, actor=large.owner)
    decide.approve(request=ApprovalRequest.objects.latest("pk"), actor=boss)
    assert state(large) == "approved"


def test_papers_go_on_while_the_price_is_with_the_approver(org):
    make_policy(org, named(org.people.sales_manager), document=course.DOCUMENT)
    tender = priced(make_tender(org))
    paper = tender.documents.first()
    parts.change_paper(instance=paper, expected_version=paper.version, actor=tender.owner, done_on=day())
    update_tender(instance=tender, expected_version=tender.version, actor=tender.owner, bond_amount=Decimal(5000))
    assert Tender.objects.get(pk=tender.pk).bond_amount == 5000


def test_without_lots_or_our_price_it_is_not_sent_for_approval(org):
    tender = make_tender(org)
    with pytest.raises(DomainError, match="Add the lots"):
        course.ask_price(tender=tender, actor=tender.owner)
    tender.refresh_from_db()
    make_lot(tender, number="包2", our_price=None)
    with pytest.raises(DomainError, match="包2"):
        course.ask_price(tender=tender, actor=tender.owner)
    assert state(tender) == "preparing"


def test_approved_prices_are_changed_only_for_a_reason_and_approved_anew(org):
    tender = priced(make_tender(org))
    lot = tender.lots.get()
    with pytest.raises(DomainError, match="take it back"):
        parts.change_lot(instance=lot, expected_version=lot.version, actor=tender.owner, our_price=Decimal(20))
    with pytest.raises(TransitionError):
        course.reopen_prices(tender=tender, actor=tender.owner)
    course.reopen_prices(tender=tender, actor=tender.owner, reason="客户调整数量")
    lot.refresh_from_db()
    parts.change_lot(instance=lot, expected_version=lot.version, actor=tender.owner, our_price=Decimal(20))
    tender.refresh_from_db()
    assert (tender.state, tender.amount) == ("preparing", Decimal("20000.00"))


def test_a_bid_is_not_handed_in_while_papers_or_the_bond_are_missing(org):
    tender = priced(make_tender(org, bond_amount=Decimal(50000)))
    all_papers(tender)
    first = tender.documents.order_by("pk").first()
    first.done_on = None
    first.save()
    wanted = parts.add_paper(actor=tender.owner, tender=tender, name="样册", is_required=False)
    with pytest.raises(DomainError) as error:
        course.submit_tender(tender=tender, actor=tender.owner, at=timezone.now(), how="courier")
    message = str(error.value.message)
    assert str(first) == "bid letter"
    assert "bid letter" in message
    assert "bid bond" in message
    assert wanted.name not in message
    first.done_on = day()
    first.save()
    update_tender(instance=tender, expected_version=tender.version, actor=tender.owner, bond_paid_on=day(-1))
    tender.refresh_from_db()
    course.submit_tender(tender=tender, actor=org.people.colleague, at=timezone.now(), how="courier")
    tender.refresh_from_db()
    assert (tender.state, tender.submitted_by, tender.submitted_how) == ("submitted", org.people.colleague, "courier")


@pytest.mark.parametrize(("late", "match"), [(3, "due before that"), (-1, "still to come")])
def test_the_time_of_handing_in_is_neither_past_the_deadline_nor_to_come(org, late, match):
    due = timezone.now() - dt.timedelta(hours=5) if late > 0 else timezone.now() + dt.timedelta(days=3)
    tender = priced(make_tender(org, submission_due=due))
    all_papers(tender)
    with pytest.raises(DomainError, match=match) as error:
        course.submit_tender(
            tender=tender, actor=tender.owner, at=timezone.now() - dt.timedelta(hours=late), how="platform"
        )
    assert error.value.field == "at"
    assert state(tender) == "approved"


def test_what_was_handed_in_stays_as_it_was_but_bond_and_lessons(org):
    tender = submitted(make_tender(org, bond_amount=Decimal(100), bond_paid_on=day(-9)))
    tender.refresh_from_db()
    with pytest.raises(DomainError, match="handed in"):
        update_tender(instance=tender, expected_version=tender.version, actor=tender.owner, title="别的")
    with pytest.raises(DomainError, match="papers stay"):
        parts.add_paper(actor=tender.owner, tender=tender, name="补充函")
    tender.refresh_from_db()
    update_tender(
        instance=tender,
        expected_version=tender.version,
        actor=tender.owner,
        title=tender.title,
        bond_refunded_on=day(),
        bond_refunded=Decimal(80),
    )
    assert Tender.objects.get(pk=tender.pk).bond_refunded == 80


def test_no_more_than_the_bond_comes_back(org):
    tender = make_tender(org, bond_amount=Decimal(100), bond_paid_on=day(-9))
    with pytest.raises(DomainError, match="No more than the bond"):
        update_tender(
            instance=tender,
            expected_version=tender.version,
            actor=tender.owner,
            bond_refunded_on=day(),
            bond_refunded=Decimal(101),
        )


def test_bids_stand_in_order_of_price_with_ours_among_them(org):
    tender = make_tender(org)
    with pytest.raises(DomainError, match="once they were opened"):
        parts.add_bid(actor=tender.owner, lot=make_lot(tender), bidder="甲", price=Decimal(1))
    opened(tender)
    lot = tender.lots.get()
    rival = Competitor.objects.create(code="WK", name="瓦克化学", short_name="瓦克")
    for name, price in (("甲", 28), ("乙", 33), ("丙", 30)):
        parts.add_bid(actor=tender.owner, lot=lot, bidder=name, price=Decimal(price))
    known = parts.add_bid(actor=tender.owner, lot=lot, bidder="", competitor=rival, price=Decimal(35))
    assert known.bidder == "瓦克"
    rows = course.ranked(list(TenderBid.objects.filter(lot=lot)))
    assert [row.rank for row in rows] == [1, 2, 2, 4, 5]
    ours = next(row for row in rows if row.bid.is_ours)
    assert (ours.rank, ours.bid.price) == (2, Decimal(30))
    assert round(rows[-1].gap, 1) == Decimal("25.0")
    with pytest.raises(DomainError, match="entered already"):
        parts.add_bid(actor=tender.owner, lot=lot, bidder="甲", price=Decimal(1))
    with pytest.raises(DomainError, match="not changed"):
        parts.change_bid(instance=ours.bid, expected_version=ours.bid.version, actor=tender.owner, price=Decimal(1))


def test_with_one_lot_of_ours_it_is_won_and_each_lot_has_its_result(org):
    tender = make_tender(org)
    first, second, third = make_lot(tender), make_lot(tender), make_lot(tender)
    opened(tender)
    rival = parts.add_bid(actor=tender.owner, lot=second, bidder="甲", price=Decimal(1))
    ours = first.bids.get(is_ours=True)
    with pytest.raises(DomainError, match="not for lot"):
        course.decide_tender(
            tender=tender, actor=tender.owner, winners={first.pk: rival.pk, second.pk: None, third.pk: None}
        )
    course.decide_tender(
        tender=tender, actor=tender.owner, winners={first.pk: ours.pk, second.pk: rival.pk, third.pk: None}
    )
    assert state(tender) == "won"
    assert [lot.result for lot in tender.lots.order_by("pk")] == ["won", "lost", "void"]
    rival.refresh_from_db()
    assert rival.is_winner


def test_a_lost_one_says_what_was_learnt(org):
    tender = opened(make_tender(org))
    lot = tender.lots.get()
    with pytest.raises(DomainError) as error:
        course.decide_tender(tender=tender, actor=tender.owner, winners={lot.pk: None}, lessons=" ")
    assert error.value.field == "lessons"
    assert state(tender) == "opened"
    course.decide_tender(tender=tender, actor=tender.owner, winners={lot.pk: None}, lessons="账期要求 120 天")
    assert state(tender) == "lost"


def test_only_a_bid_handed_in_and_not_withdrawn_counts_for_the_opportunity(org):
    opportunity = make_opportunity(org)
    tender = make_tender(org, customer=opportunity.customer, opportunity=opportunity)
    assert not reached("tender_submitted", opportunity)
    submitted(tender)
    assert reached("tender_submitted", opportunity)
    course.cancel_tender(tender=tender, actor=tender.owner, reason="客户取消招标")
    assert not reached("tender_submitted", opportunity)
    lost = decided(opened(make_tender(org, customer=opportunity.customer, opportunity=opportunity)), won=False)
    assert state(lost) == "lost"
    assert reached("tender_submitted", opportunity)


def test_cancelling_says_why_and_a_decided_one_is_not_cancelled(org):
    tender = make_tender(org)
    with pytest.raises(TransitionError):
        course.cancel_tender(tender=tender, actor=tender.owner)
    won = decided(opened(make_tender(org)))
    with pytest.raises(TransitionError):
        course.cancel_tender(tender=won, actor=won.owner, reason="x")


def test_bids_are_opened_after_they_are_due(org):
    due = timezone.now() + dt.timedelta(days=3)
    with pytest.raises(DomainError, match="opened after they are due"):
        make_tender(org, submission_due=due, opening_at=due - dt.timedelta(hours=1))


def test_a_refused_creation_leaves_nothing(org):
    customer = make_customer(org)
    with pytest.raises(DomainError):
        create_tender(
            actor=customer.owner,
            customer=customer,
            title="招标",
            submission_due=timezone.now(),
            bond_amount=Decimal(-1),
        )
    assert not Tender.objects.exists()
