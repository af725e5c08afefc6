"""The sheet of products."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.catalogue.domain import products
from crm.catalogue.domain.specification import checked_specification, read_specification
from crm.importing.keyed import KeyedResource
from crm.importing.parsers import Choice, Number, Reference, Text
from crm.importing.resources import Column
from crm.models import Product, ProductLine, Unit
from crm.products.resources.base import heads

_YES_NO = Choice(
    [("yes", _("yes")), ("no", _("no"))],
    words={"是": "yes", "否": "no", "在售": "yes", "停售": "no", "启用": "yes", "停用": "no", "y": "yes", "n": "no"},
)


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
