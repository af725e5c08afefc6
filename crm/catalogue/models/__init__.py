"""Models of the catalogue: what is sold, in which units and currencies, at which prices, and against whom."""

from crm.catalogue.models.competitor import ComparableProduct, Competitor, CompetitorProduct, PriceReport
from crm.catalogue.models.cost import Cost
from crm.catalogue.models.money import Currency, ExchangeRate
from crm.catalogue.models.price import PriceItem, PriceList
from crm.catalogue.models.product import Product, ProductLine, ProductUnit, Unit
from crm.catalogue.models.specification import SpecificationField

__all__ = [
    "ComparableProduct",
    "Competitor",
    "CompetitorProduct",
    "Cost",
    "Currency",
    "ExchangeRate",
    "PriceItem",
    "PriceList",
    "PriceReport",
    "Product",
    "ProductLine",
    "ProductUnit",
    "SpecificationField",
    "Unit",
]
