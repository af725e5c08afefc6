"""Writing to the ERP: sessions, ETags, deep insert, `$batch`; what is certain and what is not when something goes wrong."""

import datetime as dt
import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.exceptions import ValidationError

from crm.errors import ExternalError
from integrations.sap.client import ODataClient
from integrations.sap.errors import ChangedMeanwhile, NotNow, Refused, SchemaChanged, UnknownOutcome
from integrations.sap.reading import entity_path
from integrations.sap.writing import Change
from integrations.simulator.server import SimulatorServer
from integrations.validators import validate_certificates
from tests.integrations.conftest import Erp

ORDERS, PARTNERS = "API_SALES_ORDER_SRV", "API_BUSINESS_PARTNER"
FACTS = {"currency": "CNY", "terms": "ZB30", "tax_free": False, "org": "1010", "company": "1000"}
FACTS |= {"division": "01", "channel": "10"}
PRODUCT = {"text": "密封胶", "unit": "DR", "numerator": 200, "denominator": 1, "price": "38.5", "tax": 13}


def order(reference: str = "CRM-1", quantity: str = "3", **values: Any) -> dict[str, Any]:
    price = {
        "ConditionType": "PPR0",
        "ConditionRateValue": "40",
        "ConditionQuantity": "1",
        "ConditionQuantityUnit": "KG",
    }
    item = {"Material": "3000000001", "RequestedQuantity": quantity, "RequestedQuantityUnit": "DR"}
    return {
        "SalesOrderType": "OR",
        "SalesOrganization": "1010",
        "SoldToParty": "1000001",
        "PurchaseOrderByCustomer": reference,
        "to_Item": [{**item, "to_PricingElement": [price]}],
        **values,
    }


@pytest.fixture
def seller(erp: Erp) -> Erp:
    """An ERP with a customer and a product."""
    erp.store.db.execute("INSERT INTO master_customer VALUES ('1000001', ?)", [json.dumps(FACTS)])
    erp.store.db.execute("INSERT INTO master_product VALUES ('3000000001', ?)", [json.dumps(PRODUCT)])
    return erp


def test_an_order_is_created_with_its_items_at_the_price_sent(seller: Erp) -> None:
    with seller.client() as client:
        made = client.create(ORDERS, "A_SalesOrder", order())
        found = client.entity(
            ORDERS, entity_path("A_SalesOrder", SalesOrder=made.row["SalesOrder"]), {"$expand": "to_Partner"}
        )
    assert found is not None and found.etag == made.etag != ""
    assert made.row["to_Item"]["results"][0]["NetAmount"] == "24000.00"  # 3 drums of 200 kg at 40
    assert found.row["PurchaseOrderByCustomer"] == "CRM-1"
    assert {row["PartnerFunction"] for row in found.row["to_Partner"]} == {"SP", "SH", "BP", "PY"}


def test_what_is_not_there_is_none(seller: Erp) -> None:
    with seller.client() as client:
        assert client.entity(ORDERS, entity_path("A_SalesOrder", SalesOrder="O'1"), {}) is None


def test_23_the_token_is_fetched_again_once_when_its_session_is_gone(seller: Erp) -> None:
    with seller.client() as client:
        client.create(ORDERS, "A_SalesOrder", order("CRM-1"))
        seller.server.sessions.expire("csrf")
        client.create(ORDERS, "A_SalesOrder", order("CRM-2"))
    assert seller.store.count("A_SalesOrder") == 2


def test_23_a_token_is_good_only_with_the_cookies_of_its_session(seller: Erp) -> None:
    service = f"{seller.url}/sap/opu/odata/sap/{ORDERS}/"
    token = httpx.get(service, auth=("demo", "demo"), headers={"X-CSRF-Token": "Fetch"}).headers["X-CSRF-Token"]
    answer = httpx.post(f"{service}A_SalesOrder", auth=("demo", "demo"), headers={"X-CSRF-Token": token}, json=order())
    assert answer.status_code == 403 and answer.headers["X-CSRF-Token"] == "Required"
    assert seller.store.count("A_SalesOrder") == 0


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 500, "done": True}, {"cut": True}])
def test_26_a_doubt_is_said_to_be_one_and_nothing_is_sent_again(seller: Erp, fault: dict[str, Any]) -> None:
    with seller.client() as client:
        client.create(ORDERS, "A_SalesOrder", order("CRM-1"))
        seller.server.faults.add(fault)
        with pytest.raises(UnknownOutcome):
            client.create(ORDERS, "A_SalesOrder", order("CRM-2"))
        page = client.page(
            ORDERS, "A_SalesOrder", {"$filter": "PurchaseOrderByCustomer eq 'CRM-2'", "$select": "SalesOrder"}
        )
    assert len(page.rows) == 1


