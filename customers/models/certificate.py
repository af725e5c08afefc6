"""Certificates that customers demand of us (客户要求的证书)."""

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel, search_index
from crm.base.scopes import ViaParent
from crm.records.models import ListedField
from customers.enums import CertificateWish


@pghistory.track(exclude=["search_text", "warned_days"])
class CustomerCertificateDemand(RecordModel):
    """A certificate that a customer wants to see from us, and until when the one we gave is valid; its file is attached."""

    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="certificates"
    )
    kind = ListedField(_("certificate"), list_key="certificate_kind")
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    language = models.CharField(
        _("language"), max_length=8, choices=CertificateWish.choices, default=CertificateWish.ANY, blank=True
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("renewal wanted (days before the end)"), null=True, blank=True, validators=[MaxValueValidator(730)]
    )
    needed_since = models.DateField(_("needed since"), null=True, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("certificate demanded by a customer")
        verbose_name_plural = _("certificates demanded by customers")
        ordering = ["valid_until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind", "product_line"],
                nulls_distinct=False,
                name="certificate_demand_once",
                violation_error_message=_("This certificate is in the customer's list already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(given_on__isnull=True) | Q(valid_until__gte=F("given_on")),
                name="certificate_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
        ]
        indexes = [
            search_index("certificate_search"),
            models.Index(fields=["valid_until", "id"], name="certificate_until"),
            models.Index(fields=["updated_at", "id"], name="certificate_changed"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())  # type: ignore[attr-defined]
