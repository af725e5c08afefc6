"""When somebody last did something with a customer, and when the pool takes it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.scopes import ViaParent
from crm.transitions import Transitions, moves
from customers.enums import ProtectionState


class CustomerActivity(BaseModel):
    """The last contact of a customer, worked out nightly, and what the recycling foresees; never typed.

    `recycle_on` is the night in which the pool takes it unless something happens; announced a week before at least. `warned` is
    how many days before that the owner was last told.
    """

    customer = models.OneToOneField(
        "customers.Customer", on_delete=models.CASCADE, primary_key=True, related_name="activity"
    )
    last_contact_on = models.DateField(_("last contact"), null=True)
    owned_since = models.DateField(_("with the present owner since"), null=True)
    protected_until = models.DateField(_("protected until"), null=True)
    recycle_on = models.DateField(_("goes into the pool on"), null=True)
    warned = models.PositiveSmallIntegerField(_("warned so many days before"), null=True)

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("activity of a customer")
        verbose_name_plural = _("activities of customers")
        indexes = [
            models.Index(
                fields=["recycle_on", "customer"], name="activity_recycle", condition=Q(recycle_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.last_contact_on}"


@pghistory.track()
class PoolProtection(RecordModel):
    """An owner's request to keep a customer from the pool until a day."""

    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.CASCADE, related_name="protections"
    )
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("status"), max_length=10, choices=ProtectionState.choices, default=ProtectionState.ASKED, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)

    scope = ViaParent("customer")
    trail_parent = "customer"
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves({ProtectionState.ASKED: [ProtectionState.GRANTED, ProtectionState.REFUSED]}),
    )

    class Meta:
        verbose_name = _("protection from the pool")
        verbose_name_plural = _("protections from the pool")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state=ProtectionState.ASKED),
                name="protection_asked_once",
                violation_error_message=_("Protection of this customer has been asked for already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.customer)


class PoolProtectionStateChange(StateChange, BaseModel):
    """The decision about a protection."""

    record = models.ForeignKey(PoolProtection, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=ProtectionState.choices)
    target = models.CharField(max_length=10, choices=ProtectionState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a protection")
