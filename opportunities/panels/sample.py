"""What samples show on pages: lines and measured values, those of an opportunity and of a customer, timeline, calendar."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.base.guarding import may_see
from crm.extension_points import CalendarEvent, TimelineEvent
from crm.formats import day_html, exact_price, pct
from crm.markup import badge
from customers.panels.customer import counted
from opportunities.domain.samples.figures import conversion_of
from opportunities.domain.samples.lines import lines_of
from opportunities.enums import SampleState, SampleVerdict
from opportunities.models import SampleCriterion, SampleLine, SampleRequest, SampleRequestStateChange
from opportunities.sample_rules import AWAITS_FEEDBACK, ENDED
from opportunities.tables.sample import (
    STATE_TONES,
    VERDICT_TONES,
    amount_words,
    due_cell,
    lines_words,
    new_sample_url,
    sample_url,
)

SHOWN = 8
MOST_EVENTS = 500
ADD = "opportunities.add_samplerequest"
EVENT_ICONS = {
    SampleState.DISPATCHED: "truck-delivery",
    SampleState.RECEIVED: "package",
    SampleState.EVALUATED: "flask-2",
}


def lines_context(request: HttpRequest, record: SampleRequest) -> dict[str, Any]:
    """A request's page: what is sent, with batch and COA, and what the customer measured."""
    shows_cost = may_see(SampleLine, "unit_cost", request.user)
    measured: dict[int, list[SampleCriterion]] = {}
    for row in SampleCriterion.objects.visible_to(request.user).filter(request=record).order_by("position", "pk"):
        measured.setdefault(row.line_id, []).append(row)
    lines = [
        {
            "line": line,
            "amount": amount_words(line),
            "coa_url": _file_url(record, line),
            "cost": exact_price(line.unit_cost, line.currency_code, line.unit.label) if shows_cost else "",
            "criteria": measured.get(line.pk, []),
        }
        for line in lines_of([record.pk])[record.pk]
    ]
    return {"lines": lines, "shows_cost": shows_cost}


def _file_url(record: SampleRequest, line: SampleLine) -> str:
    if line.coa_id is None:
        return ""
    return reverse("dossier:file", args=[SampleRequest._meta.label_lower, record.pk, line.coa_id])


def of_opportunity(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """An opportunity's page: its samples, and the button that asks for more with all that is known."""
    rows = SampleRequest.objects.visible_to(request.user).filter(opportunity=record)
    add = ""
    if request.user.has_perm(ADD) and record.stage.is_open:
        add = new_sample_url(record.customer_id, opportunity=record.pk, product=record.product_id)
    return _table(rows, add, f"opportunity={record.pk}")


def of_customer(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """A customer's page: its samples."""
    rows = SampleRequest.objects.visible_to(request.user, of=record)
    add = new_sample_url(record.pk) if request.user.has_perm(ADD) else ""
    return _table(rows, add, f"customer={record.pk}")


def count_of_customer(request: HttpRequest, record: Any) -> int | None:
    """How many sample requests the customer has."""
    return counted(SampleRequest.objects.visible_to(request.user, of=record))


def _table(rows: Any, add_url: str, query: str) -> dict[str, Any] | None:
    found = list(rows.order_by("-requested_on", "-pk")[: SHOWN + 1])
    if not found and not add_url:
        return None
    lines = lines_of([row.pk for row in found])
    for row in found:
        row.lines_read = lines[row.pk]
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}"><span>{}{}</span></td>'
        '<td class="nw" data-l="{}">{}</td></tr>',
        (
            (
                sample_url(row),
                lines_words(row),
                row.code,
                _("Status"),
                badge(STATE_TONES[row.state], row.get_state_display(), dot=True),
                _verdict(row),
                _("Feedback due"),
                mark_safe(due_cell(row)),  # noqa: S308 -- markup of ours
            )
            for row in found[:SHOWN]
        ),
    )
    return {
        "title": pgettext("sample", "Samples"),
        "id": "samples",
        "head": [(pgettext("sample", "Samples"), ""), (_("Status"), ""), (_("Feedback due"), "")],
        "body": body,
        "empty": _("No sample was asked for yet."),
        "add_url": add_url,
        "all_url": f"{reverse('opportunities:samplerequest_list')}?{query}" if len(found) > SHOWN else "",
    }


