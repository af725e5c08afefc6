"""What grading adds to the pages of the kernel."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.demo import register_demo
from crm.extension_points import (
    JobKind,
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    SettingsPage,
    TrailVerb,
    job_kinds,
    menu,
    notification_kinds,
    panels,
    periodic_jobs,
    settings_pages,
    trail_verbs,
)
from crm.formats import num
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain.grading import reviews, runs
from customers.domain.grading.measures import MEASURES
from customers.extension_points import customer_measures
from customers.models import GradeRun
from customers.panels import grading as parts

for measure in MEASURES:
    customer_measures.register(measure)
trail_verbs.register(TrailVerb("grade", pgettext_lazy("audit trail", "Graded")))
notification_kinds.register(
    NotificationKind(reviews.TOLD, _("A customer of yours has a new grade"), "records", icon="trophy", order=200)
)
for job in (
    PeriodicJob("grades", "customers.compute_grades", crontab(hour=19, minute=20)),  # 3:20 in China
    PeriodicJob("grade_policies", "customers.check_grade_policies", crontab(hour=19, minute=50)),
):
    periodic_jobs.register(job)
for kind in (
    JobKind(runs.KIND, _("Grade reviews"), runs.retry_grades, icon="trophy", order=60),
    JobKind(runs.PREVIEW, _("Preview of a scoring model"), runs.retry_grades, icon="trophy", order=61),
):
    job_kinds.register(kind)
for item in (
    MenuItem(
        "grade_reviews",
        _("Grade reviews"),
        "customers:graderun_list",
        "trophy",
        "customers",
        order=40,
        permission="customers.view_graderun",
    ),
    MenuItem(
        "grade_policies",
        _("Policies of grades"),
        "customers:gradepolicy_list",
        "shield-check",
        "customers",
        order=50,
        permission="customers.view_gradepolicy",
    ),
):
    menu.register(item)
settings_pages.register(
    SettingsPage(
        key="scoring_models",
        label=_("Scoring models"),
        text=_("Which figures count how much for a customer's grade, for the group and for each business unit."),
        url_name="customers:gradingmodel_list",
        icon="adjustments",
        section="process",
        permission="customers.view_gradingmodel",
        order=40,
    )
)
_T = "customers/grading/"
for model, panel in (
    ("GradingModel", Panel("rules", _("Rules"), "main", f"{_T}_rules.html", parts.model_rules, order=10, prints=True)),
    (
        "GradingModel",
        Panel(
            "preview",
            _("What if"),
            "main",
            f"{_T}_preview.html",
            parts.model_preview,
            "customers.view_graderun",
            order=20,
        ),
    ),
    ("GradeRun", Panel("moves", _("Moves"), "main", f"{_T}_moves.html", parts.run_moves, order=10, prints=True)),
    ("GradeProposal", Panel("why", _("Why"), "main", f"{_T}_why.html", parts.proposal_panel, order=10, prints=True)),
    (
        "Customer",
        Panel(
            "grade",
            _("Grade"),
            "tab",
            f"{_T}_customer.html",
            parts.customer_grade,
            "customers.view_gradeproposal",
            order=30,
            tab="value",
        ),
    ),
):
    panels.register(panel, group=f"customers.{model}")


def _moves(run: GradeRun) -> str:
    return str(_("%(ups)s up, %(downs)s down, %(firsts)s first")) % {
        "ups": num(run.ups),
        "downs": num(run.downs),
        "firsts": num(run.firsts),
    }


register_document(
    ApprovalDocument(
        key=reviews.DOCUMENT,
        label=_("Grade review"),
        model="customers.GradeRun",
        permission="customers.change_graderun",
        among=lambda rows: rows.real(),
        facts=(
            ApprovalFact("moved", _("customers that move"), "number", lambda run: run.ups + run.downs),
            business_unit_fact(),
        ),
        show=(
            ("month", _("month"), lambda run: f"{run.month:%Y-%m}"),
            ("model", _("scoring model"), lambda run: str(run.model)),
            ("customers", _("customers"), lambda run: num(run.customers)),
            ("moves", pgettext_lazy("grades", "moves"), _moves),
        ),
        headline=lambda request: str(_("%(n)s customers move")) % {"n": num(request.facts.get("moved"))},
        ready=reviews.check_ready,
        offered=reviews.may_be_approved,
        place=lambda run: (None, run.business_unit),
        on_approved=reviews.on_approved,
        on_rejected=reviews.on_rejected,
        icon="trophy",
        order=300,
    )
)
register_demo("customers.demo.grading", key="grading", order=85)
