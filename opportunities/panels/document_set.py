"""What a document set shows of its documents, its links and what the customer demands; what customers, admissions as a supplier
and opportunities show of sets."""

import datetime as dt
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.base.querysets import may_write
from crm.extension_points import TimelineEvent
from crm.formats import day_html
from crm.markup import badge
from customers.tables.admission import certificate_url as demand_url
from opportunities.certificate_rules import state_of
from opportunities.domain.certificates import sets
from opportunities.domain.certificates.choosing import Answer, answers, demands_of
from opportunities.enums import CertificateState, DocumentSetState
from opportunities.models import DocumentLink, DocumentOpening, DocumentSet, DocumentSetItem, DocumentSetStateChange
from opportunities.panels.certificate import file_url
from opportunities.tables.certificate import badge_of, certificate_url, end_html
from opportunities.tables.document_set import set_url, state_badge

VIEW, ADD, CHANGE = (f"opportunities.{action}_documentset" for action in ("view", "add", "change"))
SHOWN, OPENINGS = 8, 100
EVENTS = {DocumentSetState.SENT: ("send", "p"), DocumentSetState.REPLACED: ("rotate", "")}


def may_change(request: HttpRequest, document_set: DocumentSet) -> bool:
    """Whether the reader may change it."""
    return request.user.has_perm(CHANGE) and may_write(request.user, document_set)


def documents(request: HttpRequest, document_set: DocumentSet) -> dict[str, Any]:
    """Its page: the documents as they were chosen, with what happened since."""
    rows = DocumentSetItem.objects.visible_to(request.user, of=document_set)
    found = list(rows.select_related("version_chosen__certificate", "file").order_by("position", "pk"))
    newer = sets.newer_versions(found)
    taken = _taken(request, found)
    opens = request.user.has_perm("opportunities.view_certificate")
    editable = document_set.state == DocumentSetState.DRAFT and may_change(request, document_set)
    body = format_html_join(
        "",
        '<tr><td>{}<span class="sub">{}</span></td><td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td>'
        '<td data-l="{}">{}</td><td class="num" data-l="{}">{}</td></tr>',
        (
            (
                _document(item, opens),
                " · ".join(filter(None, (item.get_kind_display(), item.get_language_display(), item.number))),  # type: ignore[attr-defined]
                _("File"),
                format_html('<a href="{}">{}</a>', file_url(item.version_chosen.certificate, item.file), item.file.name)
                if opens
                else item.file.name,
                _("Valid until"),
                mark_safe(end_html(item.valid_until, _item_state(item))),  # noqa: S308 -- markup of ours
                _("Status"),
                mark_safe(_item_badge(item, newer)),  # noqa: S308 -- markup of ours
                _("Downloads"),
                str(taken.get(item.pk, 0)),
            )
            for item in found
        ),
    )
    return {
        "title": pgettext("document set", "Documents"),
        "id": "documents",
        "head": [
            (_("Document"), ""),
            (_("File"), ""),
            (_("Valid until"), ""),
            (_("Status"), ""),
            (_("Downloads"), "num"),
        ],
        "body": body,
        "empty": _("No document yet: choose them from our certificates."),
        "add_url": reverse("opportunities:documentset_choose", args=[document_set.pk]) if editable else "",
    }


def _document(item: DocumentSetItem, opens: bool) -> Any:
    if not opens:
        return format_html("<b>{}</b>", item)
    return format_html('<a class="ttl" href="{}">{}</a>', certificate_url(item.version_chosen.certificate), item)


def _item_state(item: DocumentSetItem) -> str:
    version, today = item.version_chosen, timezone.localdate()
    if version.withdrawn_on is not None and version.withdrawn_on <= today:
        return CertificateState.WITHDRAWN
    return state_of(version.valid_from, item.valid_until, today)


def _item_badge(item: DocumentSetItem, newer: dict[int, Any]) -> str:
    if item.pk in newer:
        return str(badge("warn", _("newer version exists"), dot=True))
    return badge_of(_item_state(item))


def _taken(request: HttpRequest, items: list[DocumentSetItem]) -> dict[int, int]:
    rows = DocumentOpening.objects.visible_to(request.user).filter(item__in=[item.pk for item in items]).order_by()
    return dict(rows.values_list("item").annotate(n=Count("pk")))


def demanded(request: HttpRequest, document_set: DocumentSet) -> dict[str, Any] | None:
    """Its page: what the customer demands, and whether it is in the set."""
    found = answers(demands_of(document_set.customer_id, sets.line_of(document_set)))
    if not found:
        return None
    items = list(
        document_set.items.select_related("version_chosen__certificate").prefetch_related(
            "version_chosen__certificate__product_lines", "version_chosen__certificate__products"
        )
    )
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{}</td></tr>',
        (
            (
                demand_url(answer.demand),
                str(answer.demand),
                " · ".join(
                    filter(
                        None,
                        (answer.demand.product_line.label if answer.demand.product_line else "", answer.wish_label),
                    )
                ),
                _("In this set"),
                mark_safe(_answered(answer, items)),  # noqa: S308 -- markup of ours
            )
            for answer in found
        ),
    )
    return {
        "title": _("The customer demands"),
        "id": "demanded",
        "head": [(_("Demanded"), ""), (_("In this set"), "")],
        "body": body,
        "empty": "",
    }


