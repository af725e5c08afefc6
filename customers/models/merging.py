"""Merges of customers: what was moved where, so that it can be put back, and pairs that are not the same company."""

import datetime as dt

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.scopes import ViaParent
from crm.transitions import Transitions, moves

UNDO_DAYS = 30


class MergeState(models.TextChoices):
    """Whether the merge stands."""

    DONE = "done", _("merged")
    UNDONE = "undone", _("undone")


@pghistory.track()
class CustomerMerge(RecordModel):
    """Two customers that became one. The loser's row stays, archived, and leads to the winner.

    `choices` says for each field that differed which side was taken; `counts` how many records of each kind went along, by the
    mover's key; `report` what an undo could not put back.
    """

    winner = models.ForeignKey(
        "customers.Customer", verbose_name=_("kept"), on_delete=models.PROTECT, related_name="merges_won"
    )
    loser = models.ForeignKey(
        "customers.Customer", verbose_name=_("merged into it"), on_delete=models.PROTECT, related_name="merges_lost"
    )
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("merged by"), on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged on"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    choices = models.JSONField(_("choices"), default=dict)
    counts = models.JSONField(_("moved"), default=dict)
    report = models.JSONField(_("not put back"), default=list)
    undo_until = models.DateTimeField(_("can be undone until"))
    state = models.CharField(_("status"), max_length=10, choices=MergeState.choices, default=MergeState.DONE)
    state_since = models.DateTimeField(_("since"), default=timezone.now)

    scope = ViaParent("winner")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves({MergeState.DONE: [MergeState.UNDONE]}),
        needs_reason=lambda source, target: True,
    )

    class Meta:
        verbose_name = _("merge of customers")
        verbose_name_plural = _("merges of customers")
        ordering = ["-merged_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=~Q(winner=F("loser")), name="customermerge_two_customers"),
            models.UniqueConstraint(
                fields=["loser"],
                condition=Q(state=MergeState.DONE),
                name="customermerge_loser_once",
                violation_error_message=_("This customer has been merged already."),
            ),
        ]
        indexes = [models.Index(fields=["-merged_at", "-id"], name="customermerge_newest")]

    def __str__(self) -> str:
        return f"{self.loser} → {self.winner}"

    @property
    def can_be_undone(self) -> bool:
        """Whether it stands and the time has not run out."""
        return self.state == MergeState.DONE and timezone.now() < self.undo_until


class CustomerMergeStateChange(StateChange, BaseModel):
    """That a merge was undone, by whom and why."""

    record = models.ForeignKey(CustomerMerge, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=MergeState.choices)
    target = models.CharField(max_length=10, choices=MergeState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a merge")
        verbose_name_plural = _("state changes of merges")


class CustomerMergeItem(BaseModel):
    """Rows of which the merge changed one field from `before` to `after`; with a `note` those it left as they were.

    `order` is the order it was done in: an undo goes backwards. Rows changed alike share an item, so that a hundred thousand
    lines of invoices are one.
    """

    merge = models.ForeignKey(CustomerMerge, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    mover = models.CharField(max_length=40)
    model = models.CharField(max_length=80)
    field = models.CharField(max_length=60)
    keys = ArrayField(models.BigIntegerField())
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    note = models.CharField(max_length=40, blank=True)

    scope = ViaParent("merge")

    class Meta:
        verbose_name = _("moved with a merge")
        verbose_name_plural = _("moved with merges")
        ordering = ["merge", "order"]
        constraints = [models.UniqueConstraint(fields=["merge", "order"], name="customermergeitem_order")]

    def __str__(self) -> str:
        return f"{self.model}.{self.field}: {len(self.keys)}"


@pghistory.track()
class NotTheSame(BaseModel):
    """Somebody has looked at two customers of the same name and found that they are two companies."""

    first = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), default=timezone.now)

    scope = ViaParent("first")

    class Meta:
        verbose_name = _("pair of different customers")
        verbose_name_plural = _("pairs of different customers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="notthesame_ordered"),
            models.UniqueConstraint(fields=["first", "second"], name="notthesame_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


def undo_until(merged_at: dt.datetime) -> dt.datetime:
    """Until when a merge of that moment can be undone."""
    return merged_at + dt.timedelta(days=UNDO_DAYS)
