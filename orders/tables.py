"""Tables of sales orders, shipments, invoices, returns and receivables."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html, money_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Cell, Column, Part, Table, Total, choice_cell, exported, record_address
from customers.tables.cells import below, customer_url
from orders.enums import InvoiceKind, OrderRequestState, OrderStatus, ReturnStatus, ShipmentStatus
from orders.models import CustomerReturn, Invoice, OrderRequest, Receivable, SalesOrder, Shipment
from orders.rules import days_overdue

ORDER_TONES = {
    OrderStatus.OPEN: "pri",
    OrderStatus.ON_HOLD: "warn",
    OrderStatus.PART_DELIVERED: "info",
    OrderStatus.DELIVERED: "ok",
    OrderStatus.COMPLETED: "ok",
    OrderStatus.CANCELLED: "line",
}
SHIPMENT_TONES = {
    ShipmentStatus.PLANNED: "line",
    ShipmentStatus.PICKED: "pri",
    ShipmentStatus.SHIPPED: "info",
    ShipmentStatus.RECEIVED: "ok",
}
RETURN_TONES = {
    ReturnStatus.OPEN: "pri",
    ReturnStatus.IN_WORK: "info",
    ReturnStatus.COMPLETED: "ok",
    ReturnStatus.REJECTED: "line",
}

RECEIVED = pgettext_lazy("of a shipment", "Received on")


def document_url(record: Any) -> str:
    """The address of a document's page."""
    return record_address(f"orders:{record._meta.model_name}_record", record.pk)


def document_cell(title: str, sub: str = "", sub_label: Any = None) -> Cell:
    """The number with its link, another field below; a document the ERP no longer has says so."""

    def cell(row: Any) -> str:
        text, second = str(getattr(row, title) or row.number), str(getattr(row, sub) or "") if sub else ""
        under = below(escape(second)) if second not in ("", text) else ""
        gone = f" {markup.badge('bad', gettext('deleted in the ERP'))}" if row.gone_at else ""
        return f'<a class="ttl nw" href="{document_url(row)}">{escape(text)}</a>{gone}{under}'

    parts = (Part(lambda row: getattr(row, title) or row.number), *((Part(sub, sub_label),) if sub else ()))
    return exported(cell, parts)


def customer_cell(row: Any) -> str:
    """The document's customer with link and grade."""
    name = escape(str(row.customer))
    link = f'<a href="{customer_url(row.customer_id)}">{name}</a>'
    return f'<span class="nw">{link} {markup.grade(row.customer.grade)}</span>'


def date_cell(field: str) -> Cell:
    """A date."""
    return exported(lambda row: day_html(getattr(row, field)), field)


def amount_cell(field: str) -> Cell:
    """An amount in the document's own currency."""
    return exported(
        lambda row: f"<b>{money_html(getattr(row, field), row.currency_id)}</b>",
        (Part(field), Part("currency_id", _("Currency"))),
    )


def due_cell(item: Receivable) -> str:
    """When the item is due, and for how many days it has been overdue."""
    if item.due_on is None:
        return '<span class="mute">—</span>'
    days = days_overdue(item, timezone.localdate())
    if not days:
        return str(day_html(item.due_on))
    text = ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
    return day_html(item.due_on) + below(escape(text), "bad")


def settled_cell(item: Receivable) -> str:
    """Whether the item is open, overdue or cleared."""
    if item.cleared_on is not None:
        return f"{markup.badge('ok', gettext('cleared'))} {day_html(item.cleared_on)}"
    if days_overdue(item, timezone.localdate()):
        return str(markup.badge("bad", gettext("overdue")))
    return str(markup.badge("pri", gettext("open item")))


def settled_text(item: Receivable) -> str:
    """The item's status in words."""
    if item.cleared_on is not None:
        return gettext("cleared")
    return gettext("overdue") if days_overdue(item, timezone.localdate()) else gettext("open item")


