"""Approvals on the pages of documents, on the start page, and the parts of a request's own page."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from crm import extension_points
from crm.extension_points import Panel
from crm.formats import EMPTY, day, money, num, to_decimal
from crm.records.choices import listed
from crm.records.extra import shown as extra_shown
from crm.records.models.choices import ListedField
from crm.workflow.domain.approval_changes import changed_since, record_of, value_of
from crm.workflow.domain.approval_decisions import my_assignment
from crm.workflow.domain.approval_facts import extra_of, facts_of, field_of, in_language
from crm.workflow.domain.approval_policies import first_match, policies_in_force
from crm.workflow.domain.approval_reading import log_of, own_parts, progress, steps_ahead, waiting_names
from crm.workflow.links import address_of, seen_records
from crm.workflow.models import ApprovalPolicy, ApprovalRequest, PolicyState, RequestState
from crm.workflow.models.approval_policy import Approver
from crm.workflow.models.approval_request import EventKind
from crm.workflow.tables.approval import TONES, due_badge, request_url

ROWS = 6
HISTORY = 5
COUNTED = 99
LOOKS = {  # icon and tone of a line in the path
    EventKind.REQUESTED: ("send", "p"),
    EventKind.APPROVED: ("check", "o"),
    EventKind.REJECTED: ("x", "b"),
    EventKind.RETURNED: ("arrow-back-up", "w"),
    EventKind.WITHDRAWN: ("circle-x", ""),
    EventKind.DELEGATED: ("user-share", ""),
    EventKind.REMINDED: ("bell-ringing", ""),
    EventKind.ESCALATED: ("arrow-up", "w"),
    EventKind.FREE: ("checks", "o"),
}


def record_approval(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """A document's page: whether it waits for approval, how earlier requests ended, and the button that asks for one."""
    user: Any = request.user
    documents = [
        document for document in extension_points.approval_documents.all() if document.model == record._meta.label
    ]
    rows = ApprovalRequest.objects.visible_to(user, of=record).select_related("requester")
    history = list(rows.order_by("-created_at", "-pk")[:HISTORY])
    pending = next((row for row in history if row.state == RequestState.PENDING), None)
    offers = [
        {"document": document, "url": reverse("workflow:approval_request", args=[document.key, record.pk])}
        for document in documents
        if pending is None and document.offered(record) and user.has_perm(document.permission)
    ]
    if not history and not offers:
        return None
    return {
        "pending": pending,
        "frozen": pending is not None and (pending.declared is None or pending.declared.freezes),
        "waiting": "、".join(waiting_names([pending.pk]).get(pending.pk, ())) if pending is not None else "",
        "mine": my_assignment(pending, user) if pending is not None else None,
        "offers": offers,
        "history": [{"row": row, "url": request_url(row), "tone": TONES[row.state]} for row in history],
    }


APPROVAL_PANEL = Panel(
    "approval",
    gettext_lazy("Approval"),
    "main",
    "workflow/_record_approval.html",
    record_approval,
    "crm.view_approvalrequest",
    order=1,
)


def my_approvals(request: HttpRequest) -> dict[str, Any] | None:
    """The start page's card: what waits for the reader, the longest waiting first; nothing when nothing waits."""
    user: Any = request.user
    rows = ApprovalRequest.objects.visible_to(user).waiting_for(user).select_related("requester")
    found = list(rows.order_by("created_at", "pk")[: COUNTED + 1])
    if not found:
        return None
    parts = own_parts([row.pk for row in found[:ROWS]], user)
    lines = [{"row": row, "url": request_url(row), "due": due_badge(parts.get(row.pk))} for row in found[:ROWS]]
    return {"lines": lines, "count": min(len(found), COUNTED), "due": (len(found), 0)}


def decision(request: HttpRequest, record: ApprovalRequest) -> dict[str, Any]:
    """A request's page: the buttons of the reader whose turn it is, or of the requester, or how it stands."""
    user: Any = request.user
    pending = record.state == RequestState.PENDING
    mine = my_assignment(record, user) if pending else None
    own = record.requester_id == user.pk
    return {
        "request_row": record,
        "mine": mine if not own or record.own_allowed else None,
        "absent": mine.user if mine is not None and mine.user_id != user.pk else None,
        "due": due_badge(mine),
        "own": own and pending,
        "pending": pending,
        "waiting": "、".join(waiting_names([record.pk]).get(record.pk, ())) if pending else "",
        "tone": TONES[record.state],
        "act": {key: reverse("workflow:approvalrequest_do", args=[record.pk, key]) for key in ACTS},
    }


ACTS = ("approve", "return", "reject", "delegate", "withdraw", "remind", "compare")


def what_is_asked(request: HttpRequest, record: ApprovalRequest) -> dict[str, Any]:
    """The fields of the document, or what changes field by field, as they were when the request was made."""
    subject = seen_records(request.user, [record.reference]).get(record.reference)
    pending = record.state == RequestState.PENDING
    now = changed_since(record, record_of(record)) if record.is_change and pending else {}
    return {
        "request_row": record,
        "rows": shown_rows(record, now),
        "changed": bool(now),
        "compare_url": reverse("workflow:approvalrequest_do", args=[record.pk, "compare"])
        if now and my_assignment(record, request.user) is not None  # type: ignore[arg-type]
        else "",
        "subject": subject,
        "subject_url": address_of(subject) if subject is not None else "",
    }


