"""Standard costs and margins: what they are, and that no door shows them to whoever may not see them."""

import csv
import re
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from crm.catalogue.domain.costs import Costs, update_cost
from crm.errors import DomainError
from crm.extension_points import panels
from crm.models import Cost, ListSetting, PriceItem, Role, SavedView
from crm.organisation.models import User
from crm.products.views.cost import cost_entity
from crm.products.views.price import list_entity, price_entity
from crm.products.views.product import product_entity
from crm.records.trail import history_of
from tests.entity_suite import EntitySuite
from tests.factories import catalogue as make
from tests.factories.records import day

# 38.50 a kilogram at a cost of 27.28: the margin is 29.1 per cent. Neither number stands anywhere else.
COST, SHARE = "27.28", "29.1"
SEES = ("executive", "bu_head", "finance", "data_steward")
BLIND = ("sales_rep", "sales_manager", "marketing", "administrator", "auditor")


class TestCost(EntitySuite):
    entity, role, scoped = cost_entity, "data_steward", False
    make = staticmethod(make.make_cost)
    form_data = staticmethod(
        lambda org, cost: {
            "product": cost.product_id,
            "amount": "26.5",
            "currency": "CNY",
            "unit": cost.unit_id,
            "starts_on": cost.starts_on,
        }
    )
    refused = [({"amount": "-1"}, "The cost must be larger than zero.")]


@pytest.fixture
def priced(org: Any) -> PriceItem:
    """A price whose product has a cost; the cost was corrected once."""
    cost = make.make_cost(org, amount=Decimal("26.66"))
    update_cost(instance=cost, expected_version=cost.version, actor=org.people.data_steward, amount=Decimal(COST))
    item = make.make_price(org)
    item.refresh_from_db()
    return item


def text_of(client: Any, url: str, data: Any = None, status: int = 200) -> str:
    response = client.get(url, data)
    assert response.status_code == status, url
    return response.content.decode()


def tells(text: str) -> bool:
    """Whether a page says what the product costs, once or now, or the margin."""
    without_clocks = re.sub(r'datetime="[^"]*"', "", text)  # seconds may read like a figure
    return any(number in without_clocks for number in (COST, "26.66", SHARE))


def sheet(client: Any, key: str, query: str) -> list[list[str]]:
    response = client.post(reverse("exporting:start", args=[key]), {"form": "csv", "query": query})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(keepends=True)))


# ---- what a cost is


def test_a_cost_holds_until_the_next_and_converts_to_any_unit_and_currency(org: Any) -> None:
    drum = make.make_unit(org, code="DR", name="桶")
    make.make_product_unit(org.product)
    make.make_rate(org, starts_on=day(-400), rate=Decimal(7))
    make.make_cost(org, amount=Decimal(20), starts_on=day(-300))
    make.make_cost(org, amount=Decimal(4), currency_id="USD", starts_on=day(-10))
    kilogram, bag = org.product.base_unit, org.product.units.get().unit

    def per(unit: Any, currency: str, on: int) -> Decimal | None:
        return Costs([org.product], day(on)).per(org.product, unit, currency)

    assert per(kilogram, "CNY", -301) is None
    assert per(kilogram, "CNY", -300) == per(kilogram, "CNY", -11) == 20
    assert per(kilogram, "CNY", -10) == 28
    assert (per(kilogram, "USD", 0), per(bag, "USD", 0), per(bag, "CNY", 0)) == (4, 100, 700)
    assert per(drum, "CNY", 0) is None  # nothing says how much a drum of it holds
    assert per(kilogram, "JPY", 0) is None  # no rate
    margin = Costs([org.product], day()).margin(org.product, bag, "CNY", Decimal(1000))
    assert margin is not None
    assert (margin.cost, margin.share) == (700, Decimal("0.3"))


