"""What new-product requests add to the pages."""

from celery.schedules import crontab
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.catalogue.domain.rates import to_base
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
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import OpenBusiness, handover_items, merge_movers, open_business
from opportunities.choices import DEVELOPMENT_LISTS
from opportunities.domain.developments import course, of_customer, research, watch
from opportunities.domain.developments.requests import FACT, count_owned, take_over_developments, yearly_value
from opportunities.models import DevelopmentRequest
from opportunities.models.development import VIEW_COST
from opportunities.panels import development as parts
from opportunities.panels import development_events as happenings
from opportunities.search import search_developments

VIEW = "opportunities.view_developmentrequest"
OWN = "opportunities.DevelopmentRequest"
CUSTOMER, OPPORTUNITY = "customers.Customer", "opportunities.Opportunity"
TABLE, ICON = "catalogue/_table.html", parts.ICON
NAME = _("New products")


def _requirements(record: DevelopmentRequest) -> str:
    """What is wanted, as the approver reads it."""
    return "; ".join(f"{row.name} {parts.wanted_text(row)}" for row in record.requirements.order_by("position", "pk"))


register_document(
    ApprovalDocument(
        key=course.DOCUMENT,
        label=_("Set-up of a new product"),
        model=OWN,
        permission=parts.CHANGE,
        title=lambda record: f"{record.customer.name} · {record.code} {record.title}",
        facts=(
            business_unit_fact(),
            ApprovalFact(
                "value",
                _("value of a year"),
                "money",
                lambda record: to_base(yearly_value(record), str(record.currency_id), record.created_at.date()),
            ),
        ),
        show=(
            ("customer", _("customer"), lambda record: record.customer.name),
            ("opportunity", _("opportunity"), lambda record: str(record.opportunity or "")),
            ("requirements", _("wanted performance"), _requirements),
            "volume_kg",
            "target_price",
            "wanted_on",
            "feasibility",
            "doubts",
            "promised_on",
            "due_on",
        ),
        ready=course.ready,
        on_approved=course.on_approved,
        on_rejected=course.on_given_back,
        on_returned=course.on_given_back,
        on_withdrawn=course.on_given_back,
        icon=ICON,
        order=64,
    )
)
menu.register(
    MenuItem(
        key="developments",
        label=NAME,
        url_name="opportunities:developmentrequest_list",
        icon=ICON,
        section="deals",
        order=31,
        permission=VIEW,
    )
)
quick_create.register(
    QuickCreate(
        key="development",
        label=_("New-product request"),
        url_name="opportunities:developmentrequest_create",
        permission=parts.ADD,
        order=32,
        icon=ICON,
    )
)
search_sources.register(SearchSource("developments", NAME, ICON, VIEW, search_developments, order=46))
for panel, group in (
    (Panel("requirements", _("Wanted performance"), "main", TABLE, parts.requirements, order=10, prints=True), OWN),
    (Panel("milestones", _("Milestones"), "main", TABLE, parts.milestones, order=20, prints=True), OWN),
    (Panel("trial_samples", _("Trial samples"), "main", TABLE, parts.samples, parts.VIEW_SAMPLE, order=30), OWN),
    (Panel("costs", _("Cost estimate"), "side", TABLE, parts.costs, VIEW_COST, order=20), OWN),
    (Panel("steps", _("Steps"), "main", TABLE, parts.moves_context, order=50), OWN),
    (Panel("developments", NAME, "main", TABLE, parts.of_opportunity, VIEW, order=32), OPPORTUNITY),
    (
        Panel(
            "developments",
            NAME,
            "tab",
            TABLE,
            parts.of_customer,
            VIEW,
            order=35,
            tab="sales",
            count=parts.count_of_customer,
        ),
        CUSTOMER,
    ),
    (Panel("developments", _("Developed for"), "side", TABLE, parts.of_product, VIEW, order=30), "crm.Product"),
):
    panels.register(panel, group=group)
for events, group in ((happenings.customer_events, CUSTOMER), (happenings.opportunity_events, OPPORTUNITY)):
    timeline_sources.register(TimelineSource("developments", NAME, events, VIEW, order=32), group=group)
calendar_sources.register(CalendarSource("developments", NAME, ICON, happenings.calendar_events, VIEW, order=45))
notification_kinds.register(
    NotificationKind(
        watch.NO_ANSWER,
        _("R&D has not answered a new-product request of yours in time"),
        "records",
        icon=ICON,
        order=240,
    )
)
notification_kinds.register(
    NotificationKind(watch.LATE, _("A milestone of a new product of yours is overdue"), "records", icon=ICON, order=242)
)
periodic_jobs.register(
    PeriodicJob("developments", "opportunities.chase_developments", crontab(hour=22, minute=50))  # 6:50 in China
)
number_kinds.register(NumberKind("development", NAME, OWN, "NPD-{yy}{mm}-{seq:4}", "monthly", order=47))
for choices in DEVELOPMENT_LISTS:
    choice_lists.register(choices)
handover_movers.register(HandoverMover("developments", NAME, OWN, count_owned, take_over_developments, order=47))
handover_movers.register(
    HandoverMover(
        "developments_research",
        _("New products as a researcher"),
        OWN,
        research.count_researched,
        research.take_over_research,
        order=48,
    )
)
handover_items.register(of_customer.UNFINISHED.item("developments", NAME, ICON, order=22))
open_business.register(
    OpenBusiness(
        "opportunities.developments",
        _("New products under way"),
        ICON,
        of_customer.count_running,
        lambda customer: f"{reverse('opportunities:developmentrequest_list')}?customer={customer.pk}",
        order=22,
    )
)
merge_movers.register(
    foreign_keys(
        "developments",
        NAME,
        "opportunities.DevelopmentRequest.customer",
        told=tells_facts(FACT, {OWN: ("set_up_on", "due_on")}),
        order=37,
    )
)
register_demo("opportunities.demo.development", key="developments", order=997)
