"""What orders add to the pages of the kernel and of customers."""

from django.utils.translation import gettext_lazy as _

from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    HandoverMover,
    MenuItem,
    Panel,
    SearchSource,
    TimelineSource,
    WorkbenchCard,
    handover_movers,
    menu,
    number_kinds,
    panels,
    search_sources,
    timeline_sources,
    workbench_cards,
)
from customers.extension_points import (
    LineInterest,
    OpenBusiness,
    VolumeSource,
    customer_measures,
    handover_items,
    line_interests,
    merge_movers,
    open_business,
    volume_sources,
)
from orders import cards, search
from orders.domain import of_customer as business
from orders.domain import requests
from orders.domain.measures import MEASURES
from orders.domain.merging import MOVERS
from orders.domain.volumes import shipped
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, Shipment
from orders.panels import chain as of_chain
from orders.panels import customer as of_customer
from orders.panels import customer_return as of_return
from orders.panels import documents as of_document
from orders.panels import opportunity as of_opportunity
from orders.panels import order as of_order
from orders.panels import order_details as of_details
from orders.panels import order_request as of_request
from orders.panels import product as of_product
from orders.panels import swim as of_swim

CUSTOMER = "customers.Customer"
_DOCUMENTS = "orders/_documents.html"

menu.register(
    MenuItem(
        key="orders",
        label=_("Orders & delivery"),
        url_name="orders:salesorder_list",
        icon="truck-delivery",
        section="fulfilment",
        order=10,
        permission="orders.view_salesorder",
        go="d",
    )
)
menu.register(
    MenuItem(
        key="receivables",
        label=_("Invoices & receivables"),
        url_name="orders:receivable_list",
        icon="receipt-2",
        section="fulfilment",
        order=20,
        permission="orders.view_receivable",
        go="r",
    )
)
for source in (
    SearchSource("orders", _("Orders"), "shopping-cart", "orders.view_salesorder", search.search_orders, order=60),
    SearchSource(
        "shipments", _("Shipments"), "truck-delivery", "orders.view_shipment", search.search_shipments, order=70
    ),
    SearchSource("invoices", _("Invoices"), "file-invoice", "orders.view_invoice", search.search_invoices, order=80),
):
    search_sources.register(source)
workbench_cards.register(
    WorkbenchCard(
        "overdue_receivables",
        "side",
        "orders/_overdue_card.html",
        cards.overdue_receivables,
        "orders.view_receivable",
        10,
    )
)
workbench_cards.register(
    WorkbenchCard("late_orders", "side", "orders/_late_card.html", cards.late_orders, "orders.view_salesorder", 20)
)
timeline_sources.register(
    TimelineSource("orders", _("Orders and deliveries"), of_customer.events, order=10), group=CUSTOMER
)

panels.register(
    Panel(
        "flow",
        _("Fulfilment and money"),
        "main",
        "orders/_flow.html",
        of_customer.flow,
        "orders.view_salesorder",
        10,
        lazy=True,
    ),
    group=CUSTOMER,
)
panels.register(
    Panel(
        "recent_orders",
        _("Recent orders"),
        "main",
        _DOCUMENTS,
        of_customer.recent_orders,
        "orders.view_salesorder",
        60,
        lazy=True,
    ),
    group=CUSTOMER,
)
for order, (key, label, model) in enumerate(
    (
        ("orders", _("Orders"), SalesOrder),
        ("shipments", _("Shipments"), Shipment),
        ("invoices", _("Invoices"), Invoice),
        ("receivables", _("Receivables"), Receivable),
        ("returns", _("Returns"), CustomerReturn),
    )
):
    panels.register(
        Panel(
            key,
            label,
            "tab",
            _DOCUMENTS,
            of_customer.documents_tab(model),
            f"orders.view_{model._meta.model_name}",
            order=50 + order,
            count=of_customer.documents_count(model),
            tab="money",
        ),
        group=CUSTOMER,
    )
