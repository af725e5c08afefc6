"""Quotes: made of the opportunity, priced, released, versioned, expired."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from crm.errors import DomainError, TransitionError
from crm.models import Notification, Unit
from crm.workflow.domain.approval_decisions import approve, return_for_change
from crm.workflow.models import ApprovalRequest
from opportunities.domain.quotes.pricing import margin_of
from opportunities.domain.quotes.quotes import quote_from, update_quote
from opportunities.domain.quotes.release import DOCUMENT, largest_gap, release_quote, reopen_quote
from opportunities.domain.quotes.sending import decline_quote, expire_quotes, new_version, send_quote
from opportunities.models import Quote, QuoteLine
from tests.factories.approvals import condition, make_policy, named
from tests.factories.catalogue import kilogram, make_cost, make_price, make_rate
from tests.factories.quotes import (
    age,
    make_accepted,
    make_deal,
    make_index,
    make_quote,
    make_released,
    make_sent,
    make_value,
)
from tests.factories.records import day, make_contact
from tests.opportunities.support import reached

pytestmark = pytest.mark.django_db


def line_values(quote, **changes):
    """The values of a quote's only line, some of them changed."""
    line = quote.lines.get()
    names = (
        "product",
        "description",
        "quantity",
        "unit",
        "price",
        "breaks",
        "index",
        "premium",
        "requested_on",
        "freight",
    )
    return {"pk": line.pk, **{name: getattr(line, name) for name in names}, **changes}


def relined(quote, **changes):
    return update_quote(instance=quote, expected_version=None, actor=quote.owner, lines=[line_values(quote, **changes)])


def test_everything_the_opportunity_knows_is_in_the_draft(org):
    deal = make_deal(org)
    deal.customer.payment_terms_days = 60
    deal.customer.save()
    make_contact(org, customer=deal.customer, name="乙")
    main = make_contact(org, customer=deal.customer, name="甲", is_primary=True)
    make_price(org)
    make_cost(org)
    quote, made = quote_from(opportunity=deal, actor=org.people.sales_rep)
    assert made
    assert (quote.customer, quote.contact, quote.owner) == (deal.customer, main, deal.owner)
    assert (quote.payment_terms, quote.currency_id, quote.language) == ("net60", "CNY", "zh-hans")
    assert quote.valid_until == day(30)
    line = quote.lines.get()
    assert (line.product, line.quantity, line.unit.code) == (org.product, Decimal(80000), "KG")
    assert (line.price, line.guide_price, line.floor_price) == (Decimal("34.20"), Decimal("38.5"), Decimal("34.25"))
    assert line.floor_gap == Decimal("0.15")  # 5 fen of 34.25
    assert line.unit_cost == Decimal("27.28")
    assert (quote.net, quote.net_base, quote.below_floor) == (Decimal("2736000.00"), Decimal("2736000.00"), True)
    assert quote.product_line == org.sealant
    assert quote.code == quote.number
    assert quote.number.startswith("QUO-")


def test_a_second_press_goes_on_with_the_draft(org):
    deal = make_deal(org)
    first, _made = quote_from(opportunity=deal, actor=deal.owner)
    second, made = quote_from(opportunity=deal, actor=deal.owner)
    assert (second.pk, made) == (first.pk, False)


def test_without_a_proposed_price_the_list_price_stands_there_and_without_a_product_no_line(org):
    make_price(org)
    assert make_quote(org, opportunity=make_deal(org, proposed_price=None)).lines.get().price == Decimal("38.5")
    assert not make_quote(org, opportunity=make_deal(org, product=None)).lines.exists()


def test_a_formula_price_is_the_index_of_the_day_in_the_lines_unit_and_currency_and_the_premium(org):
    kilogram()
    tonne = Unit.objects.create(code="TO", name="吨", name_en="t", dimension="mass", factor=1000)
    make_rate(org, starts_on=day(-5), rate=Decimal("7.00"))
    index = make_index(org, unit=tonne, currency_id="USD")
    make_value(org, index=index, starts_on=day(-10), value=Decimal(1900))
    make_value(org, index=index, starts_on=day(-1), value=Decimal(2000))
    make_value(org, index=index, starts_on=day(1), value=Decimal(9000))  # not known yet
    quote = relined(make_quote(org), index=index, premium=Decimal("4.5"), price=None)
    line = quote.lines.get()
    assert (line.index_value, line.index_on, line.index_part) == (Decimal(2000), day(-1), Decimal(14))  # 2 USD at 7
    assert line.price == Decimal("18.5")
    assert line.net == Decimal("1480000.00")


