"""The pages of returns and credit memo requests."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html, money_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from orders.filters import CustomerReturnFilter
from orders.models import CustomerReturn
from orders.tables import RETURN_TONES, CustomerReturnTable
from orders.views.order import document_meta, gone_badge, money_switch

customer_return_entity = Entity(
    model=CustomerReturn,
    table=CustomerReturnTable,
    filterset=CustomerReturnFilter,
    nav="receivables",
    icon="truck-return",
    subtitle=_("From the ERP, read only"),
    empty_text=_("Returns and credit memo requests come from the ERP. Those of your customers appear here once read."),
    page=RecordPage(
        title=lambda record: f"{capfirst(record.get_kind_display())} {record.number}",
        code=lambda record: record.number,
        badges=lambda record: [
            markup.badge(RETURN_TONES[record.status], record.get_status_display(), True),
            *gone_badge(record),
        ],
        meta=document_meta,
        select=("customer", "owner", "team", "region", "business_unit"),
        attributes=(
            (_("date"), lambda record: day_html(record.requested_on)),
            "reference",
            "reason",
            "customer_reference",
            (_("net amount"), lambda record: money_html(record.net, record.currency_id, "yuan")),
            "business_unit",
            "team",
            "region",
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("mine", _("Mine"), "owner=me"),
        Preset("open", _("Not completed"), "status=open&status=in_work"),
    ),
    list_switch=money_switch,
)
