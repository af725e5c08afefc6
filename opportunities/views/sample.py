"""The pages of samples."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import day_html
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.forms import ReasonForm, narrow_choices, style
from crm.generic.layout import RecordPage
from crm.generic.views.edit import CreateView, EditView
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, StepView, leads_to, step_actions
from crm.markup import badge, grade
from crm.records.choices import listed
from crm.workflow.forms.approval import SubmitForm
from customers.tables.cells import customer_url
from opportunities.domain.samples import requests, sending
from opportunities.domain.samples.lines import set_costs
from opportunities.enums import SampleState
from opportunities.filters.sample import SampleFilter
from opportunities.forms.opportunity import TransferForm
from opportunities.forms.sample import (
    CostsForm,
    CustomerForm,
    DispatchForm,
    DueForm,
    EvaluationForm,
    ReceiptForm,
    SampleForm,
    StepForm,
)
from opportunities.models import SampleRequest
from opportunities.models.sample import VIEW_COST
from opportunities.panels.sample import summary
from opportunities.sample_rules import AWAITS_FEEDBACK, ENDED
from opportunities.tables.development import development_url
from opportunities.tables.opportunity import record_url as opportunity_url
from opportunities.tables.sample import STATE_TONES, VERDICT_TONES, SampleTable, cost_cell, is_late

CHANGE = "opportunities.change_samplerequest"
FORM = "opportunities/sample_form.html"


class SampleRecord(RecordView):
    """A request's page; only a draft can be edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once it was sent for approval."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == SampleState.DRAFT else {**context, "edit_url": ""}


class SampleCreate(CreateView):
    """A new request; asks for the customer first, where nothing says whose it is."""

    template = FORM

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form for a customer."""
        if not request.GET.get("customer", "").isdecimal():
            return self.ask_customer()
        return super().get(request, *args, **kwargs)

    def ask_customer(self) -> HttpResponse:
        """The page that asks whose samples these are."""
        form = CustomerForm()
        narrow_choices(form, self.request.user)
        for field in form.fields.values():
            style(field)
        title = _("New %(kind)s") % {"kind": self.entity.model._meta.verbose_name}
        crumbs = [self.context()["list_crumb"], (title, None)]
        context = self.context(form=form, title=title, crumbs=crumbs, cancel_url=self.entity.url("list"))
        return render(self.request, "opportunities/sample_customer.html", context)


class SampleEdit(EditView):
    """A draft with its lines."""

    template = FORM

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what was sent for approval leads back to its page."""
        record = self.record()
        if record.state != SampleState.DRAFT:
            messages.info(request, _("Only a draft is changed: this request was sent for approval already."))
            return HttpResponseRedirect(self.entity.record_url(record))
        return super().get(request, *args, **kwargs)


class SampleStepView(StepView):
    """A step; the forms know the request and its lines."""

    def form(self, step: Step, data: Any = None) -> Any:
        """The step's form."""
        if step.form is None or not issubclass(step.form, StepForm):
            return super().form(step, data)
        return step.form(data, record=self.record(), user=self.request.user)

    def show(self, record: Any, step: Step, form: Any, status: int = 200) -> HttpResponse:
        """The page that asks, the fields of each sample below its name."""
        if not isinstance(form, StepForm):
            return super().show(record, step, form, status)
        url = self.entity.record_url(record)
        crumbs = [self.context()["list_crumb"], (str(record), url), (step.label, None)]
        context = self.context(record=record, step=step, form=form, cancel_url=url, crumbs=crumbs)
        return render(self.request, "opportunities/sample_step.html", context, status=status)


def _submit(record: SampleRequest, **values: Any) -> Any:
    return requests.submit_sample(sample=record, **values)


def _dispatch(record: SampleRequest, **values: Any) -> Any:
    return sending.dispatch_sample(sample=record, **values)


def _receive(record: SampleRequest, **values: Any) -> Any:
    return sending.receive_sample(sample=record, **values)


def _evaluate(record: SampleRequest, **values: Any) -> Any:
    return sending.evaluate_sample(sample=record, **values)


def _due(record: SampleRequest, **values: Any) -> Any:
    return sending.change_due(sample=record, **values)


def _costs(record: SampleRequest, **values: Any) -> Any:
    return set_costs(sample=record, **values)


def _cancel(record: SampleRequest, **values: Any) -> Any:
    return requests.cancel_sample(sample=record, **values)


def _step(target: str, label: Any, icon: str, run: Any, form: Any, *, primary: bool = True, **more: Any) -> Step:
    return Step(
        target,
        label,
        icon,
        more.pop("permission", CHANGE),
        run,
        more.pop("when", None) or leads_to(target),
        form,
        primary=primary,
    )


