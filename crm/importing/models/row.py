"""The rows of an import between check and result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import ViaParent
from crm.importing.enums import Outcome, RowStatus


class ImportRow(BaseModel):
    """A row of the sheet: what stood there, what it means, what is wrong with it, and what became of it. Written by COPY.

    `number` is the row's number in the user's sheet. `errors` and `fixes` are lists of {key, code, params, fix} and {key, was}.
    `target_id` is the record it belongs to, `duplicate_of` the earlier row it repeats, `note` what it is a duplicate of.
    """

    batch = models.ForeignKey(
        "crm.ImportBatch", verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("row"))
    raw = models.JSONField(_("cells"), default=list)
    clean = models.JSONField(_("values"), default=dict)
    errors = models.JSONField(_("errors"), default=list)
    fixes = models.JSONField(_("corrections"), default=list)
    status = models.CharField(_("result of the check"), max_length=10, choices=RowStatus.choices)
    target_id = models.BigIntegerField(_("record"), null=True)
    duplicate_of = models.PositiveIntegerField(_("repeats row"), null=True)
    note = models.JSONField(_("remark"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)

    scope = ViaParent("batch")

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_unique")]
        indexes = [models.Index(fields=["batch", "status", "number"], name="importrow_status")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"
