"""A company whose records are handed over, and the simulator that takes them."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from customers.models import Customer
from integrations.domain.connection import save_connection
from integrations.domain.outbox.areas import save_area, save_codes, switch
from integrations.domain.outbox.sending import send_due
from integrations.enums import MessageKind
from integrations.models import ErpConnection, OutboxMessage, SalesArea
from orders.domain.requests import submit_request
from orders.models import OrderRequest
from tests.factories.organisation import Organisation
from tests.factories.quotes import make_request
from tests.integrations.conftest import Erp, known_in_erp, make_reference

NUMBER, MATERIAL = "1000001", "3000000001"
AREA = {
    "company_code": "1000",
    "sales_organization": "1000",
    "distribution_channel": "10",
    "division": "00",
    "order_type": "OR",
    "price_condition": "PPR0",
    "partner_grouping": "BP02",
    "account_group": "CUST",
    "reconciliation_account": "12100000",
    "payment_terms": "ZB30",
    "country": "CN",
    "tax_type": "CN5",
}
CODES = {("payment_terms", "net30"): "ZB30", ("payment_terms", "net60"): "ZB60", ("delivery_terms", "delivered"): "DAP"}


def prepare(org: Organisation, erp: Erp) -> None:
    """Switches on, the sales area entered, the connection saved; the ERP knows the product."""
    admin = org.people.administrator
    for kind in MessageKind:
        switch(kind=kind, on=True, actor=admin)
    unit = org.people.sales_rep.business_unit
    save_area(area=SalesArea(business_unit=unit, currency_id="CNY", **AREA), expected_version=None, actor=admin)
    save_codes(codes=CODES, actor=admin)
    save_connection(
        connection=ErpConnection(name="SAP", base_url=erp.url, username="demo"), password="demo", actor=admin
    )
    put_product(erp)


def put_product(erp: Erp) -> None:
    """The ERP's own facts of the product: in KG, 13 % tax."""
    facts = {"unit": "KG", "numerator": 1, "denominator": 1, "price": "34.2", "tax": 13, "text": "密封胶"}
    erp.store.db.execute("INSERT OR REPLACE INTO master_product VALUES (?, ?)", (MATERIAL, json.dumps(facts)))


def put_customer(erp: Erp, number: str = NUMBER) -> None:
    """The ERP's own facts of a customer."""
    facts = {"currency": "CNY", "terms": "ZB30", "tax_free": False, "org": "1000", "company": "1000"}
    facts |= {"division": "00", "channel": "10"}
    erp.store.db.execute("INSERT OR REPLACE INTO master_customer VALUES (?, ?)", (number, json.dumps(facts)))


@pytest.fixture
def ready(org: Organisation, erp: Erp, settings: Any) -> Organisation:
    """Everything is set up; the ERP needs no time to settle."""
    settings.ERP_SETTLE_SECONDS = 0
    make_reference(org)
    prepare(org, erp)
    return org


@pytest.fixture
def submitted(ready: Organisation, erp: Erp) -> Callable[..., OrderRequest]:
    """Makes a submitted order request of a customer that the ERP knows, the first one as NUMBER; nothing is sent yet."""
    numbers = itertools.count()

    def make(known: bool = True, **values: Any) -> OrderRequest:
        request = make_request(ready)
        for name, value in values.items():
            setattr(request, name, value)
        request.save()
        if known:
            number = str(int(NUMBER) + next(numbers))
            known_in_erp(request.customer, number)
            put_customer(erp, number)
        submit_request(request=request, actor=request.owner)
        return request

    return make


def rounds(count: int = 1) -> None:
    """So many rounds of the worker, each when everything that waits is due."""
    for _round in range(count):
        OutboxMessage.objects.update(next_try_at=timezone.now())
        send_due()


def erp_orders(erp: Erp) -> list[dict[str, Any]]:
    """The orders the ERP has."""
    return [dict(row) for row in erp.store.rows("A_SalesOrder", "1", [])]


def the_message(record: OrderRequest | Customer) -> OutboxMessage:
    """The record's message as it is stored."""
    kind = MessageKind.ORDER if isinstance(record, OrderRequest) else MessageKind.PARTNER
    return OutboxMessage.objects.get(kind=kind, object_id=record.pk)
