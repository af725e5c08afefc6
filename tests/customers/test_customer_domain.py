"""Rules of customers and contacts."""

import datetime as dt

import pytest

from crm.acting import acting
from crm.errors import DomainError, StaleVersion
from crm.models import TeamMembership
from customers.domain.contact import add_contact, update_contact
from customers.domain.customer import create_customer, update_customer
from customers.domain.recognition import same_name
from customers.domain.transfer import transfer_owner
from customers.models import Contact, Customer
from tests.factories.records import make_contact, make_customer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("浙江欣禾（密封）科技有限公司", "浙江欣禾(密封)科技有限公司"),
        ("ＡＢＣ Silicones, Ltd.", "abc silicones ltd"),
        ("上海 沃岚 医疗", "上海沃岚·医疗"),
    ],
)
def test_spellings_of_one_name(org, one, other):
    customer = make_customer(org, name=one)
    assert same_name(other) == customer
    assert same_name(other, besides=customer.pk) is None
    assert same_name(other + "二厂") is None


def test_renaming_to_a_name_that_exists_is_refused(org):
    make_customer(org, name="甲公司")
    customer = make_customer(org, name="乙公司")
    with pytest.raises(DomainError) as caught:
        update_customer(instance=customer, expected_version=1, actor=org.people.data_steward, name="甲 公司")
    assert caught.value.field == "name"
    customer.refresh_from_db()
    assert customer.name == "乙公司"


def test_changing_something_else_does_not_ask_about_the_name_again(org):
    make_customer(org, name="甲公司")
    twin = make_customer(org, name="甲公司")
    saved = update_customer(instance=twin, expected_version=1, actor=org.people.sales_rep, city="宁波")
    assert (saved.city, saved.version) == ("宁波", 2)


def test_the_search_follows_a_new_name(org):
    customer = make_customer(org, name="旧名公司", short_name="")
    update_customer(instance=customer, expected_version=1, actor=org.people.data_steward, name="华信股份")
    assert list(Customer.objects.search("hxgf")) == [customer]
    assert not Customer.objects.search("旧名").exists()


def test_nobody_without_a_unit_becomes_owner(org):
    org.people.nobody.business_unit = None
    org.people.nobody.save()
    with pytest.raises(DomainError) as caught:
        create_customer(actor=org.people.nobody, name="某公司")
    assert caught.value.field == "owner"
    customer = make_customer(org)
    with pytest.raises(DomainError):
        transfer_owner(Customer.objects.all(), owner=org.people.nobody, actor=org.people.sales_manager)
    customer.refresh_from_db()
    assert customer.owner == org.people.sales_rep


def test_transfer_follows_the_new_owners_team_of_today_in_one_update(org, django_assert_num_queries):
    TeamMembership.objects.filter(user=org.people.colleague).update(ends_on=dt.date(2020, 12, 31))
    TeamMembership.objects.create(team=org.other_team, user=org.people.colleague, starts_on=dt.date(2021, 1, 1))
    customers = [make_customer(org) for _ in range(3)]
    already = make_customer(org, owner=org.people.colleague)
    # as in a request; team, savepoint, whom it concerns, one UPDATE, since when it is the owner's, the new unit's grades,
    # release, and once per process the webhooks
    with acting(user=org.people.sales_manager.pk), django_assert_num_queries(8):
        changed = transfer_owner(
            Customer.objects.order_by("name"),
            owner=org.people.colleague,
            actor=org.people.sales_manager,
            reason="片区调整",
        )
    assert changed == 3
    for customer in customers:
        customer.refresh_from_db()
        assert (customer.owner, customer.team, customer.business_unit) == (
            org.people.colleague,
            org.other_team,
            org.agro,
        )
        assert customer.version == 2
        event = Customer.pgh_event_model.objects.get(pgh_obj_id=customer.pk, pgh_label="update")
        assert event.pgh_context.metadata["reason"] == "片区调整"
    already.refresh_from_db()
    assert already.version == 1


def test_the_first_contact_is_the_main_one_and_another_takes_its_place(org):
    customer = make_customer(org)
    first = add_contact(actor=org.people.sales_rep, customer=customer, name="陈立群")
    second = add_contact(actor=org.people.sales_rep, customer=customer, name="高远")
    assert (first.is_primary, second.is_primary) == (True, False)
    update_contact(instance=second, expected_version=1, actor=org.people.sales_rep, is_primary=True)
    first.refresh_from_db()
    assert (first.is_primary, first.version) == (False, 2)
    assert Contact.objects.get(customer=customer, is_primary=True) == second


def test_a_stale_save_leaves_the_main_contact_as_it_was(org):
    customer = make_customer(org)
    main = make_contact(org, customer=customer, is_primary=True)
    other = make_contact(org, customer=customer)
    with pytest.raises(StaleVersion):
        update_contact(instance=other, expected_version=7, actor=org.people.sales_rep, is_primary=True)
    main.refresh_from_db()
    assert main.is_primary
