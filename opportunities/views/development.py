"""The pages of new-product requests."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import day_html
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import Action, RecordPage
from crm.generic.views.edit import EditView
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, StepView, leads_to, step_actions
from crm.markup import badge
from crm.records.choices import listed
from opportunities.development_rules import BEFORE_PROJECT, ENDED, PROJECT
from opportunities.domain.developments import course, parts, research
from opportunities.domain.developments.release import MAY_ADD
from opportunities.domain.developments.requests import create_development, transfer_developments, update_development
from opportunities.enums import DevelopmentState as S
from opportunities.filters.development import DevelopmentFilter
from opportunities.forms.development import (
    AnswerForm,
    CostForm,
    DevelopmentForm,
    DevelopmentStepForm,
    EndForm,
    LinkSampleForm,
    MilestoneForm,
    RefusalForm,
    RequirementForm,
    ResearcherForm,
    SetUpForm,
    SubmitDevelopmentForm,
)
from opportunities.forms.opportunity import TransferForm
from opportunities.models import DevelopmentCost, DevelopmentMilestone, DevelopmentRequest, DevelopmentRequirement
from opportunities.models.development import VIEW_COST
from opportunities.panels.development import next_step
from opportunities.tables.development import (
    VERDICT_TONES,
    DevelopmentTable,
    price_text,
    state_badge,
    volume_text,
)
from opportunities.tables.opportunity import record_url as opportunity_url
from opportunities.views.parts import Part

ADD, CHANGE = "opportunities.add_developmentrequest", "opportunities.change_developmentrequest"
ANSWER = "opportunities.answer_developmentrequest"


def _open(*states: str) -> str:
    return "&".join(f"state={state}" for state in states)


RUNNING = _open(*(state for state in S.values if state not in ENDED))


class DevelopmentRecord(RecordView):
    """Its page; once the project is set up the requirement stays."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button then."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state in BEFORE_PROJECT else {**context, "edit_url": ""}


class DevelopmentEdit(EditView):
    """The requirement sheet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a project leads back to its page."""
        record = self.record()
        if record.state not in BEFORE_PROJECT:
            messages.info(request, _("The project is set up: its requirement stays as it was agreed on."))
            return HttpResponseRedirect(self.entity.record_url(record))
        return super().get(request, *args, **kwargs)


class DevelopmentStepView(StepView):
    """A step; the forms know the request."""

    def form(self, step: Step, data: Any = None) -> Any:
        """The step's form."""
        if step.form is None or not issubclass(step.form, DevelopmentStepForm):
            return super().form(step, data)
        return step.form(data, record=self.record(), user=self.request.user)


def _step(
    target: str,
    label: Any,
    icon: str,
    function: Any,
    form: Any = None,
    *,
    permission: str = CHANGE,
    primary: bool = False,
    when: Any = None,
) -> Step:
    def run(record: DevelopmentRequest, **values: Any) -> Any:
        return function(development=record, **values)

    return Step(target, label, icon, permission, run, when or leads_to(target), form, primary)


STEPS = (
    _step(
        S.SUBMITTED,
        gettext_lazy("Submit to R&D"),
        "send",
        course.submit,
        SubmitDevelopmentForm,
        permission=ADD,
        primary=True,
    ),
    _step(S.FEASIBILITY, gettext_lazy("Take it up"), "user-check", course.take_up, permission=ANSWER, primary=True),
    _step(
        "answer",
        gettext_lazy("Answer: feasible"),
        "checks",
        course.answer,
        AnswerForm,
        permission=ANSWER,
        primary=True,
        when=lambda record: record.state == S.FEASIBILITY,
    ),
    _step(
        "refuse",
        gettext_lazy("Answer: not feasible"),
        "circle-x",
        course.refuse,
        RefusalForm,
        permission=ANSWER,
        when=lambda record: record.state == S.FEASIBILITY,
    ),
    _step(
        S.PENDING,
        gettext_lazy("Ask for the set-up"),
        "send",
        course.ask_set_up,
        SetUpForm,
        primary=True,
    ),
    _step(
        S.DEVELOPMENT,
        gettext_lazy("Begin the work"),
        "player-play",
        course.begin,
        primary=True,
        when=lambda record: record.state == S.ACCEPTED,
    ),
    _step(S.TRIAL, gettext_lazy("Begin the customer's trial"), "flask-2", course.begin_trial, primary=True),
    _step(
        "researcher",
        gettext_lazy("Change the researcher"),
        "user-share",
        research.give_to_researcher,
        ResearcherForm,
        when=lambda record: record.researcher_id is not None and record.state not in ENDED,
    ),
    _step(
        "sample",
        gettext_lazy("Link samples"),
        "link",
        course.link_sample,
        LinkSampleForm,
        when=lambda record: record.state in PROJECT,
    ),
    _step(
        "back",
        gettext_lazy("Back to development"),
        "arrow-back-up",
        course.back_to_development,
        ReasonForm,
        when=lambda record: record.state == S.TRIAL,
    ),
    _step(S.DRAFT, gettext_lazy("Give back as a draft"), "arrow-back-up", course.take_back, ReasonForm),
    _step(
        S.DECLINED,
        pgettext_lazy("development", "Decline"),
        "circle-x",
        course.decline,
        EndForm,
        when=lambda record: record.state == S.ASSESSED,
    ),
    _step(S.CANCELLED, gettext_lazy("Cancel the new product"), "circle-x", course.cancel, EndForm),
)
PARTS = (
    Part(
        "requirement",
        gettext_lazy("Wanted property"),
        DevelopmentRequirement,
        RequirementForm,
        "development",
        parts.add_requirement,
        parts.change_requirement,
        parts.remove_requirement,
    ),
    Part(
        "milestone",
        gettext_lazy("Milestone"),
        DevelopmentMilestone,
        MilestoneForm,
        "development",
        parts.add_milestone,
        parts.change_milestone,
        parts.remove_milestone,
    ),
    Part(
        "cost",
        gettext_lazy("Cost per kg"),
        DevelopmentCost,
        CostForm,
        "development",
        parts.add_cost,
        parts.change_cost,
        parts.remove_cost,
        permission=VIEW_COST,
    ),
)


