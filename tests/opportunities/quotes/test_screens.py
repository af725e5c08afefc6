"""The pages of quotes and price indexes: access, the way from the opportunity, what is guarded, versions side by side."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opportunities.domain.quotes.quotes import update_quote
from opportunities.domain.quotes.release import release_quote
from opportunities.domain.quotes.sending import new_version, send_quote
from opportunities.models import Quote, QuoteLine
from opportunities.views.price_index import price_index_entity, price_index_value_entity
from opportunities.views.quote import quote_entity
from tests.entity_suite import EntitySuite
from tests.factories.catalogue import make_cost, make_price
from tests.factories.quotes import (
    make_accepted,
    make_deal,
    make_index,
    make_quote,
    make_released,
    make_sent,
    make_value,
)
from tests.factories.records import day

pytestmark = pytest.mark.django_db
FLOOR, COST = "34.25", "27.28"


class TestQuote(EntitySuite):
    entity = quote_entity
    make = staticmethod(make_quote)
    refused = (({"freight_amount": "-1"}, "The freight must not be negative."),)
    form_data = staticmethod(lambda org, record: terms(record, remark="含税含运"))


class TestPriceIndex(EntitySuite):
    entity = price_index_entity
    role = "data_steward"
    scoped = False
    make = staticmethod(make_index)
    form_data = staticmethod(
        lambda org, record: {"code": record.code, "name": "新名称", "currency": "CNY", "unit": record.unit_id}
    )


class TestPriceIndexValue(EntitySuite):
    entity = price_index_value_entity
    role = "data_steward"
    scoped = False
    make = staticmethod(make_value)
    refused = (({"value": "-2"}, "The value must be larger than zero."),)
    form_data = staticmethod(
        lambda org, record: {"index": record.index_id, "starts_on": record.starts_on.isoformat(), "value": "15.5"}
    )


def terms(quote, **values):
    return {
        "language": quote.language,
        "valid_until": quote.valid_until.isoformat(),
        "currency": quote.currency_id,
        "version_read": quote.version,
        **values,
    }


def grid(quote, *lines, **values):
    """What the form posts: the terms, and lines as dicts of texts."""
    data = terms(quote, **values)
    data |= {"lines-TOTAL_FORMS": str(len(lines)), "lines-INITIAL_FORMS": str(quote.lines.count())}
    for place, line in enumerate(lines):
        data |= {f"lines-{place}-{name}": value for name, value in line.items()}
    return data


def typed(quote, **values):
    line = quote.lines.get()
    return {
        "pk": line.pk,
        "product": line.product_id,
        "quantity": str(line.quantity),
        "unit": line.unit_id,
        "price": str(line.price),
        **values,
    }


def text_of(response):
    return response.content.decode()


def test_three_presses_lead_from_the_deal_to_the_paper_and_nothing_is_typed(org, client_of):
    make_price(org, floor_price=Decimal(30))
    deal, client = make_deal(org), client_of(org.people.sales_rep)
    page = text_of(client.get(f"/opportunities/{deal.pk}/"))
    assert f'action="/opportunities/{deal.pk}/quote/"' in page
    started = client.post(f"/opportunities/{deal.pk}/quote/")
    quote = Quote.objects.get()
    assert started.url == quote_entity.url("edit", quote.pk)
    form = text_of(client.get(started.url))
    assert 'value="80000"' in form
    assert 'value="34.2"' in form
    released = client.post(started.url, grid(quote, typed(quote), release="1"))
    assert released.status_code == 302
    quote.refresh_from_db()
    assert quote.state == "approved"
    pdf = client.get(reverse("opportunities:quote_pdf", args=[quote.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_below_the_floor_price_the_page_asks_for_the_reason(org, client_of):
    make_price(org)
    quote, client = make_quote(org), client_of(org.people.sales_rep)
    client.post(quote_entity.url("edit", quote.pk), grid(quote, typed(quote, price="30"), release="1"))
    quote.refresh_from_db()
    assert (quote.state, quote.below_floor) == ("draft", True)
    page = text_of(client.get(quote_entity.record_url(quote)))
    assert f"/opportunities/quotes/{quote.pk}/step/pending/" in page
    assert f"/opportunities/quotes/{quote.pk}/step/approved/" not in page


def test_lines_typed_wrong_are_told_and_kept(org, client_of):
    quote, client = make_quote(org), client_of(org.people.sales_rep)
    url = quote_entity.url("edit", quote.pk)
    response = client.post(url, grid(quote, typed(quote, breaks="viel: wenig", description="浅灰色")))
    assert response.status_code == 422
    assert "Write quantity and price like this" in text_of(response)
    assert "viel: wenig" in text_of(response)
    response = client.post(url, grid(quote, typed(quote, breaks="100: 30", description="浅灰色")))
    assert response.status_code == 422
    assert "A price break begins above the quantity of its line" in text_of(response)
    assert "浅灰色" in text_of(response)
    good = grid(quote, typed(quote, breaks="100,000: 33；200000：31.5"), {**typed(quote, pk=""), "quantity": "7"})
    assert client.post(url, good).status_code == 302
    first, second = quote.lines.order_by("position")
    assert first.breaks == [{"from": "100000", "price": "33"}, {"from": "200000", "price": "31.5"}]
    assert second.quantity == 7


def test_figures_are_worked_out_while_typing_and_nothing_is_saved(org, client_of):
    make_price(org)
    make_cost(org)
    quote = make_quote(org)
    url = reverse("opportunities:quote_figures", args=[quote.pk])
    data = grid(quote, typed(quote, price="31", quantity="100"))
    seller = text_of(client_of(org.people.sales_rep).post(url, data))
    assert "38.50" in seller
    assert "3,100.00" in seller or "3.1 k" in seller
    assert "below the floor price" in seller
    assert FLOOR not in seller
    assert "Margin" not in seller
    head = text_of(client_of(org.people.bu_head).post(url, data))
    assert FLOOR in head
    assert "12.0%" in head  # (31 - 27.28) / 31
    assert quote.lines.get().price == Decimal("34.2")
    broken = text_of(client_of(org.people.sales_rep).post(url, grid(quote, typed(quote, breaks="5: 1"))))
    assert "begins above the quantity" in broken


@pytest.mark.parametrize(
    ("role", "floor", "cost"), [("sales_rep", False, False), ("sales_manager", True, False), ("bu_head", True, True)]
)
def test_floor_price_and_cost_are_shown_to_those_with_the_right_only(org, client_of, role, floor, cost):
    make_price(org)
    make_cost(org)
    quote = make_quote(org)
    update_quote(instance=quote, expected_version=None, actor=quote.owner, remark="x")
    client = client_of(org.user(role))
    pages = [quote_entity.record_url(quote), quote_entity.url("print", quote.pk)]
    for page in [text_of(client.get(url)) for url in pages]:
        assert (FLOOR in page, COST in page, "20.2%" in page) == (floor, cost, cost)
    history = text_of(client.get(quote_entity.url("tab", quote.pk, "history")))
    assert ("34.25" in history, "27.28" in history) == (floor, cost)
    for url in (quote_entity.url("edit", quote.pk), quote_entity.url("list")):
        page = text_of(client.get(url))
        assert FLOOR not in page
        assert COST not in page


def test_the_fields_that_name_them_are_guarded():
    assert set(QuoteLine.guarded) == {"floor_price", "floor_gap", "unit_cost"}


def test_versions_stand_side_by_side_with_what_differs_marked(org, client_of):
    old = make_sent(org)
    new = new_version(quote=old, actor=old.owner)
    client = client_of(org.people.sales_rep)
    line = new.lines.get()
    update_quote(
        instance=new,
        expected_version=None,
        actor=new.owner,
        payment_terms="net60",
        lines=[
            {"pk": line.pk, "price": Decimal("33.10")},
            {"product": org.product, "quantity": 5, "unit": line.unit, "price": Decimal(50)},
        ],
    )
    page = text_of(client.get(quote_entity.record_url(new)))
    compare = reverse("opportunities:quote_compare", args=[new.pk])
    assert f"{compare}?with={old.pk}" in page
    page = text_of(client.get(f"{compare}?with={old.pk}"))
    assert page.index(f">{old.code} <") < page.index(f">{new.code} <")
    assert "<mark>CNY 33.10/kg</mark>" in page
    assert "<mark>60 days net</mark>" in page
    assert "<mark>80,000 kg</mark>" not in page
    assert page.count('class="is-new"') == 1
    alone = make_quote(org)
    page = text_of(client.get(reverse("opportunities:quote_compare", args=[alone.pk])))
    assert "There is only this version yet" in page


def test_the_link_is_shown_once_and_a_new_one_closes_it(org, client_of):
    quote, client = make_released(org), client_of(org.people.sales_rep)
    url = reverse("opportunities:quote_send", args=[quote.pk])
    assert quote.valid_until.isoformat() in text_of(client.get(url))
    assert client.post(url, {"expires_on": day(-1).isoformat()}).status_code == 422
    answer = client.post(url, {"expires_on": day(5).isoformat()})
    assert answer["Cache-Control"] == "no-store"
    assert "/opportunities/q/" in text_of(answer)
    first = quote.links.get()
    assert first.digest not in text_of(answer)
    assert "/opportunities/q/" not in text_of(client.get(quote_entity.record_url(quote)))
    client.post(url, {"expires_on": day(5).isoformat()})
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert quote.links.filter(revoked_at=None).count() == 1


def test_steps_by_hand_need_a_reason_where_the_customer_answers(org, client_of):
    quote, client = make_sent(org), client_of(org.people.sales_rep)
    step = reverse("opportunities:quote_step", args=[quote.pk, "declined"])
    assert client.post(step, {"reason": ""}).status_code == 422
    assert client.post(step, {"reason": "价格高于竞品"}).status_code == 302
    quote.refresh_from_db()
    assert quote.state == "declined"
    assert quote.state_changes.last().reason == "价格高于竞品"
    assert client.get(quote_entity.url("edit", quote.pk)).status_code == 302
    assert client.get(reverse("opportunities:quote_send", args=[quote.pk])).status_code == 302
    version = client.post(reverse("opportunities:quote_version", args=[quote.pk]))
    assert version.url == quote_entity.url("edit", Quote.objects.get(edition=2).pk)


def test_the_customer_and_the_opportunity_show_their_quotes(org, client_of):
    quote, client = make_sent(org), client_of(org.people.sales_rep)
    deal = text_of(client.get(f"/opportunities/{quote.opportunity_id}/"))
    assert quote.code in deal
    tab = reverse("customers:customer_record", args=[quote.customer_id]) + "?panel=quotes"
    assert quote.code in text_of(client.get(tab))
    timeline = reverse("dossier:timeline", args=["customers.customer", quote.customer_id])
    assert f"Quote {quote.code}: sent" in text_of(client.get(timeline))
    foreign = make_sent(org, org.people.stranger)
    assert foreign.code not in text_of(client.get(quote_entity.url("list")))


def test_the_page_of_a_quote_takes_the_same_queries_for_one_line_and_five(org, client_of):
    quote, client = make_quote(org), client_of(org.people.bu_head)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(quote_entity.record_url(quote)).status_code == 200
        return len(captured.captured_queries)

    queries()
    one = queries()
    line = quote.lines.get()
    more = [{"product": org.product, "quantity": n, "unit": line.unit, "price": Decimal(40)} for n in range(1, 5)]
    update_quote(instance=quote, expected_version=None, actor=quote.owner, lines=[{"pk": line.pk}, *more])
    assert queries() == one


def test_the_search_finds_a_quote_by_number_and_customer(org, client_of):
    quote = make_accepted(org)
    client = client_of(org.people.sales_rep)
    for words in (quote.code, quote.customer.short_name):
        assert quote.code in text_of(client.get(quote_entity.url("list"), {"q": words}))
    release_quote(quote=make_quote(org), actor=quote.owner)
    assert send_quote(quote=make_released(org), actor=quote.owner)
