"""The OData client against a server that misbehaves."""

import base64
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from crm.errors import ExternalError
from integrations.sap import values
from integrations.sap.client import ODataClient
from integrations.sap.errors import NotNow
from tests.integrations.conftest import Erp

SERVICE, ORDERS = "API_SALES_ORDER_SRV", "A_SalesOrder"


def numbers(erp: Erp, client: ODataClient | None = None, **options: str) -> list[str]:
    with client or erp.client() as opened:
        page = opened.page(SERVICE, ORDERS, {"$select": "SalesOrder", **options})
    return [row["SalesOrder"] for row in page.rows]


@pytest.fixture
def orders(erp: Erp) -> Erp:
    for number in range(1, 10):
        erp.order(f"450000000{number}")
    return erp


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_error_is_tried_again(orders: Erp, status: int) -> None:
    orders.server.faults.add({"status": status, "count": 2})
    client = orders.client()
    assert len(numbers(orders, client)) == 9
    assert (client.traffic.calls, client.traffic.retries) == (3, 2)
    assert all(0 <= wait <= 60 for wait in client.traffic.waits)


def test_retry_after_is_honoured(orders: Erp) -> None:
    orders.server.faults.add({"status": 429, "retry_after": 7})
    orders.server.faults.add({"status": 503, "retry_after": 120})
    client = orders.client()
    assert len(numbers(orders, client)) == 9
    assert client.traffic.waits == [7.0, 120.0]


@pytest.mark.parametrize("status", [429, 503])
def test_who_asks_for_a_longer_wait_is_not_asked_again(orders: Erp, status: int) -> None:
    orders.server.faults.add({"status": status, "retry_after": 1800})
    client = orders.client()
    with pytest.raises(NotNow, match="for 30 minutes") as caught:
        numbers(orders, client)
    assert caught.value.wait == 1800 and client.traffic.waits == []


@pytest.fixture
def by_token(orders: Erp) -> ODataClient:
    return orders.client(token_url=f"{orders.url}/oauth/token")


@pytest.mark.parametrize("fault", [{"status": 429, "retry_after": 9}, {"status": 500}, {"status": 503}, {"latency": 3}])
def test_a_token_that_is_not_to_be_had_now_is_asked_for_again(
    orders: Erp, by_token: ODataClient, fault: dict[str, Any]
) -> None:
    orders.server.token_faults.add(fault)
    by_token._http.auth._timeout = 1.0  # type: ignore[union-attr]
    assert len(numbers(orders, by_token)) == 9
    assert by_token.traffic.retries == 1 and by_token.traffic.waits[0] == fault.get(
        "retry_after", by_token.traffic.waits[0]
    )


def test_a_token_that_is_refused_is_not_asked_for_again(orders: Erp, by_token: ODataClient) -> None:
    orders.server.token_faults.add({"status": 400})
    with pytest.raises(ExternalError, match="were refused") as caught:
        numbers(orders, by_token)
    assert caught.value.permanent and by_token.traffic.retries == 0


def test_a_write_without_a_token_was_not_sent(orders: Erp, by_token: ODataClient) -> None:
    orders.server.token_faults.add({"status": 429, "retry_after": 600})
    with pytest.raises(NotNow) as caught:
        by_token.send("POST", by_token.url(f"{SERVICE}/{ORDERS}"), b"{}", {})
    assert caught.value.wait == 600
    assert orders.server.requests == []


def test_retry_after_may_be_a_date(orders: Erp) -> None:
    at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
    orders.server.faults.add({"status": 429, "retry_after": at.strftime("%a, %d %b %Y %H:%M:%S GMT")})
    client = orders.client()
    numbers(orders, client)
    assert 25 <= client.traffic.waits[0] <= 31


@pytest.mark.parametrize("large", [False, True])
def test_a_body_that_was_cut_is_asked_for_again(orders: Erp, large: bool) -> None:
    """Short answers come as they are, long ones by gzip: both are noticed."""
    orders.server.faults.add({"cut": True})
    options = {"$select": "SalesOrder,PurchaseOrderByCustomer,TotalNetAmount"} if large else {"$top": "1"}
    client = orders.client()
    assert len(numbers(orders, client, **options)) == (9 if large else 1)
    assert client.traffic.retries == 1


def test_a_slow_answer_times_out_and_is_tried_again(orders: Erp) -> None:
    orders.server.faults.add({"latency": 5.0})
    client = orders.client(timeout=2.0)
    assert len(numbers(orders, client)) == 9
    assert client.traffic.retries == 1


def test_it_gives_up_after_its_attempts(orders: Erp) -> None:
    orders.server.faults.add({"status": 500, "count": 50})
    with pytest.raises(ExternalError) as caught:
        numbers(orders, orders.client(attempts=3))
    assert "500" in str(caught.value.message) and not caught.value.permanent


