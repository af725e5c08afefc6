"""Leads: domain, steps, assignment, screens."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, TransitionError
from leads.domain.lead import assign_leads, create_lead, move_lead, update_lead
from leads.enums import LeadState
from leads.models import Lead
from leads.views.lead import lead_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import make_campaign, make_lead

pytestmark = pytest.mark.django_db


class TestLead(EntitySuite):
    daily = True
    entity = lead_entity
    make = staticmethod(make_lead)
    refused = (({"expected_amount": "-1"}, "The expected amount must not be negative."),)
    form_data = staticmethod(
        lambda org, record: {
            "company_name": "新公司",
            "source": "website",
            "received_on": record.received_on.isoformat(),
        }
    )


def text_of(response):
    return response.content.decode()


def step_url(lead, target):
    return reverse("leads:lead_step", args=[lead.pk, target])


def test_a_new_lead_with_an_owner_is_assigned_from_the_start(org):
    month = f"{timezone.localdate():%y%m}"
    free = create_lead(actor=org.people.marketing, company_name="宁波华新")
    given = create_lead(actor=org.people.marketing, company_name="苏州启芯", owner=org.people.colleague)
    assert (free.code, given.code) == (f"LD-{month}-0001", f"LD-{month}-0002")
    assert (free.state, given.state) == ("new", "assigned")
    assert (given.team, given.business_unit, free.received_on) == (org.sub_team, org.silicones, timezone.localdate())
    assert given.state_changes.get().target == "assigned"
    assert list(Lead.objects.search("nbhx")) == [free]


def test_somebody_without_a_unit_cannot_own_a_lead(org):
    org.people.nobody.business_unit = None
    org.people.nobody.save()
    with pytest.raises(DomainError) as error:
        create_lead(actor=org.people.sales_rep, company_name="x", owner=org.people.nobody)
    assert error.value.field == "owner"


def test_assigning_moves_new_ones_and_leaves_closed_ones_alone(org):
    new = make_lead(org, owner=org.people.colleague)
    followed = make_lead(org, owner=org.people.colleague, state="followed_up")
    closed = make_lead(org, owner=org.people.colleague, state="disqualified")
    mine = make_lead(org, owner=org.people.sales_manager, state="assigned")
    count = assign_leads(
        Lead.objects.all(), owner=org.people.sales_manager, actor=org.people.sales_manager, reason="分区"
    )
    for lead in (new, followed, closed, mine):
        lead.refresh_from_db()
    assert count == 2
    assert (new.state, new.owner, new.team) == ("assigned", org.people.sales_manager, org.team)
    assert (followed.state, followed.owner) == ("followed_up", org.people.sales_manager)
    assert (closed.owner, mine.version) == (org.people.colleague, 1)
    assert new.state_changes.get().reason == "分区"


@pytest.mark.parametrize(("state", "target"), [("new", "qualified"), ("assigned", "qualified"), ("converted", "new")])
def test_steps_that_do_not_exist(org, state, target):
    lead = make_lead(org, state=state)
    with pytest.raises(TransitionError):
        move_lead(lead=lead, target=target, actor=org.people.sales_rep)
    assert Lead.objects.get(pk=lead.pk).state == state


def test_a_lead_is_not_converted_without_an_opportunity(org):
    with pytest.raises(DomainError):
        move_lead(lead=make_lead(org, state="qualified"), target=LeadState.CONVERTED, actor=org.people.sales_rep)


def test_disqualifying_and_taking_up_again_need_a_reason(org):
    lead = make_lead(org, state="assigned")
    with pytest.raises(TransitionError):
        move_lead(lead=lead, target=LeadState.DISQUALIFIED, actor=org.people.sales_rep)
    move_lead(lead=lead, target=LeadState.DISQUALIFIED, actor=org.people.sales_rep, reason="无需求")
    with pytest.raises(TransitionError):
        move_lead(lead=lead, target=LeadState.NEW, actor=org.people.sales_rep)
    move_lead(lead=lead, target=LeadState.NEW, actor=org.people.sales_rep, reason="又来问了")
    assert [row.reason for row in lead.state_changes.order_by("pk")] == ["无需求", "又来问了"]


def test_state_is_not_written_by_an_edit(org, client_of):
    lead = make_lead(org)
    update_lead(instance=lead, expected_version=lead.version, actor=org.people.sales_rep, need="低挥发")
    data = {"company_name": lead.company_name, "source": "website", "received_on": lead.received_on.isoformat()}
    url = reverse("leads:lead_edit", args=[lead.pk])
    client_of(org.people.sales_rep).post(url, {**data, "version_read": lead.version, "state": "qualified"})
    lead.refresh_from_db()
    assert (lead.state, lead.source) == ("new", "website")


def test_the_steps_as_buttons(org, client_of):
    lead = make_lead(org, state="assigned")
    client = client_of(org.people.sales_rep)
    page = text_of(client.get(lead_entity.record_url(lead)))
    assert step_url(lead, "followed_up") in page
    assert step_url(lead, "qualified") not in page
    assert step_url(lead, "assigned") not in page  # a representative does not assign
    assert client.post(step_url(lead, "followed_up")).status_code == 302
    assert client.post(step_url(lead, "qualified")).status_code == 302
    lead.refresh_from_db()
    assert lead.state == "qualified"
    assert client.post(step_url(lead, "assigned"), {"owner": org.people.colleague.pk}).status_code == 403
    assert client.post(step_url(lead, "nonsense")).status_code == 404


def test_disqualifying_asks_why(org, client_of):
    lead = make_lead(org)
    client = client_of(org.people.sales_rep)
    assert 'name="reason"' in text_of(client.get(step_url(lead, "disqualified")))
    assert client.post(step_url(lead, "disqualified"), {"reason": ""}).status_code == 422
    assert client.post(step_url(lead, "disqualified"), {"reason": "无需求"}).status_code == 302
    lead.refresh_from_db()
    assert lead.state == "disqualified"


def test_a_step_on_a_foreign_lead_is_404(org, client_of):
    lead = make_lead(org, owner=org.people.stranger, state="assigned")
    assert client_of(org.people.sales_rep).post(step_url(lead, "followed_up")).status_code == 404
    lead.refresh_from_db()
    assert lead.state == "assigned"


def test_a_manager_assigns_one_and_many(org, client_of):
    one, two, foreign = make_lead(org), make_lead(org), make_lead(org, owner=org.people.stranger)
    client = client_of(org.people.sales_manager)
    assert client.post(step_url(one, "assigned"), {"owner": org.people.colleague.pk}).status_code == 302
    url = reverse("leads:lead_bulk", args=["assign"])
    data = {"ids": [two.pk, foreign.pk], "confirmed": "1", "owner": org.people.colleague.pk}
    assert client.post(url, data).status_code == 302
    for lead in (one, two, foreign):
        lead.refresh_from_db()
    assert [one.owner, two.owner, foreign.owner] == [org.people.colleague, org.people.colleague, org.people.stranger]
    assert [one.state, two.state, foreign.state] == ["assigned", "assigned", "new"]


def test_filters(org, client_of):
    campaign = make_campaign(org)
    wanted = make_lead(org, state="qualified", campaign=campaign, source="campaign")
    other = make_lead(org, state="new")
    client = client_of(org.people.sales_rep)
    for query in ({"state": ["qualified", "converted"]}, {"campaign": campaign.pk}, {"source": "campaign"}):
        page = text_of(client.get(reverse("leads:lead_list"), query))
        assert wanted.company_name in page, query
        assert other.company_name not in page, query


def test_search_stays_inside_the_scope(org, client_of):
    make_lead(org, company_name="华新线索甲")
    make_lead(org, company_name="华新线索乙", owner=org.people.stranger)
    page = text_of(client_of(org.people.sales_rep).get(reverse("search"), {"q": "hxxs"}))
    assert "华新线索甲" in page
    assert "华新线索乙" not in page
