"""The lists of grading: scoring models, reviews, proposals, policies."""

from decimal import Decimal
from html import escape
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from crm import markup
from crm.formats import day, day_html, money, money_html, num, plain_number, qty
from crm.generic.tables import Column, Part, Table, choice_cell, exported, link_cell, record_address
from customers.domain.grading.reviews import exceptions_of
from customers.enums import GradingState, Move, RunState
from customers.extension_points import CustomerMeasure
from customers.models import GradePolicy, GradeProposal, GradeRun, GradingModel
from customers.tables.cells import below, figures_of

MODEL_TONES: dict[str, str] = {GradingState.DRAFT: "info", GradingState.IN_FORCE: "ok", GradingState.RETIRED: ""}
RUN_TONES: dict[str, str] = {
    RunState.PREVIEW: "info",
    RunState.OPEN: "warn",
    RunState.APPLIED: "ok",
    RunState.REJECTED: "bad",
    RunState.SUPERSEDED: "",
}
MOVE_TONES: dict[str, str] = {Move.UP: "ok", Move.DOWN: "bad", Move.NEW: "info", Move.SAME: "line"}


def model_url(row: GradingModel) -> str:
    """The address of a model's page."""
    return record_address("customers:gradingmodel_record", row.pk)


def run_url(row: GradeRun) -> str:
    """The address of a review's page."""
    return record_address("customers:graderun_record", row.pk)


def proposal_url(row: GradeProposal) -> str:
    """The address of the explanation of a proposal."""
    return record_address("customers:gradeproposal_record", row.pk)


def whose(row: Any) -> str:
    """The business unit, or that it is the group."""
    return row.business_unit.label if row.business_unit is not None else pgettext("grading", "Group")


def shown_figure(measure: CustomerMeasure | None, value: Any) -> str:
    """A figure in words, with its unit."""
    if value is None:
        return _("no data")
    unit = measure.unit if measure is not None else "number"
    if unit == "money":
        return money(value)
    if unit == "kg":
        return qty(value)
    if unit == "percent":
        return f"{num(value, 1)} %"
    text = plain_number(Decimal(value).quantize(Decimal("0.01")).normalize() + 0)
    return _("%(n)s days") % {"n": text} if unit == "days" else text


def hidden() -> str:
    """What stands in the place of a figure that the reader may not see."""
    return _("not shown: it is worked out from costs")


def run_title(row: GradeRun) -> str:
    """What a review is called: the month and whose grade."""
    kind = _("grade of the group") if row.for_group else _("grade of the unit")
    return f"{row.month:%Y-%m} · {row.business_unit.label} · {kind}"


class GradingModelTable(Table):
    """Columns of the list of scoring models."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column(
            "name", gettext_lazy("Scoring model"), link_cell(model_url, str, whose), phone="", select=("business_unit",)
        ),
        Column("state", gettext_lazy("Status"), choice_cell("state", MODEL_TONES), phone=""),
        Column(
            "edition", pgettext_lazy("grading", "Edition"), exported(lambda row: num(row.edition), "edition"), css="num"
        ),
        Column(
            "from",
            gettext_lazy("Valid from"),
            exported(lambda row: day_html(row.valid_from), "valid_from"),
            css="nw",
            phone=gettext_lazy("Valid from"),
        ),
        Column(
            "until",
            gettext_lazy("Valid until"),
            exported(lambda row: day_html(row.valid_until), "valid_until"),
            css="nw",
            phone=gettext_lazy("Valid until"),
        ),
    ]


def _number(field: str) -> Any:
    return exported(lambda row: num(getattr(row, field)), field)


class GradeRunTable(Table):
    """Columns of the list of reviews."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-month"
    columns: ClassVar = [
        Column(
            "month",
            gettext_lazy("Grade review"),
            link_cell(run_url, run_title, lambda row: row.model),
            sort="month",
            phone="",
            select=("business_unit", "model"),
            descending=True,
        ),
        Column("state", gettext_lazy("Status"), choice_cell("state", RUN_TONES), phone=""),
        Column("ups", gettext_lazy("Move up"), _number("ups"), css="num", phone=gettext_lazy("Move up")),
        Column("downs", gettext_lazy("Move down"), _number("downs"), css="num", phone=gettext_lazy("Move down")),
        Column(
            "firsts", gettext_lazy("First grades"), _number("firsts"), css="num", phone=gettext_lazy("First grades")
        ),
        Column("customers", pgettext_lazy("number of", "Customers"), _number("customers"), css="num"),
        Column(
            "computed",
            gettext_lazy("Figures as of"),
            exported(lambda row: day_html(row.computed_on), "computed_on"),
            css="nw",
        ),
    ]


def move_html(row: GradeProposal) -> str:
    """From which grade to which."""
    old = markup.grade(row.old_grade) or "—"
    return format_html('<span class="nw">{} → {}</span>', old, markup.grade(row.grade))


def customer_cell(row: GradeProposal) -> str:
    """The customer, with the way to the explanation."""
    return (
        f'<a class="ttl" href="{proposal_url(row)}">{escape(row.customer.name)}</a>{below(escape(row.customer.code))}'
    )


def put_exceptions(rows: Any) -> None:
    """Puts on a page of proposals the exceptions given instead of them."""
    keys = {(row.run_id, row.customer_id): row for row in rows}
    for row in rows:
        row.exception = None
    for exception in exceptions_of(keys) if keys else ():
        if (row := keys.get((exception.run_id, exception.customer_id))) is not None:
            row.exception = exception