def test_a_cost_is_per_a_unit_that_the_product_converts_to_and_once_a_day(org: Any) -> None:
    with pytest.raises(DomainError) as refused:
        make.make_cost(org, unit=make.make_unit(org))
    assert refused.value.field == "unit"
    cost = make.make_cost(org)
    with pytest.raises(DomainError, match="from that day already"):
        make.make_cost(org, starts_on=cost.starts_on)


def test_the_standard_roles_that_see_costs(org: Any) -> None:
    holders = {role.code for role in Role.objects.all() if "crm.view_cost" in role.permissions}
    assert holders == {*SEES, "product_manager", "research"}  # what samples cost
    assert {role.code for role in Role.objects.all() if "crm.change_cost" in role.permissions} == {"data_steward"}


# ---- one test for each door


@pytest.mark.parametrize("role", SEES)
def test_those_who_may_see_costs_and_margins_do(org: Any, client_of: Any, priced: PriceItem, role: str) -> None:
    client = client_of(org.user(role))
    finder = {"product": org.product.pk, "quantity": 5, "on": day()}
    assert SHARE in text_of(client, price_entity.url("list"))
    for url, data in (
        (price_entity.record_url(priced), None),
        (list_entity.record_url(priced.price_list), None),
        (product_entity.record_url(org.product), None),
        (reverse("catalogue:finder"), finder),
    ):
        page = text_of(client, url, data)
        assert (COST in page, SHARE in page) == (True, True), url
    assert COST in text_of(client, cost_entity.url("list"))
    assert "26.66" in text_of(client, product_entity.url("tab", org.product.pk, "history"))


@pytest.fixture(params=BLIND)
def blind(request: Any, org: Any, priced: PriceItem) -> User:
    """Somebody who sees products and prices, but no costs; they may export."""
    user = org.user(request.param)
    user.roles.add(Role.objects.create(code="exporter", name="x", permissions=["crm.export_lists"]))
    return user


