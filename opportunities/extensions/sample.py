"""What samples add to the pages."""

from typing import Any

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
from crm.records.choices import all_options
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import OpenBusiness, handover_items, merge_movers, open_business
from opportunities.choices import SAMPLE_LISTS
from opportunities.domain.samples import feedback, of_customer, requests
from opportunities.domain.samples.lines import lines_of
from opportunities.enums import SampleKind
from opportunities.models import SampleRequest
from opportunities.panels import sample as parts
from opportunities.sample_rules import strictest_kind
from opportunities.search import search_samples
from opportunities.tables.sample import amount_words

VIEW = "opportunities.view_samplerequest"
OWN = "opportunities.SampleRequest"
CUSTOMER, OPPORTUNITY = "customers.Customer", "opportunities.Opportunity"


def _kind(record: SampleRequest) -> str:
    return strictest_kind(record.lines.values_list("kind", flat=True))


def _lines(record: SampleRequest) -> str:
    return "; ".join(
        f"{line.label} {amount_words(line)} ({line.get_kind_display()}, {line.get_source_display()})"
        for line in lines_of([record.pk])[record.pk]
    )


def _headline(request: Any) -> str:
    return str(dict(SampleKind.choices).get(request.facts.get("kind"), ""))


register_document(
    ApprovalDocument(
        key=requests.DOCUMENT,
        label=_("Sample request"),
        model=OWN,
        permission="opportunities.change_samplerequest",
        title=lambda record: f"{record.customer.name} · {record.code}",
        facts=(
            business_unit_fact(),
            ApprovalFact("kind", _("kind of sample"), "choice", _kind, lambda: SampleKind.choices),
            ApprovalFact("reason", _("reason"), "choice", lambda record: record.reason, all_options("sample_reason")),
            ApprovalFact("cost", _("cost"), "money", lambda record: record.cost_base),
        ),
        show=(
            ("customer", _("customer"), lambda record: record.customer.name),
            ("opportunity", _("opportunity"), lambda record: str(record.opportunity or "")),
            ("lines", _("samples"), _lines),
            "reason",
            "purpose",
            "needed_on",
            "ship_to",
        ),
        ready=requests.ready,
        headline=_headline,
        on_approved=requests.on_approved,
        on_rejected=requests.on_given_back,
        on_returned=requests.on_given_back,
        on_withdrawn=requests.on_given_back,
        icon="flask-2",
        order=60,
    )
)
menu.register(
    MenuItem(
        key="samples",
        label=pgettext_lazy("menu", "Samples"),
        url_name="opportunities:samplerequest_list",
        icon="flask-2",
        section="deals",
        order=30,
        permission=VIEW,
    )
)
quick_create.register(
    QuickCreate(
        key="sample",
        label=_("Sample request"),
        url_name="opportunities:samplerequest_create",
        permission=parts.ADD,
        order=30,
        icon="flask-2",
    )
)
search_sources.register(
    SearchSource("samples", pgettext_lazy("sample", "Samples"), "flask-2", VIEW, search_samples, order=45)
)
for panel, group in (
    (
        Panel(
            "lines",
            pgettext_lazy("sample", "Samples"),
            "main",
            "opportunities/_sample_lines.html",
            parts.lines_context,
            order=10,
            prints=True,
        ),
        OWN,
    ),
    (Panel("steps", _("Steps"), "main", "catalogue/_table.html", parts.moves_context, order=50), OWN),
    (
        Panel(
            "samples",
            pgettext_lazy("sample", "Samples"),
            "main",
            "catalogue/_table.html",
            parts.of_opportunity,
            VIEW,
            order=30,
        ),
        OPPORTUNITY,
    ),
    (
        Panel(
            "samples",
            pgettext_lazy("sample", "Samples"),
            "tab",
            "catalogue/_table.html",
            parts.of_customer,
            VIEW,
            order=30,
            tab="sales",
            count=parts.count_of_customer,
        ),
        CUSTOMER,
    ),
):
    panels.register(panel, group=group)
for events, group in ((parts.customer_events, CUSTOMER), (parts.opportunity_events, OPPORTUNITY)):
    timeline_sources.register(
        TimelineSource("samples", pgettext_lazy("sample", "Samples"), events, VIEW, order=30), group=group
    )
for source in (
    CalendarSource("sample_feedback", _("Feedback on samples"), "flask-2", parts.due_events, VIEW, order=40),
    CalendarSource("sample_needed", _("Samples needed"), "truck-delivery", parts.needed_events, VIEW, order=50),
):
    calendar_sources.register(source)
notification_kinds.register(
    NotificationKind(
        feedback.TOLD_OWNER,
        _("A customer's answer to samples of yours is overdue"),
        "records",
        icon="flask-2",
        order=220,
    )
)
notification_kinds.register(
    NotificationKind(
        feedback.TOLD_MANAGER,
        _("A customer's answer to samples of your team is long overdue"),
        "records",
        icon="flask-2",
        order=230,
    )
)
periodic_jobs.register(
    PeriodicJob("sample_feedback", "opportunities.chase_feedback", crontab(hour=22, minute=40))  # 6:40 in China
)
handover_movers.register(
    HandoverMover("samples", _("Open sample requests"), OWN, requests.count_owned, requests.take_over_samples, order=45)
)
handover_items.register(of_customer.UNFINISHED.item("samples", _("Open sample requests"), "flask-2", order=20))
open_business.register(
    OpenBusiness(
        "opportunities.samples",
        _("Samples whose trial is under way"),
        "flask-2",
        of_customer.count_under_way,
        lambda customer: f"{reverse('opportunities:samplerequest_list')}?customer={customer.pk}",
        order=20,
    )
)
merge_movers.register(
    foreign_keys(
        "samples",
        pgettext_lazy("sample", "Samples"),
        "opportunities.SampleRequest.customer",
        told=tells_facts("sample", {OWN: ("dispatched_on", "evaluated_on")}),
        order=35,
    )
)
number_kinds.register(NumberKind("sample", _("Sample requests"), OWN, "SMP-{yy}{mm}-{seq:4}", "monthly", order=45))
for choices in SAMPLE_LISTS:
    choice_lists.register(choices)
register_demo("opportunities.demo.sample", key="samples", order=995)
