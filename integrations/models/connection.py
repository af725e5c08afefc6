"""How to reach the ERP."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.scopes import Reference
from integrations.validators import validate_base_url


@pghistory.track(exclude=["password_encrypted"])
class ErpConnection(RecordModel):
    """Address and account of the ERP, kept by an administrator; the environment's ERP_URL serves when there is none."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    base_url = models.CharField(_("address"), max_length=300, validators=[validate_base_url])
    username = models.CharField(_("user name"), max_length=100, blank=True)
    password_encrypted = models.TextField(editable=False, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    scope = Reference("administrators only; the page needs the permission")

    class Meta:
        verbose_name = _("ERP connection")
        verbose_name_plural = _("ERP connections")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
