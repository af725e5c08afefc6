"""Panels of hand-overs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from crm.extension_points import handover_movers
from customers.domain.handover.moving import open_with
from customers.domain.handover.packs import may_offer
from customers.enums import HandoverReason, LineState, PackState
from customers.extension_points import handover_items
from customers.models import Customer, HandoverLine, HandoverPack, HandoverPackStateChange
from customers.tables.cells import customer_url

MOST = 200
LINE_TONES: dict[str, str] = {
    LineState.WAITING: "line",
    LineState.MOVED: "ok",
    LineState.DECLINED: "bad",
    LineState.LEFT: "",
}
STEP_TONES: dict[str, tuple[str, str]] = {
    PackState.DONE: ("circle-check", "o"),
    PackState.DECLINED: ("circle-x", "b"),
    PackState.WITHDRAWN: ("circle-x", "w"),
}


def lines(request: HttpRequest, record: HandoverPack) -> dict[str, Any]:
    """The customers of a hand-over with what goes along; of one that is finished, what went along."""
    rows = HandoverLine.objects.visible_to(request.user, of=record).select_related("customer").order_by("pk")
    found = list(rows[: MOST + 1])
    shown = found[:MOST]
    keys = [line.customer_id for line in shown]
    items = handover_items.all()
    if record.state in (PackState.DRAFT, PackState.OFFERED):
        counts = {item.key: numbers for item, numbers in open_with(keys, record.from_person)}
    else:
        counts = {item.key: {line.customer_id: line.moved.get(item.key, 0) for line in shown} for item in items}
    seen = set(Customer.objects.visible_to(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    receives = record.to_person_id == request.user.pk and record.state == PackState.OFFERED
    return {
        "record": record,
        "rows": [
            {
                "line": line,
                "tone": LINE_TONES[line.state],
                "url": customer_url(line.customer_id) if line.customer_id in seen else "",
                "numbers": [(item, n) for item in items if (n := counts[item.key].get(line.customer_id, 0))],
                "sheet_url": reverse("customers:handover_sheet", args=[record.pk, line.pk]),
                "decline_url": reverse("customers:handover_decline", args=[record.pk, line.pk])
                if receives and line.state == LineState.WAITING
                else "",
            }
            for line in shown
        ],
        "totals": [(item, number) for item in items if (number := sum(counts[item.key].values()))],
        "more": len(found) > MOST,
    }


def more(request: HttpRequest, record: HandoverPack) -> dict[str, Any] | None:
    """For a leaver: what else the person owns that goes over with the account's end. For managers' and the person's own eyes."""
    if record.reason != HandoverReason.LEAVER or record.state not in (PackState.DRAFT, PackState.OFFERED):
        return None
    if not may_offer(record, request.user):  # type: ignore[arg-type]
        return None
    found = [(mover.label, mover.count(record.from_person)) for mover in handover_movers.all()]
    return {"owned": [(label, count) for label, count in found if count]}


def steps(request: HttpRequest, record: HandoverPack) -> dict[str, Any]:
    """The steps of a hand-over, newest first."""
    rows = HandoverPackStateChange.objects.visible_to(request.user, of=record).select_related("actor")
    events = []
    for row in rows.order_by("-at", "-pk"):
        icon, tone = STEP_TONES.get(row.target, ("arrow-right", "p"))
        who = row.actor.label if row.actor else ""
        events.append(
            {
                "icon": icon,
                "tone": tone,
                "title": row.get_target_display(),  # type: ignore[attr-defined]
                "text": row.reason,
                "who": who,
                "at": row.at,
            }
        )
    return {"events": events, "created": record.created_at, "who": record.created_by}


def strip(request: HttpRequest, record: HandoverPack) -> dict[str, Any]:
    """What the reader can do with it, below the head."""
    user: Any = request.user
    changes = user.has_perm("customers.change_handoverpack")
    prepares = changes and may_offer(record, user)
    receives = user.pk == record.to_person_id and record.state == PackState.OFFERED
    return {
        "record": record,
        "can_offer": prepares and record.state == PackState.DRAFT,
        "can_withdraw": prepares and record.state in (PackState.DRAFT, PackState.OFFERED),
        "can_accept": changes and receives,
        "number": record.lines.filter(state=LineState.WAITING).count() if receives else 0,
    }


def waiting_card(request: HttpRequest) -> dict[str, Any] | None:
    """The start page: hand-overs that wait for me; None when there are none."""
    rows = HandoverPack.objects.visible_to(request.user).filter(to_person=request.user.pk, state=PackState.OFFERED)
    found = list(rows.select_related("from_person").order_by("state_since", "pk")[:6])
    if not found:
        return None
    return {
        "items": [
            {
                "title": row.from_person.label,
                "sub": f"{row.code} · {row.get_reason_display()}",  # type: ignore[attr-defined]
                "url": reverse("customers:handoverpack_record", args=[row.pk]),
            }
            for row in found
        ],
        "due": (len(found), 0),
    }
