"""The lists and pages of statements, parts, plans, goals and rates."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from customers.models import CustomerFigures
from customers.views.improvement import goal_entity, plan_entity, rate_entity
from customers.views.wallet import demand_entity, share_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import day, make_customer
from tests.factories.wallet import make_demand, make_goal, make_plan, make_rate, make_share, ship


class TestDemand(EntitySuite):
    entity = demand_entity
    make = staticmethod(make_demand)
    form_data = staticmethod(
        lambda org, demand: {
            "kg_per_year": "12000",
            "starts_on": demand.starts_on,
            "source": "tender",
            "stated_on": demand.stated_on,
        }
    )
    refused = [({"kg_per_year": "-1"}, "The demand must be larger than zero.")]


class TestShare(EntitySuite):
    entity = share_entity
    make = staticmethod(make_share)
    form_data = staticmethod(
        lambda org, share: {"competitor": share.competitor_id, "kg_per_year": "900", "currency": "CNY", "notes": "主供"}
    )
    refused = [({"percent": "5"}, "Give the part either in kg or in per cent, larger than zero.")]


class TestPlan(EntitySuite):
    entity = plan_entity
    make = staticmethod(make_plan)
    form_data = staticmethod(
        lambda org, plan: {
            "title": "新的题目",
            "owner": plan.owner_id,
            "starts_on": plan.starts_on,
            "ends_on": plan.ends_on,
            "strategy": "新策略",
        }
    )
    refused = [({"ends_on": str(day(-1))}, "The last day must not be before the first day.")]


class TestGoal(EntitySuite):
    entity = goal_entity
    make = staticmethod(make_goal)
    form_data = staticmethod(lambda org, goal: {"measure": "volume_12m", "target": "5000", "due_on": goal.due_on})


class TestRate(EntitySuite):
    entity, role, scoped = rate_entity, "finance", False
    make = staticmethod(make_rate)
    form_data = staticmethod(
        lambda org, rate: {"starts_on": rate.starts_on, "per_shipment": "120", "capital_percent": "6"}
    )
    refused = [({"per_shipment": "-1"}, "A rate must not be negative.")]


def panel(client: Any, customer: Any, key: str) -> str:
    response = client.get(f"/customers/{customer.pk}/", {"panel": key}, HTTP_HX_REQUEST="true")
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_customers_page_shows_lines_shares_competitors_and_old_statements(org: Any, client_of: Any) -> None:
    demand = make_demand(org, starts_on=day(-500), stated_on=day(-500), kg_per_year=Decimal(10_000))
    ship(org, demand.customer, 4000)
    rival = make_share(org, demand=demand, price=Decimal("21.5"), unit=org.product.base_unit)
    page = panel(client_of(org.people.sales_rep), demand.customer, "wallet")
    assert org.sealant.label in page
    assert ">40.0<" in page
    assert rival.competitor.label in page
    assert "21.5" in page
    assert 'class="warn"' in page  # older than a year
    fresh = make_demand(org)
    assert 'class="warn"' not in panel(client_of(org.people.sales_rep), fresh.customer, "wallet")


def test_the_customer_list_sorts_by_share_of_wallet(org: Any, client_of: Any) -> None:
    low, high, none = make_customer(org), make_customer(org), make_customer(org)
    CustomerFigures.objects.filter(customer=low).update(share_of_wallet=10)
    CustomerFigures.objects.filter(customer=high).update(share_of_wallet=90)
    page = client_of(org.people.sales_rep).get("/customers/", {"sort": "-figures__share_of_wallet"}).content.decode()
    places = [page.index(f'href="/customers/{one.pk}/"') for one in (high, low, none)]
    assert places == sorted(places)


def test_a_part_is_entered_from_the_demand_and_leads_back_to_it(org: Any, client_of: Any) -> None:
    demand = make_demand(org)
    competitor = make_share(org).competitor
    response = client_of(org.people.sales_rep).post(
        reverse("customers:demandshare_create"),
        {"demand": demand.pk, "competitor": competitor.pk, "percent": "20", "currency": "CNY"},
    )
    assert response.status_code == 302
    assert response.url == f"/customers/demands/{demand.pk}/"
    assert demand.shares.get().percent == 20
