"""Keys and partners as some companies have them: zeros that belong to a code, and documents without a sold-to party."""

import pytest

from customers.models import Customer
from integrations.enums import RunKind
from integrations.models import RejectedRow
from orders.models import Invoice, Receivable, Shipment
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp, known_in_erp
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
ITEMS = "A_OperationalAcctgDocItemCube"


def test_16_a_rejected_item_of_a_company_code_with_zeros_stays_while_the_erp_has_it(
    erp: Erp, buyer: Customer, org: Organisation
) -> None:
    erp.account("1800000001", 1130, company="0001", customer="1000099")
    read(erp)
    row = RejectedRow.objects.get()
    read(erp, RunKind.KEYS)
    row.refresh_from_db()
    assert (row.state, row.is_gone) == ("open", False)
    assert RejectedRow.objects.count() == 1
    known_in_erp(make_customer(org), "1000099")
    read(erp)
    row.refresh_from_db()
    assert row.state == "resolved" and Receivable.objects.exists()
    with erp.store.writing():
        erp.store.db.execute(f"DELETE FROM {ITEMS}")
    erp.account("1800000002", 5, company="0001")
    read(erp)
    read(erp, RunKind.KEYS)
    assert Receivable.objects.filter(gone_at__isnull=False).count() == 1


def test_a_document_without_a_sold_to_party_is_of_the_one_it_names_instead(
    erp: Erp, buyer: Customer, org: Organisation
) -> None:
    read(erp)
    erp.order("4500000001")
    read(erp)  # no first load any more: customers are looked up page by page
    other = known_in_erp(make_customer(org), "1000002")
    erp.delivery("8000000001", erp.part("4500000001", 100))
    erp.invoice("9000000001")
    erp.store.change("A_OutbDeliveryHeader", ["8000000001"], SoldToParty="", ShipToParty="0001000002")
    erp.store.change("A_BillingDocument", ["9000000001"], SoldToParty="", PayerParty="0001000002")
    read(erp)
    assert Shipment.objects.get().customer == Invoice.objects.get().customer == other
    erp.delivery("8000000002", erp.part("4500000001", 1))
    erp.store.change("A_OutbDeliveryHeader", ["8000000002"], SoldToParty="", ShipToParty="0001000077")
    read(erp)
    row = RejectedRow.objects.get()
    assert row.partner == "1000077" and "1000077" in row.reason