def test_an_index_without_a_value_says_what_to_do(org):
    quote = make_quote(org)
    with pytest.raises(DomainError, match=r"Line 1: The index .* has no value"):
        relined(quote, index=make_index(org), premium=Decimal(1))
    assert quote.lines.get().index is None


def test_price_breaks_are_sorted_and_must_fall(org):
    quote = make_quote(org)
    steps = [{"from": "200000", "price": "30"}, {"from": "100000", "price": "32.5"}]
    relined(quote, breaks=steps)
    assert quote.lines.get().breaks == [{"from": "100000", "price": "32.5"}, {"from": "200000", "price": "30"}]
    for wrong in ([{"from": "70000", "price": "30"}], [{"from": "100000", "price": "36"}]):
        with pytest.raises(DomainError, match="Line 1"):
            relined(quote, breaks=wrong)


def test_a_break_below_its_own_floor_price_counts(org):
    first = make_price(org, guide_price=Decimal(36), floor_price=Decimal(33))
    make_price(org, price_list=first.price_list, quantity_from=100000, guide_price=Decimal(34), floor_price=Decimal(32))
    quote = relined(make_quote(org), breaks=[{"from": "100000", "price": "32.5"}])
    assert not quote.below_floor
    quote = relined(quote, breaks=[{"from": "100000", "price": "31.2"}])
    assert quote.below_floor
    assert quote.lines.get().floor_gap == Decimal("2.50")


def test_the_margin_is_what_cost_and_freight_leave(org):
    make_cost(org, amount=Decimal(20))
    quote = relined(make_quote(org), price=Decimal(40), freight=Decimal(4))
    line = quote.lines.get()
    assert line.margin == Decimal("0.4")
    assert margin_of([line]) == Decimal("0.4")
    assert margin_of([QuoteLine(quantity=1, price=Decimal(1))]) is None


def test_lines_are_changed_added_and_taken_away(org):
    quote = make_quote(org)
    kept = line_values(quote, quantity=Decimal(1000))
    added = {**line_values(quote), "pk": None, "description": "second"}
    update_quote(instance=quote, expected_version=quote.version, actor=quote.owner, lines=[added, kept])
    assert [(line.position, line.description, line.quantity) for line in quote.lines.all()] == [
        (1, "second", Decimal(80000)),
        (2, "", Decimal(1000)),
    ]
    assert quote.lines.get(position=2).pk == kept["pk"]
    update_quote(instance=quote, expected_version=quote.version, actor=quote.owner, lines=[kept])
    assert quote.lines.get().pk == kept["pk"]
    assert quote.net == Decimal("34200.00")


def test_a_contact_of_another_customer_is_refused(org):
    quote = make_quote(org)
    with pytest.raises(DomainError, match="another customer"):
        update_quote(instance=quote, expected_version=None, actor=quote.owner, contact=make_contact(org))


def test_at_or_above_the_floor_price_it_is_released_at_once(org):
    make_price(org, floor_price=Decimal("34.20"))
    quote = make_released(org)
    assert quote.state == "approved"
    assert not ApprovalRequest.objects.exists()
    with pytest.raises(DomainError, match="Only a draft"):
        update_quote(instance=quote, expected_version=None, actor=quote.owner, remark="x")
    assert reopen_quote(quote=quote, actor=quote.owner).state == "draft"


def test_without_lines_price_or_validity_it_is_not_released(org):
    empty = make_quote(org, opportunity=make_deal(org, product=None))
    unpriced = make_quote(org, opportunity=make_deal(org, proposed_price=None))
    old = make_quote(org, valid_until=day(-1))
    for quote, why in ((empty, "Add a line"), (unpriced, "Line 1 has no price"), (old, "has passed")):
        with pytest.raises(DomainError, match=why):
            release_quote(quote=quote, actor=quote.owner)
        assert Quote.objects.get(pk=quote.pk).state == "draft"


@pytest.fixture
def policies(org):
    """Little below: the manager; much: the head of the business unit."""
    people = org.people
    make_policy(org, named(people.bu_head), document=DOCUMENT, priority=1, conditions=[condition("gap", "gte", 5)])
    make_policy(org, named(people.sales_manager), document=DOCUMENT, priority=2)


