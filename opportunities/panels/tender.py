"""What a tender shows of its parts, and what customers and opportunities show of tenders."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from crm.base.querysets import may_write
from crm.extension_points import CalendarEvent, TimelineEvent
from crm.formats import day_html, exact_price, moment_html, money_html, num, overdue, pct, plain_number
from crm.markup import badge
from opportunities.domain.tenders.course import Ranked, missing_for_submission, ranked
from opportunities.domain.tenders.tenders import BEFORE_SUBMISSION
from opportunities.domain.tenders.watch import CALENDAR, REFUND_DUE
from opportunities.enums import TenderState
from opportunities.models import Tender, TenderBid, TenderDocument, TenderLot, TenderStateChange
from opportunities.tables.tender import RESULT_TONES, bond_state, due_cell, state_badge, tender_url

CHANGE = "opportunities.change_tender"
SHOWN = 8
MOST_EVENTS = 500
TONES = {TenderState.WON: ("trophy", "o"), TenderState.LOST: ("circle-x", "b"), TenderState.CANCELLED: ("x", "w")}


def may_change(request: HttpRequest, tender: Tender) -> bool:
    """Whether the reader may change the tender."""
    return request.user.has_perm(CHANGE) and may_write(request.user, tender)


def _url(part: str, tender: Tender, row: Any = None) -> str:
    if row is None:
        return reverse(f"opportunities:tender_{part}_add", args=[tender.pk])
    return reverse(f"opportunities:tender_{part}", args=[tender.pk, row.pk])


def _named(text: Any, url: str) -> Any:
    """A name that leads to where it is changed, for those who may."""
    return format_html('<a class="ttl" href="{}">{}</a>', url, text) if url else format_html("<b>{}</b>", text)


def _unit_price(value: Any, tender: Tender, lot: TenderLot) -> str:
    return exact_price(value, str(tender.currency_id), lot.unit.code)


def lots_of(request: HttpRequest, tender: Tender) -> list[TenderLot]:
    """The lots of a tender that the reader sees."""
    rows = TenderLot.objects.visible_to(request.user, of=tender).select_related("product", "unit")
    return list(rows.order_by("number", "pk"))


def lots(request: HttpRequest, tender: Tender) -> dict[str, Any]:
    """A tender's page: what is asked for, at which prices."""
    editable = tender.state == TenderState.PREPARING and may_change(request, tender)
    rows = lots_of(request, tender)
    body = format_html_join(
        "",
        '<tr><td>{}<span class="sub">{}</span></td><td class="num" data-l="{}">{}</td><td class="num" data-l="{}">{}</td>'
        '<td class="num" data-l="{}">{}</td><td class="num" data-l="{}">{}</td><td data-l="{}">{}</td></tr>',
        (
            (
                _named(lot, _url("lot", tender, lot) if editable else ""),
                lot.product or _("no product of ours chosen"),
                _("Quantity"),
                f"{plain_number(lot.quantity)} {lot.unit.label}",
                _("Budget"),
                _unit_price(lot.budget_price, tender, lot),
                _("Our price"),
                _unit_price(lot.our_price, tender, lot),
                _("Amount"),
                money_html(lot.amount, str(tender.currency_id)),
                _("Result"),
                badge(RESULT_TONES.get(lot.result, "line"), lot.get_result_display()),
            )
            for lot in rows
        ),
    )
    return {
        "title": _("Lots"),
        "id": "lots",
        "head": [
            (_("Lot"), ""),
            (_("Quantity"), "num"),
            (_("Budget"), "num"),
            (_("Our price"), "num"),
            (_("Amount"), "num"),
            (_("Result"), ""),
        ],
        "body": body,
        "empty": _("Add each lot of the invitation, with our price for a unit of it.")
        if editable
        else _("No lot was entered."),
        "add_url": _url("lot", tender) if editable else "",
    }


def papers(request: HttpRequest, tender: Tender) -> dict[str, Any]:
    """A tender's page: the papers the bid needs, who sees to them, and their files."""
    editable = tender.state in BEFORE_SUBMISSION and may_change(request, tender)
    rows = TenderDocument.objects.visible_to(request.user, of=tender).select_related("responsible", "file")
    found = list(rows.order_by("pk"))
    body = format_html_join(
        "",
        '<tr><td>{}{}<span class="sub">{}</span></td><td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td>'
        '<td data-l="{}">{}</td></tr>',
        (
            (
                _named(paper, _url("paper", tender, paper) if editable else ""),
                mark_safe(' <span class="bad" aria-hidden="true">*</span>') if paper.is_required else "",
                _file_link(tender, paper) or (_("required") if paper.is_required else _("wanted")),
                _("Responsible"),
                paper.responsible.label if paper.responsible else "—",
                _("Due"),
                _due(paper),
                _("Status"),
                badge("ok", _("done"), dot=True) if paper.done_on else badge("line", _("open")),
            )
            for paper in found
        ),
    )
    done = sum(paper.done_on is not None for paper in found)
    return {
        "title": _("Papers: %(done)s of %(all)s") % {"done": done, "all": len(found)},
        "id": "papers",
        "head": [(_("Paper"), ""), (_("Responsible"), ""), (_("Due"), ""), (_("Status"), "")],
        "body": body,
        "empty": _("No paper is asked for."),
        "add_url": _url("paper", tender) if editable else "",
    }


