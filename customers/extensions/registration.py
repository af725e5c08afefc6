"""What the registration of customers adds to the pages of the kernel."""

from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    HandoverMover,
    MenuItem,
    Panel,
    PeriodicJob,
    PersonalData,
    QuickCreate,
    handover_movers,
    menu,
    number_kinds,
    panels,
    periodic_jobs,
    personal_data,
    quick_create,
)
from crm.formats import enumerated
from crm.personal.register import ERASED
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain import registration
from customers.domain.address import search_text as address_text
from customers.domain.corrections import FACT
from customers.enums import CustomerKind, RegistrationState
from customers.models import CustomerRegistration
from customers.panels import archive, group
from customers.panels import registration as parts

CUSTOMER = "customers.Customer"
COUNTED = 99
GROUP = pgettext_lazy("of companies", "Group")


def came_back(user: Any) -> int | None:
    """How many of the user's registrations came back to be corrected, at most 99; no number for none."""
    states = (RegistrationState.RETURNED, RegistrationState.REJECTED)
    rows = CustomerRegistration.objects.visible_to(user).filter(owner=user, state__in=states)
    return rows.order_by()[:COUNTED].count() or None


menu.register(
    MenuItem(
        key="registrations",
        label=pgettext_lazy("menu", "Registrations"),
        url_name="customers:customerregistration_list",
        icon="user-plus",
        section="customers",
        order=12,
        permission="customers.view_customerregistration",
        count=came_back,
        hot=True,
    )
)
quick_create.register(
    QuickCreate(
        "customer",
        _("Customer"),
        "customers:register",
        "customers.add_customerregistration",
        10,
        "building-factory-2",
    )
)
register_document(
    ApprovalDocument(
        key=registration.DOCUMENT,
        label=_("Registration of a customer"),
        model="customers.CustomerRegistration",
        permission="customers.add_customerregistration",
        facts=(
            ApprovalFact("kind", _("type"), "choice", lambda record: record.kind, lambda: CustomerKind.choices),
            business_unit_fact(),
        ),
        show=(
            "name",
            "credit_code",
            "kind",
            "industry",
            "province",
            "city",
            "region",
            "contact_name",
            "next_step",
            "owner",
            (
                "passed_over",
                _("shown and passed over"),
                lambda record: enumerated(entry["name"] for entry in record.passed_over) or "—",
            ),
        ),
        ready=registration.ready,
        headline=lambda request: str(dict(CustomerKind.choices).get(request.facts.get("kind"), "")),
        on_approved=registration.on_approved,
        on_rejected=registration.on_rejected,
        on_returned=registration.on_returned,
        on_withdrawn=registration.on_withdrawn,
        free_without_policy=True,
        icon="user-plus",
        order=5,
    )
)
for panel in (
    Panel("result", _("Decision"), "main", "customers/registration/_result.html", parts.result, order=0, prints=True),
    Panel("steps", _("Steps"), "side", "customers/registration/_history.html", parts.history, order=50),
):
    panels.register(panel, group="customers.CustomerRegistration")
for panel in (
    Panel(
        "chart",
        _("Organisation chart"),
        "tab",
        "customers/archive/_chart.html",
        archive.chart,
        "customers.view_contact",
        order=12,
        tab="people",
    ),
    Panel(
        "archive",
        _("Addresses and invoice data"),
        "tab",
        "customers/archive/_archive.html",
        archive.archive,
        order=14,
        tab="profile",
    ),
    Panel(
        "group",
        GROUP,
        "tab",
        "customers/group/_group.html",
        group.group,
        order=16,
        count=group.group_count,
        tab="profile",
    ),
    Panel("group_beside", GROUP, "side", "customers/group/_beside.html", group.beside, order=25),
    Panel(
        "completeness",
        _("Completeness of the archive"),
        "side",
        "customers/archive/_completeness.html",
        archive.completeness,
        order=30,
    ),
):
    panels.register(panel, group=CUSTOMER)
number_kinds.register(
    NumberKind(
        FACT,
        _("Registrations of customers"),
        "customers.CustomerRegistration",
        "REG-{yy}{mm}-{seq:4}",
        "monthly",
        order=12,
    )
)
handover_movers.register(
    HandoverMover(
        "registrations",
        _("Unfinished registrations"),
        "customers.CustomerRegistration",
        registration.count_owned,
        registration.take_over_registrations,
        order=12,
    )
)
personal_data.register(
    PersonalData(
        key="customers.CustomerRegistration",
        purpose=_("To speak with a company that is to become a customer."),
        fields=("contact_name", "contact_phone"),
        retention=_("Until the registration is decided; afterwards the contact of the customer takes its place."),
        erased={"contact_name": ERASED},
        names=("contact_name",),
        phones=("contact_phone",),
        search_text=registration.search_text,
        order=12,
    )
)
personal_data.register(
    PersonalData(
        key="customers.CustomerAddress",
        purpose=_("To deliver to the right person at a customer's place."),
        fields=("contact", "phone"),
        retention=_("As long as the customer is served."),
        names=("contact",),
        phones=("phone",),
        search_text=address_text,
        order=14,
    )
)
periodic_jobs.register(PeriodicJob("score_archives", "customers.score_archives", crontab(hour=18, minute=20)))
register_demo("customers.demo_registrations", key="registrations", order=26)