def test_below_the_floor_price_a_reason_and_an_approval_are_needed(org, policies):
    make_price(org, floor_price=Decimal(35))
    quote = make_quote(org)
    with pytest.raises(TransitionError, match="say why"):
        release_quote(quote=quote, actor=quote.owner)
    release_quote(quote=quote, actor=quote.owner, reason="年度框架首单")
    assert (quote.state, quote.floor_reason) == ("pending", "年度框架首单")
    assert not reached("quote_approved", quote.opportunity)
    request = ApprovalRequest.objects.get()
    assert [row.user for row in request.assignments.all()] == [org.people.sales_manager]  # 2.3 % below
    assert not re.search(r"(?<!\d)35(\.0+)?(?!\d)", str(request.shown))  # the floor price is not told
    assert request.facts["gap"] == "3"
    approve(request=request, actor=org.people.sales_manager)
    quote.refresh_from_db()
    assert quote.state == "approved"
    assert reached("quote_approved", quote.opportunity)


def test_much_below_it_goes_to_the_head_and_returned_it_is_a_draft_again(org, policies):
    make_price(org, floor_price=Decimal(37))
    quote = release_quote(quote=make_quote(org), actor=org.people.sales_rep, reason="竞品压价")
    assert largest_gap(quote) == 8
    request = ApprovalRequest.objects.get()
    assert [row.user for row in request.assignments.all()] == [org.people.bu_head]
    return_for_change(request=request, actor=org.people.bu_head, reason="提价 2%")
    quote.refresh_from_db()
    assert quote.state == "draft"
    relined(quote, price=Decimal(37))
    assert release_quote(quote=quote, actor=quote.owner).state == "approved"


def test_it_is_priced_anew_when_it_is_released(org, policies):
    price = make_price(org, floor_price=Decimal(30))
    quote = make_quote(org)
    age(quote, quoted_on=day(-9))
    type(price)._base_manager.filter(pk=price.pk).update(floor_price=Decimal(36))
    with pytest.raises(TransitionError, match="say why"):
        release_quote(quote=quote, actor=quote.owner)
    stored = Quote.objects.get(pk=quote.pk)
    assert (stored.quoted_on, stored.below_floor) == (day(), True)  # so that the page offers the way to approval


def test_sending_notes_the_day_and_the_hours_it_took(org):
    quote = make_released(org)
    age(quote, requested_at=quote.requested_at - dt.timedelta(hours=5, minutes=30))
    send_quote(quote=quote, actor=quote.owner)
    assert (quote.state, quote.sent_on) == ("sent", day())
    assert Decimal("5.5") <= quote.response_hours <= Decimal("5.6")
    with pytest.raises(TransitionError, match="Release the quote first"):
        send_quote(quote=make_quote(org), actor=quote.owner)


def test_a_new_version_copies_everything_and_replaces_the_old_one(org):
    quote = make_sent(org, remark="含税")
    relined_to = quote.lines.get()
    draft = new_version(quote=quote, actor=quote.owner)
    quote.refresh_from_db()
    assert (quote.state, draft.state, draft.edition) == ("superseded", "draft", 2)
    assert (draft.number, draft.code) == (quote.number, f"{quote.number}-V2")
    assert (draft.remark, draft.customer, draft.opportunity) == ("含税", quote.customer, quote.opportunity)
    line = draft.lines.get()
    assert (line.product, line.price, line.quantity) == (relined_to.product, relined_to.price, relined_to.quantity)
    assert line.pk != relined_to.pk
    assert not quote.links.filter(revoked_at=None).exists()
    assert draft.sent_on is None
    for wrong in (quote, draft, make_accepted(org)):
        with pytest.raises(DomainError):
            new_version(quote=wrong, actor=quote.owner)


def test_what_holds_for_the_gate(org):
    quote = make_released(org)
    deal = quote.opportunity
    assert reached("quote_approved", deal)
    send_quote(quote=quote, actor=quote.owner)
    assert reached("quote_approved", deal)
    age(quote, valid_until=day(-1))
    assert not reached("quote_approved", deal)
    assert not reached("quote_approved", make_quote(org).opportunity)
    accepted = make_accepted(org)
    age(accepted, valid_until=day(-1))
    assert reached("quote_approved", accepted.opportunity)  # it was accepted in time
    declined = make_sent(org)
    decline_quote(quote=declined, actor=declined.owner, reason="价格高")
    assert not reached("quote_approved", declined.opportunity)


def test_quotes_expire_after_their_last_day_and_the_owner_is_told_once(org):
    last, over, done = make_sent(org), make_sent(org), make_accepted(org)
    age(last, valid_until=day())
    age(over, valid_until=day(-1))
    age(done, valid_until=day(-1))
    assert expire_quotes() == 1
    assert expire_quotes() == 0
    states = [Quote.objects.get(pk=quote.pk).state for quote in (last, over, done)]
    assert states == ["sent", "expired", "accepted"]
    assert Notification.objects.filter(kind="quote.expired", recipient=over.owner).count() == 1
