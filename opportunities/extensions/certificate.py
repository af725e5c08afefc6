"""What our certificates and document sets add to the pages."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    CalendarSource,
    FileHold,
    HandoverMover,
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    PersonalData,
    SearchSource,
    TimelineSource,
    calendar_sources,
    file_holds,
    handover_movers,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    periodic_jobs,
    personal_data,
    search_sources,
    timeline_sources,
)
from customers.domain.merging.moves import foreign_keys
from customers.extension_points import handover_items, merge_movers
from opportunities.domain.certificates import links, of_customer, sets, vault, watch
from opportunities.panels import certificate as parts
from opportunities.panels import document_set as set_parts
from opportunities.search import search_certificates, search_document_sets

VIEW, VIEW_SETS = "opportunities.view_certificate", "opportunities.view_documentset"
DEMANDS = "customers.view_customercertificatedemand"
OWN, SET = "opportunities.Certificate", "opportunities.DocumentSet"
CUSTOMER, OPPORTUNITY, ADMISSION = (
    "customers.Customer",
    "opportunities.Opportunity",
    "opportunities.SupplierAdmission",
)
TABLE, ICON, SET_ICON = "catalogue/_table.html", "archive", "paperclip"
NAME, SETS, DEMANDED = _("Our certificates"), _("Document sets"), _("Certificates demanded")

for key, label, url_name, icon, order, permission in (
    ("our_certificates", NAME, "opportunities:certificate_list", ICON, 35, VIEW),
    ("document_sets", SETS, "opportunities:documentset_list", SET_ICON, 36, VIEW_SETS),
):
    menu.register(
        MenuItem(
            key=key, label=label, url_name=url_name, icon=icon, section="deals", order=order, permission=permission
        )
    )
search_sources.register(SearchSource("our_certificates", NAME, ICON, VIEW, search_certificates, order=37))
search_sources.register(SearchSource("document_sets", SETS, SET_ICON, VIEW_SETS, search_document_sets, order=38))
for group, panel in (
    (OWN, Panel("versions", _("Versions"), "main", TABLE, parts.versions, order=10, prints=True)),
    (OWN, Panel("sent_in", _("Shown to customers"), "main", TABLE, parts.sent_in, VIEW_SETS, order=20)),
    (
        SET,
        Panel(
            "documents",
            pgettext_lazy("document set", "Documents"),
            "main",
            TABLE,
            set_parts.documents,
            order=10,
            prints=True,
        ),
    ),
    (SET, Panel("demanded", _("The customer demands"), "side", TABLE, set_parts.demanded, DEMANDS, order=10)),
    (
        SET,
        Panel(
            "receipts",
            _("With the customer"),
            "main",
            "opportunities/documents/_receipts.html",
            set_parts.receipts,
            order=20,
        ),
    ),
    (CUSTOMER, Panel("certificates", DEMANDED, "tab", TABLE, parts.customer_demands, DEMANDS, order=610, tab="value")),
    (CUSTOMER, Panel("document_sets", SETS, "tab", TABLE, set_parts.customer_sets, VIEW_SETS, order=55, tab="sales")),
    (ADMISSION, Panel("demanded", DEMANDED, "main", TABLE, parts.record_demands, DEMANDS, order=30)),
    (ADMISSION, Panel("document_sets", SETS, "main", TABLE, set_parts.admission_sets, VIEW_SETS, order=40)),
    (OPPORTUNITY, Panel("demanded", DEMANDED, "main", TABLE, parts.record_demands, DEMANDS, order=35)),
    (OPPORTUNITY, Panel("document_sets", SETS, "main", TABLE, set_parts.opportunity_sets, VIEW_SETS, order=36)),
):
    panels.register(panel, group=group)
timeline_sources.register(
    TimelineSource("document_sets", SETS, set_parts.customer_events, VIEW_SETS, order=27), group=CUSTOMER
)
calendar_sources.register(CalendarSource("our_certificates", NAME, ICON, parts.calendar_events, VIEW, order=39))
for kind, label, icon, order in (
    (watch.ENDS, _("A certificate that you are responsible for expires"), ICON, 313),
    (links.OPENED, _("A customer has opened a document set of yours"), "eye", 224),
):
    notification_kinds.register(NotificationKind(kind, label, "records", icon=icon, order=order))
periodic_jobs.register(
    PeriodicJob("certificates", "opportunities.watch_certificates", crontab(hour=20, minute=35))  # 4:35 in China
)
number_kinds.register(NumberKind("certificate", NAME, OWN, "CER-{yy}{mm}-{seq:4}", "monthly", order=47))
number_kinds.register(
    NumberKind("document_set", SETS, SET, "DOC-{yy}{mm}-{seq:4}", "monthly", field="number", order=48)
)
file_holds.register(
    FileHold(
        "our_certificates",
        vault.held_files,
        _("This file belongs to a version of the certificate: remove or withdraw the version."),
    ),
    group=OWN,
)
handover_movers.register(
    HandoverMover("our_certificates", NAME, OWN, vault.count_owned, vault.take_over_certificates, order=47)
)
handover_movers.register(HandoverMover("document_sets", SETS, SET, sets.count_owned, sets.take_over_sets, order=48))
handover_items.register(of_customer.FOLLOWED.item("document_sets", SETS, SET_ICON, order=17))
merge_movers.register(foreign_keys("document_sets", SETS, "opportunities.DocumentSet.customer", order=37))
personal_data.register(
    PersonalData(
        key="opportunities.DocumentLink",
        purpose=_("Who at the customer got our certificates by a link"),
        fields=("recipient",),
        retention=_("As long as the document set is kept."),
        names=("recipient",),
        order=72,
    )
)
personal_data.register(
    PersonalData(
        key="opportunities.DocumentOpening",
        purpose=_("From which address our certificates were opened"),
        fields=("address",),
        retention=_("As long as the document set is kept."),
        erased={"address": None},
        parent=("opportunities.DocumentLink", "link"),
        order=73,
    )
)
register_demo("opportunities.demo.certificate", key="certificates", order=996)
