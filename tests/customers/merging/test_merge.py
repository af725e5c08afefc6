"""Merging two customers: what goes along, what stands afterwards, and what is refused."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.errors import DomainError, Frozen, NotAllowed, StaleVersion
from crm.extension_points import approval_documents
from crm.models import ApprovalRequest, Attachment, Notification, RecordMark, RecordShare, SavedView, TagLink
from customers.domain.customer import update_customer
from customers.domain.merging.choices import LOSER, choices_between
from customers.domain.merging.merge import merge_customers
from customers.domain.recognition import CompanyQuery, find_candidates, same_name
from customers.models import Contact, Customer, CustomerFigures, CustomerMerge
from integrations.models import ExternalRef
from integrations.sync.lookups import KnownKeys
from opportunities.models import Opportunity
from orders.models import InvoiceLine, SalesOrder, SalesOrderLine
from tests.factories.merging import about, fill, make_real
from tests.factories.records import make_contact, make_customer, make_invoice, make_opportunity


@pytest.fixture
def steward(org: Any) -> Any:
    return org.people.data_steward


@pytest.fixture
def pair(org: Any) -> tuple[Customer, Customer]:
    winner = make_real(org, "华新电源有限公司", phone="021-55550001", city="上海")
    return winner, make_real(org, "华欣电源设备厂", short_name="华欣厂", website="huaxin.example", province="上海")


def merge(pair: Any, actor: Any, **values: Any) -> CustomerMerge:
    winner, loser = (Customer._base_manager.get(pk=customer.pk) for customer in pair)
    return merge_customers(winner=winner, loser=loser, actor=actor, values=values, reason="same company")


def test_what_hangs_on_the_loser_goes_to_the_winner(org: Any, pair: Any, steward: Any) -> None:
    winner, loser = pair
    fill(org, loser)
    done = merge(pair, steward)
    for model in (Contact, Opportunity, SalesOrder, SalesOrderLine, InvoiceLine):
        assert not model._base_manager.filter(customer=loser).exists(), model
        assert model._base_manager.filter(customer=winner).exists(), model
    for kind in (Attachment, RecordMark, RecordShare, TagLink, ApprovalRequest, Notification):
        assert not kind._base_manager.filter(**about(loser)).exists(), kind
    assert ExternalRef.objects.get(entity="customer").object_id == winner.pk
    assert SavedView.objects.get().query == f"sort=code&customer={winner.pk}&q=1"
    assert done.counts["opportunities"] == 1
    assert done.counts["contacts"] == 2
    loser.refresh_from_db()
    assert loser.merged_into == winner


def test_the_chosen_values_stand_and_the_owner_stays(org: Any, pair: Any, steward: Any) -> None:
    winner, loser = pair
    Customer.objects.filter(pk=loser.pk).update(credit_limit=Decimal(5000), owner=org.people.colleague)
    merge(pair, steward, website=LOSER, credit_limit=LOSER, phone="winner")
    winner.refresh_from_db()
    assert (winner.website, winner.credit_limit, winner.phone) == ("huaxin.example", Decimal(5000), "021-55550001")
    assert (winner.province, winner.owner) == ("", org.people.sales_rep)


def test_the_loser_s_owner_is_taken_with_team_and_unit(org: Any, pair: Any, steward: Any) -> None:
    winner, loser = pair
    Customer.objects.filter(pk=loser.pk).update(owner=org.people.stranger, team=org.other_team, business_unit=org.agro)
    merge(pair, steward, owner=LOSER)
    winner.refresh_from_db()
    assert (winner.owner, winner.team, winner.business_unit) == (org.people.stranger, org.other_team, org.agro)


def test_a_credit_code_moves_though_it_is_unique(org: Any, steward: Any) -> None:
    pair = make_customer(org), make_customer(org)
    code = pair[1].credit_code
    merge(pair, steward, credit_code=LOSER)
    stored = [Customer._base_manager.get(pk=customer.pk).credit_code for customer in pair]
    assert stored == [code, ""]


def test_filled_values_are_proposed_then_the_newer_ones(org: Any) -> None:
    winner = make_customer(org, name="上海华新胶粘制品有限公司", city="上海", phone="", website="a", state="prospect")
    loser = make_customer(org, name="华新胶粘", city="", phone="1", website="b", notes="n", state="active")
    Customer.objects.filter(pk=loser.pk).update(updated_at=timezone.now())
    loser.refresh_from_db()
    proposed = {line.name: line.proposed for line in choices_between(winner, loser)}
    assert (proposed["city"], proposed["phone"], proposed["notes"]) == ("winner", "loser", "loser")
    assert proposed["state"] == "loser"  # a prospect is what every customer begins as
    assert proposed["website"] == "loser"  # changed last
    assert proposed["name"] == "winner"  # the full name, though the other was changed last
    assert "owner" not in proposed


def test_there_is_one_main_contact_and_the_other_stays_a_contact(org: Any, pair: Any, steward: Any) -> None:
    winner, loser = pair
    ours = make_contact(org, customer=winner, is_primary=True)
    theirs = make_contact(org, customer=loser, is_primary=True)
    done = merge(pair, steward)
    theirs.refresh_from_db()
    assert (theirs.customer, theirs.is_primary) == (winner, False)
    assert Contact.objects.get(customer=winner, is_primary=True) == ours
    assert done.items.filter(model="customers.Contact", field="is_primary", keys=[theirs.pk]).exists()


def test_the_only_main_contact_stays_one(org: Any, pair: Any, steward: Any) -> None:
    theirs = make_contact(org, customer=pair[1], is_primary=True)
    merge(pair, steward)
    theirs.refresh_from_db()
    assert theirs.is_primary


def test_what_both_have_stays_with_the_loser_and_is_written_down(org: Any, pair: Any, steward: Any) -> None:
    for customer in pair:
        fill(org, customer, "same tag", "same file", "share", "mark")
    RecordMark.objects.filter(**about(pair[0])).update(starred_at=None)
    done = merge(pair, steward)
    noted = {item.model for item in done.items.exclude(note="")}
    assert noted == {"crm.TagLink", "crm.Attachment", "crm.RecordShare", "crm.RecordMark"}
    for model in (TagLink, Attachment, RecordShare, RecordMark):
        assert [model.objects.filter(**about(customer)).count() for customer in pair] == [1, 1]
    # A colleague who had only the loser among the favourites has the winner there now.
    assert RecordMark.objects.get(**about(pair[0])).starred_at is not None


def test_the_loser_is_gone_from_lists_search_and_candidates_but_finds_the_winner(
    org: Any, pair: Any, steward: Any
) -> None:
    winner, loser = pair
    merge(pair, steward)
    seen = Customer.objects.visible_to(steward)
    assert list(seen.filter(pk__in=[winner.pk, loser.pk])) == [winner]
    for words in (loser.code, "华欣电源", "华欣厂", "hxdy"):
        assert list(seen.search(words)) == [winner], words
    assert [one.customer.pk for one in find_candidates(CompanyQuery("华欣电源设备厂"))][:1] == [winner.pk]
    assert same_name("华欣电源设备厂") == winner
    assert same_name("华欣电源设备厂", besides=winner.pk) is None


def test_the_next_sync_of_the_loser_s_number_finds_the_winner(org: Any, pair: Any, steward: Any) -> None:
    ExternalRef.objects.create(system="SAP", entity="customer", external_id="4711", object_id=pair[1].pk)
    merge(pair, steward)
    keys = KnownKeys()
    keys.prepare(["4711"])
    assert keys.customer("4711") == pair[0].pk


def test_rows_that_come_for_the_loser_afterwards_go_to_the_winner(org: Any, pair: Any, steward: Any) -> None:
    """As a sync does that looked its customers up before the merge: new rows, and rows changed back to the loser."""
    winner, loser = pair
    moved = make_opportunity(org, customer=loser)
    merge(pair, steward)
    assert Opportunity.objects.get(pk=make_opportunity(org, customer=loser).pk).customer == winner
    Opportunity.objects.filter(pk=moved.pk).update(customer=loser)
    moved.refresh_from_db()
    assert moved.customer == winner
    fill(org, loser, "comment", "same tag", "order")
    assert TagLink.objects.filter(**about(loser)).count() == 0
    assert SalesOrderLine.objects.filter(customer=loser).count() == 0


def test_figures_are_those_of_both(org: Any, pair: Any, steward: Any) -> None:
    for customer in pair:
        make_invoice(org, customer=customer)
    from analytics.domain.customer_figures import refresh_figures

    refresh_figures(customer_ids=[customer.pk for customer in pair])
    before = [CustomerFigures.objects.get(customer=customer).sales_12m for customer in pair]
    assert min(before) > 0
    merge(pair, steward)
    assert CustomerFigures.objects.get(customer=pair[0]).sales_12m == sum(before)


def test_the_months_of_what_moved_are_summed_again(
    org: Any, pair: Any, steward: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from analytics.models import Refresh

    fill(org, pair[1], "settlement", "receivable", "opportunity")
    Refresh.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        merge(pair, steward)
    assert {"settlement", "receipt", "order_line", "opportunity_assigned"} & set(
        Refresh.objects.values_list("fact", flat=True)
    ) >= {"settlement", "receipt"}


def test_customers_merged_before_lead_to_the_last_winner(org: Any, pair: Any, steward: Any) -> None:
    winner, loser = pair
    first = make_real(org, "第三家公司")
    merge((loser, first), steward)
    merge(pair, steward)
    first.refresh_from_db()
    assert first.merged_into == winner
    assert list(Customer.objects.visible_to(steward).search("第三家")) == [winner]


def test_both_owners_are_told(org: Any, pair: Any, steward: Any, django_capture_on_commit_callbacks: Any) -> None:
    Customer.objects.filter(pk=pair[1].pk).update(owner=org.people.colleague)
    with django_capture_on_commit_callbacks(execute=True):
        merge(pair, steward)
    told = Notification.objects.filter(kind="customer_merged").values_list("recipient__username", flat=True)
    assert sorted(told) == ["colleague", "sales_rep"]


# ---- what is refused


def test_not_with_itself(org: Any, pair: Any, steward: Any) -> None:
    with pytest.raises(DomainError, match="itself"):
        merge((pair[0], pair[0]), steward)
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(pk=pair[0].pk).update(merged_into=pair[0])


@pytest.mark.parametrize("side", [0, 1])
def test_not_when_one_was_merged_already(org: Any, pair: Any, steward: Any, side: int) -> None:
    third = make_customer(org)
    merge((third, pair[side]), steward)
    with pytest.raises(DomainError, match="merged already"):
        merge(pair, steward)


@pytest.mark.parametrize("side", [0, 1])
def test_not_when_one_changed_since_it_was_read(org: Any, pair: Any, steward: Any, side: int) -> None:
    stored = Customer.objects.get(pk=pair[side].pk)
    update_customer(instance=stored, expected_version=stored.version, actor=steward, city="宁波")
    with pytest.raises(StaleVersion, match=stored.code):
        merge_customers(winner=pair[0], loser=pair[1], values={}, actor=steward)
    assert not CustomerMerge.objects.exists()


@pytest.mark.parametrize("role", ["sales_rep", "finance", "executive", "auditor"])
def test_not_without_the_right(org: Any, pair: Any, role: str) -> None:
    with pytest.raises(NotAllowed):
        merge(pair, org.user(role))


def test_a_manager_merges_the_own_team_s_only(org: Any, pair: Any) -> None:
    manager = org.people.sales_manager
    foreign = make_customer(org, owner=org.people.stranger)
    for two in ((pair[0], foreign), (foreign, pair[0])):
        with pytest.raises(NotAllowed):
            merge(two, manager)
    merge(pair, manager)


def test_two_business_units_need_a_right_of_their_own(org: Any, pair: Any, steward: Any) -> None:
    foreign = make_customer(org, owner=org.people.stranger)
    steward.roles.get().__class__.objects.filter(code="data_steward").update(
        permissions=["customers.merge_customer", "customers.change_customer", "customers.view_customer"]
    )
    steward = type(steward).objects.get(pk=steward.pk)
    with pytest.raises(NotAllowed, match="Agrochemicals"):
        merge((pair[0], foreign), steward)


@pytest.mark.parametrize("side", [0, 1])
def test_not_while_one_waits_for_approval(org: Any, pair: Any, steward: Any, side: int) -> None:
    fill(org, pair[side], "approval")
    ApprovalRequest.objects.update(state="pending", title="more credit")
    document = replace(approval_documents.get("campaign"), key="customer", model="customers.Customer")
    with approval_documents.override(document), pytest.raises(Frozen, match="more credit"):
        merge(pair, steward)
    assert not CustomerMerge.objects.exists()
