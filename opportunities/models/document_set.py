"""Document sets (资料包): certificates put together for a customer, as they were on the day, and the links that open them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, RecordModel, StateChange, label_of, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from opportunities.enums import CertificateLanguage, DocumentSetState, QuoteLanguage
from opportunities.models.certificate import CertificateVersion


@pghistory.track(exclude=["search_text"])
class DocumentSet(OwnedModel):
    """Certificates for a customer. What was sent stays as it is: renewing it makes the next edition, which `follows` it."""

    number = models.CharField(_("number"), max_length=20, editable=False)
    edition = models.PositiveSmallIntegerField(_("edition"), editable=False, default=1)
    code = models.CharField(_("code"), max_length=30, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="document_sets"
    )
    admission = models.ForeignKey(
        "opportunities.SupplierAdmission",
        verbose_name=_("admission as a supplier"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="document_sets",
    )
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        verbose_name=_("opportunity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="document_sets",
    )
    language = models.CharField(
        _("language of the page"), max_length=8, choices=QuoteLanguage.choices, default=QuoteLanguage.CHINESE
    )
    message = models.TextField(_("message to the customer"), blank=True)
    follows = models.OneToOneField(
        "self", verbose_name=_("renews"), on_delete=models.PROTECT, null=True, editable=False, related_name="renewal"
    )
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    state = models.CharField(
        _("status"), max_length=10, choices=DocumentSetState.choices, default=DocumentSetState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    search_text = models.TextField(editable=False, default="")

    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                DocumentSetState.DRAFT: [DocumentSetState.SENT],
                DocumentSetState.SENT: [DocumentSetState.REPLACED],
            }
        ),
    )

    class Meta:
        verbose_name = _("document set")
        verbose_name_plural = _("document sets")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["number", "edition"], name="document_set_edition_once"),
            models.CheckConstraint(
                condition=Q(state=DocumentSetState.DRAFT) | Q(sent_on__isnull=False), name="document_set_sent"
            ),
        ]
        indexes = [
            search_index("document_set_search"),
            models.Index(fields=["customer", "state"], name="document_set_customer"),
            models.Index(fields=["owner", "state"], name="document_set_owner"),
            models.Index(fields=["sent_on", "id"], name="document_set_sent_on"),
            models.Index(fields=["created_at", "id"], name="document_set_created"),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentSetStateChange(StateChange, BaseModel):
    """A move of a document set."""

    record = models.ForeignKey(DocumentSet, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=DocumentSetState.choices)
    target = models.CharField(max_length=10, choices=DocumentSetState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a document set")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DocumentSetItem(RecordModel):
    """A certificate as it stood when it was chosen: later changes of the certificate change nothing here."""

    document_set = models.ForeignKey(
        DocumentSet, verbose_name=_("document set"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    version_chosen = models.ForeignKey(
        CertificateVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="chosen_in"
    )
    kind = ListedField(_("kind"), list_key="certificate_kind")
    name = models.CharField(_("name"), max_length=150)
    name_en = models.CharField(_("English name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=CertificateLanguage.choices)
    number = models.CharField(_("certificate number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    file = models.ForeignKey("crm.Attachment", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")

    scope = ViaParent("document_set")
    trail_parent = "document_set"

    class Meta:
        verbose_name = _("document of a set")
        verbose_name_plural = _("documents of sets")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document_set", "version_chosen"], name="document_set_item_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)


@pghistory.track(exclude=["digest"])
class DocumentLink(RecordModel):
    """A way to the page of a set, made for one recipient. Of what the address holds only a digest is kept."""

    document_set = models.ForeignKey(
        DocumentSet, verbose_name=_("document set"), on_delete=models.CASCADE, related_name="links"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    recipient = models.CharField(_("recipient"), max_length=100)
    expires_at = models.DateTimeField(_("open until"))
    revoked_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    scope = ViaParent("document_set")
    trail_parent = "document_set"

    class Meta:
        verbose_name = _("link of a document set")
        verbose_name_plural = _("links of document sets")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.recipient


class DocumentOpening(BaseModel):
    """That somebody opened the page of a set, or took one of its files: when, from which address."""

    link = models.ForeignKey(DocumentLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("time"))
    item = models.ForeignKey(
        DocumentSetItem, verbose_name=_("document"), on_delete=models.CASCADE, null=True, related_name="openings"
    )
    address = models.GenericIPAddressField(_("IP address"), null=True)

    scope = ViaParent("link")

    class Meta:
        verbose_name = _("opening of a document set")
        verbose_name_plural = _("openings of document sets")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d %H:%M}"
