"""What passed between us and a customer, month by month."""

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import ViaParent

MONTHS = 24  # from January of last year on, whatever the month


def _months() -> models.Field:
    return ArrayField(models.DecimalField(max_digits=18, decimal_places=3), default=list)


class CustomerCourse(BaseModel):
    """24 months of a customer in base currency and kg, oldest first, `until` the last; refreshed with its figures, never typed.

    Net amounts, but what was received is gross. Customers without business in that time have none. `drop_told` is the month whose
    drop in volume the owner was told of.
    """

    customer = models.OneToOneField(
        "customers.Customer", on_delete=models.CASCADE, primary_key=True, related_name="course"
    )
    until = models.DateField(_("last month"))
    ordered = _months()
    shipped = _months()
    invoiced = _months()
    received = _months()
    volume_kg = _months()
    drop_told = models.DateField(null=True)

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("months of a customer")
        verbose_name_plural = _("months of customers")

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.until:%Y-%m}"

    def value(self, name: str, month: dt.date) -> Decimal | None:
        """What a month has of it; None for one that is not covered."""
        values: list[Decimal] = getattr(self, name)
        back = (self.until.year - month.year) * 12 + self.until.month - month.month
        return values[-1 - back] if 0 <= back < len(values) else None
