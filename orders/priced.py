"""What an order line should have cost and does cost us, as expressions: the guide price and the standard cost of its product on
its day, per base unit and in base currency.

The guide price is chosen as crm/catalogue/domain/pricing.py chooses it, for the customer's grade of today. Units convert by the
product's own and by the factors of their dimension; currencies at the daily rate of the order's date.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Length, Replace

_EXACT = DecimalField(max_digits=38, decimal_places=12)
_DAY = OuterRef("ordered_on")


def guide_price() -> Subquery:
    """The guide price of a line's product; null when no list has one."""
    day, breaks = _DAY, ExpressionWrapper(F("quantity_from") * F("per_unit"), _EXACT)
    valid = Q(price_list__is_active=True, price_list__starts_on__lte=day)
    valid &= Q(price_list__ends_on__isnull=True) | Q(price_list__ends_on__gte=day)
    valid &= Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    valid &= Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    unit = Q(price_list__business_unit__isnull=True) | Q(price_list__business_unit=OuterRef("business_unit"))
    grade = Q(price_list__customer_grade="") | Q(price_list__customer_grade=OuterRef("customer__grade"))
    region = Q(price_list__region__isnull=True) | Q(line_path__startswith=F("price_list__region__path"))
    rows = (
        apps.get_model("crm.PriceItem")
        ._base_manager.filter(valid, unit, grade, product=OuterRef("product"))
        .annotate(line_path=ExpressionWrapper(OuterRef("region__path"), CharField()), per_unit=_base_in_unit())
        .filter(region)
        .annotate(
            breaks=breaks,
            rate=_rate("price_list__currency"),
            other_currency=_unless(price_list__currency=OuterRef("order__currency")),
        )
        .filter(breaks__lte=OuterRef("quantity_base"))
        .order_by(
            "other_currency",
            "-price_list__priority",
            _unless(price_list__customer_grade__gt=""),
            _depth().desc(),
            _unless(price_list__business_unit__isnull=False),
            "-breaks",
            _unless(unit=F("product__base_unit")),
            Greatest("price_list__starts_on", Coalesce("starts_on", "price_list__starts_on")).desc(),
            "-pk",
        )
    )
    price = ExpressionWrapper(F("guide_price") * F("rate") / F("per_unit"), _EXACT)
    return Subquery(rows.values_list(price)[:1], _EXACT)


def standard_cost() -> Subquery:
    """The standard cost of a line's product; null when none is known."""
    rows = apps.get_model("crm.Cost")._base_manager.filter(product=OuterRef("product"), starts_on__lte=_DAY)
    rows = rows.annotate(per_unit=_base_in_unit(), rate=_rate("currency")).order_by("-starts_on")
    return Subquery(rows.values_list(ExpressionWrapper(F("amount") * F("rate") / F("per_unit"), _EXACT))[:1], _EXACT)


def _base_in_unit() -> Case:
    """How many base units of the product one of the row's unit is; null when nothing says so."""
    own = apps.get_model("crm.ProductUnit")._base_manager.filter(product=OuterRef("product"), unit=OuterRef("unit"))
    ratio = ExpressionWrapper(Cast("numerator", _EXACT) / F("denominator"), _EXACT)
    factor = ExpressionWrapper(F("unit__factor") / F("product__base_unit__factor"), _EXACT)
    general = Case(When(unit__dimension=F("product__base_unit__dimension"), then=factor), output_field=_EXACT)
    return Case(
        When(unit=F("product__base_unit"), then=Value(1, _EXACT)),
        default=Coalesce(Subquery(own.values_list(ratio)[:1], _EXACT), general),
        output_field=_EXACT,
    )


def _rate(currency: str) -> Case:
    """Base currency for one of the row's currency on the day of the line; null when it is not known."""
    rates = apps.get_model("crm.ExchangeRate")._base_manager.filter(
        kind="daily", currency=OuterRef(currency), starts_on__lte=OuterRef(OuterRef("ordered_on"))
    )
    return Case(
        When(**{currency: settings.BASE_CURRENCY}, then=Value(1, _EXACT)),
        default=Subquery(rates.order_by("-starts_on").values("rate")[:1], _EXACT),
        output_field=_EXACT,
    )


def _unless(**condition: Any) -> Case:
    """0 for rows for which it holds, so that they come first, else 1."""
    return Case(When(**condition, then=Value(0)), default=Value(1), output_field=IntegerField())


def _depth() -> Any:
    """How far down the tree the region of the row's list lies; 0 for a list of all regions."""
    path = F("price_list__region__path")
    return Coalesce(Length(path) - Length(Replace(path, Value("/"), Value(""))), Value(0))
