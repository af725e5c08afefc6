"""What the ERP says of an order's lines beyond them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import ViaParent
from orders.models.order import SalesOrder


class OrderDetail(BaseModel):
    """Price conditions and schedule lines of an order, as orders.domain.details reads and writes them."""

    order = models.OneToOneField(
        SalesOrder,
        verbose_name=_("order"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="detail",
        db_constraint=False,  # written by a join with the orders (docs/decisions/0018)
    )
    conditions = models.JSONField(_("price conditions"), default=list)
    schedule = models.JSONField(_("schedule lines"), default=list)

    scope = ViaParent("order")

    class Meta:
        verbose_name = _("order details")
        verbose_name_plural = _("order details")

    def __str__(self) -> str:
        return f"{self.order_id}"
