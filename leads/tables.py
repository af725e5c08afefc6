"""The lists of leads and campaigns."""

from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.formats import BASE_CURRENCY, day_html, money_html, num
from crm.generic.tables import (
    Column,
    Part,
    Table,
    Total,
    choice_cell,
    link_cell,
    listed_cell,
    record_address,
    text_cell,
)
from crm.markup import avatar, badge, bar
from leads.enums import CampaignState, LeadState
from leads.models import Campaign, Lead

LEAD_TONES: dict[str, str] = {
    LeadState.NEW: "info",
    LeadState.ASSIGNED: "line",
    LeadState.FOLLOWED_UP: "pri",
    LeadState.QUALIFIED: "vio",
    LeadState.CONVERTED: "ok",
    LeadState.DISQUALIFIED: "",
}
CAMPAIGN_TONES: dict[str, str] = {
    CampaignState.PLANNED: "line",
    CampaignState.APPROVED: "info",
    CampaignState.RUNNING: "pri",
    CampaignState.COMPLETED: "ok",
    CampaignState.CANCELLED: "",
}


def lead_url(row: Lead) -> str:
    """The address of a lead's page."""
    return record_address("leads:lead_record", row.pk)


def campaign_url(row: Campaign) -> str:
    """The address of a campaign's page."""
    return record_address("leads:campaign_record", row.pk)


def owner_cell(row: Lead | Campaign) -> str:
    """The owner's picture and name."""
    name = row.owner.label if row.owner else ""
    return format_html('<span class="row-f">{}{}</span>', avatar(name, "xs"), name) if name else "—"


def state_badge(row: Lead) -> str:
    """The state of a lead as a badge."""
    return badge(LEAD_TONES[row.state], row.get_state_display())


def line_cell(row: Lead | Campaign) -> str:
    """The product line."""
    return escape(row.product_line.label) if row.product_line else "—"


def spent_cell(row: Campaign) -> str:
    """What was spent of the budget, as an amount and a bar."""
    share = row.spent * 100 / row.budget if row.budget else 0
    return f'{money_html(row.spent)}<span class="share">{bar(share, None, "bad" if share > 100 else "primary", h=4)}</span>'


class LeadTable(Table):
    """Columns of the list of leads."""

    model = Lead
    caption = _("Leads")
    groups = {
        "state": "state",
        "source": "source",
        "line": "product_line",
        "campaign": "campaign",
        "received": "received_on",
        "owner": "owner",
    }
    totals = {"amount": Total("expected_amount")}
    columns = (
        Column("company", _("Company"), link_cell(lead_url, str, lambda row: row.code), phone=""),
        Column("contact", _("Contact"), text_cell("contact_name"), phone=""),
        Column("need", _("Need"), lambda row: escape(row.need[:80]) or "—", value="need"),
        Column("state", _("Status"), choice_cell("state", LEAD_TONES), phone=""),
        Column("source", _("Source"), listed_cell("source", "lead_source"), phone=""),
        Column("line", _("Product line"), line_cell, select=("product_line",), css="nw", value="product_line.label"),
        Column(
            "amount",
            _("Expected amount"),
            lambda row: money_html(row.expected_amount),
            css="num",
            value=(Part("expected_amount", unit=BASE_CURRENCY),),
        ),
        Column(
            "campaign",
            _("Campaign"),
            lambda row: escape(row.campaign.name) if row.campaign else "—",
            select=("campaign",),
            shown=False,
            value="campaign.name",
        ),
        Column(
            "received",
            pgettext_lazy("of a lead", "Received on"),
            lambda row: day_html(row.received_on),
            sort="received_on",
            phone=pgettext_lazy("of a lead", "Received on"),
            descending=True,
            value="received_on",
        ),
        Column("owner", _("Owner"), owner_cell, select=("owner",), css="nw", phone="", value="owner.label"),
    )


class CampaignTable(Table):
    """Columns of the list of campaigns."""

    model = Campaign
    caption = _("Campaigns")
    groups = {
        "kind": "kind",
        "origin": "origin",
        "state": "state",
        "line": "product_line",
        "starts": "starts_on",
        "owner": "owner",
    }
    totals = {"budget": Total("budget"), "spent": Total("spent"), "planned": Total("planned_leads", num)}
    columns = (
        Column("name", _("Campaign"), link_cell(campaign_url, str, lambda row: row.code), phone=""),
        Column("kind", _("Type"), choice_cell("kind"), phone=""),
        Column("origin", _("Origin"), choice_cell("origin")),
        Column("state", _("Status"), choice_cell("state", CAMPAIGN_TONES), phone=""),
        Column("line", _("Product line"), line_cell, select=("product_line",), css="nw", value="product_line.label"),
        Column(
            "starts",
            _("From"),
            lambda row: day_html(row.starts_on),
            sort="starts_on",
            phone=_("From"),
            descending=True,
            value="starts_on",
        ),
        Column("ends", _("Until"), lambda row: day_html(row.ends_on), value="ends_on"),
        Column(
            "budget",
            _("Budget"),
            lambda row: money_html(row.budget),
            css="num",
            phone=_("Budget"),
            value=(Part("budget", unit=BASE_CURRENCY),),
        ),
        Column("spent", _("Spent"), spent_cell, css="num", value=(Part("spent", unit=BASE_CURRENCY),)),
        Column("planned", _("Planned leads"), lambda row: num(row.planned_leads), css="num", value="planned_leads"),
        Column("owner", _("Owner"), owner_cell, select=("owner",), css="nw", phone="", value="owner.label"),
    )
