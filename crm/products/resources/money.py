"""The sheets of prices, standard costs and exchange rates."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.catalogue.domain import costs, prices, rates
from crm.catalogue.enums import RateKind
from crm.errors import DomainError
from crm.importing.keyed import KeyedResource
from crm.importing.parsers import Choice, Date, Number, Reference, Text
from crm.importing.resources import Column
from crm.models import Cost, Currency, ExchangeRate, PriceItem, PriceList, Product, Unit
from crm.products.resources.base import heads


class PriceResource(KeyedResource):
    """Prices, found again by list, product, unit, quantity and first day."""

    model = PriceItem
    change_permission = "crm.change_priceitem"
    list_url_name = "catalogue:priceitem_list"
    identity_hint = _("A row with list, product, unit, quantity and first day of an existing price changes that price.")
    keys = ("price_list", "product", "unit", "quantity_from", "starts_on")
    defaults = {"quantity_from": "0", "starts_on": ""}
    create = prices.create_price
    update = prices.update_price
    columns = (
        Column(
            "price_list",
            _("Price list"),
            Reference("price_list"),
            heads("价格表|价目表|价格表编码|price list|list"),
            required=True,
            identifies=True,
            example="STD-2027",
        ),
        Column(
            "product",
            _("Product"),
            Reference("product"),
            heads("产品|产品编码|产品代码|物料号|物料编码|料号|产品名称|product|product code|material|sku"),
            required=True,
            identifies=True,
            example="SF-820",
        ),
        Column(
            "unit",
            _("Unit"),
            Reference("unit"),
            heads("单位|计价单位|unit|uom|per"),
            required=True,
            identifies=True,
            example="KG",
        ),
        Column(
            "quantity_from",
            _("From quantity"),
            Number(places=3),
            heads("起订量|起始数量|数量起|从数量|阶梯|from quantity|quantity from|min quantity|moq"),
            example="1000",
        ),
        Column(
            "guide_price",
            _("Guide price"),
            Number(places=4),
            heads("指导价|销售指导价|标准价|价格|单价|guide price|price"),
            required=True,
            example="38.5",
        ),
        Column(
            "floor_price",
            _("Floor price"),
            Number(places=4),
            heads("底价|最低价|最低限价|floor price|minimum price|floor"),
            example="34",
        ),
        Column("starts_on", _("Valid from"), Date(), heads("生效日期|开始日期|有效期自|valid from|from|start")),
        Column("ends_on", _("Valid until"), Date(), heads("失效日期|结束日期|有效期至|valid until|valid to|until|end")),
    )
    fields = {
        "price_list": ("price_list", PriceList),
        "product": ("product", Product),
        "unit": ("unit", Unit),
        "quantity_from": ("quantity_from", Decimal),
        "guide_price": ("guide_price", Decimal),
        "floor_price": ("floor_price", Decimal),
        "starts_on": ("starts_on", lambda text: dt.date.fromisoformat(text) if text else None),
        "ends_on": ("ends_on", dt.date.fromisoformat),
    }

    @classmethod
    def values(cls, clean: Mapping[str, Any], record: Any) -> dict[str, Any]:
        """The floor price must not be above the guide price."""
        values = super().values(clean, record)
        guide = values.get("guide_price", getattr(record, "guide_price", None))
        floor = values.get("floor_price", getattr(record, "floor_price", None))
        if guide is not None and floor is not None and floor > guide:
            raise DomainError(gettext("The floor price is above the guide price."), field="floor_price")
        return values


class CostResource(KeyedResource):
    """Standard costs, found again by product and day."""

    model = Cost
    change_permission = "crm.change_cost"
    list_url_name = "catalogue:cost_list"
    identity_hint = _("A row with product and day of an existing cost changes that cost.")
    keys = ("product", "starts_on")
    create = costs.create_cost
    update = costs.update_cost
    columns = (
        Column(
            "product",
            _("Product"),
            Reference("product"),
            heads("产品|产品编码|产品代码|物料号|物料编码|料号|product|product code|material|sku"),
            required=True,
            identifies=True,
            example="SF-820",
        ),
        Column(
            "starts_on",
            pgettext_lazy("of a cost", "From"),
            Date(),
            heads("日期|生效日期|开始日期|有效期自|date|from|valid from"),
            required=True,
            identifies=True,
            example="2027-01-01",
        ),
        Column(
            "amount",
            _("Standard cost"),
            Number(places=4),
            heads("标准成本|成本|单位成本|成本价|standard cost|cost|unit cost|standard price"),
            required=True,
            example="24.6",
        ),
        Column("currency", _("Currency"), Reference("currency"), heads("币种|货币|currency"), example="CNY"),
        Column("unit", _("Unit"), Reference("unit"), heads("单位|计价单位|unit|uom|per"), required=True, example="KG"),
    )
    fields = {
        "product": ("product", Product),
        "starts_on": ("starts_on", dt.date.fromisoformat),
        "amount": ("amount", Decimal),
        "currency": ("currency", Currency),
        "unit": ("unit", Unit),
    }


class RateResource(KeyedResource):
    """Exchange rates, found again by currency, kind and day."""

    model = ExchangeRate
    change_permission = "crm.change_exchangerate"
    list_url_name = "catalogue:exchangerate_list"
    identity_hint = _("A row with currency, kind and day of an existing rate changes that rate.")
    keys = ("currency", "kind", "starts_on")
    defaults = {"kind": RateKind.DAILY.value}
    create = rates.create_rate
    update = rates.update_rate
    columns = (
        Column(
            "currency",
            _("Currency"),
            Reference("currency"),
            heads("币种|货币|外币|currency|currency code"),
            required=True,
            identifies=True,
            example="USD",
        ),
        Column(
            "starts_on",
            pgettext_lazy("of a rate", "From"),
            Date(),
            heads("日期|生效日期|汇率日期|date|from|day|valid from"),
            required=True,
            identifies=True,
            example="2026-11-23",
        ),
        Column(
            "rate",
            _("Rate"),
            Number(places=8),
            heads("汇率|中间价|折算价|rate|exchange rate|middle rate"),
            required=True,
            example="7.12",
        ),
        Column(
            "kind",
            _("Kind"),
            Choice(RateKind.choices, words={"日汇率": "daily", "中间价": "daily", "预算": "budget", "预算汇率": "budget"}),
            heads("汇率类型|类型|kind|type|rate type"),
        ),
        Column("source", pgettext_lazy("of a rate", "Source"), Text(60), heads("来源|出处|source")),
    )  # fmt: skip
    fields = {
        "currency": ("currency", Currency),
        "kind": ("kind", str),
        "starts_on": ("starts_on", dt.date.fromisoformat),
        "rate": ("rate", Decimal),
        "source": ("source", str),
    }