panels.register(
    Panel(
        "chain",
        _("Order to payment"),
        "tab",
        "orders/_customer_chain.html",
        of_chain.chain,
        "orders.view_salesorder",
        order=40,
        tab="money",
    ),
    group=CUSTOMER,
)
for panel in (
    Panel("track", _("Key figures"), "facts", "orders/_facts.html", of_order.facts),
    Panel("overdue", _("Overdue"), "main", "ui/alert.html", of_order.overdue, "orders.view_receivable", 10),
    Panel("weeks", _("From delivery to payment"), "main", "orders/_weeks.html", of_swim.weeks, order=15),
    Panel("lines", _("Order lines"), "main", "orders/_lines.html", of_order.lines, order=20, prints=True),
    Panel(
        "conditions",
        _("Price conditions"),
        "main",
        "orders/_conditions.html",
        of_details.conditions,
        "crm.view_priceitem",
        70,
    ),
    Panel(
        "credit", _("Customer's credit"), "side", "orders/_credit.html", of_order.credit, "customers.view_customer", 10
    ),
    Panel("shipments", _("Shipments"), "main", _DOCUMENTS, of_order.shipments, "orders.view_shipment", 30),
    Panel("invoices", _("Invoices"), "main", _DOCUMENTS, of_order.invoices, "orders.view_invoice", 40),
    Panel("receivables", _("Receivables"), "main", _DOCUMENTS, of_order.receivables, "orders.view_receivable", 50),
    Panel("returns", _("Returns"), "main", _DOCUMENTS, of_return.of_order, "orders.view_customerreturn", 60),
):
    panels.register(panel, group="orders.SalesOrder")
panels.register(
    Panel("lines", _("Lines"), "main", "orders/_shipment_lines.html", of_document.shipment_lines, prints=True),
    group="orders.Shipment",
)
panels.register(
    Panel("lines", _("Lines"), "main", "orders/_invoice_lines.html", of_document.invoice_lines, order=10, prints=True),
    group="orders.Invoice",
)
panels.register(
    Panel("returns", _("Returns"), "main", _DOCUMENTS, of_return.of_invoice, "orders.view_customerreturn", 30),
    group="orders.Invoice",
)
panels.register(
    Panel("invoices", _("Invoices"), "main", _DOCUMENTS, of_document.shipment_invoices, "orders.view_invoice", 20),
    group="orders.Shipment",
)
panels.register(
    Panel("lines", _("Lines"), "main", "orders/_return_lines.html", of_return.lines, prints=True),
    group="orders.CustomerReturn",
)
panels.register(
    Panel("items", _("Receivables"), "main", _DOCUMENTS, of_document.invoice_receivables, "orders.view_receivable", 20),
    group="orders.Invoice",
)
panels.register(
    Panel("cleared", _("Cleared together"), "main", _DOCUMENTS, of_document.cleared_with, "orders.view_receivable", 20),
    group="orders.Receivable",
)
panels.register(
    Panel(
        "orders",
        _("Recent orders"),
        "main",
        "orders/_product_orders.html",
        of_product.ordered,
        "orders.view_salesorder",
        70,
        lazy=True,
    ),
    group="crm.Product",
)
for measure in MEASURES:
    customer_measures.register(measure)
open_business.register(
    OpenBusiness("orders.open_orders", _("Orders to deliver"), "truck-delivery", business.count_orders, order=20)
)
open_business.register(
    OpenBusiness("orders.receivables", _("Receivables not paid"), "receipt-2", business.count_receivables, order=30)
)
line_interests.register(LineInterest("orders", business.buys, order=10))
volume_sources.register(VolumeSource("shipments", shipped, order=10))
register_demo("orders.demo", key="orders", order=50)
register_demo("orders.demo.requests", key="order_requests", order=996)
menu.register(
    MenuItem(
        key="order_requests",
        label=_("Order requests"),
        url_name="orders:orderrequest_list",
        icon="clipboard-list",
        section="deals",
        order=40,
        permission="orders.view_orderrequest",
    )
)
panels.register(
    Panel("lines", _("Lines"), "main", "orders/_request_lines.html", of_request.lines, prints=True),
    group="orders.OrderRequest",
)
panels.register(
    Panel(
        "order_request",
        _("Order request"),
        "main",
        "orders/_from_quote.html",
        of_request.of_quote,
        "orders.view_orderrequest",
        order=5,
    ),
    group="opportunities.Quote",
)
panels.register(
    Panel(
        "came_of_it",
        _("Orders that came of it"),
        "side",
        "orders/_opportunity_orders.html",
        of_opportunity.orders,
        "orders.view_salesorder",
        15,
    ),
    group="opportunities.Opportunity",
)
panels.register(
    Panel(
        "promise",
        _("Promised and shipped"),
        "main",
        "orders/_promise.html",
        of_opportunity.promise,
        "orders.view_shipment",
        12,
    ),
    group="opportunities.Opportunity",
)
number_kinds.register(
    NumberKind("order_request", _("Order requests"), "orders.OrderRequest", "OR-{yy}{mm}-{seq:4}", "monthly", order=44)
)
handover_movers.register(
    HandoverMover(
        "order_requests",
        _("Order requests not submitted"),
        "orders.OrderRequest",
        requests.count_owned,
        requests.take_over,
        order=60,
    )
)
handover_items.register(
    business.DRAFTS.item("order_requests", _("Order requests not submitted"), "clipboard-list", order=16)
)
for mover in MOVERS:
    merge_movers.register(mover)
