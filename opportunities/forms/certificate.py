"""Forms of certificates, their versions, document sets, and of sending them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.formats import EMPTY
from crm.generic.forms import RecordForm, narrow_choices, style
from crm.models import ProductLine
from crm.records.fields import ListedFormField
from opportunities.certificate_rules import serves
from opportunities.domain.certificates.choosing import covers, state_now
from opportunities.enums import CertificateLanguage, CertificateState
from opportunities.forms.parts import PartForm
from opportunities.models import Certificate, CertificateVersion, DocumentSet

_WHAT = ("kind", "name", "name_en", "issuer", "number", "owner")
_COVERS = ("product_lines", "products", "plant", "remark")
OPEN_DAYS = 30


class CertificateForm(RecordForm):
    """What the certificate is and covers; its files are versions, added on its page."""

    sections = ((_("Certificate"), _WHAT), (_("Covers"), _COVERS))

    class Meta:
        model = Certificate
        fields = (*_WHAT, *_COVERS)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["product_lines"].widget.attrs["data-ts"] = ""


class VersionForm(PartForm):
    """A version: a new one has its file, which stays as it is from then on."""

    upload = forms.FileField(label=_("File"))

    class Meta:
        model = CertificateVersion
        fields = ("language", "issued_on", "valid_from", "valid_until", "withdrawn_on", "remark")

    field_order = ("upload", "language")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]
            del self.fields["language"]
        else:
            del self.fields["withdrawn_on"]


class DocumentSetForm(RecordForm):
    """For whom the documents are put together; the customer is chosen once."""

    class Meta:
        model = DocumentSet
        fields = ("title", "customer", "admission", "opportunity", "language", "owner", "message")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["message"].help_text = _("Stands above the documents on the customer's page.")
        if not user.has_perm("opportunities.transfer_opportunity"):
            del self.fields["owner"]
        customer = self.instance.customer_id or (self.data.get("customer") or self.initial.get("customer"))
        if str(customer or "").isdecimal():
            for name in ("admission", "opportunity"):
                field: Any = self.fields[name]
                field.queryset = field.queryset.filter(customer=customer)
        if self.instance.pk:
            del self.fields["customer"]
        else:
            self.initial.setdefault("title", gettext("Qualification documents"))


class ChooseForm(forms.Form):
    """What the certificates to choose from are narrowed by."""

    kind = ListedFormField(label=pgettext_lazy("certificate", "Kind"), list_key="certificate_kind", required=False)
    product_line = forms.ModelChoiceField(label=_("Product line"), queryset=ProductLine.objects.none(), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", EMPTY), *CertificateLanguage.choices], required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_choices(self, user)
        for field in self.fields.values():
            style(field)
        self.wanted = self.cleaned_data if self.is_valid() else {}

    def fits(self, version: Any) -> bool:
        """Whether a version can be shown to customers today, or soon, and is what was asked for."""
        kind, line = self.wanted.get("kind"), self.wanted.get("product_line")
        certificate = version.certificate
        return (
            state_now(version) != CertificateState.EXPIRED
            and (not kind or certificate.kind == kind)
            and (line is None or covers(certificate, line.pk))
            and serves(version.language, self.wanted.get("language") or "")
        )


class SendSetForm(forms.Form):
    """Who gets the link, and until when it is open."""

    recipient = forms.CharField(
        label=_("Recipient"),
        max_length=100,
        help_text=_("Who at the customer gets the link: the log of openings names it."),
    )
    expires_on = forms.DateField(label=_("Link open until"), help_text=_("At the end of that day the link is closed."))

    def __init__(self, *args: Any, recipient: str = "", **kwargs: Any) -> None:
        ends = timezone.localdate() + dt.timedelta(days=OPEN_DAYS)
        kwargs.setdefault("initial", {"expires_on": ends, "recipient": recipient})
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field)
