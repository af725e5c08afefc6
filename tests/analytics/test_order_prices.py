"""Indicators 35 and 47 by hand: the price and the cost of each line as the catalogue's own functions say."""

import random
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from analytics.catalogue import CATALOGUE
from analytics.domain.refresh import refresh
from analytics.engine.evaluate import Evaluator
from analytics.engine.figures import Figures
from analytics.engine.request import KpiRequest
from analytics.engine.rows import rows_behind
from analytics.enums import Part
from crm.catalogue.domain.costs import create_cost
from crm.catalogue.domain.pricing import price_for
from crm.models import Cost, ExchangeRate, PriceItem, PriceList, ProductUnit, Unit, User
from crm.periods import parse_period
from orders.models import SalesOrderLine
from tests.analytics.company import Company
from tests.analytics.hand import Book
from tests.factories.analytics import TODAY, day

pytestmark = pytest.mark.django_db
CENT = Decimal("0.01")


def lists(org: Any) -> None:
    """Price lists that differ by everything that decides between them, one of them in dollars, one per drum."""
    dice, kg = random.Random(47), org.product.base_unit
    drum = Unit.objects.create(code="IBC", name="吨桶", dimension="package")
    ExchangeRate.objects.update_or_create(currency_id="USD", kind="daily", starts_on=day("01-01"), defaults={"rate": 7})
    ProductUnit.objects.get_or_create(product=org.product, unit=drum, defaults={"numerator": 900, "denominator": 1})
    for number in range(14):
        made = PriceList.objects.create(
            code=f"PL{number}",
            name="价",
            currency_id=dice.choice(("CNY", "CNY", "USD")),
            starts_on=dice.choice((day("01-01"), day("06-01"))).replace(year=dice.choice((2025, 2026))),
            ends_on=dice.choice((None, day("10-31"))),
            business_unit=dice.choice((None, org.silicones, org.agro)),
            region=dice.choice((None, org.east, org.south)),
            customer_grade=dice.choice(("", "", "A", "B")),
            priority=dice.choice((0, 0, 1)),
            is_active=dice.random() < 0.9,
        )
        for least in (0, 2000):
            unit = dice.choice((kg, kg, drum))
            PriceItem.objects.create(
                price_list=made,
                product=org.product,
                unit=unit,
                quantity_from=least if unit == kg else least // 900,
                guide_price=Decimal(dice.randrange(20, 400) / 8) * (1 if unit == kg else 900),
            )


def below(line: SalesOrderLine) -> bool:
    """Whether a line was sold below the guide price, as the price finder says it."""
    if line.product is None:
        return False
    found = price_for(
        product=line.product,
        quantity=line.quantity_base,
        unit=line.product.base_unit,
        on=line.ordered_on,
        business_unit=line.business_unit,
        region=line.region,
        grade=line.customer.grade,
        currency=line.order.currency,
    )
    return found is not None and line.net_base + CENT < found.guide_price * line.quantity_base


def cost(line: SalesOrderLine) -> Decimal | None:
    """The standard cost of a line in base currency."""
    known = Cost.objects.filter(product=line.product, starts_on__lte=line.ordered_on).order_by("-starts_on").first()
    return None if known is None else known.amount * line.quantity_base


@pytest.mark.parametrize("stored", [True, False])
def test_price_exceptions_and_margins_by_hand(stored: bool, org: Any, today: Any) -> None:
    lists(org)
    company = Company(org, seed=47)
    for _order in range(60):
        company.order()
    for customer in company.customers:
        type(customer).objects.filter(pk=customer.pk).update(grade=company.any("A", "B", ""))
    for line in SalesOrderLine.objects.all():  # prices around those of the lists
        price = Decimal(company.random.randrange(1000, 5000)) / 100
        SalesOrderLine.objects.filter(pk=line.pk).update(net_base=(line.quantity_base * price).quantize(CENT))
    for on, amount in (("01-01", "11.5"), ("09-15", "14.25")):
        create_cost(
            actor=org.people.administrator,
            product=org.product,
            amount=Decimal(amount),
            unit=org.product.base_unit,
            starts_on=day(on),
        )
    if stored:
        refresh(full=True, today=TODAY)
    book = Book(TODAY)
    known = {
        row.pk: row
        for row in SalesOrderLine.objects.select_related("product__base_unit", "customer", "order__currency")
    }
    for role in ("executive", "bu_head", "sales_rep"):
        user = User.objects.prefetch_related("roles", "memberships").get(pk=org.user(role).pk)
        mine, evaluator = book.reach(user), Evaluator(Figures(user, today=TODAY))
        for period in ("2026", "2026-Q3"):
            span = parse_period(period, today=TODAY)
            lines = [known[row.pk] for row in book.lines if mine(row) and span.start <= row.ordered_on <= span.end]
            found = evaluator.result(KpiRequest(47, span, "", (), user)).figure
            under = [line for line in lines if below(line)]
            assert (found.numerator, found.denominator) == (len(under), len(lines)), (role, period)
            assert role == "sales_rep" or 0 < len(under) < len(lines)
            rows = rows_behind(KpiRequest(47, span, "", (), user), Part.NUMERATOR, today=TODAY).queryset
            assert {row.pk for row in rows} == {line.pk for line in under}
            margin = sum((line.net_base - spent for line in lines if (spent := cost(line)) is not None), Decimal(0))
            assert evaluator.result(KpiRequest(35, span, "", (), user)).figure.value == margin, (role, period)


def test_margins_are_for_those_who_may_see_costs(org: Any, today: Any, client_of: Any) -> None:
    assert CATALOGUE[35].permission == "crm.view_cost"
    for user, status in ((org.people.sales_manager, 403), (org.people.bu_head, 200)):
        client = client_of(user)
        assert client.get(reverse("analytics:indicator", args=[35])).status_code == status
        assert client.get(reverse("analytics:rows", args=[35])).status_code == status
        text = client.get(reverse("analytics:indicators")).content.decode()
        assert ("Gross margin difference" in text) == (status == 200)
