"""Competitors, their products and what people learn of their prices."""

from fractions import Fraction
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
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


def _value(report: PriceReport) -> None:
    if report.observed_on > timezone.localdate():
        raise DomainError(_("A price cannot be seen on a day to come."), field="observed_on")
    rate = rate_on(report.currency_code, report.observed_on)
    report.price_base = decimal_of(Fraction(report.price) * Fraction(rate), PRICE_PLACES)