def _answered(answer: Answer, items: list[DocumentSetItem]) -> str:
    if any(sets.answers_demand(item, answer.demand, answer.wish) for item in items):
        return str(badge("ok", _("included"), dot=True))
    if answer.is_met:
        return str(badge("warn", _("not chosen yet"), dot=True))
    return str(badge("bad", _("missing"), dot=True))


def receipts(request: HttpRequest, document_set: DocumentSet) -> dict[str, Any] | None:
    """Its page: who got a link until when, and who opened what, when and from where."""
    user, now = request.user, timezone.now()
    links = list(DocumentLink.objects.visible_to(user, of=document_set).order_by("-pk"))
    if not links:
        return None
    rows = DocumentOpening.objects.visible_to(user).filter(link__in=[link.pk for link in links])
    openings = list(rows.select_related("link", "item").order_by("-at", "-pk")[: OPENINGS + 1])
    sent, editable = document_set.state == DocumentSetState.SENT, may_change(request, document_set)
    return {
        "links": [
            {
                "row": link,
                "live": sent and link.revoked_at is None and link.expires_at > now,
                "last_day": timezone.localdate(link.expires_at) - dt.timedelta(days=1),
                "close_url": reverse("opportunities:documentset_close", args=[document_set.pk, link.pk])
                if editable
                else "",
            }
            for link in links
        ],
        "openings": openings[:OPENINGS],
        "more": len(openings) > OPENINGS,
    }


def customer_sets(request: HttpRequest, customer: Any) -> dict[str, Any] | None:
    """A customer's page: the sets made for it."""
    rows = DocumentSet.objects.visible_to(request.user).filter(customer=customer)
    return _sets(request, rows, f"customer={customer.pk}")


def admission_sets(request: HttpRequest, admission: Any) -> dict[str, Any] | None:
    """The page of an admission as a supplier: the sets made for it."""
    rows = DocumentSet.objects.visible_to(request.user).filter(admission=admission)
    return _sets(request, rows, f"admission={admission.pk}", f"&customer={admission.customer_id}")


def opportunity_sets(request: HttpRequest, opportunity: Any) -> dict[str, Any] | None:
    """An opportunity's page: the sets made for it."""
    rows = DocumentSet.objects.visible_to(request.user).filter(opportunity=opportunity)
    return _sets(request, rows, f"opportunity={opportunity.pk}", f"&customer={opportunity.customer_id}")


def _sets(request: HttpRequest, rows: Any, query: str, more: str = "") -> dict[str, Any] | None:
    found = list(rows.annotate(number_of=Count("items")).order_by("-created_at", "-pk")[: SHOWN + 1])
    may_add = request.user.has_perm(ADD)
    if not found and not may_add:
        return None
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td class="num" data-l="{}">{}</td>'
        '<td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td></tr>',
        (
            (
                set_url(row),
                row.title,
                row.code,
                pgettext("document set", "Documents"),
                str(row.number_of),
                _("Status"),
                mark_safe(state_badge(row)),  # noqa: S308 -- markup of ours
                _("Sent on"),
                day_html(row.sent_on),
            )
            for row in found[:SHOWN]
        ),
    )
    return {
        "title": _("Document sets"),
        "id": "document-sets",
        "head": [
            (_("Document set"), ""),
            (pgettext("document set", "Documents"), "num"),
            (_("Status"), ""),
            (_("Sent on"), ""),
        ],
        "body": body,
        "empty": _("No document set yet."),
        "add_url": f"{reverse('opportunities:documentset_create')}?{query}{more}" if may_add else "",
        "all_url": f"{reverse('opportunities:documentset_list')}?{query}" if len(found) > SHOWN else "",
    }


def customer_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """When sets were sent to the customer, or replaced; those that the reader sees."""
    seen = DocumentSet.objects.visible_to(request.user).filter(customer=record)
    rows: Any = DocumentSetStateChange.objects.visible_to(request.user).filter(record__in=seen.order_by())
    if before is not None:
        rows = rows.filter(at__lt=timezone.make_aware(dt.datetime.combine(before, dt.time.min)))
    return [_event(row) for row in rows.select_related("record", "actor").order_by("-at", "-pk")[:limit]]


def _event(row: Any) -> TimelineEvent:
    icon, tone = EVENTS.get(row.target, ("shield-check", ""))
    title = _("Document set %(state)s: %(name)s") % {"state": row.get_target_display(), "name": row.record.title}
    who = row.actor.label if row.actor else ""
    day = timezone.localtime(row.at).date()
    return TimelineEvent(day, icon, title, row.record.code, set_url(row.record), tone, who, row.at)
