"""Documents are seen with their customer, whether the customers in reach are few or many."""

import pytest

from crm.base import scopes
from crm.models import User
from orders.models import SalesOrder
from tests.factories.records import make_customer, make_order


def fresh(user):
    """The user as the next request has it."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("few", [0, 5000])
def test_documents_by_own_stamp_or_by_customer(org, monkeypatch, few):
    monkeypatch.setattr(scopes, "FEW_PARENTS", few)
    mine = make_order(org)
    moved_to_me = make_order(org)
    SalesOrder.objects.filter(pk=moved_to_me.pk).update(owner=org.people.colleague)
    moved_away = make_order(org, customer=make_customer(org, owner=org.people.colleague))
    SalesOrder.objects.filter(pk=moved_away.pk).update(owner=org.people.sales_rep)
    never_mine = make_order(org, owner=org.people.colleague)
    seen = SalesOrder.objects.visible_to(fresh(org.people.sales_rep))
    assert set(seen) == {mine, moved_to_me, moved_away}
    assert set(seen.search(mine.number)) == {mine}
    assert set(SalesOrder.objects.visible_to(fresh(org.people.sales_manager))) == {
        mine,
        moved_to_me,
        moved_away,
        never_mine,
    }
    assert not SalesOrder.objects.visible_to(fresh(org.people.stranger)).exists()


def test_rows_of_a_record_are_its_own_and_nobodys_for_a_visitor(org):
    order, other = make_order(org), make_order(org)
    assert list(SalesOrder.objects.visible_to(org.people.sales_rep, of=order.customer)) == [order]
    org.people.sales_rep.is_active = False
    assert not SalesOrder.objects.visible_to(org.people.sales_rep, of=other.customer).exists()