_CUSTOMER = Column(
    "customer",
    _("Customer"),
    customer_cell,
    select=("customer",),
    phone=_("Customer"),
    value=(Part("customer.name"), Part("customer.grade", _("Grade"))),
)
_STAMPS = (
    Column("owner", _("Owner"), person_cell("owner"), select=("owner",)),
    Column("team", _("Team"), label_cell("team"), select=("team",), shown=False),
    Column("region", _("Region"), label_cell("region"), select=("region",), shown=False),
    Column("business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False),
)


_THERE = Q(gone_at__isnull=True)  # what is deleted in the ERP is listed, and counts nowhere
_GROUPS = {name: name for name in ("customer", "owner", "team", "region", "business_unit")}


class SalesOrderTable(Table):
    """The list of sales orders."""

    default_sort: ClassVar[str] = "-ordered_on"
    groups: ClassVar = {"ordered_on": "ordered_on", "status": "status", **_GROUPS}
    totals: ClassVar = {"net": Total("net_base", only=~Q(status=OrderStatus.CANCELLED) & _THERE)}
    columns: ClassVar = [
        Column(
            "number",
            _("Order"),
            document_cell("number", "customer_reference", _("Customer’s reference")),
            sort="number",
            phone="",
        ),
        _CUSTOMER,
        Column(
            "ordered_on",
            _("Order date"),
            date_cell("ordered_on"),
            sort="ordered_on",
            css="nw",
            phone=_("Order date"),
            descending=True,
        ),
        Column("requested_on", _("Requested delivery"), date_cell("requested_on"), css="nw"),
        Column(
            "net",
            _("Net amount"),
            amount_cell("net"),
            sort="net_base",
            css="num",
            phone=_("Net amount"),
            descending=True,
        ),
        Column("status", _("Status"), choice_cell("status", ORDER_TONES), phone=_("Status")),
        *_STAMPS,
    ]


class ShipmentTable(Table):
    """The list of shipments."""

    default_sort: ClassVar[str] = "-planned_on"
    groups: ClassVar = {"planned_on": "planned_on", "status": "status", **_GROUPS}
    columns: ClassVar = [
        Column(
            "number",
            _("Shipment"),
            document_cell("number", "carrier_reference", _("Carrier’s reference")),
            sort="number",
            phone="",
        ),
        _CUSTOMER,
        Column(
            "planned_on",
            _("Planned shipping day"),
            date_cell("planned_on"),
            sort="planned_on",
            css="nw",
            phone=_("Planned shipping day"),
            descending=True,
        ),
        Column("shipped_on", _("Shipped on"), date_cell("shipped_on"), css="nw", phone=_("Shipped on")),
        Column("delivery_on", _("Delivery date"), date_cell("delivery_on"), css="nw", shown=False),
        Column(
            "received_on",
            RECEIVED,
            date_cell("received_on"),
            css="nw",
            phone=RECEIVED,
        ),
        Column("status", _("Status"), choice_cell("status", SHIPMENT_TONES), phone=_("Status")),
        *_STAMPS,
    ]


class InvoiceTable(Table):
    """The list of invoices."""

    default_sort: ClassVar[str] = "-invoiced_on"
    groups: ClassVar = {"invoiced_on": "invoiced_on", "kind": "kind", **_GROUPS}
    totals: ClassVar = {"net": Total("net_base", only=~Q(kind=InvoiceKind.PRO_FORMA) & _THERE)}
    columns: ClassVar = [
        Column(
            "number",
            _("Invoice"),
            document_cell("number", "accounting_document", _("Accounting document")),
            sort="number",
            phone="",
        ),
        _CUSTOMER,
        Column("kind", _("Type"), choice_cell("kind"), phone=_("Type")),
        Column(
            "invoiced_on",
            _("Invoice date"),
            date_cell("invoiced_on"),
            sort="invoiced_on",
            css="nw",
            phone=_("Invoice date"),
            descending=True,
        ),
        Column("due_on", _("Due"), date_cell("due_on"), css="nw", phone=_("Due")),
        Column("net", _("Net amount"), amount_cell("net"), css="num"),
        Column("gross", _("Gross amount"), amount_cell("gross"), css="num", phone=_("Gross amount")),
        *_STAMPS,
    ]


class CustomerReturnTable(Table):
    """The list of returns and credit memo requests."""

    default_sort: ClassVar[str] = "-requested_on"
    groups: ClassVar = {"requested_on": "requested_on", "kind": "kind", "status": "status", **_GROUPS}
    totals: ClassVar = {"net": Total("net_base", only=_THERE)}
    columns: ClassVar = [
        Column("number", _("Return"), document_cell("number", "reference", _("Goes back to")), sort="number", phone=""),
        _CUSTOMER,
        Column("kind", _("Type"), choice_cell("kind"), phone=_("Type")),
        Column(
            "requested_on",
            _("Date"),
            date_cell("requested_on"),
            sort="requested_on",
            css="nw",
            phone=_("Date"),
            descending=True,
        ),
        Column(
            "net",
            _("Net amount"),
            amount_cell("net"),
            sort="net_base",
            css="num",
            phone=_("Net amount"),
            descending=True,
        ),
        Column("status", _("Status"), choice_cell("status", RETURN_TONES), phone=_("Status")),
        *_STAMPS,
    ]


class ReceivableTable(Table):
    """The list of receivables."""

    default_sort: ClassVar[str] = "-due_on"
    groups: ClassVar = {"due_on": "due_on", "kind": "kind", **_GROUPS}
    totals: ClassVar = {"amount": Total("amount_base", only=_THERE)}
    columns: ClassVar = [
        Column("number", _("Invoice · item"), document_cell("invoice_number", "number", _("Item")), phone=""),
        _CUSTOMER,
        Column("kind", _("Type"), choice_cell("kind")),
        Column("posted_on", _("Posted"), date_cell("posted_on"), sort="posted_on", css="nw", descending=True),
        Column(
            "due_on",
            _("Due"),
            due_cell,
            sort="due_on",
            css="nw",
            phone=_("Due"),
            value=(
                Part("due_on"),
                Part(lambda item: days_overdue(item, timezone.localdate()) or None, _("Days overdue")),
            ),
        ),
        Column(
            "amount",
            _("Amount"),
            amount_cell("amount"),
            sort="amount_base",
            css="num",
            phone=_("Amount"),
            descending=True,
        ),
        Column(
            "settled",
            _("Status"),
            settled_cell,
            css="nw",
            phone=_("Status"),
            value=(Part(settled_text), Part("cleared_on", _("Cleared on"))),
        ),
        *_STAMPS,
    ]


TABLES: dict[type, type[Table]] = {
    SalesOrder: SalesOrderTable,
    Shipment: ShipmentTable,
    Invoice: InvoiceTable,
    Receivable: ReceivableTable,
    CustomerReturn: CustomerReturnTable,
}


REQUEST_TONES = {OrderRequestState.DRAFT: "line", OrderRequestState.SUBMITTED: "pri", OrderRequestState.ENTERED: "ok"}


def request_cell(row: Any) -> str:
    """The number with its link, the quote below."""
    link = f'<a class="ttl nw" href="{document_url(row)}">{escape(row.code)}</a>'
    return f'{link}<span class="sub">{escape(row.quote.code)}</span>'


class OrderRequestTable(Table):
    """The list of order requests."""

    model = OrderRequest
    default_sort: ClassVar[str] = "-created_at"
    groups: ClassVar = {"state": "state", "customer": "customer", "owner": "owner", "team": "team"}
    totals: ClassVar = {"net": Total("net_base")}
    columns: ClassVar = [
        Column(
            "code",
            _("Order request"),
            request_cell,
            select=("quote",),
            phone="",
            value=(Part("code"), Part("quote.code", _("Quote"))),
        ),
        Column(
            "customer", _("Customer"), customer_cell, select=("customer",), phone=_("Customer"), value="customer.name"
        ),
        Column("state", _("Status"), choice_cell("state", REQUEST_TONES), phone=_("Status")),
        Column(
            "net",
            _("Amount"),
            amount_cell("net"),
            sort="net_base",
            css="num",
            descending=True,
            phone=_("Amount"),
        ),
        Column(
            "requested_on", _("Requested delivery"), date_cell("requested_on"), css="nw", phone=_("Requested delivery")
        ),
        Column("owner", _("Owner"), person_cell("owner"), select=("owner",)),
        Column(
            "created_at",
            _("Created on"),
            date_cell("created_at"),
            sort="created_at",
            css="nw",
            descending=True,
        ),
        Column("team", _("Team"), label_cell("team"), select=("team",), shown=False),
        Column(
            "business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False
        ),
    ]
