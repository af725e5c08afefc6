"""Quotes: what a customer is offered, at which price and until when. docs/quotes.md explains them."""

from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, OwnedModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.catalogue.models.cost import VIEW_COST
from crm.catalogue.models.price import FLOOR
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from opportunities.enums import QuoteLanguage, QuoteState
from opportunities.querysets import QuoteQuerySet

_S = QuoteState


@pghistory.track(exclude=["search_text"])
class Quote(OwnedModel):
    """A version of a quote: all versions have the same `number`, `edition` counts them, `code` names this one.

    `requested_at` is when it was asked for, `quoted_on` the day whose lists, costs and indexes it is priced by; `sent_on` the
    day it first went out, `response_hours` how long that took. `product_line` and `product` are those of its first line.
    """

    code = models.CharField(_("number"), max_length=30, unique=True, editable=False)
    number = models.CharField(_("number of all versions"), max_length=20, editable=False)
    edition = models.PositiveSmallIntegerField(_("version of the quote"), default=1, editable=False)
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", verbose_name=_("opportunity"), on_delete=models.PROTECT, related_name="quotes"
    )
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="quotes"
    )
    contact = models.ForeignKey(
        "customers.Contact",
        verbose_name=_("contact"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    region = models.ForeignKey(
        "crm.Region",
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    product = models.ForeignKey(
        "crm.Product",
        verbose_name=_("product"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    payment_terms = ListedField(_("payment terms"), list_key="payment_terms", blank=True)
    delivery_terms = ListedField(_("delivery terms"), list_key="delivery_terms", blank=True)
    delivery_place = models.CharField(_("place of delivery"), max_length=200, blank=True)
    freight_amount = models.DecimalField(_("freight charged"), max_digits=18, decimal_places=2, null=True, blank=True)
    valid_until = models.DateField(pgettext_lazy("quote", "valid until"))
    language = models.CharField(
        _("language"), max_length=10, choices=QuoteLanguage.choices, default=QuoteLanguage.CHINESE
    )
    remark = models.TextField(_("remark for the customer"), blank=True)
    requested_at = models.DateTimeField(_("asked for at"))
    quoted_on = models.DateField(_("priced on"), editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    response_hours = models.DecimalField(
        _("hours until it was sent"), max_digits=12, decimal_places=2, null=True, editable=False
    )
    state = models.CharField(
        _("status"), max_length=10, choices=QuoteState.choices, default=QuoteState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    below_floor = models.BooleanField(_("a price is below the floor price"), default=False, editable=False)
    floor_reason = models.TextField(_("why below the floor price"), blank=True, editable=False)
    net = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False)
    net_base = models.DecimalField(
        _("amount in base currency"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False
    )
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = QuoteQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                _S.DRAFT: [_S.PENDING, _S.APPROVED],
                _S.PENDING: [_S.APPROVED, _S.DRAFT],
                _S.APPROVED: [_S.SENT, _S.DRAFT, _S.EXPIRED, _S.SUPERSEDED],
                _S.SENT: [_S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.SUPERSEDED],
                _S.DECLINED: [_S.SUPERSEDED],
                _S.EXPIRED: [_S.SUPERSEDED],
            }
        ),
        needs_reason=lambda source, target: target in (_S.DECLINED, _S.PENDING),
    )

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["number", "edition"], name="quote_edition_once"),
            models.CheckConstraint(
                condition=Q(freight_amount__isnull=True) | Q(freight_amount__gte=0),
                name="quote_freight_not_negative",
                violation_error_message=_("The freight must not be negative."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[_S.SENT, _S.ACCEPTED, _S.DECLINED]) | Q(sent_on__isnull=False),
                name="quote_sent_has_its_day",
            ),
        ]
        indexes = [
            search_index("quote_search"),
            models.Index(fields=["opportunity", "state"], name="quote_opportunity"),
            models.Index(fields=["customer", "id"], name="quote_customer"),
            models.Index(fields=["state", "valid_until", "id"], name="quote_state_end"),
            models.Index(fields=["valid_until", "id"], name="quote_end"),
            models.Index(fields=["sent_on", "id"], name="quote_sent_on"),
            models.Index(fields=["net_base", "id"], name="quote_net"),
            models.Index(fields=["created_at", "id"], name="quote_created"),
            models.Index(fields=["owner", "id"], name="quote_owner"),
            models.Index(fields=["team", "id"], name="quote_team"),
            models.Index(fields=["business_unit", "id"], name="quote_unit"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def currency_code(self) -> str:
        """The currency by its ISO code."""
        return str(self.currency_id)


class QuoteStateChange(StateChange, BaseModel):
    """A move of a quote."""

    record = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=QuoteState.choices)
    target = models.CharField(max_length=10, choices=QuoteState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a quote")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class QuoteLine(BaseModel):
    """A line of a quote. List and floor price, cost and index are kept as they stood on the quote's day.

    `breaks` are lower prices from larger quantities on: [{"from": "1000", "price": "31.5"}]. A formula price is the value of
    `index`, per the line's unit and in the quote's currency, and the premium. `floor_gap` is by how many per cent the lowest of
    its prices lies below the floor price of its quantity.
    """

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("item"), default=1)
    product = models.ForeignKey("crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, related_name="+")
    description = models.CharField(_("description"), max_length=200, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    unit = models.ForeignKey("crm.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    price = models.DecimalField(_("price per unit"), max_digits=18, decimal_places=4, null=True, blank=True)
    breaks = models.JSONField(_("price breaks"), default=list, blank=True)
    index = models.ForeignKey(
        "opportunities.PriceIndex",
        verbose_name=_("price index"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    premium = models.DecimalField(_("premium"), max_digits=18, decimal_places=4, null=True, blank=True)
    index_value = models.DecimalField(
        _("value of the index"), max_digits=18, decimal_places=4, null=True, editable=False
    )
    index_on = models.DateField(_("index of"), null=True, editable=False)
    index_part = models.DecimalField(
        _("index per unit of the line"), max_digits=18, decimal_places=4, null=True, editable=False
    )
    requested_on = models.DateField(_("requested delivery"), null=True, blank=True)
    freight = models.DecimalField(
        _("freight in the price, per unit"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    guide_price = models.DecimalField(_("list price"), max_digits=18, decimal_places=4, null=True, editable=False)
    floor_price = models.DecimalField(_("floor price"), max_digits=18, decimal_places=4, null=True, editable=False)
    floor_gap = models.DecimalField(
        _("below the floor price (%)"), max_digits=7, decimal_places=2, null=True, editable=False
    )
    unit_cost = models.DecimalField(_("cost per unit"), max_digits=18, decimal_places=4, null=True, editable=False)
    net = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False)

    scope = ViaParent("quote")
    trail_parent = "quote"
    guarded = {"floor_price": FLOOR, "floor_gap": FLOOR, "unit_cost": VIEW_COST}

    class Meta:
        verbose_name = _("quote line")
        verbose_name_plural = _("quote lines")
        ordering = ["quote", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="quote_line_quantity_positive",
                violation_error_message=_("The quantity must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0),
                name="quote_line_price_positive",
                violation_error_message=_("The price must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(freight__isnull=True) | Q(freight__gte=0),
                name="quote_line_freight_not_negative",
                violation_error_message=_("The freight must not be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id}/{self.position}"

    @property
    def margin(self) -> Decimal | None:
        """The share of the price that is left above cost and freight; for readers with VIEW_COST only."""
        if self.unit_cost is None or not self.price:
            return None
        return (self.price - (self.freight or Decimal(0)) - self.unit_cost) / self.price
