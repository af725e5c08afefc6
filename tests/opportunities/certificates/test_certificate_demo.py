"""The demo company has certificates and document sets in every state."""

import pytest

from crm.models import ProductLine
from opportunities.demo import certificate as demo
from opportunities.enums import CertificateState, DocumentSetState
from opportunities.models import Certificate, DocumentOpening, DocumentSet
from opportunities.tables.certificate import state_now
from tests.factories.records import make_customer

pytestmark = pytest.mark.django_db


@pytest.mark.gate
def test_every_state_is_there(org, monkeypatch):
    people = {demo.STEWARD: org.people.administrator, demo.PRODUCT_MANAGER: org.people.sales_manager}
    monkeypatch.setattr(demo, "person", people.__getitem__)
    assert ProductLine.objects.exists()
    for row in demo.CERTIFICATES:
        demo._certificate(*row)
    shown = {"draft", "valid", "soon", "expired"}
    assert {state_now(row) for row in Certificate.objects.all()} == {CertificateState(state) for state in shown}
    demo._sets([make_customer(org) for _number in range(4)])
    assert set(DocumentSet.objects.values_list("state", flat=True)) == set(DocumentSetState.values)
    assert DocumentOpening.objects.filter(item__isnull=False).exists()
