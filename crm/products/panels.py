"""What the pages of the catalogue's records show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from crm.catalogue.domain.specification import fields_of, in_words
from crm.catalogue.models.cost import VIEW_COST
from crm.catalogue.models.price import FLOOR
from crm.formats import day, exact_price, pct, plain_number
from crm.generic.tables import Table
from crm.models import (
    Competitor,
    CompetitorProduct,
    Cost,
    Currency,
    ExchangeRate,
    PriceItem,
    PriceList,
    PriceReport,
    Product,
    ProductLine,
    ProductUnit,
    SpecificationField,
)
from crm.products.forms import ProductUnitForm
from crm.products.tables.base import SPACE, url_of
from crm.products.tables.market import ReportTable, per_dimension_base, report_price
from crm.products.tables.prices import PriceTable, RateTable, cost_text, meant_for, put_margins, validity
from crm.products.tables.products import FieldTable, allowed_values
from crm.workflow.links import reference_of

SHOWN = 50
FEW = 8
POINTS = 24  # of a trend


def small_table(
    request: HttpRequest, table: type[Table], name: str, rows: Sequence[Any], keys: Iterable[str], **more: Any
) -> dict[str, Any]:
    """The variables of catalogue/_table.html: these columns of a table, as far as the reader may see them."""
    columns = [column for column in table.chosen(list(keys), request.user) if column.key in set(keys)]
    return {
        "head": [(column.label, column.css) for column in columns],
        "body": table.body(rows, columns, url=lambda row: url_of(name, row.pk), selectable=False) if rows else "",
        **more,
    }


def _list_of(name: str, **query: Any) -> str:
    return f"{reverse(f'{SPACE}:{name}_list')}?{urlencode(query)}"


def _new(request: HttpRequest, name: str, **query: Any) -> str:
    """The address of the form for a new record, for those who may make one."""
    may = request.user.has_perm(f"crm.add_{name}")
    return f"{reverse(f'{SPACE}:{name}_create')}?{urlencode(query)}" if may else ""


def specification(request: HttpRequest, record: Product) -> dict[str, Any] | None:
    """The product's values under the headings of their groups; fields without a value are named all the same."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for field in fields_of(record.product_line_id):
        groups[field.group_label].append((field.label, in_words(field, record.specification.get(field.key))))
    return {"groups": list(groups.items())} if groups else None


def product_prices(request: HttpRequest, record: Product) -> dict[str, Any]:
    """The prices that are valid now, in all lists, and the way to the price finder."""
    rows = _valid(PriceItem.objects.visible_to(request.user).filter(product=record))
    found = list(rows.select_related("price_list__region", "price_list__business_unit", "unit")[: SHOWN + 1])
    floor, margin = request.user.has_perm(FLOOR), request.user.has_perm(VIEW_COST)
    if margin:
        for item in found:
            item.product = record
        put_margins(found)
    return {
        "rows": [
            {
                "list": item.price_list,
                "for": meant_for(item.price_list),
                "from": f"{plain_number(item.quantity_from)} {item.unit.label}" if item.quantity_from else "",
                "guide": exact_price(item.guide_price, item.price_list.currency_code, item.unit.label),
                "floor": exact_price(item.floor_price, item.price_list.currency_code, item.unit.label) if floor else "",
                **(_margin_words(item) if margin else {}),
                "valid": validity(item.starts_on or item.price_list.starts_on, item.ends_on or item.price_list.ends_on),
            }
            for item in found[:SHOWN]
        ],
        "floor": floor,
        "margin": margin,
        "all_url": _list_of("priceitem", product=record.pk),
        "add_url": _new(request, "priceitem", product=record.pk, unit=record.base_unit_id),
        "finder_url": f"{reverse(f'{SPACE}:finder')}?{urlencode({'product': record.pk})}",
    }


def _margin_words(item: Any) -> dict[str, str]:
    return {"margin": pct(item.margin.share if item.margin else None), "cost": cost_text(item, item.margin)}


def product_costs(request: HttpRequest, record: Product) -> dict[str, Any]:
    """What the product costs and did cost, the newest first; the panel asks for VIEW_COST."""
    rows = Cost.objects.visible_to(request.user).filter(product=record).select_related("unit")
    return {
        "title": _("Standard cost"),
        "id": "costs",
        "rows": [
            {
                "label": exact_price(row.amount, row.currency_code, row.unit.label),
                "sub": _("from %(day)s on") % {"day": day(row.starts_on)},
                "url": url_of("cost", row.pk),
            }
            for row in rows.order_by("-starts_on")[:FEW]
        ],
        "empty": _("No cost yet."),
        "add_url": _new(request, "cost", product=record.pk, unit=record.base_unit_id),
    }


