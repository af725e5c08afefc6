"""The lists of approval requests and of policies."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from crm.formats import day_html, moment, moment_html, num
from crm.generic.tables import Column, Part, Table, choice_cell, exported, link_cell, record_address
from crm.markup import badge
from crm.workflow.models import ApprovalPolicy, ApprovalRequest, PolicyState, RequestState
from crm.workflow.tables.task import person_cell

TONES: dict[str, str] = {
    RequestState.PENDING: "warn",
    RequestState.APPROVED: "ok",
    RequestState.REJECTED: "bad",
    RequestState.RETURNED: "info",
    RequestState.WITHDRAWN: "",
}
POLICY_TONES: dict[str, str] = {PolicyState.DRAFT: "info", PolicyState.PUBLISHED: "ok", PolicyState.RETIRED: ""}


def request_url(row: ApprovalRequest) -> str:
    """The address of a request's page."""
    return record_address("workflow:approvalrequest_record", row.pk)


def title_cell(row: ApprovalRequest) -> str:
    """The document, what it is about and why."""
    below = " · ".join(part for part in (row.document_label, row.headline) if part)
    why = format_html('<span class="sub">{}</span>', row.reason) if row.reason else ""
    return format_html(
        '<a class="ttl" href="{}">{}</a><span class="sub">{}</span>{}', request_url(row), row.title, below, why
    )


def waiting_names(row: ApprovalRequest) -> str:
    """Whose turn it is, as the list puts it on the row."""
    return "、".join(getattr(row, "waiting", ()))


def due_badge(assignment: Any) -> SafeString | str:
    """By when somebody has to decide before it is passed on; nothing where it is not."""
    if assignment is None or assignment.escalate_at is None:
        return ""
    late = assignment.escalate_at < timezone.now()
    today = timezone.localdate(assignment.escalate_at) <= timezone.localdate()
    text = pgettext("deadline", "until %(time)s") % {"time": moment(assignment.escalate_at)}
    return badge("bad" if late else "warn" if today else "line", text)


def due_cell(row: ApprovalRequest) -> str:
    """By when the reader has to decide, with the buttons; empty for what is not the reader's turn."""
    mine = getattr(row, "mine", None)
    if mine is None:
        return ""
    query = f"?step={mine.step_id}&list=1"
    approve = reverse("workflow:approvalrequest_do", args=[row.pk, "approve"]) + query
    back = reverse("workflow:approvalrequest_do", args=[row.pk, "return"]) + query
    hidden = format_html('<span class="visually-hidden"> {}</span>', row.title)
    return format_html(
        '<span class="row-f wrap">{}<button class="btn btn-sm btn-primary" type="submit" form="bulk" formaction="{}">{}{}'
        "</button>"
        '<a class="btn btn-sm" href="{}">{}{}</a></span>',
        due_badge(mine),
        approve,
        pgettext("approval", "Approve"),
        hidden,
        back,
        pgettext("approval", "Return"),
        hidden,
    )


def due_value(row: ApprovalRequest) -> Any:
    """By when the reader has to decide."""
    mine = getattr(row, "mine", None)
    return mine.escalate_at if mine is not None else None


class ApprovalTable(Table):
    """Columns of the list of approval requests."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-created_at"
    columns: ClassVar = [
        Column(
            "title",
            pgettext_lazy("approval", "Document"),
            title_cell,
            phone="",
            value=(
                Part("title"),
                Part("document_label", _("Kind of document")),
                Part("headline", pgettext_lazy("approval", "In short")),
                Part("reason", _("Reason")),
            ),
        ),
        Column("requester", _("Requester"), person_cell("requester"), select=("requester",), css="nw", phone=""),
        Column("state", _("Status"), choice_cell("state", TONES), phone=""),
        Column(
            "waiting",
            _("Waits for"),
            lambda row: escape(waiting_names(row)) or "—",
            phone=_("Waits for"),
            value=waiting_names,
        ),
        Column(
            "created",
            pgettext_lazy("approval", "Asked"),
            exported(lambda row: moment_html(row.created_at), "created_at"),
            sort="created_at",
            css="nw",
            phone=pgettext_lazy("approval", "Asked"),
            descending=True,
        ),
        Column("due", pgettext_lazy("approval", "Decide by"), due_cell, css="nw", phone="", value=due_value),
        Column("code", _("Number"), lambda row: escape(row.code), css="nw", shown=False, value="code"),
        Column(
            "unit",
            _("Business unit"),
            lambda row: escape(row.business_unit.label) if row.business_unit else "—",
            select=("business_unit",),
            shown=False,
            value="business_unit.label",
        ),
        Column(
            "since",
            _("In this state since"),
            exported(lambda row: moment_html(row.state_since), "state_since"),
            css="nw",
            shown=False,
        ),
    ]


def policy_url(row: ApprovalPolicy) -> str:
    """The address of a policy's page."""
    return record_address("workflow:approvalpolicy_record", row.pk)


def document_name(row: ApprovalPolicy) -> str:
    """The kind of document in words."""
    return str(row.declared.label) if row.declared else row.document


class PolicyTable(Table):
    """Columns of the list of policies."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column("name", pgettext_lazy("approval", "Policy"), link_cell(policy_url, str, document_name), phone=""),
        Column("state", _("Status"), choice_cell("state", POLICY_TONES), phone=""),
        Column(
            "priority",
            pgettext_lazy("approval", "Order"),
            exported(lambda row: num(row.priority), "priority"),
            css="num",
            phone=pgettext_lazy("approval", "Order"),
        ),
        Column(
            "edition",
            pgettext_lazy("approval", "Edition"),
            exported(lambda row: num(row.edition), "edition"),
            css="num",
        ),
        Column(
            "from",
            _("Valid from"),
            exported(lambda row: day_html(row.valid_from), "valid_from"),
            css="nw",
            phone=_("Valid from"),
        ),
        Column(
            "until",
            _("Valid until"),
            exported(lambda row: day_html(row.valid_until), "valid_until"),
            css="nw",
            phone=_("Valid until"),
        ),
    ]
