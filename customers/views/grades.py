"""The pages of grade reviews, of their proposals, and of the policies of grades."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm import markup
from crm.errors import DomainError
from crm.formats import day_html, moment_html, num
from crm.generic.entity import BulkAction, Entity, HeadAction, Preset
from crm.generic.layout import RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.listing import ListView
from customers.domain.grading import policies, reviews, runs
from customers.domain.grading.grades import SET_GRADE
from customers.enums import RunState
from customers.filters.grading import GradePolicyFilter, GradeProposalFilter, GradeRunFilter
from customers.forms.grading import ExceptionForm, GradePolicyForm
from customers.models import Customer, GradePolicy, GradeProposal, GradeRun, PolicyFinding
from customers.tables.cells import customer_url
from customers.tables.grading import (
    MOVE_TONES,
    RUN_TONES,
    GradePolicyTable,
    GradeProposalTable,
    GradeRunTable,
    model_url,
    policy_text,
    run_title,
    whose,
)


class ComputeRuns(EntityView):
    """Has this month's reviews computed now."""

    action = "change"
    http_method_names = ("get", "post")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The head action of the list comes by a link: a page asks first."""
        crumbs = [self.context()["list_crumb"], (_("Compute now"), None)]
        return render(request, "customers/grading/compute.html", self.context(crumbs=crumbs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start the job; its page shows how far it is."""
        try:
            job = runs.start_month(actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(self.entity.url("list"))
        return HttpResponseRedirect(reverse("workflow:job", args=[job.pk]))


class RunList(ListView):
    """The list without previews: those stand on their model's page."""

    def rows(self) -> QuerySet[Any]:
        """The reviews in reach."""
        return super().rows().real()  # type: ignore[attr-defined, no-any-return]


class ProposalList(ListView):
    """The list without the proposals of previews, unless they are asked for."""

    def rows(self) -> QuerySet[Any]:
        """The proposals in reach."""
        rows = super().rows()
        return (
            rows if RunState.PREVIEW in self.request.GET.getlist("state") else rows.exclude(run__state=RunState.PREVIEW)
        )


def _link(url: str, text: Any) -> str:
    return format_html('<a href="{}">{}</a>', url, text)


run_entity = Entity(
    model=GradeRun,
    table=GradeRunTable,
    dossier=False,
    filterset=GradeRunFilter,
    nav="grade_reviews",
    icon="list-check",
    subtitle=gettext_lazy("What the scoring models propose each month, and what became of it"),
    empty_text=gettext_lazy("Reviews are computed each month for the models in force."),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("open", gettext_lazy("To review"), "state=open"),
        Preset("applied", gettext_lazy("Applied"), "state=applied"),
    ),
    head_actions=(
        HeadAction(gettext_lazy("Compute now"), "customers:graderun_compute", "refresh", "customers.change_graderun"),
    ),
    views={"list": RunList},
    page=RecordPage(
        title=run_title,
        code=lambda run: f"{run.month:%Y-%m}",
        badges=lambda run: [markup.badge(RUN_TONES[run.state], run.get_state_display(), dot=True)],
        meta=lambda run: [
            ("building", run.business_unit.label),
            ("adjustments", _link(model_url(run.model), run.model)),
        ],
        attributes=(
            (pgettext_lazy("number of", "Customers"), lambda run: num(run.customers)),
            (gettext_lazy("Move up"), lambda run: num(run.ups)),
            (gettext_lazy("Move down"), lambda run: num(run.downs)),
            (gettext_lazy("First grades"), lambda run: num(run.firsts)),
            (gettext_lazy("Figures as of"), lambda run: day_html(run.computed_on)),
            (gettext_lazy("Computed at"), lambda run: moment_html(run.computed_at)),
        ),
        select=("business_unit", "model"),
    ),
)


def _owner(row: GradeProposal) -> str:
    return row.customer.owner.label if row.customer.owner else ""


