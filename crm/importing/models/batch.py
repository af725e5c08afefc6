"""An import from upload to result, and what is remembered about column heads."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.scopes import OwnRows, Reference
from crm.importing.enums import BatchState, OnDuplicate


def stored_name(instance: models.Model, filename: str) -> str:
    """Where an upload is kept: a name of ours, nothing of the user's."""
    return f"imports/{uuid.uuid4().hex}"


def rejected_name(instance: models.Model, filename: str) -> str:
    """Where the workbook of rejected rows is kept."""
    return f"imports/{uuid.uuid4().hex}.xlsx"


class ImportBatch(RecordModel):
    """One sheet being imported.

    `mapping` has one entry per column of the sheet: the key of a field, or "" for a column left out. `edits` holds cells
    corrected by hand, as {row: {column: text}}, laid over the file whenever it is read. `counts` are the results of the check
    and, once written, of the import.
    """

    resource = models.CharField(_("kind of sheet"), max_length=60)
    file_name = models.CharField(_("file"), max_length=200)
    upload = models.FileField(_("stored file"), upload_to=stored_name, max_length=100)
    rejected_file = models.FileField(_("rejected rows"), upload_to=rejected_name, max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sheets = models.JSONField(_("sheets"), default=list)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    header_row = models.PositiveIntegerField(_("row of the column heads"), default=1)
    headers = models.JSONField(_("column heads"), default=list)
    samples = models.JSONField(_("samples"), default=list)
    mapping = models.JSONField(_("assigned columns"), default=list)
    edits = models.JSONField(_("corrections by hand"), default=dict, blank=True)
    on_duplicate = models.CharField(
        _("duplicates"), max_length=10, choices=OnDuplicate.choices, default=OnDuplicate.SKIP
    )
    state = models.CharField(_("state"), max_length=12, choices=BatchState.choices, default=BatchState.MAPPING)
    prepared = models.BooleanField(_("judged for writing"), default=False)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    job = models.ForeignKey(
        "crm.Job", verbose_name=_("job"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    touched_at = models.DateTimeField(_("last sign of life"), null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(_("finished"), null=True)

    scope = OwnRows("created_by")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["created_by", "-created_at", "-id"], name="importbatch_own"),
            models.Index(
                fields=["state"], condition=models.Q(state__in=["checking", "committing"]), name="importbatch_running"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportMapping(BaseModel):
    """The assignment last used for a set of column heads, so that the same file format is known the next time."""

    resource = models.CharField(_("kind of sheet"), max_length=60)
    headers_hash = models.CharField(_("column heads"), max_length=64)
    mapping = models.JSONField(_("assigned columns"), default=list)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    scope = Reference("says which column head means which field, nothing about anybody")

    class Meta:
        verbose_name = _("remembered assignment")
        verbose_name_plural = _("remembered assignments")
        constraints = [models.UniqueConstraint(fields=["resource", "headers_hash"], name="import_mapping_unique")]

    def __str__(self) -> str:
        return f"{self.resource} {self.headers_hash[:8]}"
