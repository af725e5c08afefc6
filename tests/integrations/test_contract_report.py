"""The test of a connection says what is missing or different, set by set; a changed set stops and the others go on."""

from typing import Any

import pytest
from django.urls import reverse

from customers.models import Customer
from integrations.domain.connection import check_connection
from integrations.models import SyncRun
from integrations.sap.contract import compare
from integrations.sap.edmx import EntitySetType, Property, parse
from integrations.sap.errors import SchemaChanged
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator import schema
from integrations.sync.engine import sync_all
from orders.models import SalesOrder
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp

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


def test_a_property_that_an_answer_leaves_out_is_noticed(erp: Erp) -> None:
    erp.order("4500000001")
    options = {"$select": "SalesOrder,to_Item/Material", "$expand": "to_Item"}
    with erp.client() as client:
        client.page(ORDERS.service, "A_SalesOrder", options)
        with pytest.raises(SchemaChanged, match="Nothing"):
            client.page(ORDERS.service, "A_SalesOrder", {**options, "$select": "SalesOrder,to_Item/Nothing"})
