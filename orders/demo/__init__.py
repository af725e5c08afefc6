"""The documents of the demo company: orders, deliveries, invoices and accounts, without a database until `load`."""

import datetime as dt

from crm.demo import catalogue, organisation
from crm.demo.copy import load_tables
from crm.demo.world import World
from customers import demo as customers_demo
from orders.demo import invoices, receivables, sales, shipments, statuses

TABLES = {
    "sales_order": "orders.SalesOrder",
    "sales_order_line": "orders.SalesOrderLine",
    "shipment": "orders.Shipment",
    "shipment_line": "orders.ShipmentLine",
    "invoice": "orders.Invoice",
    "invoice_line": "orders.InvoiceLine",
    "receivable": "orders.Receivable",
    "settlement": "orders.Settlement",
}
_STEPS = {
    "organisation": organisation.generate,
    "catalogue": catalogue.generate,
    "customers": customers_demo.generate,
}


def build_world(*, scale: float, seed: int, today: dt.date, upto: str = "orders") -> World:
    """The demo company up to a step (organisation, catalogue, customers, orders), without registries and database.

    It holds the same rows as the company that `load_demo` makes of the same scale, seed and day.
    """
    steps = {**_STEPS, "orders": generate}
    if upto not in steps:
        raise ValueError(f"{upto!r} is not one of: {', '.join(steps)}.")
    world = World(scale=scale, seed=seed, today=today)
    for name, step in steps.items():
        step(world)
        if name == upto:
            break
    return world


def generate(world: World) -> None:
    """All documents up to yesterday, and what they say about the customers."""
    sales.generate(world)
    shipments.generate(world)
    invoices.generate(world)
    receivables.generate(world)
    statuses.set_statuses(world)
    statuses.know_customers(world)


def load(world: World) -> None:
    """Write the documents."""
    load_tables(world, TABLES)
