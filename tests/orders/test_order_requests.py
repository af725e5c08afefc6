"""Order requests: made of an accepted quote by one press, nothing typed again, never twice."""

from decimal import Decimal

import pytest
from django.urls import reverse

from crm.errors import DomainError, StaleVersion
from opportunities.domain.quotes.quotes import update_quote
from opportunities.domain.quotes.release import release_quote
from opportunities.domain.quotes.sending import accept_quote, send_quote
from orders.domain.requests import correct_quantities, request_from, submit_request, take_back, update_request
from orders.models import OrderRequest, OrderRequestLine
from orders.views.order_request import order_request_entity
from tests.entity_suite import EntitySuite
from tests.factories.quotes import make_accepted, make_quote, make_request, make_sent
from tests.factories.records import day

pytestmark = pytest.mark.django_db


class TestOrderRequest(EntitySuite):
    entity = order_request_entity
    make = staticmethod(make_request)
    form_data = staticmethod(lambda org, record: {"customer_reference": "PO-2026-118", "remark": "分两批"})


def test_everything_of_the_quote_is_in_the_order_request(org):
    quote = make_quote(org)
    line = quote.lines.get()
    lines = [
        {"pk": line.pk, "requested_on": day(40)},
        {
            "product": org.product,
            "quantity": Decimal("12.5"),
            "unit": line.unit,
            "price": Decimal("35.1234"),
            "requested_on": day(20),
            "description": "灰色",
        },
    ]
    terms = {"payment_terms": "net60", "delivery_terms": "delivered", "delivery_place": "宁波", "freight_amount": 800}
    update_quote(instance=quote, expected_version=None, actor=quote.owner, lines=lines, **terms)
    release_quote(quote=quote, actor=quote.owner)
    send_quote(quote=quote, actor=quote.owner)
    accept_quote(quote=quote, actor=quote.owner, reason="by mail")
    made, new = request_from(quote=quote, actor=quote.owner)
    assert new
    for name in ("customer", "owner", "team", "business_unit", "currency", "payment_terms", "delivery_terms"):
        assert getattr(made, name) == getattr(quote, name), name
    assert (made.delivery_place, made.freight_amount, made.net) == ("宁波", 800, quote.net)
    assert made.requested_on == day(20)
    names = ("position", "product_id", "description", "quantity", "unit_id", "price", "requested_on", "net")
    assert list(made.lines.values_list(*names)) == list(quote.lines.values_list(*names))
    assert (made.state, made.code[:3]) == ("draft", "OR-")


def test_a_second_press_makes_no_second_one(org, client_of):
    quote, client = make_accepted(org), client_of(org.people.sales_rep)
    page = client.get(f"/opportunities/quotes/{quote.pk}/").content.decode()
    url = reverse("orders:orderrequest_start", args=[quote.pk])
    assert url in page
    first, second = client.post(url), client.post(url)
    made = OrderRequest.objects.get()
    assert first.url == second.url == order_request_entity.record_url(made)
    page = client.get(f"/opportunities/quotes/{quote.pk}/").content.decode()
    assert made.code in page
    assert url not in page


def test_only_an_accepted_quote_becomes_one(org, client_of):
    quote = make_sent(org)
    with pytest.raises(DomainError, match="Only an accepted quote"):
        request_from(quote=quote, actor=quote.owner)
    client = client_of(org.people.sales_rep)
    url = reverse("orders:orderrequest_start", args=[quote.pk])
    assert url not in client.get(f"/opportunities/quotes/{quote.pk}/").content.decode()
    assert client.post(url).url == f"/opportunities/quotes/{quote.pk}/"
    foreign = make_accepted(org, org.people.stranger)
    assert client.post(reverse("orders:orderrequest_start", args=[foreign.pk])).status_code == 404
    assert not OrderRequest.objects.exists()


