"""The pages of certificates that customers demand."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.formats import day_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from customers.domain.certificates import add_certificate, update_certificate
from customers.filters.admission import CertificateFilter
from customers.forms.admission import CertificateForm
from customers.models import CustomerCertificateDemand
from customers.tables.admission import CertificateTable, given_badge
from customers.tables.cells import customer_url


def _customer(record: CustomerCertificateDemand) -> Any:
    return format_html('<a href="{}">{}</a>', customer_url(record.customer_id), record.customer.name)


certificate_entity = Entity(
    model=CustomerCertificateDemand,
    table=CertificateTable,
    filterset=CertificateFilter,
    form=CertificateForm,
    create=add_certificate,
    update=update_certificate,
    bulk_edit=("given_on", "valid_until"),
    nav="certificates",
    icon="shield-check",
    subtitle=_("What customers want to see from us, and until when what we gave is valid"),
    empty_text=_("Enter the certificates on the customer's page: you are warned before one ends."),
    presets=(
        Preset("all", _("All")),
        Preset("ending", _("Ending in 60 days"), "until=next-60"),
    ),
    page=RecordPage(
        title=str,
        code=lambda record: record.customer.code,
        badges=lambda record: [given_badge(record)],
        meta=lambda record: [("building-factory-2", _customer(record))],
        attributes=(
            "language",
            "product_line",
            "renewal_days",
            (_("Needed since"), lambda record: day_html(record.needed_since)),
            (_("Given on"), lambda record: day_html(record.given_on)),
            (_("Valid until"), lambda record: day_html(record.valid_until)),
            "remark",
        ),
        select=("customer", "product_line"),
    ),
)
