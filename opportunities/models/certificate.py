"""Our own certificates (资质证书): what they cover, who sees to them, and their files by version and language."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel, label_of, search_index
from crm.base.scopes import Reference, ViaParent
from crm.records.models import ListedField
from opportunities.enums import CertificateLanguage
from opportunities.querysets import CertificateQuerySet


@pghistory.track(exclude=["search_text", "warned_days"])
class Certificate(RecordModel):
    """Something we can show to customers: an ISO certificate, a declaration, a data sheet.

    Without product lines and products it covers all that we make. `valid_from` and `valid_until` are worked out from the versions
    that count: the day from which, and until which, there is a valid file in every language. `warned_days`: of how few days
    before the end the owner was told.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    kind = ListedField(_("kind"), list_key="certificate_kind")
    name = models.CharField(_("name"), max_length=150)
    name_en = models.CharField(_("English name"), max_length=150, blank=True)
    product_lines = models.ManyToManyField(
        "crm.ProductLine",
        verbose_name=_("product lines"),
        blank=True,
        related_name="+",
        help_text=_("Empty, and without products: for all that we make."),
    )
    products = models.ManyToManyField("crm.Product", verbose_name=_("products"), blank=True, related_name="+")
    plant = models.CharField(_("plant"), max_length=80, blank=True, help_text=_("Empty: the whole company."))
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    number = models.CharField(_("certificate number"), max_length=60, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("responsible"), on_delete=models.PROTECT, related_name="+"
    )
    remark = models.TextField(_("remark"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, editable=False)
    valid_until = models.DateField(_("valid until"), null=True, editable=False)
    warned_days = models.PositiveSmallIntegerField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = CertificateQuerySet.as_manager()
    scope = Reference("our own certificates: whoever may open them at all shows them to customers")

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-id"]
        indexes = [
            search_index("our_certificate_search"),
            models.Index(fields=["kind", "valid_until"], name="our_certificate_kind"),
            models.Index(fields=["owner", "valid_until"], name="our_certificate_owner"),
            models.Index(fields=["valid_until", "id"], name="our_certificate_until"),
            models.Index(fields=["updated_at", "id"], name="our_certificate_changed"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class CertificateLine(Certificate.product_lines.through):  # type: ignore[name-defined,misc]
    """A product line that a certificate covers, for the trail."""

    scope = Reference("shown with the certificate")
    trail_parent = "certificate"

    class Meta:
        proxy = True
        verbose_name = _("product line of a certificate")
        verbose_name_plural = _("product lines of certificates")


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class CertificateProduct(Certificate.products.through):  # type: ignore[name-defined,misc]
    """A product that a certificate covers, for the trail."""

    scope = Reference("shown with the certificate")
    trail_parent = "certificate"

    class Meta:
        proxy = True
        verbose_name = _("product of a certificate")
        verbose_name_plural = _("products of certificates")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class CertificateVersion(RecordModel):
    """A file of a certificate in a language, and when it holds; `edition` counts those of the language. The file never changes:
    a new one is a new version. One that is withdrawn counts no more from that day on."""

    certificate = models.ForeignKey(
        Certificate, verbose_name=_("certificate"), on_delete=models.CASCADE, related_name="versions"
    )
    language = models.CharField(
        _("language"), max_length=8, choices=CertificateLanguage.choices, default=CertificateLanguage.CHINESE
    )
    edition = models.PositiveSmallIntegerField(_("edition"), editable=False, default=1)
    file = models.ForeignKey("crm.Attachment", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True, help_text=_("Empty: without an end."))
    withdrawn_on = models.DateField(
        _("withdrawn on"), null=True, blank=True, help_text=_("From this day on it is not shown to customers any more.")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    scope = ViaParent("certificate")
    trail_parent = "certificate"

    class Meta:
        verbose_name = _("version of a certificate")
        verbose_name_plural = _("versions of certificates")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "language", "edition"], name="certificate_edition_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="certificate_version_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()} · {self.edition}"
