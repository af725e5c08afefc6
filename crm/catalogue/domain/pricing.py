"""Which price applies: found among all lists, with the reasons. docs/catalogue.md says the order in words.

Candidates are the prices of the product in lists that are in use and valid on the day, for the customer's grade, region and
business unit, from a quantity that is reached. Among them the first difference decides:

1. a list in the currency asked for comes before one that must be converted,
2. the higher priority of the list,
3. a list for the customer's grade before one for all grades,
4. a list for the region nearest to the customer's before one further up, before one for all regions,
5. a list for the business unit before one for all,
6. the larger quantity from which the price applies,
7. a price per the unit asked for before one per another,
8. the later first day of the price,
9. the price entered last.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.catalogue.domain.rates import rate_on
from crm.catalogue.domain.units import ProductRatios, decimal_of
from crm.catalogue.models import Currency, PriceItem, Product, Unit
from crm.formats import day as day_text
from crm.formats import plain_number
from crm.organisation.models import BusinessUnit, Region

PLACES = 4


@dataclass(frozen=True)
class Question:
    """What is asked: a quantity of a product on a day, and for whom. `currency` None: that of whichever list applies."""

    product: Product
    quantity: Decimal
    unit: Unit
    on: dt.date
    business_unit: BusinessUnit | None = None
    region: Region | None = None
    grade: str = ""
    currency: Currency | None = None


@dataclass(frozen=True)
class Candidate:
    """A price that could apply. `ratio` : its units in one of the unit asked for; `breaks_at`: its quantity in base units."""

    item: PriceItem
    ratio: Fraction
    breaks_at: Fraction
    rank: tuple[Any, ...]


@dataclass(frozen=True)
class PriceAnswer:
    """The price per unit asked for, in `currency`. Doors show `floor_price` to those with crm.view_floor_price only."""

    item: PriceItem
    guide_price: Decimal
    floor_price: Decimal | None
    unit: Unit
    currency: str
    reasons: list[str] = field(default_factory=list)
    others: list[tuple[PriceItem, str]] = field(default_factory=list)  # those that came after it, and why


def price_for(
    *,
    product: Product,
    quantity: Decimal,
    unit: Unit,
    on: dt.date,
    business_unit: BusinessUnit | None = None,
    region: Region | None = None,
    grade: str = "",
    currency: Currency | None = None,
) -> PriceAnswer | None:
    """The price that applies, or None when no list has one. Raises DomainError when amounts would have to be converted and
    there is no rate."""
    question = Question(product, quantity, unit, on, business_unit, region, grade, currency)
    found = candidates(question)
    if not found:
        return None
    best = found[0]
    target = currency.code if currency else best.item.price_list.currency_code
    factor = best.ratio * _exchange(best.item.price_list.currency_code, target, on)
    floor = best.item.floor_price
    return PriceAnswer(
        item=best.item,
        guide_price=decimal_of(Fraction(best.item.guide_price) * factor, PLACES),
        floor_price=None if floor is None else decimal_of(Fraction(floor) * factor, PLACES),
        unit=unit,
        currency=target,
        reasons=_reasons(question, best, target),
        others=[(other.item, _why_after(best, other)) for other in found[1:]],
    )


def candidates(question: Question) -> list[Candidate]:
    """The prices that could apply, the one that does first."""
    ratios = ProductRatios(question.product)
    asked = ratios.to_base(question.unit)
    found = []
    for item in _valid_items(question):
        ratio = ratios.between(question.unit, item.unit)
        if ratio is None or Fraction(question.quantity) * ratio < Fraction(item.quantity_from):
            continue
        breaks_at = Fraction(item.quantity_from) / ratio * (asked or 1)
        found.append(Candidate(item, ratio, breaks_at, _rank(question, item, breaks_at)))
    return sorted(found, key=lambda candidate: candidate.rank, reverse=True)


def _valid_items(question: Question) -> list[PriceItem]:
    """The prices of the product that are valid on the day and meant for the customer; the database decides."""
    day, above = question.on, _above(question.region)
    item_valid = (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    list_valid = Q(price_list__starts_on__lte=day) & (
        Q(price_list__ends_on__isnull=True) | Q(price_list__ends_on__gte=day)
    )
    unit = question.business_unit.pk if question.business_unit else None
    meant = (
        (Q(price_list__business_unit__isnull=True) | Q(price_list__business_unit_id=unit))
        & (Q(price_list__region__isnull=True) | Q(price_list__region_id__in=above))
        & Q(price_list__customer_grade__in={"", question.grade})
    )
    rows = PriceItem.objects.filter(item_valid, list_valid, meant, product=question.product, price_list__is_active=True)
    return list(rows.select_related("price_list__region", "price_list__business_unit", "unit").order_by("pk"))


def _above(region: Region | None) -> list[int]:
    """The region and those it lies in."""
    return [int(key) for key in region.path.split("/") if key] if region else []


def _rank(question: Question, item: PriceItem, breaks_at: Fraction) -> tuple[Any, ...]:
    """Compares candidates: the larger tuple comes first. The order of the module's docstring."""
    price_list = item.price_list
    return (
        question.currency is None or price_list.currency_code == question.currency.code,
        price_list.priority,
        bool(price_list.customer_grade),
        price_list.region.path.count("/") if price_list.region else 0,
        price_list.business_unit_id is not None,
        breaks_at,
        item.unit_id == question.unit.pk,
        max(price_list.starts_on, item.starts_on or price_list.starts_on),
        item.pk,
    )


