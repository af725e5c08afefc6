"""Order requests: what a customer ordered by accepting a quote, on its way to the ERP."""

from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, StateChange, search_index
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from orders.enums import OrderRequestState


class OrderRequestQuerySet(ScopedQuerySet):
    """Rows by where they stand."""

    def drafts(self) -> "OrderRequestQuerySet":
        """Those not handed in."""
        return self.filter(state=OrderRequestState.DRAFT)


@pghistory.track(exclude=["search_text"])
class OrderRequest(OwnedModel):
    """An order as the customer gave it, one for each accepted quote; submitted it waits until it is in the ERP."""

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    quote = models.OneToOneField(
        "opportunities.Quote", verbose_name=_("quote"), on_delete=models.PROTECT, editable=False, related_name="+"
    )
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="+"
    )
    currency = models.ForeignKey("crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+")
    payment_terms = ListedField(_("payment terms"), list_key="payment_terms", blank=True)
    delivery_terms = ListedField(_("delivery terms"), list_key="delivery_terms", blank=True)
    delivery_place = models.CharField(_("place of delivery"), max_length=200, blank=True)
    freight_amount = models.DecimalField(_("freight charged"), max_digits=18, decimal_places=2, null=True, blank=True)
    customer_reference = models.CharField(_("customer's reference"), max_length=60, blank=True)
    requested_on = models.DateField(_("requested delivery"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    net = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False)
    net_base = models.DecimalField(
        _("amount in base currency"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False
    )
    state = models.CharField(
        _("status"),
        max_length=10,
        choices=OrderRequestState.choices,
        default=OrderRequestState.DRAFT,
        editable=False,
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    erp_number = models.CharField(_("number in the ERP"), max_length=20, blank=True, default="", editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = OrderRequestQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                OrderRequestState.DRAFT: [OrderRequestState.SUBMITTED],
                OrderRequestState.SUBMITTED: [OrderRequestState.DRAFT, OrderRequestState.ENTERED],
            }
        ),
        needs_reason=lambda source, target: target == OrderRequestState.DRAFT,
    )

    class Meta:
        verbose_name = _("order request")
        verbose_name_plural = _("order requests")
        ordering = ["-id"]
        indexes = [
            search_index("order_request_search"),
            models.Index(fields=["customer", "id"], name="order_request_customer"),
            models.Index(fields=["state", "id"], name="order_request_state"),
            models.Index(fields=["created_at", "id"], name="order_request_created"),
            models.Index(fields=["net_base", "id"], name="order_request_net"),
            models.Index(fields=["owner", "id"], name="order_request_owner"),
            models.Index(fields=["team", "id"], name="order_request_team"),
            models.Index(fields=["business_unit", "id"], name="order_request_unit"),
        ]

    def __str__(self) -> str:
        return self.code


class OrderRequestStateChange(StateChange, BaseModel):
    """A move of an order request."""

    record = models.ForeignKey(OrderRequest, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=OrderRequestState.choices)
    target = models.CharField(max_length=10, choices=OrderRequestState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of an order request")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OrderRequestLine(BaseModel):
    """What is ordered: product, quantity, price and day, as the quote said."""

    request = models.ForeignKey(OrderRequest, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("item"))
    product = models.ForeignKey("crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, related_name="+")
    description = models.CharField(_("description"), max_length=200, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    unit = models.ForeignKey("crm.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    price = models.DecimalField(_("price per unit"), max_digits=18, decimal_places=4)
    requested_on = models.DateField(_("requested delivery"), null=True, blank=True)
    net = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)

    scope = ViaParent("request")
    trail_parent = "request"

    class Meta:
        verbose_name = _("line of an order request")
        verbose_name_plural = _("lines of order requests")
        ordering = ["request", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="order_request_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0, price__gt=0), name="order_request_line_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.position}"
