"""The pages of invoices."""

from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html, money_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from orders.filters import InvoiceFilter
from orders.models import Invoice
from orders.tables import InvoiceTable
from orders.views.order import document_meta, gone_badge, money_switch


def badges(invoice: Invoice) -> list[str]:
    """What kind of document, and whether it has been cancelled."""
    out = [markup.badge("line", invoice.get_kind_display())]
    if invoice.cancelled:
        out.append(markup.badge("bad", _("cancelled"), True))
    return [*out, *gone_badge(invoice)]


invoice_entity = Entity(
    model=Invoice,
    table=InvoiceTable,
    filterset=InvoiceFilter,
    nav="receivables",
    icon="file-invoice",
    subtitle=_("From the ERP, read only"),
    empty_text=_("Invoices come from the ERP. Those of your customers appear here once they have been read."),
    page=RecordPage(
        title=lambda invoice: f"{invoice.get_kind_display()} {invoice.number}",
        code=lambda invoice: invoice.number,
        badges=badges,
        meta=document_meta,
        select=("customer", "owner", "team", "region", "business_unit"),
        attributes=(
            (_("invoice date"), lambda invoice: day_html(invoice.invoiced_on)),
            (_("due on"), lambda invoice: day_html(invoice.due_on)),
            (_("net amount"), lambda invoice: money_html(invoice.net, invoice.currency_id, "yuan")),
            (_("tax"), lambda invoice: money_html(invoice.tax, invoice.currency_id, "yuan")),
            (_("gross amount"), lambda invoice: money_html(invoice.gross, invoice.currency_id, "yuan")),
            "cancels_number",
            "accounting_document",
            "fiscal_year",
            "company_code",
            "business_unit",
            "team",
            "region",
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("mine", _("Mine"), "owner=me"),
        Preset("memos", _("Credit memos"), "kind=credit_memo"),
    ),
    list_switch=money_switch,
)
