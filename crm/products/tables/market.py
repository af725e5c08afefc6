"""The lists of competitors, their products and prices."""

from html import escape
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.catalogue.enums import Reliability
from crm.formats import day_html, exact_price, grouped
from crm.generic.tables import Column, Part, Table, choice_cell, link_cell, text_cell
from crm.models import PriceReport
from crm.products.tables.base import STATE, named, related_column, url_of

RELIABILITY_TONES: dict[str, str] = {Reliability.CONFIRMED: "ok", Reliability.PROBABLE: "info", Reliability.RUMOUR: ""}


class CompetitorTable(Table):
    """Columns of the list of competitors."""

    default_sort = "name"
    columns: ClassVar = [
        Column("name", _("Competitor"), named("competitor"), sort="name", phone=""),
        Column("short", _("Short name"), text_cell("short_name")),
        Column("country", _("Country"), text_cell("country"), phone=_("Country")),
        Column("products", _("Products"), lambda row: str(row.product_count), css="num", value="product_count"),
        Column(
            "seen",
            _("Newest price"),
            lambda row: day_html(row.seen_on),
            phone=_("Newest price"),
            value="seen_on",
        ),
        STATE,
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with how many products are known and when a price was last seen."""
        count, seen = Count("products", distinct=True), Max("products__reports__observed_on")
        return super().load(rows, columns, sort).annotate(product_count=count, seen_on=seen)


def _comparable(row: Any) -> str:
    return "、".join(product.label for product in row.comparable.all())


class CompetitorProductTable(Table):
    """Columns of the list of competitors' products."""

    default_sort = "name"
    columns: ClassVar = [
        Column(
            "name",
            _("Product"),
            link_cell(
                lambda row: url_of("competitorproduct", row.pk),
                lambda row: row.name,
                lambda row: row.competitor.label,
            ),
            sort="name",
            select=("competitor",),
            phone="",
            value=(Part("name"), Part("competitor.label", _("Competitor"))),
        ),
        related_column("line", _("Product line"), "product_line", css="nw", phone=_("Product line")),
        Column(
            "comparable",
            _("Our comparable products"),
            lambda row: escape(_comparable(row)) or "—",
            phone=_("Ours"),
            value=_comparable,
        ),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with our products, in one query more."""
        return super().load(rows, columns, sort).prefetch_related("comparable")


def report_price(row: PriceReport) -> str:
    """The price as it was seen."""
    return exact_price(row.price, row.currency_code, row.unit.label)


def per_dimension_base(row: PriceReport) -> Any:
    """The price in base currency per base unit of its unit's dimension (per kg), so that reports compare; None for packages."""
    return None if row.unit.factor is None else row.price_base / row.unit.factor


def _compared(row: PriceReport) -> str:
    value = per_dimension_base(row)
    return "—" if value is None else grouped(value, 2)


def about_text(row: Any) -> str:
    """The record a price is about, as the list puts it on the row for those who see it."""
    record = getattr(row, "about", None)
    return "" if record is None else str(record)


def _source_words(row: Any) -> str:
    return str(row.get_source_display())


def _source(row: Any) -> str:
    return escape(_source_words(row))


class ReportTable(Table):
    """Columns of the list of competitors' prices."""

    default_sort = "-observed_on"
    columns: ClassVar = [
        Column(
            "product",
            _("Product"),
            link_cell(
                lambda row: url_of("pricereport", row.pk),
                lambda row: row.competitor_product.name,
                lambda row: row.competitor_product.competitor.label,
            ),
            select=("competitor_product__competitor", "unit"),
            phone="",
            value=(
                Part("competitor_product.name"),
                Part("competitor_product.competitor.label", _("Competitor")),
            ),
        ),
        Column(
            "price",
            _("Price"),
            lambda row: f"<b>{escape(report_price(row))}</b>",
            css="num",
            phone="",
            value=(Part("price"), Part("currency_id", _("Currency")), Part("unit.label", _("Per unit"))),
        ),
        Column(
            "compared",
            _("Per base unit"),
            _compared,
            css="num",
            value=(Part(per_dimension_base, unit=settings.BASE_CURRENCY),),
        ),
        Column(
            "day",
            _("Seen on"),
            lambda row: day_html(row.observed_on),
            sort="observed_on",
            descending=True,
            phone=_("Seen on"),
            value="observed_on",
        ),
        related_column("region", _("Region"), "region"),
        Column("source", pgettext_lazy("of a report", "Source"), _source, phone="", value=_source_words),
        Column("reliability", _("Reliability"), choice_cell("reliability", RELIABILITY_TONES), phone=""),
        related_column("reporter", _("Reported by"), "reporter"),
        Column("about", _("About"), lambda row: escape(about_text(row)) or "—", shown=False, value=about_text),
    ]
