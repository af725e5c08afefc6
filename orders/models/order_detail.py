"""What the ERP says of an order line beyond it: price conditions and schedule lines. They are shown, and count in no figure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import ViaParent
from orders.models.order import SalesOrderLine


class OrderCondition(BaseModel):
    """A condition of a line's price. `rate` is an amount in `currency` for `per` `unit`, or a percentage where that is empty.

    Statistical and inactive ones add nothing to the price. Costs are no conditions here: whoever sees prices need not see them.
    """

    line = models.ForeignKey(
        SalesOrderLine,
        verbose_name=_("order line"),
        on_delete=models.CASCADE,
        related_name="conditions",
        db_index=False,  # the unique constraint begins with it
        db_constraint=False,  # written by a join with the lines (docs/decisions/0018)
    )
    step = models.PositiveSmallIntegerField(_("step"))
    counter = models.PositiveSmallIntegerField(_("counter"))
    kind = models.CharField(_("condition type"), max_length=4)
    rate = models.DecimalField(_("rate"), max_digits=24, decimal_places=9)
    currency = models.CharField(_("currency"), max_length=5, blank=True)
    per = models.DecimalField(_("per quantity"), max_digits=9, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=3)
    statistical = models.BooleanField(_("statistical"), default=False)
    inactive = models.BooleanField(_("inactive"), default=False)

    scope = ViaParent("line")

    class Meta:
        verbose_name = _("price condition")
        verbose_name_plural = _("price conditions")
        ordering = ["line", "step", "counter"]
        constraints = [models.UniqueConstraint(fields=["line", "step", "counter"], name="order_condition_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.step}/{self.counter}"


class OrderSchedule(BaseModel):
    """A schedule line: a part of a line's quantity, wanted and confirmed for a day. Quantities are in the line's unit.

    A line that is confirmed as a whole for one day says all of it itself, and has no row here: that spares one row per line.
    """

    line = models.ForeignKey(
        SalesOrderLine,
        verbose_name=_("order line"),
        on_delete=models.CASCADE,
        related_name="schedule",
        db_index=False,  # the unique constraint begins with it
        db_constraint=False,  # written by a join with the lines (docs/decisions/0018)
    )
    number = models.PositiveSmallIntegerField(_("schedule line"))
    requested_on = models.DateField(_("requested delivery"), null=True)
    confirmed_on = models.DateField(_("confirmed for"), null=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    confirmed = models.DecimalField(_("confirmed quantity"), max_digits=18, decimal_places=3)
    delivered = models.DecimalField(_("delivered quantity"), max_digits=18, decimal_places=3)

    scope = ViaParent("line")

    class Meta:
        verbose_name = _("schedule line")
        verbose_name_plural = _("schedule lines")
        ordering = ["line", "number"]
        constraints = [models.UniqueConstraint(fields=["line", "number"], name="order_schedule_unique")]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.number}"
