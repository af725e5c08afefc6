"""The pages of our certificates and their versions."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.formats import day_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from opportunities.domain.certificates import vault
from opportunities.filters.certificate import CertificateFilter
from opportunities.forms.certificate import CertificateForm, VersionForm
from opportunities.models import Certificate, CertificateVersion
from opportunities.tables.certificate import CertificateTable, covered, state_badge
from opportunities.views.parts import Part

PARTS = (
    Part(
        "version",
        pgettext_lazy("certificate", "Version"),
        CertificateVersion,
        VersionForm,
        "certificate",
        vault.add_version,
        vault.change_version,
        vault.remove_version,
    ),
)


def _covered(record: Certificate) -> Any:
    return format_html("{}", covered(record))


certificate_entity = Entity(
    model=Certificate,
    table=CertificateTable,
    filterset=CertificateFilter,
    form=CertificateForm,
    create=vault.create_certificate,
    update=vault.update_certificate,
    bulk_edit=("owner",),
    nav="our_certificates",
    icon="archive",
    subtitle=_("What we can show to customers who admit us as their supplier, with every version and its end"),
    empty_text=_(
        "Enter a certificate and add its file: who is responsible is warned 90, 30 and 7 days before it expires."
    ),
    presets=(
        Preset("all", _("All")),
        Preset("soon", _("Expiring in 90 days"), "until=next-90", sort="valid_until"),
        Preset("expired", pgettext_lazy("certificates", "Expired"), "state=expired", sort="valid_until"),
        Preset("mine", pgettext_lazy("certificates", "I am responsible"), "owner=me", sort="valid_until"),
        Preset("draft", pgettext_lazy("certificates", "Without a valid file"), "state=draft"),
    ),
    page=RecordPage(
        title=lambda record: record.label,
        code=lambda record: record.code,
        badges=lambda record: [state_badge(record)],
        meta=lambda record: [("user", record.owner.label)],
        attributes=(
            "kind",
            (_("Covers"), _covered),
            "issuer",
            (_("Certificate number"), lambda record: record.number),
            (_("Valid from"), lambda record: day_html(record.valid_from)),
            (_("Valid until"), lambda record: day_html(record.valid_until)),
            "remark",
        ),
        select=("owner",),
    ),
)
