"""The simulator: its contract against SAP's descriptions, its queries, its own business."""

import datetime as dt
import gzip
import json
import os
import subprocess
import sys
import urllib.request
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from integrations.domain.connection import check_connection
from integrations.sap import edmx
from integrations.sap.contract import compare
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator import schema
from integrations.simulator.store import Store, day_ms
from tests.integrations.conftest import NOW, TODAY, Erp
from tests.integrations.contract import RECORDED

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared" / "sap" / "edmx"
FILES = {
    schema.ORDER_SERVICE: "API_SALES_ORDER_SRV.edmx",
    schema.DELIVERY_SERVICE: "API_OUTBOUND_DELIVERY_SRV_0002.edmx",
    schema.BILLING_SERVICE: "API_BILLING_DOCUMENT_SRV.edmx",
    schema.ITEM_SERVICE: "API_OPLACCTGDOCITEMCUBE_SRV.edmx",
    schema.PARTNER_SERVICE: "API_BUSINESS_PARTNER.edmx",
    schema.PRODUCT_SERVICE: "API_PRODUCT_SRV.edmx",
    schema.RETURN_SERVICE: "API_CUSTOMER_RETURN_SRV.edmx",
    schema.CREDIT_REQUEST_SERVICE: "API_CREDIT_MEMO_REQUEST_SRV.edmx",
}


def described(service: str) -> dict[str, Any]:
    """Entity set -> key, properties with facets, navigations: SAP's own, or the recorded part where those are not at hand."""
    file = SHARED / FILES[service]
    if not file.exists():
        return {name: RECORDED[name] for name in RECORDED if schema.ENTITY_TYPES[name].service == service}
    return contract_of(edmx.parse(file.read_bytes()))


def contract_of(found: dict[str, edmx.EntitySetType]) -> dict[str, Any]:
    def plain(value: str) -> str:
        return "" if value == "0" else value

    return {
        name: {
            "key": list(kind.key),
            "properties": {
                item.name: [item.type, item.max_length, plain(item.precision), plain(item.scale)]
                for item in kind.properties.values()
            },
            "navigations": kind.navigations,
        }
        for name, kind in found.items()
    }


@pytest.mark.parametrize("service", list(FILES))
def test_sets_keys_properties_and_types_are_saps(service: str) -> None:
    theirs, ours = described(service), contract_of(edmx.parse(schema.metadata(service)))
    assert ours
    for name, kind in ours.items():
        assert kind["key"] == theirs[name]["key"], name
        assert kind["properties"] == {item: theirs[name]["properties"].get(item) for item in kind["properties"]}, name
        assert kind["navigations"] == {item: theirs[name]["navigations"].get(item) for item in kind["navigations"]}, (
            name
        )


def test_the_recorded_contract_is_the_one_checked() -> None:
    """What is recorded here for machines without SAP's descriptions is what the simulator serves."""
    for service in FILES:
        for name, kind in contract_of(edmx.parse(schema.metadata(service))).items():
            assert RECORDED[name] == kind, name


@pytest.mark.parametrize("name", [name for name, found in ENTITY_SETS.items() if found.service in FILES])
def test_all_that_is_mapped_exists(name: str) -> None:
    """Of every property we read SAP has one of that name; and the test of a connection says so."""
    entity_set = ENTITY_SETS[name]
    file = SHARED / FILES[entity_set.service]
    document = file.read_bytes() if file.exists() else schema.metadata(entity_set.service)
    found = edmx.parse(document)
    assert compare(entity_set, found) == ([], [])
    lacking = {**found, name: edmx.EntitySetType(found[name].key, {}, found[name].navigations)}
    assert f"{name}.{entity_set.key[0]}" in compare(entity_set, lacking).missing


