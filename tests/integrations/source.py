"""Compares what is here with what the source has, field by field; and the unkind things that a source does."""

import datetime as dt
import json
import random
from typing import Any

from integrations.models import RejectedRow
from integrations.sap.mapping import ENTITY_SETS
from integrations.sap.mapping.base import Document
from integrations.simulator.store import day_ms, moment_ms
from integrations.sync import reading
from integrations.sync.documents import THERE, known_of, number_of
from integrations.sync.lookups import KnownKeys
from orders.domain.details import conditions_of, schedule_of
from orders.models import OrderDetail
from tests.integrations.conftest import Erp

LINES = {
    "A_SalesOrder": {"order": {}},
    "A_OutbDeliveryHeader": {"shipment": {}},
    "A_BillingDocument": {"invoice": {}},
    "A_CustomerReturn": {"customer_return": {"kind": "return"}},
    "A_CreditMemoRequest": {"customer_return": {"kind": "credit"}},
}


def business(erp: Erp, *, days_ago: int = 0) -> None:
    """A customer and a product that the simulator makes documents of."""
    customer = {
        "currency": "CNY",
        "org": "1000",
        "channel": "10",
        "division": "00",
        "terms": "ZB30",
        "tax_free": False,
        "company": "1000",
    }
    product = {"text": "密封胶", "unit": "KG", "numerator": 1, "denominator": 1, "price": "35.00", "tax": 13}
    with erp.store.writing():
        for table, number, facts in (
            ("master_customer", "1000001", customer),
            ("master_product", "3000000001", product),
        ):
            erp.store.db.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", [number, json.dumps(facts)])
    _master_data(erp)


def _master_data(erp: Erp) -> None:
    """The customer's account, its credit, and the product, of long ago; and others of each that may vanish."""
    old = day_ms(dt.date.today() - dt.timedelta(days=900))
    product = "3000000001".zfill(18)
    area = {"SalesOrganization": "1010", "DistributionChannel": "10", "Division": "01", "DeletionIndicator": 0}
    for place in range(1, 4):
        partner, customer = f"000900000{place}", "0001000001" if place == 1 else f"K-{place}"
        credit = {"CreditLimitAmount": "500000.00", "CreditSegmentCurrency": "CNY", "CreditLimitLastChangeDate": old}
        rows = {
            "A_BusinessPartner": {"BusinessPartner": partner, "Customer": customer, "CreationDate": old},
            "A_Customer": {"Customer": customer, "CustomerName": f"客户{place}"},
            "A_CustomerSalesArea": {"Customer": customer, "Currency": "CNY", "CustomerPaymentTerms": "ZB30", **area},
            "CreditManagementAccount": {"BusinessPartner": partner, "CreditSegment": "0000", **credit},
        }
        erp.put({name: [row] for name, row in rows.items()})
    moved = moment_ms(dt.datetime.now(dt.UTC) - dt.timedelta(days=900))
    head = {
        "Product": product,
        "ProductType": "FERT",
        "BaseUnit": "KG",
        "CreationDate": old,
        "LastChangeDateTime": moved,
    }
    chain = {"Product": product, "ProductSalesOrg": "1010", "ProductDistributionChnl": "10", "SalesMeasureUnit": "KG"}
    erp.put({"A_Product": [head], "A_ProductSalesDelivery": [{**chain, "MinimumOrderQuantity": "1"}]})
    erp.put({"A_ProductDescription": [{"Product": product, "Language": "ZH", "ProductDescription": "密封胶"}]})


def assert_same_as_source(erp: Erp, *, v4: tuple[str, ...] = ()) -> None:
    """Everything there is here with the same values, and what is not there is marked here as gone."""
    look = KnownKeys()
    rejected = set(RejectedRow.objects.exclude(state="resolved").values_list("entity_set", "external_id"))
    with erp.client(v4=v4) as client:
        for entity_set in ENTITY_SETS.values():
            rows = [row for page in reading.matching(entity_set, client, "", top=1000) for row in page]
            look.prepare({str(row.get(entity_set.customer) or "").lstrip("0") for row in rows})
            taken = [row for row in rows if (entity_set.name, entity_set.external_id(row)) not in rejected]
            known = known_of(entity_set)
            here = {getattr(row, known.key): row for row in known.rows()}
            built = {number_of(entity_set, row): entity_set.build(row, look) for row in taken}
            assert here.keys() == built.keys(), (entity_set.name, here.keys() ^ built.keys())
            for number, document in built.items():
                there = _values(document.header)
                assert {name: getattr(here[number], name) for name in there} == there, (entity_set.name, number)
            if entity_set.name == "A_SalesOrder":
                _assert_details(list(built.values()))
            for parent, narrowed in LINES.get(entity_set.name, {}).items():
                lines = {(line.number, line.item): line for document in built.values() for line in document.lines}
                _assert_lines(known.model, parent, narrowed, lines)


