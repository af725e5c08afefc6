"""The audit trail of all kinds of record as one list, and the log of what was taken out of it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference

VIEW_TRAIL = "crm.view_trail"


class Deed(models.TextChoices):
    """What happened to the row. BEFORE is the row as it stood when its first change was recorded, which is no change."""

    INSERT = "insert", pgettext_lazy("audit trail", "Created")
    UPDATE = "update", pgettext_lazy("audit trail", "Changed")
    DELETE = "delete", pgettext_lazy("audit trail", "Deleted")
    BEFORE = "before", pgettext_lazy("audit trail", "State before")


class TrailQuerySet(ScopedQuerySet):
    """Changes of all kinds of record."""

    def visible_to(self, user: Any, **how: Any) -> Self:
        """What the user may see, without the rows that only say how something stood before."""
        return super().visible_to(user, **how).exclude(label=Deed.BEFORE)


class TrailEntry(BaseModel):
    """One change of one row: a line of the view crm_trail, which puts the event tables together (crm/records/trail_tables.py).

    `kind` is the model's label (app.model), `event_id` the row's key in its event table. `record_id` is empty for
    the few tables whose key is no number.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("time"))
    kind = models.CharField(_("kind of record"), max_length=80)
    label = models.CharField(pgettext_lazy("audit trail", "change"), max_length=10, choices=Deed.choices)
    record_id = models.BigIntegerField(_("record"), null=True)
    event_id = models.BigIntegerField()
    context = models.ForeignKey(
        "pghistory.Context", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    objects: ClassVar[Any] = TrailQuerySet.as_manager()
    scope = Reference("the page needs a right of its own, which administrators and auditors have")

    class Meta:
        managed = False
        db_table = "crm_trail"
        default_permissions = ()
        permissions = [("view_trail", _("Read the audit trail"))]
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return str(self.pk)


class TrailErasure(BaseModel):
    """What was taken out of the trail, and why: nothing leaves it without an entry here, made in the same transaction.

    Either `fields` of the `records` of a kind were emptied, or all that is older than `before` was dropped.
    """

    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(_("kind of record"), max_length=80, blank=True)
    records = ArrayField(models.BigIntegerField(), verbose_name=_("records"), default=list)
    fields = ArrayField(models.CharField(max_length=80), verbose_name=_("fields"), default=list)
    before = models.DateField(_("older than"), null=True)
    rows = models.PositiveBigIntegerField(_("rows"))
    reason = models.TextField(_("reason"))
    transaction = models.BigIntegerField()

    scope = Reference("administrators and auditors read it with the trail")

    class Meta:
        verbose_name = _("erasure from the audit trail")
        verbose_name_plural = _("erasures from the audit trail")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="trailerasure_newest")]

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d}: {self.reason}"
