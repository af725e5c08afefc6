"""What happens besides orders and payments, now and then: credit memos are asked for, goods come back, master data changes."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from integrations.simulator.documents import item_no, money, plain
from integrations.simulator.store import Store, day_ms, moment_ms

EVERY = 12  # one step in so many
FIRST = {"CustomerReturn": 6500000001, "CreditMemoRequest": 6000000001}
TYPES = {"CustomerReturn": "RE2", "CreditMemoRequest": "CR"}
REASONS = {"CustomerReturn": "001", "CreditMemoRequest": "004"}

Row = dict[str, Any]


@dataclass(frozen=True)
class AfterSales:
    """Acts in the store with the dice and the clock of who calls it."""

    store: Store
    dice: random.Random
    now: Callable[[], dt.datetime]

    def act(self, step: int) -> str:
        """What is due at this step, if it is one of them: its name, "" when there is nothing to do."""
        if step % EVERY != EVERY - 1:
            return ""
        acts: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("credit_requests", lambda: self._request("CreditMemoRequest")),
            ("returns", lambda: self._request("CustomerReturn")),
            ("requests_moved", self._move),
            ("master_data_changed", self._change_master),
        )
        name, act = acts[step // EVERY % len(acts)]
        return name if act() else ""

    @property
    def _today(self) -> dt.date:
        return (self.now() + dt.timedelta(hours=8)).date()

    def _one(self, entity_set: str, where: str = "1") -> Row | None:
        """A row, at random."""
        count = self.store.db.execute(f"SELECT count(*) FROM {entity_set} WHERE {where}").fetchone()[0]  # noqa: S608 -- our own names
        if not count:
            return None
        return self.store.rows(entity_set, where, tail=f"LIMIT 1 OFFSET {self.dice.randrange(count)}")[0]

    def _request(self, name: str) -> bool:
        """A customer asks for a part of an invoice's item to be credited, or sends it back."""
        bill = self._one("A_BillingDocument", "SDDocumentCategory = 'M' AND BillingDocumentIsCancelled = 0")
        items = (
            self.store.rows("A_BillingDocumentItem", "BillingDocument = ?", [bill["BillingDocument"]]) if bill else []
        )
        if bill is None or not items:
            return False
        item = self.dice.choice(items)
        share = Decimal(self.dice.randint(1, 4)) / 10
        net, quantity = (
            Decimal(item["NetAmount"]) * share,
            (Decimal(item["BillingQuantity"]) * share).quantize(Decimal("0.001")),
        )
        number, today = self.store.next_number(f"A_{name}", name, FIRST[name]), day_ms(self._today)
        head: Row = {
            name: number,
            f"{name}Type": TYPES[name],
            "SalesOrganization": bill["SalesOrganization"],
            "SoldToParty": bill["SoldToParty"],
            "CreationDate": today,
            "LastChangeDateTime": moment_ms(self.now()),
            "PurchaseOrderByCustomer": "",
            f"{name}Date": today,
            "TotalNetAmount": money(net, bill["TransactionCurrency"]),
            "TransactionCurrency": bill["TransactionCurrency"],
            "SDDocumentReason": REASONS[name],
            "ReferenceSDDocument": bill["BillingDocument"],
            "OverallSDProcessStatus": "A",
            "OverallSDDocumentRejectionSts": "A",
        }
        self.store.put(f"A_{name}", [head])
        self.store.put(f"A_{name}Item", [self._item(name, number, item, head, quantity)])
        return True

    def _item(self, name: str, number: str, billed: Row, head: Row, quantity: Decimal) -> Row:
        return {
            name: number,
            f"{name}Item": item_no(10),
            f"{name}ItemText": billed["BillingDocumentItemText"],
            "Material": billed["Material"],
            "RequestedQuantity": plain(quantity),
            "RequestedQuantityUnit": billed["BillingQuantityUnit"],
            **({"RequestedQuantitySAPUnit": billed["BillingQuantityUnit"]} if name == "CreditMemoRequest" else {}),
            "TransactionCurrency": head["TransactionCurrency"],
            "NetAmount": head["TotalNetAmount"],
            "SalesDocumentRjcnReason": "",
            "ReferenceSDDocument": billed["BillingDocument"],
            "ReferenceSDDocumentItem": billed["BillingDocumentItem"],
        }

    def _move(self) -> bool:
        """A return or a request goes a step further, or is refused."""
        name = self.dice.choice(list(FIRST))
        row = self._one(f"A_{name}", "OverallSDProcessStatus <> 'C'")
        if row is None:
            return False
        refused = self.dice.random() < 0.1
        values = {"OverallSDProcessStatus": "B" if row["OverallSDProcessStatus"] == "A" and not refused else "C"}
        if refused:
            values["OverallSDDocumentRejectionSts"] = "C"
        self.store.change(f"A_{name}", [row[name]], **values, LastChangeDateTime=moment_ms(self.now()))
        return True

    def _change_master(self) -> bool:
        """Terms of a customer, a credit limit, or the least quantity of a product."""
        return self.dice.choice((self._terms, self._limit, self._least_quantity))()

    def _terms(self) -> bool:
        area = self._one("A_CustomerSalesArea")
        partners = self.store.rows("A_BusinessPartner", "Customer = ?", [area["Customer"]]) if area else []
        if area is None or not partners:
            return False
        key = [area[name] for name in ("Customer", "SalesOrganization", "DistributionChannel", "Division")]
        terms = self.dice.choice([found for found in ("ZB30", "ZB60", "ZB90") if found != area["CustomerPaymentTerms"]])
        self.store.change("A_CustomerSalesArea", key, CustomerPaymentTerms=terms)
        changed = {"LastChangeDate": day_ms(self._today), "ETag": f"{self.now():%Y%m%d%H%M%S%f}"}
        self.store.change("A_BusinessPartner", [partners[0]["BusinessPartner"]], **changed)
        return True

    def _limit(self) -> bool:
        row = self._one("CreditManagementAccount")
        if row is None:
            return False
        limit = money(
            Decimal(row["CreditLimitAmount"]) * self.dice.randint(80, 130) / 100, row["CreditSegmentCurrency"]
        )
        changed = {"CreditLimitAmount": limit, "CreditLimitLastChangeDate": day_ms(self._today)}
        self.store.change("CreditManagementAccount", [row["BusinessPartner"], row["CreditSegment"]], **changed)
        return True

    def _least_quantity(self) -> bool:
        row = self._one("A_ProductSalesDelivery")
        if row is None:
            return False
        key = [row[name] for name in ("Product", "ProductSalesOrg", "ProductDistributionChnl")]
        quantity = plain(Decimal(self.dice.randint(1, 20)))
        self.store.change("A_ProductSalesDelivery", key, MinimumOrderQuantity=quantity)
        changed = {"LastChangeDateTime": moment_ms(self.now()), "LastChangeDate": day_ms(self._today)}
        self.store.change("A_Product", [row["Product"]], **changed)
        return True
