"""What an admission, a checklist and a customer show of admissions and certificates."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from crm.formats import day_html
from crm.markup import badge
from customers.domain.admission.answers import Line, lines_of
from customers.enums import AdmissionState, QuestionKind
from customers.models import Admission, AdmissionChecklist, Customer
from customers.tables.admission import (
    STATE_TONES,
    admission_url,
    end_cell,
)

SHOWN = 8
LINE_TONES = {"taken": "info", "answered": "ok", "confirm": "warn", "expired": "bad", "open": "line"}


def line_words() -> dict[str, str]:
    """The states of a question in words."""
    return {
        "taken": _("taken over"),
        "answered": _("answered"),
        "confirm": _("to be confirmed"),
        "expired": _("expired, answer anew"),
        "open": _("open"),
    }


def answer_words(line: Any) -> str:
    """An answer in words."""
    value = line.answer.value if line.answer is not None else ""
    if line.item.kind == QuestionKind.YES_NO:
        return {"yes": _("yes"), "no": _("no")}.get(value, value)
    return str(value)


def questions(request: HttpRequest, admission: Admission) -> dict[str, Any]:
    """An admission's page: its questions with their answers, where from and until when."""
    words = line_words()
    lines = [
        {
            "item": line.item,
            "answer": line.answer,
            "text": answer_words(line),
            "file_url": _file_url(line.answer),
            "tone": LINE_TONES[line.state],
            "state": words[line.state],
            "source": (source := _source(line)),
            "source_url": admission_url(source) if source is not None else "",
        }
        for line in lines_of(admission)
    ]
    done = sum(line["state"] in (words["taken"], words["answered"]) for line in lines)
    may = admission.state == AdmissionState.DRAFT and request.user.has_perm("customers.change_admission")
    return {
        "lines": lines,
        "done": done,
        "total": len(lines),
        "answer_url": reverse("customers:admission_answers", args=[admission.pk]) if may else "",
    }


def _source(line: Line) -> Admission | None:
    """The admission that an answer was taken over from."""
    before = line.answer.taken_from if line.answer is not None and line.state == "taken" else None
    return before.admission if before is not None else None


def _file_url(answer: Any) -> str:
    """The evidence's address; empty without any. A file taken over stays where it was attached."""
    file = answer.evidence if answer is not None else None
    if file is None:
        return ""
    return reverse("dossier:file", args=[Admission._meta.label_lower, file.object_id, file.pk])


def checklist_items(request: HttpRequest, checklist: AdmissionChecklist) -> dict[str, Any]:
    """A checklist's page: its questions."""
    rows = [
        (
            item.position,
            item.label,
            item.get_kind_display(),
            _("yes") if item.required else _("no"),
            item.valid_months or "—",
            item.get_asked_display(),
            item.key,
        )
        for item in checklist.items.all()
    ]
    return {
        "title": _("Questions"),
        "id": "items",
        "head": [
            ("", ""),
            (_("Question"), ""),
            (_("Answer"), ""),
            (_("Required"), ""),
            (_("Valid for (months)"), "num"),
            (_("Asked"), ""),
            (_("Key"), ""),
        ],
        "body": format_html_join(
            "",
            "<tr><td>{}</td><td><b>{}</b></td><td>{}</td><td>{}</td>"
            "<td class='num'>{}</td><td>{}</td><td class='mute'>{}</td></tr>",
            rows,
        ),
        "empty": _("No question yet."),
    }


def admissions(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """A customer's page: for what it is admitted, until when."""
    rows = Admission.objects.visible_to(request.user, of=customer).select_related("business_unit", "product_line")
    found = list(rows.order_by("-created_at", "-pk")[:SHOWN])
    may_add = request.user.has_perm("customers.add_admission")
    if not found and not may_add:
        return None
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{} · {}</span></td><td>{}</td><td class="nw">{}</td></tr>',
        (
            (
                admission_url(row),
                row.covers,
                row.code,
                row.get_kind_display(),
                badge(STATE_TONES[row.state], row.get_state_display(), dot=True),
                mark_safe(end_cell(row.valid_to)),  # noqa: S308 -- markup of ours
            )
            for row in found
        ),
    )
    return {
        "title": _("Admission"),
        "id": "admissions",
        "head": [(_("Admitted to"), ""), (_("Status"), ""), (_("Until"), "")],
        "body": body,
        "empty": _("Not admitted anywhere yet."),
        "add_url": _new("admission", customer) if may_add else "",
        "all_url": f"{reverse('customers:admission_list')}?customer={customer.pk}" if len(found) == SHOWN else "",
    }


def _new(name: str, customer: Customer) -> str:
    unit = f"&business_unit={customer.business_unit_id}" if name == "admission" else ""
    return f"{reverse(f'customers:{name}_create')}?customer={customer.pk}{unit}"


def until(admission: Admission) -> Any:
    """The days of an admission."""
    return format_html("{} – {}", day_html(admission.valid_from), day_html(admission.valid_to))
