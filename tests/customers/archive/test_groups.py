"""Groups of companies: paths, circles, roll-up inside the reader's reach."""

from decimal import Decimal
from itertools import pairwise

import pytest

from crm.errors import DomainError, StaleVersion
from customers.domain import group
from customers.domain.customer import create_customer, update_customer
from customers.extension_points import OpenBusiness, open_business
from customers.models import Customer, CustomerFigures
from tests.factories.records import make_customer


def put(customer, parent):
    customer.refresh_from_db()
    update_customer(instance=customer, expected_version=customer.version, actor=customer.owner, parent=parent)


def stored(*customers):
    """Root and path of each, as they are stored."""
    rows = Customer.objects.in_bulk([customer.pk for customer in customers])
    return [(rows[c.pk].group_root_id, rows[c.pk].group_path) for c in customers]


def test_paths_follow_when_a_company_moves_with_all_below_it(org):
    top, middle, low, other = (make_customer(org) for _ in range(4))
    put(low, middle)
    assert stored(middle, low) == [(middle.pk, f"{middle.pk}/"), (middle.pk, f"{middle.pk}/{low.pk}/")]
    put(middle, top)
    assert stored(top, middle, low) == [
        (top.pk, f"{top.pk}/"),
        (top.pk, f"{top.pk}/{middle.pk}/"),
        (top.pk, f"{top.pk}/{middle.pk}/{low.pk}/"),
    ]
    put(middle, other)
    assert stored(top, other, low) == [
        (None, ""),
        (other.pk, f"{other.pk}/"),
        (other.pk, f"{other.pk}/{middle.pk}/{low.pk}/"),
    ]
    put(middle, None)
    assert stored(other, middle, low) == [
        (None, ""),
        (middle.pk, f"{middle.pk}/"),
        (middle.pk, f"{middle.pk}/{low.pk}/"),
    ]
    assert set(group.below(Customer.objects.get(pk=middle.pk))) == {middle, low}


def test_a_new_customer_may_have_a_parent(org):
    top = make_customer(org)
    new = create_customer(actor=org.people.sales_rep, name="新子公司", parent=top)
    assert stored(top, new) == [(top.pk, f"{top.pk}/"), (top.pk, f"{top.pk}/{new.pk}/")]


def test_no_circles_and_no_group_deeper_than_eight(org):
    chain = [make_customer(org) for _ in range(group.DEEPEST + 1)]
    for upper, lower in pairwise(chain[:-1]):
        put(lower, upper)
    for parent in (chain[0], chain[3]):
        with pytest.raises(DomainError) as refused:
            put(chain[0], parent)
        assert refused.value.field == "parent"
    with pytest.raises(DomainError, match="8 levels"):
        put(chain[-1], chain[-2])
    assert stored(chain[0]) == [(chain[0].pk, f"{chain[0].pk}/")]


def test_a_stale_edit_moves_nothing(org):
    top, low = make_customer(org), make_customer(org)
    version = low.version
    update_customer(instance=low, expected_version=version, actor=low.owner, city="台州")
    with pytest.raises(StaleVersion):
        update_customer(instance=low, expected_version=version, actor=low.owner, parent=top)
    assert stored(top, low) == [(None, ""), (None, "")]


def test_the_form_keeps_a_parent_that_is_out_of_reach(org, client_of):
    top, low = make_customer(org, owner=org.people.stranger), make_customer(org)
    put(low, top)
    low.refresh_from_db()
    client = client_of(org.people.sales_rep)
    page = client.get(f"/customers/{low.pk}/edit/").content.decode()
    assert 'name="parent"' not in page
    data = {"name": low.name, "kind": "direct", "state": "active", "city": "台州", "version_read": low.version}
    assert client.post(f"/customers/{low.pk}/edit/", data).status_code == 302
    low.refresh_from_db()
    assert (low.parent, low.city) == (top, "台州")


@pytest.fixture
def family(org):
    """A parent and two companies below it, one of them a stranger's; each with figures."""
    top, near, far = make_customer(org), make_customer(org), make_customer(org, owner=org.people.stranger)
    for customer, sales in ((top, 100), (near, 20), (far, 7)):
        CustomerFigures.objects.filter(customer=customer).update(
            sales_12m=sales, volume_12m_kg=sales * 10, receivable=sales * 2, overdue=sales
        )
        Customer.objects.filter(pk=customer.pk).update(credit_limit=sales * 4)
    put(near, top)
    put(far, top)
    return top, near, far


def test_the_roll_up_counts_what_the_reader_may_see_and_says_that_there_is_more(org, client_of, family):
    top, near, far = family
    kind = OpenBusiness("service.complaints", "Open complaints", "headset", lambda keys: dict.fromkeys(keys, 3))
    with open_business.override(kind):
        page = client_of(org.people.sales_rep).get(f"/customers/{top.pk}/tab/group/").content.decode()
        whole = client_of(org.people.executive).get(f"/customers/{top.pk}/tab/group/").content.decode()
        sums = group.sums_of(Customer.objects.filter(pk__in=[top.pk, near.pk]))
    assert f'href="/customers/{near.pk}/"' in page
    assert f'href="/customers/{far.pk}/"' not in page
    assert far.name not in page
    assert "further companies outside your reach" in page
    assert (sums.companies, sums.sales, sums.volume, sums.receivable, sums.overdue, sums.credit_limit) == (
        2,
        Decimal(120),
        Decimal(1200),
        Decimal(240),
        Decimal(120),
        Decimal(480),
    )
    assert sums.credit_use == 50
    assert sums.open["service.complaints"] == 6
    assert far.name in whole
    assert "outside your reach" not in whole


def test_more_companies_than_are_listed_are_summed(org, client_of, family, monkeypatch):
    from customers.panels import group as panel

    monkeypatch.setattr(panel, "ITEMISED", 2)
    page = client_of(org.people.executive).get(f"/customers/{family[0].pk}/tab/group/").content.decode()
    assert "1 further company" in page


def test_the_list_is_narrowed_to_a_group_and_shows_its_head(org, client_of, family):
    top, near, _far = family
    alone = make_customer(org)
    client = client_of(org.people.sales_rep)
    page = client.get("/customers/", {"group_of": top.pk, "cols": ["name", "group", "parent"]}).content.decode()
    assert f'data-href="/customers/{near.pk}/"' in page
    assert f'data-href="/customers/{top.pk}/"' in page
    assert f'data-href="/customers/{alone.pk}/"' not in page
    assert str(top) in page
