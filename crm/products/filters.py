"""What one narrows the lists of the catalogue by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.catalogue.domain.specification import PREFIX
from crm.catalogue.enums import CustomerGrade, Dimension, FieldKind, RateKind, Reliability, ReportSource
from crm.generic.filters import ChoicesFilter, DaysFilter, ListFilter
from crm.models import (
    BusinessUnit,
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
    Region,
    SpecificationField,
    Unit,
)

IN_USE = pgettext_lazy("catalogue", "In use")


def _day(label: Any, **more: Any) -> django_filters.DateFilter:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return django_filters.DateFilter(label=label, widget=widget, **more)


def _one(label: Any, model: Any, **more: Any) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(label=label, queryset=model.objects.none(), **more)


class ProductFilter(ListFilter):
    """Product line, whether on sale; with one line chosen also its specification fields."""

    product_line = _one(_("Product line"), ProductLine)
    is_active = django_filters.BooleanFilter(label=IN_USE)

    class Meta:
        model = Product
        fields = ()

    def further_filters(self) -> dict[str, django_filters.Filter]:
        """A range for each number of the chosen line, ticks for each choice, yes or no, a part of a text."""
        line = str(self.data.get("product_line") or "") if self.data else ""
        if not line.isdecimal() or len(line) > 17:
            return {}
        fields = SpecificationField.objects.visible_to(self.request.user).filter(product_line=int(line), is_active=True)
        return {f"{PREFIX}{field.key}": _filter_of(field) for field in fields.order_by("position", "pk")}


def _filter_of(field: SpecificationField) -> django_filters.Filter:
    label = f"{field.label} ({field.unit})" if field.unit else field.label
    path = f"specification__{field.key}"
    if field.kind == FieldKind.NUMBER:
        return NumbersFilter(field_name=path, label=label)
    if field.kind == FieldKind.CHOICE:
        return ContainedFilter(key=field.key, label=label, choices=[(choice, choice) for choice in field.choices])
    if field.kind == FieldKind.YES_NO:
        return django_filters.BooleanFilter(field_name=path, label=label)
    return django_filters.CharFilter(field_name=path, label=label, lookup_expr="icontains")


class NumbersFilter(django_filters.RangeFilter):
    """Numbers of a JSON field between two bounds, compared as numbers."""

    def filter(self, qs: Any, value: Any) -> Any:
        """Rows whose number is not below the first and not above the second."""
        for lookup, bound in (("gte", value.start), ("lte", value.stop)) if value else ():
            if bound is not None:
                qs = qs.filter(**{f"{self.field_name}__{lookup}": float(bound)})
        return qs


class ContainedFilter(ChoicesFilter):
    """Tick several values of an entry of a JSON field; each is a containment that the GIN index serves."""

    def __init__(self, *, key: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.key = key

    def filter(self, qs: Any, value: list[str]) -> Any:
        """Rows whose entry is one of the values."""
        found = Q()
        for one in value or ():
            found |= Q(specification__contains={self.key: one})
        return qs.filter(found) if value else qs


class LineFilter(ListFilter):
    """By business unit."""

    business_unit = _one(_("Business unit"), BusinessUnit)

    class Meta:
        model = ProductLine
        fields = ()


class FieldFilter(ListFilter):
    """By product line, kind, and whether in use."""

    tag = None
    mark = None
    product_line = _one(_("Product line"), ProductLine)
    kind = ChoicesFilter(label=_("Kind"), choices=FieldKind.choices)
    is_active = django_filters.BooleanFilter(label=IN_USE)

    class Meta:
        model = SpecificationField
        fields = ()


class UnitFilter(ListFilter):
    """By what it measures."""

    tag = None
    mark = None
    dimension = ChoicesFilter(label=pgettext_lazy("of a unit", "Dimension"), choices=Dimension.choices)

    class Meta:
        model = Unit
        fields = ()


class RateFilter(ListFilter):
    """By currency, kind and day."""

    tag = None
    mark = None
    currency = _one(_("Currency"), Currency)
    kind = ChoicesFilter(label=_("Kind"), choices=RateKind.choices)
    day = DaysFilter(field_name="starts_on", label=_("Day"))

    class Meta:
        model = ExchangeRate
        fields = ()


class PriceListFilter(ListFilter):
    """By the day on which a list is valid, and for whom it is."""

    valid_on = _day(_("Valid on"), method="on_day")
    currency = _one(_("Currency"), Currency)
    business_unit = _one(_("Business unit"), BusinessUnit)
    region = _one(_("Region"), Region)
    customer_grade = ChoicesFilter(label=_("Customer grade"), choices=CustomerGrade.choices)
    is_active = django_filters.BooleanFilter(label=IN_USE)

    class Meta:
        model = PriceList
        fields = ()

    def on_day(self, rows: Any, name: str, value: Any) -> Any:
        """Lists that are valid on that day."""
        return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=value), starts_on__lte=value)


class PriceFilter(ListFilter):
    """By list, product and line, and the day on which a price is valid; the search is for products."""

    tag = None
    mark = None
    searchable = True
    price_list = _one(_("Price list"), PriceList)
    product = _one(_("Product"), Product)
    product_line = _one(_("Product line"), ProductLine, field_name="product__product_line")
    valid_on = _day(_("Valid on"), method="on_day")

    class Meta:
        model = PriceItem
        fields = ()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Prices of products that contain the words."""
        return queryset.filter(product__in=Product.objects.visible_to(self.request.user).search(value))

    def on_day(self, rows: Any, name: str, value: Any) -> Any:
        """Prices that are valid on that day, as their list is."""
        listed = Q(price_list__ends_on__isnull=True) | Q(price_list__ends_on__gte=value)
        begun, over = Q(starts_on__isnull=True) | Q(starts_on__lte=value), Q(ends_on__isnull=False, ends_on__lt=value)
        return rows.filter(listed, begun, price_list__starts_on__lte=value).exclude(over)


