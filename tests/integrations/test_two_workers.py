"""Two workers read documents that belong together at once: what joins them is not lost."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.engine import sync_entity_set
from orders.models import Receivable, SalesOrder, SalesOrderLine, Settlement, ShipmentLine
from tests.factories.organisation import make_organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import TODAY, Erp, known_in_erp, make_reference
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db(transaction=True)
SHIPPING, SETTLING = ("A_SalesOrder", "A_OutbDeliveryHeader"), ("A_BillingDocument", "A_OperationalAcctgDocItemCube")


@pytest.fixture
def company(erp: Erp, queued: None) -> Erp:
    org = make_organisation()
    make_reference(org)
    known_in_erp(make_customer(org, region=org.east), "1000001")
    return erp


def at_once(erp: Erp, first: str, second: str) -> None:
    """`second` begins, in a transaction of its own, when `first` has written and not yet committed."""
    errors: list[BaseException] = []

    def other() -> None:
        try:
            with erp.client() as client:
                sync_entity_set(ENTITY_SETS[second], client=client)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=other)
    with transaction.atomic():
        with erp.client() as client:
            sync_entity_set(ENTITY_SETS[first], client=client)
        worker.start()
        worker.join(timeout=1)  # it is made to wait; where nothing makes it, it has ended by now
    worker.join(timeout=30)
    assert not worker.is_alive() and not errors, errors


@pytest.fixture(params=[False, True], ids=["as they follow", "the other way round"])
def turned(request: Any) -> Iterator[bool]:
    yield request.param


def test_a_delivery_read_beside_its_order_is_joined_to_it(company: Erp, turned: bool) -> None:
    company.order("4500000001")
    company.delivery("8000000001", company.part("4500000001", 100), shipped_on=TODAY)
    at_once(company, *(SHIPPING[::-1] if turned else SHIPPING))
    line = SalesOrderLine.objects.get()
    assert ShipmentLine.objects.get().order_line == line
    assert (line.shipped_base, line.shipped_on) == (100, TODAY)


def test_an_account_item_read_beside_its_invoice_is_joined_to_it(company: Erp, turned: bool) -> None:
    company.invoice("9000000001")
    company.account("1800000001", 1130, invoice="9000000001", cleared_on=TODAY, clearing_document="1400000001")
    at_once(company, *(SETTLING[::-1] if turned else SETTLING))
    assert Receivable.objects.get().invoice is not None
    assert Settlement.objects.get().settled_on == TODAY


def test_what_leaves_while_its_order_is_written_again_is_counted(company: Erp) -> None:
    company.order("4500000001")
    company.delivery("8000000001", company.part("4500000001", 50), shipped_on=TODAY)
    read(company)
    company.order("4500000001", reference="CHANGED")
    company.delivery("8000000002", company.part("4500000001", 50), shipped_on=TODAY)
    at_once(company, *SHIPPING[::-1])
    assert SalesOrder.objects.get().customer_reference == "CHANGED"
    assert SalesOrderLine.objects.get().shipped_base == 100