def test_26_the_simulator_makes_a_second_order_of_a_repeat(seller: Erp) -> None:
    with seller.client() as client:
        first, second = (client.create(ORDERS, "A_SalesOrder", order("CRM-1")).row["SalesOrder"] for _time in range(2))
    assert first != second


def test_a_time_out_is_a_doubt(seller: Erp) -> None:
    with seller.client() as client:
        client.create(ORDERS, "A_SalesOrder", order("CRM-1"))
        seller.server.faults.add({"latency": 1.0})
        client._http.timeout = httpx.Timeout(0.3)
        with pytest.raises(UnknownOutcome):
            client.create(ORDERS, "A_SalesOrder", order("CRM-2"))
    assert client.traffic.retries == 0


def test_a_server_error_is_a_doubt_even_if_nothing_was_done(seller: Erp) -> None:
    with seller.client() as client:
        client.create(ORDERS, "A_SalesOrder", order())
        seller.server.faults.add({"status": 503})
        with pytest.raises(UnknownOutcome):
            client.create(ORDERS, "A_SalesOrder", order())
    assert seller.store.count("A_SalesOrder") == 1


def test_being_turned_away_is_certain(seller: Erp) -> None:
    with seller.client() as client:
        client.create(ORDERS, "A_SalesOrder", order())
        seller.server.faults.add({"status": 429, "retry_after": 9})
        with pytest.raises(NotNow) as caught:
            client.create(ORDERS, "A_SalesOrder", order())
    assert caught.value.wait == 9 and not caught.value.permanent
    nobody = ODataClient(base_url="http://127.0.0.1:9", attempts=1, sleep=lambda seconds: None)
    with pytest.raises(NotNow):
        nobody.send("POST", nobody.url("X/Y"), b"{}", {})


def test_a_refusal_carries_the_erps_words(seller: Erp) -> None:
    with seller.client() as client:
        with pytest.raises(Refused) as caught:
            client.create(ORDERS, "A_SalesOrder", order(to_Item=[{"Material": "9", "RequestedQuantity": "1"}]))
        assert caught.value.texts == ("Item 10: Material 9 does not exist", "The order was not created")
        assert "Material 9" in str(caught.value.message) and caught.value.permanent
        with pytest.raises(Refused, match="1000009"):
            client.create(ORDERS, "A_SalesOrder", order(SoldToParty="1000009"))
        with pytest.raises(Refused, match="PurchaseOrderByCustomer"):
            client.create(ORDERS, "A_SalesOrder", order("x" * 36))
        with pytest.raises(Refused, match="Nonsense"):
            client.create(ORDERS, "A_SalesOrder", order(Nonsense="1"))
    assert seller.store.count("A_SalesOrder") == seller.store.count("A_SalesOrderItem") == 0


def test_a_change_needs_the_etag_that_was_read(seller: Erp) -> None:
    body = {"PurchaseOrderByCustomer": "CRM-9"}
    with seller.client() as client:
        made = client.create(ORDERS, "A_SalesOrder", order())
        path = entity_path("A_SalesOrder", SalesOrder=made.row["SalesOrder"])
        newer = client.change(ORDERS, path, body, etag=made.etag)
        assert newer != made.etag
        for etag in (made.etag, ""):
            with pytest.raises(ChangedMeanwhile):
                client.change(ORDERS, path, {"PurchaseOrderByCustomer": "lost"}, etag=etag)
        found = client.entity(ORDERS, path, {})
        assert found is not None and (found.row["PurchaseOrderByCustomer"], found.etag) == ("CRM-9", newer)
        with pytest.raises(Refused):
            client.change(ORDERS, entity_path("A_SalesOrder", SalesOrder="1"), body, etag="*")


def test_25_each_change_set_of_a_batch_holds_whole_or_not_at_all(seller: Erp) -> None:
    bad = Change("POST", "A_SalesOrder", order("CRM-3", quantity="0"))
    with seller.client() as client:
        sets = [[Change("POST", "A_SalesOrder", order("CRM-1"))], [Change("POST", "A_SalesOrder", order("CRM-2")), bad]]
        one, two, three = client.batch(ORDERS, [*sets, [Change("POST", "A_SalesOrder", order("CRM-4"))]])
        assert one.error is None and three.error is None and isinstance(two.error, Refused)
        (made,) = one.entities
        assert made is not None and made.row["PurchaseOrderByCustomer"] == "CRM-1" and made.etag
        path = entity_path("A_SalesOrder", SalesOrder=made.row["SalesOrder"])
        (changed,) = client.batch(ORDERS, [[Change("PATCH", path, {"PurchaseOrderByCustomer": "CRM-5"}, made.etag)]])
        assert changed.error is None and changed.entities == [None]
    references = {row["PurchaseOrderByCustomer"] for row in seller.store.rows("A_SalesOrder")}
    assert references == {"CRM-5", "CRM-4"}


