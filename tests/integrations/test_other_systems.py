"""Documents that another system brings by the API beside an ERP: the ERP's passes neither miss them nor touch them."""

from typing import Any

import pytest

from crm.errors import DomainError
from customers.models import Customer
from integrations.api.documents import FORMS, Known, rows_of
from integrations.domain.document_feed import KINDS, Fed, Given, feed
from integrations.domain.handed_in import handed_in_as_of
from integrations.domain.refresh import refresh_document
from integrations.enums import DifferenceKind
from integrations.models import RejectedRow
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.compare import compare
from integrations.sync.passes import read_documents, read_keys, read_open
from orders.models import SalesOrder
from tests.api.test_documents import order
from tests.factories.records import day
from tests.integrations.conftest import Erp

pytestmark = pytest.mark.django_db
ORDERS = ENTITY_SETS["A_SalesOrder"]


def bring(org: Any, buyer: Customer, number: str = "SO-1") -> Fed:
    """An order that the system KINGDEE hands to the API."""
    row = {**order(org, buyer), "number": number}
    known = Known(buyer.owner, [row])
    form = FORMS["orders"](data=row, context={"known": known})
    assert form.is_valid(), form.errors
    header, lines = rows_of("orders", form.validated_data, known)
    given = [Given(number, header, lines)]
    (found,) = feed(kind=KINDS["orders"], system="KINGDEE", documents=given, actor=buyer.owner)
    return found


def test_no_pass_marks_them(erp: Erp, buyer: Customer, org: Any, sync: Any) -> None:
    erp.order("4500000001")
    sync("A_SalesOrder")
    bring(org, buyer)
    with erp.client() as client:
        assert read_keys(ORDERS, client=client).gone == 0
        assert read_open(ORDERS, client=client).gone == 0
        assert read_documents(ORDERS, client=client, numbers=["SO-1"]).gone == 0
        pairs = compare(ORDERS, client=client, first=day(-4000), last=day(4000))
    assert [pair.number for pair in pairs] == ["4500000001"]
    assert DifferenceKind.HERE.value not in {pair.kind for pair in pairs}
    brought = SalesOrder.objects.get(number="SO-1")
    assert (brought.gone_at, brought.archived_at) == (None, None)


def test_one_of_the_same_number_there_is_rejected_and_overwrites_nothing(
    erp: Erp, buyer: Customer, org: Any, sync: Any
) -> None:
    bring(org, buyer, "4500000001")
    before = SalesOrder.objects.values().get()
    erp.order("4500000001")
    erp.order("4500000002")
    run = sync("A_SalesOrder")
    assert (run.written, run.rejected) == (1, 1)
    assert "KINGDEE" in RejectedRow.objects.get().reason
    assert SalesOrder.objects.values().get(number="4500000001") == before
    with erp.client() as client:
        assert read_keys(ORDERS, client=client).gone == 0
    assert sync("A_SalesOrder").written == 0


def test_what_could_not_be_taken_was_not_handed_in(erp: Erp, buyer: Customer, org: Any, sync: Any) -> None:
    erp.order("4500000001")
    sync("A_SalesOrder")
    assert bring(org, buyer, "4500000001").result == "failed"
    assert handed_in_as_of() is None
    assert bring(org, buyer, "4500000002").result == "created"
    assert handed_in_as_of() is not None


def test_its_page_says_where_it_comes_from_and_does_not_ask_the_erp(
    erp: Erp, buyer: Customer, org: Any, client_of: Any
) -> None:
    bring(org, buyer)
    assert handed_in_as_of() is not None
    brought = SalesOrder.objects.get()
    page = client_of(buyer.owner).get(f"/orders/{brought.pk}/").content.decode()
    assert "KINGDEE" in page
    assert "Refresh now" not in page
    with pytest.raises(DomainError, match="KINGDEE has brought this document"):
        refresh_document(document=brought, actor=buyer.owner)
