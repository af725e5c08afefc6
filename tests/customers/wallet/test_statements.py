"""What statements of demand must hold, and the shares that follow from them."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from crm.errors import DomainError
from crm.models import Competitor
from customers.domain.customer import update_customer
from customers.domain.wallet.figures import refresh_wallets, wallets
from customers.domain.wallet.reading import wallet_of
from customers.domain.wallet.statements import change_demand, change_share, state_share
from customers.extension_points import customer_measures
from customers.models import Customer, CustomerDemand, CustomerFigures
from tests.factories.records import day, make_customer
from tests.factories.wallet import make_demand, make_share, ship


def share(customer: Customer) -> Decimal | None:
    return CustomerFigures.objects.get(customer=customer).share_of_wallet


def test_a_newer_statement_ends_the_older_which_stays(org: Any) -> None:
    old = make_demand(org, starts_on=day(-300), stated_on=day(-300))
    new = make_demand(org, customer=old.customer, starts_on=day(-10), kg_per_year=Decimal(20_000))
    old.refresh_from_db()
    assert old.ends_on == day(-11)
    assert new.ends_on is None
    assert [row.pk for row in CustomerDemand.objects.filter(customer=old.customer).valid_on(day())] == [new.pk]
    assert [row.pk for row in CustomerDemand.objects.filter(customer=old.customer).valid_on(day(-20))] == [old.pk]


def test_an_older_statement_ends_where_the_newer_begins(org: Any) -> None:
    new = make_demand(org, starts_on=day(-10))
    old = make_demand(org, customer=new.customer, starts_on=day(-100), stated_on=day(-100))
    assert old.ends_on == day(-11)


def test_no_two_statements_of_a_line_hold_on_one_day(org: Any) -> None:
    first = make_demand(org, starts_on=day(-50))
    with pytest.raises(DomainError, match="holds from") as error:
        make_demand(org, customer=first.customer, starts_on=day(-50))
    assert error.value.field == "starts_on"
    with pytest.raises(DomainError, match="holds from"):
        make_demand(org, customer=first.customer, starts_on=day(-90), ends_on=day(-20))
    old = make_demand(org, customer=first.customer, starts_on=day(-90), ends_on=day(-60))
    with pytest.raises(DomainError, match="holds on some of these days"):
        change_demand(instance=old, expected_version=old.version, actor=org.people.sales_rep, ends_on=day(-40))
    make_demand(org, customer=first.customer, product_line=org.lsr if hasattr(org, "lsr") else other_line(org))
    make_demand(org)  # another customer's


def other_line(org: Any) -> Any:
    from crm.models import ProductLine

    return ProductLine.objects.exclude(pk=org.sealant.pk).order_by("pk")[0]


def test_the_source_must_be_said(org: Any) -> None:
    with pytest.raises(DomainError) as error:
        make_demand(org, source="")
    assert error.value.field == "source"


def test_a_statement_is_not_of_a_day_to_come(org: Any) -> None:
    with pytest.raises(DomainError, match="day to come"):
        make_demand(org, stated_on=day(1))


def test_our_part_and_the_competitors_are_no_more_than_the_demand(org: Any) -> None:
    demand = make_demand(org, kg_per_year=Decimal(10_000))
    ship(org, demand.customer, 6000)
    rival = Competitor.objects.create(code="R1", name="对手一")
    other = Competitor.objects.create(code="R2", name="对手二")
    rep = org.people.sales_rep
    with pytest.raises(DomainError, match="more than the demand"):
        state_share(actor=rep, demand=demand, competitor=rival, kg_per_year=Decimal(4001))
    first = state_share(actor=rep, demand=demand, competitor=rival, percent=Decimal(30))
    with pytest.raises(DomainError, match="more than the demand"):
        state_share(actor=rep, demand=demand, competitor=other, kg_per_year=Decimal(1001))
    state_share(actor=rep, demand=demand, competitor=other, kg_per_year=Decimal(1000))
    with pytest.raises(DomainError, match="more than the demand"):
        change_share(instance=first, expected_version=first.version, actor=rep, percent=Decimal(31))
    demand.refresh_from_db()
    with pytest.raises(DomainError, match="more than the demand"):
        change_demand(instance=demand, expected_version=demand.version, actor=rep, kg_per_year=Decimal(9_999))


def test_a_part_is_in_kg_or_in_per_cent_and_a_price_has_a_unit(org: Any) -> None:
    demand = make_demand(org)
    rival = Competitor.objects.create(code="R1", name="对手一")
    for wrong in ({}, {"kg_per_year": Decimal(1), "percent": Decimal(1)}):
        with pytest.raises(DomainError, match="either in kg or in per cent"):
            state_share(actor=org.people.sales_rep, demand=demand, competitor=rival, **wrong)
    with pytest.raises(DomainError, match="per which unit"):
        state_share(actor=org.people.sales_rep, demand=demand, competitor=rival, percent=Decimal(5), price=Decimal(9))


def test_the_share_is_what_left_in_twelve_months_of_what_is_needed(org: Any) -> None:
    customer = make_customer(org, annual_demand_kg=Decimal(77))
    ship(org, customer, 2000, on=day(-364))
    ship(org, customer, 500, on=day(-365))  # a day too early
    ship(org, customer, 1000, product_line=other_line(org))  # of another line
    demand = make_demand(org, customer=customer, kg_per_year=Decimal(8000))
    assert share(customer) == Decimal("25.00")
    customer.refresh_from_db()
    assert customer.annual_demand_kg == 8000
    make_demand(org, customer=customer, product_line=other_line(org), kg_per_year=Decimal(2000))
    assert share(customer) == Decimal("30.00")  # (2000 + 1000) / 10000
    measure = customer_measures.get("share_of_wallet")
    assert measure.compute([customer.pk], day()) == {customer.pk: Decimal("30.00")}
    row = next(row for row in wallet_of(customer, CustomerDemand.objects.all(), day()) if row.demand == demand)
    assert (row.ours, row.share, row.unknown) == (2000, 25, 6000)


def test_what_we_ship_above_a_demand_counts_no_more_than_the_demand(org: Any) -> None:
    demand = make_demand(org, kg_per_year=Decimal(1000))
    ship(org, demand.customer, 5000)
    refresh_wallets([demand.customer_id])
    assert share(demand.customer) == 100


def test_without_a_statement_the_typed_demand_stays_and_there_is_no_share(org: Any) -> None:
    typed = make_customer(org, annual_demand_kg=Decimal(500))
    ended = make_demand(org, starts_on=day(-90), ends_on=day(-1))
    CustomerFigures.objects.filter(customer=ended.customer).update(share_of_wallet=Decimal(40))
    refresh_wallets()
    typed.refresh_from_db()
    assert typed.annual_demand_kg == 500
    assert share(typed) is None
    assert share(ended.customer) is None


def test_a_demand_that_follows_from_statements_is_not_typed(org: Any) -> None:
    demand = make_demand(org)
    customer = Customer.objects.get(pk=demand.customer_id)
    with pytest.raises(DomainError, match="statements") as error:
        update_customer(
            instance=customer, expected_version=customer.version, actor=customer.owner, annual_demand_kg=Decimal(5)
        )
    assert error.value.field == "annual_demand_kg"


def test_all_shares_at_once_are_what_plain_python_reads(org: Any) -> None:
    demands = [make_demand(org, kg_per_year=Decimal(1000 * (n + 1))) for n in range(4)]
    kgs = [700, 0, 2500, 9000]
    for demand, kg in zip(demands, kgs, strict=True):
        if kg:
            ship(org, demand.customer, kg, on=day(-30))
    expected = {
        demand.customer_id: (demand.kg_per_year, Decimal(min(kg, int(demand.kg_per_year)) * 100) / demand.kg_per_year)
        for demand, kg in zip(demands, kgs, strict=True)
    }
    found = wallets(None, day())
    assert {key: (kg, round(value, 2)) for key, (kg, value) in found.items()} == {
        key: (kg, round(value, 2)) for key, (kg, value) in expected.items()
    }


def test_the_trend_is_our_share_at_the_end_of_each_half_year(org: Any) -> None:
    start = dt.date(day().year - 2, 1, 1)
    demand = make_demand(org, starts_on=start, stated_on=start, kg_per_year=Decimal(1000))
    ship(org, demand.customer, 500, on=dt.date(day().year - 1, 3, 1))
    row = wallet_of(demand.customer, CustomerDemand.objects.all(), day())[0]
    assert row.is_old
    assert row.trend[0] == 0
    assert max(row.trend) == 50


def test_shares_of_a_demand_go_with_it_in_its_scope(org: Any) -> None:
    mine, foreign = make_share(org), make_share(org, owner=org.people.stranger)
    seen = set(type(mine).objects.visible_to(org.people.sales_rep))
    assert mine in seen
    assert foreign not in seen