def _values(header: Any) -> dict[str, Any]:
    """What is kept of a document, of an account, or beside a product."""
    found: dict[str, Any] = getattr(header, "beside", None) or getattr(header, "values", None) or header._asdict()
    return found


def _assert_lines(model: Any, parent: str, narrowed: dict[str, str], there: dict[tuple[str, int], Any]) -> None:
    manager = model._meta.get_field("lines").related_model._base_manager
    wanted = {f"{parent}__{name}": value for name, value in {**THERE, **narrowed}.items()}
    here = {(getattr(row, parent).number, row.item): row for row in manager.filter(**wanted).select_related(parent)}
    assert here.keys() == there.keys()
    for key, line in there.items():
        found = {name: getattr(here[key], name) for name in line._fields[1:]}
        assert found == {name: getattr(line, name) for name in line._fields[1:]}, key


def _assert_details(documents: list[Document]) -> None:
    """What hangs below the lines of orders that are there is here, row by row."""
    there = {
        row.number: OrderDetail(conditions=json.loads(row.conditions), schedule=json.loads(row.schedule))
        for document in documents
        for row in document.below[0]
    }
    wanted = {f"order__{name}": value for name, value in THERE.items()}
    here = {row.order.number: row for row in OrderDetail._base_manager.filter(**wanted).select_related("order")}
    assert here.keys() == there.keys()
    for number, detail in there.items():
        found = here[number]
        assert conditions_of(found) == conditions_of(detail), number
        assert schedule_of(found) == schedule_of(detail), number