@pytest.mark.parametrize("fault", [{"drop": True}, {"cut": True}, {"status": 502, "done": True}])
def test_25_a_batch_without_its_whole_answer_is_a_doubt(seller: Erp, fault: dict[str, Any]) -> None:
    with seller.client() as client:
        client.create(ORDERS, "A_SalesOrder", order("CRM-0"))
        seller.server.faults.add(fault)
        with pytest.raises(UnknownOutcome):
            client.batch(ORDERS, [[Change("POST", "A_SalesOrder", order("CRM-1"))]])
    assert seller.store.count("A_SalesOrder") == 2


def partner(**values: Any) -> dict[str, Any]:
    area = {"SalesOrganization": "1010", "DistributionChannel": "10", "Division": "01", "Currency": "EUR"}
    customer = {"to_CustomerCompany": [{"CompanyCode": "1000"}], "to_CustomerSalesArea": [area]}
    address = {"Country": "CN", "CityName": "苏州", "StreetName": 'Am Markt "5"'}
    return {
        "BusinessPartnerCategory": "2",
        "OrganizationBPName1": "苏州恒谱",
        "to_Customer": customer,
        "to_BusinessPartnerAddress": [address],
        "to_BusinessPartnerRole": [{"BusinessPartnerRole": "FLCU01"}],
        **values,
    }


def test_a_business_partner_becomes_a_customer_that_can_order(seller: Erp) -> None:
    with seller.client() as client:
        made = client.create(PARTNERS, "A_BusinessPartner", partner())
        customer = made.row["Customer"]
        assert customer and customer != made.row["BusinessPartner"]
        assert made.row["to_Customer"]["to_CustomerSalesArea"]["results"][0]["Currency"] == "EUR"
        bought = client.create(ORDERS, "A_SalesOrder", order(SoldToParty=customer))
    assert bought.row["TransactionCurrency"] == "EUR"


def tokens(server: SimulatorServer) -> str:
    return f"{server.url}/oauth/token"


def test_oauth_a_token_is_kept_and_fetched_again_when_it_is_refused(seller: Erp) -> None:
    with seller.client(token_url=tokens(seller.server)) as client:
        for _time in range(2):
            client.page(ORDERS, "A_SalesOrder", {})
        assert len(seller.server.sessions._bearers) == 1
        seller.server.sessions.expire("oauth")
        client.page(ORDERS, "A_SalesOrder", {})
        seller.server.sessions.expire("oauth")
        client.create(ORDERS, "A_SalesOrder", order())
    assert seller.store.count("A_SalesOrder") == 1 and client.traffic.retries == 0


def test_oauth_a_token_near_its_end_is_fetched_before_it_is_refused(seller: Erp) -> None:
    seller.server.sessions.token_seconds = 20
    with seller.client(token_url=tokens(seller.server)) as client:
        for _time in range(2):
            client.page(ORDERS, "A_SalesOrder", {})
    assert len(seller.server.sessions._bearers) == 2


@pytest.mark.parametrize("options", [{"password": "wrong"}, {"token_url": "http://127.0.0.1:9/token"}])
def test_oauth_without_a_token(seller: Erp, options: dict[str, str]) -> None:
    given = {"base_url": seller.url, "username": "demo", "password": "demo", "token_url": tokens(seller.server)}
    client = ODataClient(**{**given, **options}, sleep=lambda seconds: None)
    with pytest.raises(ExternalError, match="No token"):
        client.page(ORDERS, "A_SalesOrder", {})


