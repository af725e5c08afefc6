"""Passwords of before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import OwnRows


class PasswordHash(BaseModel):
    """A password that somebody has or had, as it is stored, so that it is not taken again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="password_hashes"
    )
    encoded = models.CharField(max_length=128, editable=False)
    set_at = models.DateTimeField(_("set at"))

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("former password")
        verbose_name_plural = _("former passwords")
        indexes = [models.Index(fields=["user", "-set_at", "-id"], name="passwordhash_newest")]