def rule_cell(row: GradeProposal) -> str:
    """Which rule decided, and the exception that a person gave."""
    text = escape(str(row.get_rule_display()))
    exception = getattr(row, "exception", None)
    if exception is None:
        return text
    instead = _("exception: %(grade)s until %(day)s") % {"grade": exception.grade, "day": day(exception.until)}
    return f"{text}{below(escape(instead), 'warn')}"


def sales_cell(row: GradeProposal) -> str:
    """The customer's sales of 12 months."""
    figures = figures_of(row.customer)
    return money_html(figures.sales_12m) if figures is not None else "—"


class GradeProposalTable(Table):
    """Columns of the list of proposals."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-points"
    groups: ClassVar = {"move": "move", "grade": "grade", "owner": "customer__owner"}
    columns: ClassVar = [
        Column(
            "customer",
            gettext_lazy("Customer"),
            customer_cell,
            phone="",
            select=("customer",),
            value=(Part("customer.name"), Part("customer.code", gettext_lazy("Code"))),
        ),
        Column("change", pgettext_lazy("grade", "Change"), move_html, css="nw", phone="", value=(
            Part("old_grade", gettext_lazy("Present grade")), Part("grade", gettext_lazy("Proposed grade")))),
        Column("move", pgettext_lazy("grade", "Move"), choice_cell("move", MOVE_TONES), phone=""),
        Column(
            "points",
            gettext_lazy("Points"),
            exported(lambda row: num(row.points, 2), "points"),
            sort="points",
            css="num",
            phone=gettext_lazy("Points"),
            descending=True,
        ),
        Column(
            "rule",
            pgettext_lazy("grade", "Decided by"),
            rule_cell,
            phone=pgettext_lazy("grade", "Decided by"),
            gather=put_exceptions,
            value=lambda row: row.get_rule_display(),
        ),
        Column(
            "sales",
            gettext_lazy("Sales, 12 months"),
            sales_cell,
            css="num",
            select=("customer__figures",),
            phone=gettext_lazy("12 months"),
            value=(Part("customer.figures.sales_12m", unit="CNY"),),
        ),
        Column(
            "owner",
            gettext_lazy("Owner"),
            lambda row: escape(row.customer.owner.label) if row.customer.owner else "—",
            select=("customer__owner",),
            value="customer.owner.label",
        ),
        Column("grade", gettext_lazy("Proposed grade"), lambda row: markup.grade(row.grade), shown=False, value="grade"),
        Column(
            "run",
            gettext_lazy("Grade review"),
            lambda row: escape(run_title(row.run)),
            select=("run__business_unit",),
            value=lambda row: run_title(row.run),
            shown=False,
        ),
    ]  # fmt: skip


def policy_text(row: GradePolicy) -> str:
    """What is promised, in words: the figure, the side and the bound."""
    declared = row.declared
    label = str(declared.label) if declared is not None else row.measure
    return f"{label} {row.get_side_display()} {shown_figure(declared, row.bound)}"


def policy_cell(row: GradePolicy) -> str:
    """The policy, with the way to its page."""
    url = record_address("customers:gradepolicy_record", row.pk)
    return format_html('<a class="ttl" href="{}">{}</a><span class="sub">{}</span>', url, policy_text(row), whose(row))


def kept_cell(row: GradePolicy) -> str:
    """For which share of the customers in reach it is kept, and how many are behind the rest."""
    kept = getattr(row, "kept", None)
    if kept is None:
        return f'<span class="mute">{escape(_("not checked yet"))}</span>'
    total, broken, unknown = kept
    good = total - broken - unknown
    if not total:
        return "—"
    share = good * 100 / total
    tone = "ok" if share >= 90 else "warn" if share >= 70 else "bad"
    words = _("%(n)s of %(total)s customers") % {"n": num(good), "total": num(total)}
    return f'<span class="row-f"><b class="nw">{share:.0f} %</b>{markup.bar(share, tone=tone)}</span>{below(escape(words))}'


def behind_cell(row: GradePolicy) -> str:
    """The lists behind: for whom it is not kept, and for whom it cannot be told."""
    kept = getattr(row, "kept", None)
    if kept is None:
        return ""
    _total, broken, unknown = kept
    parts = []
    for count, name, label in ((broken, "policy_broken", _("not kept")), (unknown, "policy_unknown", _("no data"))):
        if count:
            url = f"{reverse('customers:customer_list')}?{name}={row.pk}"
            parts.append(format_html('<a href="{}">{} {}</a>', url, num(count), label))
    return " · ".join(parts) or "—"


class GradePolicyTable(Table):
    """Columns of the page of policies."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column(
            "policy",
            gettext_lazy("Policy"),
            policy_cell,
            phone="",
            select=("business_unit",),
            value=(Part(policy_text), Part(whose, gettext_lazy("Business unit"))),
        ),
        Column("grade", gettext_lazy("Grade"), lambda row: markup.grade(row.grade), phone="", value="grade"),
        Column(
            "kept",
            pgettext_lazy("policy of a grade", "Kept"),
            kept_cell,
            phone=pgettext_lazy("policy of a grade", "Kept"),
            value=lambda row: row.kept[0] - row.kept[1] - row.kept[2] if getattr(row, "kept", None) else None,
        ),
        Column(
            "behind",
            gettext_lazy("Not kept"),
            behind_cell,
            phone=gettext_lazy("Not kept"),
            value=lambda row: row.kept[1] if getattr(row, "kept", None) else None,
        ),
        Column(
            "from",
            gettext_lazy("Valid from"),
            exported(lambda row: day_html(row.valid_from), "valid_from"),
            css="nw",
        ),
        Column(
            "until",
            gettext_lazy("Valid until"),
            exported(lambda row: day_html(row.valid_until), "valid_until"),
            css="nw",
        ),
    ]
