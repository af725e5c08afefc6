"""Shipments: outbound deliveries of the ERP."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.enums import ShipmentStatus
from orders.models.document import IN_SCOPE, Document, DocumentLine, changes_only, document
from orders.models.order import SalesOrderLine


@changes_only("read_at")
class Shipment(Document):
    """An outbound delivery."""

    planned_on = models.DateField(_("planned goods issue"), null=True)
    delivery_on = models.DateField(_("delivery date"), null=True)
    shipped_on = models.DateField(_("shipped on"), null=True)
    received_on = models.DateField(_("receipt confirmed on"), null=True)
    status = models.CharField(
        _("status"), max_length=20, choices=ShipmentStatus.choices, default=ShipmentStatus.PLANNED
    )
    carrier_reference = models.CharField(_("bill of lading"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["-planned_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["number"], name="shipment_number_unique")]
        indexes = [
            models.Index(fields=["customer", "planned_on"], name="shipment_customer"),
            models.Index(fields=["planned_on", "id"], include=IN_SCOPE, name="shipment_planned"),
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="shipment_number_begins"),
            models.Index(fields=["owner", "planned_on"], name="shipment_owner"),
            models.Index(fields=["team", "planned_on"], name="shipment_team"),
            models.Index(fields=["business_unit", "planned_on"], name="shipment_unit"),
        ]


@changes_only("order_line")
class ShipmentLine(DocumentLine):
    """A line of a delivery. It names the order line it fulfils; the link is empty until that order has been read."""

    shipment = document(Shipment, _("shipment"))
    order_number = models.CharField(_("order"), max_length=40, blank=True)
    order_item = models.PositiveIntegerField(_("order item"), null=True)
    order_line = models.ForeignKey(
        SalesOrderLine,
        verbose_name=_("order line"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="shipment_lines",
    )
    batch = models.CharField(_("batch"), max_length=40, blank=True)
    shipped_on = models.DateField(_("shipped on"), null=True)

    trail_parent = "shipment"

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")
        ordering = ["shipment", "item"]
        constraints = [models.UniqueConstraint(fields=["shipment", "item"], name="shipment_line_unique")]
        indexes = [
            models.Index(fields=["order_number", "order_item"], name="shipment_line_order"),
            models.Index(fields=["shipped_on"], name="shipment_line_shipped"),
            models.Index(fields=["customer"], name="shipment_line_customer"),
            models.Index(fields=["owner"], name="shipment_line_owner"),
            models.Index(fields=["team"], name="shipment_line_team"),
            models.Index(
                fields=["order_number"], condition=models.Q(order_line__isnull=True), name="shipment_line_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id}/{self.item}"
