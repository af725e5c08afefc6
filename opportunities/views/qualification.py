"""The pages of admissions as a supplier."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import day_html
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, leads_to, step_actions
from crm.markup import badge
from opportunities.domain.qualification import admissions, parts
from opportunities.domain.qualification.admissions import RUNNING, WAS_PASSED, create_admission, update_admission
from opportunities.enums import SupplierState
from opportunities.filters.qualification import SupplierAdmissionFilter
from opportunities.forms.qualification import (
    FindingForm,
    PassedForm,
    SubmittedForm,
    SupplierAdmissionForm,
    SupplierItemForm,
)
from opportunities.models import AuditFinding, SupplierAdmission, SupplierItem
from opportunities.tables.opportunity import record_url as opportunity_url
from opportunities.tables.qualification import SupplierAdmissionTable, admission_url, ends_soon, state_badge
from opportunities.views.parts import Part

CHANGE, ADD = "opportunities.change_supplieradmission", "opportunities.add_supplieradmission"
IN_WORK = "&".join(f"state={state}" for state in ("preparing", "submitted", "audit"))


class SupplierAdmissionRecord(RecordView):
    """Its page; one with a result is not edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once there is a result."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state in RUNNING else {**context, "edit_url": ""}


class RenewSupplierAdmission(EntityView):
    """Begins the renewal and goes there."""

    action = "add"
    writes = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One for the time after, with the same items."""
        record = self.record()
        try:
            renewal = admissions.renew_admission(admission=record, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(self.entity.record_url(record))
        messages.success(request, _("%(name)s was created.") % {"name": renewal})
        return HttpResponseRedirect(self.entity.record_url(renewal))


def _step(target: str, label: Any, icon: str, function: Any, form: Any = None, *, primary: bool = False) -> Step:
    def run(record: SupplierAdmission, **values: Any) -> Any:
        return function(admission=record, **values)

    return Step(target, label, icon, CHANGE, run, leads_to(target), form, primary)


STEPS = (
    _step(
        SupplierState.SUBMITTED,
        gettext_lazy("Papers submitted"),
        "send",
        admissions.submit_admission,
        SubmittedForm,
        primary=True,
    ),
    _step(SupplierState.AUDIT, gettext_lazy("Audit begins"), "search", admissions.begin_audit),
    _step(
        SupplierState.PASSED,
        gettext_lazy("Admitted"),
        "shield-check",
        admissions.pass_admission,
        PassedForm,
        primary=True,
    ),
    _step(
        SupplierState.PREPARING,
        gettext_lazy("The customer wants more"),
        "arrow-back-up",
        admissions.back_to_preparation,
        ReasonForm,
    ),
    _step(SupplierState.FAILED, gettext_lazy("Not admitted"), "circle-x", admissions.fail_admission, ReasonForm),
)
PARTS = (
    Part(
        "item",
        gettext_lazy("Item"),
        SupplierItem,
        SupplierItemForm,
        "admission",
        parts.add_item,
        parts.change_item,
        parts.remove_item,
    ),
    Part(
        "finding",
        gettext_lazy("Finding"),
        AuditFinding,
        FindingForm,
        "admission",
        parts.add_finding,
        parts.change_finding,
        parts.remove_finding,
    ),
)


def _customer(record: SupplierAdmission) -> Any:
    url = reverse("customers:customer_record", args=[record.customer_id])
    return format_html('<a href="{}">{}</a>', url, record.customer.name)


def _opportunity(record: SupplierAdmission) -> Any:
    if record.opportunity is None:
        return ""
    return format_html('<a href="{}">{}</a>', opportunity_url(record.opportunity), record.opportunity)


def _follows(record: SupplierAdmission) -> Any:
    if record.follows is None:
        return ""
    return format_html('<a href="{}">{}</a>', admission_url(record.follows), record.follows.code)


def _badges(record: SupplierAdmission) -> list[str]:
    soon = [badge("warn", _("ends soon"), dot=True)] if ends_soon(record) else []
    return [state_badge(record), *soon]


supplier_admission_entity = Entity(
    model=SupplierAdmission,
    table=SupplierAdmissionTable,
    filterset=SupplierAdmissionFilter,
    form=SupplierAdmissionForm,
    create=create_admission,
    update=update_admission,
    nav="supplier_admissions",
    icon="shield-check",
    subtitle=gettext_lazy(
        "Where customers have to admit us as their supplier, what they ask for, and until when it holds"
    ),
    empty_text=gettext_lazy("Begin one when a customer asks for papers or an audit before it buys."),
    views={"record": SupplierAdmissionRecord},
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("running", gettext_lazy("Under way"), IN_WORK, sort="-created_at"),
        Preset("mine", pgettext_lazy("supplier admission", "Mine under way"), f"{IN_WORK}&owner=me"),
        Preset("passed", pgettext_lazy("supplier admission", "Passed"), "state=passed", sort="valid_until"),
        Preset("ending", gettext_lazy("Ending in 60 days"), "state=passed&until=next-60", sort="valid_until"),
        Preset("failed", pgettext_lazy("supplier admission", "Not passed"), "state=failed"),
    ),
    page=RecordPage(
        title=lambda record: record.title,
        code=lambda record: record.code,
        badges=_badges,
        meta=lambda record: [
            ("building-factory-2", _customer(record)),
            ("user", record.owner.label if record.owner else ""),
        ],
        actions=(
            *step_actions("opportunities:supplieradmission", STEPS),
            Action(
                gettext_lazy("Renew"),
                lambda record: reverse("opportunities:supplieradmission_renew", args=[record.pk]),
                "rotate",
                ADD,
                post=True,
                when=lambda record: record.state in WAS_PASSED,
            ),
        ),
        attributes=(
            (gettext_lazy("Opportunity"), _opportunity),
            "product_line",
            "product",
            (gettext_lazy("To be submitted by"), lambda record: day_html(record.submit_by)),
            (gettext_lazy("Submitted on"), lambda record: day_html(record.submitted_on)),
            (gettext_lazy("Audit planned on"), lambda record: day_html(record.audit_on)),
            (gettext_lazy("Concluded on"), lambda record: day_html(record.concluded_on)),
            (gettext_lazy("Valid until"), lambda record: day_html(record.valid_until)),
            "conclusion",
            (gettext_lazy("Renews"), _follows),
            "team",
            "remark",
        ),
        select=("customer", "opportunity", "owner", "team", "business_unit", "product_line", "product", "follows"),
    ),
)
