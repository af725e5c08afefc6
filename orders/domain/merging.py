"""What of the ERP's documents goes along when a customer is merged into another: all of them, each with its lines."""

from django.utils.translation import gettext_lazy as _

from customers.domain.merging.moves import foreign_keys, tells_facts

ORDERS = foreign_keys(
    "orders",
    _("Orders"),
    "orders.SalesOrder.customer",
    "orders.SalesOrderLine.customer",
    told=tells_facts("order_line", {"orders.SalesOrderLine": ("ordered_on", "promised_on", "shipped_on")}),
    order=40,
)
SHIPMENTS = foreign_keys(
    "shipments",
    _("Shipments"),
    "orders.Shipment.customer",
    "orders.ShipmentLine.customer",
    told=tells_facts("shipment_line", {"orders.ShipmentLine": ("shipped_on",)}),
    order=50,
)
INVOICES = foreign_keys(
    "invoices",
    _("Invoices"),
    "orders.Invoice.customer",
    "orders.InvoiceLine.customer",
    told=tells_facts("invoice_line", {"orders.InvoiceLine": ("invoiced_on",)}),
    order=60,
)
SETTLEMENTS = foreign_keys(
    "settlements",
    _("Settlements"),
    "orders.Settlement.customer",
    told=tells_facts("settlement", {"orders.Settlement": ("settled_on",)}),
    order=65,
)
RECEIVABLES = foreign_keys(
    "receivables",
    _("Receivables"),
    "orders.Receivable.customer",
    told=tells_facts("receivable", {"orders.Receivable": ("posted_on", "due_on", "cleared_on")}),
    order=70,
)
RETURNS = foreign_keys(
    "customer_returns",
    _("Returns and credit requests"),
    "orders.CustomerReturn.customer",
    "orders.CustomerReturnLine.customer",
    order=72,
)
REQUESTS = foreign_keys("order_requests", _("Order requests"), "orders.OrderRequest.customer", order=75)
MOVERS = (REQUESTS, ORDERS, SHIPMENTS, INVOICES, SETTLEMENTS, RECEIVABLES, RETURNS)