class Mischief:
    """Changes of the source that strategies of reading miss: contract.md section 4."""

    def __init__(self, erp: Erp, seed: int) -> None:
        self.erp = erp
        self.random = random.Random(seed)
        self.acts = (
            self.silent_status,
            self.silent_reopening,
            self.silent_goods_issue,
            self.late_commit,
            self.very_late_commit,
            self.delete_order,
            self.delete_delivery,
            self.delete_item,
            self.reset_clearing,
            self.silent_clearing,
            self.silent_return,
            self.delete_return,
            self.delete_master_data,
            self.price_changed,
        )

    def act(self) -> None:
        """One of them."""
        self.random.choice(self.acts)()

    def _one(self, entity_set: str, where: str = "1") -> dict[str, Any] | None:
        rows = self.erp.store.rows(entity_set, where)
        return self.random.choice(rows) if rows else None

    def _change(self, entity_set: str, where: str, **values: Any) -> None:
        row = self._one(entity_set, where)
        if row is not None:
            key = [row[name] for name in _KEYS[entity_set]]
            self.erp.store.change(entity_set, key, **values)

    def silent_status(self) -> None:
        """An order is finished; no stamp moves."""
        self._change("A_SalesOrder", "OverallSDProcessStatus <> 'C'", OverallSDProcessStatus="C")

    def silent_reopening(self) -> None:
        """A finished order is opened again; no stamp moves."""
        self._change("A_SalesOrder", "OverallSDProcessStatus = 'C'", OverallSDProcessStatus="B")

    def silent_goods_issue(self) -> None:
        """Goods leave; the date of change stays empty."""
        today = day_ms(dt.date.today())
        self._change(
            "A_OutbDeliveryHeader",
            "OverallGoodsMovementStatus = 'A'",
            OverallGoodsMovementStatus="C",
            ActualGoodsMovementDate=today,
        )

    def _committed(self, minutes: int) -> None:
        at = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(minutes=minutes)
        number = self.erp.store.next_number("A_SalesOrder", "SalesOrder", 4500000001)
        self.erp.order(number, changed_at=at, ordered_on=dt.date.today() - dt.timedelta(days=5))
        old = day_ms(dt.date.today() - dt.timedelta(days=5))
        self.erp.store.change("A_SalesOrder", [number], LastChangeDateTime=moment_ms(at), CreationDate=old)

    def late_commit(self) -> None:
        """An order becomes visible long after its stamp."""
        self._committed(25)

    def very_late_commit(self) -> None:
        """An order becomes visible so late that no overlap finds it."""
        self._committed(300)

    def _delete(self, header: str, items: str, name: str) -> None:
        row = self._one(header)
        if row is not None:
            with self.erp.store.writing():
                for table in (header, items):
                    self.erp.store.db.execute(f"DELETE FROM {table} WHERE {name} = ?", [row[name]])

    def delete_order(self) -> None:
        """An order is deleted; nothing is left of it."""
        self._delete("A_SalesOrder", "A_SalesOrderItem", "SalesOrder")

    def delete_delivery(self) -> None:
        """A delivery is deleted."""
        self._delete("A_OutbDeliveryHeader", "A_OutbDeliveryItem", "DeliveryDocument")

    def delete_item(self) -> None:
        """An account item is archived."""
        row = self._one("A_OperationalAcctgDocItemCube")
        if row is not None:
            where = " AND ".join(f"{name} = ?" for name in _KEYS["A_OperationalAcctgDocItemCube"])
            key = [row[name] for name in _KEYS["A_OperationalAcctgDocItemCube"]]
            with self.erp.store.writing():
                self.erp.store.db.execute(f"DELETE FROM A_OperationalAcctgDocItemCube WHERE {where}", key)

    def reset_clearing(self) -> None:
        """A clearing is taken back: the item is open again, and no date says so."""
        self._change("A_OperationalAcctgDocItemCube", "IsCleared = 1", IsCleared=0)

    def silent_clearing(self) -> None:
        """An item is cleared; the dates of change are old."""
        values = {"IsCleared": 1, "ClearingDate": day_ms(dt.date.today()), "ClearingAccountingDocument": "1499999999"}
        self._change("A_OperationalAcctgDocItemCube", "IsCleared = 0", **values)

    def silent_return(self) -> None:
        """A return is finished; no stamp moves."""
        self._change("A_CustomerReturn", "OverallSDProcessStatus <> 'C'", OverallSDProcessStatus="C")

    def price_changed(self) -> None:
        """A condition of a price is dropped; the order's stamp moves, the line's amount does not."""
        row = self._one("A_SalesOrderItemPrElement")
        if row is not None:
            with self.erp.store.writing():
                sql = "DELETE FROM A_SalesOrderItemPrElement WHERE SalesOrder = ? AND SalesOrderItem = ?"
                self.erp.store.db.execute(sql, [row["SalesOrder"], row["SalesOrderItem"]])
            at = moment_ms(dt.datetime.now(dt.UTC).replace(microsecond=0))
            self.erp.store.change("A_SalesOrder", [row["SalesOrder"]], LastChangeDateTime=at)

    def delete_return(self) -> None:
        """A return, or a credit memo request, is deleted; seldom, for there are few: very many that vanish stop a pass."""
        if self.random.random() > 0.3:
            return
        name = self.random.choice(("CustomerReturn", "CreditMemoRequest"))
        self._delete(f"A_{name}", f"A_{name}Item", name)

    def delete_master_data(self) -> None:
        """A credit account vanishes, never the last one: an ERP that shows nothing at all has taken a right away."""
        row = self._one("CreditManagementAccount") if self.erp.store.count("CreditManagementAccount") > 1 else None
        if row is not None:
            with self.erp.store.writing():
                self.erp.store.db.execute(
                    "DELETE FROM CreditManagementAccount WHERE BusinessPartner = ?", [row["BusinessPartner"]]
                )


_KEYS = {
    "A_SalesOrder": ("SalesOrder",),
    "A_CustomerReturn": ("CustomerReturn",),
    "A_OutbDeliveryHeader": ("DeliveryDocument",),
    "A_OperationalAcctgDocItemCube": ("CompanyCode", "FiscalYear", "AccountingDocument", "AccountingDocumentItem"),
}
