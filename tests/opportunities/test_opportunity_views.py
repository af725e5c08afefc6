"""List, record and forms of opportunities, and what they add to a customer's page, the search and the start page."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from opportunities.domain.funnel import advance
from opportunities.models import GateItem, Opportunity
from opportunities.tables.opportunity import record_url
from opportunities.views.opportunity import opportunity_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import make_customer, make_opportunity
from tests.opportunities.support import answered, stage

pytestmark = pytest.mark.django_db


def make(org, owner):
    return make_opportunity(org, owner=owner, product_line=org.sealant, expected_close_on=dt.date(2026, 12, 20))


AGREED = {"forecast_category": "pipeline", "next_step": "寄样", "next_step_on": "2026-12-01"}


class TestOpportunity(EntitySuite):
    daily = True
    entity = opportunity_entity
    make = staticmethod(make)
    refused = (
        ({"demand_kg": "-1"}, "The customer's demand and our volume must not be negative."),
        ({"demand_kg": "5", "our_volume_kg": "6"}, "Our volume must not be larger than the customer's demand."),
        ({"proposed_price": "0"}, "The proposed price must be larger than zero."),
        ({"market_price": "-2"}, "The market price must be larger than zero."),
    )
    form_data = staticmethod(
        lambda org, record: {
            "name": "新名称",
            "customer": record.customer_id,
            "currency": "CNY",
            "product_line": org.sealant.pk,
            **AGREED,
        }
    )


def form(record, **values):
    return {
        "name": record.name,
        "customer": record.customer_id,
        "currency": "CNY",
        "version_read": record.version,
        **AGREED,
        **values,
    }


def text_of(response):
    return response.content.decode()


def test_creating_from_a_customers_page_fills_the_customer_in(org, client_of):
    customer = make_customer(org)
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_create")
    assert f'<option value="{customer.pk}" selected>' in text_of(client.get(url, {"customer": customer.pk}))
    data = {
        "name": "门封混炼胶",
        "customer": customer.pk,
        "currency": "CNY",
        "our_volume_kg": "500",
        "market_price": "20",
        **AGREED,
    }
    response = client.post(url, {**data, "spec_sales_process": "直销"})
    opportunity = Opportunity.objects.get(name="门封混炼胶")
    assert response.url == reverse("opportunities:opportunity_record", args=[opportunity.pk])
    assert (opportunity.owner, opportunity.amount) == (org.people.sales_rep, Decimal("10000.00"))
    assert opportunity.specification == {"sales_process": "直销"}


def test_a_foreign_customer_cannot_be_chosen(org, client_of):
    foreign = make_customer(org, owner=org.people.stranger)
    client = client_of(org.people.sales_rep)
    response = client.post(
        reverse("opportunities:opportunity_create"), {"name": "x", "customer": foreign.pk, "currency": "CNY"}
    )
    assert response.status_code == 422
    assert not Opportunity.objects.exists()


def test_the_form_asks_for_the_specification_of_its_product_line_and_keeps_that_of_others(org, client_of):
    record = make_opportunity(org, product_line=org.sealant, specification={"hardness": "45", "curing": "10 min"})
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_edit", args=[record.pk])
    page = text_of(client.get(url))
    assert 'name="spec_curing"' in page
    assert 'name="spec_hardness"' not in page
    data = form(record, product_line=org.sealant.pk, spec_viscosity="12000", spec_curing="")
    assert client.post(url, data).status_code == 302
    record.refresh_from_db()
    assert record.specification == {"hardness": "45", "viscosity": "12000"}


def test_a_stale_edit_shows_both_specifications(org, client_of):
    record = make_opportunity(org, product_line=org.sealant)
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_edit", args=[record.pk])
    data = form(record, product_line=org.sealant.pk)
    client.post(url, {**data, "spec_curing": "表干 10"})
    response = client.post(url, {**data, "spec_curing": "表干 12"})
    assert response.status_code == 409
    shown = {line.name: (line.read, line.theirs, line.mine_text) for line in response.context["merge"].lines}
    assert shown == {"spec_curing": ("—", "表干 10", "表干 12")}


def test_a_representative_cannot_hand_over_by_the_form(org, client_of):
    record = make_opportunity(org)
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_edit", args=[record.pk])
    assert 'name="owner"' not in text_of(client.get(url))
    client.post(url, form(record, owner=org.people.colleague.pk))
    record.refresh_from_db()
    assert record.owner == org.people.sales_rep


def test_the_form_cannot_write_the_stage(org, client_of):
    record = make_opportunity(org)
    client = client_of(org.people.sales_manager)
    client.post(reverse("opportunities:opportunity_edit", args=[record.pk]), form(record, stage=stage("won").pk))
    record.refresh_from_db()
    assert record.stage.code == "requirement"


def test_the_record_shows_path_gate_figures_and_history(org, client_of):
    record = make_opportunity(
        org,
        stage_since=timezone.now() - dt.timedelta(days=12, hours=1),
        **answered(org, next_step="送样", certification=""),
    )
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_record", args=[record.pk])
    page = text_of(client.get(url))
    assert "17/18 · 12 days (standard 30)" in page
    assert "1 more to move on" in page
    assert f'href="{reverse("opportunities:opportunity_edit", args=[record.pk])}#id_certification"' in page
    assert page.count('<li class="w">') == 1
    assert "送样" in page
    record.certification = "UL94"
    record.save()
    advance(opportunity=record, target=stage("solution"), actor=org.people.sales_manager, reason="客户确认")
    page = text_of(client.get(url))
    assert "18/18 · 12 days" in page
    assert "周启明" in page
    assert "客户确认" in page
    earlier = text_of(client.get(url, {"stage": stage("requirement").pk}))
    assert "not the present stage" in earlier
    record.refresh_from_db()
    advance(
        opportunity=record,
        target=stage("lost"),
        actor=org.people.sales_manager,
        answers={"loss_reason": "price", "lost_to": "国产 H 厂"},
    )
    left = text_of(client.get(url))
    assert f"Stage gate · {stage('solution').label}" in left


@pytest.mark.parametrize("days", [30, 31, 40])
def test_stuck_is_the_same_on_the_record_in_the_list_and_in_the_filter(org, client_of, days):
    record = make_opportunity(org, stage_since=timezone.now() - dt.timedelta(days=days, minutes=1))
    client = client_of(org.people.sales_rep)
    page = text_of(client.get(reverse("opportunities:opportunity_record", args=[record.pk])))
    rows = text_of(client.get(reverse("opportunities:opportunity_list"), {"stuck": "on"}))
    stuck = days > 30
    assert ("stuck for" in page) is stuck
    assert (record.name in rows) is stuck
    assert Opportunity.objects.all().stuck().exists() is stuck


def test_record_takes_the_same_queries_with_more_history(org, client_of):
    record = make_opportunity(org, **answered(org))
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_record", args=[record.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for target in ("solution", "requirement", "solution"):
        advance(opportunity=record, target=stage(target), actor=org.people.sales_rep, reason="x")
    GateItem.objects.create(
        stage=stage("solution"), key="appearance", kind="specification", name="外观", name_en="Looks", position=9
    )
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(after) == len(before)


def test_filters_find_what_they_name(org, client_of):
    mine = make_opportunity(org, category="renewal", expected_close_on=dt.date(2026, 12, 20), product_line=org.liquid)
    other = make_opportunity(org, category="share", expected_close_on=dt.date(2027, 2, 1), stage="won")
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_list")
    for query in (
        {"status": "open"},
        {"stage": stage("requirement").pk},
        {"category": "renewal"},
        {"close_until": "2026-12-31"},
        {"product_line": org.liquid.pk},
        {"customer": mine.customer_id},
        {"q": mine.code.lower()},
    ):
        page = text_of(client.get(url, query))
        assert mine.name in page, query
        assert other.name not in page, query


def test_bulk_hand_over_leaves_foreign_rows_alone(org, client_of):
    mine, foreign = make_opportunity(org), make_opportunity(org, owner=org.people.stranger)
    client = client_of(org.people.sales_manager)
    url = reverse("opportunities:opportunity_bulk", args=["transfer"])
    data = {"ids": [mine.pk, foreign.pk], "confirmed": "1", "owner": org.people.colleague.pk}
    assert client.post(url, data).status_code == 302
    mine.refresh_from_db()
    foreign.refresh_from_db()
    assert (mine.owner, foreign.owner) == (org.people.colleague, org.people.stranger)
    assert client_of(org.people.sales_rep).post(url, data).status_code == 403


def test_a_customers_page_shows_its_open_opportunities_only(org, client_of):
    customer = make_customer(org)
    shown = make_opportunity(org, customer=customer, stage="negotiation", amount_base=Decimal(1000000))
    gone = make_opportunity(org, customer=customer, stage="lost")
    elsewhere = make_opportunity(org)
    url = reverse("customers:customer_record", args=[customer.pk])
    seller = client_of(org.people.sales_rep)
    page = text_of(seller.get(url))
    assert "CNY</span>800.0<" in page  # weighted by 80 %
    assert f"{url}?panel=open_opportunities" in page
    panel = text_of(seller.get(url, {"panel": "open_opportunities"}))
    assert shown.name in panel
    assert "&lt;" not in panel
    assert gone.name not in panel
    assert elsewhere.name not in panel
    assert f"{reverse('opportunities:opportunity_create')}?customer={customer.pk}" in panel
    finance = client_of(org.people.finance)
    assert "open_opportunities" not in text_of(finance.get(url))
    assert finance.get(url, {"panel": "open_opportunities"}).status_code == 404


def test_search_and_start_page_stay_inside_the_scope(org, client_of):
    today = timezone.localdate()
    mine = make_opportunity(org, name="导热凝胶项目", next_step="寄样品", next_step_on=today - dt.timedelta(days=3))
    foreign = make_opportunity(
        org, name="导热凝胶外部", owner=org.people.stranger, next_step="外部", next_step_on=today - dt.timedelta(days=3)
    )
    client = client_of(org.people.sales_rep)
    found = text_of(client.get(reverse("search"), {"q": "drnj"}))
    assert mine.name in found
    assert foreign.name not in found
    start = text_of(client.get(reverse("home")))
    assert "寄样品" in start
    assert "My opportunities" in start
    assert "外部" not in start


def test_a_next_step_that_is_late_says_so_and_can_be_changed(org, client_of):
    today = timezone.localdate()
    late = make_opportunity(org, next_step="寄样品", next_step_on=today - dt.timedelta(days=2))
    coming = make_opportunity(org, next_step="寄报价", next_step_on=today + dt.timedelta(days=2))
    client = client_of(org.people.sales_rep)
    bars = [
        text_of(client.get(record_url(row))).partition('<div class="next">')[2].partition("</div>")[0]
        for row in (late, coming)
    ]
    assert "2 days overdue" in bars[0]
    assert "overdue" not in bars[1]
    assert [f'href="{record_url(row)}edit/"' in bar for row, bar in zip((late, coming), bars, strict=True)] == [
        True,
        True,
    ]


def test_the_trail_of_pages_does_not_repeat_the_menus_heading(org, client_of):
    client = client_of(org.people.sales_rep)
    trails = [
        text_of(client.get(url)).partition('<ol class="crumb')[2].partition("</ol>")[0]
        for url in ("/customers/", "/opportunities/")
    ]
    assert [trail.count("Customers") for trail in trails] == [1, 0]
    assert "Deals" in trails[1]


def test_an_empty_list_says_whether_its_view_a_filter_or_everything_is_empty(org, client_of):
    client = client_of(org.people.sales_rep)
    url = reverse("opportunities:opportunity_list")
    assert "No opportunities yet" in text_of(client.get(url))
    assert "“Won” is empty." in text_of(client.get(f"{url}?status=won"))
    for query in ("?status=won&q=x", "?status=won&owner=me"):
        page = text_of(client.get(url + query))
        assert "No opportunities match" in page
        assert "is empty." not in page


def test_an_empty_board_says_so_in_each_lane(org, client_of):
    page = text_of(client_of(org.people.sales_rep).get(reverse("opportunities:opportunity_board")))
    assert page.count('data-empty="Nothing at this stage"') == 4
