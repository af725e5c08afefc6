"""The demo company has a tender and an admission as a supplier in every state."""

import pytest

from crm.models import Competitor
from opportunities.demo import qualification, tender
from opportunities.domain.tenders.course import DOCUMENT
from opportunities.enums import SupplierState, TenderState
from opportunities.models import SupplierAdmission, Tender
from tests.factories.approvals import condition, make_policy, named
from tests.factories.records import make_customer

pytestmark = pytest.mark.django_db


def test_every_state_is_there_and_decided_ones_give_the_figures_a_course(org):
    make_policy(
        org, named(org.people.sales_manager), document=DOCUMENT, conditions=[condition("amount", "gte", 300000)]
    )
    for number in range(3):
        Competitor.objects.create(code=f"C{number}", name=f"对手{number}")
    customers = [make_customer(org) for _number in range(20)]
    tender._in_every_state(customers[:10])
    assert set(Tender.objects.values_list("state", flat=True)) == set(TenderState.values)
    assert Tender.objects.filter(bond_refund_due__isnull=False, bond_refunded_on__isnull=True).exists()
    qualification._in_every_state(customers[:8])
    assert set(SupplierAdmission.objects.values_list("state", flat=True)) == set(SupplierState.values)
    tender._decided_before()
    qualification._concluded_before()
    assert Tender.objects.opened().count() > 4
    assert SupplierAdmission.objects.concluded().count() > 6