proposal_entity = Entity(
    model=GradeProposal,
    table=GradeProposalTable,
    dossier=False,
    filterset=GradeProposalFilter,
    nav="grade_reviews",
    icon="list-check",
    subtitle=gettext_lazy("What is proposed for each customer, and why"),
    empty_text=gettext_lazy("Nothing is proposed for customers within your reach."),
    presets=(
        Preset("open", gettext_lazy("To review"), "state=open&moved=1"),
        Preset("up", gettext_lazy("Move up"), "state=open&move=up"),
        Preset("down", gettext_lazy("Move down"), "state=open&move=down"),
        Preset("new", gettext_lazy("First grades"), "state=open&move=new"),
        Preset("all", gettext_lazy("All")),
    ),
    bulk_actions=(
        BulkAction(
            "accept",
            gettext_lazy("Accept now"),
            "check",
            SET_GRADE,
            reviews.accept_proposals,
            None,
            gettext_lazy("%(count)d proposals were accepted."),
        ),
        BulkAction(
            "exception",
            gettext_lazy("Give another grade"),
            "edit",
            SET_GRADE,
            reviews.give_exception,
            ExceptionForm,
            gettext_lazy("%(count)d customers will get another grade than the proposed one."),
        ),
        BulkAction(
            "take_back",
            gettext_lazy("Take exceptions back"),
            "arrow-back-up",
            SET_GRADE,
            reviews.take_exception_back,
            None,
            gettext_lazy("%(count)d exceptions were taken back."),
        ),
    ),
    views={"list": ProposalList},
    page=RecordPage(
        title=lambda row: row.customer.name,
        code=lambda row: row.customer.code,
        badges=lambda row: [
            markup.grade(row.grade),
            markup.badge(MOVE_TONES[row.move], row.get_move_display()),
        ],
        meta=lambda row: [
            ("building-factory-2", _link(customer_url(row.customer_id), row.customer)),
            ("list-check", run_title(row.run)),
            ("user", _owner(row)),
        ],
        select=("customer__owner", "run__business_unit", "run__model", "veto"),
    ),
)


def put_kept(rows: Sequence[GradePolicy], user: Any) -> None:
    """Puts on policies for how many customers in the reader's reach they are: all, those for whom they are not kept, and those
    without data. None where a policy was not checked yet or is not valid today."""
    today = timezone.localdate()
    keys = [row.pk for row in rows]
    found = PolicyFinding.objects.visible_to(user).filter(policy__in=keys, customer__grade=F("policy__grade"))
    unknown = Q(value__isnull=True)
    counts = {
        row["policy"]: (row["broken"], row["unknown"])
        for row in found.order_by()
        .values("policy")
        .annotate(broken=Count("pk", filter=~unknown), unknown=Count("pk", filter=unknown))
    }
    seen = Customer.objects.visible_to(user)
    by_grade: dict[tuple[str, int], int] = {}
    if keys:
        totals = seen.exclude(grade="").order_by().values_list("grade", "business_unit_id").annotate(Count("pk"))
        by_grade = {(grade, unit): count for grade, unit, count in totals}
    own = _own_policies(user, today) if keys else set()
    for row in rows:
        valid = row.valid_from <= today and (row.valid_until is None or row.valid_until >= today)
        row.kept = None  # type: ignore[attr-defined]
        if valid and row.checked_at is not None:
            row.kept = (_total(row, by_grade, own), *counts.get(row.pk, (0, 0)))  # type: ignore[attr-defined]


def _own_policies(user: Any, today: Any) -> set[Any]:
    """Of which grade and figure a unit has a policy of its own, which counts there instead of the group's."""
    rows = GradePolicy.objects.visible_to(user).valid_on(today).filter(business_unit__isnull=False)
    return set(rows.values_list("grade", "measure", "side", "business_unit_id"))


def _total(row: GradePolicy, by_grade: dict[tuple[str, int], int], own: set[Any]) -> int:
    return sum(
        count
        for (grade, unit), count in by_grade.items()
        if grade == row.grade
        and (
            unit == row.business_unit_id
            if row.business_unit_id is not None
            else (row.grade, row.measure, row.side, unit) not in own
        )
    )


class PolicyList(ListView):
    """The list with how far each policy is kept."""

    def prepare(self, rows: Sequence[Any]) -> None:
        """Counts within the reader's reach."""
        super().prepare(rows)
        put_kept(rows, self.request.user)


policy_entity = Entity(
    model=GradePolicy,
    table=GradePolicyTable,
    dossier=False,
    filterset=GradePolicyFilter,
    form=GradePolicyForm,
    create=policies.create_policy,
    update=policies.update_policy,
    nav="grade_policies",
    icon="shield-check",
    subtitle=gettext_lazy("What each grade is promised or allowed, and whether it is kept"),
    empty_text=gettext_lazy("No policies yet: say what customers of a grade are promised."),
    presets=(Preset("valid", gettext_lazy("Valid today"), "valid=on"), Preset("all", gettext_lazy("All"))),
    views={"list": PolicyList},
    page=RecordPage(
        title=policy_text,
        badges=lambda row: [markup.grade(row.grade)],
        meta=lambda row: [("building", whose(row))],
        attributes=(
            "grade",
            (gettext_lazy("Policy"), policy_text),
            (gettext_lazy("Valid from"), lambda row: day_html(row.valid_from)),
            (gettext_lazy("Valid until"), lambda row: day_html(row.valid_until)),
            (gettext_lazy("Checked at"), lambda row: moment_html(row.checked_at)),
            "note",
        ),
        select=("business_unit",),
    ),
)


def grade_urls() -> list[URLPattern]:
    """The addresses beside those of the entities."""
    return [path("grade-reviews/compute/", ComputeRuns.as_view(entity=run_entity), name="graderun_compute")]
