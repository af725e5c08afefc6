"""Parts of record pages: the stage path, the gate, the figures, the specification and the history of an opportunity; the open
opportunities of a customer; the way from a lead to an opportunity."""

import datetime as dt
import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.extension_points import TimelineEvent
from crm.formats import day, price, qty
from crm.records.extra import shown as extra_shown
from customers.models import CustomerRegistration, DemandShare
from customers.tables.wallet import share_url
from leads.enums import LeadState
from opportunities.domain.board import with_card
from opportunities.domain.funnel import Funnel, gates
from opportunities.domain.risks import assess, won_medians
from opportunities.domain.specification import range_of
from opportunities.enums import GateItemKind, StageCategory
from opportunities.forms.opportunity import PREFIX
from opportunities.models import LeadConversion, Opportunity, OpportunityStageChange, Stage
from opportunities.outcomes import gate_outcomes
from opportunities.paths import open_stages
from opportunities.querysets import WEIGHTED
from opportunities.rules import Answer, extra_field_of
from opportunities.tables.opportunity import close_cell, days_text, owner_cell, stage_cell

ROWS = 5
NAMED = 50
SECONDS_OF_DAY = 86400


def path_context(request: HttpRequest, record: Opportunity) -> dict[str, Any]:
    """The stages as a path: how much of each gate is answered and how long it took. A click shows that stage's gate."""
    funnel = Funnel()
    spent = _days_by_stage(request, record)
    reached = _reached(funnel, record, spent)
    stages = []
    for stage in open_stages(funnel.path(record)):
        status = funnel.gate(record, stage.pk)
        state = "cur" if stage.pk == record.stage_id else "done" if stage.position < reached else ""
        parts = [f"{status.done}/{status.total}"]
        if state == "cur":
            days = {"days": days_text(spent[stage.pk]), "standard": record.standard_days}
            parts.append(_("%(days)s (standard %(standard)s)") % days)
        elif stage.pk in spent:
            parts.append(days_text(spent[stage.pk]))
        url = f"{reverse('opportunities:opportunity_record', args=[record.pk])}?stage={stage.pk}#gate"
        stages.append({"name": stage.label, "state": state, "sub": " · ".join(parts), "url": url})
    return {"stages": [*stages, _end(funnel, record)], "aria": _("Sales stages")}


def _end(funnel: Funnel, record: Opportunity) -> dict[str, Any]:
    """The last chevron: won and when it is expected, or how it ended."""
    if record.stage.category == StageCategory.OPEN:
        won = next((stage.label for stage in funnel.stages if stage.category == StageCategory.WON), _("Won"))
        sub = _("expected %(day)s") % {"day": day(record.expected_close_on)} if record.expected_close_on else ""
        return {"name": won, "state": "", "sub": sub}
    ends: dict[str, str] = {StageCategory.WON: "won", StageCategory.LOST: "lost"}
    state = ends.get(record.stage.category, "hold")
    ended = record.closed_on or timezone.localdate(record.stage_since)
    return {"name": record.stage.label, "state": state, "sub": day(ended)}


