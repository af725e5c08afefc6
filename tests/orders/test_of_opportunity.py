"""What came of an opportunity: its orders, and what was shipped against what was promised."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from crm.errors import DomainError
from opportunities.models import Opportunity
from orders.domain.opportunities import candidates, link_order, promised_in, realised, unlink_order
from orders.models import OpportunityOrder, SalesOrder, ShipmentLine
from tests.factories.deals import make_deal_product
from tests.factories.records import make_customer, make_opportunity, make_order, make_shipment

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 25)


def won(org, **values):
    values = {"closed_on": dt.date(2026, 6, 10), "our_volume_kg": Decimal(12000), "product_line": org.sealant, **values}
    return make_opportunity(org, stage="won", **values)


def test_the_first_order_is_when_it_turned_into_business(org):
    record, rep = won(org), org.people.sales_rep
    late, early = (make_order(org, customer=record.customer, ordered_on=TODAY - dt.timedelta(n)) for n in (3, 9))
    first = link_order(opportunity=record, order=late, actor=rep)
    second = link_order(opportunity=record, order=early, actor=rep)
    record.refresh_from_db()
    assert record.converted_on == early.ordered_on
    unlink_order(link=second, actor=rep)
    record.refresh_from_db()
    assert record.converted_on == late.ordered_on
    unlink_order(link=first, actor=rep)
    record.refresh_from_db()
    assert record.converted_on is None
    with pytest.raises(DomainError, match="another customer"):
        link_order(opportunity=record, order=make_order(org), actor=rep)


def test_nothing_came_of_a_lost_one(org):
    lost = make_opportunity(org, stage="lost", closed_on=TODAY)
    with pytest.raises(DomainError, match="reopen it first"):
        link_order(opportunity=lost, order=make_order(org, customer=lost.customer), actor=org.people.sales_rep)


def test_the_end_customer_s_order_counts_and_an_order_is_linked_once(org):
    record = won(org, end_customer=make_customer(org))
    order = make_order(org, customer=record.end_customer)
    link_order(opportunity=record, order=order, actor=org.people.sales_rep)
    with pytest.raises(DomainError, match="linked already"):
        link_order(opportunity=record, order=order, actor=org.people.sales_rep)


def test_orders_are_offered_that_may_have_come_of_it(org):
    record = won(org, product_line=org.product.product_line)
    Opportunity.objects.update(created_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
    record.refresh_from_db()
    fits = make_order(org, customer=record.customer, ordered_on=dt.date(2026, 6, 20))
    make_order(org, customer=record.customer, ordered_on=dt.date(2026, 4, 20))  # before it began
    make_order(org)  # of somebody else
    assert list(candidates(record, SalesOrder.objects.all())) == [fits]
    link_order(opportunity=record, order=fits, actor=org.people.sales_rep)
    assert not candidates(record, SalesOrder.objects.all()).exists()


def test_the_promise_ramps_up_and_further_products_count(org):
    record = won(org, ramp_months=4)
    assert [promised_in(record, number) for number in (1, 2, 4, 9)] == [250, 500, 1000, 1000]
    make_deal_product(org, opportunity=record, our_volume_kg=Decimal(24000))
    assert promised_in(record, 4) == 3000
    assert promised_in(won(org), 1) == 1000  # without a ramp from the first month on


def test_what_was_shipped_against_what_was_promised_by_hand(org):
    record = won(org, product_line=org.product.product_line)
    days = {"2026-06-30": 1, "2026-07-01": 2, "2026-09-30": 1, "2026-10-02": 3, "2026-11-25": 1}
    for text, count in days.items():
        for _number in range(count):
            shipment = make_shipment(org, customer=record.customer)
            shipment.lines.update(shipped_on=dt.date.fromisoformat(text))
    make_shipment(org).lines.update(shipped_on=dt.date(2026, 8, 1))  # of somebody else
    found = realised(record, ShipmentLine.objects.all(), TODAY)
    assert found is not None
    assert [(one.start, one.promised, one.shipped) for one in found.quarters] == [
        (dt.date(2026, 7, 1), 3000, 300),
        (dt.date(2026, 10, 1), 2000, 400),
    ]
    assert (found.promised, found.shipped, found.before) == (5000, 700, 100)
    assert realised(make_opportunity(org), ShipmentLine.objects.all(), TODAY) is None
    much_later = realised(record, ShipmentLine.objects.all(), dt.date(2030, 1, 1))
    assert much_later is not None
    assert len(much_later.quarters) == 8
    assert much_later.promised == 24000


def test_the_page_offers_links_and_unlinks(org, client_of):
    record = won(org, product_line=org.product.product_line)
    order = make_order(org, customer=record.customer)
    foreign = make_order(org, owner=org.people.stranger)
    rep = client_of(org.people.sales_rep)
    url = reverse("orders:opportunity_link", args=[record.pk])
    page = reverse("opportunities:opportunity_record", args=[record.pk])
    assert "Promised and shipped" in rep.get(page).content.decode()
    assert f'value="{order.number}"' in rep.get(page).content.decode()
    answer = rep.post(url, {"order": foreign.number}, follow=True).content.decode()
    assert "that you may see" in answer
    answer = rep.post(url, {"order": f" {order.number} "}, follow=True).content.decode()
    assert f"Order {order.number} was linked." in answer
    link = OpportunityOrder.objects.get()
    assert client_of(org.people.auditor).post(url, {"unlink": link.pk}).status_code == 403
    assert client_of(org.people.stranger).post(url, {"unlink": link.pk}).status_code in (403, 404)
    rep.post(url, {"unlink": link.pk})
    rep.post(url, {"unlink": link.pk})  # pressed twice
    assert not OpportunityOrder.objects.exists()
