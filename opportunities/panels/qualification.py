"""What an admission as a supplier shows of its parts, and what customers and opportunities show of it."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from crm.base.querysets import may_write
from crm.extension_points import CalendarEvent, TimelineEvent
from crm.formats import day_html, overdue
from crm.markup import badge
from opportunities.domain.qualification.admissions import RUNNING, followed
from opportunities.enums import FindingKind, SupplierState
from opportunities.models import AuditFinding, SupplierAdmission, SupplierAdmissionStateChange, SupplierItem
from opportunities.tables.qualification import admission_url, state_badge, until_cell

CHANGE = "opportunities.change_supplieradmission"
SHOWN = 8
MOST_EVENTS = 500
TONES = {
    SupplierState.PASSED: ("shield-check", "o"),
    SupplierState.FAILED: ("circle-x", "b"),
    SupplierState.LAPSED: ("clock", "w"),
}
KIND_TONES: dict[str, str] = {FindingKind.MAJOR: "bad", FindingKind.MINOR: "warn", FindingKind.REMARK: "line"}


def may_change(request: HttpRequest, admission: SupplierAdmission) -> bool:
    """Whether the reader may change it."""
    return request.user.has_perm(CHANGE) and may_write(request.user, admission)


def _url(part: str, admission: SupplierAdmission, row: Any = None) -> str:
    if row is None:
        return reverse(f"opportunities:supplieradmission_{part}_add", args=[admission.pk])
    return reverse(f"opportunities:supplieradmission_{part}", args=[admission.pk, row.pk])


def _named(text: Any, url: str) -> Any:
    return format_html('<a class="ttl" href="{}">{}</a>', url, text) if url else format_html("<b>{}</b>", text)


def _file_link(row: Any, admission: SupplierAdmission) -> Any:
    if row.file is None:
        return ""
    url = reverse("dossier:file", args=[SupplierAdmission._meta.label_lower, admission.pk, row.file.pk])
    return format_html('<a href="{}">{}</a>', url, row.file.name)


def _due(row: Any) -> Any:
    if row.done_on is None and row.due_on is not None and row.due_on < timezone.localdate():
        return format_html('<span class="bad">{}</span>', overdue(row.due_on))
    return day_html(row.done_on or row.due_on)


def _done(row: Any) -> Any:
    return badge("ok", _("done"), dot=True) if row.done_on else badge("line", _("open"))


def items(request: HttpRequest, admission: SupplierAdmission) -> dict[str, Any]:
    """Its page: what the customer asks for."""
    editable = admission.state in RUNNING and may_change(request, admission)
    rows = SupplierItem.objects.visible_to(request.user, of=admission).select_related("responsible", "file")
    found = list(rows.order_by("pk"))
    body = format_html_join(
        "",
        '<tr><td>{}<span class="sub">{}</span></td><td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td>'
        '<td data-l="{}">{}</td></tr>',
        (
            (
                _named(item, _url("item", admission, item) if editable else ""),
                _file_link(item, admission) or (_("required") if item.is_required else _("wanted")),
                _("Responsible"),
                item.responsible.label if item.responsible else "—",
                _("Due"),
                _due(item),
                _("Status"),
                _done(item),
            )
            for item in found
        ),
    )
    done = sum(item.done_on is not None for item in found)
    return {
        "title": _("Checklist: %(done)s of %(all)s") % {"done": done, "all": len(found)},
        "id": "items",
        "head": [(_("Item"), ""), (_("Responsible"), ""), (_("Due"), ""), (_("Status"), "")],
        "body": body,
        "empty": _("The customer asks for nothing yet.") if editable else _("No checklist was kept."),
        "add_url": _url("item", admission) if editable else "",
    }


def findings(request: HttpRequest, admission: SupplierAdmission) -> dict[str, Any] | None:
    """Its page: what audits found, and the corrective actions."""
    editable = admission.state == SupplierState.AUDIT and may_change(request, admission)
    rows = AuditFinding.objects.visible_to(request.user, of=admission).select_related("responsible", "file")
    found = list(rows.order_by("audited_on", "pk"))
    if not found and not editable:
        return None
    body = format_html_join(
        "",
        '<tr><td>{} {}<span class="sub">{}</span></td><td data-l="{}">{} {}</td><td data-l="{}">{}</td>'
        '<td class="nw" data-l="{}">{}</td><td data-l="{}">{}</td></tr>',
        (
            (
                _named(row.finding, _url("finding", admission, row) if editable else ""),
                badge(KIND_TONES[row.kind], row.get_kind_display()),
                format_html("{} {}", day_html(row.audited_on), row.auditor),
                _("Corrective action"),
                row.action or "—",
                _file_link(row, admission),
                _("Responsible"),
                row.responsible.label if row.responsible else "—",
                _("Due"),
                _due(row),
                _("Status"),
                _done(row),
            )
            for row in found
        ),
    )
    return {
        "title": _("Findings of audits"),
        "id": "findings",
        "head": [
            (_("Finding"), ""),
            (_("Corrective action"), ""),
            (_("Responsible"), ""),
            (_("Due"), ""),
            (_("Status"), ""),
        ],
        "body": body,
        "empty": _("No finding yet."),
        "add_url": _url("finding", admission) if editable else "",
    }


def customer_admissions(request: HttpRequest, customer: Any) -> dict[str, Any] | None:
    """A customer's page: for what it has admitted us as its supplier."""
    rows = SupplierAdmission.objects.visible_to(request.user).filter(customer=customer)
    return _admissions(request, rows, f"customer={customer.pk}")


