"""How opportunities flow through the stages."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from opportunities.domain.flow import stage_flow
from opportunities.models import OpportunityStageChange
from tests.factories.records import make_opportunity
from tests.opportunities.support import stage

pytestmark = pytest.mark.django_db


def move(opportunity, source, target, days, ago=10):
    OpportunityStageChange.objects.create(
        record=opportunity,
        source=source and stage(source),
        target=stage(target),
        at=timezone.now() - dt.timedelta(days=ago),
        seconds_in_source=days * 86_400,
    )


def test_flow_counts_the_moves_onwards_of_the_last_year_and_the_days_before_them(org):
    deal = make_opportunity(org)
    move(deal, None, "requirement", 0)  # its start is no move
    move(deal, "requirement", "solution", 10)
    move(deal, "solution", "requirement", 6)  # back
    move(deal, "requirement", "lost", 20)
    move(deal, "requirement", "on_hold", 30)
    move(deal, "on_hold", "requirement", 40)  # no stage of the funnel
    move(deal, "negotiation", "won", 8)
    move(deal, "requirement", "solution", 99, ago=500)  # too long ago
    flow = stage_flow(OpportunityStageChange.objects.all(), timezone.localdate())
    found = {
        key: (round(flow[stage(key).pk].conversion, 2), flow[stage(key).pk].days)
        for key in ("requirement", "solution", "negotiation")
    }
    assert found == {"requirement": (Decimal("0.33"), 20), "solution": (0, 6), "negotiation": (1, 8)}
    assert len(flow) == 3


def test_the_start_page_shows_the_flow_of_ones_own_opportunities(org, client_of):
    move(make_opportunity(org), "requirement", "solution", 12)
    move(make_opportunity(org, owner=org.people.colleague), "requirement", "lost", 50)
    page = client_of(org.people.sales_rep).get("/").content.decode()
    assert "100%</span> move on" in page
    assert "12 days on average" in page


def test_the_start_page_counts_what_is_due_and_late(org, client_of):
    today = timezone.localdate()
    for back in (0, 1, 5):
        make_opportunity(org, next_step="call", next_step_on=today - dt.timedelta(days=back))
    make_opportunity(org, next_step="later", next_step_on=today + dt.timedelta(days=1))
    make_opportunity(org, owner=org.people.colleague, next_step="theirs", next_step_on=today)
    page = client_of(org.people.sales_rep).get("/").content.decode()
    assert "3 items are due" in page
    assert ", 2 overdue" in page


def test_me_on_the_board_is_the_reader(org, client_of):
    mine, theirs = make_opportunity(org), make_opportunity(org, owner=org.people.colleague)
    page = client_of(org.people.bu_head).get(f"/opportunities/board/?owner={mine.owner_id}").content.decode()
    assert mine.name in page
    mine_only = client_of(org.people.colleague).get("/opportunities/board/?owner=me").content.decode()
    assert theirs.name in mine_only
    assert mine.name not in client_of(org.people.bu_head).get("/opportunities/board/?owner=me").content.decode()


def test_the_filter_form_of_the_board_comes_when_it_is_opened(org, client_of):
    client = client_of(org.people.sales_rep)
    assert 'name="product_line"' not in client.get("/opportunities/board/?owner=me").content.decode()
    form = client.get("/opportunities/board/?owner=me&part=filters").content.decode()
    assert 'name="product_line"' in form
    assert "<html" not in form
