"""Who is in a deal, and what an open opportunity always knows."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, NotAllowed
from crm.workflow.domain.tasks import create_task
from opportunities.domain.blockers import blockers
from opportunities.domain.deal import (
    add_contact,
    add_member,
    add_product,
    add_rival,
    remove_entry,
    update_member,
    update_product,
)
from opportunities.domain.funnel import advance
from opportunities.domain.opportunity import create_opportunity, update_opportunity
from opportunities.models import Opportunity
from opportunities.views.deal import contact_entity, member_entity, product_entity, rival_entity
from tests.entity_suite import EntitySuite
from tests.factories import deals as make
from tests.factories.records import day, make_contact, make_customer, make_opportunity
from tests.opportunities.support import stage

pytestmark = pytest.mark.django_db


class TestOpportunityContact(EntitySuite):
    entity = contact_entity
    make = staticmethod(make.make_deal_contact)
    form_data = staticmethod(lambda org, entry: {"stance": "supporter", "concern": "交期"})


class TestOpportunityRival(EntitySuite):
    entity = rival_entity
    make = staticmethod(make.make_rival)
    form_data = staticmethod(lambda org, rival: {"price": "31.5", "strength": "ahead", "notes": "低价"})
    refused = [({"price": "0"}, "The price must be larger than zero.")]


class TestOpportunityProduct(EntitySuite):
    entity = product_entity
    make = staticmethod(make.make_deal_product)
    form_data = staticmethod(lambda org, part: {"product_line": org.liquid.pk, "our_volume_kg": "500"})
    refused = [({"product_line": "", "our_volume_kg": "500"}, "This field is required.")]


class TestOpportunityMember(EntitySuite):
    entity = member_entity
    make = staticmethod(make.make_member)
    form_data = staticmethod(lambda org, member: {"task": "试样", "share": "30"})
    refused = [({"share": "120"}, "A share is a hundred percent at most.")]


def test_the_amount_is_that_of_all_products(org: Any) -> None:
    rep = org.people.sales_rep
    record = make_opportunity(org, our_volume_kg=1000, market_price=10)
    part = add_product(actor=rep, opportunity=record, product_line=org.liquid, our_volume_kg=500, proposed_price=20)
    record.refresh_from_db()
    assert record.amount_base == 20000
    update_opportunity(instance=record, expected_version=None, actor=rep, our_volume_kg=2000)
    record.refresh_from_db()
    assert record.amount_base == 30000
    part.opportunity.refresh_from_db()
    update_product(instance=part, expected_version=None, actor=rep, our_volume_kg=100)
    record.refresh_from_db()
    assert record.amount_base == 22000
    remove_entry(part, actor=rep)
    record.refresh_from_db()
    assert record.amount_base == 20000
    with pytest.raises(DomainError, match="product of that product line"):
        add_product(actor=rep, opportunity=record, product_line=org.herbicide, product=org.product)


def test_a_colleague_in_the_team_may_work_on_the_deal_and_shares_stay_within_the_whole(org: Any) -> None:
    rep, other = org.people.sales_rep, org.people.stranger
    record = make_opportunity(org, owner=rep)
    assert not Opportunity.objects.visible_to(other).filter(pk=record.pk).exists()
    add_member(actor=rep, opportunity=record, user=other, share=60, task="试样")
    other = type(other).objects.get(pk=other.pk)
    assert Opportunity.objects.visible_to(other).filter(pk=record.pk).exists()
    with pytest.raises(DomainError, match="110 %"):
        add_member(actor=rep, opportunity=record, user=org.people.service_agent, share=50)
    with pytest.raises(DomainError, match="owns this record"):
        add_member(actor=rep, opportunity=record, user=rep, share=1)
    with pytest.raises(NotAllowed):
        add_member(actor=org.people.colleague, opportunity=record, user=org.people.service_agent, share=1)
    assert record.members.count() == 1
    helper = org.people.product_manager
    create_task(actor=rep, assignee=helper, title="Price", due_at=timezone.now(), record=record)
    assert [one.who for one in blockers([record], rep)[record.pk]] == [helper.label]
    assert blockers([record], other) == {}  # sees the deal, but not the to-dos of others
    member = record.members.get()
    with pytest.raises(NotAllowed):  # who is in the team works on the deal, but does not share out its success
        update_member(instance=member, expected_version=None, actor=other, share=90)
    with pytest.raises(NotAllowed):
        remove_entry(member, actor=other)
    member.refresh_from_db()
    update_member(instance=member, expected_version=None, actor=rep, share=70)
    assert Opportunity.objects.visible_to(other).filter(pk=record.pk).exists()
    remove_entry(member, actor=rep)
    assert not record.members.exists()
    other = type(other).objects.get(pk=other.pk)
    assert not Opportunity.objects.visible_to(other).filter(pk=record.pk).exists()


def test_only_people_of_the_customer_and_of_the_end_customer_are_named(org: Any) -> None:
    rep, end = org.people.sales_rep, make_customer(org)
    record = make_opportunity(org, end_customer=end)
    own, behind = make_contact(org, customer=record.customer), make_contact(org, customer=end)
    for person in (own, behind):
        add_contact(actor=rep, opportunity=record, contact=person)
    with pytest.raises(DomainError, match="contact of the customer"):
        add_contact(actor=rep, opportunity=record, contact=make_contact(org))
    assert record.contacts.count() == 2


def test_competitors_that_are_named_answer_the_gate_and_typed_ones_stay(org: Any) -> None:
    rep, record = org.people.sales_rep, make_opportunity(org, competitors="小厂")
    rival = add_rival(actor=rep, opportunity=record, competitor=make.make_competitor_named("D 牌"))
    record.refresh_from_db()
    assert record.competitors == "D 牌、小厂"
    add_rival(actor=rep, opportunity=record, competitor=make.make_competitor_named("W 牌"))
    with pytest.raises(DomainError, match="named already"):
        add_rival(actor=rep, opportunity=record, competitor=rival.competitor)
    remove_entry(rival, actor=rep)
    record.refresh_from_db()
    assert record.competitors == "W 牌、小厂"


def test_removing_is_for_who_may_change_the_opportunity(org: Any, client_of: Any) -> None:
    rival = make.make_rival(org)
    url = reverse("opportunities:opportunityrival_remove", args=[rival.pk])
    assert client_of(org.people.stranger).post(url).status_code in (403, 404)
    assert client_of(org.people.auditor).post(url).status_code == 403
    assert client_of(org.people.sales_rep).get(url).status_code == 405
    assert client_of(org.people.sales_rep).post(url).status_code == 302
    assert not rival.opportunity.rivals.exists()


def test_each_time_the_close_is_put_off_is_counted(org: Any) -> None:
    rep = org.people.sales_rep
    record = make_opportunity(org, expected_close_on=day(10))
    for days, count in ((20, 1), (20, 1), (5, 1), (6, 2)):
        record = Opportunity.objects.get(pk=record.pk)
        update_opportunity(instance=record, expected_version=None, actor=rep, expected_close_on=day(days))
        assert Opportunity.objects.get(pk=record.pk).slip_count == count
    with pytest.raises(TypeError):
        update_opportunity(instance=record, expected_version=None, actor=rep, slip_count=0)


def test_an_open_opportunity_always_has_a_next_step_with_a_day(org: Any) -> None:
    rep = org.people.sales_rep
    record = create_opportunity(actor=rep, name="新商机", customer=make_customer(org))
    assert record.next_step
    assert record.next_step_on == timezone.localdate() + dt.timedelta(days=3)
    with pytest.raises(DomainError, match="always has a next step") as error:
        update_opportunity(instance=record, expected_version=None, actor=rep, next_step="  ")
    assert error.value.field == "next_step"
    lost = make_opportunity(org, stage="lost", closed_on=day(-1))
    update_opportunity(instance=lost, expected_version=None, actor=rep, next_step="")


def test_the_end_customer_is_another_company(org: Any) -> None:
    customer = make_customer(org)
    with pytest.raises(DomainError, match="another company"):
        create_opportunity(actor=org.people.sales_rep, name="x", customer=customer, end_customer=customer)


def test_a_loss_keeps_the_winners_price_and_asks_for_a_review(org: Any, client_of: Any) -> None:
    rep, record = org.people.sales_rep, make_opportunity(org, proposed_price=34)
    client = client_of(rep)
    data = {"target": stage("lost").pk, "asked": "1", "move-loss_reason": "price", "move-lost_to": "D 牌"}
    url = reverse("opportunities:opportunity_move", args=[record.pk])
    assert client.post(url, {**data, "move-lost_price": "31.5"}).status_code == 302
    record.refresh_from_db()
    assert str(record.lost_price) == "31.5000"
    edit = client.get(reverse("opportunities:opportunity_edit", args=[record.pk])).content.decode()
    assert 'name="loss_review"' in edit
    assert 'name="next_step"' not in edit
    page = client.get(reverse("opportunities:opportunity_record", args=[record.pk])).content.decode()
    assert "7.9</span>% above" in page  # 34 / 31.5 - 1
    advance(opportunity=record, target=stage("requirement"), actor=rep, reason="客户重新询价")
    record.refresh_from_db()
    assert record.lost_price is None
    assert record.next_step
