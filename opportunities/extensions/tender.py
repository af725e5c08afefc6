"""What tenders add to the pages."""

from celery.schedules import crontab
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    CalendarSource,
    HandoverMover,
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    QuickCreate,
    SearchSource,
    TimelineSource,
    calendar_sources,
    choice_lists,
    handover_movers,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    periodic_jobs,
    quick_create,
    search_sources,
    timeline_sources,
)
from crm.formats import money, plain_number
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import OpenBusiness, handover_items, merge_movers, open_business
from opportunities.choices import TENDER_LISTS
from opportunities.domain.tenders import course, of_customer, watch
from opportunities.domain.tenders.tenders import FACT, count_owned, take_over_tenders
from opportunities.models import Tender
from opportunities.panels import tender as parts
from opportunities.search import search_tenders
from opportunities.views.tender import RUNNING

VIEW = "opportunities.view_tender"
OWN, CUSTOMER, OPPORTUNITY = "opportunities.Tender", "customers.Customer", "opportunities.Opportunity"
TABLE = "catalogue/_table.html"


def _lots(record: Tender) -> str:
    """The lots with our prices, as the approver reads them."""
    rows = record.lots.select_related("unit").order_by("number", "pk")
    return "; ".join(
        f"{lot} {plain_number(lot.quantity)} {lot.unit.label} × {plain_number(lot.our_price)}"
        for lot in rows
        if lot.our_price is not None
    )


register_document(
    ApprovalDocument(
        key=course.DOCUMENT,
        label=_("Price of a tender"),
        model=OWN,
        permission="opportunities.change_tender",
        title=lambda record: f"{record.customer.name} · {record.title}",
        facts=(
            business_unit_fact(),
            ApprovalFact("amount", _("bid amount"), "money", lambda record: record.amount_base),
        ),
        show=(
            ("customer", _("customer"), lambda record: record.customer.name),
            "reference",
            "submission_due",
            ("lots", _("lots"), _lots),
            ("amount", _("bid amount"), lambda record: money(record.amount, record.currency_id, "yuan")),
        ),
        ready=course.ready,
        on_approved=course.on_approved,
        on_rejected=course.on_given_back,
        on_returned=course.on_given_back,
        on_withdrawn=course.on_given_back,
        free_without_policy=True,
        freezes=False,  # papers and the bond go on meanwhile; the lots are held by the tender's state
        icon="briefcase",
        order=60,
    )
)
menu.register(
    MenuItem(
        key="tenders",
        label=_("Tenders"),
        url_name="opportunities:tender_list",
        icon="briefcase",
        section="deals",
        order=30,
        permission=VIEW,
    )
)
quick_create.register(
    QuickCreate(
        key="tender",
        label=_("Tender"),
        url_name="opportunities:tender_create",
        permission="opportunities.add_tender",
        order=26,
        icon="briefcase",
    )
)
search_sources.register(SearchSource("tenders", _("Tenders"), "briefcase", VIEW, search_tenders, order=34))
for panel in (
    Panel("lots", _("Lots"), "main", TABLE, parts.lots, order=10, prints=True),
    Panel("bids", _("Bids"), "main", TABLE, parts.bids, order=20, prints=True),
    Panel("papers", _("Papers"), "main", TABLE, parts.papers, order=30, prints=True),
    Panel("calendar", _("Calendar"), "side", TABLE, parts.calendar, order=10, prints=True),
    Panel("bond", _("Bid bond"), "side", TABLE, parts.bond, order=20, prints=True),
):
    panels.register(panel, group=OWN)
panels.register(
    Panel("tenders", _("Tenders"), "tab", TABLE, parts.customer_tenders, VIEW, order=40, tab="sales"), group=CUSTOMER
)
panels.register(
    Panel("tenders", _("Tenders"), "main", TABLE, parts.opportunity_tenders, VIEW, order=30), group=OPPORTUNITY
)
timeline_sources.register(
    TimelineSource("tenders", _("Tenders"), parts.customer_events, VIEW, order=24), group=CUSTOMER
)
timeline_sources.register(
    TimelineSource("tenders", _("Tenders"), parts.opportunity_events, VIEW, order=24), group=OPPORTUNITY
)
calendar_sources.register(
    CalendarSource("tenders", _("Deadlines of tenders"), "briefcase", parts.calendar_events, VIEW, order=36)
)
notification_kinds.register(
    NotificationKind(watch.DUE, _("A deadline of a tender of yours comes near"), "work", icon="calendar-due", order=220)
)
notification_kinds.register(
    NotificationKind(watch.REFUND, _("A bid bond of yours was not paid back"), "work", icon="receipt-refund", order=230)
)
periodic_jobs.register(
    PeriodicJob("tenders", "opportunities.watch_tenders", crontab(hour=22, minute=40))  # 6:40 in China
)
number_kinds.register(NumberKind("tender", _("Tenders"), OWN, "TEN-{yy}{mm}-{seq:4}", "monthly", order=44))
for choices in TENDER_LISTS:
    choice_lists.register(choices)
handover_movers.register(
    HandoverMover("tenders", pgettext_lazy("tenders", "Running tenders"), OWN, count_owned, take_over_tenders, order=44)
)
handover_items.register(
    of_customer.RUNNING.item("tenders", pgettext_lazy("tenders", "Running tenders"), "briefcase", order=14)
)
open_business.register(
    OpenBusiness(
        "tenders.running",
        pgettext_lazy("tenders", "Running tenders"),
        "briefcase",
        of_customer.count_running,
        lambda customer: f"{reverse('opportunities:tender_list')}?{RUNNING}&customer={customer.pk}",
        order=14,
    )
)
merge_movers.register(
    foreign_keys(
        "tenders",
        _("Tenders"),
        "opportunities.Tender.customer",
        told=tells_facts(FACT, {OWN: ("opened_on",)}),
        order=34,
    )
)
register_demo("opportunities.demo.tender", key="tenders", order=992)