def _verdict(row: SampleRequest) -> Any:
    return badge(VERDICT_TONES[row.verdict], row.get_verdict_display(), dot=True) if row.verdict else ""


def summary(user: Any) -> str:
    """After the list's subtitle: how many opportunities with samples were won this year."""
    found = conversion_of(user)
    if not found.closed:
        return ""
    values = {"closed": found.closed, "won": found.won, "share": pct(found.won / found.closed)}
    return _("Closed opportunities with samples this year: %(closed)s, won: %(won)s (%(share)s).") % values


def _changes(request: HttpRequest, rows: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """The dispatches, receipts and verdicts of these requests."""
    found = SampleRequestStateChange.objects.visible_to(request.user).filter(record__in=rows, target__in=EVENT_ICONS)
    if before is not None:
        found = found.filter(at__lt=timezone.make_aware(dt.datetime.combine(before, dt.time.min)))
    newest = found.select_related("record", "actor").order_by("-at", "-pk")[:limit]
    return [_event(row) for row in newest]


def _event(row: SampleRequestStateChange) -> TimelineEvent:
    sample, ended = row.record, row.target == SampleState.EVALUATED
    tones: dict[str, str] = {SampleVerdict.PASSED: "o", SampleVerdict.CONDITIONAL: "w", SampleVerdict.FAILED: "b"}
    text = f"{row.get_target_display()} · {sample.get_verdict_display()}" if ended else row.get_target_display()
    return TimelineEvent(
        timezone.localtime(row.at).date(),
        EVENT_ICONS[SampleState(row.target)],
        _("Samples %(code)s") % {"code": sample.code},
        text,
        sample_url(sample),
        tones.get(sample.verdict, "p") if ended else "p",
        row.actor.label if row.actor else "",
        row.at,
    )


def customer_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How the customer's samples went, for its timeline."""
    rows = SampleRequest.objects.visible_to(request.user).filter(customer=record).order_by()
    return _changes(request, rows, limit, before)


def opportunity_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How the opportunity's samples went, for its timeline."""
    rows = SampleRequest.objects.visible_to(request.user).filter(opportunity=record).order_by()
    return _changes(request, rows, limit, before)


def due_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """When customers' answers to the user's samples are due, for the calendar."""
    rows: Any = SampleRequest.objects.visible_to(user).filter(
        owner=user, state__in=AWAITS_FEEDBACK, feedback_due_on__range=(start, end)
    )
    return _calendar(rows, "feedback_due_on", _("Feedback on samples: %(name)s"))


def needed_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """When customers need the user's samples that were not sent yet, for the calendar."""
    rows: Any = SampleRequest.objects.visible_to(user).filter(owner=user, needed_on__range=(start, end))
    return _calendar(rows.exclude(state__in=(*AWAITS_FEEDBACK, *ENDED)), "needed_on", _("Samples needed: %(name)s"))


def _calendar(rows: Any, field: str, title: str) -> list[CalendarEvent]:
    today = timezone.localdate()
    found = rows.select_related("customer").order_by(field, "pk")[:MOST_EVENTS]
    return [
        CalendarEvent(
            getattr(row, field),
            title % {"name": row.customer},
            sample_url(row),
            tone="bad" if getattr(row, field) < today else "info",
        )
        for row in found
    ]


def moves_context(request: HttpRequest, record: SampleRequest) -> dict[str, Any]:
    """A request's page: who moved it when and why."""
    rows = SampleRequestStateChange.objects.visible_to(request.user).filter(record=record).select_related("actor")
    body = format_html_join(
        "",
        '<tr><td class="nw">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>',
        (
            (
                day_html(row.at),
                badge(STATE_TONES[row.target], row.get_target_display(), dot=True),
                row.actor.label if row.actor else "—",
                row.reason,
            )
            for row in rows.order_by("-at", "-pk")
        ),
    )
    return {
        "title": _("Steps"),
        "id": "steps",
        "head": [(_("Day"), ""), (_("Status"), ""), (_("Done by"), ""), (_("Reason"), "")],
        "body": body,
        "empty": _("No step was taken yet."),
    }