def test_a_description_with_entities_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="entities"):
        edmx.parse(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(ValueError, match="not XML"):
        edmx.parse(b"<a>")


def test_the_test_of_a_connection_names_each_service(erp: Erp) -> None:
    with erp.client() as client:
        assert [finding.works for finding in check_connection(client)] == [True] * len(ENTITY_SETS)
        erp.server.faults.add({"status": 403})
        assert [finding.works for finding in check_connection(client)] == [False] + [True] * (len(ENTITY_SETS) - 1)


def get(
    erp: Erp, query: str, entity_set: str = "A_SalesOrder", service: str = schema.ORDER_SERVICE, **options: Any
) -> httpx.Response:
    url = f"{erp.url}/sap/opu/odata/sap/{service}/{entity_set}?{query}"
    return httpx.get(url, **{"auth": ("demo", "demo"), **options})


def keys(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["SalesOrder"] for row in response.json()["d"]["results"]]


@pytest.fixture
def five(erp: Erp) -> Erp:
    for number in range(1, 6):
        day = TODAY - dt.timedelta(days=number)
        reference = "O'Neil" if number == 4 else f"PO-{number}"
        net = Decimal(number * 100)
        erp.order(
            f"450000000{number}",
            erp.item(net=net),
            ordered_on=day,
            changed_at=NOW - dt.timedelta(hours=number),
            reference=reference,
        )
    return erp


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("SalesOrder eq '4500000002'", "2"),
        ("SalesOrder ne '4500000002'", "1345"),
        ("SalesOrder gt '4500000002' and SalesOrder le '4500000004'", "34"),
        ("SalesOrder lt '4500000002' or SalesOrder ge '4500000005'", "15"),
        ("not (SalesOrder lt '4500000004')", "45"),
        ("PurchaseOrderByCustomer eq 'O''Neil'", "4"),
        ("TotalNetAmount ge 300 and TotalNetAmount lt 500m", "34"),
        (f"SalesOrderDate ge datetime'{TODAY - dt.timedelta(days=2)}T00:00:00'", "12"),
        (f"LastChangeDateTime gt datetimeoffset'{NOW - dt.timedelta(hours=3):%Y-%m-%dT%H:%M:%SZ}'", "12"),
        ("LastChangeDate eq null", "12345"),
        ("LastChangeDate ne null", ""),
        ("(SalesOrder gt '4500000003') or (SalesOrder eq '4500000003' and SoldToParty gt '1')", "345"),
    ],
    ids=[f"filter{number}" for number in range(1, 13)],  # the texts hold the time of day
)
def test_filters(five: Erp, condition: str, expected: str) -> None:
    found = keys(get(five, f"$format=json&$filter={condition.replace('+', '%2B')}"))
    assert "".join(key[-1] for key in found) == expected


@pytest.mark.parametrize(
    "condition",
    [
        "Nonsense eq 1",
        "SalesOrder like 'x'",
        "SalesOrder eq",
        "(SalesOrder eq '1'",
        "SalesOrder eq '1' )",
        "1 eq 1",
        "SalesOrder eq %24",
    ],
)
def test_a_filter_that_cannot_be_read_is_a_bad_request(five: Erp, condition: str) -> None:
    response = get(five, f"$filter={condition}")
    assert response.status_code == 400 and response.json()["error"]["message"]["value"]


def test_order_top_skip_and_select(five: Erp) -> None:
    assert [key[-1] for key in keys(get(five, "$orderby=LastChangeDateTime asc&$top=2"))] == ["5", "4"]
    assert [key[-1] for key in keys(get(five, "$orderby=SalesOrder desc&$top=2&$skip=1"))] == ["4", "3"]
    row = get(five, "$select=SalesOrder,TotalNetAmount&$top=1").json()["d"]["results"][0]
    assert set(row) == {"__metadata", "SalesOrder", "TotalNetAmount"} and Decimal(row["TotalNetAmount"]) == 100


def test_items_and_schedule_lines_are_expanded(five: Erp) -> None:
    select = "SalesOrder,to_Item/Material,to_Item/to_ScheduleLine/ConfirmedDeliveryDate"
    query = f"$expand=to_Item,to_Item/to_ScheduleLine&$select={select}&$top=1"
    (row,) = get(five, query).json()["d"]["results"]
    (item,) = row["to_Item"]["results"]
    assert item["Material"] == "000000003000000001" and "NetAmount" not in item
    assert item["to_ScheduleLine"]["results"][0]["ConfirmedDeliveryDate"] == f"/Date({day_ms(TODAY)})/"
    assert "to_Item" not in get(five, "$top=1").json()["d"]["results"][0]


def test_counting_fails_as_it_does_at_saps(five: Erp) -> None:
    assert get(five, "$inlinecount=allpages").status_code == 500
    five.account("1800000001", 5)
    body = get(five, "$inlinecount=allpages", "A_OperationalAcctgDocItemCube", schema.ITEM_SERVICE).json()
    assert body["d"]["__count"] == "1"


def test_who_may_ask_and_how_it_answers(five: Erp) -> None:
    assert get(five, "", auth=None).status_code == 401
    assert get(five, "", auth=("demo", "x")).status_code == 401
    assert get(five, "", "A_Nothing").status_code == 404
    assert get(five, "", service="API_NOTHING_SRV").status_code == 404
    request = urllib.request.Request(f"{five.url}/sap/opu/odata/sap/{schema.ORDER_SERVICE}/A_SalesOrder")
    request.add_header("Authorization", five.server.sessions.credentials)
    request.add_header("Accept-Encoding", "gzip")
    with urllib.request.urlopen(request) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(json.loads(gzip.decompress(response.read()))["d"]["results"]) == 5
    assert five.server.server_address[0] == "127.0.0.1"