def _file_link(tender: Tender, paper: TenderDocument) -> Any:
    if paper.file is None:
        return ""
    url = reverse("dossier:file", args=[Tender._meta.label_lower, tender.pk, paper.file.pk])
    return format_html('<a href="{}">{}</a>', url, paper.file.name)


def _due(paper: TenderDocument) -> Any:
    if paper.done_on is None and paper.due_on is not None and paper.due_on < timezone.localdate():
        return format_html('<span class="bad">{}</span>', overdue(paper.due_on))
    return day_html(paper.done_on or paper.due_on)


def bids_by_lot(request: HttpRequest, tender: Tender) -> dict[int, list[Ranked]]:
    """Everybody's bids in order of price, by lot."""
    rows = TenderBid.objects.visible_to(request.user).filter(lot__tender=tender).select_related("competitor", "lot")
    found: dict[int, list[TenderBid]] = defaultdict(list)
    for bid in rows.order_by("price", "pk"):
        found[bid.lot_id].append(bid)
    return {key: ranked(bids) for key, bids in found.items()}


def bids(request: HttpRequest, tender: Tender) -> dict[str, Any] | None:
    """A tender's page once the bids were opened: all prices by lot, with their places."""
    if tender.opened_on is None:
        return None
    editable = tender.state == TenderState.OPENED and may_change(request, tender)
    by_lot = bids_by_lot(request, tender)
    lines = [(lot, row) for lot in lots_of(request, tender) for row in by_lot.get(lot.pk, ())]
    body = format_html_join(
        "",
        '<tr><td>{}<span class="sub">{}</span></td><td class="num" data-l="{}">{}</td><td class="num" data-l="{}">{}</td>'
        '<td class="num" data-l="{}">{}</td><td data-l="{}">{}</td></tr>',
        (
            (
                _named(row.bid.bidder, _url("bid", tender, row.bid) if editable and not row.bid.is_ours else ""),
                " · ".join(filter(None, (str(lot), row.bid.remark))),
                _("Place"),
                num(row.rank),
                _("Price"),
                _unit_price(row.bid.price, tender, lot),
                _("Above the lowest"),
                pct(row.gap, of=100) if row.gap else "—",
                _("Note"),
                _bid_badges(row.bid),
            )
            for lot, row in lines
        ),
    )
    return {
        "title": _("Bids"),
        "id": "bids",
        "head": [
            (_("Bidder"), ""),
            (_("Place"), "num"),
            (_("Price"), "num"),
            (_("Above the lowest"), "num"),
            (_("Note"), ""),
        ],
        "body": body,
        "empty": _("No bid was entered."),
        "add_url": _url("bid", tender) if editable else "",
    }


def _bid_badges(bid: TenderBid) -> Any:
    ours = badge("pri", _("ours")) if bid.is_ours else ""
    winner = badge("ok", _("got the lot"), dot=True) if bid.is_winner else ""
    return format_html("{} {}", ours, winner) if ours or winner else "—"


def calendar(request: HttpRequest, tender: Tender) -> dict[str, Any]:
    """A tender's page: its deadlines, and what is still missing before the bid can be handed in."""
    rows = [(deadline.label, _when(tender, deadline)) for deadline in CALENDAR]
    if tender.state in BEFORE_SUBMISSION:
        missing = missing_for_submission(tender)
        rows.append((_("Still missing"), format_html("{}", _(", ").join(missing)) if missing else _("nothing")))
    if tender.submitted_at is not None:
        rows.append(
            (_("Handed in"), format_html("{} · {}", moment_html(tender.submitted_at), tender.submitted_by or ""))
        )
        rows.append((_("How"), tender.get_submitted_how_display()))
    return {"title": _("Calendar"), "id": "tender-calendar", "plain": rows}


def _when(tender: Tender, deadline: Any) -> Any:
    value = getattr(tender, deadline.name)
    if value is None:
        return "—"
    text = moment_html(value) if isinstance(value, dt.datetime) else day_html(value)
    late = deadline.waits(tender) and deadline.day(tender) < timezone.localdate()
    return format_html('<span class="bad">{} · {}</span>', text, _("overdue")) if late else text


