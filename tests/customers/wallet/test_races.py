"""Two people who state the same demand at the same moment, in transactions of their own: the sums and the days hold."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from crm.errors import DomainError
from crm.models import Competitor
from customers.domain.wallet.statements import change_demand, state_demand, state_share
from customers.models import CustomerDemand, DemandShare
from tests.factories.organisation import make_organisation
from tests.factories.records import day, make_customer
from tests.factories.wallet import make_demand
from tests.workflow.test_approvals_race import together

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = day().replace(month=1, day=1)


@pytest.fixture
def org() -> Any:
    return make_organisation()


def state(org: Any, customer: Any, actor: Any, starts_on: dt.date, kg: int) -> Any:
    return state_demand(
        actor=actor,
        customer=customer,
        product_line=org.sealant,
        starts_on=starts_on,
        kg_per_year=Decimal(kg),
        source="customer",
        stated_on=day(),
    )


def test_of_two_statements_of_the_same_day_one_is_kept_and_the_other_told(org: Any) -> None:
    customer, people = make_customer(org), org.people
    results = together(
        lambda: state(org, customer, people.sales_rep, YEAR, 1000),
        lambda: state(org, customer, people.sales_manager, YEAR, 2000),
    )
    told = [result for result in results if isinstance(result, DomainError)]
    assert len(told) == 1
    assert told[0].field == "starts_on"
    kept = CustomerDemand.objects.get()
    customer.refresh_from_db()
    assert customer.annual_demand_kg == kept.kg_per_year


def test_two_statements_of_different_days_follow_each_other_whoever_was_first(org: Any) -> None:
    customer, people = make_customer(org), org.people
    make_demand(org, customer=customer, starts_on=YEAR - dt.timedelta(days=400))
    later = YEAR + dt.timedelta(days=90)
    results = together(
        lambda: state(org, customer, people.sales_rep, YEAR, 1000),
        lambda: state(org, customer, people.sales_manager, later, 2000),
    )
    assert not [result for result in results if isinstance(result, DomainError)]
    rows = list(CustomerDemand.objects.order_by("starts_on").values_list("starts_on", "ends_on"))
    assert [first for first, _last in rows[1:]] == [YEAR, later]
    assert rows[0][1] == YEAR - dt.timedelta(days=1)
    assert rows[1][1] == later - dt.timedelta(days=1)
    assert rows[2][1] is None


def test_two_parts_that_are_too_much_together_are_not_both_stated(org: Any) -> None:
    demand = make_demand(org, kg_per_year=Decimal(1000))
    rivals = [Competitor.objects.create(code=f"R{number}", name=f"R{number}") for number in range(2)]

    def part(rival: Competitor) -> Any:
        own = CustomerDemand.objects.get(pk=demand.pk)
        return state_share(actor=org.people.sales_rep, demand=own, competitor=rival, kg_per_year=Decimal(600))

    results = together(lambda: part(rivals[0]), lambda: part(rivals[1]))
    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert DemandShare.objects.aggregate(sum=Sum("kg_per_year"))["sum"] == 600


def test_a_part_and_a_smaller_demand_at_once_do_not_both_hold(org: Any) -> None:
    demand = make_demand(org, kg_per_year=Decimal(1000))
    rival = Competitor.objects.create(code="R", name="R")
    read = CustomerDemand.objects.get(pk=demand.pk)
    other = CustomerDemand.objects.get(pk=demand.pk)
    results = together(
        lambda: state_share(actor=org.people.sales_rep, demand=read, competitor=rival, kg_per_year=Decimal(900)),
        lambda: change_demand(
            instance=other, expected_version=other.version, actor=org.people.sales_manager, kg_per_year=Decimal(500)
        ),
    )
    assert sum(isinstance(result, DomainError) for result in results) >= 1
    demand.refresh_from_db()
    stated = DemandShare.objects.aggregate(sum=Sum("kg_per_year"))["sum"] or 0
    assert stated <= demand.kg_per_year
