"""The sheets of competitors and their prices."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.catalogue.domain import competitors
from crm.catalogue.enums import Reliability, ReportSource
from crm.errors import DomainError
from crm.importing.cells import folded
from crm.importing.keyed import KeyedResource
from crm.importing.parsers import Choice, Date, Number, Reference, Text, near
from crm.importing.resources import Column
from crm.importing.rows import SheetRow
from crm.models import Competitor, CompetitorProduct, Currency, PriceReport, Region, Unit
from crm.products.resources.base import heads

_SOURCES = {
    "客户": "customer", "客户告知": "customer", "口头": "customer", "报价单": "quote", "报价": "quote", "经销商": "distributor",
    "渠道": "distributor", "投标": "tender", "招投标": "tender", "招投标开标": "tender", "开标": "tender", "公开": "published",
    "公开报价": "published", "官网": "published", "展会": "fair", "其他": "other",
}  # fmt: skip


class CompetitorResource(KeyedResource):
    """Competitors, found again by their code."""

    model = Competitor
    change_permission = "crm.change_competitor"
    list_url_name = "catalogue:competitor_list"
    identity_hint = _("A row with the code of an existing competitor changes that competitor.")
    keys = ("code",)
    create = competitors.create_competitor
    update = competitors.update_competitor
    columns = (
        Column(
            "code",
            _("Code"),
            Text(30),
            heads("编码|代码|竞争对手编码|竞品编码|code"),
            required=True,
            identifies=True,
            example="C-D",
        ),
        Column(
            "name",
            pgettext_lazy("of a thing", "Name"),
            Text(100),
            heads("名称|竞争对手|竞争对手名称|公司名称|厂家|厂商|name|competitor|company"),
            required=True,
            example="D 牌有机硅（中国）有限公司",
        ),
        Column("short_name", _("Short name"), Text(40), heads("简称|品牌|short name|brand")),
        Column("name_en", _("English name"), Text(100), heads("英文名称|英文名|english name")),
        Column("country", _("Country"), Text(40), heads("国家|国别|所在国家|country")),
        Column("strengths", _("Strengths"), Text(2000, lines=True), heads("优势|强项|strengths")),
        Column("weaknesses", _("Weaknesses"), Text(2000, lines=True), heads("劣势|弱项|短板|weaknesses")),
    )
    fields = {
        name: (name, str) for name in ("code", "name", "short_name", "name_en", "country", "strengths", "weaknesses")
    }


class ReportResource(KeyedResource):
    """Competitors' prices. A row that says what a report there is says already adds none; another price is another report."""

    model = PriceReport
    change_permission = "crm.change_pricereport"
    list_url_name = "catalogue:pricereport_list"
    identity_hint = _(
        "A row that says the same as a report there is adds none. Another price, or another day, is a new report."
    )
    keys = ("competitor", "product", "price", "currency", "unit", "observed_on", "source", "region")
    defaults = {"currency": settings.BASE_CURRENCY, "source": ReportSource.CUSTOMER.value, "region": None}
    create = competitors.create_report
    update = competitors.update_report
    columns = (
        Column(
            "competitor",
            _("Competitor"),
            Reference("competitor"),
            heads("竞争对手|竞品厂家|厂家|厂商|品牌|对手|competitor|brand|company"),
            required=True,
            identifies=True,
            example="D 牌",
        ),
        Column(
            "product",
            _("Competitor's product"),
            Text(100),
            heads("竞品|竞品名称|竞品型号|产品|产品名称|型号|牌号|product|competitor's product|model|grade"),
            required=True,
            identifies=True,
            example="A100",
        ),
        Column(
            "price",
            _("Price"),
            Number(places=4),
            heads("价格|单价|报价|竞品价格|price|unit price|quoted price"),
            required=True,
            identifies=True,
            example="36.5",
        ),
        Column("currency", _("Currency"), Reference("currency"), heads("币种|货币|currency"), example="CNY"),
        Column(
            "unit",
            _("Unit"),
            Reference("unit"),
            heads("单位|计价单位|unit|uom|per"),
            required=True,
            identifies=True,
            example="KG",
        ),
        Column(
            "observed_on",
            _("Seen on"),
            Date(),
            heads("日期|获知日期|获取日期|报价日期|采集日期|date|seen on|observed on"),
            required=True,
            identifies=True,
            example="2026-11-20",
        ),
        Column(
            "source",
            pgettext_lazy("of a report", "Source"),
            Choice(ReportSource.choices, words=_SOURCES),
            heads("来源|信息来源|情报来源|source"),
            example="招投标开标",
        ),
        Column("region", _("Region"), Reference("region"), heads("区域|地区|大区|region|area"), example="华东"),
        Column(
            "reliability",
            _("Reliability"),
            Choice(Reliability.choices, words={"确认": "confirmed", "可能": "probable", "传闻": "rumour"}),
            heads("可靠性|可信度|reliability|certainty"),
        ),
        Column("notes", _("Notes"), Text(2000, lines=True), heads("备注|说明|notes|remarks|comment")),
    )
    fields = {
        "competitor": ("competitor", Competitor),
        "product": ("competitor_product", folded),
        "price": ("price", Decimal),
        "currency": ("currency", Currency),
        "unit": ("unit", Unit),
        "observed_on": ("observed_on", dt.date.fromisoformat),
        "source": ("source", str),
        "region": ("region", Region),
        "reliability": ("reliability", str),
        "notes": ("notes", str),
    }

    @classmethod
    def stored(cls, rows: Sequence[SheetRow]) -> dict[tuple[Any, ...], Any]:
        """The reports on these competitors that are of the days in these rows."""
        whose, days = ({row.clean.get(key) for row in rows} - {None, ""} for key in ("competitor", "observed_on"))
        return {_key_of(report): report for report in competitors.reports_on(whose, days)}

    @classmethod
    def values(cls, clean: Mapping[str, Any], record: Any) -> dict[str, Any]:
        """The competitor's product must be known, the day past, and its currency have a rate."""
        values = super().values(clean, record)
        rival, name = values.pop("competitor"), values["competitor_product"]
        values["competitor_product"] = _product_of(rival, name, str(clean["product"]))
        currency = values["currency"].pk if "currency" in values else settings.BASE_CURRENCY
        competitors.base_price(values["price"], currency, values["observed_on"])
        return values


def _key_of(report: PriceReport) -> tuple[Any, ...]:
    """As ReportResource.key_of_row says it of a row."""
    product = report.competitor_product
    return (
        *(product.competitor_id, folded(product.name), report.price, report.currency_id, report.unit_id),
        *(report.observed_on, report.source, report.region_id),
    )


def _product_of(competitor: Competitor, name: str, text: str) -> CompetitorProduct:
    """The product of that name. Raises DomainError, which names the one most like it, when the competitor has none."""
    known = {folded(product.name): product for product in competitor.products.order_by("pk")}
    if name in known:
        return known[name]
    words = {"competitor": competitor.short_name or competitor.label, "name": text}
    like = near(name, known)
    if like is not None:
        message = gettext("%(competitor)s has no product %(name)s. Do you mean %(like)s?")
        raise DomainError(message % {**words, "like": known[like].name}, field="competitor_product")
    message = gettext("%(competitor)s has no product %(name)s: enter it first.")
    raise DomainError(message % words, field="competitor_product")
