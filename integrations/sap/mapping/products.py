"""Products: A_Product with descriptions, units, distribution chains and plants.

A product that nobody knows is made when its product group is the code of one of our product lines, since figures, gates and
specifications go by the line; else it waits as a rejected row. Orders of it wait with it.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.catalogue.domain.erp import ErpProductRow, write_products
from integrations.domain.facts import keep_products
from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Document,
    EntitySet,
    FieldMap,
    Lookups,
    Rejected,
    Stamped,
    field,
    flag,
    rows_at,
    text,
)
from integrations.sap.values import decimal, norm_id
from orders.domain.documents import Written

CHINESE, ENGLISH = ("ZH", "1"), ("EN", "E")  # ISO codes, and SAP's own of one character


class ProductFacts(NamedTuple):
    """What goes into the catalogue, and what is kept beside it."""

    number: str
    row: ErpProductRow
    beside: dict[str, Any]


def whole(value: Any) -> int:
    """A whole number above zero. Raises ValueError for anything else."""
    number = decimal(value)
    if number != int(number) or number <= 0:
        raise ValueError(f"not a whole number: {value!r}")
    return int(number)


PRODUCT = FieldMap(
    field("number", norm_id, "Product"),
    field("product_type", text, "ProductType"),
    field("product_group", text, "ProductGroup"),
    field("base_unit", text, "BaseUnit"),
    field("gone", flag, "IsMarkedForDeletion"),
)
DESCRIPTION = FieldMap(field("language", text, "Language"), field("text", text, "ProductDescription"))
UNIT = FieldMap(
    field("unit", text, "AlternativeUnit"),
    field("numerator", whole, "QuantityNumerator"),
    field("denominator", whole, "QuantityDenominator"),
)
SALES = FieldMap(
    field("chain", lambda *parts: "/".join(map(text, parts)), "ProductSalesOrg", "ProductDistributionChnl"),
    field("minimum", lambda value: f"{decimal(value).normalize():f}", "MinimumOrderQuantity"),
    field("minimum_unit", text, "BaseUnit"),  # not in the sales unit
    field("unit", text, "SalesMeasureUnit"),
    field("status", text, "ProductSalesStatus"),
    field("gone", flag, "IsMarkedForDeletion"),
)
PLANT = FieldMap(field("plant", text, "Plant"), field("gone", flag, "IsMarkedForDeletion"))


def build(row: Row, look: Lookups) -> Document:
    """A product. Raises Rejected when nobody knows it and no product line has the code of its group, and for unknown units."""
    head = PRODUCT.read(row)
    number, base = head["number"], head["base_unit"]
    known = look.known_product(number)
    line = look.product_line(head["product_group"])
    if known is None and line is None:
        message = _(
            "No product has the ERP number %(number)s, and no product line has the code %(group)s: enter one of them."
        )
        raise Rejected(message % {"number": number, "group": head["product_group"] or "?"})
    if known is not None and look.conversion.base_unit(known) != base:
        message = _("The ERP counts this product in %(theirs)s, the catalogue in %(ours)s: make them the same.")
        raise Rejected(message % {"theirs": base or "?", "ours": look.conversion.base_unit(known)})
    names = {item["language"].upper(): item["text"] for item in map(DESCRIPTION.read, rows_at(row, "to_Description"))}
    units = [UNIT.read(item) for item in rows_at(row, "to_ProductUnitsOfMeasure")]
    sales = [SALES.read(item) for item in rows_at(row, "to_SalesDelivery")]
    written = ErpProductRow(
        number=number,
        product_id=known,
        product_line_id=line,
        base_unit_id=look.unit(base),
        name=next((names[code] for code in CHINESE if names.get(code)), ""),
        name_en=next((names[code] for code in ENGLISH if names.get(code)), ""),
        on_sale=not head["gone"],
        units={
            look.unit(item["unit"]): (item["numerator"], item["denominator"]) for item in units if item["unit"] != base
        },
    )
    plants = [item["plant"] for item in map(PLANT.read, rows_at(row, "to_Plant")) if not item["gone"]]
    beside = {"number": number, "sales": sales, "plants": plants}
    beside |= {name: head[name] for name in ("product_type", "product_group", "gone")}
    return Document(ProductFacts(number, written, beside), [])


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Into the catalogue, and the rest beside it."""
    ids, changed = write_products(rows=[document.header.row for document in documents])
    rows = [{"product_id": ids[document.header.number], **document.header.beside} for document in documents]
    kept = keep_products(rows=rows, read_at=read_at)
    return Written(ids=ids, changed=changed | kept.changed)


PRODUCTS = EntitySet(
    name="A_Product",
    label=gettext_lazy("Products"),
    service="API_PRODUCT_SRV",
    entity="product",
    lock=7,
    key=("Product",),
    header=PRODUCT,
    window=Stamped("LastChangeDateTime", "CreationDate"),
    customer="",
    also=(
        ("to_Description", DESCRIPTION),
        ("to_ProductUnitsOfMeasure", UNIT),
        ("to_SalesDelivery", SALES),
        ("to_Plant", PLANT),
    ),
    build=build,
    write=write,
    control=lambda row: (text(row.get("BaseUnit")), Decimal(1)),
)
