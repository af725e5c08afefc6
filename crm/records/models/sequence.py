"""Document and record numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference


class NumberSequence(BaseModel):
    """A counter per kind and period; `key` is "customer" or "opportunity-2611"."""

    key = models.CharField(_("key"), max_length=60, primary_key=True)
    last = models.BigIntegerField(_("last number"), default=0)

    scope = Reference("a counter holds nothing about anybody")

    class Meta:
        verbose_name = _("number sequence")
        verbose_name_plural = _("number sequences")

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"
