"""Campaigns: domain, steps, screens."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, NotAllowed, TransitionError
from leads.domain.campaign import create_campaign, move_campaign
from leads.views.campaign import campaign_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import make_campaign, make_lead

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 1)


class TestCampaign(EntitySuite):
    entity = campaign_entity
    role = "marketing"
    make = staticmethod(make_campaign)
    refused = (
        ({"budget": "-1"}, "The budget must not be negative."),
        ({"spent": "-1"}, "What was spent must not be negative."),
        ({"ends_on": "2026-11-30"}, "The last day must not be before the first day."),
    )
    form_data = staticmethod(
        lambda org, record: {
            "name": "新名称",
            "kind": "seminar",
            "origin": "annual",
            "owner": record.owner_id,
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-02",
            "budget": "50000",
            "spent": "0",
            "planned_leads": "20",
        }
    )


def step_url(campaign, target):
    return reverse("leads:campaign_step", args=[campaign.pk, target])


def test_a_new_campaign_is_planned_with_a_number(org):
    campaign = create_campaign(actor=org.people.marketing, name="展会", kind="exhibition", starts_on=DAY, ends_on=DAY)
    assert campaign.code == f"MKT-{timezone.localdate():%y%m}-0001"
    assert (campaign.state, campaign.owner, campaign.business_unit) == ("planned", org.people.marketing, org.silicones)


def test_it_does_not_end_before_it_starts(org):
    with pytest.raises(DomainError, match="before the first day"):
        create_campaign(
            actor=org.people.marketing, name="x", kind="seminar", starts_on=DAY, ends_on=DAY - dt.timedelta(days=1)
        )


def test_the_steps_and_the_day_of_completion(org):
    campaign = make_campaign(org)
    with pytest.raises(NotAllowed):
        move_campaign(campaign=campaign, target="approved", actor=org.people.marketing)
    with pytest.raises(TransitionError):
        move_campaign(campaign=campaign, target="running", actor=org.people.marketing)
    move_campaign(campaign=campaign, target="approved", actor=org.people.bu_head)
    move_campaign(campaign=campaign, target="running", actor=org.people.marketing)
    move_campaign(campaign=campaign, target="completed", actor=org.people.marketing)
    assert campaign.completed_on == timezone.localdate()
    assert [row.target for row in campaign.state_changes.order_by("pk")] == ["approved", "running", "completed"]


def test_cancelling_needs_a_reason(org, client_of):
    campaign = make_campaign(org, state="approved")
    client = client_of(org.people.marketing)
    assert client.post(step_url(campaign, "cancelled"), {"reason": ""}).status_code == 422
    assert client.post(step_url(campaign, "cancelled"), {"reason": "场地取消"}).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.state, campaign.state_changes.get().reason) == ("cancelled", "场地取消")


def test_approving_is_for_those_who_may(org, client_of):
    campaign = make_campaign(org)
    assert client_of(org.people.marketing).post(step_url(campaign, "approved")).status_code == 403
    page = client_of(org.people.marketing).get(campaign_entity.record_url(campaign)).content.decode()
    assert step_url(campaign, "approved") not in page
    assert client_of(org.people.bu_head).post(step_url(campaign, "approved")).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == "approved"


def test_the_record_shows_what_it_brought_of_what_the_reader_may_see(org, client_of):
    campaign = make_campaign(org, budget=Decimal(50000), spent=Decimal(30000), planned_leads=20)
    make_lead(org, campaign=campaign, state="converted")
    make_lead(org, campaign=campaign, state="qualified")
    make_lead(org, campaign=campaign, owner=org.people.stranger)
    page = client_of(org.people.marketing).get(campaign_entity.record_url(campaign)).content.decode()
    assert f'campaign={campaign.pk}"><span class="nw">2</span></a>' in page
    assert "50.0%" in page
    assert "&lt;" not in page
    assert "CNY</span>15.0<" in page  # cost per lead