def _days_by_stage(request: HttpRequest, record: Opportunity) -> dict[int, int]:
    """Whole days spent in each stage, the present one up to now."""
    seconds: dict[int, int] = defaultdict(int)
    changes = OpportunityStageChange.objects.visible_to(request.user).filter(record=record)
    for source, spent in changes.values_list("source", "seconds_in_source"):
        if source is not None:
            seconds[source] += spent
    seconds[record.stage_id] += int((timezone.now() - record.stage_since).total_seconds())
    return {stage: total // SECONDS_OF_DAY for stage, total in seconds.items()}


def _reached(funnel: Funnel, record: Opportunity, spent: dict[int, int]) -> int:
    """The position up to which stages count as done: the present one, or for one that ended the last it has been in."""
    if record.stage.category in (StageCategory.OPEN, StageCategory.WON):
        return record.stage.position
    return max((stage.position for stage in funnel.open_stages if stage.pk in spent), default=0)


def facts_context(request: HttpRequest, record: Opportunity) -> dict[str, Any]:
    """The key figures below the title."""
    return {"record": record, "currency": record.currency_id}


def standing_context(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """Pace against won deals, times put off, risks with their reasons; nothing for one that is won or lost."""
    if record.stage.category in (StageCategory.WON, StageCategory.LOST):
        return None
    today = timezone.localdate()
    standings = assess([record], won_medians(request.user, today), today, timezone.now())
    return {"standing": standings[record.pk], "mark": getattr(record, "key_project", None)}


def gate_context(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """The gate of the present stage, or of the one in ?stage=; each missing item with the way to fill it in."""
    funnel = Funnel()
    wanted = request.GET.get("stage", "")
    stage = next((found for found in funnel.open_stages if str(found.pk) == wanted), None)
    if stage is None:
        stage = record.stage if record.stage.is_open else _left_from(request, record, funnel)
    if stage is None:
        return None
    status = funnel.gate(record, stage.pk)
    can_change = request.user.has_perm("opportunities.change_opportunity")
    edit = reverse("opportunities:opportunity_edit", args=[record.pk])
    is_present = stage.pk == record.stage_id
    return {
        "stage": stage,
        "status": status,
        "is_present": is_present,
        "lacking": len(status.missing),
        "items": [
            _gate_row(record, answer, edit if can_change else "", urgent=is_present) for answer in status.answers
        ],
    }


def _left_from(request: HttpRequest, record: Opportunity, funnel: Funnel) -> Stage | None:
    """The stage from which an opportunity ended or was put on hold; the last one where that is not known."""
    changes = OpportunityStageChange.objects.visible_to(request.user).filter(record=record, target=record.stage)
    left = changes.order_by("-at", "-pk").values_list("source", flat=True).first()
    stages = funnel.open_stages
    return next((stage for stage in stages if stage.pk == left), stages[-1] if stages else None)


def _gate_row(record: Opportunity, answer: Answer, edit: str, *, urgent: bool) -> dict[str, Any]:
    item = answer.item
    action = _gate_action(record, answer, edit) if edit and not answer.answered else None
    state = "y" if answer.answered else "w" if urgent and answer.required else "n"
    summary = answer_text(record, answer) if answer.answered else ""
    return {"label": item.label, "state": state, "required": answer.required, "summary": summary, "action": action}


def _gate_action(record: Opportunity, answer: Answer, edit: str) -> dict[str, Any] | None:
    """The way to an answer: the form, a page for a tick or a document, where the outcome is brought about."""
    item = answer.item
    if item.kind == GateItemKind.OUTCOME:
        url = outcome_url(item.key, record)
        return {"label": _("Ask for it"), "url": url} if url else None
    if item.kind in (GateItemKind.CHECK, GateItemKind.DOCUMENT):
        url = reverse("opportunities:opportunity_answer", args=[record.pk, item.pk])
        return {"label": _("Attach") if item.kind == GateItemKind.DOCUMENT else _("Tick off"), "url": url}
    field = f"{PREFIX}{item.key}" if item.kind == GateItemKind.SPECIFICATION else item.key
    return {"label": _("Fill in"), "url": f"{edit}#id_{field}"}


def outcome_url(key: str, record: Opportunity) -> str:
    """Where an outcome that a gate asks for is brought about; empty when no app does."""
    known = {outcome.key: outcome for outcome in gate_outcomes.all()}
    return known[key].url(record) if key in known else ""


def answer_text(record: Opportunity, answer: Answer) -> str:
    """The answer in words."""
    item = answer.item
    if item.kind == GateItemKind.SPECIFICATION:
        return f"{answer.value} {item.unit}" if range_of(str(answer.value)) and item.unit else str(answer.value)
    if item.kind in (GateItemKind.CHECK, GateItemKind.OUTCOME):
        return _("yes")
    if item.kind == GateItemKind.DOCUMENT:
        return str(answer.value)
    if item.kind == GateItemKind.EXTRA:
        return extra_shown(extra_field_of(item), answer.value)
    if item.key.endswith("_kg"):
        return qty(answer.value, "kg", convert=False)
    if item.key.endswith("_on"):
        return day(answer.value)
    if item.key.endswith("_price"):
        return price(answer.value, str(record.currency_id))
    display = getattr(record, f"get_{item.key}_display", None)
    return str(display() if display else getattr(record, item.key))


def specification_context(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """The technical specification: every entry that applies to the product line."""
    funnel = Funnel()
    answers = [answer for stage in open_stages(funnel.path(record)) for answer in funnel.gate(record, stage.pk).answers]
    rows = [
        (answer.item.label, answer.value or "") for answer in answers if answer.item.kind == GateItemKind.SPECIFICATION
    ]
    rows += [(_("Customer's process"), record.process), (_("Solution"), record.solution)]
    return {"rows": rows}


def history_context(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """The moves through the funnel, newest first."""
    changes = OpportunityStageChange.objects.visible_to(request.user).moves().filter(record=record)
    rows = list(changes.select_related("source", "target", "actor").order_by("-at", "-pk")[:50])
    return {"events": [_event(row) for row in rows], "created": record.created_at}


def _event(row: OpportunityStageChange) -> dict[str, Any]:
    tones: dict[str, tuple[str, str]] = {
        StageCategory.WON: ("trophy", "o"),
        StageCategory.LOST: ("circle-x", "b"),
        StageCategory.ON_HOLD: ("zzz", "w"),
    }
    back = row.source is not None and row.target.is_open and row.target.position < row.source.position
    icon, tone = tones.get(row.target.category, ("arrow-back-up", "w") if back else ("arrow-right", "p"))
    days = days_text(row.seconds_in_source // SECONDS_OF_DAY)
    after = _("after %(days)s in “%(stage)s”") % {"days": days, "stage": row.source.label} if row.source else ""
    text = " · ".join(part for part in (after, row.reason) if part)
    who = row.actor.label if row.actor else ""
    return {"icon": icon, "tone": tone, "title": row.target.label, "text": text, "who": who, "at": row.at}


def customer_facts_context(request: HttpRequest, record: Any) -> dict[str, Any]:
    """How many open opportunities the customer has, and what they weigh."""
    rows = Opportunity.objects.visible_to(request.user).open().filter(customer=record)
    found = rows.order_by().aggregate(count=Count("pk"), weighted=Sum(WEIGHTED))
    return {"count": found["count"], "weighted": found["weighted"] or Decimal(0)}


def customer_context(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The open opportunities of a customer, the next to close first."""
    rows = Opportunity.objects.visible_to(request.user).open().filter(customer=record)
    found = list(with_card(rows).order_by("expected_close_on", "pk")[: ROWS + 1])
    statuses = gates(found[:ROWS])
    shown = [
        {
            "record": row,
            "stage": stage_cell(row),
            "gate": statuses[row.pk],
            "close": close_cell(row),
            "owner": owner_cell(row),
        }
        for row in found[:ROWS]
    ]
    can_create = request.user.has_perm("opportunities.add_opportunity")
    create = f"{reverse('opportunities:opportunity_create')}?customer={record.pk}" if can_create else ""
    everything = f"{reverse('opportunities:opportunity_list')}?customer={record.pk}"
    return {"rows": shown, "more": len(found) > ROWS, "create_url": create, "list_url": everything}


def customer_events(request: HttpRequest, customer: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How the customer's opportunities went through the funnel, those that the reader sees."""
    seen = Opportunity.objects.visible_to(request.user).filter(customer=customer).order_by()
    rows = OpportunityStageChange.objects.visible_to(request.user).moves().filter(record__in=seen)
    if before is not None:
        rows = rows.filter(at__lt=timezone.make_aware(dt.datetime.combine(before, dt.time.min)))
    found = rows.select_related("record", "source", "target", "actor").order_by("-at", "-pk")[:limit]
    return [_customer_event(row) for row in found]


def _customer_event(row: OpportunityStageChange) -> TimelineEvent:
    shown = _event(row)
    return TimelineEvent(
        timezone.localtime(row.at).date(),
        shown["icon"],
        row.record.name,
        f"{row.target.label} · {shown['text']}" if shown["text"] else row.target.label,
        reverse("opportunities:opportunity_record", args=[row.record_id]),
        shown["tone"],
        shown["who"],
        row.at,
    )


def customer_competitors(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """Who else supplies the customer, as its demand was stated, and against whom opportunities are fought; only what the reader
    has the rights to. None for a reader without any."""
    user: Any = request.user
    sees_shares = user.has_perms(("customers.view_customerdemand", "customers.view_demandshare"))
    sees_deals = user.has_perm("opportunities.view_opportunity")
    if not (sees_shares or sees_deals):
        return None
    rivals: dict[str, dict[str, Any]] = {}
    if sees_shares:
        _add_shares(rivals, DemandShare.objects.visible_to(user).filter(demand__customer=record))
    if sees_deals:
        _add_deals(rivals, Opportunity.objects.visible_to(user).filter(customer=record))
    rows = sorted(
        {id(row): row for row in rivals.values()}.values(),
        key=lambda row: (-row["kg"], -len(row["deals"]), row["name"]),
    )
    return {"rows": rows, "sees_shares": sees_shares, "sees_deals": sees_deals}


def _rival(rivals: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    blank = {"name": name, "kg": Decimal(0), "shares": [], "deals": []}
    return rivals.setdefault(name.strip().casefold(), blank)


def _add_shares(rivals: dict[str, dict[str, Any]], rows: Any) -> None:
    """What the statements that hold today say; a competitor's full name leads to the same row."""
    today = timezone.localdate()
    holds = Q(demand__ends_on__isnull=True) | Q(demand__ends_on__gte=today)
    found = rows.filter(holds, demand__starts_on__lte=today).select_related(
        "competitor", "unit", "demand__product_line"
    )
    for share in found.order_by("pk"):
        row = _rival(rivals, share.competitor.label)
        row["kg"] += share.kg
        row["shares"].append({"share": share, "url": share_url(share), "line": share.demand.product_line.label})
        rivals.setdefault(share.competitor.name.strip().casefold(), row)


def _add_deals(rivals: dict[str, dict[str, Any]], rows: Any) -> None:
    """The opportunities that name competitors, the newest first; names are written with commas or the like between them."""
    found = rows.exclude(competitors="").select_related("stage").order_by("-pk")[:NAMED]
    for deal in found:
        for name in filter(str.strip, re.split(r"[,，、;；/]", deal.competitors)):
            deals = _rival(rivals, name.strip())["deals"]
            deals.append({"record": deal, "stage": stage_cell(deal)})


def lead_context(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """The opportunity a lead became, how the registration of its company stands, or the way there once it is qualified."""
    made = (
        Opportunity.objects.visible_to(request.user).filter(lead=record).select_related("stage").order_by("pk").first()
    )
    if made is not None:
        return {"made": made, "stage": stage_cell(made)}
    may = request.user.has_perm("opportunities.add_opportunity") and request.user.has_perm("leads.change_lead")
    if record.state != LeadState.QUALIFIED:
        return None
    rows = LeadConversion.objects.visible_to(request.user).filter(lead=record).select_related("registration")
    conversion = rows.first()
    if conversion is None and not may:
        return None
    return {
        "made": None,
        "registration": conversion.registration if conversion is not None else None,
        "registration_url": registration_url(request, conversion),
        "convert_url": reverse("opportunities:lead_convert", args=[record.pk]) if may else "",
        "finish_url": reverse("opportunities:lead_finish", args=[record.pk]) if may else "",
    }


def registration_url(request: HttpRequest, conversion: LeadConversion | None) -> str:
    """The page of the registration, for who may open it."""
    if conversion is None or not request.user.has_perm("customers.view_customerregistration"):
        return ""
    seen = CustomerRegistration.objects.visible_to(request.user).filter(pk=conversion.registration_id).exists()
    return reverse("customers:customerregistration_record", args=[conversion.registration_id]) if seen else ""


def registration_context(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """The lead whose company is registered, and the opportunity that it became."""
    rows = LeadConversion.objects.visible_to(request.user).filter(registration=record).select_related("lead")
    conversion = rows.first()
    if conversion is None:
        return None
    made = Opportunity.objects.visible_to(request.user).filter(lead=conversion.lead).order_by("pk").first()
    return {"lead": conversion.lead, "made": made, "name": conversion.name}


def product_context(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The open opportunities for a product, the next to close first."""
    return _where_used(Opportunity.objects.visible_to(request.user).open().filter(product=record))


def competitor_context(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The open opportunities that name a competitor, by its short name or its name, among those against whom one sells."""
    names = [name for name in (record.short_name, record.name) if name]
    named = Q(competitors__icontains=names[0]) | Q(competitors__icontains=names[-1])
    return _where_used(Opportunity.objects.visible_to(request.user).open().filter(named))


def _where_used(rows: Any) -> dict[str, Any]:
    found = list(rows.select_related("stage", "customer", "owner").order_by("expected_close_on", "pk")[: ROWS + 1])
    cells = [
        {"record": row, "stage": stage_cell(row), "close": close_cell(row), "owner": owner_cell(row)}
        for row in found[:ROWS]
    ]
    return {"rows": cells, "more": len(found) > ROWS}
