"""What admissions as a supplier add to the pages."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    CalendarSource,
    HandoverMover,
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
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
    search_sources,
    timeline_sources,
)
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import handover_items, merge_movers
from opportunities.choices import QUALIFICATION_LISTS
from opportunities.domain.qualification import of_customer, watch
from opportunities.domain.qualification.admissions import FACT, count_owned, take_over_admissions
from opportunities.panels import qualification as parts
from opportunities.search import search_supplier_admissions

VIEW = "opportunities.view_supplieradmission"
OWN, CUSTOMER, OPPORTUNITY = "opportunities.SupplierAdmission", "customers.Customer", "opportunities.Opportunity"
TABLE, ICON, NAME = "catalogue/_table.html", "shield-check", _("Admission as a supplier")

menu.register(
    MenuItem(
        key="supplier_admissions",
        label=NAME,
        url_name="opportunities:supplieradmission_list",
        icon=ICON,
        section="deals",
        order=34,
        permission=VIEW,
    )
)
search_sources.register(SearchSource("supplier_admissions", NAME, ICON, VIEW, search_supplier_admissions, order=36))
for panel in (
    Panel("items", _("Checklist"), "main", TABLE, parts.items, order=10, prints=True),
    Panel("findings", _("Findings of audits"), "main", TABLE, parts.findings, order=20, prints=True),
):
    panels.register(panel, group=OWN)
panels.register(
    Panel("supplier_admissions", NAME, "tab", TABLE, parts.customer_admissions, VIEW, order=50, tab="sales"),
    group=CUSTOMER,
)
panels.register(
    Panel("supplier_admissions", NAME, "main", TABLE, parts.opportunity_admissions, VIEW, order=34), group=OPPORTUNITY
)
timeline_sources.register(
    TimelineSource("supplier_admissions", NAME, parts.customer_events, VIEW, order=26), group=CUSTOMER
)
timeline_sources.register(
    TimelineSource("supplier_admissions", NAME, parts.opportunity_events, VIEW, order=26), group=OPPORTUNITY
)
calendar_sources.register(CalendarSource("supplier_admissions", NAME, ICON, parts.calendar_events, VIEW, order=38))
notification_kinds.register(
    NotificationKind(watch.ENDS, _("An admission of ours as a supplier ends"), "records", icon=ICON, order=312)
)
periodic_jobs.register(
    PeriodicJob("supplier_admissions", "opportunities.watch_supplier_admissions", crontab(hour=20, minute=25))
)
number_kinds.register(NumberKind("supplier_admission", NAME, OWN, "SUP-{yy}{mm}-{seq:4}", "monthly", order=46))
for choices in QUALIFICATION_LISTS:
    choice_lists.register(choices)
handover_movers.register(HandoverMover("supplier_admissions", NAME, OWN, count_owned, take_over_admissions, order=46))
handover_items.register(of_customer.FOLLOWED.item("supplier_admissions", NAME, ICON, order=16))
merge_movers.register(
    foreign_keys(
        "supplier_admissions",
        NAME,
        "opportunities.SupplierAdmission.customer",
        told=tells_facts(FACT, {OWN: ("concluded_on",)}),
        order=36,
    )
)
register_demo("opportunities.demo.qualification", key="supplier_admissions", order=994)
