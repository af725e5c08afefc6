"""Price indexes: published prices of raw materials that formula prices follow."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import NamedModel, RecordModel
from crm.base.scopes import Reference, ViaParent


@pghistory.track()
class PriceIndex(NamedModel):
    """A price that somebody publishes: the DMC of East China, LME copper. Its values are per `unit`, in `currency`."""

    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    unit = models.ForeignKey("crm.Unit", verbose_name=_("per unit"), on_delete=models.PROTECT, related_name="+")
    publisher = models.CharField(_("published by"), max_length=100, blank=True)
    is_active = models.BooleanField(pgettext_lazy("price list", "in use"), default=True)

    scope = Reference("published prices; everybody who quotes needs them")

    class Meta(NamedModel.Meta):
        verbose_name = _("price index")
        verbose_name_plural = _("price indexes")


@pghistory.track()
class PriceIndexValue(RecordModel):
    """What an index stands at from a day until its next value."""

    index = models.ForeignKey(
        PriceIndex, verbose_name=_("price index"), on_delete=models.CASCADE, related_name="values_by_day"
    )
    starts_on = models.DateField(pgettext_lazy("of a rate", "from"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    scope = ViaParent("index")
    trail_parent = "index"

    class Meta:
        verbose_name = _("value of a price index")
        verbose_name_plural = _("values of price indexes")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["index", "starts_on"],
                name="price_index_value_once",
                violation_error_message=_("The index has a value from that day already: change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(value__gt=0),
                name="price_index_value_positive",
                violation_error_message=_("The value must be larger than zero."),
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "id"], name="price_index_value_day")]

    def __str__(self) -> str:
        return f"{self.index} · {self.starts_on}"
