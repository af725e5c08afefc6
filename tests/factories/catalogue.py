"""Rows of the catalogue; everything not named has a plausible default."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from crm.catalogue.domain import competitors, costs, prices, products, rates, specification, units
from crm.models import (
    Competitor,
    CompetitorProduct,
    Cost,
    Currency,
    ExchangeRate,
    PriceItem,
    PriceList,
    PriceReport,
    Product,
    ProductLine,
    ProductUnit,
    SpecificationField,
    Unit,
    User,
)
from tests.factories.organisation import Organisation
from tests.factories.records import day

_numbers = itertools.count(1)


def kilogram() -> Unit:
    """The unit that the small organisation counts in, as the base of mass."""
    Unit.objects.filter(code="KG").update(dimension="mass", factor=1, is_base=True)
    return Unit.objects.get(code="KG")


def make_unit(org: Organisation, owner: User | None = None, **values: Any) -> Unit:
    """A package."""
    values = {"code": f"U{next(_numbers)}", "name": "桶", **values}
    return units.create_unit(actor=org.people.administrator, **values)


def make_line(org: Organisation, owner: User | None = None, **values: Any) -> ProductLine:
    """A product line of the silicones unit."""
    values = {"code": f"L{next(_numbers)}", "name": "新产品线", "business_unit": org.silicones, **values}
    return products.create_line(actor=org.people.administrator, **values)


def make_field(org: Organisation, owner: User | None = None, **values: Any) -> SpecificationField:
    """A number between 0 and 100."""
    number = next(_numbers)
    values = {
        "product_line": org.sealant,
        "key": f"field_{number}",
        "name": f"指标{number}",
        "kind": "number",
        "minimum": Decimal(0),
        "maximum": Decimal(100),
        **values,
    }
    if values["kind"] != "number":
        values |= {"minimum": None, "maximum": None}
    return specification.create_field(actor=org.people.administrator, **values)


def make_product(org: Organisation, owner: User | None = None, **values: Any) -> Product:
    """A sealant counted in kilograms."""
    number = next(_numbers)
    values = {
        "code": f"P-{number}",
        "name": f"密封胶 P-{number}",
        "product_line": org.sealant,
        "base_unit": org.product.base_unit,
        **values,
    }
    return products.create_product(actor=org.people.administrator, **values)


def make_product_unit(product: Product) -> ProductUnit:
    """A package of 25 base units."""
    unit = Unit.objects.create(code=f"U{next(_numbers)}", name="袋")
    return ProductUnit.objects.create(product=product, unit=unit, numerator=25)


def make_currency(org: Organisation, owner: User | None = None, **values: Any) -> Currency:
    """Another currency with every call."""
    number = next(_numbers)
    code = f"X{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"
    return rates.create_currency(actor=org.people.administrator, **{"code": code, "name": code, **values})


def make_rate(org: Organisation, owner: User | None = None, **values: Any) -> ExchangeRate:
    """A rate of the dollar, each of another day."""
    values = {"starts_on": day(-next(_numbers)), "rate": Decimal("7.12"), "currency_id": "USD", **values}
    return rates.create_rate(actor=org.people.administrator, **values)


def make_list(org: Organisation, owner: User | None = None, **values: Any) -> PriceList:
    """A list for everybody since 2020."""
    number = next(_numbers)
    values = {"code": f"PL{number}", "name": f"价格表{number}", "starts_on": dt.date(2020, 1, 1), **values}
    return prices.create_price_list(actor=org.people.administrator, **values)


def make_price(org: Organisation, owner: User | None = None, **values: Any) -> PriceItem:
    """A price in a list of its own."""
    values = {
        "price_list": values.get("price_list") or make_list(org),
        "product": org.product,
        "unit": org.product.base_unit,
        "guide_price": Decimal("38.5"),
        "floor_price": Decimal("34.25"),
        **values,
    }
    return prices.create_price(actor=org.people.administrator, **values)


def make_cost(org: Organisation, owner: User | None = None, **values: Any) -> Cost:
    """What a kilogram of the sealant costs, each from another day."""
    values = {
        "product": org.product,
        "amount": Decimal("27.28"),
        "currency_id": "CNY",
        "unit": org.product.base_unit,
        "starts_on": day(-next(_numbers)),
        **values,
    }
    return costs.create_cost(actor=org.people.administrator, **values)


def make_competitor(org: Organisation, owner: User | None = None, **values: Any) -> Competitor:
    """A competitor."""
    number = next(_numbers)
    values = {"code": f"C{number}", "name": f"对手{number}股份有限公司", "short_name": f"对手{number}", **values}
    return competitors.create_competitor(actor=org.people.administrator, **values)


def make_rival(org: Organisation, owner: User | None = None, **values: Any) -> CompetitorProduct:
    """A product of a competitor that compares with ours."""
    number = next(_numbers)
    competitor = values.pop("competitor", None) or make_competitor(org)
    values = {"name": f"A{number}", "comparable": [org.product], **values}
    return competitors.create_competitor_product(actor=org.people.administrator, competitor=competitor, **values)


def make_report(org: Organisation, owner: User | None = None, **values: Any) -> PriceReport:
    """A price seen today."""
    values = {
        "competitor_product": values.get("competitor_product") or make_rival(org),
        "price": Decimal("36"),
        "currency_id": "CNY",
        "unit": org.product.base_unit,
        "observed_on": day(),
        **values,
    }
    return competitors.create_report(actor=owner or org.people.sales_rep, **values)
