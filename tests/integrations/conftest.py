"""A small company that buys, and an ERP simulator beside it: in a thread of this process, on a free port."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm.models import Currency, ExchangeRate, ProductUnit, Unit
from customers.models import Customer
from integrations.models import ExternalRef, SyncRun
from integrations.sap.client import ODataClient
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator import billing
from integrations.simulator import documents as sap
from integrations.simulator.life import Life
from integrations.simulator.server import SimulatorServer
from integrations.simulator.store import Store
from integrations.sync.engine import sync_entity_set
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer

TODAY = dt.date.today()
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass
class Erp:
    """The simulator: its data, its server, and short ways to put documents into it."""

    store: Store
    server: SimulatorServer
    life: Life

    @property
    def url(self) -> str:
        return self.server.url

    def client(self, **options: Any) -> ODataClient:
        """A client that waits for nothing."""
        return ODataClient(
            base_url=self.url, username="demo", password="demo", **{"sleep": lambda seconds: None, **options}
        )

    def put(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        for entity_set, found in rows.items():
            self.store.put(entity_set, found)

    def order(self, number: str, *items: sap.OrderItem, **values: Any) -> None:
        """An order of customer 1000001; one item of 100 KG for 1,000.00 unless given."""
        values = {"customer": "1000001", "currency": "CNY", "ordered_on": TODAY, "changed_at": NOW, **values}
        self.put(sap.order_rows(sap.Order(number=number, items=list(items or [self.item()]), **values)))

    def item(self, item: int = 10, **values: Any) -> sap.OrderItem:
        given = {
            "product": "000000003000000001",
            "text": "密封胶",
            "quantity": Decimal(100),
            "unit": "KG",
            "net": Decimal(1000),
        }
        return sap.OrderItem(item=item, **{**given, "promised_on": TODAY, **values})

    def delivery(self, number: str, *items: sap.DeliveryItem, **values: Any) -> None:
        values = {"customer": "1000001", "created_on": TODAY, **values}
        self.put(sap.delivery_rows(sap.Delivery(number=number, items=list(items), **values)))

    def part(
        self, order: str, quantity: Any, item: int = 10, *, order_item: int = 10, **values: Any
    ) -> sap.DeliveryItem:
        """An item of a delivery: so many kg of an order's item."""
        given = {"product": "3000000001", "text": "密封胶", "unit": "KG", "quantity": Decimal(quantity)}
        given["quantity_base"] = Decimal(quantity)
        return sap.DeliveryItem(item=item, order=order, order_item=order_item, **{**given, **values})

    def invoice(self, number: str, net: Any = "1000", **values: Any) -> None:
        """A billing document with one item of 100 KG and 13 % tax, posted to document 18 + the last 8 digits."""
        amount = Decimal(net)
        item = billing.InvoiceItem(
            10, "3000000001", "密封胶", Decimal(100), "KG", Decimal(100), amount, amount * 13 / 100
        )
        items = values.pop("items", [item])
        given = {
            "customer": "1000001",
            "currency": "CNY",
            "invoiced_on": TODAY,
            "changed_at": NOW,
            "fiscal_year": "2026",
        }
        given["accounting_document"] = f"18{number[-8:]}"
        self.put(billing.invoice_rows(billing.Invoice(number=number, items=items, **{**given, **values})))

    def account(self, document: str, amount: Any, **values: Any) -> None:
        """An item of customer 1000001's account, in company code 1000 and year 2026, due in a month."""
        given = {"company": "1000", "year": "2026", "customer": "1000001", "currency": "CNY", "posted_on": TODAY}
        given |= {"due_on": TODAY + dt.timedelta(days=30)}
        row = billing.account_row(billing.AccountItem(document=document, amount=Decimal(amount), **{**given, **values}))
        self.store.put("A_OperationalAcctgDocItemCube", [row])


@pytest.fixture
def erp(tmp_path: Path) -> Iterator[Erp]:
    """An empty ERP."""
    store = Store(tmp_path / "erp.sqlite3")
    life = Life(store, seed=7)
    server = SimulatorServer(("127.0.0.1", 0), store=store, life=life, user="demo", password="demo")
    server.keep_requests = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield Erp(store, server, life)
    server.shutdown()
    server.server_close()
    thread.join()
    store.close()


def make_reference(org: Organisation) -> None:
    """Rates, units and the ERP's numbers of the small company's product."""
    for code, decimals, rate in (("USD", 2, "7.10"), ("JPY", 0, "0.05"), ("KWD", 3, "23.15")):
        currency, _made = Currency.objects.get_or_create(code=code, defaults={"name": code, "decimals": decimals})
        ExchangeRate.objects.create(currency=currency, starts_on=dt.date(2020, 1, 1), rate=rate)
    drum = Unit.objects.create(code="DR", name="桶")
    ProductUnit.objects.create(product=org.product, unit=drum, numerator=200, denominator=1)
    ExternalRef.objects.create(system="SAP", entity="product", external_id="3000000001", object_id=org.product.pk)


def known_in_erp(customer: Customer, number: str) -> Customer:
    """The customer has that number in the ERP."""
    ExternalRef.objects.create(system="SAP", entity="customer", external_id=number, object_id=customer.pk)
    return customer


@pytest.fixture
def buyer(org: Organisation) -> Customer:
    """The customer with the ERP number 1000001, of the sales representative in the East."""
    make_reference(org)
    return known_in_erp(make_customer(org, region=org.east), "1000001")


@pytest.fixture
def sync(erp: Erp) -> Callable[..., SyncRun]:
    """Runs one entity set: sync("A_SalesOrder", full=True)."""

    def run(name: str, **options: Any) -> SyncRun:
        with erp.client() as client:
            return sync_entity_set(ENTITY_SETS[name], client=client, **options)

    return run


@pytest.fixture
def sync_everything(sync: Callable[..., SyncRun]) -> Callable[..., dict[str, SyncRun]]:
    """Runs all entity sets in their order."""
    return lambda **options: {name: sync(name, **options) for name in ENTITY_SETS}


@pytest.fixture
def other_connection(db: Any) -> Callable[..., Any]:
    """Enters a context manager in another thread, on another database connection, and leaves it at the end of the block."""
    from contextlib import contextmanager

    from django.db import connection

    @contextmanager
    def enter(make: Callable[[], Any]) -> Iterator[None]:
        ready, leave = threading.Event(), threading.Event()

        def hold() -> None:
            with make():
                ready.set()
                leave.wait(10)
            connection.close()

        thread = threading.Thread(target=hold)
        thread.start()
        assert ready.wait(10)
        yield
        leave.set()
        thread.join()

    return enter
