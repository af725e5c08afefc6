"""Sales orders by OData V4 give the same rows here as by V2."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from customers.models import Customer
from integrations.domain.connection import check_connection, open_client, save_connection
from integrations.models import ErpConnection
from integrations.sap import edmx
from integrations.sap.contract import compare
from integrations.sap.mapping import ENTITY_SETS
from integrations.sap.v4 import SALES_ORDERS
from integrations.simulator import v4
from integrations.simulator.schema import ENTITY_TYPES
from integrations.sync.engine import sync_entity_set
from orders.models import SalesOrder
from tests.integrations.conftest import NOW, TODAY, Erp

pytestmark = pytest.mark.django_db
ORDERS = ENTITY_SETS["A_SalesOrder"]
FILE = Path(__file__).resolve().parents[2].parent / "shared" / "sap" / "edmx" / "CE_SALESORDER_0001.v4.edmx"


def fill(erp: Erp) -> None:
    for number in range(1, 6):
        items = [erp.item(10), erp.item(20, quantity=Decimal("0.125"), net=Decimal("1234567.89"), rejected="50")]
        stamp = NOW - dt.timedelta(hours=number)
        erp.order(f"450000000{number}", *items, reference="2026-01-01", changed_at=stamp, ordered_on=TODAY)


def test_29_the_same_field_map_reads_both_generations(erp: Erp, buyer: Customer) -> None:
    fill(erp)
    with erp.client() as client:
        sync_entity_set(ORDERS, client=client, full=True)
    before = content()
    with erp.client(v4=(ORDERS.service,)) as client:
        run = sync_entity_set(ORDERS, client=client, full=True, page_size=2)
        assert (run.read, run.rejected) == (5, 0)
        assert all("/odata4/" in target for target in erp.server.requests[-3:])
        assert content() == before
        erp.order("4500000006", changed_at=NOW)
        assert sync_entity_set(ORDERS, client=client, page_size=2).written == 1
    # V4 has no internal code of the order type: the outer one stands in its place.
    assert set(SalesOrder.objects.values_list("kind", flat=True)) == {"OR"}


def content() -> list[Any]:
    """What was read of the orders and their lines, the type aside."""
    fields = ("number", "status", "net", "ordered_on", "requested_on", "customer_reference", "source_changed_at")
    fields += (
        "lines__item",
        "lines__quantity",
        "lines__promised_on",
        "lines__rejected",
        "lines__net",
        "lines__product",
    )
    return list(SalesOrder.objects.order_by("number", "lines__item").values_list(*fields))


def test_29_rows_come_in_the_form_of_v2(erp: Erp) -> None:
    fill(erp)
    options = {**ORDERS.options(), "$orderby": "SalesOrder asc", "$top": "10"}
    with erp.client() as two, erp.client(v4=(ORDERS.service,)) as four:
        theirs = two.page(ORDERS.service, "A_SalesOrder", options).rows
        ours = four.page(ORDERS.service, "A_SalesOrder", options).rows
    for one, other in zip(theirs, ours, strict=True):
        one["SalesOrderTypeInternalCode"] = ""
        for item in one["to_Item"]:
            item["RequestedQuantityUnit"] = ""
        assert _without_fillers(other) == _without_fillers(one)


def _without_fillers(row: dict[str, Any]) -> dict[str, Any]:
    """Rows of every level carry the properties that V4 lacks, empty."""
    found = {name: value for name, value in row.items() if name not in SALES_ORDERS.absent}
    return {
        name: [_without_fillers(child) for child in value] if isinstance(value, list) else value
        for name, value in found.items()
    }


def test_7_a_link_to_the_rest_is_followed_on_our_own_origin(erp: Erp) -> None:
    fill(erp)
    erp.server.largest_page = 2
    with erp.client(v4=(ORDERS.service,)) as client:
        page = client.page(ORDERS.service, "A_SalesOrder", {"$select": "SalesOrder"})
        seen = page.rows
        while page.more:
            elsewhere = f"https://elsewhere.invalid{page.more}"
            page = client.following(elsewhere)
            seen = seen + page.rows
    assert [row["SalesOrder"] for row in seen] == [f"450000000{number}" for number in range(1, 6)]


def test_11_items_that_the_server_cuts_come_whole(erp: Erp, buyer: Customer) -> None:
    fill(erp)
    erp.order("4500000009", *[erp.item(10 * number) for number in range(1, 8)])
    erp.server.largest_page = 3
    with erp.client(v4=(ORDERS.service,)) as client:
        run = sync_entity_set(ORDERS, client=client, full=True, page_size=3)
        assert (run.read, run.rejected) == (6, 0)
    lines = SalesOrder.objects.get(number="4500000009").lines.order_by("item")
    assert list(lines.values_list("item", "quantity")) == [(10 * number, 100) for number in range(1, 8)]
    assert sum("/SalesOrderItem?" in target for target in erp.server.requests) == 2


def test_conditions_and_literals() -> None:
    moment, date = "datetimeoffset'2026-01-02T03:04:05.000Z'", "datetime'2026-01-02T00:00:00'"
    text = f"(Material eq 'Material ''datetime''' and LastChangeDateTime ge {moment}) or CreationDate ge {date}"
    asked = SALES_ORDERS.query({"$filter": text})["$filter"]
    assert asked == (
        "(Product eq 'Material ''datetime''' and LastChangeDateTime ge 2026-01-02T03:04:05.000Z) or CreationDate ge 2026-01-02"
    )
    nested = SALES_ORDERS.query(ORDERS.options())["$expand"]
    assert nested.startswith("_Item($select=") and "$expand=_ScheduleLine($select=ScheduleLine," in nested
    assert (
        ",_ItemPricingElement($select=" in nested and "ConditionRateAmount" in nested and "ConditionRateRatio" in nested
    )


def test_the_description_compares_in_our_names(erp: Erp) -> None:
    found = edmx.parse(httpx.get(f"{erp.url}{v4.ORDERS}$metadata", auth=("demo", "demo")).content)
    assert compare(ORDERS, SALES_ORDERS.described(found)) == ([], [])
    if FILE.exists():
        theirs = edmx.parse(FILE.read_bytes())
        assert compare(ORDERS, SALES_ORDERS.described(theirs)) == ([], [])
        for name, kind in found.items():
            for item, mine in kind.properties.items():
                assert theirs[name].properties[item].type == mine.type, (name, item)
    assert set(v4.SETS.values()) <= set(ENTITY_TYPES)


def test_a_connection_chooses_it(erp: Erp, org: Any) -> None:
    row = ErpConnection(name="SAP", base_url=erp.url, username="demo", orders_by_v4=True)
    save_connection(connection=row, password="demo", actor=org.people.administrator)
    with open_client() as client:
        assert all(finding.works for finding in check_connection(client))
        client.page(ORDERS.service, "A_SalesOrder", {"$select": "SalesOrder"})
    assert "/odata4/" in erp.server.requests[-1]
