"""The sheets of the catalogue."""

from crm.products.resources.goods import ProductResource
from crm.products.resources.market import CompetitorResource, ReportResource
from crm.products.resources.money import CostResource, PriceResource, RateResource

__all__ = ["CompetitorResource", "CostResource", "PriceResource", "ProductResource", "RateResource", "ReportResource"]
