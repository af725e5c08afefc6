"""The sheets of products, prices, exchange rates and competitors."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.catalogue.domain import competitors, prices, products, rates
from crm.catalogue.domain.specification import checked_specification, read_specification
from crm.catalogue.enums import RateKind
from crm.errors import DomainError
from crm.importing.keyed import KeyedResource
from crm.importing.parsers import Choice, Date, Number, Reference, Text
from crm.importing.resources import Column
from crm.models import Competitor, Currency, ExchangeRate, PriceItem, PriceList, Product, ProductLine, Unit

_YES_NO = Choice(
    [("yes", _("yes")), ("no", _("no"))],
    words={"是": "yes", "否": "no", "在售": "yes", "停售": "no", "启用": "yes", "停用": "no", "y": "yes", "n": "no"},
)


def heads(words: str) -> tuple[str, ...]:
    """Column heads, written with | between them."""
    return tuple(words.split("|"))


def _is_yes(word: str) -> bool:
    return word == "yes"


class ProductResource(KeyedResource):
    """Products, found again by their code."""

    model = Product
    change_permission = "crm.change_product"
    list_url_name = "catalogue:product_list"
    identity_hint = _("A row with the code of an existing product changes that product. Empty cells change nothing.")
    keys = ("code",)
    create = products.create_product
    update = products.update_product
    columns = (
        Column(
            "code",
            _("Product code"),
            Text(30),
            heads("产品编码|产品代码|物料号|物料编码|编码|料号|code|product code|material|sku"),
            required=True,
            identifies=True,
            example="SF-820",
        ),
        Column(
            "name",
            _("Product name"),
            Text(100),
            heads("产品名称|物料名称|物料描述|品名|名称|name|product|product name|description"),
            required=True,
            example="新能源电池包密封胶 SF-820",
        ),
        Column("name_en", _("English name"), Text(100), heads("英文名称|英文名|english name|name in english")),
        Column(
            "product_line",
            _("Product line"),
            Reference("product_line"),
            heads("产品线|产品大类|产品类别|product line|line|product group"),
            required=True,
            example="密封胶",
        ),
        Column(
            "base_unit",
            _("Base unit"),
            Reference("unit"),
            heads("基本单位|计量单位|单位|base unit|unit|uom"),
            required=True,
            example="KG",
        ),
        Column(
            "list_price",
            _("List price"),
            Number(places=4),
            heads("目录价|标价|牌价|单价|list price|price"),
            example="38.5",
        ),
        Column("is_active", pgettext_lazy("product", "On sale"), _YES_NO, heads("在售|是否在售|启用|状态|on sale|active")),
        Column(
            "specification",
            _("Specification"),
            Text(2000, lines=True),
            heads("技术指标|规格|规格参数|技术参数|specification|spec|properties"),
            example="粘度=15000; 硬度=40",
        ),
    )  # fmt: skip
    fields = {
        "code": ("code", str),
        "name": ("name", str),
        "name_en": ("name_en", str),
        "product_line": ("product_line", ProductLine),
        "base_unit": ("base_unit", Unit),
        "list_price": ("list_price", Decimal),
        "is_active": ("is_active", _is_yes),
        "specification": ("specification", str),
    }

    @classmethod
    def values(cls, clean: Mapping[str, Any], record: Any) -> dict[str, Any]:
        """The specification's parts are laid over those stored, and must fit the line."""
        values = super().values(clean, record)
        line: Any = values.get("product_line") or record.product_line
        same_line = record is not None and record.product_line_id == line.pk
        typed = read_specification(line, values.pop("specification", ""))
        if typed or not same_line:
            stored = record.specification if same_line else {}
            values["specification"] = checked_specification(line, {**stored, **typed}, stored)
        return values


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


class CompetitorResource(KeyedResource):
    """Competitors, found again by their code."""

    model = Competitor
    change_permission = "crm.change_competitor"
    list_url_name = "catalogue:competitor_list"
    identity_hint = _("A row with the code of an existing competitor changes that competitor.")
    keys = ("code",)
    create = competitors.create_competitor
    update = competitors.update_competitor
    columns = (
        Column(
            "code",
            _("Code"),
            Text(30),
            heads("编码|代码|竞争对手编码|竞品编码|code"),
            required=True,
            identifies=True,
            example="C-D",
        ),
        Column(
            "name",
            pgettext_lazy("of a thing", "Name"),
            Text(100),
            heads("名称|竞争对手|竞争对手名称|公司名称|厂家|厂商|name|competitor|company"),
            required=True,
            example="D 牌有机硅（中国）有限公司",
        ),
        Column("short_name", _("Short name"), Text(40), heads("简称|品牌|short name|brand")),
        Column("name_en", _("English name"), Text(100), heads("英文名称|英文名|english name")),
        Column("country", _("Country"), Text(40), heads("国家|国别|所在国家|country")),
        Column("strengths", _("Strengths"), Text(2000, lines=True), heads("优势|强项|strengths")),
        Column("weaknesses", _("Weaknesses"), Text(2000, lines=True), heads("劣势|弱项|短板|weaknesses")),
    )
    fields = {
        name: (name, str) for name in ("code", "name", "short_name", "name_en", "country", "strengths", "weaknesses")
    }
