"""The lists of exchange rates, price lists and prices."""

from collections.abc import Sequence
from html import escape
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.catalogue.domain.costs import Costs, Margin
from crm.catalogue.enums import RateKind
from crm.catalogue.models.cost import VIEW_COST
from crm.catalogue.models.price import FLOOR
from crm.formats import day, day_html, delta, exact_price, pct, plain_number
from crm.generic.tables import Column, Part, Table, choice_cell, link_cell, text_cell
from crm.markup import badge
from crm.models import PriceItem, PriceList
from crm.products.tables.base import named, related_column, url_of


def change(row: Any) -> Any:
    """How much the rate differs from the one before, in per cent."""
    return round((row.rate - row.previous) * 100 / row.previous, 2) if row.previous else None


class RateTable(Table):
    """Columns of the list of exchange rates."""

    tagged: ClassVar[bool] = False
    default_sort = "-starts_on"
    columns: ClassVar = [
        Column(
            "currency",
            _("Currency"),
            link_cell(lambda row: url_of("exchangerate", row.pk), lambda row: row.currency_id),
            phone="",
        ),
        Column(
            "day",
            pgettext_lazy("of a rate", "From"),
            lambda row: day_html(row.starts_on),
            sort="starts_on",
            descending=True,
            phone=pgettext_lazy("of a rate", "From"),
            value="starts_on",
        ),
        Column("kind", _("Kind"), choice_cell("kind", {RateKind.DAILY: "info"}), phone=""),
        Column(
            "rate",
            _("Rate"),
            lambda row: escape(plain_number(row.rate)),
            css="num",
            phone=_("Rate"),
            value=(Part("rate", unit=settings.BASE_CURRENCY),),
        ),
        Column(
            "change",
            pgettext_lazy("of a rate", "Change"),
            lambda row: escape(delta(change(row), 2)),
            css="num",
            value=change,
        ),
        Column("source", pgettext_lazy("of a rate", "Source"), text_cell("source")),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with the rate before each of the same currency and kind."""
        loaded: Any = super().load(rows, columns, sort)
        return loaded.with_previous()


def validity(starts_on: Any, ends_on: Any) -> str:
    """A period in words."""
    return f"{day(starts_on)} – {day(ends_on)}" if ends_on else gettext("from %(day)s on") % {"day": day(starts_on)}


def list_state(row: PriceList) -> tuple[str, str]:
    """Tone and words: whether a price list counts today."""
    today = timezone.localdate()
    if not row.is_active:
        return "", pgettext("catalogue", "not in use")
    if row.starts_on > today:
        return "info", gettext("planned")
    if row.ends_on and row.ends_on < today:
        return "", gettext("expired")
    return "ok", gettext("valid")


def meant_for(row: PriceList) -> str:
    """For whom a list is, in words."""
    grade = gettext("grade %(grade)s") % {"grade": row.customer_grade} if row.customer_grade else ""
    region = row.region.label if row.region else ""
    unit = row.business_unit.label if row.business_unit else ""
    return " · ".join(filter(None, (unit, region, grade))) or gettext("all customers")


class PriceListTable(Table):
    """Columns of the list of price lists."""

    default_sort = "-starts_on"
    columns: ClassVar = [
        Column("name", _("Price list"), named("pricelist"), phone=""),
        Column(
            "for", _("For"), lambda row: escape(meant_for(row)), select=("region", "business_unit"), phone=_("For"),
            value=meant_for,
        ),
        Column("currency", _("Currency"), text_cell("currency_id")),
        Column(
            "valid",
            _("Valid"),
            lambda row: escape(validity(row.starts_on, row.ends_on)),
            sort="starts_on",
            descending=True,
            css="nw",
            phone=_("Valid"),
            value=(Part("starts_on", _("Valid from")), Part("ends_on", _("Valid until"))),
        ),
        Column("priority", _("Priority"), lambda row: str(row.priority), css="num", value="priority"),
        Column("prices", _("Prices"), lambda row: str(row.price_count), css="num", value="price_count"),
        Column(
            "state", _("Status"), lambda row: badge(*list_state(row), True), phone="", value=lambda r: list_state(r)[1]
        ),
    ]  # fmt: skip

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with how many prices they have."""
        return super().load(rows, columns, sort).annotate(price_count=Count("items"))


def break_text(item: PriceItem) -> str:
    """From which quantity a price applies."""
    return f"{plain_number(item.quantity_from)} {item.unit.label}" if item.quantity_from else ""


def _price_cell(field: str) -> Any:
    def cell(item: PriceItem) -> str:
        return escape(exact_price(getattr(item, field), item.price_list.currency_code, item.unit.label))

    return cell


def margin_of(item: PriceItem) -> Margin | None:
    """What a price leaves above today's cost; for doors that have asked for VIEW_COST."""
    costs = Costs([item.product], timezone.localdate())
    return costs.margin(item.product, item.unit, item.price_list.currency_code, item.guide_price)


def put_margins(items: Sequence[Any]) -> None:
    """What each price leaves above today's cost, as `item.margin`; the costs of all in the same queries."""
    costs = Costs((item.product for item in items), timezone.localdate())
    for item in items:
        item.margin = costs.margin(item.product, item.unit, item.price_list.currency_code, item.guide_price)


def cost_text(item: PriceItem, margin: Margin | None) -> str:
    """The cost beside a price, in its currency and unit."""
    return exact_price(margin.cost if margin else None, item.price_list.currency_code, item.unit.label)


def _margin_cell(item: Any) -> str:
    if item.margin is None:
        return "—"
    return f'{escape(pct(item.margin.share))}<span class="sub">{escape(cost_text(item, item.margin))}</span>'


def _days(item: PriceItem) -> str:
    return validity(item.starts_on or item.price_list.starts_on, item.ends_on or item.price_list.ends_on)


class PriceTable(Table):
    """Columns of the list of prices."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column(
            "product",
            _("Product"),
            link_cell(
                lambda item: url_of("priceitem", item.pk),
                lambda item: item.product.label,
                lambda item: item.product.code,
            ),
            select=("product", "unit", "price_list"),
            phone="",
        ),
        related_column("list", _("Price list"), "price_list", phone=_("Price list")),
        Column(
            "from",
            _("From quantity"),
            lambda item: escape(break_text(item)) or "—",
            css="num",
            phone=_("From quantity"),
            value=(Part("quantity_from"), Part("unit.label", _("Unit"))),
        ),
        Column(
            "guide",
            _("Guide price"),
            _price_cell("guide_price"),
            sort="guide_price",
            css="num",
            phone=_("Guide price"),
            value=(Part("guide_price"), Part("price_list.currency_code", _("Currency"))),
        ),
        Column(
            "floor",
            _("Floor price"),
            _price_cell("floor_price"),
            css="num",
            phone=_("Floor price"),
            value="floor_price",
            permission=FLOOR,
        ),
        Column(
            "margin",
            _("Margin"),
            _margin_cell,
            css="num",
            select=("product__base_unit",),
            phone=_("Margin"),
            value=(
                Part(lambda item: item.margin and item.margin.cost, _("Standard cost")),
                Part(lambda item: item.margin and round(item.margin.share * 100, 2), _("Margin"), unit="%"),
            ),
            gather=put_margins,
            permission=VIEW_COST,
        ),
        Column(
            "valid",
            _("Valid"),
            lambda item: escape(_days(item)),
            css="nw",
            value=(
                Part(lambda item: item.starts_on or item.price_list.starts_on, _("Valid from")),
                Part(lambda item: item.ends_on or item.price_list.ends_on, _("Valid until")),
            ),
        ),
    ]


class CostTable(Table):
    """Columns of the list of standard costs."""

    tagged: ClassVar[bool] = False
    default_sort = "-starts_on"
    columns: ClassVar = [
        Column(
            "product",
            _("Product"),
            link_cell(lambda row: url_of("cost", row.pk), lambda row: row.product.label, lambda row: row.product.code),
            select=("product",),
            phone="",
        ),
        Column(
            "amount",
            _("Standard cost"),
            lambda row: escape(exact_price(row.amount, row.currency_code, row.unit.label)),
            css="num",
            select=("unit",),
            phone=_("Standard cost"),
            value=(Part("amount"), Part("currency_code", _("Currency")), Part("unit.label", _("Unit"))),
            permission=VIEW_COST,
        ),
        Column(
            "day",
            pgettext_lazy("of a cost", "From"),
            lambda row: day_html(row.starts_on),
            sort="starts_on",
            descending=True,
            phone=pgettext_lazy("of a cost", "From"),
            value="starts_on",
        ),
    ]