def _valid(rows: Any) -> Any:
    """Prices that are valid today, in lists in use."""
    today = timezone.localdate()
    listed = Q(price_list__ends_on__isnull=True) | Q(price_list__ends_on__gte=today)
    begun, lasting = (
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
    )
    valid = rows.filter(listed, begun, lasting, price_list__starts_on__lte=today, price_list__is_active=True)
    return valid.order_by("price_list__code", "quantity_from", "pk")


def product_units(request: HttpRequest, record: Product) -> dict[str, Any]:
    """In which units the product is counted, and how they convert."""
    rows = ProductUnit.objects.visible_to(request.user).filter(product=record).select_related("unit")
    may_change = request.user.has_perm("crm.change_product")
    return {
        "rows": [
            {
                "row": row,
                "text": f"{plain_number(Decimal(row.denominator))} {row.unit.label} = "
                f"{plain_number(Decimal(row.numerator))} {record.base_unit.label}",
            }
            for row in rows.order_by("unit__code")
        ],
        "base": record.base_unit,
        "product": record,
        "form": ProductUnitForm(user=request.user, product=record, auto_id="unit_%s") if may_change else None,
    }


def rivals(request: HttpRequest, record: Product) -> dict[str, Any] | None:
    """The competitors' products that do the same, each with the newest price seen."""
    found = list(
        CompetitorProduct.objects.visible_to(request.user)
        .filter(comparable=record)
        .select_related("competitor")
        .order_by("competitor__code", "name")[:SHOWN]
    )
    if not found:
        return None
    reports = newest_reports(request.user, [rival.pk for rival in found])
    rows = [
        {"rival": rival, "url": url_of("competitorproduct", rival.pk), "newest": _newest(reports.get(rival.pk))}
        for rival in found
    ]
    return {"rows": rows}


def newest_reports(user: Any, products: Sequence[int]) -> dict[int, list[PriceReport]]:
    """The newest reports of each of these products, the oldest of them first; one query."""
    rows = PriceReport.objects.visible_to(user).filter(competitor_product_id__in=products).select_related("unit")
    found: dict[int, list[PriceReport]] = defaultdict(list)
    for report in rows.order_by("-observed_on", "-pk")[: POINTS * max(len(products), 1)]:
        found[report.competitor_product_id].insert(0, report)
    return found


def _newest(reports: list[PriceReport] | None) -> str:
    return f"{report_price(reports[-1])} · {day(reports[-1].observed_on)}" if reports else ""


def _trend(reports: Sequence[PriceReport]) -> list[float]:
    """The prices that compare, for a line; nothing for fewer than two."""
    values = [value for value in map(per_dimension_base, reports[-POINTS:]) if value is not None]
    return [float(value) for value in values]


def line_fields(request: HttpRequest, record: ProductLine) -> dict[str, Any]:
    """The specification fields of a product line."""
    rows = SpecificationField.objects.visible_to(request.user).filter(product_line=record)
    fields = list(rows.select_related("product_line").order_by("-is_active", "position", "pk"))
    more = {
        "title": _("Specification fields"),
        "id": "fields",
        "empty": _("Nothing is asked of the products of this line yet."),
        "add_url": _new(request, "specificationfield", product_line=record.pk, position=len(fields) * 10 + 10),
    }
    if not request.user.has_perm("crm.view_specificationfield"):
        return {**more, "plain": [(field.label, allowed_values(field)) for field in fields if field.is_active]}
    keys = ("name", "group", "kind", "values", "required", "state")
    return small_table(request, FieldTable, "specificationfield", fields, keys, **more)


def line_products(request: HttpRequest, record: ProductLine) -> dict[str, Any]:
    """How many products the line has."""
    count = Product.objects.visible_to(request.user).filter(product_line=record).count()
    return {"count": count, "list_url": _list_of("product", product_line=record.pk)}


def list_prices(request: HttpRequest, record: PriceList) -> dict[str, Any]:
    """The first prices of a list."""
    rows = PriceItem.objects.visible_to(request.user, of=record).select_related(
        "product__base_unit", "unit", "price_list"
    )
    found = list(rows.order_by("product__code", "quantity_from", "pk")[: SHOWN + 1])
    return small_table(
        request,
        PriceTable,
        "priceitem",
        found[:SHOWN],
        ("product", "from", "guide", "floor", "margin", "valid"),
        title=_("Prices"),
        id="prices",
        empty=_("No prices yet. Enter them one by one, or import a sheet."),
        all_url=_list_of("priceitem", price_list=record.pk),
        add_url=_new(request, "priceitem", price_list=record.pk),
    )


