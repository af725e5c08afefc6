"""Marketing campaigns."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, StateChange, search_index
from crm.base.scopes import ViaParent
from crm.records.models import ExtraModel, extra_index
from crm.transitions import Transitions, moves
from leads.enums import CampaignKind, CampaignOrigin, CampaignState
from leads.querysets import CampaignQuerySet


@pghistory.track(exclude=["search_text"])
class Campaign(ExtraModel, OwnedModel):
    """A marketing campaign, of the annual plan or on demand."""

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("type"), max_length=20, choices=CampaignKind.choices)
    origin = models.CharField(_("origin"), max_length=10, choices=CampaignOrigin.choices, default=CampaignOrigin.ANNUAL)
    state = models.CharField(
        _("status"), max_length=20, choices=CampaignState.choices, default=CampaignState.PLANNED, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False, null=True)
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    completed_on = models.DateField(_("completed on"), null=True, editable=False)
    budget = models.DecimalField(_("budget"), max_digits=18, decimal_places=2, default=0)
    spent = models.DecimalField(_("spent"), max_digits=18, decimal_places=2, default=0)
    planned_leads = models.PositiveIntegerField(_("planned leads"), default=0)
    goal = models.TextField(_("goal"), blank=True)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = CampaignQuerySet.as_manager()
    remote_choices = True
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                CampaignState.PLANNED: [CampaignState.APPROVED, CampaignState.CANCELLED],
                CampaignState.APPROVED: [CampaignState.RUNNING, CampaignState.CANCELLED],
                CampaignState.RUNNING: [CampaignState.COMPLETED, CampaignState.CANCELLED],
            }
        ),
        needs_reason=lambda source, target: target == CampaignState.CANCELLED,
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "-id"]
        permissions = [("approve_campaign", _("Can approve campaigns"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=0),
                name="campaign_budget_not_negative",
                violation_error_message=_("The budget must not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(spent__gte=0),
                name="campaign_spent_not_negative",
                violation_error_message=_("What was spent must not be negative."),
            ),
        ]
        indexes = [
            extra_index("campaign_extra"),
            search_index("campaign_search"),
            models.Index(fields=["starts_on", "id"], name="campaign_starts"),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignStateChange(StateChange, BaseModel):
    """A move of a campaign."""

    record = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=20, choices=CampaignState.choices)
    target = models.CharField(max_length=20, choices=CampaignState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a campaign")
