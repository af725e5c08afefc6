"""Complaints of customers."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ExtraModel, ListedField, extra_index
from crm.transitions import Transitions, moves
from service.enums import ComplaintState, Severity
from service.querysets import ComplaintQuerySet
from service.rules import closing_needs_cause_and_action


@pghistory.track(exclude=["search_text"])
class Complaint(ExtraModel, OwnedModel):
    """A customer's complaint, from registration to closure."""

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="complaints"
    )
    order = models.ForeignKey(
        "orders.SalesOrder",
        verbose_name=_("order"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("subject"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    severity = models.CharField(_("severity"), max_length=2, choices=Severity.choices, default=Severity.S3)
    defect = ListedField(_("defect"), list_key="defect", blank=True)
    batch = models.CharField(_("batch"), max_length=40, blank=True)
    affected_kg = models.DecimalField(
        _("quantity affected (kg)"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    cause = models.TextField(_("cause"), blank=True)
    action = models.TextField(_("corrective action"), blank=True)
    loss_base = models.DecimalField(_("loss in base currency"), max_digits=18, decimal_places=2, default=0)
    state = models.CharField(
        _("status"), max_length=20, choices=ComplaintState.choices, default=ComplaintState.REGISTERED, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False, null=True)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = ComplaintQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                ComplaintState.REGISTERED: [ComplaintState.INVESTIGATING],
                ComplaintState.INVESTIGATING: [ComplaintState.ANSWERED],
                ComplaintState.ANSWERED: [ComplaintState.CLOSED, ComplaintState.INVESTIGATING],
                ComplaintState.CLOSED: [ComplaintState.INVESTIGATING],
            }
        ),
        guards=(closing_needs_cause_and_action,),
    )

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(affected_kg__isnull=True) | Q(affected_kg__gte=0),
                name="complaint_affected_not_negative",
                violation_error_message=_("The quantity affected must not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(loss_base__gte=0),
                name="complaint_loss_not_negative",
                violation_error_message=_("The loss must not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")),
                name="complaint_due_after_receipt",
                violation_error_message=_("The answer cannot be due before the complaint was received."),
            ),
        ]
        indexes = [
            search_index("complaint_search"),
            extra_index("complaint_extra"),
            models.Index(fields=["received_on", "id"], name="complaint_received"),
            models.Index(fields=["customer", "received_on"], name="complaint_customer"),
            models.Index(fields=["due_on", "id"], name="complaint_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ComplaintStateChange(StateChange, BaseModel):
    """A move of a complaint."""

    record = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=20, choices=ComplaintState.choices)
    target = models.CharField(max_length=20, choices=ComplaintState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a complaint")