def list_versions(request: HttpRequest, record: PriceList) -> dict[str, Any] | None:
    """The list it was copied from and those copied from it."""
    lists = PriceList.objects.visible_to(request.user)
    near = lists.filter(Q(copied_from=record) | Q(pk=record.copied_from_id)).order_by("starts_on", "pk")
    rows = [
        {"label": row.label, "sub": validity(row.starts_on, row.ends_on), "url": url_of("pricelist", row.pk)}
        for row in near[:SHOWN]
    ]
    return {"rows": rows, "title": _("Versions"), "id": "versions"} if rows else None


def currency_rates(request: HttpRequest, record: Currency) -> dict[str, Any]:
    """The newest rates of a currency."""
    rates: Any = ExchangeRate.objects.visible_to(request.user).filter(currency=record)
    found = list(rates.with_previous().order_by("-starts_on", "kind")[: SHOWN + 1])
    return small_table(
        request,
        RateTable,
        "exchangerate",
        found[:SHOWN],
        ("currency", "day", "kind", "rate", "change", "source"),
        title=_("Exchange rates"),
        id="rates",
        empty=_("No rate yet."),
        all_url=_list_of("exchangerate", currency=record.pk),
        add_url=_new(request, "exchangerate", currency=record.pk),
    )


def competitor_about(request: HttpRequest, record: Competitor) -> dict[str, Any] | None:
    """Strengths and weaknesses."""
    return {"record": record} if record.strengths or record.weaknesses else None


def competitor_products(request: HttpRequest, record: Competitor) -> dict[str, Any]:
    """The competitor's products with ours beside them, and the course of the prices seen."""
    rows = CompetitorProduct.objects.visible_to(request.user).filter(competitor=record)
    found = list(rows.select_related("product_line").prefetch_related("comparable").order_by("name")[:SHOWN])
    reports = newest_reports(request.user, [product.pk for product in found])
    return {
        "rows": [
            {
                "product": product,
                "url": url_of("competitorproduct", product.pk),
                "ours": [(own.label, url_of("product", own.pk)) for own in product.comparable.all()],
                "newest": _newest(reports.get(product.pk)),
                "trend": _trend(reports.get(product.pk, ())),
            }
            for product in found
        ],
        "add_url": _new(request, "competitorproduct", competitor=record.pk),
        "report_url": _new(request, "pricereport"),
    }


def _reports(request: HttpRequest, rows: Any, **more: Any) -> dict[str, Any]:
    found = list(rows.select_related("competitor_product__competitor", "unit").order_by("-observed_on", "-pk")[:FEW])
    keys = ("product", "price", "day", "source", "reliability")
    return small_table(request, ReportTable, "pricereport", found, keys, empty=_("No price seen yet."), **more)


def rival_reports(request: HttpRequest, record: CompetitorProduct) -> dict[str, Any]:
    """The newest prices of a competitor's product, and their course."""
    rows = PriceReport.objects.visible_to(request.user).filter(competitor_product=record)
    trend = _trend(newest_reports(request.user, [record.pk]).get(record.pk, ()))
    return _reports(
        request,
        rows,
        title=_("Prices seen"),
        id="reports",
        trend=trend,
        all_url=_list_of("pricereport", competitor_product=record.pk),
        add_url=_new(request, "pricereport", competitor_product=record.pk),
    )


def rival_ours(request: HttpRequest, record: CompetitorProduct) -> dict[str, Any] | None:
    """Our comparable products."""
    ours = record.comparable.order_by("code")
    rows = [{"label": own.label, "sub": own.code, "url": url_of("product", own.pk)} for own in ours]
    return {"rows": rows, "title": _("Our comparable products"), "id": "ours"} if rows else None


def reports_about(request: HttpRequest, record: Any, party: str) -> dict[str, Any]:
    """The competitors' prices that were reported with a record of a higher app, which registers this as a panel of its own."""
    rows = PriceReport.objects.visible_to(request.user).filter(**reference_of(record))
    return _reports(
        request,
        rows,
        title=_("Competitors' prices"),
        id="market-prices",
        add_url=_new(request, "pricereport", **{f"party_{party}": record.pk}),
    )
