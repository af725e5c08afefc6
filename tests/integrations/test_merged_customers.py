"""The sync of a customer that was merged writes to the winner, and to the customer itself again once the merge is undone."""

from typing import Any

import pytest

from customers.domain.merging.merge import merge_customers
from customers.domain.merging.undo import undo_merge
from customers.models import Customer
from orders.models import SalesOrder, SalesOrderLine
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp

pytestmark = pytest.mark.django_db
ORDERS = "A_SalesOrder"


def test_documents_of_the_loser_s_number_are_the_winner_s(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation
) -> None:
    winner = make_customer(org)
    erp.order("4500000001")
    sync(ORDERS)
    done = merge_customers(winner=winner, loser=buyer, values={}, actor=org.people.data_steward)
    erp.order("4500000002")
    run = sync(ORDERS)
    assert run.rejected == 0
    assert set(SalesOrder.objects.values_list("customer", flat=True)) == {winner.pk}
    assert SalesOrderLine.objects.filter(customer=winner).count() == 2
    again = sync(ORDERS, full=True)
    assert (again.written, again.rejected) == (0, 0)
    undo_merge(merge=done, actor=org.people.data_steward, reason="two companies")
    assert SalesOrder.objects.get(number="4500000001").customer == buyer
    erp.order("4500000003")
    sync(ORDERS)
    assert SalesOrder.objects.get(number="4500000003").customer == buyer