def _exchange(source: str, target: str, on: dt.date) -> Fraction:
    return Fraction(1) if source == target else Fraction(rate_on(source, on)) / Fraction(rate_on(target, on))


def _reasons(question: Question, best: Candidate, target: str) -> list[str]:
    """Why this price, in the reader's language."""
    item, price_list = best.item, best.item.price_list
    starts = max(price_list.starts_on, item.starts_on or price_list.starts_on)
    reasons = [_("Valid from %(day)s.") % {"day": day_text(starts)}]
    if price_list.priority:
        reasons.append(_("The list has priority %(number)d.") % {"number": price_list.priority})
    if price_list.customer_grade:
        reasons.append(_("The list is for customers of grade %(grade)s.") % {"grade": price_list.customer_grade})
    if price_list.region:
        reasons.append(_("The list is for the region %(region)s.") % {"region": price_list.region.label})
    if price_list.business_unit:
        reasons.append(_("The list is for %(unit)s.") % {"unit": price_list.business_unit.label})
    if item.quantity_from:
        quantity = f"{plain_number(item.quantity_from)} {item.unit.label}"
        reasons.append(_("The price applies from %(quantity)s on.") % {"quantity": quantity})
    if item.unit_id != question.unit.pk:
        words = {"unit": question.unit.label, "number": plain_number(decimal_of(best.ratio)), "other": item.unit.label}
        reasons.append(_("Converted: 1 %(unit)s is %(number)s %(other)s.") % words)
    if price_list.currency_code != target:
        rate = decimal_of(_exchange(price_list.currency_code, target, question.on), 6)
        words = {"currency": price_list.currency_code, "rate": plain_number(rate), "target": target}
        reasons.append(_("Converted: 1 %(currency)s is %(rate)s %(target)s that day.") % words)
    return reasons


def _why_after(best: Candidate, other: Candidate) -> str:
    """What decided between two candidates."""
    words = (
        _("another currency"),
        _("lower priority"),
        _("for all grades"),
        _("for a wider region"),
        _("for all business units"),
        _("for smaller quantities"),
        _("per another unit"),
        _("older"),
        _("entered earlier"),
    )
    return next(word for word, mine, its in zip(words, best.rank, other.rank, strict=True) if mine != its)