class CostFilter(ListFilter):
    """By product and line, and the days from which costs hold; the search is for products."""

    tag = None
    mark = None
    searchable = True
    product = _one(_("Product"), Product)
    product_line = _one(_("Product line"), ProductLine, field_name="product__product_line")
    starts_on = DaysFilter(field_name="starts_on", label=_("Valid from"))

    class Meta:
        model = Cost
        fields = ()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Costs of products that contain the words."""
        return queryset.filter(product__in=Product.objects.visible_to(self.request.user).search(value))


class CompetitorFilter(ListFilter):
    """By whether they are still in the market."""

    is_active = django_filters.BooleanFilter(label=IN_USE)

    class Meta:
        model = Competitor
        fields = ()


class CompetitorProductFilter(ListFilter):
    """By competitor, product line and comparable product of ours; the search is for a part of the name or of whose it is."""

    searchable = True
    competitor = _one(_("Competitor"), Competitor)
    product_line = _one(_("Product line"), ProductLine)
    comparable = _one(_("Our product"), Product)

    class Meta:
        model = CompetitorProduct
        fields = ()


class ReportFilter(ListFilter):
    """By whose price it is, what of ours it compares with, where and when it was seen, and how sure it is."""

    competitor = _one(_("Competitor"), Competitor, field_name="competitor_product__competitor")
    competitor_product = _one(_("Competitor's product"), CompetitorProduct)
    product = _one(_("Our product"), Product, field_name="competitor_product__comparable")
    region = _one(_("Region"), Region)
    source = ChoicesFilter(label=pgettext_lazy("of a report", "Source"), choices=ReportSource.choices)
    reliability = ChoicesFilter(label=_("Reliability"), choices=Reliability.choices)
    seen = DaysFilter(field_name="observed_on", label=_("Seen on"))

    class Meta:
        model = PriceReport
        fields = ()
