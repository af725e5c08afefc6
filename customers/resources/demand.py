"""The sheet of stated demands: a line for each customer, product line and day, and one for each competitor's part of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.importing.domain.keyed import KeyedJudge, write_rows
from crm.importing.enums import Outcome, RowStatus
from crm.importing.extra import Listed
from crm.importing.keyed import KeyedResource
from crm.importing.messages import ErrorKind
from crm.importing.parsers import Date, Number, Reference, Text
from crm.importing.resources import Column, Judge
from crm.importing.rows import SheetRow
from crm.models import Competitor, Currency, Product, ProductLine, Unit
from customers.domain.wallet.importing import customers_meant, lines_before, lines_of, write_line
from customers.models import Customer, CustomerDemand
from customers.resources.customer import KG
from customers.resources.parts import heads


def _update(*, instance: Any, expected_version: int, actor: Any, **values: Any) -> Any:
    """What a line changes of a statement that is there."""
    keys = {name: getattr(instance, name) for name in ("customer", "product_line", "starts_on", "competitor")}
    return write_line(actor=actor, **{**keys, **values})


class DemandResource(KeyedResource):
    """Demands with competitors' parts and prices. Found again by customer, product line, first day and competitor."""

    model = CustomerDemand
    change_permission = "customers.change_customerdemand"
    list_url_name = "customers:customerdemand_list"
    identity_hint = _(
        "A line with customer, product line and first day of a statement changes that statement. A demand with several"
        " competitors takes a line for each. Our own part is not typed: it is what left."
    )
    keys = ("customer", "product_line", "starts_on", "competitor")
    defaults: ClassVar[Mapping[str, Any]] = {"competitor": None}
    create = write_line
    update = _update
    error_kinds = {
        **KeyedResource.error_kinds,
        "customer_unknown": ErrorKind(
            _("Customer unknown or out of reach"),
            _("No customer that you may change has this number, credit code or name."),
        ),
        "customer_ambiguous": ErrorKind(
            _("Customer unknown or out of reach"), _("%(count)s customers have this name: give the number.")
        ),
    }
    columns = (
        Column(
            "customer",
            _("Customer"),
            Text(200),
            heads(
                "客户|客户名称|客户编号|客户编码|客户代码|客户简称|公司名称|企业名称|统一社会信用代码|customer|customer name"
                "|customer code|customer no|customer number|company|account"
            ),
            required=True,
            identifies=True,
            example="宁波华新密封材料有限公司",
        ),
        Column(
            "product_line",
            _("Product line"),
            Reference("product_line"),
            heads("产品线|产品大类|品类|产品类别|大类|product line|line|category|segment"),
            required=True,
            identifies=True,
            example="密封胶",
        ),
        Column(
            "product",
            _("Product"),
            Reference("product"),
            heads("产品|产品编码|产品名称|物料号|牌号|型号|product|product code|material|sku"),
            example="SF-820",
        ),
        Column(
            "application",
            _("Application"),
            Listed("application", 100),
            heads("应用|应用领域|用途|application|use|end use"),
        ),
        Column(
            "kg_per_year",
            _("Demand per year (kg)"),
            Number(places=3, units=KG),
            heads(
                "年需求量|年需求|年需求(吨)|年需求量(吨)|年用量|年用量(吨)|总需求|需求量|年采购量|demand|annual demand"
                "|demand per year|yearly demand|total demand|volume per year"
            ),
            example="120吨",
        ),
        Column(
            "starts_on",
            pgettext_lazy("of a demand", "From"),
            Date(),
            heads("开始日期|生效日期|起始日期|自|日期|有效期自|from|start|starts on|valid from|date"),
            required=True,
            identifies=True,
            example="2026-01-01",
        ),
        Column(
            "ends_on",
            pgettext_lazy("of a demand", "Until"),
            Date(),
            heads("结束日期|截止日期|失效日期|至|有效期至|until|to|end|ends on|valid until"),
        ),
        Column(
            "source",
            pgettext_lazy("of a demand", "Source"),
            Listed("demand_source"),
            heads("来源|信息来源|需求来源|数据来源|source|origin"),
            example="客户告知",
        ),
        Column(
            "stated_by", _("stated by"), Text(100), heads("提供人|信息提供人|告知人|来源人|stated by|told by|informant")
        ),
        Column(
            "stated_on",
            _("stated on"),
            Date(),
            heads("获知日期|提供日期|告知日期|信息日期|统计日期|stated on|told on|as of"),
            example="2026-11-20",
        ),
        Column(
            "competitor",
            _("Competitor"),
            Reference("competitor"),
            heads("竞争对手|竞品厂家|竞品|供应商|其他供应商|对手|品牌|competitor|rival|supplier|brand"),
            identifies=True,
            example="D 牌",
        ),
        Column(
            "share_kg",
            _("Competitor's part (kg a year)"),
            Number(places=3, units=KG),
            heads(
                "竞品量|竞品用量|竞争对手用量|对手用量|竞品用量(吨)|供应量|competitor volume|competitor part|supplied"
            ),
            example="30吨",
        ),
        Column(
            "share_percent",
            _("Competitor's part (%)"),
            Number(places=2, maximum=Decimal(100), units={"%": Decimal(1), "％": Decimal(1)}),
            heads("竞品份额|竞品占比|份额|占比|对手份额|竞争对手份额|competitor share|share|percent"),
        ),
        Column(
            "price",
            _("Competitor's price"),
            Number(places=4, units={"元": Decimal(1), "cny": Decimal(1)}),
            heads("竞品价格|竞品单价|竞争对手价格|对手价格|价格|单价|competitor price|price|unit price"),
            example="36.5",
        ),
        Column("currency", _("Currency"), Reference("currency"), heads("币种|货币|currency"), example="CNY"),
        Column("unit", _("Unit of the price"), Reference("unit"), heads("计价单位|单位|unit|uom|per"), example="KG"),
        Column("notes", _("Notes"), Text(2000, lines=True), heads("备注|说明|notes|remarks|comment")),
    )
    fields = {
        "customer": ("customer", Customer),
        "product_line": ("product_line", ProductLine),
        "product": ("product", Product),
        "application": ("application", str),
        "kg_per_year": ("kg_per_year", Decimal),
        "starts_on": ("starts_on", dt.date.fromisoformat),
        "ends_on": ("ends_on", dt.date.fromisoformat),
        "source": ("source", str),
        "stated_by": ("stated_by", str),
        "stated_on": ("stated_on", dt.date.fromisoformat),
        "competitor": ("competitor", Competitor),
        "share_kg": ("share_kg", Decimal),
        "share_percent": ("share_percent", Decimal),
        "price": ("price", Decimal),
        "currency": ("currency", Currency),
        "unit": ("unit", Unit),
        "notes": ("notes", str),
    }
    meant: ClassVar[dict[str, list[Customer]]] = {}  # of a batch: what is written in the cells of customers
    stated: ClassVar[set[tuple[Any, ...]]] = set()  # of a batch: the statements there are, or that earlier lines make

    @classmethod
    def of_batch(cls) -> type["DemandResource"]:
        """This sheet, for one check or one commit, with what that has looked up."""
        return type(cls.__name__, (cls,), {"meant": {}, "stated": set(), "__doc__": cls.__doc__})

    @classmethod
    def look_up(cls, rows: Sequence[SheetRow], actor: Any) -> None:
        """Find the customers of these rows; a row without exactly one is wrong."""
        new = {str(row.clean["customer"]) for row in rows if row.clean.get("customer")} - set(cls.meant)
        cls.meant.update(customers_meant(new, actor))
        for row in rows:
            found = cls.meant.get(str(row.clean.get("customer") or ""), None)
            if found is not None and len(found) != 1:
                row.fail("customer", "customer_ambiguous" if found else "customer_unknown", count=len(found))

    @classmethod
    def key_of_row(cls, clean: Mapping[str, Any]) -> tuple[Any, ...]:
        """Customer, product line, first day and competitor."""
        found = cls.meant.get(str(clean.get("customer") or ""), [])
        day = clean.get("starts_on")
        customer = found[0].pk if len(found) == 1 else None
        return customer, clean.get("product_line"), dt.date.fromisoformat(day) if day else None, clean.get("competitor")

    @classmethod
    def stored(cls, rows: Sequence[SheetRow]) -> dict[tuple[Any, ...], Any]:
        """What is stated of the customers of these rows."""
        found = lines_of(sorted({cls.key_of_row(row.clean)[0] for row in rows} - {None}))
        cls.stated.update(key[:3] for key in found)
        return found

    @classmethod
    def values(cls, clean: Mapping[str, Any], record: Any) -> dict[str, Any]:
        """The values of a line. A demand is stated with a number and its source, a part in kg or in per cent."""
        key = cls.key_of_row(clean)
        given = {name: value for name, value in clean.items() if name != "customer"}
        values = {**super().values(given, record), "customer": cls.meant[str(clean["customer"])][0]}
        if key[:3] not in cls.stated:
            for name in ("kg_per_year", "source"):
                if values.get(name) in (None, ""):
                    raise DomainError(gettext("A new statement needs this."), field=name)
        if "competitor" in values:
            _check_part(values, record)
        elif any(values.get(name) is not None for name in ("share_kg", "share_percent", "price")):
            raise DomainError(gettext("Name the competitor whose part or price this is."), field="competitor")
        cls.stated.add(key[:3])
        return {name: value for name, value in values.items() if value is not None}

    @classmethod
    def judging(cls, *, actor: Any, batch_id: int) -> AbstractContextManager[Judge]:
        """Compares with what is stated."""
        return nullcontext(DemandJudge(cls.of_batch(), actor, batch_id))

    @classmethod
    def write(cls, rows: Sequence[SheetRow], *, actor: Any, batch_id: int, on_duplicate: str) -> None:
        """Line by line, through the statements' own functions."""
        own = cls.of_batch()
        own.look_up(rows, actor)
        for row in rows:
            if row.status == RowStatus.ERROR:  # the customer went out of reach since the check
                row.outcome = Outcome.REJECTED
        write_rows(own, [row for row in rows if not row.outcome], actor=actor, on_duplicate=on_duplicate)


