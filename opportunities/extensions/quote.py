"""What quotes add to the pages."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    HandoverMover,
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    PersonalData,
    SearchSource,
    SettingsPage,
    TimelineSource,
    choice_lists,
    handover_movers,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    periodic_jobs,
    personal_data,
    search_sources,
    settings_pages,
    timeline_sources,
)
from crm.formats import money
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain.merging.moves import foreign_keys, tells_facts
from customers.extension_points import (
    ContactSource,
    OpenBusiness,
    contact_sources,
    handover_items,
    merge_movers,
    open_business,
)
from opportunities.choices import QUOTE_LISTS
from opportunities.domain.quotes import links, of_customer, release, sending
from opportunities.domain.quotes.words import line_words
from opportunities.models import Quote
from opportunities.panels import quote as parts
from opportunities.search import search_quotes

CUSTOMER, OPPORTUNITY, QUOTE = "customers.Customer", "opportunities.Opportunity", "opportunities.Quote"
VIEW = parts.VIEW
TABLE = "catalogue/_table.html"


def _lines(record: Quote) -> str:
    words = [line_words(line, record) for line in sending.lines_of(record)]
    return "; ".join(f"{line.product}: {line.quantity}, {line.price}" for line in words)


register_document(
    ApprovalDocument(
        key=release.DOCUMENT,
        label=_("Quote below the floor price"),
        model=QUOTE,
        permission="opportunities.change_quote",
        title=lambda record: f"{record.code} · {record.customer.name}",
        facts=(
            business_unit_fact(),
            ApprovalFact("amount", _("amount in base currency"), "money", lambda record: record.net_base),
            ApprovalFact("gap", _("below the floor price"), "number", release.largest_gap, unit="%"),
        ),
        show=(
            ("customer", _("customer"), lambda record: record.customer.name),
            ("lines", _("lines"), _lines),
            ("net", _("amount"), lambda record: money(record.net, record.currency_code)),
            "floor_reason",
            "valid_until",
        ),
        ready=release.ready,
        headline=lambda request: str(_("below the floor price")),
        on_approved=release.on_approved,
        on_rejected=release.on_given_back,
        on_returned=release.on_given_back,
        on_withdrawn=release.on_given_back,
        icon="file-dollar",
        order=50,
    )
)
menu.register(
    MenuItem(
        key="quotes",
        label=_("Quotes"),
        url_name="opportunities:quote_list",
        icon="file-dollar",
        section="deals",
        order=30,
        permission=VIEW,
    )
)
search_sources.register(SearchSource("quotes", _("Quotes"), "file-dollar", VIEW, search_quotes, order=35))
for panel in (
    Panel("lines", _("Lines"), "main", "opportunities/quotes/_lines.html", parts.lines, order=10, prints=True),
    Panel("reading", _("With the customer"), "side", "opportunities/quotes/_reading.html", parts.reading, order=10),
    Panel("versions", _("Versions"), "side", "opportunities/quotes/_versions.html", parts.versions, order=20),
):
    panels.register(panel, group=QUOTE)
panels.register(Panel("quotes", _("Quotes"), "main", TABLE, parts.of_opportunity, VIEW, order=20), group=OPPORTUNITY)
panels.register(
    Panel("quotes", _("Quotes"), "tab", TABLE, parts.of_customer, VIEW, order=15, tab="sales"), group=CUSTOMER
)
panels.register(Panel("values", _("Values"), "main", TABLE, parts.index_values), group="opportunities.PriceIndex")
timeline_sources.register(TimelineSource("quotes", _("Quotes"), parts.events, VIEW, order=25), group=CUSTOMER)
number_kinds.register(
    NumberKind("quote", _("Quotes"), QUOTE, "QUO-{yy}{mm}-{seq:4}", "monthly", field="number", order=42)
)
for kind, label, icon, order in (
    (links.OPENED, _("A customer has opened a quote of yours"), "eye", 220),
    (links.ASKED, _("A customer asks about a quote of yours"), "help", 221),
    (links.ACCEPTED, _("A customer has accepted a quote of yours"), "circle-check", 222),
    (sending.EXPIRED, _("A quote of yours has expired"), "clock-pause", 223),
):
    notification_kinds.register(NotificationKind(kind, label, "records", icon=icon, order=order))
for choices in QUOTE_LISTS:
    choice_lists.register(choices)
periodic_jobs.register(
    PeriodicJob("quote_expiry", "opportunities.expire_quotes", crontab(hour=16, minute=20))  # 0:20 in China
)
handover_movers.register(
    HandoverMover("quotes", _("Open quotes"), QUOTE, of_customer.count_owned, of_customer.take_over, order=42)
)
handover_items.register(of_customer.OPEN.item("quotes", _("Open quotes"), "file-dollar", order=15))
open_business.register(
    OpenBusiness("opportunities.quotes", _("Quotes not answered"), "file-dollar", of_customer.count_open, order=15)
)
contact_sources.register(
    ContactSource("opportunities.quote_sent", _("Quote sent or answered"), of_customer.last_moved, order=45)
)
merge_movers.register(
    foreign_keys(
        "quotes",
        _("Quotes"),
        "opportunities.Quote.customer",
        told=tells_facts(sending.FACT, {QUOTE: ("sent_on",)}),
        order=32,
    )
)
personal_data.register(
    PersonalData(
        key="opportunities.QuoteMessage",
        purpose=_("Who at the customer asked about or accepted a quote"),
        fields=("name", "text"),
        retention=_("As long as the quote is kept."),
        names=("name",),
        order=70,
    )
)
settings_pages.register(
    SettingsPage(
        key="price_indexes",
        label=_("Price indexes"),
        text=_("Published prices that formula prices follow, with their values by day"),
        url_name="opportunities:priceindex_list",
        icon="chart-line",
        section="catalogue",
        permission="opportunities.add_priceindex",
        order=70,
    )
)
register_demo("opportunities.demo.quotes", key="quotes", order=995)
