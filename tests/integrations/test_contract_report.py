"""The test of a connection says what is missing or different, set by set; a changed set stops and the others go on."""

from typing import Any

import pytest
from django.urls import reverse

from customers.models import Customer
from integrations.domain.connection import check_connection
from integrations.models import RejectedRow, SyncRun, SyncState
from integrations.sap.contract import compare
from integrations.sap.edmx import EntitySetType, Property, parse
from integrations.sap.errors import SchemaChanged
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator import schema
from integrations.sync.engine import sync_all, sync_entity_set
from orders.models import SalesOrder
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
ORDERS = ENTITY_SETS["A_SalesOrder"]


def described(**types: str) -> dict[str, EntitySetType]:
    """The simulator's description of orders, with other types for some properties of the header."""
    found = parse(schema.metadata(ORDERS.service))
    for name, kind in types.items():
        found["A_SalesOrder"].properties[name] = Property(name, kind)
    return found


def test_types_that_do_not_fit_and_stamps_that_are_none() -> None:
    report = compare(ORDERS, described(TotalNetAmount="Edm.Double", LastChangeDateTime="Edm.String"))
    assert report.missing == []
    assert any("TotalNetAmount is Edm.Double" in text for text in report.different)
    assert any("LastChangeDateTime, which tells of changes" in text for text in report.different)


def test_a_key_of_other_parts_and_sets_that_are_missing() -> None:
    found = described()
    kind = found["A_SalesOrder"]
    found["A_SalesOrder"] = EntitySetType(("SalesOrder", "Version"), kind.properties, kind.navigations)
    assert any("Version" in text for text in compare(ORDERS, found).different)
    del found["A_SalesOrderScheduleLine"]
    assert "A_SalesOrderScheduleLine" in compare(ORDERS, found).missing
    del found["A_SalesOrder"]
    assert compare(ORDERS, found).missing == ["A_SalesOrder"]


def test_the_page_shows_what_is_missing_in_the_one_set(
    erp: Erp, org: Organisation, client_of: Any, settings: Any
) -> None:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    erp.server.change_schema("A_BillingDocument", {"TotalNetAmount": "", "PayerParty": "Payer"})
    page = client_of(org.people.administrator).post(reverse("integrations:connection_test")).content.decode()
    assert "A_BillingDocument.TotalNetAmount" in page and "A_BillingDocument.PayerParty" in page
    assert page.count("does not work") == 1 and page.count("ready") == len(ENTITY_SETS) - 1


def test_a_changed_set_stops_with_a_clear_message_and_the_others_go_on(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001")
    erp.server.change_schema("A_BillingDocument", {"TotalNetAmount": "NetTotal"})
    with erp.client() as client:
        outcomes = {outcome.entity_set.name: outcome for outcome in sync_all(client=client)}
        assert [name for name, outcome in outcomes.items() if outcome.run is None] == ["A_BillingDocument"]
        assert "TotalNetAmount" in outcomes["A_BillingDocument"].error
        assert SalesOrder.objects.count() == 1
        assert "TotalNetAmount" in SyncRun.objects.get(entity_set="A_BillingDocument").message
        assert [finding.works for finding in check_connection(client)].count(False) == 1


@pytest.mark.parametrize("full", [True, False])
def test_a_set_whose_type_has_changed_stops_and_rejects_nothing(erp: Erp, buyer: Customer, full: bool) -> None:
    for number in range(1, 31):
        erp.order(f"45000000{number:02d}")
    if not full:
        erp.order("4500000099")
        read(erp)
        erp.order("4500000001", erp.item(), erp.item(20))
    before = SyncState.objects.filter(pk="A_SalesOrder").values().first()
    with erp.store.writing():
        erp.store.db.execute("UPDATE A_SalesOrder SET TotalNetAmount = '1.000,00'")
    with erp.client() as client, pytest.raises(SchemaChanged, match="TotalNetAmount"):
        sync_entity_set(ORDERS, client=client, full=full)
    assert "TotalNetAmount" in SyncRun.objects.filter(entity_set="A_SalesOrder").first().message  # type: ignore[union-attr]
    assert not RejectedRow.objects.exists()
    if not full:
        after = SyncState.objects.filter(pk="A_SalesOrder").values().first()
        assert before and after and after["watermark"] == before["watermark"]


def test_one_row_that_can_be_read_is_enough_to_take_the_others_for_wrong(erp: Erp, buyer: Customer) -> None:
    for number in range(1, 31):
        erp.order(f"45000000{number:02d}")
    with erp.store.writing():
        erp.store.db.execute("UPDATE A_SalesOrder SET TotalNetAmount = '1.000,00' WHERE SalesOrder > '4500000001'")
    read(erp)
    assert (RejectedRow.objects.count(), SalesOrder.objects.count()) == (29, 1)
    read(erp)  # they are tried again each time, and stay what they are


def test_rows_that_are_wrong_in_different_ways_are_rejected_one_by_one(erp: Erp, buyer: Customer) -> None:
    for number in range(1, 31):
        erp.order(f"45000000{number:02d}", customer="1000099" if number % 2 else "1000001")
    with erp.store.writing():
        erp.store.db.execute("UPDATE A_SalesOrder SET TotalNetAmount = 'x' WHERE SoldToParty LIKE '%1000001'")
    read(erp)
    assert RejectedRow.objects.count() == 30


def test_a_property_that_an_answer_leaves_out_is_noticed(erp: Erp) -> None:
    erp.order("4500000001")
    options = {"$select": "SalesOrder,to_Item/Material", "$expand": "to_Item"}
    with erp.client() as client:
        client.page(ORDERS.service, "A_SalesOrder", options)
        with pytest.raises(SchemaChanged, match="Nothing"):
            client.page(ORDERS.service, "A_SalesOrder", {**options, "$select": "SalesOrder,to_Item/Nothing"})
