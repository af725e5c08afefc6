"""What opportunities add to the pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.configurable import ExtraKind, NumberKind
from crm.demo import register_demo
from crm.events import state_changed
from crm.extension_points import (
    CalendarSource,
    HandoverMover,
    MenuItem,
    NotificationKind,
    Panel,
    QuickCreate,
    SearchSource,
    SettingsPage,
    TimelineSource,
    TrailVerb,
    WorkbenchCard,
    calendar_sources,
    choice_lists,
    extra_kinds,
    handover_movers,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    quick_create,
    search_sources,
    settings_pages,
    timeline_sources,
    trail_verbs,
    workbench_cards,
)
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import (
    ContactSource,
    LineInterest,
    NextStepSource,
    OpenBusiness,
    contact_sources,
    handover_items,
    line_interests,
    merge_movers,
    next_steps,
    open_business,
)
from opportunities.cards import close_events, funnel_card, next_step_events, todo_card
from opportunities.choices import CHOICE_LISTS
from opportunities.domain import conversion, of_customer
from opportunities.domain.opportunity import count_owned, search_text, take_over_opportunities
from opportunities.models import Opportunity
from opportunities.panels import opportunity as parts
from opportunities.search import search_opportunities

VIEW = "opportunities.view_opportunity"
COUNTED = 99
OWN = "opportunities.Opportunity"


def my_open(user: Any) -> int | None:
    """How many open opportunities the user owns, at most 99; no number for none."""
    return Opportunity.objects.visible_to(user).open().filter(owner=user).order_by()[:COUNTED].count() or None


trail_verbs.register(TrailVerb("advance", pgettext_lazy("audit trail", "Stage changed")))
menu.register(
    MenuItem(
        key="opportunities",
        label=_("Opportunities"),
        url_name="opportunities:opportunity_board",
        icon="target-arrow",
        section="deals",
        order=10,
        permission=VIEW,
        go="o",
        count=my_open,
        phone=3,
    )
)
quick_create.register(
    QuickCreate(
        key="opportunity",
        label=_("Opportunity"),
        url_name="opportunities:opportunity_create",
        permission="opportunities.add_opportunity",
        order=20,
        icon="target-arrow",
    )
)
search_sources.register(
    SearchSource(
        key="opportunities",
        label=_("Opportunities"),
        icon="target-arrow",
        permission=VIEW,
        search=search_opportunities,
        order=30,
    )
)
workbench_cards.register(
    WorkbenchCard(
        key="funnel",
        slot="main",
        template="opportunities/_funnel_card.html",
        context=funnel_card,
        permission=VIEW,
        order=20,
    )
)
workbench_cards.register(
    WorkbenchCard(
        key="opportunity_todo",
        slot="main",
        template="opportunities/_todo_card.html",
        context=todo_card,
        permission=VIEW,
        order=10,
    )
)


def _own(key: str, label: Any, slot: str, template: str, context: Any, order: int, **more: Any) -> None:
    panels.register(
        Panel(
            key=key, label=label, slot=slot, template=f"opportunities/{template}", context=context, order=order, **more
        ),
        group=OWN,
    )


_own("facts", _("Key figures"), "facts", "_facts.html", parts.facts_context, 10)
_own("gate", _("Stage gate"), "main", "_gate.html", parts.gate_context, 10, scripts=("js/board.js",))
_own("specification", _("Technical specification"), "tab", "_specification.html", parts.specification_context, 10)
_own("moves", _("Stage history"), "main", "_stage_history.html", parts.history_context, 50)
panels.register(
    Panel(
        key="opportunities",
        label=_("Open opportunities"),
        slot="facts",
        template="opportunities/_customer_facts.html",
        context=parts.customer_facts_context,
        permission=VIEW,
        order=50,
    ),
    group="customers.Customer",
)
panels.register(
    Panel(
        key="open_opportunities",
        label=_("Open opportunities"),
        slot="main",
        template="opportunities/_customer_panel.html",
        context=parts.customer_context,
        permission=VIEW,
        order=30,
        lazy=True,
    ),
    group="customers.Customer",
)
panels.register(
    Panel(
        key="deals",
        label=_("Opportunities"),
        slot="tab",
        template="opportunities/_customer_panel.html",
        context=parts.customer_context,
        permission=VIEW,
        order=10,
        tab="sales",
    ),
    group="customers.Customer",
)
panels.register(
    Panel(
        key="competitors",
        label=_("Competitors"),
        slot="tab",
        template="opportunities/_customer_competitors.html",
        context=parts.customer_competitors,
        order=20,
        tab="sales",
    ),
    group="customers.Customer",
)
timeline_sources.register(
    TimelineSource("opportunities", _("Opportunities"), parts.customer_events, VIEW, order=20),
    group="customers.Customer",
)
next_steps.register(NextStepSource("opportunities", _("Opportunities"), of_customer.first_step, VIEW, order=10))
panels.register(
    Panel(
        key="opportunity",
        label=_("Opportunity"),
        slot="main",
        template="opportunities/_lead_panel.html",
        context=parts.lead_context,
        permission=VIEW,
        order=10,
    ),
    group="leads.Lead",
)
panels.register(
    Panel(
        key="lead",
        label=_("Lead"),
        slot="main",
        template="opportunities/_registration_panel.html",
        context=parts.registration_context,
        permission="leads.view_lead",
        order=5,
    ),
    group="customers.CustomerRegistration",
)
notification_kinds.register(
    NotificationKind(
        conversion.TOLD, _("A lead of yours became an opportunity"), "records", icon="target-arrow", order=210
    )
)
state_changed.subscribe(conversion.finish_approved)
for group, context in (("crm.Product", parts.product_context), ("crm.Competitor", parts.competitor_context)):
    panels.register(
        Panel(
            key="opportunities",
            label=_("Open opportunities"),
            slot="main",
            template="opportunities/_where_used.html",
            context=context,
            permission=VIEW,
            order=60,
            lazy=True,
        ),
        group=group,
    )
for source in (
    CalendarSource("next_steps", _("Next steps"), "target-arrow", next_step_events, VIEW, order=20),
    CalendarSource("closes", _("Expected closes"), "flag", close_events, VIEW, order=30),
):
    calendar_sources.register(source)
handover_movers.register(
    HandoverMover(
        "opportunities",
        _("Open opportunities"),
        "opportunities.Opportunity",
        count_owned,
        take_over_opportunities,
        order=40,
    )
)
open_business.register(
    OpenBusiness(
        "opportunities.open",
        _("Opportunities that move"),
        "target-arrow",
        of_customer.count_moving,
        lambda customer: f"{reverse('opportunities:opportunity_list')}?status=open&customer={customer.pk}",
        order=10,
    )
)
contact_sources.register(
    ContactSource("opportunities.moved", _("Opportunity changed its stage"), of_customer.last_moved, order=30)
)
contact_sources.register(
    ContactSource(
        "opportunities.worked_on", _("Comment or to-do about an opportunity"), of_customer.last_worked_on, order=40
    )
)
line_interests.register(LineInterest("opportunities", of_customer.interested, order=20))
handover_items.register(of_customer.UNFINISHED.item("opportunities", _("Open opportunities"), "target-arrow", order=10))
extra_kinds.register(ExtraKind("opportunities.opportunity", _("Opportunities"), search_text, order=50))
number_kinds.register(
    NumberKind(
        "opportunity", _("Opportunities"), "opportunities.Opportunity", "OPP-{yy}{mm}-{seq:4}", "monthly", order=40
    )
)
for choices in CHOICE_LISTS:
    choice_lists.register(choices)
settings_pages.register(
    SettingsPage(
        key="processes",
        label=_("Sales processes"),
        text=_("The funnel's stages, their win probability and standard days, by product line"),
        url_name="opportunities:process_list",
        icon="route",
        section="process",
        permission="opportunities.view_salesprocess",
        order=35,
    )
)
settings_pages.register(
    SettingsPage(
        key="gates",
        label=_("Stage gates"),
        text=_("What must be answered before an opportunity leaves a stage, by product line"),
        url_name="opportunities:gate_list",
        icon="git-branch",
        section="process",
        permission="opportunities.view_gateitem",
        order=40,
    )
)
register_demo("opportunities.demo.opportunity", key="opportunities", order=40)
merge_movers.register(
    foreign_keys(
        "opportunities",
        _("Opportunities"),
        "opportunities.Opportunity.customer",
        told=tells_facts("opportunity", {OWN: ("assigned_on", "closed_on", "converted_on")}),
        order=30,
    )
)
