"""How to reach the ERP."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.scopes import Reference
from integrations.enums import SignIn
from integrations.validators import validate_base_url, validate_certificates

FAST = 50  # requests per second: more than the few that are under way at once ever come to, so it slows no fast ERP


@pghistory.track(exclude=["password_encrypted"])
class ErpConnection(RecordModel):
    """Address and account of the ERP, kept by an administrator; the environment's ERP_URL serves when there is none."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    base_url = models.CharField(_("address"), max_length=300, validators=[validate_base_url])
    sign_in = models.CharField(_("sign-in"), max_length=10, choices=SignIn.choices, default=SignIn.BASIC)
    username = models.CharField(_("user name or client id"), max_length=100, blank=True)
    password_encrypted = models.TextField(editable=False, blank=True)
    token_url = models.CharField(_("address of the token"), max_length=300, blank=True, validators=[validate_base_url])
    ca_pem = models.TextField(_("certificates to trust"), blank=True, validators=[validate_certificates])
    orders_by_v4 = models.BooleanField(_("read sales orders by OData V4"), default=False)
    per_second = models.PositiveSmallIntegerField(
        _("most requests per second"),
        default=FAST,
        db_default=FAST,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    is_active = models.BooleanField(_("active"), default=True)

    scope = Reference("administrators only; the page needs the permission")

    class Meta:
        verbose_name = _("ERP connection")
        verbose_name_plural = _("ERP connections")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sign_in=SignIn.OAUTH) | ~models.Q(token_url=""),
                name="erp_connection_token_url",
                violation_error_message=_("OAuth 2.0 needs the address of the token."),
            )
        ]

    def __str__(self) -> str:
        return self.name