STEPS = (
    _step(SampleState.PENDING, gettext_lazy("Submit for approval"), "send", _submit, SubmitForm),
    _step(SampleState.DISPATCHED, pgettext_lazy("sample", "Dispatch"), "truck-delivery", _dispatch, DispatchForm),
    _step(SampleState.RECEIVED, pgettext_lazy("sample", "Received"), "package", _receive, ReceiptForm),
    _step(
        SampleState.EVALUATED,
        pgettext_lazy("sample", "Enter the evaluation"),
        "clipboard-list",
        _evaluate,
        EvaluationForm,
    ),
    _step(
        "due",
        gettext_lazy("Change the feedback date"),
        "calendar",
        _due,
        DueForm,
        primary=False,
        when=lambda record: record.state in AWAITS_FEEDBACK,
    ),
    _step(
        "costs",
        gettext_lazy("Costs"),
        "coin",
        _costs,
        CostsForm,
        primary=False,
        permission=VIEW_COST,
        when=lambda record: record.state != SampleState.CANCELLED,
    ),
    _step(SampleState.CANCELLED, gettext_lazy("Cancel the samples"), "circle-x", _cancel, ReasonForm, primary=False),
)

_MY_OPEN = "owner=me&" + "&".join(f"state={state.value}" for state in SampleState if state not in ENDED)


def _customer(record: SampleRequest) -> Any:
    url, customer = customer_url(record.customer_id), record.customer
    return format_html('<a href="{}">{}</a> {}', url, customer.name, grade(customer.grade))


def _opportunity(record: SampleRequest) -> Any:
    if record.opportunity is None:
        return ""
    return format_html('<a href="{}">{}</a>', opportunity_url(record.opportunity), record.opportunity)


def _development(record: SampleRequest) -> Any:
    if record.development is None:
        return ""
    return format_html('<a href="{}">{}</a>', development_url(record.development), record.development)


def _badges(record: SampleRequest) -> list[str]:
    out: list[str] = [badge(STATE_TONES[record.state], record.get_state_display(), dot=True)]
    if record.verdict:
        out.append(badge(VERDICT_TONES[record.verdict], record.get_verdict_display(), dot=True))
    if is_late(record):
        out.append(badge("bad", _("feedback overdue"), dot=True))
    return out


def _meta(record: SampleRequest) -> list[tuple[str, Any]]:
    return [
        ("target-arrow", _opportunity(record)),
        ("user", record.owner.label if record.owner else ""),
        ("users", record.team.label if record.team else ""),
    ]


def _day(label: Any, name: str) -> tuple[Any, Any]:
    return (label, lambda record: day_html(getattr(record, name)))


sample_entity = Entity(
    model=SampleRequest,
    table=SampleTable,
    filterset=SampleFilter,
    form=SampleForm,
    create=requests.create_sample,
    update=requests.update_sample,
    nav="samples",
    icon="flask-2",
    subtitle=gettext_lazy("What customers were sent to try, and what came of it"),
    summary=summary,
    empty_text=gettext_lazy("A sample request says what a customer shall try, why, and what came of the trial."),
    views={"record": SampleRecord, "create": SampleCreate, "edit": SampleEdit},
    bulk_actions=(
        BulkAction(
            key="transfer",
            label=gettext_lazy("Hand over"),
            icon="user-share",
            permission="opportunities.transfer_opportunity",
            apply=requests.transfer_samples,
            form=TransferForm,
            done=gettext_lazy("%(count)d sample requests were handed over."),
        ),
    ),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset(
            "mine",
            gettext_lazy("My open ones"),
            _MY_OPEN,
        ),
        Preset("to_send", gettext_lazy("To be dispatched"), "state=approved", sort="needed_on"),
        Preset(
            "awaiting", gettext_lazy("Awaiting feedback"), "state=dispatched&state=received", sort="feedback_due_on"
        ),
        Preset("late", gettext_lazy("Feedback overdue"), "late=on", sort="feedback_due_on"),
        Preset("passed", pgettext_lazy("sample", "Passed"), "verdict=passed"),
        Preset("failed", pgettext_lazy("sample", "Failed"), "verdict=failed"),
    ),
    page=RecordPage(
        title=lambda record: record.customer.name,
        code=lambda record: record.code,
        badges=_badges,
        meta=_meta,
        actions=step_actions("opportunities:samplerequest", STEPS),
        attributes=(
            (gettext_lazy("Customer"), _customer),
            (gettext_lazy("New product"), _development),
            "contact",
            "ship_to",
            "reason",
            "purpose",
            "product_line",
            _day(gettext_lazy("Requested on"), "requested_on"),
            _day(gettext_lazy("Needed on"), "needed_on"),
            "carrier",
            "tracking_number",
            _day(gettext_lazy("Dispatched on"), "dispatched_on"),
            "no_coa_reason",
            _day(pgettext_lazy("sample", "Received on"), "received_on"),
            _day(gettext_lazy("Feedback due"), "feedback_due_on"),
            _day(gettext_lazy("Evaluated on"), "evaluated_on"),
            (gettext_lazy("Why it failed"), lambda record: listed("sample_failure").label(record.failure)),
            "verdict_comment",
            (gettext_lazy("Cost"), lambda record: mark_safe(cost_cell(record)), VIEW_COST),  # noqa: S308 -- markup of ours
        ),
        select=("customer", "opportunity__stage", "development", "contact", "owner", "team", "product_line", "product"),
    ),
)
