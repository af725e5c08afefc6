"""What leads and campaigns add to the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.configurable import ExtraKind, NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    CalendarSource,
    HandoverMover,
    MenuItem,
    Panel,
    PersonalData,
    QuickCreate,
    SearchSource,
    TimelineSource,
    TrailVerb,
    calendar_sources,
    choice_lists,
    extra_kinds,
    handover_movers,
    menu,
    number_kinds,
    panels,
    personal_data,
    quick_create,
    search_sources,
    timeline_sources,
    trail_verbs,
)
from crm.formats import money
from crm.personal.register import ERASED
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import handover_items, merge_movers
from leads.choices import CHOICE_LISTS
from leads.domain import campaign, campaign_approval, lead, of_customer
from leads.domain.personal import unused_leads
from leads.enums import CampaignKind, LeadState
from leads.models import Lead
from leads.panels import (
    campaign_events,
    campaign_facts,
    campaign_history,
    campaign_leads,
    customer_events,
    lead_history,
    lead_need,
)
from leads.search import search_leads

COUNTED = 99


def to_follow_up(user: Any) -> int | None:
    """How many leads wait for this user to follow them up, at most 99; no number for none."""
    rows = Lead.objects.visible_to(user).filter(owner=user, state=LeadState.ASSIGNED)
    return rows.order_by()[:COUNTED].count() or None


trail_verbs.register(TrailVerb("assign", pgettext_lazy("audit trail", "Assigned")))
menu.register(
    MenuItem(
        key="campaigns",
        label=_("Campaigns"),
        url_name="leads:campaign_list",
        icon="speakerphone",
        section="acquire",
        order=10,
        permission="leads.view_campaign",
    )
)
menu.register(
    MenuItem(
        key="leads",
        label=_("Leads"),
        url_name="leads:lead_list",
        icon="bulb",
        section="acquire",
        order=20,
        permission="leads.view_lead",
        go="l",
        count=to_follow_up,
    )
)
quick_create.register(
    QuickCreate(
        key="lead", label=_("Lead"), url_name="leads:lead_create", permission="leads.add_lead", order=40, icon="bulb"
    )
)
calendar_sources.register(
    CalendarSource("campaigns", _("Campaigns"), "speakerphone", campaign_events, "leads.view_campaign", order=50)
)
timeline_sources.register(
    TimelineSource("leads", _("Leads"), customer_events, "leads.view_lead", order=30), group="customers.Customer"
)
search_sources.register(
    SearchSource(
        key="leads", label=_("Leads"), icon="bulb", permission="leads.view_lead", search=search_leads, order=40
    )
)
panels.register(
    Panel(
        key="need", label=_("Need"), slot="main", template="leads/_need.html", context=lead_need, order=20, prints=True
    ),
    group="leads.Lead",
)
panels.register(
    Panel(key="steps", label=_("Steps"), slot="side", template="leads/_history.html", context=lead_history, order=50),
    group="leads.Lead",
)
panels.register(
    Panel(key="facts", label=_("Result"), slot="facts", template="leads/_campaign_facts.html", context=campaign_facts),
    group="leads.Campaign",
)
panels.register(
    Panel(
        key="steps", label=_("Steps"), slot="side", template="leads/_history.html", context=campaign_history, order=50
    ),
    group="leads.Campaign",
)
handover_movers.register(
    HandoverMover("leads", _("Open leads"), "leads.Lead", lead.count_owned, lead.take_over_leads, order=20)
)
handover_movers.register(
    HandoverMover(
        "campaigns",
        _("Unfinished campaigns"),
        "leads.Campaign",
        campaign.count_owned,
        campaign.take_over_campaigns,
        order=30,
    )
)
personal_data.register(
    PersonalData(
        key="leads.Lead",
        purpose=_("To find out whether a company needs what we make."),
        fields=("contact_name", "phone", "email"),
        retention=_("Until the lead is converted or disqualified; a rule may end it."),
        erased={"contact_name": ERASED},
        names=("contact_name",),
        phones=("phone",),
        emails=("email",),
        search_text=lead.search_text,
        due=unused_leads,
        months=24,
        order=20,
    )
)


def budget_in_words(request: Any) -> str:
    """What a request about a campaign is about: how much, for what sort of campaign."""
    kind = dict(CampaignKind.choices).get(request.facts.get("kind"), "")
    return " · ".join(part for part in (money(request.facts.get("budget")), str(kind)) if part)


CAMPAIGN_FACTS = (
    ApprovalFact("budget", _("budget"), "money", lambda record: record.budget),
    business_unit_fact(),
    ApprovalFact("kind", _("type"), "choice", lambda record: record.kind, lambda: CampaignKind.choices),
)
register_document(
    ApprovalDocument(
        key=campaign_approval.CAMPAIGN,
        label=_("Campaign on demand"),
        model="leads.Campaign",
        permission="leads.change_campaign",
        among=campaign_approval.on_demand,
        facts=CAMPAIGN_FACTS,
        show=(
            "name",
            "kind",
            "owner",
            "starts_on",
            "ends_on",
            "product_line",
            "region",
            "budget",
            "planned_leads",
            "goal",
        ),
        ready=campaign_approval.ready,
        offered=campaign_approval.can_be_sent,
        headline=budget_in_words,
        on_approved=campaign_approval.on_approved,
        icon="speakerphone",
        order=10,
    )
)
register_document(
    ApprovalDocument(
        key=campaign_approval.BUDGET,
        label=_("Larger budget of a campaign"),
        model="leads.Campaign",
        permission="leads.change_campaign",
        among=campaign_approval.on_demand,
        facts=CAMPAIGN_FACTS,
        show=("budget",),
        ready=campaign_approval.ready_for_more,
        headline=budget_in_words,
        on_approved=campaign_approval.on_budget_approved,
        icon="coin",
        order=20,
    )
)
handover_items.register(of_customer.OPEN.item("leads", _("Open leads"), "bulb", order=30))
extra_kinds.register(ExtraKind("leads.campaign", _("Campaigns"), campaign.search_text, order=30))
extra_kinds.register(ExtraKind("leads.lead", _("Leads"), lead.search_text, order=40))
number_kinds.register(
    NumberKind("campaign", _("Campaigns"), "leads.Campaign", "MKT-{yy}{mm}-{seq:4}", "monthly", order=20)
)
number_kinds.register(NumberKind("lead", _("Leads"), "leads.Lead", "LD-{yy}{mm}-{seq:4}", "monthly", order=30))
for choices in CHOICE_LISTS:
    choice_lists.register(choices)
register_demo("leads.demo", key="leads", order=30)
register_demo("leads.demo_approvals", key="campaign_approvals", order=35)
panels.register(
    Panel(
        key="leads",
        label=_("Leads"),
        slot="main",
        template="leads/_campaign_leads.html",
        context=campaign_leads,
        order=10,
    ),
    group="leads.Campaign",
)
merge_movers.register(
    foreign_keys(
        "leads",
        _("Leads"),
        "leads.Lead.customer",
        told=tells_facts("lead", {"leads.Lead": ("received_on",)}),
        order=20,
    )
)