def shown_rows(record: ApprovalRequest, now: Mapping[str, str] = MappingProxyType({})) -> list[dict[str, str]]:
    """The lines of what is asked, in the reader's language; `now` has what fields are meanwhile, where that is something else."""
    model = record.content_type.model_class()
    return [
        {
            "label": shown_label(model, row),
            "old": shown_value(model, row["name"], row["old"]),
            "new": shown_value(model, row["name"], row["new"]),
            "now": meanwhile(model, row["name"], now[row["name"]]) if row["name"] in now else "",
        }
        for row in map(in_language, record.shown)
    ]


def meanwhile(model: Any, name: str, text: str) -> str:
    """A stored plain value in words."""
    if (extra := extra_of(model, name)) is not None:
        return extra_shown(extra, json.loads(text)) if text else EMPTY
    field = field_of(model, name)
    value = value_of(field, text) if field is not None and field.is_relation else None
    return shown_value(model, name, str(getattr(value, "label", value)) if value is not None else text)


def shown_label(model: Any, row: dict[str, str]) -> str:
    """A field's name in the reader's language; as it was called then when the field is gone, or was none."""
    field = field_of(model, row["name"])
    return str(field.verbose_name) if field is not None else row["label"]


def shown_value(model: Any, name: str, text: str) -> str:
    """A kept value in the reader's language."""
    field = field_of(model, name)
    if not text:
        return EMPTY
    if field is None:
        return text
    if isinstance(field, ListedField):
        return str(listed(field.list_key).label(text))
    if field.choices:
        return str(dict(field.flatchoices).get(text, text))
    if isinstance(field, models.BooleanField):
        return _("yes")
    number = to_decimal(text) if isinstance(field, models.DecimalField | models.IntegerField) else None
    if number is not None:
        return num(number, 0 if number == number.to_integral_value() else getattr(field, "decimal_places", 0))
    if isinstance(field, models.DateField) and (date := parse_date(text[:10])):
        return day(date)
    return text


def path(request: HttpRequest, record: ApprovalRequest) -> dict[str, Any]:
    """The way of the request: who did what and when and why, whose turn it is, and who comes after."""
    entries = []
    for event in log_of(record):
        icon, tone = LOOKS[event.kind]
        title = str(event.get_kind_display())
        if event.for_user is not None and event.actor is not None:
            title += " " + pgettext("approval", "in place of %(name)s") % {"name": event.for_user}
        elif event.for_user is not None:
            title += ": " + str(event.for_user)
        if event.to_user is not None:
            title += " → " + str(event.to_user)
        who = event.actor.label if event.actor is not None else ""
        entries.append({"icon": icon, "tone": tone, "who": who, "title": title, "text": event.reason, "at": event.at})
    for step, people in steps_ahead(record):
        now = step.opened_at is not None
        entries.append(
            {
                "icon": "clock" if now else "point",
                "tone": "p" if now else "",
                "who": "、".join(row.user.label for row in people),
                "title": _("has to decide now") if now else _("decides afterwards"),
                "text": " · ".join((step.title, str(step.get_rule_display()))) if len(people) > 1 else step.title,
                "due": due_badge(people[0]) if now and people else "",
            }
        )
    done, total = progress(record)
    return {"entries": entries, "request_row": record, "tone": TONES[record.state], "done": done, "total": total}


def policy_rules(request: HttpRequest, record: ApprovalPolicy) -> dict[str, Any]:
    """A policy's conditions and steps in words."""
    declared = record.declared
    facts = {fact.name: fact for fact in declared.facts} if declared is not None else {}
    conditions = []
    for condition in record.conditions.all():
        fact = facts.get(condition.fact)
        label = str(fact.label) if fact is not None else condition.fact
        conditions.append((label, condition.get_operator_display(), condition_values(fact, condition.values)))
    steps = [
        {
            "step": step,
            "where": step.get_within_display() if step.approver == Approver.ROLE else "",
        }
        for step in record.steps.select_related("role", "person")
    ]
    return {"policy": record, "conditions": conditions, "steps": steps}


def condition_values(fact: Any, values: list[str]) -> str:
    """The values of a condition in words."""
    if fact is None:
        return "、".join(values)
    return "、".join(fact_words(fact, value) for value in values)


def fact_words(fact: Any, text: str) -> str:
    """A fact's value in words."""
    if not text:
        return EMPTY
    if fact.kind == "choice":
        named = {str(key): str(label) for key, label in fact.choices()} if fact.choices else {}
        return named.get(text, text)
    if fact.kind == "money":
        return money(text)
    return " ".join(part for part in (num(text, 2 if "." in text else 0), str(fact.unit)) if part)


PREVIEWED = 20


def policy_preview(request: HttpRequest, record: ApprovalPolicy) -> dict[str, Any] | None:
    """Which policy would catch the newest documents of the kind that the reader sees; a draft counts as if it were in force."""
    declared = record.declared
    model: Any = apps.get_model(declared.model) if declared is not None else None
    if model is None or not request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        return None
    policies = [
        policy for policy in policies_in_force(record.document) if policy.pk not in (record.pk, record.replaces_id)
    ]
    if record.state != PolicyState.RETIRED:
        policies = sorted([*policies, record], key=lambda policy: (policy.priority, policy.pk))
    lines = []
    for row in declared.among(model.objects.visible_to(request.user)).order_by("-pk")[:PREVIEWED]:
        facts = facts_of(declared, row)
        caught = first_match(policies, facts)
        said = " · ".join(fact_words(fact, facts[fact.name]) for fact in declared.facts)
        lines.append({"title": declared.title(row), "url": address_of(row), "facts": said, "policy": caught})
    return {"lines": lines, "this": record}
