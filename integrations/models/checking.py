"""What the comparison with the source found, and what the administrators have been told."""

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference
from integrations.enums import AlarmKind, DifferenceKind

_ADMINISTRATION = Reference("administrators only; the page needs the permission")


class Reconciliation(BaseModel):
    """One comparison of an entity set with the source, over the documents of these days (and all open account items).

    `groups` has a row for each day, organisation and currency (or unit): day, org, group, and count and signed sum on both
    sides (theirs, ours; sums as text).
    """

    entity_set = models.CharField(_("entity set"), max_length=60)
    at = models.DateTimeField(_("time"), auto_now_add=True)
    first_on = models.DateField(_("from"), null=True)
    last_on = models.DateField(_("to"), null=True)
    compared = models.PositiveIntegerField(_("documents compared"), default=0)
    differing = models.PositiveIntegerField(_("documents that differ"), default=0)
    groups = models.JSONField(_("control sums"), default=list)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["entity_set", "-at"], name="reconciliation_entity_set")]

    def __str__(self) -> str:
        return f"{self.entity_set} {localtime(self.at):%Y-%m-%d %H:%M}"


class Difference(BaseModel):
    """A document on which a comparison found that the two sides differ."""

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="differences")
    number = models.CharField(_("number"), max_length=80)
    kind = models.CharField(_("difference"), max_length=10, choices=DifferenceKind.choices)
    day = models.DateField(_("date"), null=True)
    org = models.CharField(_("organisation"), max_length=10, blank=True)
    group = models.CharField(_("currency or unit"), max_length=10, blank=True)
    theirs = models.DecimalField(_("in the ERP"), max_digits=20, decimal_places=3, null=True)
    ours = models.DecimalField(_("here"), max_digits=20, decimal_places=3, null=True)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["day", "number"]

    def __str__(self) -> str:
        return self.number


class Alarm(BaseModel):
    """Something about the sync that somebody must look at; told once, open until it is mended."""

    kind = models.CharField(_("kind"), max_length=20, choices=AlarmKind.choices)
    entity_set = models.CharField(_("entity set"), max_length=60)
    raised_at = models.DateTimeField(_("since"), auto_now_add=True)
    mended_at = models.DateTimeField(_("mended"), null=True)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("alarm of the sync")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "entity_set"], condition=models.Q(mended_at__isnull=True), name="alarm_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entity_set}"
