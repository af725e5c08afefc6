"""Currencies and their rates."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference


@pghistory.track()
class Currency(BaseModel):
    """A currency by its ISO 4217 code."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2)

    scope = Reference("public list")

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class ExchangeRate(BaseModel):
    """Base currency for one unit of `currency`, from `starts_on` until the next rate."""

    currency = models.ForeignKey(Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="rates")
    starts_on = models.DateField(_("from"))
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)

    scope = Reference("public list")

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "starts_on"], name="exchange_rate_unique"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="exchange_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency_id} {self.starts_on}: {self.rate}"
