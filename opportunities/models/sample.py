"""Samples (送样): what is asked for, sent with batch and certificate of analysis, tried by the customer and judged."""

from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, OwnedModel, RecordModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from opportunities import sample_rules as rules
from opportunities.enums import SampleKind, SampleSource, SampleState, SampleVerdict
from opportunities.querysets import SampleRequestQuerySet

VIEW_COST = "crm.view_cost"


@pghistory.track(exclude=["search_text", "owner_told_on", "manager_told_on"])
class SampleRequest(OwnedModel):
    """Samples for a customer, asked for and sent together.

    `product_line` and `product` are those of its first line, `cost_base` is what all lines cost. `owner_told_on` and
    `manager_told_on`: when they were told that the customer's answer is overdue.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="samples"
    )
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        verbose_name=_("opportunity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="samples",
    )
    development = models.ForeignKey(
        "opportunities.DevelopmentRequest",
        verbose_name=_("development request"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="samples",
    )
    contact = models.ForeignKey(
        "customers.Contact",
        verbose_name=_("contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ship_to = models.CharField(_("ship-to address"), max_length=300, blank=True)
    reason = ListedField(_("reason"), list_key="sample_reason", default="customer")
    purpose = models.TextField(_("purpose"))
    needed_on = models.DateField(_("needed on"), null=True, blank=True)
    requested_on = models.DateField(_("requested on"), editable=False)
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    state = models.CharField(
        _("status"), max_length=12, choices=SampleState.choices, default=SampleState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)

    # sent
    carrier = models.CharField(_("courier"), max_length=60, blank=True, editable=False)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True, editable=False)
    dispatched_on = models.DateField(_("dispatched on"), null=True, editable=False)
    no_coa_reason = models.CharField(_("why without COA"), max_length=200, blank=True, editable=False)
    received_on = models.DateField(pgettext_lazy("sample", "received on"), null=True, editable=False)

    # tried
    feedback_due_on = models.DateField(_("feedback due"), null=True, editable=False)
    evaluated_on = models.DateField(_("evaluated on"), null=True, editable=False)
    cycle_days = models.PositiveIntegerField(_("days from request to feedback"), null=True, editable=False)
    verdict = models.CharField(_("verdict"), max_length=12, choices=SampleVerdict.choices, blank=True, editable=False)
    verdict_comment = models.TextField(_("comment on the verdict"), blank=True, editable=False)
    failure = ListedField(_("why it failed"), list_key="sample_failure", blank=True, editable=False)
    owner_told_on = models.DateField(null=True, editable=False)
    manager_told_on = models.DateField(null=True, editable=False)

    cost_base = models.DecimalField(
        _("cost in base currency"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False
    )
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = SampleRequestQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    guarded = {"cost_base": VIEW_COST}
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(rules.MOVES),
        guards=(rules.check_dispatch, rules.check_receipt, rules.check_verdict),
        needs_reason=lambda source, target: target == SampleState.CANCELLED,
    )

    class Meta:
        verbose_name = _("sample request")
        verbose_name_plural = _("sample requests")
        ordering = ["-requested_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("dispatched_on")),
                name="sample_received_after_dispatch",
                violation_error_message=_("The customer cannot have received it before it was dispatched."),
            ),
            models.CheckConstraint(
                condition=Q(evaluated_on__isnull=True) | Q(evaluated_on__gte=F("received_on")),
                name="sample_evaluated_after_receipt",
                violation_error_message=_("The customer cannot have evaluated it before receiving it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SampleState.EVALUATED) | (Q(evaluated_on__isnull=False) & ~Q(verdict="")),
                name="sample_evaluated_has_verdict",
                violation_error_message=_("An evaluated sample needs the day and the verdict."),
            ),
            models.CheckConstraint(condition=Q(cost_base__gte=0), name="sample_cost_not_negative"),
        ]
        indexes = [
            search_index("sample_search"),
            models.Index(fields=["customer", "requested_on"], name="sample_customer"),
            models.Index(fields=["opportunity", "state"], name="sample_opportunity"),
            models.Index(fields=["state", "feedback_due_on", "id"], name="sample_state_due"),
            models.Index(fields=["owner", "state", "feedback_due_on"], name="sample_owner_state"),
            models.Index(fields=["team", "state"], name="sample_team_state"),
            models.Index(fields=["business_unit", "state"], name="sample_unit_state"),
            models.Index(fields=["requested_on", "id"], name="sample_requested"),
            models.Index(fields=["needed_on", "id"], name="sample_needed"),
            models.Index(fields=["dispatched_on", "id"], name="sample_dispatched"),
            models.Index(fields=["evaluated_on", "id"], name="sample_evaluated"),
            models.Index(fields=["feedback_due_on", "id"], name="sample_due"),
            models.Index(fields=["cost_base", "id"], name="sample_cost"),
        ]

    def __str__(self) -> str:
        return self.code


class SampleRequestStateChange(StateChange, BaseModel):
    """A move of a sample request."""

    record = models.ForeignKey(SampleRequest, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=12, choices=SampleState.choices)
    target = models.CharField(max_length=12, choices=SampleState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a sample request")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SampleLine(RecordModel):
    """A sample: a product of the catalogue, or one of the laboratory that a description names."""

    request = models.ForeignKey(SampleRequest, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    description = models.CharField(_("laboratory sample"), max_length=200, blank=True)
    kind = models.CharField(
        pgettext_lazy("sample", "kind"), max_length=12, choices=SampleKind.choices, default=SampleKind.COMMERCIAL
    )
    source = models.CharField(_("taken from"), max_length=10, choices=SampleSource.choices, default=SampleSource.STOCK)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    unit = models.ForeignKey("crm.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    batch = models.CharField(_("batch"), max_length=40, blank=True)
    coa_number = models.CharField(_("COA number"), max_length=60, blank=True)
    coa = models.ForeignKey(
        "crm.Attachment", verbose_name=_("COA file"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    unit_cost = models.DecimalField(_("cost per unit"), max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.ForeignKey(
        "crm.Currency",
        verbose_name=_("currency of the cost"),
        on_delete=models.PROTECT,
        default="CNY",
        related_name="+",
    )

    scope = ViaParent("request")
    trail_parent = "request"
    guarded = {"unit_cost": VIEW_COST, "currency": VIEW_COST}

    class Meta:
        verbose_name = _("line of a sample request")
        verbose_name_plural = _("lines of sample requests")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False) | ~Q(description=""),
                name="sample_line_says_what",
                violation_error_message=_("Choose a product, or describe the laboratory sample."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="sample_line_quantity_positive",
                violation_error_message=_("The quantity must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(unit_cost__isnull=True) | Q(unit_cost__gte=0),
                name="sample_line_cost_not_negative",
                violation_error_message=_("The cost must not be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What is sent, in words."""
        return " · ".join(filter(None, (self.product.label if self.product else "", self.description)))

    @property
    def currency_code(self) -> str:
        """The currency of its cost by the ISO code."""
        return str(self.currency_id)

    @property
    def has_coa(self) -> bool:
        """Whether its certificate of analysis is there, as a file or as a number."""
        return bool(self.coa_number or self.coa_id)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SampleCriterion(BaseModel):
    """What the customer's trial of a sample measured."""

    request = models.ForeignKey(SampleRequest, on_delete=models.CASCADE, related_name="criteria")
    line = models.ForeignKey(SampleLine, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(pgettext_lazy("sample", "criterion"), max_length=100)
    required = models.CharField(pgettext_lazy("sample", "required"), max_length=100, blank=True)
    measured = models.CharField(_("measured"), max_length=100, blank=True)
    met = models.BooleanField(_("met"), null=True, blank=True)

    scope = ViaParent("request")
    trail_parent = "request"

    class Meta:
        verbose_name = _("criterion of a sample")
        verbose_name_plural = _("criteria of samples")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