def test_business_goes_on(erp: Erp) -> None:
    """Each round of six brings one of everything there is: order, delivery, goods issue, invoice, payment, confirmation."""
    facts = {
        "currency": "CNY",
        "terms": "ZB30",
        "tax_free": False,
        "org": "1010",
        "company": "1000",
        "division": "01",
        "channel": "10",
    }
    product = {"text": "密封胶", "unit": "DR", "numerator": 200, "denominator": 1, "price": "38.5", "tax": 13}
    erp.store.db.execute("INSERT INTO master_customer VALUES ('1000001', ?)", [json.dumps(facts)])
    erp.store.db.execute("INSERT INTO master_product VALUES ('3000000001', ?)", [json.dumps(product)])
    erp.account("1800000099", 1130, invoice="9000000099", due_on=TODAY)
    response = httpx.post(f"{erp.url}/sim/advance", json={"documents": 60}, auth=("demo", "demo"))
    done = response.json()
    assert sum(done.values()) == 60 and set(done) >= {"orders", "deliveries", "goods_issues", "invoices", "payments"}
    sizes = {name: erp.store.count(name) for name in ("A_SalesOrder", "A_OutbDeliveryHeader", "A_BillingDocument")}
    assert list(sizes.values()) == [done["orders"], done["deliveries"], done["invoices"]]
    billed = erp.store.rows("A_BillingDocument")
    posted = erp.store.rows(
        "A_OperationalAcctgDocItemCube", "AccountingDocumentType = 'RV' AND AccountingDocument <> '1800000099'"
    )
    assert sum(Decimal(row["TotalGrossAmount"]) for row in billed) == sum(
        Decimal(row["AmountInTransactionCurrency"]) for row in posted
    )
    ordered, delivered = _kilograms(erp, "A_SalesOrderItem"), _kilograms(erp, "A_OutbDeliveryItem")
    assert 0 < delivered <= ordered
    (paid,) = erp.store.rows("A_OperationalAcctgDocItemCube", "AccountingDocument = '1800000099'")
    assert paid["IsCleared"] == 1
    assert httpx.post(f"{erp.url}/sim/advance?minutes=3", auth=("demo", "demo")).json() != {}
    assert httpx.post(f"{erp.url}/sim/advance?minutes=-3", auth=("demo", "demo")).status_code == 400


def _kilograms(erp: Erp, entity_set: str) -> Decimal:
    if entity_set == "A_OutbDeliveryItem":
        return sum((Decimal(row["ActualDeliveredQtyInBaseUnit"]) for row in erp.store.rows(entity_set)), Decimal(0))
    return sum((Decimal(row["RequestedQuantity"]) * 200 for row in erp.store.rows(entity_set)), Decimal(0))


def test_faults_come_and_go_on_demand(five: Erp) -> None:
    post = {"auth": ("demo", "demo")}
    assert httpx.post(f"{five.url}/sim/faults", json={"status": 429, "retry_after": 3, "count": 1}, **post).json() == {
        "waiting": 1
    }
    response = get(five, "")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3")
    assert get(five, "").status_code == 200
    httpx.post(f"{five.url}/sim/faults", json={"status": 500, "count": 5}, **post)
    httpx.post(f"{five.url}/sim/faults", **post)
    assert get(five, "").status_code == 200
    assert httpx.post(f"{five.url}/sim/faults", json={"nonsense": 1}, **post).status_code == 400


def test_a_process_of_its_own_without_django_that_keeps_its_data(tmp_path: Path) -> None:
    process, url = serve(tmp_path)
    try:
        with httpx.Client(auth=("demo", "demo"), base_url=url) as http:
            assert http.get("/sim/health").json() == {"ok": True}
            http.post("/sim/advance", json={"documents": 1})
    finally:
        process.terminate()
        process.wait(60)
    store = Store(next(tmp_path.glob("*.sqlite3")))
    orders = store.count("A_SalesOrder")
    store.close()
    process, url = serve(tmp_path)
    process.terminate()
    process.wait(60)
    store = Store(next(tmp_path.glob("*.sqlite3")))
    assert store.count("A_SalesOrder") == orders > 0
    store.close()


def serve(folder: Path) -> tuple["subprocess.Popen[str]", str]:
    """Start the simulator at a small scale; the process and where it listens."""
    command = [
        sys.executable,
        "-m",
        "integrations.simulator",
        "--port",
        "0",
        "--scale",
        "0.1",
        "--data",
        str(folder),
        "--still",
    ]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL")
    }
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if " at http://" in line:
            return process, line.split(" at ")[1].split(",")[0]
    raise AssertionError("the simulator did not start")
