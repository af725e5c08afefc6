"""What admission and demanded certificates add to the pages."""

from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    SettingsPage,
    choice_lists,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    periodic_jobs,
    settings_pages,
)
from crm.workflow.documents import business_unit_fact, register_document
from customers.choices import CERTIFICATE_KIND
from customers.domain.admission import admissions
from customers.domain.admission.answers import lines_of
from customers.enums import AdmissionKind, Grade
from customers.models import Admission
from customers.panels import admission as parts

CUSTOMER = "customers.Customer"
VIEW_ADMISSION, VIEW_CERTIFICATE = "customers.view_admission", "customers.view_customercertificatedemand"


def _answers(record: Admission) -> str:
    lines = lines_of(record)
    return "; ".join(f"{line.item.label}: {parts.answer_words(line) or '—'}" for line in lines)


def _kind(request: Any) -> str:
    return str(dict(AdmissionKind.choices).get(request.facts.get("kind"), ""))


register_document(
    ApprovalDocument(
        key=admissions.DOCUMENT,
        label=_("Admission of a customer"),
        model="customers.Admission",
        permission="customers.change_admission",
        title=lambda record: f"{record.customer.name} · {record.covers}",
        facts=(
            business_unit_fact(),
            ApprovalFact("kind", _("type"), "choice", lambda record: record.kind, lambda: AdmissionKind.choices),
            ApprovalFact("grade", _("grade"), "choice", lambda record: record.customer.grade, lambda: Grade.choices),
        ),
        show=(
            ("customer", _("customer"), lambda record: record.customer.name),
            ("covers", _("admitted to"), lambda record: record.covers),
            "kind",
            "valid_from",
            "valid_to",
            "conditions",
            ("answers", _("answers"), _answers),
        ),
        ready=admissions.ready,
        headline=_kind,
        place=lambda record: (record.customer.team, record.business_unit),
        on_approved=admissions.on_approved,
        on_rejected=admissions.on_rejected,
        on_returned=admissions.on_given_back,
        on_withdrawn=admissions.on_given_back,
        icon="square-check",
        order=40,
    )
)
for key, label, url_name, icon, order, permission in (
    ("admissions", _("Admission"), "customers:admission_list", "square-check", 30, VIEW_ADMISSION),
    (
        "certificates",
        _("Certificates demanded"),
        "customers:customercertificatedemand_list",
        "shield-check",
        40,
        VIEW_CERTIFICATE,
    ),
):
    menu.register(
        MenuItem(
            key=key, label=label, url_name=url_name, icon=icon, section="customers", order=order, permission=permission
        )
    )
for panel, group in (
    (
        Panel("questions", _("Questions"), "main", "customers/admission/_questions.html", parts.questions, prints=True),
        "customers.Admission",
    ),
    (
        Panel("items", _("Questions"), "main", "catalogue/_table.html", parts.checklist_items),
        "customers.AdmissionChecklist",
    ),
    (
        Panel(
            "admissions",
            _("Admission"),
            "tab",
            "catalogue/_table.html",
            parts.admissions,
            VIEW_ADMISSION,
            order=600,
            tab="value",
        ),
        CUSTOMER,
    ),
):
    panels.register(panel, group=group)
settings_pages.register(
    SettingsPage(
        key="admission_checklists",
        label=_("Admission checklists"),
        text=_("What is asked before a customer is admitted to a business unit or product line."),
        url_name="customers:admissionchecklist_list",
        icon="list-check",
        section="process",
        permission="customers.view_admissionchecklist",
        order=70,
    )
)
number_kinds.register(
    NumberKind("admission", _("Admissions"), "customers.Admission", "ADM-{yy}{mm}-{seq:4}", "monthly", order=15)
)
notification_kinds.register(
    NotificationKind(
        "customer.admission_ends",
        _("An admission of a customer of yours ends"),
        "records",
        icon="square-check",
        order=300,
    )
)
notification_kinds.register(
    NotificationKind(
        "customer.certificate_ends",
        _("A certificate given to a customer of yours ends"),
        "records",
        icon="shield-check",
        order=310,
    )
)
choice_lists.register(CERTIFICATE_KIND)
periodic_jobs.register(
    PeriodicJob("customer_expiries", "customers.watch_expiries", crontab(hour=20, minute=10))  # 4:10 in China
)
# last: some load files, to-dos and the like by COPY, with keys from 1 on
register_demo("customers.demo.admission", key="admission", order=990)
