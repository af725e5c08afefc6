"""Sales orders."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from orders.enums import OrderStatus
from orders.models.document import IN_SCOPE, Document, DocumentLine, changes_only, document
from orders.querysets import SalesOrderLineQuerySet, SalesOrderQuerySet


@changes_only("read_at")
class SalesOrder(Document):
    """A sales order of the ERP. `net` amounts leave out rejected lines."""

    kind = models.CharField(_("order type"), max_length=10, blank=True)
    customer_reference = models.CharField(_("customer's reference"), max_length=60, blank=True)
    ordered_on = models.DateField(_("order date"))
    requested_on = models.DateField(_("requested delivery"), null=True)
    status = models.CharField(_("status"), max_length=20, choices=OrderStatus.choices, default=OrderStatus.OPEN)
    net = models.DecimalField(_("net amount"), max_digits=18, decimal_places=3)
    net_base = models.DecimalField(_("net amount in base currency"), max_digits=18, decimal_places=2)

    objects: ClassVar[Any] = SalesOrderQuerySet.as_manager()
    remote_choices = True

    class Meta:
        verbose_name = _("sales order")
        verbose_name_plural = _("sales orders")
        ordering = ["-ordered_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["number"], name="sales_order_number_unique")]
        indexes = [
            models.Index(fields=["customer", "ordered_on"], name="sales_order_customer"),
            models.Index(fields=["ordered_on", "id"], include=IN_SCOPE, name="sales_order_date"),
            models.Index(fields=["net_base", "id"], include=IN_SCOPE, name="sales_order_net"),
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="sales_order_number_begins"),
            models.Index(
                OpClass(Upper("customer_reference"), name="text_pattern_ops"), name="sales_order_reference_begins"
            ),
            models.Index(fields=["owner", "ordered_on"], name="sales_order_owner"),
            models.Index(fields=["team", "ordered_on"], name="sales_order_team"),
            models.Index(fields=["business_unit", "ordered_on"], name="sales_order_unit"),
        ]


@changes_only("shipped_on", "shipped_base")
class SalesOrderLine(DocumentLine):
    """A line of a sales order. `promised_on` is the confirmed delivery date; `shipped_on` the day the last part left."""

    order = document(SalesOrder, _("order"))
    ordered_on = models.DateField(_("order date"))
    promised_on = models.DateField(_("promised for"), null=True)
    shipped_on = models.DateField(_("shipped in full on"), null=True)
    shipped_base = models.DecimalField(_("shipped, base unit"), max_digits=18, decimal_places=3, default=0)
    rejected = models.BooleanField(_("rejected"), default=False)
    net = models.DecimalField(_("net amount"), max_digits=18, decimal_places=3)
    net_base = models.DecimalField(_("net amount in base currency"), max_digits=18, decimal_places=2)

    objects: ClassVar[Any] = SalesOrderLineQuerySet.as_manager()

    trail_parent = "order"

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["order", "item"]
        constraints = [models.UniqueConstraint(fields=["order", "item"], name="order_line_unique")]
        indexes = [
            models.Index(fields=["ordered_on", "id"], name="order_line_date"),
            models.Index(fields=["promised_on", "id"], name="order_line_promised"),
            models.Index(
                fields=["promised_on", "id"],
                condition=models.Q(shipped_on__isnull=True, rejected=False),
                name="order_line_waiting",
            ),
            models.Index(fields=["customer", "ordered_on"], name="order_line_customer"),
            models.Index(fields=["owner"], name="order_line_owner"),
            models.Index(fields=["team"], name="order_line_team"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.item}"
