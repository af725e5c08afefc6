"""Customers that one person hands over to another, in one pack that the receiver accepts."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Model, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.scopes import OwnerScope, ViaParent
from crm.transitions import Transitions, moves
from customers.enums import HandoverReason, LineState, PackState


class PackScope:
    """Seen by both sides of the hand-over and everybody who reaches one of them, and by who prepared it; a draft not by the side
    that would receive."""

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        reach = user.access.reach(model._meta.label_lower)
        if reach.everything:
            return None
        found = Q(created_by_id=user.pk)
        for side in ("from", "to"):
            stamps = OwnerScope(f"{side}_person", f"{side}_team", f"{side}_unit")
            within = stamps.within(reach.owner_ids, reach.team_ids, reach.business_unit_ids)
            found |= within if side == "from" else within & ~Q(state=PackState.DRAFT)
        return found


@pghistory.track()
class HandoverPack(RecordModel):
    """A hand-over of customers. Teams and units are those of both people when it was prepared, so that their managers see it."""

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("hand-over", "from"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("hand-over", "to"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=10, choices=HandoverReason.choices, default=HandoverReason.MOVER)
    note = models.TextField(_("note"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("prepared by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    from_team = models.ForeignKey("crm.Team", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    from_unit = models.ForeignKey(
        "crm.BusinessUnit", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    to_team = models.ForeignKey("crm.Team", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    to_unit = models.ForeignKey(
        "crm.BusinessUnit", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    state = models.CharField(
        _("status"), max_length=10, choices=PackState.choices, default=PackState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)

    scope = PackScope()
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                PackState.DRAFT: [PackState.OFFERED, PackState.WITHDRAWN],
                PackState.OFFERED: [PackState.ACCEPTED, PackState.DECLINED, PackState.WITHDRAWN],
                PackState.ACCEPTED: [PackState.DONE],
            }
        ),
        needs_reason=lambda source, target: target == PackState.DECLINED,
    )

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_person=F("to_person")),
                name="handover_between_two",
                violation_error_message=_("Choose another person as receiver."),
            )
        ]
        indexes = [
            models.Index(fields=["from_person", "state"], name="handover_from"),
            models.Index(fields=["to_person", "state"], name="handover_to"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.from_person} → {self.to_person}"


class HandoverPackStateChange(StateChange, BaseModel):
    """A step of a hand-over."""

    record = models.ForeignKey(HandoverPack, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=PackState.choices)
    target = models.CharField(max_length=10, choices=PackState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a hand-over")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class HandoverLine(BaseModel):
    """A customer of a hand-over. `moved` says how many open records of each kind went along."""

    pack = models.ForeignKey(HandoverPack, on_delete=models.CASCADE, related_name="lines")
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="handover_lines"
    )
    state = models.CharField(_("status"), max_length=10, choices=LineState.choices, default=LineState.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    moved = models.JSONField(default=dict, blank=True)

    scope = ViaParent("pack")
    trail_parent = "pack"

    class Meta:
        verbose_name = _("customer of a hand-over")
        verbose_name_plural = _("customers of a hand-over")
        ordering = ["pack", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "customer"], name="handover_line_once"),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state=LineState.WAITING),
                name="handover_customer_once",
                violation_error_message=_("The customer is part of another hand-over that is not finished."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack_id}: {self.customer_id}"
