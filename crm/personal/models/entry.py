"""The log of what was done with personal data."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel
from crm.base.scopes import Reference

READ_LOG = "crm.view_personaldataentry"
MANAGE = "crm.manage_personal_data"


class Deed(models.TextChoices):
    """What was done."""

    REVEALED = "revealed", _("looked at")
    EXPORTED = "exported", pgettext_lazy("personal data", "exported")
    ERASED = "erased", pgettext_lazy("personal data", "erased")
    RETENTION = "retention", _("erased by a rule")


def stored_name(instance: models.Model, filename: str) -> str:
    """Where a file is kept: a name that nobody guesses."""
    return f"personal/{uuid.uuid4().hex}"


@pghistory.track(pghistory.InsertEvent(), exclude=["file"])
class PersonalDataEntry(BaseModel):
    """One entry. It names records by their keys only, so that it may stay when the data is gone.

    `record_kind`, `record_id` and `field` say what was looked at; `records` {"app.model": [keys]} what was exported or erased,
    `requested_by` and `reason` who asked for it and why.
    """

    at = models.DateTimeField(_("time"), auto_now_add=True)
    deed = models.CharField(_("event"), max_length=10, choices=Deed.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    record_kind = models.CharField(_("kind of record"), max_length=80, blank=True)
    record_id = models.BigIntegerField(_("record"), null=True)
    field = models.CharField(_("field"), max_length=80, blank=True)
    records = models.JSONField(_("records"), default=dict, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=1)
    requested_by = models.CharField(_("requested by"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    job = models.ForeignKey(
        "crm.Job", verbose_name=_("job"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=100, blank=True)

    scope = Reference("the log names records by their keys; its page needs a right of its own")

    class Meta:
        verbose_name = _("entry of the log of personal data")
        verbose_name_plural = _("log of personal data")
        ordering = ["-at", "-pk"]
        permissions = [
            ("reveal_personal_data", _("Look at masked phone numbers and e-mail addresses")),
            ("manage_personal_data", _("Find, export and erase the data of a person, set how long data is kept")),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="personalentry_newest"),
            models.Index(fields=["actor", "deed", "at"], name="personalentry_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} {self.pk}"
