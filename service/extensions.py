"""What service adds to the pages of the kernel and of customers."""

from django.utils.translation import gettext_lazy as _

from crm.configurable import ExtraKind, NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    CalendarSource,
    HandoverMover,
    MenuItem,
    Panel,
    QuickCreate,
    SearchSource,
    TimelineSource,
    WorkbenchCard,
    calendar_sources,
    choice_lists,
    extra_kinds,
    handover_movers,
    menu,
    number_kinds,
    panels,
    quick_create,
    search_sources,
    timeline_sources,
    workbench_cards,
)
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import (
    ContactSource,
    OpenBusiness,
    contact_sources,
    customer_measures,
    handover_items,
    merge_movers,
    open_business,
)
from service import cards, search
from service import panels as parts
from service.choices import CHOICE_LISTS
from service.domain import of_customer
from service.domain.complaint import count_owned, search_text, take_over_complaints
from service.domain.measures import MEASURES

CUSTOMER = "customers.Customer"
VIEW = "service.view_complaint"

menu.register(
    MenuItem(
        key="complaints",
        label=_("Complaints"),
        url_name="service:complaint_list",
        icon="headset",
        section="service",
        order=10,
        permission=VIEW,
        go="i",
    )
)
quick_create.register(
    QuickCreate("complaint", _("Complaint"), "service:complaint_create", "service.add_complaint", 60, "headset")
)
search_sources.register(
    SearchSource("complaints", _("Complaints"), "headset", VIEW, search.search_complaints, order=90)
)
workbench_cards.register(
    WorkbenchCard("complaints_due", "side", "service/_due.html", cards.complaints_due, VIEW, order=30)
)
calendar_sources.register(
    CalendarSource("complaints", _("Complaints to answer"), "headset", cards.due_events, VIEW, order=40)
)
timeline_sources.register(TimelineSource("complaints", _("Complaints"), parts.events, VIEW, order=50), group=CUSTOMER)
for panel in (
    Panel("complaints_fact", _("Open complaints"), "facts", "service/_fact.html", parts.fact, VIEW, order=90),
    Panel(
        "complaints",
        _("Complaints"),
        "tab",
        "service/_complaints.html",
        parts.tab,
        VIEW,
        order=70,
        count=parts.count,
        tab="service",
    ),
    Panel("complaints_beside", _("Complaints"), "side", "service/_beside.html", parts.beside, VIEW, order=40),
):
    panels.register(panel, group=CUSTOMER)
panels.register(
    Panel("story", _("Handling"), "main", "service/_story.html", parts.story, prints=True), group="service.Complaint"
)
handover_movers.register(
    HandoverMover("complaints", _("Open complaints"), "service.Complaint", count_owned, take_over_complaints, order=50)
)
open_business.register(
    OpenBusiness("service.complaints", _("Open complaints"), "headset", of_customer.count_open, order=40)
)
contact_sources.register(
    ContactSource("service.worked_on", _("Comment or to-do about a complaint"), of_customer.last_worked_on, order=50)
)
handover_items.register(of_customer.OPEN.item("complaints", _("Open complaints"), "headset", order=20))
extra_kinds.register(ExtraKind("service.complaint", _("Complaints"), search_text, order=60))
number_kinds.register(
    NumberKind("complaint", _("Complaints"), "service.Complaint", "ITR-{yy}{mm}-{seq:4}", "monthly", order=50)
)
for choices in CHOICE_LISTS:
    choice_lists.register(choices)
for measure in MEASURES:
    customer_measures.register(measure)
register_demo("service.demo", key="service", order=60)
merge_movers.register(
    foreign_keys(
        "complaints",
        _("Complaints"),
        "service.Complaint.customer",
        told=tells_facts("complaint", {"service.Complaint": ("received_on",)}),
        order=80,
    )
)