def test_pages_of_products_and_prices(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    client = client_of(blind)
    for url in (
        product_entity.record_url(org.product),
        price_entity.record_url(priced),
        list_entity.record_url(priced.price_list),
    ):
        page = text_of(client, url)
        assert not tells(page), url
        assert ">Margin" not in page
        assert "tandard cost" not in page
        for panel in panels.all("crm.Product"):
            assert not tells(client.get(url, {"panel": panel.key}).content.decode())
    assert not tells(text_of(client, reverse("search"), {"q": org.product.code}))


def test_the_price_finder(org: Any, client_of: Any, blind: User) -> None:
    page = text_of(
        client_of(blind), reverse("catalogue:finder"), {"product": org.product.pk, "quantity": 5, "on": day()}
    )
    assert "38.50" in page
    assert not tells(page)
    assert ">Margin" not in page


def test_lists_their_columns_and_their_order(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    client = client_of(blind)
    everything = {"cols": [column.key for column in price_entity.table.columns], "sort": "-margin"}
    page = text_of(client, price_entity.url("list"), everything)
    assert "38.50" in page
    assert not tells(page)
    assert "Margin" not in page  # not in the chooser of columns either
    assert not tells(text_of(client, product_entity.url("list"), {"sort": "costs__amount", "cols": ["margin"]}))


def test_filters_conditions_and_groups(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    cheap = make.make_price(org, product=make.make_product(org), guide_price=Decimal(30), floor_price=None)
    client = client_of(blind)
    asked = {"amount": "27", "costs__amount__gte": "27", "margin": "0.2", "product__costs__amount": COST}
    page = text_of(client, price_entity.url("list"), asked)
    assert price_entity.record_url(priced) in page
    assert price_entity.record_url(cheap) in page
    assert ">Margin" not in text_of(client, price_entity.url("list"), {"part": "filters"})
    for entity in (price_entity, product_entity):
        grouped = text_of(client, entity.url("list"), {"group": "margin"})
        assert not tells(grouped)


def test_exports(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    client = client_of(blind)
    rows = sheet(client, "catalogue.priceitem", "cols=guide&cols=margin&sort=-margin")
    assert "38.5000" in rows[1]
    assert not [cell for row in rows for cell in row if tells(cell) or "Margin" in cell or "cost" in cell]
    answer = client.post(reverse("exporting:start", args=["catalogue.cost"]), {"form": "csv", "query": ""})
    assert answer.status_code == 403


def test_paper(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    client = client_of(blind)
    for url in (
        price_entity.url("print", priced.pk),
        product_entity.url("print", org.product.pk),
        list_entity.url("print", priced.price_list.pk),
    ):
        assert not tells(text_of(client, url)), url


def test_timeline_and_history(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    client = client_of(blind)
    for url in (
        product_entity.url("tab", org.product.pk, "timeline"),
        reverse("dossier:timeline", args=["crm.product", org.product.pk]),
        product_entity.url("tab", org.product.pk, "history"),
        price_entity.url("tab", priced.pk, "history"),
    ):
        assert not tells(text_of(client, url)), url
    assert not [entry for entry in history_of(org.product, user=blind)[0] if entry.row.kind == "crm.cost"]


def test_the_audit_trail(org: Any, client_of: Any, priced: PriceItem) -> None:
    client = client_of(org.people.auditor)
    query = {"kind": "crm.cost"}
    assert "Standard cost" in text_of(client, reverse("auditing:trailentry_list"), query)
    assert not tells(text_of(client, reverse("auditing:trailentry_list"), query))
    keys = Cost.pgh_event_model.objects.count()
    assert keys == 2
    for entry in history_of(org.product, user=org.people.data_steward)[0]:
        assert not tells(text_of(client, reverse("auditing:trailentry_record", args=[entry.row.pk])))
    org.people.auditor.roles.add(Role.objects.create(code="export", name="x", permissions=["crm.export_lists"]))
    rows = sheet(client_of(org.people.auditor), "auditing.trailentry", "kind=crm.cost")
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if tells(cell)]


def test_typeaheads(org: Any, client_of: Any, blind: User) -> None:
    client = client_of(blind)
    assert client.get(reverse("choices", args=["crm.cost"]), {"q": "27"}).status_code == 404
    assert not tells(text_of(client, reverse("choices", args=["crm.product"]), {"q": org.product.code}))


def test_saved_views_and_kept_columns(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    shared = SavedView.objects.create(
        owner=org.people.executive,
        list_key="catalogue.priceitem",
        name="毛利",
        query="cols=margin&cols=guide&sort=-margin",
        audience="everyone",
    )
    ListSetting.objects.create(user=blind, list_key="catalogue.priceitem", columns=["margin", "guide"])
    client = client_of(blind)
    for query in ({"view": shared.pk}, {}):
        page = text_of(client, price_entity.url("list"), query)
        assert "38.50" in page
        assert not tells(page)
        assert "Margin" not in page


def test_forms_bulk_edits_and_addresses_of_costs(org: Any, client_of: Any, priced: PriceItem, blind: User) -> None:
    cost = Cost.objects.get()
    client = client_of(blind)
    for url in (
        cost_entity.url("list"),
        cost_entity.record_url(cost),
        cost_entity.url("edit", cost.pk),
        cost_entity.url("create"),
        cost_entity.url("print", cost.pk),
        cost_entity.url("tab", cost.pk, "history"),
    ):
        assert client.get(url).status_code == 403, url
    assert client.post(cost_entity.url("create"), TestCost.form_data(org, cost)).status_code == 403
    assert not cost_entity.bulk_edit
    assert reverse("catalogue:cost_list") not in text_of(client, product_entity.url("list"))


def test_imports(org: Any, client_of: Any) -> None:
    client = client_of(org.people.administrator)
    assert "/costs/" not in text_of(client, reverse("importing:start"))
    assert client.get(reverse("importing:template", args=["costs"])).status_code == 404
    assert client_of(org.people.data_steward).get(reverse("importing:template", args=["costs"])).status_code == 200
