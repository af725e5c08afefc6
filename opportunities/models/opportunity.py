"""Opportunities and their way through the funnel."""

from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ExtraModel, ListedField, extra_index
from crm.transitions import Transitions
from opportunities import rules
from opportunities.enums import ForecastCategory, OpportunityCategory, OpportunityDimension
from opportunities.models.stage import Stage
from opportunities.querysets import OpportunityQuerySet, StageChangeQuerySet


@pghistory.track(exclude=["search_text", "probability", "standard_days"])
class Opportunity(ExtraModel, OwnedModel):
    """A chance to sell. `amount` is a year's worth: our volume at the proposed price, or else at the market price.

    `probability` (%) and `standard_days` are what its stage meant when it came there (opportunities/paths.py).
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="opportunities"
    )
    end_customer = models.ForeignKey(
        "customers.Customer",
        verbose_name=_("end customer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whom the distributor supplies with it."),
    )
    lead = models.ForeignKey(
        "leads.Lead",
        verbose_name=_("lead"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stage = models.ForeignKey(
        Stage, verbose_name=_("stage"), on_delete=models.PROTECT, related_name="opportunities", editable=False
    )
    stage_since = models.DateTimeField(_("in the stage since"), editable=False)
    probability = models.PositiveSmallIntegerField(_("win probability (%)"), default=0, editable=False)
    standard_days = models.PositiveSmallIntegerField(_("standard days"), default=30, editable=False)
    assigned_on = models.DateField(_("assigned on"), null=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    converted_on = models.DateField(_("contract or order on"), null=True, editable=False)
    expected_close_on = models.DateField(_("expected close"), null=True, blank=True)

    forecast_category = models.CharField(
        _("forecast"), max_length=10, choices=ForecastCategory.choices, default=ForecastCategory.PIPELINE
    )
    slip_count = models.PositiveSmallIntegerField(_("times put off"), default=0, editable=False)

    # stage 1: requirement confirmed
    demand_kg = models.DecimalField(_("customer's demand (kg)"), max_digits=18, decimal_places=3, null=True, blank=True)
    our_volume_kg = models.DecimalField(
        _("our expected volume (kg)"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    market_price = models.DecimalField(
        _("market price (per kg)"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    need = models.TextField(_("customer's problem and need"), blank=True)
    competitors = models.CharField(_("competitors"), max_length=200, blank=True)
    source = ListedField(_("source"), list_key="opportunity_source", blank=True)
    category = models.CharField(_("category"), max_length=20, choices=OpportunityCategory.choices, blank=True)
    dimension = models.CharField(_("dimension"), max_length=20, choices=OpportunityDimension.choices, blank=True)
    application = models.CharField(_("market and application"), max_length=200, blank=True)
    target_function = models.CharField(_("target function"), max_length=200, blank=True)
    buying_motive = models.CharField(_("buying motive"), max_length=200, blank=True)
    timing = models.CharField(_("timing expected"), max_length=200, blank=True)
    certification = models.CharField(_("certification required"), max_length=200, blank=True)

    ramp_months = models.PositiveSmallIntegerField(
        _("months to full volume"),
        null=True,
        blank=True,
        help_text=_("After the win, until our expected volume is reached."),
    )

    # stage 2 and 3
    specification = models.JSONField(_("technical specification"), default=dict, blank=True)
    process = models.TextField(_("customer's process"), blank=True)
    solution = models.TextField(_("solution"), blank=True)

    gate_answers = models.JSONField(_("ticks and documents"), default=dict, blank=True, editable=False)

    # stage 4: negotiation
    proposed_price = models.DecimalField(
        _("proposed price (per kg)"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    support_needed = models.CharField(_("support needed"), max_length=200, blank=True)

    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False)
    amount_base = models.DecimalField(
        _("amount in base currency"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    loss_reason = ListedField(_("reason of loss"), list_key="loss_reason", blank=True, editable=False)
    lost_to = models.CharField(_("lost to"), max_length=100, blank=True, editable=False)
    lost_price = models.DecimalField(
        _("price of the winner (per kg)"), max_digits=18, decimal_places=4, null=True, blank=True, editable=False
    )
    loss_review = models.TextField(
        _("review of the loss"), blank=True, help_text=_("What we should have done otherwise, and what we do now.")
    )
    search_text = models.TextField(editable=False, default="")

    approved_target: int | None = None  # the stage that the move in hand was approved for

    objects: ClassVar[Any] = OpportunityQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="stage",
        since="stage_since",
        history="stage_changes",
        allowed=rules.allowed,
        guards=(rules.check_path, rules.check_gate, rules.check_approval, rules.check_loss),
        needs_reason=rules.needs_reason,
    )

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["-id"]
        permissions = [("transfer_opportunity", _("Can hand opportunities over to another owner"))]
        constraints = [
            models.CheckConstraint(
                condition=(Q(demand_kg__isnull=True) | Q(demand_kg__gte=0))
                & (Q(our_volume_kg__isnull=True) | Q(our_volume_kg__gte=0)),
                name="opportunity_volumes_not_negative",
                violation_error_message=_("The customer's demand and our volume must not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(proposed_price__isnull=True) | Q(proposed_price__gt=0),
                name="opportunity_proposed_price_positive",
                violation_error_message=_("The proposed price must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(demand_kg__isnull=True)
                | Q(our_volume_kg__isnull=True)
                | Q(our_volume_kg__lte=F("demand_kg")),
                name="opportunity_volume_within_demand",
                violation_error_message=_("Our volume must not be larger than the customer's demand."),
            ),
            models.CheckConstraint(
                condition=Q(market_price__isnull=True) | Q(market_price__gt=0),
                name="opportunity_price_positive",
                violation_error_message=_("The market price must be larger than zero."),
            ),
        ]
        indexes = [
            search_index("opportunity_search"),
            extra_index("opportunity_extra"),
            models.Index(fields=["stage", "expected_close_on", "id"], name="opportunity_stage_close"),
            models.Index(fields=["owner", "stage", "expected_close_on"], name="opportunity_owner_stage"),
            models.Index(fields=["team", "stage", "expected_close_on"], name="opportunity_team_stage"),
            models.Index(fields=["business_unit", "stage", "expected_close_on"], name="opportunity_unit_stage"),
            models.Index(fields=["expected_close_on", "id"], name="opportunity_close"),
            models.Index(fields=["amount_base", "id"], name="opportunity_amount"),
            models.Index(fields=["assigned_on"], name="opportunity_assigned"),
            models.Index(fields=["closed_on"], name="opportunity_closed", condition=Q(closed_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class OpportunityStageChange(StateChange, BaseModel):
    """A move through the funnel. The first row of an opportunity has no source: it began in that stage.

    What the stage that was left had meant (win probability, standard days) is kept, so that figures of the past stay.
    """

    record = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="stage_changes")
    source = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+", null=True)
    target = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    probability_left = models.PositiveSmallIntegerField(null=True)
    days_left = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[Any] = StageChangeQuerySet.as_manager()
    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("stage change")
