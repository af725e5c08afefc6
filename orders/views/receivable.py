"""The pages of receivables."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html, money_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from orders.filters import ReceivableFilter
from orders.models import Receivable
from orders.rules import days_overdue
from orders.tables import ReceivableTable
from orders.views.order import document_meta, gone_badge, money_switch


def badges(item: Receivable) -> list[str]:
    """Kind, and whether the item is cleared, open or overdue."""
    out = [markup.badge("line", item.get_kind_display())]
    days = days_overdue(item, timezone.localdate())
    if item.cleared_on is not None:
        out.append(markup.badge("ok", gettext("cleared"), True))
    elif days:
        text = ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
        out.append(markup.badge("bad", text, True))
    else:
        out.append(markup.badge("pri", gettext("open item"), True))
    return [*out, *gone_badge(item)]


def invoice_link(item: Receivable) -> SafeString | str:
    """The invoice with its link, once it has been read."""
    if item.invoice_id is None:
        return item.invoice_number
    url = reverse("orders:invoice_record", args=[item.invoice_id])
    return format_html('<a href="{}">{}</a>', url, item.invoice_number)


receivable_entity = Entity(
    model=Receivable,
    table=ReceivableTable,
    filterset=ReceivableFilter,
    nav="receivables",
    icon="receipt-2",
    subtitle=_("From the ERP, read only"),
    empty_text=_("Receivables come from the ERP. Those of your customers appear here once they have been read."),
    page=RecordPage(
        title=lambda item: item.invoice_number or item.number,
        code=lambda item: item.number,
        badges=badges,
        meta=document_meta,
        select=("customer", "owner", "team", "region", "business_unit"),
        attributes=(
            (_("invoice"), invoice_link),
            (_("amount"), lambda item: money_html(item.amount, item.currency_id, "yuan")),
            (_("amount in base currency"), lambda item: money_html(item.amount_base, unit="yuan")),
            (_("posted on"), lambda item: day_html(item.posted_on)),
            (_("due on"), lambda item: day_html(item.due_on)),
            (_("cleared on"), lambda item: day_html(item.cleared_on)),
            "clearing_document",
            "company_code",
            "business_unit",
            "team",
            "region",
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("open", _("Open items"), "state=open", sort="due_on"),
        Preset("overdue", _("Overdue"), "state=overdue", sort="due_on"),
        Preset("mine", _("Mine, overdue"), "owner=me&state=overdue", sort="due_on"),
        Preset("older", _("Over 90 days"), "age=older", sort="due_on"),
    ),
    list_switch=money_switch,
)