def test_submitted_it_is_not_changed_any_more(org, client_of):
    record = make_request(org)
    client = client_of(org.people.sales_rep)
    client.post(reverse("orders:orderrequest_step", args=[record.pk, "submitted"]))
    record.refresh_from_db()
    assert record.state == "submitted"
    with pytest.raises(DomainError, match="submitted already"):
        update_request(instance=record, expected_version=record.version, actor=record.owner, remark="x")
    with pytest.raises(DomainError):
        submit_request(request=record, actor=record.owner)


def test_another_day_is_every_lines_that_was_wanted_then_or_before(org):
    record = make_request(org)
    OrderRequest.objects.filter(pk=record.pk).update(requested_on=day(10))
    line = record.lines.get()
    later = OrderRequestLine.objects.get(pk=line.pk)
    later.pk, later.position, later.requested_on = None, 2, day(40)
    later.save()
    record.lines.filter(pk=line.pk).update(requested_on=day(10))
    record.refresh_from_db()
    change = {"actor": record.owner, "expected_version": None}
    record = update_request(instance=record, requested_on=day(20), **change)
    assert list(record.lines.order_by("position").values_list("requested_on", flat=True)) == [day(20), day(40)]
    record = update_request(instance=record, requested_on=day(60), **change)
    assert list(record.lines.order_by("position").values_list("requested_on", flat=True)) == [day(60), day(60)]
    record = update_request(instance=record, remark="x", **change)
    assert list(record.lines.order_by("position").values_list("requested_on", flat=True)) == [day(60), day(60)]


def test_quantities_of_a_draft_are_corrected_with_a_reason_and_the_amounts_follow(org, client_of):
    record = make_request(org, freight_amount=800)
    submit_request(request=record, actor=record.owner)
    values = {"expected_version": None, "actor": record.owner, "reason": "the ERP sells whole drums"}
    line = record.lines.get()
    with pytest.raises(DomainError, match="submitted already"):
        correct_quantities(request=record, quantities={line.pk: Decimal(100)}, **values)
    take_back(request=record, actor=record.owner, reason="quantity")
    client, page = client_of(record.owner), order_request_entity.record_url(record)
    url = reverse("orders:orderrequest_quantities", args=[record.pk])
    assert url in client.get(page).content.decode()
    name = f"quantity_{line.pk}"
    typed = {name: "200.5", "version_read": record.version, "reason": "whole drums"}
    assert 'value="80000"' in client.get(url).content.decode()
    assert client.post(url, {**typed, "reason": " "}).status_code == 422
    assert client.post(url, {**typed, name: "0"}).status_code == 422
    assert client.post(url, typed).url == page
    record.refresh_from_db()
    line.refresh_from_db()
    assert (line.quantity, line.net) == (Decimal("200.5"), Decimal("6857.10"))
    assert (record.net, record.net_base) == (Decimal("7657.10"), Decimal("7657.10"))
    assert record.quote.lines.get().quantity == 80000  # what was accepted stays
    stale = client.post(url, {**typed, name: "300"})
    assert stale.status_code == 409 and 'value="300"' in stale.content.decode()
    event = OrderRequestLine.pgh_event_model.objects.filter(pgh_obj=line).order_by("pgh_id").last()
    assert event.pgh_context.metadata["reason"] == "whole drums"


@pytest.mark.parametrize(("quantity", "reason"), [(Decimal(0), "x"), (Decimal(-1), "x"), (Decimal(5), " ")])
def test_no_quantity_and_no_reason_change_nothing(org, quantity, reason):
    record = make_request(org)
    line = record.lines.get()
    with pytest.raises(DomainError):
        correct_quantities(
            request=record, quantities={line.pk: quantity}, expected_version=None, actor=record.owner, reason=reason
        )
    with pytest.raises(StaleVersion):
        correct_quantities(
            request=record, quantities={line.pk: Decimal(5)}, expected_version=0, actor=record.owner, reason="x"
        )
    line.refresh_from_db()
    assert line.quantity == 80000