def bond(request: HttpRequest, tender: Tender) -> dict[str, Any] | None:
    """A tender's page: the bid bond and its way back."""
    found = bond_state(tender)
    if found is None:
        return None
    rows = [
        (_("Amount"), money_html(tender.bond_amount, str(tender.currency_id))),
        (_("Form"), tender.get_bond_form_display()),
        (_("Status"), badge(*found, dot=True)),
        (_("Paid on"), day_html(tender.bond_paid_on)),
        (_("Refund due"), day_html(tender.bond_refund_due)),
        (_("Refunded on"), day_html(tender.bond_refunded_on)),
    ]
    if tender.bond_refunded is not None:
        rows.append((_("Refunded"), money_html(tender.bond_refunded, str(tender.currency_id))))
    return {"title": _("Bid bond"), "id": "bond", "plain": rows}


def customer_tenders(request: HttpRequest, customer: Any) -> dict[str, Any] | None:
    """A customer's page: its tenders."""
    rows = Tender.objects.visible_to(request.user).filter(customer=customer)
    return _tenders(request, rows, f"customer={customer.pk}")


def opportunity_tenders(request: HttpRequest, opportunity: Any) -> dict[str, Any] | None:
    """An opportunity's page: the tenders it is fought in."""
    rows = Tender.objects.visible_to(request.user).filter(opportunity=opportunity)
    return _tenders(request, rows, f"opportunity={opportunity.pk}", f"&customer={opportunity.customer_id}")


def _tenders(request: HttpRequest, rows: Any, query: str, more: str = "") -> dict[str, Any] | None:
    found = list(rows.select_related("owner").order_by("-submission_due", "-pk")[: SHOWN + 1])
    may_add = request.user.has_perm("opportunities.add_tender")
    if not found and not may_add:
        return None
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{}</td>'
        '<td class="nw" data-l="{}">{}</td><td class="num" data-l="{}">{}</td></tr>',
        (
            (
                tender_url(row),
                row.title,
                row.code,
                _("Status"),
                mark_safe(state_badge(row)),  # noqa: S308 -- markup of ours
                _("Due"),
                mark_safe(due_cell(row)),  # noqa: S308 -- markup of ours
                _("Bid amount"),
                money_html(row.amount_base),
            )
            for row in found[:SHOWN]
        ),
    )
    return {
        "title": _("Tenders"),
        "id": "tenders",
        "head": [(_("Tender"), ""), (_("Status"), ""), (_("Due"), ""), (_("Bid amount"), "num")],
        "body": body,
        "empty": _("No tender yet."),
        "add_url": f"{reverse('opportunities:tender_create')}?{query}{more}" if may_add else "",
        "all_url": f"{reverse('opportunities:tender_list')}?{query}" if len(found) > SHOWN else "",
    }


def customer_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How the customer's tenders went on, those that the reader sees."""
    return _events(Tender.objects.visible_to(request.user).filter(customer=record), request, limit, before)


def opportunity_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How the opportunity's tenders went on."""
    return _events(Tender.objects.visible_to(request.user).filter(opportunity=record), request, limit, before)


def _events(seen: Any, request: HttpRequest, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    rows: Any = TenderStateChange.objects.visible_to(request.user).filter(record__in=seen.order_by())
    if before is not None:
        rows = rows.filter(at__lt=timezone.make_aware(dt.datetime.combine(before, dt.time.min)))
    return [_event(row) for row in rows.select_related("record", "actor").order_by("-at", "-pk")[:limit]]


def _event(row: Any) -> TimelineEvent:
    icon, tone = TONES.get(row.target, ("briefcase", "p"))
    title = _("Tender %(state)s: %(name)s") % {"state": row.get_target_display(), "name": row.record.title}
    who = row.actor.label if row.actor else ""
    day = timezone.localtime(row.at).date()
    return TimelineEvent(day, icon, title, row.reason, tender_url(row.record), tone, who, row.at)


def calendar_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """The deadlines of the user's running tenders, and bonds that are to come back, for the calendar."""
    today = timezone.localdate()
    mine = Tender.objects.visible_to(user).filter(owner=user)
    running = list(mine.running().order_by("submission_due", "pk")[:MOST_EVENTS])
    out = list(mine.bond_out().filter(bond_refund_due__range=(start, end)).order_by("pk")[:MOST_EVENTS])
    pairs = [(row, deadline) for row in running for deadline in CALENDAR] + [(row, REFUND_DUE) for row in out]
    return [
        CalendarEvent(
            day,
            f"{deadline.label} · {row.title}",
            tender_url(row),
            at=deadline.time(row),
            tone="line" if not deadline.waits(row) else "bad" if day < today else "warn",
            done=not deadline.waits(row),
        )
        for row, deadline in pairs
        if (day := deadline.day(row)) is not None and start <= day <= end
    ]
