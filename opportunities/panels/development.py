"""What a new-product request shows of its parts, and what opportunities, customers and products show of it."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.base.querysets import may_write
from crm.formats import day, day_html, exact_price, overdue, pct, plain_number
from crm.markup import badge
from customers.panels.customer import counted
from opportunities.development_rules import BEFORE_PROJECT, ENDED, PROJECT
from opportunities.domain.developments.parts import MAY_CHANGE, margin_of
from opportunities.domain.developments.waiting import waiting_for
from opportunities.enums import SampleVerdict
from opportunities.models import (
    DevelopmentCost,
    DevelopmentMilestone,
    DevelopmentRequest,
    DevelopmentRequestStateChange,
    DevelopmentRequirement,
    SampleRequest,
)
from opportunities.tables.development import (
    STATE_TONES,
    development_url,
    new_development_url,
    price_text,
    state_badge,
    waiting_cell,
)
from opportunities.tables.sample import STATE_TONES as SAMPLE_TONES
from opportunities.tables.sample import VERDICT_TONES, new_sample_url, sample_url

CHANGE, ADD = "opportunities.change_developmentrequest", "opportunities.add_developmentrequest"
ADD_SAMPLE, VIEW_SAMPLE = "opportunities.add_samplerequest", "opportunities.view_samplerequest"
SHOWN = 8
ICON = "atom-2"


def may_change(request: HttpRequest, record: DevelopmentRequest) -> bool:
    """Whether the reader may change it."""
    return request.user.has_perm(CHANGE) and may_write(request.user, record)


def _url(part: str, record: DevelopmentRequest, row: Any = None) -> str:
    if row is None:
        return reverse(f"opportunities:developmentrequest_{part}_add", args=[record.pk])
    return reverse(f"opportunities:developmentrequest_{part}", args=[record.pk, row.pk])


def _named(text: Any, url: str) -> Any:
    return format_html('<a class="ttl" href="{}">{}</a>', url, text) if url else format_html("<b>{}</b>", text)


def wanted_text(row: DevelopmentRequirement) -> str:
    """What is wanted, in words: "≥ 7 MPa", "40 – 60 Shore A"."""
    low, high = row.minimum, row.maximum
    limits = ""
    if low is not None and high is not None:
        limits = plain_number(low) if low == high else f"{plain_number(low)} – {plain_number(high)}"
    elif low is not None:
        limits = f"≥ {plain_number(low)}"
    elif high is not None:
        limits = f"≤ {plain_number(high)}"
    if limits and row.unit:
        limits = f"{limits} {row.unit}"
    return " · ".join(filter(None, (limits, row.target)))


def requirements(request: HttpRequest, record: DevelopmentRequest) -> dict[str, Any]:
    """Its page: what the product shall be able to do, and what it reached."""
    changes = may_change(request, record)
    editable = record.state in MAY_CHANGE and changes
    rows = DevelopmentRequirement.objects.visible_to(request.user, of=record).order_by("position", "pk")
    body = format_html_join(
        "",
        '<tr><td>{}</td><td data-l="{}">{}</td><td data-l="{}">{}</td><td data-l="{}">{}</td></tr>',
        (
            (
                _named(row.name, _url("requirement", record, row) if editable else ""),
                _("Target"),
                wanted_text(row),
                pgettext("development", "Importance"),
                badge("pri", pgettext("development", "must")) if row.is_must else badge("line", _("wish")),
                _("Reached"),
                _reached(row),
            )
            for row in rows
        ),
    )
    add_url = _url("requirement", record) if record.state in BEFORE_PROJECT and changes else ""
    return {
        "title": _("Wanted performance"),
        "id": "requirements",
        "head": [
            (_("Property"), ""),
            (_("Target"), ""),
            (pgettext("development", "Importance"), ""),
            (_("Reached"), ""),
        ],
        "body": body,
        "empty": _("Add each property that the new product shall have.") if add_url else _("No property was entered."),
        "add_url": add_url,
    }


def _reached(row: DevelopmentRequirement) -> Any:
    met = (
        ""
        if row.met is None
        else badge("ok", pgettext("development", "met"))
        if row.met
        else badge("bad", _("not met"))
    )
    return format_html("{} {}", row.reached, met) if row.reached or met else "—"


def milestones(request: HttpRequest, record: DevelopmentRequest) -> dict[str, Any] | None:
    """Its page once the project is set up: milestones with whom they fall to."""
    if record.set_up_on is None:
        return None
    editable = record.state in PROJECT and may_change(request, record)
    rows = DevelopmentMilestone.objects.visible_to(request.user, of=record).select_related("responsible")
    found = list(rows.order_by("position", "pk"))
    body = format_html_join(
        "",
        '<tr><td>{}<span class="sub">{}</span></td><td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td>'
        '<td data-l="{}">{}</td></tr>',
        (
            (
                _named(row, _url("milestone", record, row) if editable else ""),
                row.result,
                _("Responsible"),
                row.responsible.label if row.responsible else "—",
                _("Due"),
                _due(row),
                _("Status"),
                badge("ok", _("done"), dot=True) if row.done_on else badge("line", _("open")),
            )
            for row in found
        ),
    )
    done = sum(row.done_on is not None for row in found)
    return {
        "title": _("Milestones: %(done)s of %(all)s") % {"done": done, "all": len(found)},
        "id": "milestones",
        "head": [(_("Milestone"), ""), (_("Responsible"), ""), (_("Due"), ""), (_("Status"), "")],
        "body": body,
        "empty": _("No milestone yet."),
        "add_url": _url("milestone", record) if editable else "",
    }


def _due(row: DevelopmentMilestone) -> Any:
    if row.done_on is None and row.due_on is not None and row.due_on < timezone.localdate():
        return format_html('<span class="bad">{}</span>', overdue(row.due_on))
    return day_html(row.done_on or row.due_on)


def samples(request: HttpRequest, record: DevelopmentRequest) -> dict[str, Any] | None:
    """Its page: the trial samples, and the button that asks for more with all that is known."""
    rows = SampleRequest.objects.visible_to(request.user).filter(development=record)
    found = list(rows.order_by("-requested_on", "-pk")[:SHOWN])
    add = ""
    if record.state in PROJECT and request.user.has_perm(ADD_SAMPLE):
        add = new_sample_url(record.customer_id, opportunity=record.opportunity_id, development=record.pk)
    if not found and not add:
        return None
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{} {}</td>'
        '<td class="nw" data-l="{}">{}</td></tr>',
        (
            (
                sample_url(row),
                row.code,
                row.purpose[:80],
                _("Status"),
                badge(SAMPLE_TONES[row.state], row.get_state_display(), dot=True),
                _verdict(row),
                _("Feedback due"),
                day_html(row.feedback_due_on),
            )
            for row in found
        ),
    )
    return {
        "title": _("Trial samples"),
        "id": "trial-samples",
        "head": [(pgettext("sample", "Samples"), ""), (_("Status"), ""), (_("Feedback due"), "")],
        "body": body,
        "empty": _("No sample was asked for yet."),
        "add_url": add,
    }


def _verdict(row: SampleRequest) -> Any:
    if not row.verdict:
        return ""
    return badge(VERDICT_TONES[SampleVerdict(row.verdict)], row.get_verdict_display(), dot=True)


def costs(request: HttpRequest, record: DevelopmentRequest) -> dict[str, Any] | None:
    """Its page, for those who may see costs: what a kilogram costs, and what is left of the target price."""
    editable = record.state not in ENDED and may_change(request, record)
    rows = list(DevelopmentCost.objects.visible_to(request.user, of=record).order_by("pk"))
    if not rows and not editable:
        return None
    currency, total = str(record.currency_id), sum((row.amount for row in rows), Decimal(0))
    lines = [
        (
            _named(row, _url("cost", record, row) if editable else ""),
            row.remark,
            exact_price(row.amount, currency, "kg"),
        )
        for row in rows
    ]
    if rows:
        lines.append((format_html("<b>{}</b>", _("Cost in all")), "", exact_price(total, currency, "kg")))
    margin = margin_of(record.target_price, total) if rows else None
    if margin is not None:
        tone = "bad" if margin < 0 else "ok"
        text = format_html('<span class="{}">{}</span>', tone, pct(margin))
        lines.append((format_html("<b>{}</b>", _("Margin on the target price")), price_text(record), text))
    body = format_html_join(
        "",
        '<tr><td>{}<span class="sub">{}</span></td><td class="num" data-l="{}">{}</td></tr>',
        ((name, remark, _("Per kg"), amount) for name, remark, amount in lines),
    )
    return {
        "title": _("Cost estimate"),
        "id": "costs",
        "head": [(pgettext("development", "Cost of"), ""), (_("Per kg"), "num")],
        "body": body,
        "empty": _("Add raw material, processing and packaging for a kilogram.")
        if editable
        else _("No cost was entered."),
        "add_url": _url("cost", record) if editable else "",
    }


def moves_context(request: HttpRequest, record: DevelopmentRequest) -> dict[str, Any]:
    """Its page: who moved it when and why."""
    rows = DevelopmentRequestStateChange.objects.visible_to(request.user).filter(record=record)
    body = format_html_join(
        "",
        '<tr><td class="nw">{}</td><td data-l="{}">{}</td><td data-l="{}">{}</td><td data-l="{}">{}</td></tr>',
        (
            (
                day_html(row.at),
                _("Status"),
                badge(STATE_TONES[row.target], row.get_target_display(), dot=True),
                _("Done by"),
                row.actor.label if row.actor else "—",
                _("Reason"),
                row.reason or "—",
            )
            for row in rows.select_related("actor").order_by("-at", "-pk")
        ),
    )
    return {
        "title": _("Steps"),
        "id": "steps",
        "head": [(_("Day"), ""), (_("Status"), ""), (_("Done by"), ""), (_("Reason"), "")],
        "body": body,
        "empty": _("No step was taken yet."),
    }


def next_step(request: HttpRequest, record: DevelopmentRequest) -> dict[str, Any] | None:
    """Below its head: who is waited for, since when and until when."""
    found = waiting_for([record]).get(record.pk)
    if found is None:
        return None
    text = _("%(who)s: %(what)s, since %(day)s") % {"who": found.who, "what": found.what, "day": day(found.since)}
    return {"text": text, "due": found.until}


def of_opportunity(request: HttpRequest, opportunity: Any) -> dict[str, Any] | None:
    """An opportunity's page: new products for it, and the button that asks for one with all that is known."""
    rows = DevelopmentRequest.objects.visible_to(request.user).filter(opportunity=opportunity)
    may = request.user.has_perm(ADD) and opportunity.stage.is_open
    return _table(rows, new_development_url(opportunity) if may else "", f"opportunity={opportunity.pk}")