@pytest.mark.parametrize("status", [400, 403, 404, 302])
def test_a_refusal_is_not_tried_again(orders: Erp, status: int) -> None:
    orders.server.faults.add({"status": status})
    client = orders.client()
    with pytest.raises(ExternalError) as caught:
        numbers(orders, client)
    assert caught.value.permanent and client.traffic.retries == 0


def test_a_wrong_password_is_refused(orders: Erp) -> None:
    with pytest.raises(ExternalError) as caught:
        numbers(orders, ODataClient(base_url=orders.url, username="demo", password="wrong"))
    assert caught.value.permanent and "401" in str(caught.value.message)


def test_nobody_there() -> None:
    client = ODataClient(base_url="http://127.0.0.1:9", attempts=2, sleep=lambda seconds: None)
    with pytest.raises(ExternalError) as caught:
        client.page(SERVICE, ORDERS, {})
    assert "127.0.0.1:9" in str(caught.value.message)


@pytest.mark.parametrize("address", ["ftp://127.0.0.1", "127.0.0.1:8000"])
def test_an_address_that_is_none(address: str) -> None:
    client = ODataClient(base_url=address, sleep=lambda seconds: None)
    with pytest.raises(ExternalError) as caught:
        client.page(SERVICE, ORDERS, {})
    assert caught.value.permanent and client.traffic.retries == 0


def test_a_next_link_is_followed_on_our_own_origin(orders: Erp) -> None:
    """Behind a proxy the server names a host that is not the one we know: credentials must not go there."""
    with orders.client() as client:
        link = "http://elsewhere.invalid:1234/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder?$skiptoken=7&$select=SalesOrder"
        page = client.following(link)
    assert [row["SalesOrder"] for row in page.rows] == ["4500000008", "4500000009"]


def test_the_servers_pages_carry_a_next_link(orders: Erp) -> None:
    orders.server.largest_page = 4
    with orders.client() as client:
        page = client.page(SERVICE, ORDERS, {"$select": "SalesOrder"})
        seen = [row["SalesOrder"] for row in page.rows]
        while page.more:
            page = client.following(page.more)
            seen += [row["SalesOrder"] for row in page.rows]
    assert seen == [f"450000000{number}" for number in range(1, 10)]


def test_credentials_go_by_basic_authentication(orders: Erp) -> None:
    assert orders.server.sessions.credentials == "Basic " + base64.b64encode(b"demo:demo").decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/Date(1492041600000)/", dt.datetime(2017, 4, 13, tzinfo=dt.UTC)),
        ("/Date(1492098664123+0000)/", dt.datetime(2017, 4, 13, 15, 51, 4, 123000, tzinfo=dt.UTC)),
        ("/Date(1492098664000+0480)/", dt.datetime(2017, 4, 13, 15, 51, 4, tzinfo=dt.UTC)),
        ("/Date(-86400000)/", dt.datetime(1969, 12, 31, tzinfo=dt.UTC)),
        ("/Date(-62135596800000)/", None),
        ("/Date(-6847804800000)/", None),  # 1753-01-01
        (None, None),
    ],
)
def test_moments(text: str | None, expected: dt.datetime | None) -> None:
    assert values.moment(text) == expected


@pytest.mark.parametrize("text", ["2017-04-13", "/Date(abc)/", "/Date(99999999999999999999)/", 5])
def test_what_is_no_moment(text: Any) -> None:
    with pytest.raises(ValueError, match="not a date"):
        values.moment(text)


def test_a_calendar_date_never_moves_with_a_time_zone() -> None:
    assert values.day("/Date(1492041600000)/") == dt.date(2017, 4, 13)
    assert values.date_literal(dt.date(2017, 4, 13)) == "datetime'2017-04-13T00:00:00'"


def test_other_types() -> None:
    assert values.decimal("123.450") == Decimal("123.45") and values.decimal(None) == 0
    assert values.clock("PT11H05M30S") == dt.time(11, 5, 30) and values.clock(None) is None
    with pytest.raises(ValueError, match="binary"):
        values.decimal(1.5)
    with pytest.raises(ValueError, match="not a number"):
        values.decimal("NaN")


@pytest.mark.parametrize(
    ("raw", "plain"),
    [("0000012345", "12345"), ("A00123", "A00123"), ("000", "0"), ("", ""), (None, ""), ("00012-A", "00012-A")],
)
def test_padded_ids(raw: str | None, plain: str) -> None:
    assert values.norm_id(raw) == plain


def test_quotes_in_a_literal_are_doubled() -> None:
    assert values.text_literal("O'Neil") == "'O''Neil'"
