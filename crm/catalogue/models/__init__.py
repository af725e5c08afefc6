"""Models of the catalogue: what is sold, in which units and currencies."""

from crm.catalogue.models.money import Currency, ExchangeRate
from crm.catalogue.models.product import Product, ProductLine, ProductUnit, Unit

__all__ = ["Currency", "ExchangeRate", "Product", "ProductLine", "ProductUnit", "Unit"]
