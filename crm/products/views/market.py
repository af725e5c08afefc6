"""The pages of competitors, their products and prices."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.catalogue.domain import competitors as domain
from crm.catalogue.enums import Dimension, Reliability
from crm.formats import day_html
from crm.generic.entity import Entity, HeadAction, Preset
from crm.generic.layout import RecordPage
from crm.generic.views.edit import CreateView
from crm.generic.views.listing import ListView
from crm.generic.views.record import RecordView
from crm.markup import badge
from crm.models import Competitor, CompetitorProduct, PriceReport, Unit
from crm.products.filters import CompetitorFilter, CompetitorProductFilter, ReportFilter
from crm.products.forms import CompetitorForm, CompetitorProductForm, ReportForm
from crm.products.tables.base import SPACE, state_cell
from crm.products.tables.market import (
    RELIABILITY_TONES,
    CompetitorProductTable,
    CompetitorTable,
    ReportTable,
    report_price,
)
from crm.products.views.base import MARKET, switch
from crm.workflow.links import address_of, seen_records

IMPORT = HeadAction(gettext_lazy("Import"), "importing:start", "file-import", "crm.add_importbatch")


class ReportList(ListView):
    """The list of prices seen."""

    def prepare(self, rows: Sequence[Any]) -> None:
        """To each row the record it is about, when the reader sees that."""
        records = seen_records(self.request.user, (row.reference for row in rows))
        for row in rows:
            row.about = records.get(row.reference)


class ReportCreate(CreateView):
    """Report a price; what it is about can be given in the address (?party_customers=5)."""

    def defaults(self, request: HttpRequest) -> dict[str, Any]:
        """Base currency, by weight."""
        unit = Unit.objects.visible_to(request.user).filter(dimension=Dimension.MASS, is_base=True).first()
        return {"currency": settings.BASE_CURRENCY, "unit": unit.pk if unit else None}


class ReportRecord(RecordView):
    """The page of a price seen."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **more: Any) -> dict[str, Any]:
        """Names the record it is about to those who see it."""
        context = super().record_context(request, record, *args, **more)
        about = seen_records(request.user, [record.reference]).get(record.reference)
        if about is not None:
            link = format_html('<a href="{}">{}</a>', address_of(about), about)
            context["facts_meta"] = [*context["facts_meta"], ("link", link)]
        return context


competitor_entity = Entity(
    model=Competitor,
    table=CompetitorTable,
    filterset=CompetitorFilter,
    form=CompetitorForm,
    create=domain.create_competitor,
    update=domain.update_competitor,
    nav="competitors",
    icon="building-factory-2",
    namespace=SPACE,
    subtitle=gettext_lazy("Who else sells to our customers, what, and at which prices"),
    list_switch=switch("competitors", MARKET),
    head_actions=(IMPORT,),
    page=RecordPage(
        code=lambda competitor: competitor.code,
        badges=lambda competitor: (state_cell(competitor),),
        meta=lambda competitor: [("world", competitor.country), ("tag", competitor.short_name)],
        attributes=("code", "short_name", "name_en", "country", "website"),
    ),
)
competitor_product_entity = Entity(
    model=CompetitorProduct,
    table=CompetitorProductTable,
    filterset=CompetitorProductFilter,
    form=CompetitorProductForm,
    create=domain.create_competitor_product,
    update=domain.update_competitor_product,
    nav="competitors",
    icon="package",
    namespace=SPACE,
    list_switch=switch("products", MARKET),
    page=RecordPage(
        meta=lambda product: [
            ("building-factory-2", product.competitor.label),
            ("category", product.product_line.label if product.product_line else ""),
        ],
        select=("competitor", "product_line"),
        attributes=("competitor", "name", "product_line", "notes"),
    ),
)
report_entity = Entity(
    model=PriceReport,
    table=ReportTable,
    filterset=ReportFilter,
    form=ReportForm,
    create=domain.create_report,
    update=domain.update_report,
    nav="competitors",
    icon="tag",
    namespace=SPACE,
    subtitle=gettext_lazy("What colleagues learned in the market"),
    list_switch=switch("prices", MARKET),
    head_actions=(IMPORT,),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("confirmed", pgettext_lazy("prices", "Confirmed"), f"reliability={Reliability.CONFIRMED}"),
    ),
    views={"list": ReportList, "create": ReportCreate, "record": ReportRecord},
    page=RecordPage(
        title=lambda report: report.competitor_product.label,
        badges=lambda report: (badge(RELIABILITY_TONES.get(report.reliability, ""), report.get_reliability_display()),),
        meta=lambda report: [
            ("tag", report_price(report)),
            ("calendar", day_html(report.observed_on)),
            ("user", report.reporter.label),
        ],
        select=("competitor_product__competitor", "unit", "region", "reporter"),
        attributes=("competitor_product", "source", "region", "notes"),
    ),
)
