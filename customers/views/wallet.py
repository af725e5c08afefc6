"""The pages of stated demands and of competitors' parts."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html, qty_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from crm.generic.views.edit import CreateView
from customers.domain.wallet.statements import change_demand, change_share, state_demand, state_share
from customers.filters.wallet import DemandFilter, ShareFilter
from customers.forms.wallet import DemandForm, ShareForm
from customers.models import CustomerDemand, DemandShare
from customers.tables.cells import customer_url
from customers.tables.wallet import DemandTable, ShareTable, demand_url, part_cell, price_cell


def customer_link(customer: Any) -> Any:
    """A customer with its link."""
    return format_html('<a href="{}">{}</a>', customer_url(customer.pk), customer.name)


class ShareCreate(CreateView):
    """A new part; one comes back to the demand, as parts are entered one after another."""

    def landing(self, record: Any) -> str:
        """The demand's page."""
        return demand_url(record.demand)


demand_entity = Entity(
    model=CustomerDemand,
    table=DemandTable,
    filterset=DemandFilter,
    nav="demands",
    icon="chart-donut",
    subtitle=_("What customers need in a year, who said so, and who supplies it"),
    empty_text=_("State what a customer needs of a product line: our share of it is then worked out."),
    form=DemandForm,
    create=state_demand,
    update=change_demand,
    presets=(
        Preset("now", _("Holds today"), "holds=now"),
        Preset("old", _("Older than a year"), "holds=old", sort="stated_on"),
        Preset("all", _("All")),
    ),
    page=RecordPage(
        title=lambda demand: demand.label,
        code=lambda demand: str(demand.stated_on),
        badges=lambda demand: [markup.badge("line", demand.get_source_display())],
        meta=lambda demand: [("building-factory-2", customer_link(demand.customer))],
        select=("customer", "product_line", "product"),
        attributes=(
            (_("customer"), lambda demand: customer_link(demand.customer)),
            "product_line",
            "product",
            "application",
            (_("demand per year (kg)"), lambda demand: qty_html(demand.kg_per_year)),
            (_("holds from"), lambda demand: day_html(demand.starts_on)),
            (
                _("holds until"),
                lambda demand: day_html(demand.ends_on) if demand.ends_on else gettext("a newer statement"),
            ),
            "source",
            "stated_by",
            (_("stated on"), lambda demand: day_html(demand.stated_on)),
            "notes",
        ),
    ),
)
share_entity = Entity(
    model=DemandShare,
    table=ShareTable,
    filterset=ShareFilter,
    dossier=False,
    nav="demands",
    icon="chart-pie-2",
    form=ShareForm,
    create=state_share,
    update=change_share,
    views={"create": ShareCreate},
    page=RecordPage(
        title=lambda share: share.competitor.label,
        code=lambda share: share.demand.product_line.label,
        meta=lambda share: [("building-factory-2", customer_link(share.demand.customer))],
        select=("competitor", "demand__customer", "demand__product_line", "unit"),
        attributes=(
            (
                _("stated demand"),
                lambda share: format_html('<a href="{}">{}</a>', demand_url(share.demand), share.demand.label),
            ),
            (pgettext_lazy("of a demand", "Part"), lambda share: mark_safe(part_cell(share))),  # noqa: S308 -- our own markup
            (_("price"), lambda share: mark_safe(price_cell(share))),  # noqa: S308 -- our own markup
            "notes",
        ),
    ),
)


def add_share_url(demand: CustomerDemand) -> str:
    """The form for a competitor's part of this demand."""
    return f"{reverse('customers:demandshare_create')}?demand={demand.pk}"
