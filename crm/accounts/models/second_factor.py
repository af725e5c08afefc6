"""The second factor: the key that an app on the person's phone shares with us, and codes for the day it is lost."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import OwnRows


class SecondFactor(BaseModel):
    """A key in use. `last_step` is the step of time whose code was taken last: no code is taken twice."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="second_factor"
    )
    key_encrypted = models.TextField(editable=False)
    last_step = models.BigIntegerField(editable=False)
    since = models.DateTimeField(_("in use since"))

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")


class RecoveryCode(BaseModel):
    """A code that signs in once. Only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("used at"), null=True)

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recoverycode_once")]
