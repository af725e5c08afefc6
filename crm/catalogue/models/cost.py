"""What products cost the company."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel
from crm.base.scopes import Reference
from crm.catalogue.models.product import Product, Unit

VIEW_COST = "crm.view_cost"


@pghistory.track()
class Cost(RecordModel):
    """The standard cost of one unit of a product, from a day until the next one of the product.

    Costs and the margins worked out from them are for those with VIEW_COST only, whatever else they may see of a product.
    """

    product = models.ForeignKey(Product, verbose_name=_("product"), on_delete=models.PROTECT, related_name="costs")
    amount = models.DecimalField(_("standard cost"), max_digits=18, decimal_places=4)
    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("per unit"), on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(pgettext_lazy("of a cost", "from"))

    scope = Reference("whoever has the right to see costs sees those of all products")
    trail_parent = "product"
    guarded = {"amount": VIEW_COST, "currency": VIEW_COST, "unit": VIEW_COST}

    class Meta:
        verbose_name = _("standard cost")
        verbose_name_plural = _("standard costs")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "starts_on"],
                name="cost_once",
                violation_error_message=_("The product has a cost from that day already: change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="cost_positive",
                violation_error_message=_("The cost must be larger than zero."),
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "id"], name="cost_day")]

    def __str__(self) -> str:
        return f"{self.product} · {self.starts_on}"

    @property
    def currency_code(self) -> str:
        """The currency by its ISO code."""
        return str(self.currency_id)
