"""What was taken out of the lists, by whom."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import OwnRows


class ExportForm(models.TextChoices):
    """The kinds of file."""

    XLSX = "xlsx", _("Excel (.xlsx)")
    CSV = "csv", _("Text (.csv)")


class ExportScope(OwnRows):
    """Everybody sees the own exports, and whoever may read the log all of them."""

    def condition(self, user: Any, *more: Any, **how: Any) -> Q | None:
        return None if user.has_perm("crm.view_exportlog") else super().condition(user, *more, **how)


def stored_name(instance: models.Model, filename: str) -> str:
    """Where a file is kept: a name that nobody guesses."""
    return f"exports/{uuid.uuid4().hex}"


class ExportLog(BaseModel):
    """One export of a list. The entry stays; a file that was made in the background is deleted after some days.

    `list_key` is the key of the entity ("app.model"), `query` is the list's query string and `filters` says it in words;
    `columns` holds the keys of the columns in their order. `asked_rows` is set for one that was more than its maker may export,
    and so needs approval: about how many rows the list had then.
    """

    list_key = models.CharField(_("list"), max_length=80)
    query = models.TextField(_("query"), blank=True)
    filters = models.TextField(_("filters"), blank=True)
    columns = ArrayField(models.CharField(max_length=60), verbose_name=_("columns"), default=list)
    form = models.CharField(_("file type"), max_length=4, choices=ExportForm.choices)
    language = models.CharField(_("language"), max_length=10)
    rows = models.PositiveIntegerField(_("rows"), null=True)
    asked_rows = models.PositiveIntegerField(_("rows asked for"), null=True, blank=True)
    job = models.ForeignKey(
        "crm.Job", verbose_name=_("job"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=100, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    scope = ExportScope("created_by")

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at", "-pk"]
        permissions = [("export_lists", _("Export lists"))]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="exportlog_newest"),
            models.Index(fields=["created_by", "-created_at", "-id"], name="exportlog_own"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
