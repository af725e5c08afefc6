"""The pages of sales orders."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html, moment, money_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from customers.tables.cells import customer_url
from orders.filters import SalesOrderFilter
from orders.models import SalesOrder
from orders.panels.order import chain
from orders.tables import ORDER_TONES, SalesOrderTable


def customer_link(document: Any) -> SafeString:
    """The document's customer with link and grade."""
    customer = document.customer
    return format_html(
        '<a href="{}">{}</a> {}', customer_url(document.customer_id), customer.name, markup.grade(customer.grade)
    )


def document_meta(document: Any) -> list[tuple[str, Any]]:
    """Customer, owner, and when the document was last read from the ERP."""
    owner = document.owner.label if document.owner else ""
    read = gettext("ERP, read %(moment)s") % {"moment": moment(document.read_at)}
    return [("building-factory-2", customer_link(document)), ("user", owner), ("refresh", read)]


def gone_badge(document: Any) -> list[str]:
    """A mark for a document that the ERP no longer has."""
    if document.gone_at:
        return [markup.badge("bad", gettext("deleted in the ERP"), True)]
    return [markup.badge("line", gettext("archived in the ERP"))] if document.archived_at else []


def delivery_switch(request: Any) -> list[dict[str, Any]]:
    """Orders and shipments: two lists of one menu entry."""
    return switch(request, (_("Orders"), "salesorder"), (_("Shipments"), "shipment"))


def money_switch(request: Any) -> list[dict[str, Any]]:
    """Receivables, invoices and returns: three lists of one menu entry."""
    return switch(
        request, (_("Receivables"), "receivable"), (_("Invoices"), "invoice"), (_("Returns"), "customerreturn")
    )


def switch(request: Any, *lists: tuple[Any, str]) -> list[dict[str, Any]]:
    """The lists the reader may open, the present one marked."""
    here = request.path
    items = []
    for label, name in lists:
        url = reverse(f"orders:{name}_list")
        if request.user.has_perm(f"orders.view_{name}"):
            items.append({"label": label, "url": url, "active": url == here})
    return items


def meta(order: SalesOrder) -> list[tuple[str, Any]]:
    """As for any document, with the customer's own reference."""
    reference = gettext("Customer's reference %(number)s") % {"number": order.customer_reference}
    first, *rest = document_meta(order)
    return [first, ("file-text", reference if order.customer_reference else ""), *rest]


sales_order_entity = Entity(
    model=SalesOrder,
    table=SalesOrderTable,
    filterset=SalesOrderFilter,
    nav="orders",
    icon="truck-delivery",
    subtitle=_("From the ERP, read only"),
    empty_text=_("Sales orders come from the ERP. Those of your customers appear here once they have been read."),
    page=RecordPage(
        title=lambda order: gettext("Sales order %(number)s") % {"number": order.number},
        code=lambda order: order.number,
        badges=lambda order: [
            markup.badge(ORDER_TONES.get(order.status, "line"), order.get_status_display(), True),
            *gone_badge(order),
        ],
        meta=meta,
        select=("customer", "owner", "team", "region", "business_unit"),
        strip="orders/_chain.html",
        strip_context=chain,
        attributes=(
            "customer_reference",
            (_("order date"), lambda order: day_html(order.ordered_on)),
            (_("requested delivery"), lambda order: day_html(order.requested_on)),
            (_("net amount"), lambda order: money_html(order.net, order.currency_id, "yuan")),
            (_("net amount in base currency"), lambda order: money_html(order.net_base, unit="yuan")),
            "kind",
            "company_code",
            "business_unit",
            "team",
            "region",
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("mine", _("Mine"), "owner=me"),
        Preset("open", _("To be delivered"), "state=open"),
        Preset("late", _("Late"), "state=late"),
    ),
    list_switch=delivery_switch,
)