@pytest.fixture
def private(seller: Erp, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The ERP behind a certificate of its own: address, and the certificate in PEM form."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    server = SimulatorServer(("127.0.0.1", 0), store=seller.store, life=seller.life, user="demo", password="demo")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.url.replace("http:", "https:"), certificate.read_text()
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_authority_of_the_companys_own_is_trusted_when_it_is_given(private: tuple[str, str]) -> None:
    address, pem = private
    given = {"base_url": address, "username": "demo", "password": "demo", "attempts": 1}
    with ODataClient(**given, ca_pem=pem) as client:
        assert client.page(ORDERS, "A_SalesOrder", {}).rows == []
    with ODataClient(**given) as client, pytest.raises(ExternalError):
        client.page(ORDERS, "A_SalesOrder", {})
    with pytest.raises(ExternalError, match="certificates"):
        ODataClient(**given, ca_pem="no certificate")


def test_what_is_written_around_certificates_does_no_harm(private: tuple[str, str]) -> None:
    address, pem = private
    given = {"base_url": address, "username": "demo", "password": "demo", "attempts": 1}
    written = f"# 恒普内部CA\nfriendlyName: 公司根证书\n{pem}\n以上\n"
    validate_certificates(written)
    with ODataClient(**given, ca_pem=written) as client:
        assert client.page(ORDERS, "A_SalesOrder", {}).rows == []
    half = pem.replace("-----END CERTIFICATE-----", "")
    for wrong in ("公司根证书", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", f"{half}\n{pem}"):
        with pytest.raises(ValidationError):
            validate_certificates(wrong)


def ask(erp: Erp, faults: dict[str, Any]) -> httpx.Response:
    return httpx.post(f"{erp.url}/sim/faults", json=faults, auth=("demo", "demo"))


def numbers(erp: Erp, **options: str) -> list[str]:
    with erp.client() as client:
        page = client.page(ORDERS, "A_SalesOrder", {"$select": "SalesOrder", **options})
        rows = page.rows
        while page.more:
            page = client.following(page.more)
            rows += page.rows
    return [row["SalesOrder"] for row in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [("twice", "123123"), ("reversed", "321"), ("short", "123"), ("empty", "123"), ("lost", "1")],
)
def test_pages_are_spoilt_on_demand(erp: Erp, rows: str, expected: str) -> None:
    for number in "123":
        erp.order(number)
    ask(erp, {"rows": rows})
    assert "".join(numbers(erp, **{"$top": "100"})) == expected
    assert "".join(numbers(erp, **{"$top": "100"})) == "123"
    assert ask(erp, {"rows": "sideways"}).status_code == 400


def test_the_schema_changes_on_demand_in_one_set(seller: Erp) -> None:
    seller.order("1")
    ask(seller, {"schema": "A_SalesOrder", "changes": {"TotalNetAmount": "", "SalesOrderDate": "DocumentDate"}})
    with seller.client() as client:
        with pytest.raises(SchemaChanged, match="TotalNetAmount"):
            client.page(ORDERS, "A_SalesOrder", {"$select": "TotalNetAmount"})
        with pytest.raises(SchemaChanged, match="SalesOrderDate"):
            client.page(ORDERS, "A_SalesOrder", {"$filter": "SalesOrderDate ge datetime'2020-01-01T00:00:00'"})
        (row,) = client.page(ORDERS, "A_SalesOrder", {"$filter": "DocumentDate ge datetime'2020-01-01T00:00:00'"}).rows
        assert "TotalNetAmount" not in row and row["DocumentDate"].startswith("/Date(")
        described = client.metadata(ORDERS)
    assert b'Name="DocumentDate"' in described and b"TotalNetAmount" not in described
    ask(seller, {})
    assert numbers(seller, **{"$filter": "TotalNetAmount gt 0"}) == ["1"]


def test_its_clock_can_be_wrong(seller: Erp) -> None:
    ask(seller, {"skew": 900})
    with seller.client() as client:
        ahead = client.page(ORDERS, "A_SalesOrder", {}).server_time - dt.datetime.now(dt.UTC)
        stamp = client.create(ORDERS, "A_SalesOrder", order()).row["LastChangeDateTime"]
    at = dt.datetime.fromtimestamp(int(stamp[6:-7]) / 1000, dt.UTC)
    assert dt.timedelta(minutes=14) < ahead < dt.timedelta(minutes=16)
    assert at - dt.datetime.now(dt.UTC) > dt.timedelta(minutes=14)


def test_faults_at_random_are_the_same_for_the_same_seed(seller: Erp) -> None:
    def statuses() -> list[int]:
        ask(seller, {"random": 0.5, "seed": 3, "kinds": ["error", "busy"]})
        url = f"{seller.url}/sap/opu/odata/sap/{ORDERS}/A_SalesOrder"
        return [httpx.get(url, auth=("demo", "demo")).status_code for _time in range(20)]

    first = statuses()
    assert set(first) == {200, 429, 500} and statuses() == first
    ask(seller, {"random": 0})
    assert numbers(seller) == []
    assert ask(seller, {"random": 1, "kinds": ["nonsense"]}).status_code == 400


def test_the_net_amount_of_a_currency_without_decimals(seller: Erp) -> None:
    with seller.client() as client:
        made = client.create(ORDERS, "A_SalesOrder", order(TransactionCurrency="JPY"))
    assert Decimal(made.row["TotalNetAmount"]) == 24000 and "." not in made.row["TotalNetAmount"]
