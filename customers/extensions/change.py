"""What changes of protected fields add to the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.demo import register_demo
from crm.extension_points import Panel, SettingsPage, TrailVerb, panels, settings_pages, trail_verbs
from crm.formats import enumerated
from crm.workflow.documents import business_unit_fact, register_document
from crm.workflow.panels.approval import shown_label
from customers.domain import customer_changes, protected
from customers.enums import Grade
from customers.models import Customer
from customers.panels.change import waiting_change

YES_NO = (("yes", _("yes")), ("no", _("no")))


def named_fields(request: Any) -> str:
    """The fields that a request would change."""
    return enumerated(shown_label(Customer, row) for row in request.shown)


register_document(
    ApprovalDocument(
        key=customer_changes.DOCUMENT,
        label=_("Change of a customer's protected fields"),
        model="customers.Customer",
        permission="customers.change_customer",
        facts=(
            business_unit_fact(),
            ApprovalFact("grade", _("grade"), "choice", lambda record: record.grade, lambda: Grade.choices),
            ApprovalFact(
                "terms",
                _("payment terms or credit limit change"),
                "choice",
                customer_changes.changes_terms,
                lambda: YES_NO,
            ),
            ApprovalFact("credit_limit", _("credit limit"), "money", lambda record: record.credit_limit),
        ),
        show=("name", "credit_code", "kind", "payment_terms_days", "credit_limit"),
        title=lambda record: record.name,
        ready=customer_changes.ready,
        headline=named_fields,
        on_approved=customer_changes.on_approved,
        free_without_policy=True,
        freezes=False,
        icon="building-factory-2",
        order=30,
    )
)
panels.register(
    Panel(
        "waiting_change",
        _("Change of protected fields"),
        "main",
        "customers/changes/_waiting.html",
        waiting_change,
        "crm.view_approvalrequest",
        order=2,
    ),
    group="customers.Customer",
)
settings_pages.register(
    SettingsPage(
        key="protected_fields",
        label=_("Protected fields of customers"),
        text=_("Which fields of a customer are changed by request and approval only."),
        url_name="customers:protected_fields",
        icon="lock",
        section="process",
        permission=protected.CONFIGURE,
        order=60,
    )
)
register_demo("customers.demo.customer_changes", key="customer_changes", order=26)
trail_verbs.register(TrailVerb("apply_change", pgettext_lazy("audit trail", "Approved change")))
trail_verbs.register(TrailVerb("protect", pgettext_lazy("audit trail", "Protected fields chosen")))
