"""Leads."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ExtraModel, ListedField, extra_index
from crm.transitions import Transitions, moves
from leads.enums import LeadState
from leads.models.campaign import Campaign
from leads.querysets import LeadQuerySet


@pghistory.track(exclude=["search_text"])
class Lead(ExtraModel, OwnedModel):
    """Somebody who may need what we make."""

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    company_name = models.CharField(_("company"), max_length=200)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    need = models.TextField(_("need"), blank=True)
    source = ListedField(_("source"), list_key="lead_source", default="referral")
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.PROTECT, null=True, blank=True, related_name="leads"
    )
    customer = models.ForeignKey(
        "customers.Customer",
        verbose_name=_("customer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
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
    expected_amount = models.DecimalField(_("expected amount"), max_digits=18, decimal_places=2, null=True, blank=True)
    state = models.CharField(
        _("status"), max_length=20, choices=LeadState.choices, default=LeadState.NEW, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False, null=True)
    received_on = models.DateField(_("received on"))
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = LeadQuerySet.as_manager()
    remote_choices = True
    masked = ("phone", "email")
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                LeadState.NEW: [LeadState.ASSIGNED, LeadState.DISQUALIFIED],
                LeadState.ASSIGNED: [LeadState.FOLLOWED_UP, LeadState.DISQUALIFIED],
                LeadState.FOLLOWED_UP: [LeadState.QUALIFIED, LeadState.DISQUALIFIED],
                LeadState.QUALIFIED: [LeadState.CONVERTED, LeadState.DISQUALIFIED],
                LeadState.DISQUALIFIED: [LeadState.NEW],
            }
        ),
        needs_reason=lambda source, target: LeadState.DISQUALIFIED in (source, target),
    )

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-received_on", "-id"]
        permissions = [("assign_lead", _("Can assign leads to others"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_amount__isnull=True) | Q(expected_amount__gte=0),
                name="lead_expected_amount_not_negative",
                violation_error_message=_("The expected amount must not be negative."),
            ),
        ]
        indexes = [
            search_index("lead_search"),
            extra_index("lead_extra"),
            models.Index(fields=["received_on", "id"], name="lead_received"),
            models.Index(fields=["owner", "received_on"], name="lead_owner_received"),
            models.Index(fields=["business_unit", "received_on"], name="lead_unit_received"),
        ]

    def __str__(self) -> str:
        return self.company_name


class LeadStateChange(StateChange, BaseModel):
    """A move of a lead."""

    record = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=20, choices=LeadState.choices)
    target = models.CharField(max_length=20, choices=LeadState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a lead")
