"""What one statement changes on several records, or on another record than the one that is saved, is told outside too."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.models import User
from customers.domain.address import add_address
from customers.domain.contact import add_contact, update_contact
from customers.domain.customer import set_next_step, update_customer
from customers.domain.grading.grades import set_grade
from customers.domain.handover.packs import accept
from customers.domain.merging.merge import merge_customers
from customers.domain.merging.undo import undo_merge
from customers.domain.pool.entries import assign, release
from customers.domain.transfer import transfer_owner
from customers.models import Customer, CustomerMerge, PoolEntry
from integrations.api.resources import RESOURCES
from opportunities.domain.developments.research import give_to_researcher
from opportunities.domain.quotes import of_customer as quotes
from opportunities.domain.samples.lines import set_costs
from orders.domain import requests as order_requests
from tests.api.conftest import grant
from tests.factories import developments
from tests.factories.certificates import make_version
from tests.factories.merging import make_real
from tests.factories.organisation import Organisation, make_user
from tests.factories.pool import make_pack, make_pool
from tests.factories.quotes import make_quote, make_request
from tests.factories.records import day, make_contact, make_customer, make_opportunity
from tests.factories.samples import make_sample
from tests.factories.wallet import make_demand
from tests.webhooks.conftest import Other, make_webhook, send_due

pytestmark = pytest.mark.django_db
Said = set[tuple[str, str, int]]
Tells = Callable[[], Said]


@pytest.fixture
def reader(org: Organisation) -> User:
    """Who sees all of it."""
    person = org.people.executive
    grant(person, *filter(None, (resource.permission("view") for resource in RESOURCES)))
    return User.objects.get(pk=person.pk)


@pytest.fixture
def tells(org: Organisation, reader: User, other: Other) -> Tells:
    """tells() is what another system was told since it was asked last; what made the records does not count."""

    def said() -> Said:
        if not hasattr(other, "told"):
            make_webhook(reader, other.url, "created", "changed", "owner_changed", "state_changed")
            other.told = True  # type: ignore[attr-defined]
        other.came.clear()
        send_due()
        return {(message["event"], message["kind"], message["record"]["id"]) for message in other.messages}

    return said


def test_the_next_step_of_many_customers(org: Organisation, tells: Tells) -> None:
    customers = [make_customer(org), make_customer(org)]
    tells()
    rows = Customer.objects.filter(pk__in=[row.pk for row in customers])
    assert set_next_step(rows, next_step="拜访", next_step_on=day(3), actor=org.people.sales_rep) == 2
    assert tells() == {("changed", "customers", row.pk) for row in customers}


def test_a_main_contact_and_a_usual_address_that_are_it_no_longer(org: Organisation, tells: Tells) -> None:
    rep, customer = org.people.sales_rep, make_customer(org)
    first = add_contact(actor=rep, customer=customer, name="王芳", is_primary=True)
    second = make_contact(org, customer=customer)
    address = add_address(actor=rep, customer=customer, kind="ship_to", street="a")
    tells()
    update_contact(instance=second, expected_version=second.version, actor=rep, is_primary=True)
    assert {("changed", "contacts", first.pk), ("changed", "contacts", second.pk)} <= tells()
    add_address(actor=rep, customer=customer, kind="ship_to", street="b", is_default=True)
    assert ("changed", "addresses", address.pk) in tells()


def test_into_the_pool_and_out_again(org: Organisation, tells: Tells) -> None:
    make_pool(org)
    customer = make_customer(org)
    tells()
    release(Customer.objects.filter(pk=customer.pk), actor=org.people.sales_rep, reason="没有需求")
    entry = PoolEntry.objects.get(customer=customer)
    assert {("changed", "customers", customer.pk), ("created", "pool-entries", entry.pk)} <= tells()
    assign(PoolEntry.objects.filter(pk=entry.pk), owner=org.people.colleague, actor=org.people.sales_manager)
    assert {("owner_changed", "customers", customer.pk), ("state_changed", "pool-entries", entry.pk)} <= tells()


def test_a_merge_and_its_undoing(org: Organisation, tells: Tells) -> None:
    winner, loser = make_real(org, "华新电源有限公司"), make_real(org, "华欣电源设备厂")
    contact, deal = make_contact(org, customer=loser), make_opportunity(org, customer=loser)
    tells()
    steward = org.people.data_steward
    both = [Customer.objects.get(pk=row.pk) for row in (winner, loser)]
    merge_customers(winner=both[0], loser=both[1], actor=steward, values={}, reason="同一家")
    moved = {("changed", "contacts", contact.pk), ("changed", "opportunities", deal.pk)}
    assert moved | {("changed", "customers", winner.pk)} <= tells()
    undo_merge(merge=CustomerMerge.objects.get(), actor=steward, reason="两家")
    assert moved | {("changed", "customers", winner.pk), ("changed", "customers", loser.pk)} <= tells()


def test_a_handed_over_customer_with_what_is_open(org: Organisation, tells: Tells) -> None:
    customer = make_customer(org)
    deal, quote = make_opportunity(org, customer=customer), make_quote(org)
    Customer._base_manager.filter(pk=quote.customer_id).update(owner=customer.owner)
    pack = make_pack(org, customers=[customer, quote.customer])
    tells()
    accept(pack=pack, actor=pack.to_person)
    wanted = {("owner_changed", "customers", customer.pk), ("owner_changed", "opportunities", deal.pk)}
    assert wanted | {("owner_changed", "quotes", quote.pk)} <= tells()


def test_quotes_of_somebody_who_leaves(org: Organisation, tells: Tells) -> None:
    quote = make_quote(org)
    tells()
    admin = org.people.administrator
    assert quotes.take_over(source=org.people.sales_rep, target=org.people.colleague, actor=admin) == 1
    assert ("owner_changed", "quotes", quote.pk) in tells()


def test_order_requests_of_somebody_who_leaves(org: Organisation, tells: Tells) -> None:
    request = make_request(org)
    tells()
    admin = org.people.administrator
    assert order_requests.take_over(source=request.owner, target=org.people.colleague, actor=admin) == 1
    assert ("owner_changed", "order-requests", request.pk) in tells()


def test_an_opportunity_that_follows_its_customer_to_another_unit(org: Organisation, tells: Tells) -> None:
    customer = make_customer(org)
    deal = make_opportunity(org, customer=customer)
    tells()
    rows = Customer.objects.filter(pk=customer.pk)
    transfer_owner(rows, owner=org.people.stranger, actor=org.people.administrator, with_open=True)
    deal.refresh_from_db()
    assert deal.business_unit == org.agro
    assert ("changed", "opportunities", deal.pk) in tells()


def test_a_customer_below_another(org: Organisation, tells: Tells) -> None:
    above, below = make_customer(org), make_customer(org)
    deeper = make_customer(org)
    rep = org.people.sales_rep
    update_customer(instance=deeper, expected_version=deeper.version, actor=rep, parent=below)
    below.refresh_from_db()
    tells()
    update_customer(instance=below, expected_version=below.version, actor=rep, parent=above)
    assert ("changed", "customers", deeper.pk) in tells(), "its group is another one now"


def test_a_grade(org: Organisation, tells: Tells) -> None:
    customer = make_customer(org, grade="C")
    tells()
    grant(org.people.sales_manager, "customers.set_grade")
    set_grade(customer=customer, grade="A", actor=User.objects.get(pk=org.people.sales_manager.pk), reason="重点")
    assert tells() == {("changed", "customers", customer.pk)}


def test_a_demand_that_ends_where_the_next_begins(org: Organisation, tells: Tells) -> None:
    before = make_demand(org)
    tells()
    make_demand(org, customer=before.customer, starts_on=before.starts_on + dt.timedelta(days=40))
    assert ("changed", "demands", before.pk) in tells()


def test_a_certificate_with_another_end(org: Organisation, tells: Tells) -> None:
    from opportunities.domain.certificates.vault import refresh

    certificate = make_version(org).certificate
    tells()
    type(certificate)._base_manager.filter(pk=certificate.pk).update(valid_from=None)
    assert refresh([certificate.pk]) == 1
    assert ("changed", "certificates", certificate.pk) in tells()


def test_a_request_with_another_researcher_and_a_sample_with_its_cost(org: Organisation, tells: Tells) -> None:
    asked, sample = developments.submitted(org), make_sample(org)
    second = make_user("research2", "乙", org.silicones, org.sub_team, "research")
    tells()
    give_to_researcher(development=asked, actor=org.people.research, researcher=second)
    line = sample.lines.first()
    set_costs(sample=sample, actor=org.people.finance, costs={line.pk: (Decimal(5), "CNY")})
    assert {("changed", "developments", asked.pk), ("changed", "samples", sample.pk)} <= tells()


def test_personal_data_that_was_erased(org: Organisation, tells: Tells) -> None:
    from crm.extension_points import personal_data
    from crm.personal.domain.erasure import erase_records

    contact = make_contact(org, name="钱进", phone="13812345678")
    tells()
    erase_records(personal_data.get("customers.Contact"), [contact], reason="本人要求", actor=org.people.administrator)
    assert tells() == {("changed", "contacts", contact.pk)}


def test_a_value_that_is_merged_into_another(org: Organisation, tells: Tells) -> None:
    from crm.models import ChoiceItem
    from crm.records.domain.choices import merge_values
    from tests.factories.records import make_lead

    lead = make_lead(org, source="website")
    target = ChoiceItem.objects.filter(list__key="lead_source", is_active=True).exclude(code="website").first()
    assert target is not None
    tells()
    list(merge_values(choices=target.list, value="website", target=target, actor=org.people.administrator))
    assert ("changed", "leads", lead.pk) in tells()
    lead.refresh_from_db()
    assert lead.source == target.code


def test_what_is_taken_back_is_not_told(org: Organisation, tells: Tells) -> None:
    from django.db import transaction

    customer = make_customer(org)
    tells()
    with pytest.raises(RuntimeError), transaction.atomic():
        set_next_step(
            Customer.objects.filter(pk=customer.pk),
            next_step="拜访",
            next_step_on=timezone.localdate(),
            actor=org.people.sales_rep,
        )
        raise RuntimeError
    assert tells() == set()
