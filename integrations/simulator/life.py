"""How the simulated company's business goes on: orders come in, are delivered, billed and paid, and some goods come back."""

import datetime as dt
import json
import random
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from crm.money import rounded
from integrations.simulator.after_sales import AfterSales
from integrations.simulator.billing import AccountItem, Invoice, InvoiceItem, account_row, invoice_rows
from integrations.simulator.documents import (
    Delivery,
    DeliveryItem,
    Order,
    OrderItem,
    delivery_rows,
    item_no,
    order_rows,
)
from integrations.simulator.store import Store, day_ms, moment_ms

PER_HOUR = 60.0  # documents an hour while nobody asks for more
MOST_AT_ONCE = 2000

Row = dict[str, Any]


class Life:
    """Makes documents in the store. One at a time, whoever asks."""

    def __init__(self, store: Store, *, seed: int = 1, now: Callable[[], dt.datetime] | None = None) -> None:
        self.store = store
        self.skew = 0.0  # seconds that its clock is ahead
        self._clock = now or (lambda: dt.datetime.now(dt.UTC))
        self._random = random.Random(f"{seed}/{store.setting('steps', '0')}")  # noqa: S311 -- made-up business
        self._lock = threading.Lock()
        self._owed = 0.0
        self._after_sales = AfterSales(store, self._random, self.now)
        self._steps: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("orders", self._order),
            ("deliveries", self._deliver),
            ("goods_issues", self._issue),
            ("invoices", self._invoice),
            ("payments", self._pay),
            ("receipts_confirmed", self._confirm),
        )

    def advance(self, *, minutes: float = 0, documents: int = 0) -> dict[str, int]:
        """Let that many minutes of business happen, or make that many documents now; how many of each kind were made.

        Raises ValueError for negative numbers.
        """
        if minutes < 0 or documents < 0:
            raise ValueError("minutes and documents must not be negative")
        with self._lock:
            self._owed += minutes * PER_HOUR / 60
            count = min(documents or int(self._owed), MOST_AT_ONCE)
            self._owed = max(0.0, self._owed - count) if not documents else self._owed
            done: dict[str, int] = {}
            with self.store.writing():
                at = int(self.store.setting("steps", "0"))
                for step in range(at, at + count):
                    name = self._step(step)
                    if name:
                        done[name] = done.get(name, 0) + 1
                self.store.set("steps", str(at + count))
            return done

    def _step(self, step: int) -> str:
        """The step whose turn it is; a new order where that has nothing to do."""
        besides = self._after_sales.act(step)
        if besides:
            return besides
        name, act = self._steps[step % len(self._steps)]
        if act():
            return name
        return "orders" if self._order() else ""

    def now(self) -> dt.datetime:
        """The time by the ERP's clock."""
        return self._clock() + dt.timedelta(seconds=self.skew)

    @property
    def _today(self) -> dt.date:
        return (self.now() + dt.timedelta(hours=8)).date()

    def _master(self, table: str) -> tuple[str, Row] | None:
        """A customer or product, at random."""
        count = self.store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- our own names
        if not count:
            return None
        place = self._random.randrange(count)
        number, facts = self.store.db.execute(f"SELECT number, facts FROM {table} LIMIT 1 OFFSET ?", [place]).fetchone()  # noqa: S608 -- our own names
        return number, json.loads(facts)

    def _facts(self, table: str, number: str) -> Row:
        found = self.store.db.execute(f"SELECT facts FROM {table} WHERE number = ?", [number.lstrip("0")]).fetchone()  # noqa: S608 -- our own names
        return json.loads(found[0]) if found else {}

    def _rate(self, currency: str) -> Decimal:
        return Decimal(json.loads(self.store.setting("rates", "{}")).get(currency, "1"))

    def _put(self, rows: dict[str, list[Row]]) -> None:
        for entity_set, found in rows.items():
            self.store.put(entity_set, found)

    def _order(self) -> bool:
        """A new order of one to three items."""
        customer = self._master("master_customer")
        if customer is None:
            return False
        number, facts = customer
        promised = self._today + dt.timedelta(days=self._random.randint(0, 12))
        items = [self._order_item(10 * place, facts, promised) for place in range(1, self._random.randint(1, 3) + 1)]
        order = Order(
            number=self.store.next_number("A_SalesOrder", "SalesOrder", 4500000001),
            customer=number,
            currency=facts["currency"],
            ordered_on=self._today,
            changed_at=self.now(),
            items=[item for item in items if item is not None],
            org=facts["org"],
            channel=facts["channel"],
            division=facts["division"],
            reference=f"PO-{self._random.randint(10000, 99999)}",
            requested_on=promised,
            terms=facts["terms"],
        )
        self._put(order_rows(order))
        return True

    def _order_item(self, item: int, customer: Row, promised: dt.date) -> OrderItem | None:
        found = self._master("master_product")
        if found is None:
            return None
        number, product = found
        packs = self._random.randint(5, 60)
        kg = Decimal(packs) * product["numerator"] / product["denominator"]
        discount = 10 - self._random.randint(0, 10)
        net = kg * Decimal(product["price"]) * (100 - discount) / 100 / self._rate(customer["currency"])
        tax = Decimal(0) if customer["tax_free"] else net * product["tax"] / 100
        more: Row = {"tax": tax, "discount": Decimal(discount)}
        if packs % 6 == 0:  # a third is at hand
            more |= {"first_part": Decimal(packs // 3), "first_on": self._today}
        return OrderItem(item, number, product["text"], Decimal(packs), product["unit"], net, promised, **more)

    def _deliver(self) -> bool:
        """A delivery of what is open of the order whose turn it is; one in five leaves a part for later."""
        sql = (
            "SELECT o.SalesOrder FROM A_SalesOrderItem i JOIN A_SalesOrder o ON o.SalesOrder = i.SalesOrder"
            " JOIN A_SalesOrderScheduleLine s ON s.SalesOrder = i.SalesOrder AND s.SalesOrderItem = i.SalesOrderItem"
            " WHERE i.DeliveryStatus IN ('A', 'B') AND i.SalesDocumentRjcnReason = '' AND o.TotalBlockStatus = ''"
            " AND o.TotalCreditCheckStatus <> 'B' AND o.DeliveryBlockReason = ''"
            " ORDER BY s.ConfirmedDeliveryDate, o.SalesOrder LIMIT 1"
        )
        found = self.store.db.execute(sql).fetchone()
        if found is None:
            return False
        (head,) = self.store.rows("A_SalesOrder", "SalesOrder = ?", [found[0]])
        items = self._delivery_items(head)
        if not items:
            return False
        delivery = Delivery(
            number=self.store.next_number("A_OutbDeliveryHeader", "DeliveryDocument", 8000000001),
            customer=head["SoldToParty"],
            created_on=self._today,
            items=items,
            currency=head["TransactionCurrency"],
            org=head["SalesOrganization"],
            bill_of_lading=f"BL{self._random.randint(100000, 999999)}",
        )
        self._put(delivery_rows(delivery))
        self._order_status(head["SalesOrder"])
        return True

    def _delivery_items(self, head: Row) -> list[DeliveryItem]:
        result: list[DeliveryItem] = []
        for item in self.store.rows(
            "A_SalesOrderItem", "SalesOrder = ? AND SalesDocumentRjcnReason = ''", [head["SalesOrder"]]
        ):
            ordered = Decimal(item["RequestedQuantity"])
            open_quantity = ordered - self._delivered(head["SalesOrder"], item["SalesOrderItem"])
            part = self._random.random() < 0.2 and open_quantity >= 2
            quantity = (open_quantity / 2).to_integral_value() if part else open_quantity
            if quantity > 0:
                facts = self._facts("master_product", item["Material"])
                base = quantity
                if item["RequestedQuantityUnit"] == facts.get("unit"):
                    base = quantity * facts["numerator"] / facts["denominator"]
                number, place = int(item["SalesOrderItem"]), 10 * (len(result) + 1)
                unit, text = item["RequestedQuantityUnit"], item["SalesOrderItemText"]
                result.append(
                    DeliveryItem(place, item["Material"], text, quantity, unit, base, head["SalesOrder"], number)
                )
            status = "C" if quantity >= open_quantity else "B"
            self.store.change("A_SalesOrderItem", [head["SalesOrder"], item["SalesOrderItem"]], DeliveryStatus=status)
        return result

    def _delivered(self, order: str, item: str) -> Decimal:
        rows = self.store.rows(
            "A_OutbDeliveryItem", "ReferenceSDDocument = ? AND ReferenceSDDocumentItem = ?", [order, item_no(int(item))]
        )
        return sum((Decimal(row["ActualDeliveryQuantity"]) for row in rows), Decimal(0))

    def _order_status(self, number: str) -> None:
        """Header statuses of an order from its items; this change moves its stamp."""
        items = self.store.rows("A_SalesOrderItem", "SalesOrder = ? AND SalesDocumentRjcnReason = ''", [number])

        def overall(name: str) -> str:
            found = {item[name] for item in items}
            return "C" if found == {"C"} else ("A" if found == {"A"} else "B")

        delivered, billed = overall("DeliveryStatus"), overall("OrderRelatedBillingStatus")
        process = "C" if (delivered, billed) == ("C", "C") else ("A" if (delivered, billed) == ("A", "A") else "B")
        self.store.change(
            "A_SalesOrder",
            [number],
            OverallTotalDeliveryStatus=delivered,
            OverallOrdReltdBillgStatus=billed,
            OverallSDProcessStatus=process,
            LastChangeDateTime=moment_ms(self.now()),
            LastChangeDate=day_ms(self._today),
        )

    def _issue(self) -> bool:
        """The goods of the delivery whose turn it is leave."""
        sql = (
            "SELECT DeliveryDocument FROM A_OutbDeliveryHeader WHERE OverallGoodsMovementStatus = 'A'"
            " ORDER BY PlannedGoodsIssueDate LIMIT 1"
        )
        found = self.store.db.execute(sql).fetchone()
        if found is None:
            return False
        today = day_ms(self._today)
        values = {"OverallPickingStatus": "C", "OverallGoodsMovementStatus": "C", "ActualGoodsMovementDate": today}
        self.store.change("A_OutbDeliveryHeader", [found[0]], **values, LastChangeDate=today)
        self.store.db.execute(
            "UPDATE A_OutbDeliveryItem SET GoodsMovementStatus = 'C', PickingStatus = 'C' WHERE DeliveryDocument = ?",
            [found[0]],
        )
        return True

    def _confirm(self) -> bool:
        """A customer confirms the receipt of a delivery that left two days ago or earlier."""
        sql = (
            "SELECT DeliveryDocument FROM A_OutbDeliveryHeader WHERE OverallProofOfDeliveryStatus = 'A'"
            " AND ActualGoodsMovementDate <= ? ORDER BY ActualGoodsMovementDate LIMIT 1"
        )
        today = day_ms(self._today)
        found = self.store.db.execute(sql, [day_ms(self._today - dt.timedelta(days=2))]).fetchone()
        if found is None:
            return False
        self.store.change(
            "A_OutbDeliveryHeader",
            [found[0]],
            OverallProofOfDeliveryStatus="C",
            ProofOfDeliveryDate=today,
            LastChangeDate=today,
        )
        return True

    def _invoice(self) -> bool:
        """A delivery that has left is billed and posted to the customer's account."""
        sql = (
            "SELECT DeliveryDocument FROM A_OutbDeliveryHeader WHERE OverallGoodsMovementStatus = 'C'"
            " AND OverallDelivReltdBillgStatus = 'A' ORDER BY PlannedGoodsIssueDate LIMIT 1"
        )
        found = self.store.db.execute(sql).fetchone()
        if found is None:
            return False
        (head,) = self.store.rows("A_OutbDeliveryHeader", "DeliveryDocument = ?", [found[0]])
        facts = self._facts("master_customer", head["SoldToParty"]) or {"company": "1000", "terms": "ZB30"}
        items = self._invoice_items(head["DeliveryDocument"])
        year = str(self._today.year)
        company = facts["company"]
        where = ("CompanyCode = ? AND FiscalYear = ? AND AccountingDocumentType = 'RV'", (company, year))
        invoice = Invoice(
            number=self.store.next_number("A_BillingDocument", "BillingDocument", 9000000001),
            customer=head["SoldToParty"],
            currency=head["TransactionCurrency"],
            invoiced_on=self._today,
            changed_at=self.now(),
            items=items,
            company=company,
            org=head["SalesOrganization"],
            accounting_document=self.store.next_number(
                "A_OperationalAcctgDocItemCube", "AccountingDocument", 1800000001, *where
            ),
            fiscal_year=year,
            terms=facts["terms"],
        )
        self._put(invoice_rows(invoice))
        self._post(invoice)
        self.store.change(
            "A_OutbDeliveryHeader", [found[0]], OverallDelivReltdBillgStatus="C", LastChangeDate=day_ms(self._today)
        )
        for order in sorted({item.order for item in items}):
            self._order_status(order)
        return True

    def _invoice_items(self, delivery: str) -> list[InvoiceItem]:
        """The items of a delivery at the prices of their orders."""
        result: list[InvoiceItem] = []
        for row in self.store.rows("A_OutbDeliveryItem", "DeliveryDocument = ?", [delivery]):
            order, item = row["ReferenceSDDocument"], row["ReferenceSDDocumentItem"]
            ordered = self.store.rows(
                "A_SalesOrderItem", "SalesOrder = ? AND CAST(SalesOrderItem AS INTEGER) = ?", [order, int(item)]
            )
            quantity = Decimal(row["ActualDeliveryQuantity"])
            if not ordered or not quantity:
                continue
            share = quantity / Decimal(ordered[0]["RequestedQuantity"])
            net, tax = Decimal(ordered[0]["NetAmount"]) * share, Decimal(ordered[0]["TaxAmount"]) * share
            base = Decimal(row["ActualDeliveredQtyInBaseUnit"])
            place, text, unit = 10 * (len(result) + 1), row["DeliveryDocumentItemText"], row["DeliveryQuantityUnit"]
            origin = {
                "order": order,
                "order_item": int(item),
                "delivery": delivery,
                "delivery_item": int(row["DeliveryDocumentItem"]),
            }
            result.append(InvoiceItem(place, row["Material"], text, quantity, unit, base, net, tax, **origin))
            billed = ordered[0]["DeliveryStatus"]
            self.store.change(
                "A_SalesOrderItem",
                [order, ordered[0]["SalesOrderItem"]],
                OrderRelatedBillingStatus=billed,
                SDProcessStatus=billed,
            )
        return result

    def _post(self, invoice: Invoice) -> None:
        gross = invoice.net + invoice.tax
        days = int("".join(filter(str.isdigit, invoice.terms)) or 30)
        item = AccountItem(
            company=invoice.company,
            year=invoice.fiscal_year,
            document=invoice.accounting_document,
            customer=invoice.customer,
            currency=invoice.currency,
            amount=gross,
            base=rounded(gross * self._rate(invoice.currency), "CNY"),
            posted_on=invoice.invoiced_on,
            due_on=invoice.invoiced_on + dt.timedelta(days=days),
            invoice=invoice.number,
            terms=invoice.terms,
        )
        self.store.put("A_OperationalAcctgDocItemCube", [account_row(item)])

    def _pay(self) -> bool:
        """The oldest debt that is due is paid and cleared."""
        sql = "IsCleared = 0 AND NetDueDate <= ? AND AccountingDocumentType = 'RV' AND DebitCreditCode = 'S'"
        due = self.store.rows(
            "A_OperationalAcctgDocItemCube", sql, [day_ms(self._today)], "ORDER BY NetDueDate LIMIT 20"
        )
        if not due:
            return False
        debt = self._random.choice(due)
        year, company = str(self._today.year), debt["CompanyCode"]
        where = ("CompanyCode = ? AND FiscalYear = ? AND AccountingDocumentType = 'DZ'", (company, year))
        document = self.store.next_number("A_OperationalAcctgDocItemCube", "AccountingDocument", 1400000001, *where)
        payment = AccountItem(
            company=company,
            year=year,
            document=document,
            customer=debt["Customer"].lstrip("0"),
            currency=debt["TransactionCurrency"],
            amount=-Decimal(debt["AmountInTransactionCurrency"]),
            base=-Decimal(debt["AmountInCompanyCodeCurrency"]),
            posted_on=self._today,
            due_on=self._today,
            kind="DZ",
            key="15",
            cleared_on=self._today,
            clearing_document=document,
            clearing_year=year,
        )
        self.store.put("A_OperationalAcctgDocItemCube", [account_row(payment)])
        today = day_ms(self._today)
        key = [debt[name] for name in ("CompanyCode", "FiscalYear", "AccountingDocument", "AccountingDocumentItem")]
        self.store.change(
            "A_OperationalAcctgDocItemCube",
            key,
            IsCleared=1,
            ClearingDate=today,
            ClearingCreationDate=today,
            ClearingAccountingDocument=document,
            ClearingDocFiscalYear=year,
        )
        return True