def _linked(url: str, row: Any) -> Any:
    return format_html('<a href="{}">{}</a>', url, row)


def _customer(record: DevelopmentRequest) -> Any:
    return _linked(reverse("customers:customer_record", args=[record.customer_id]), record.customer.name)


def _opportunity(record: DevelopmentRequest) -> Any:
    return _linked(opportunity_url(record.opportunity), record.opportunity) if record.opportunity else ""


def _product(record: DevelopmentRequest) -> Any:
    if record.product is None:
        return ""
    return _linked(
        reverse("catalogue:product_record", args=[record.product_id]), f"{record.product.code} {record.product}"
    )


def _day(label: Any, name: str) -> tuple[Any, Any]:
    return (label, lambda record: day_html(getattr(record, name)))


def _badges(record: DevelopmentRequest) -> list[str]:
    found = [state_badge(record)]
    if record.verdict:
        found.append(badge(VERDICT_TONES[record.verdict], record.get_verdict_display(), dot=True))
    return found


development_entity = Entity(
    model=DevelopmentRequest,
    table=DevelopmentTable,
    filterset=DevelopmentFilter,
    form=DevelopmentForm,
    create=create_development,
    update=update_development,
    nav="developments",
    icon="atom-2",
    subtitle=gettext_lazy("What customers want that we do not have yet: feasibility, project, trial, release"),
    empty_text=gettext_lazy("Ask for a new product from an opportunity: its specification is taken over."),
    views={"record": DevelopmentRecord, "edit": DevelopmentEdit},
    bulk_actions=(
        BulkAction(
            key="transfer",
            label=gettext_lazy("Hand over"),
            icon="user-share",
            permission="opportunities.transfer_opportunity",
            apply=transfer_developments,
            form=TransferForm,
            done=gettext_lazy("%(count)d new-product requests were handed over."),
        ),
    ),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("mine", gettext_lazy("My open ones"), f"{RUNNING}&owner=me"),
        Preset("research", gettext_lazy("With R&D"), _open(S.SUBMITTED, S.FEASIBILITY)),
        Preset("projects", gettext_lazy("Projects under way"), _open(*PROJECT), sort="due_on"),
        Preset("late", gettext_lazy("Overdue"), "late=on", sort="due_on"),
        Preset("released", pgettext_lazy("development", "Released"), _open(S.RELEASED)),
        Preset("ended", gettext_lazy("Declined or cancelled"), _open(S.DECLINED, S.CANCELLED)),
    ),
    page=RecordPage(
        title=lambda record: record.title,
        code=lambda record: record.code,
        badges=_badges,
        meta=lambda record: [
            ("building-factory-2", _customer(record)),
            ("target-arrow", _opportunity(record)),
            ("user", record.owner.label if record.owner else ""),
        ],
        actions=(
            Action(
                gettext_lazy("Release into the catalogue"),
                lambda record: reverse("opportunities:developmentrequest_release", args=[record.pk]),
                "circle-check",
                MAY_ADD,
                primary=True,
                when=lambda record: record.state == S.TRIAL,
            ),
            *step_actions("opportunities:developmentrequest", STEPS),
        ),
        next_step=next_step,
        attributes=(
            "product_line",
            "application",
            (gettext_lazy("Expected volume per year"), volume_text),
            (gettext_lazy("Target price"), price_text),
            _day(gettext_lazy("Wanted by the customer on"), "wanted_on"),
            "samples_wanted",
            "background",
            (
                gettext_lazy("Responsible researcher"),
                lambda record: record.researcher.label if record.researcher else "",
            ),
            _day(gettext_lazy("Answered on"), "answered_on"),
            "feasibility",
            "doubts",
            _day(gettext_lazy("Promised for"), "promised_on"),
            _day(gettext_lazy("Set up on"), "set_up_on"),
            _day(gettext_lazy("To be released by"), "due_on"),
            _day(gettext_lazy("Released on"), "released_on"),
            (gettext_lazy("Released product"), _product),
            (gettext_lazy("Why it ended"), lambda record: listed("development_end").label(record.end_reason)),
            "end_comment",
            "team",
        ),
        select=(
            "customer",
            "opportunity",
            "owner",
            "researcher",
            "team",
            "business_unit",
            "currency",
            "product_line",
            "product",
        ),
    ),
)
