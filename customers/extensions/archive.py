"""What the archive of customers adds to the pages of the kernel."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm.configurable import ExtraKind, NumberKind
from crm.demo import register_demo
from crm.dossier import timeline
from crm.extension_points import (
    HandoverMover,
    ImportResource,
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    PersonalData,
    PriceParty,
    SearchSource,
    WorkbenchCard,
    choice_lists,
    extra_kinds,
    handover_movers,
    import_resources,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    periodic_jobs,
    personal_data,
    price_parties,
    search_sources,
    workbench_cards,
)
from crm.personal.register import ERASED
from customers import cards, search
from customers.choices import CHOICE_LISTS
from customers.domain.contact import search_text as contact_text
from customers.domain.course import DROP
from customers.domain.customer import search_text as customer_text
from customers.domain.next_step import first_task
from customers.domain.personal import unused_contacts
from customers.domain.transfer import count_owned, take_over_customers
from customers.extension_points import NextStepSource, next_steps
from customers.panels import customer as parts
from customers.resources.customer import CustomerResource

CUSTOMER = "customers.Customer"

menu.register(
    MenuItem(
        key="customers",
        label=_("Customers"),
        url_name="customers:customer_list",
        icon="building-factory-2",
        section="customers",
        order=10,
        permission="customers.view_customer",
        go="c",
        phone=2,
    )
)
import_resources.register(
    ImportResource("customers", _("Customer archive"), CustomerResource, "customers.add_customer", order=10)
)
search_sources.register(
    SearchSource(
        "customers", _("Customers"), "building-factory-2", "customers.view_customer", search.search_customers, order=10
    )
)
search_sources.register(
    SearchSource("contacts", _("Contacts"), "users", "customers.view_contact", search.search_contacts, order=20)
)
workbench_cards.register(
    WorkbenchCard(
        "customers_to_contact", "side", "customers/_to_contact.html", cards.to_contact, "customers.view_customer", 40
    )
)
for panel in (
    Panel("figures", _("Key figures"), "facts", "customers/_facts.html", parts.facts, order=10),
    Panel("drop", _("Volume"), "main", "ui/alert.html", parts.drop, order=3),
    Panel(
        "contacts",
        _("Contacts"),
        "tab",
        "customers/_contacts.html",
        parts.contacts,
        "customers.view_contact",
        order=10,
        count=parts.contacts_count,
        tab="people",
    ),
    Panel(
        "market",
        _("Competitors' prices"),
        "tab",
        "catalogue/_table.html",
        parts.market,
        "crm.view_pricereport",
        order=800,
        tab="sales",
    ),
    Panel("timeline", _("Timeline"), "main", "dossier/_timeline_beside.html", timeline.beside, order=900, lazy=True),
    Panel(
        "people",
        _("Main contacts"),
        "side",
        "customers/_people.html",
        parts.main_contacts,
        "customers.view_contact",
        order=20,
        prints=True,
    ),
):
    panels.register(panel, group=CUSTOMER)
next_steps.register(NextStepSource("tasks", _("To-dos"), first_task, "crm.view_task", order=20))
notification_kinds.register(
    NotificationKind(DROP, _("A customer of yours buys less than before"), "records", icon="trending-down", order=320)
)
price_parties.register(PriceParty("customers", _("Customer"), CUSTOMER, parts.price_terms, order=10))
handover_movers.register(
    HandoverMover("customers", _("Customers"), CUSTOMER, count_owned, take_over_customers, order=10)
)
personal_data.register(
    PersonalData(
        key="customers.Contact",
        purpose=_("To speak with customers about orders, offers and complaints."),
        fields=("name", "title", "phone", "email", "notes", "extra"),
        retention=_("As long as the customer is served; a rule may end it."),
        erased={"name": ERASED, "extra": {}},
        names=("name",),
        phones=("phone",),
        emails=("email",),
        search_text=contact_text,
        due=unused_contacts,
        months=36,
        order=10,
    )
)
extra_kinds.register(ExtraKind("customers.customer", _("Customers"), customer_text, order=10))
extra_kinds.register(ExtraKind("customers.contact", _("Contacts"), contact_text, order=20))
number_kinds.register(
    NumberKind("customer", _("Customers"), "customers.Customer", "C-{seq}", "never", 100001, order=10)
)
for choices in CHOICE_LISTS:
    choice_lists.register(choices)
periodic_jobs.register(
    PeriodicJob("forget_lookups", "customers.forget_lookups", crontab(hour=19, minute=50))  # 3:50 in China
)
register_demo("customers.demo", key="customers", order=20)
register_demo("customers.demo_exports", key="export_approvals", order=25)
