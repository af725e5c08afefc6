"""Addresses of the catalogue's pages, below /catalogue/."""

from django.urls import path

from crm.products.tables.base import SPACE
from crm.products.views.cost import cost_entity
from crm.products.views.finder import Finder
from crm.products.views.market import competitor_entity, competitor_product_entity, report_entity
from crm.products.views.money import currency_entity, rate_entity
from crm.products.views.price import CopyView, RemovePrice, list_entity, price_entity
from crm.products.views.product import (
    RemoveProductUnit,
    SetProductUnit,
    field_entity,
    line_entity,
    product_entity,
    unit_entity,
)

app_name = SPACE

urlpatterns = [
    *product_entity.urls("products/"),
    path("products/<int:pk>/units/", SetProductUnit.as_view(entity=product_entity), name="product_unit_set"),
    path(
        "products/<int:pk>/units/<int:unit>/remove/",
        RemoveProductUnit.as_view(entity=product_entity),
        name="product_unit_remove",
    ),
    *line_entity.urls("product-lines/"),
    *field_entity.urls("specification-fields/"),
    *unit_entity.urls("units/"),
    *currency_entity.urls("currencies/"),
    *rate_entity.urls("rates/"),
    *list_entity.urls("price-lists/"),
    path("price-lists/<int:pk>/copy/", CopyView.as_view(entity=list_entity), name="pricelist_copy"),
    *price_entity.urls("prices/"),
    path("prices/<int:pk>/remove/", RemovePrice.as_view(entity=price_entity), name="priceitem_remove"),
    *cost_entity.urls("costs/"),
    path("price-finder/", Finder.as_view(), name="finder"),
    *competitor_entity.urls("competitors/"),
    *competitor_product_entity.urls("competitor-products/"),
    *report_entity.urls("competitor-prices/"),
]
