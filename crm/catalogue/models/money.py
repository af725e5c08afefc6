"""Currencies and their rates."""

from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference
from crm.catalogue.enums import RateKind


@pghistory.track()
class Currency(RecordModel):
    """A currency by its ISO 4217 code."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2)

    scope = Reference("public list")

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{3}$"),
                name="currency_code",
                violation_error_message=_("The code of a currency is three capital letters, as in ISO 4217."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RateQuerySet(ScopedQuerySet):
    """Rates, with what was before them."""

    def with_previous(self) -> Self:
        """Each with `previous`: the rate of its currency and kind that it took the place of."""
        same = models.Q(currency=models.OuterRef("currency"), kind=models.OuterRef("kind"))
        before = self.model._base_manager.filter(same, starts_on__lt=models.OuterRef("starts_on"))
        return self.annotate(previous=models.Subquery(before.order_by("-starts_on").values("rate")[:1]))


@pghistory.track()
class ExchangeRate(RecordModel):
    """Base currency for one unit of `currency`, from `starts_on` until the next rate of its kind."""

    currency = models.ForeignKey(Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="rates")
    kind = models.CharField(
        pgettext_lazy("of a rate", "kind"), max_length=10, choices=RateKind.choices, default=RateKind.DAILY
    )
    starts_on = models.DateField(pgettext_lazy("of a rate", "from"))
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)
    source = models.CharField(pgettext_lazy("of a rate", "source"), max_length=60, blank=True)

    objects: ClassVar[Any] = RateQuerySet.as_manager()
    scope = Reference("public list")

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-starts_on", "currency", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "kind", "starts_on"],
                name="exchange_rate_once",
                violation_error_message=_("There is a rate of this currency for that day already: change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(rate__gt=0),
                name="exchange_rate_positive",
                violation_error_message=_("The rate must be larger than zero."),
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "id"], name="exchange_rate_day")]

    def __str__(self) -> str:
        return f"{self.currency_id} {self.starts_on}: {self.rate}"
