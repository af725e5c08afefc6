"""Competitors, their products and what people learn of their prices."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import change_record, create_record
from crm.catalogue.domain.rates import rate_on
from crm.catalogue.domain.units import decimal_of
from crm.catalogue.models import Competitor, CompetitorProduct, PriceReport
from crm.errors import DomainError
from crm.organisation.models import User
from crm.records.pinyin import search_text_of

PRICE_PLACES = 4


def search_text(competitor: Competitor) -> str:
    """What a competitor is found by."""
    return search_text_of(competitor.name, competitor.short_name, competitor.name_en, others=(competitor.code,))


def create_competitor(*, actor: User, **values: Any) -> Competitor:
    """A new competitor. Raises DomainError for a code in use."""
    competitor = Competitor(**values)
    competitor.search_text = search_text(competitor)
    with transaction.atomic():
        return create_record(competitor)


def update_competitor(*, instance: Competitor, expected_version: int | None, actor: User, **values: Any) -> Competitor:
    """Change a competitor. Raises StaleVersion, DomainError for a code in use."""
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    return change_record(instance, expected_version=expected_version, values=values, also=["search_text"])


def create_competitor_product(*, actor: User, comparable: Any = (), **values: Any) -> CompetitorProduct:
    """A product of a competitor, with ours that do the same. Raises DomainError for a name that the competitor has already."""
    with transaction.atomic():
        record = create_record(CompetitorProduct(**values))
        record.comparable.set(comparable)
    return record


def update_competitor_product(
    *, instance: CompetitorProduct, expected_version: int | None, actor: User, comparable: Any = None, **values: Any
) -> CompetitorProduct:
    """Change it; `comparable` replaces ours when given. Raises StaleVersion, and DomainError as on creation."""
    with transaction.atomic():
        record = change_record(instance, expected_version=expected_version, values=values)
        if comparable is not None:
            record.comparable.set(comparable)
    return record


def create_report(*, actor: User, record: Model | None = None, **values: Any) -> PriceReport:
    """A price that the actor learned of, about `record` or not.

    Raises DomainError on "observed_on" for a day to come, on "currency" when that day has no rate.
    """
    report = PriceReport(reporter=actor, **values)
    if record is not None:
        report.content_type = ContentType.objects.get_for_model(record)
        report.object_id = record.pk
    _value(report)
    with transaction.atomic():
        return create_record(report)


def update_report(*, instance: PriceReport, expected_version: int | None, actor: User, **values: Any) -> PriceReport:
    """Correct a reported price. Raises StaleVersion, and DomainError as on creation."""
    for name, value in values.items():
        setattr(instance, name, value)
    _value(instance)
    return change_record(instance, expected_version=expected_version, values=values, also=["price_base"])


def reports_on(whose: Iterable[Any], days: Iterable[Any]) -> QuerySet[PriceReport]:
    """The reports about the products of these competitors from these days, the newest first."""
    found = PriceReport._base_manager.filter(competitor_product__competitor__in=whose, observed_on__in=days)
    return found.select_related("competitor_product").order_by("-pk")


def base_price(price: Decimal, currency: str, day: dt.date) -> Decimal:
    """A price seen on a day in base currency. Raises DomainError on "observed_on" for a day to come, on "currency" when that
    day has no rate."""
    if day > timezone.localdate():
        raise DomainError(_("A price cannot be seen on a day to come."), field="observed_on")
    return decimal_of(Fraction(price) * Fraction(rate_on(currency, day)), PRICE_PLACES)


def _value(report: PriceReport) -> None:
    report.price_base = base_price(report.price, report.currency_code, report.observed_on)
