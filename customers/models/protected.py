"""Which fields of customers are changed by request only."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.scopes import Reference


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ProtectedField(RecordModel):
    """A field of the customer's form that is changed by request (docs/customer-changes.md). Each row protects one."""

    field = models.CharField(_("field"), max_length=60, unique=True)

    scope = Reference("which fields are protected is said on every customer's form")

    class Meta:
        verbose_name = _("protected field of customers")
        verbose_name_plural = _("protected fields of customers")
        default_permissions = ("view", "change")
        ordering = ["field"]

    def __str__(self) -> str:
        return self.field
