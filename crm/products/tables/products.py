"""The lists of products, product lines, specification fields and units."""

from collections.abc import Sequence
from html import escape
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.catalogue.domain.specification import in_words, lines_fields
from crm.catalogue.enums import Dimension, FieldKind
from crm.formats import exact_price, plain_number
from crm.generic.tables import Column, Part, Table, choice_cell, link_cell, text_cell
from crm.models import Product
from crm.products.tables.base import STATE, named, related_column, url_of

SHOWN_VALUES = 3  # of a specification, in a list


def _specification(row: Product) -> str:
    return escape(row.words) or '<span class="mute">—</span>'  # type: ignore[attr-defined]


class ProductTable(Table):
    """Columns of the list of products."""

    default_sort = "name"
    columns: ClassVar = [
        Column("name", _("Product"), named("product"), sort="name", phone=""),
        related_column("line", _("Product line"), "product_line", css="nw", phone=_("Product line")),
        Column("specification", _("Specification"), _specification, value="words"),
        related_column("unit", _("Base unit"), "base_unit"),
        Column(
            "list_price",
            _("List price"),
            lambda row: escape(exact_price(row.list_price, settings.BASE_CURRENCY, row.base_unit.label)),
            css="num",
            select=("base_unit",),
            phone=_("List price"),
            value=(Part("list_price", unit=settings.BASE_CURRENCY),),
        ),
        STATE,
        Column("english", _("English name"), text_cell("name_en"), shown=False),
    ]

    @classmethod
    def prepare(cls, rows: Sequence[Any], columns: Sequence[Column]) -> None:
        """The first values of each specification in words, required ones first; the fields of all lines in one query."""
        fields = lines_fields(row.product_line_id for row in rows)
        for row in rows:
            known = [f for f in fields.get(row.product_line_id, ()) if row.specification.get(f.key) not in (None, "")]
            known.sort(key=lambda field: not field.required)
            row.words = " · ".join(f"{f.label} {in_words(f, row.specification[f.key])}" for f in known[:SHOWN_VALUES])


class LineTable(Table):
    """Columns of the list of product lines."""

    columns: ClassVar = [
        Column("name", _("Product line"), named("productline"), phone=""),
        related_column("unit", _("Business unit"), "business_unit", phone=_("Business unit")),
        Column("products", _("Products"), lambda row: str(row.product_count), css="num", value="product_count"),
        Column("fields", _("Specification fields"), lambda row: str(row.field_count), css="num", value="field_count"),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with how many products and fields they have."""
        loaded = super().load(rows, columns, sort)
        fields = Count("specification_fields", filter=Q(specification_fields__is_active=True), distinct=True)
        return loaded.annotate(product_count=Count("products", distinct=True), field_count=fields)


def allowed_values(field: Any) -> str:
    """What a specification field takes, in words."""
    if field.kind == FieldKind.CHOICE:
        return "、".join(field.choices)
    if field.kind != FieldKind.NUMBER:
        return ""
    least, most = ("" if bound is None else plain_number(bound) for bound in (field.minimum, field.maximum))
    span = f"{least} – {most}" if least and most else f"≥ {least}" if least else f"≤ {most}" if most else ""
    return " ".join(filter(None, (span, field.unit)))


class FieldTable(Table):
    """Columns of the list of specification fields."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column(
            "name",
            pgettext_lazy("specification", "Field"),
            link_cell(lambda row: url_of("specificationfield", row.pk), lambda row: row.label, lambda row: row.key),
            phone="",
        ),
        related_column("line", _("Product line"), "product_line", css="nw", phone=_("Product line")),
        Column("group", _("Group"), lambda row: escape(row.group_label) or "—", value="group_label"),
        Column("kind", _("Kind"), choice_cell("kind"), phone=""),
        Column("values", _("Values"), lambda row: escape(allowed_values(row)) or "—", phone="", value=allowed_values),
        Column(
            "required",
            _("Required"),
            lambda row: escape(gettext("yes") if row.required else "—"),
            value=lambda row: gettext("yes") if row.required else gettext("no"),
        ),
        STATE,
    ]


def _factor(row: Any) -> str:
    return "—" if row.factor is None else plain_number(row.factor)


class UnitTable(Table):
    """Columns of the list of units."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column("name", _("Unit"), named("unit"), phone=""),
        Column(
            "dimension",
            pgettext_lazy("of a unit", "Dimension"),
            choice_cell("dimension", {Dimension.PACKAGE: ""}),
            phone="",
        ),
        Column("factor", _("Base units in one"), _factor, css="num", phone=_("Base units in one"), value="factor"),
        Column(
            "base",
            _("Base unit"),
            lambda row: escape(gettext("yes") if row.is_base else "—"),
            value=lambda row: gettext("yes") if row.is_base else gettext("no"),
        ),
    ]