def opportunity_admissions(request: HttpRequest, opportunity: Any) -> dict[str, Any] | None:
    """An opportunity's page: for what its customer has admitted us."""
    rows = SupplierAdmission.objects.visible_to(request.user).filter(customer=opportunity.customer_id)
    line = f"&product_line={opportunity.product_line_id}" if opportunity.product_line_id else ""
    return _admissions(request, rows, f"customer={opportunity.customer_id}", f"&opportunity={opportunity.pk}{line}")


def _admissions(request: HttpRequest, rows: Any, query: str, more: str = "") -> dict[str, Any] | None:
    found = list(rows.select_related("product_line").order_by("-created_at", "-pk")[: SHOWN + 1])
    may_add = request.user.has_perm("opportunities.add_supplieradmission")
    if not found and not may_add:
        return None
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{}</td>'
        '<td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td></tr>',
        (
            (
                admission_url(row),
                row.title,
                row.code,
                _("Product line"),
                row.product_line.label if row.product_line else _("all"),
                _("Status"),
                mark_safe(state_badge(row)),  # noqa: S308 -- markup of ours
                _("Valid until"),
                mark_safe(until_cell(row)),  # noqa: S308 -- markup of ours
            )
            for row in found[:SHOWN]
        ),
    )
    return {
        "title": _("Admission as a supplier"),
        "id": "supplier-admissions",
        "head": [(_("Admitted for"), ""), (_("Product line"), ""), (_("Status"), ""), (_("Valid until"), "")],
        "body": body,
        "empty": _("Not admitted as a supplier yet."),
        "add_url": f"{reverse('opportunities:supplieradmission_create')}?{query}{more}" if may_add else "",
        "all_url": f"{reverse('opportunities:supplieradmission_list')}?{query}" if len(found) > SHOWN else "",
    }


def customer_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How admissions as a supplier at the customer went on, those that the reader sees."""
    seen = SupplierAdmission.objects.visible_to(request.user).filter(customer=record)
    return _events(seen, request, limit, before)


def opportunity_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How those of the opportunity went on."""
    seen = SupplierAdmission.objects.visible_to(request.user).filter(opportunity=record)
    return _events(seen, request, limit, before)


def _events(seen: Any, request: HttpRequest, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    rows: Any = SupplierAdmissionStateChange.objects.visible_to(request.user).filter(record__in=seen.order_by())
    if before is not None:
        rows = rows.filter(at__lt=timezone.make_aware(dt.datetime.combine(before, dt.time.min)))
    return [_event(row) for row in rows.select_related("record", "actor").order_by("-at", "-pk")[:limit]]


def _event(row: Any) -> TimelineEvent:
    icon, tone = TONES.get(row.target, ("shield-check", "p"))
    title = _("Admission as a supplier %(state)s: %(name)s") % {
        "state": row.get_target_display(),
        "name": row.record.title,
    }
    who = row.actor.label if row.actor else ""
    day = timezone.localtime(row.at).date()
    return TimelineEvent(day, icon, title, row.reason, admission_url(row.record), tone, who, row.at)


def calendar_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """The days of the user's own: to submit by, audit, end."""
    mine = followed(SupplierAdmission.objects.visible_to(user).filter(owner=user)).order_by("pk")
    today, found = timezone.localdate(), []
    for row in mine[:MOST_EVENTS]:
        preparing, running = row.state == SupplierState.PREPARING, row.state in RUNNING
        for day, label, waits in (
            (row.submit_by, _("Submit"), preparing),
            (row.audit_on, _("Audit"), running),
            (row.valid_until, _("Admission ends"), not running),
        ):
            if day is not None and waits and start <= day <= end:
                tone = "bad" if day < today else "warn"
                found.append(CalendarEvent(day, f"{label} · {row.title}", admission_url(row), tone=tone))
    return found