def of_customer(request: HttpRequest, customer: Any) -> dict[str, Any] | None:
    """A customer's page: new products for it."""
    rows = DevelopmentRequest.objects.visible_to(request.user, of=customer)
    query = f"customer={customer.pk}"
    address = f"{reverse('opportunities:developmentrequest_create')}?{query}"
    return _table(rows, address if request.user.has_perm(ADD) else "", query)


def count_of_customer(request: HttpRequest, customer: Any) -> int | None:
    """How many new-product requests the customer has."""
    return counted(DevelopmentRequest.objects.visible_to(request.user, of=customer))


def of_product(request: HttpRequest, product: Any) -> dict[str, Any] | None:
    """A product's page: from which request it came."""
    rows = DevelopmentRequest.objects.visible_to(request.user).filter(product=product).select_related("customer")
    found = list(rows.order_by("pk")[:SHOWN])
    if not found:
        return None
    plain = [
        (row.code, format_html('<a href="{}">{}</a> · {}', development_url(row), row.title, row.customer))
        for row in found
    ]
    return {"title": _("Developed for"), "id": "developed-for", "plain": plain}


def _table(rows: Any, add_url: str, query: str) -> dict[str, Any] | None:
    chosen = rows.select_related("owner", "researcher", "customer").order_by("-created_at", "-pk")
    found = list(chosen[: SHOWN + 1])
    if not found and not add_url:
        return None
    waiting = waiting_for(found[:SHOWN])
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{}</td>'
        '<td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td></tr>',
        (
            (
                development_url(row),
                row.title,
                row.code,
                _("Status"),
                mark_safe(state_badge(row)),  # noqa: S308 -- markup of ours
                pgettext("development", "Waits for"),
                mark_safe(waiting_cell(waiting.get(row.pk))),  # noqa: S308 -- markup of ours
                _("To be released by"),
                day_html(row.released_on or row.due_on),
            )
            for row in found[:SHOWN]
        ),
    )
    return {
        "title": _("New products"),
        "id": "developments",
        "head": [
            (pgettext("development", "New product"), ""),
            (_("Status"), ""),
            (pgettext("development", "Waits for"), ""),
            (_("To be released by"), ""),
        ],
        "body": body,
        "empty": _("No new product was asked for yet."),
        "add_url": add_url,
        "all_url": f"{reverse('opportunities:developmentrequest_list')}?{query}" if len(found) > SHOWN else "",
    }