def _check_part(values: Mapping[str, Any], record: Any) -> None:
    """A competitor's part is in kg or in per cent, and a price says per which unit."""
    kg, percent = values.get("share_kg"), values.get("share_percent")
    if kg is not None and percent is not None:
        raise DomainError(gettext("Give the part either in kg or in per cent."), field="share_percent")
    if record is None and kg is None and percent is None:
        raise DomainError(gettext("Say how large the competitor's part is, in kg or in per cent."), field="share_kg")
    if values.get("price") is not None and values.get("unit") is None and getattr(record, "unit", None) is None:
        raise DomainError(gettext("A price says per which unit."), field="unit")


class DemandJudge(KeyedJudge):
    """Finds the customers first."""

    def judge_alone(self, row: SheetRow) -> None:
        """Earlier lines of the same customer may have stated the demand already."""
        self.resource.look_up([row], self.actor)
        for clean in lines_before(row, self.batch_id):
            self.resource.stated.add(self.resource.key_of_row(clean)[:3])
        super().judge_alone(row)

    def _judge(self, rows: Sequence[SheetRow], *, in_sheet: bool) -> None:
        self.resource.look_up([row for row in rows if row.status != RowStatus.ERROR], self.actor)
        super()._judge(rows, in_sheet=in_sheet)
