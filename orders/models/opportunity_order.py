"""Which orders came of an opportunity."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import ViaParent
from orders.models.order import SalesOrder


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class OpportunityOrder(RecordModel):
    """An order that came of an opportunity; the first one says when the opportunity turned into business."""

    opportunity = models.ForeignKey(
        "opportunities.Opportunity", verbose_name=_("opportunity"), on_delete=models.CASCADE, related_name="+"
    )
    order = models.ForeignKey(SalesOrder, verbose_name=_("sales order"), on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()
    scope = ViaParent("opportunity")
    trail_parent = "opportunity"

    class Meta:
        verbose_name = _("order of an opportunity")
        verbose_name_plural = _("orders of opportunities")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "order"],
                name="opportunity_order_once",
                violation_error_message=_("This order is linked already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} · {self.opportunity}"
