"""What a certificate shows of its versions and of where it was sent; what customers and their papers show of certificates."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.extension_points import CalendarEvent
from crm.formats import ago, day_html
from crm.markup import badge
from customers.models import CustomerCertificateDemand
from customers.tables.admission import certificate_url as demand_url
from customers.tables.admission import given_badge
from customers.tables.cells import below
from opportunities.certificate_rules import SOON_DAYS, state_of_version
from opportunities.domain.certificates.choosing import Answer, answers
from opportunities.enums import CertificateState
from opportunities.models import Certificate, CertificateVersion, DocumentSetItem
from opportunities.tables.certificate import badge_of, certificate_url, end_html
from opportunities.tables.document_set import set_url, state_badge

CHANGE = "opportunities.change_certificate"
SHOWN = 20
MOST_EVENTS = 200


def file_url(certificate: Any, file: Any) -> str:
    """Where a file of a certificate is read."""
    address = reverse("dossier:file", args=[Certificate._meta.label_lower, certificate.pk, file.pk])
    return f"{address}?show=1"


def versions(request: HttpRequest, certificate: Certificate) -> dict[str, Any]:
    """Its page: all versions by language, the newest first, with their files."""
    rows = CertificateVersion.objects.visible_to(request.user, of=certificate).select_related("file")
    found = list(rows.order_by("language", "-valid_from", "-edition"))
    today = timezone.localdate()
    states: dict[int, str] = {}
    for _language, group in groupby(found, lambda row: row.language):
        own = list(group)
        states |= {row.pk: state_of_version(row, own, today) for row in own}
    editable = request.user.has_perm(CHANGE)
    body = format_html_join(
        "",
        '<tr><td>{}<span class="sub">{}</span></td><td data-l="{}"><a href="{}">{}</a></td><td data-l="{}">{}</td>'
        '<td class="nw" data-l="{}">{}</td><td class="nw" data-l="{}">{}</td><td data-l="{}">{}</td></tr>',
        (
            (
                _named(row, certificate, editable),
                row.remark,
                _("File"),
                file_url(certificate, row.file),
                row.file.name,
                _("Issued on"),
                day_html(row.issued_on),
                _("Valid from"),
                day_html(row.valid_from),
                _("Valid until"),
                mark_safe(end_html(row.valid_until, states[row.pk])),  # noqa: S308 -- markup of ours
                _("Status"),
                mark_safe(badge_of(states[row.pk])),  # noqa: S308 -- markup of ours
            )
            for row in found
        ),
    )
    return {
        "title": _("Versions"),
        "id": "versions",
        "head": [
            (_("Version"), ""),
            (_("File"), ""),
            (_("Issued on"), ""),
            (_("Valid from"), ""),
            (_("Valid until"), ""),
            (_("Status"), ""),
        ],
        "body": body,
        "empty": _("No file yet: add the first version.") if editable else _("No file yet."),
        "add_url": reverse("opportunities:certificate_version_add", args=[certificate.pk]) if editable else "",
    }


def _named(row: CertificateVersion, certificate: Certificate, editable: bool) -> Any:
    text = _("%(language)s, edition %(n)s") % {"language": row.get_language_display(), "n": row.edition}
    if not editable:
        return format_html("<b>{}</b>", text)
    url = reverse("opportunities:certificate_version", args=[certificate.pk, row.pk])
    return format_html('<a class="ttl" href="{}">{}</a>', url, text)


def sent_in(request: HttpRequest, certificate: Certificate) -> dict[str, Any] | None:
    """Its page: the document sets it stands in, of the customers that the reader sees."""
    rows = DocumentSetItem.objects.visible_to(request.user).filter(version_chosen__certificate=certificate)
    rows = rows.select_related("document_set__customer", "version_chosen")
    found = list(rows.order_by("-document_set__created_at", "-pk")[:SHOWN])
    if not found:
        return None
    body = format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{}</td>'
        '<td data-l="{}">{}</td><td class="nw" data-l="{}">{}</td></tr>',
        (
            (
                set_url(row.document_set),
                row.document_set.customer.name,
                row.document_set.code,
                _("Version"),
                _("%(language)s, edition %(n)s")
                % {"language": row.get_language_display(), "n": row.version_chosen.edition},  # type: ignore[attr-defined]
                _("Status"),
                mark_safe(state_badge(row.document_set)),  # noqa: S308 -- markup of ours
                _("Sent on"),
                day_html(row.document_set.sent_on),
            )
            for row in found
        ),
    )
    return {
        "title": _("Shown to customers"),
        "id": "sent-in",
        "head": [(_("Customer"), ""), (_("Version"), ""), (_("Status"), ""), (_("Sent on"), "")],
        "body": body,
        "empty": "",
    }


def customer_demands(request: HttpRequest, customer: Any) -> dict[str, Any] | None:
    """A customer's page: the certificates that it demands, what we have of each, and what is missing."""
    rows = CustomerCertificateDemand.objects.visible_to(request.user, of=customer).select_related("product_line")
    found = answers(list(rows.order_by("kind", "pk")))
    may_add = request.user.has_perm("customers.add_customercertificatedemand")
    if not found and not may_add:
        return None
    new = reverse("customers:customercertificatedemand_create")
    every = reverse("customers:customercertificatedemand_list")
    return {
        "title": _("Certificates demanded"),
        "id": "certificates",
        "head": _demand_head(),
        "body": _demand_rows(request, found),
        "empty": _("The customer has demanded no certificate yet."),
        "add_url": f"{new}?customer={customer.pk}" if may_add else "",
        "all_url": f"{every}?customer={customer.pk}" if found else "",
    }


def record_demands(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """The page of an admission as a supplier, or of an opportunity: what the customer demands for its product line."""
    rows = CustomerCertificateDemand.objects.visible_to(request.user).filter(customer=record.customer_id)
    if record.product_line_id:
        rows = rows.filter(Q(product_line__isnull=True) | Q(product_line=record.product_line_id))
    found = answers(list(rows.select_related("product_line").order_by("kind", "pk")))
    if not found:
        return None
    return {
        "title": _("Certificates demanded"),
        "id": "demanded",
        "head": _demand_head(),
        "body": _demand_rows(request, found),
        "empty": "",
    }


def _demand_head() -> list[tuple[str, str]]:
    return [(_("Demanded"), ""), (_("Ours"), ""), (_("Valid until"), ""), (_("Given"), "")]


def _demand_rows(request: HttpRequest, found: list[Answer]) -> Any:
    opens = request.user.has_perm("opportunities.view_certificate")
    return format_html_join(
        "",
        '<tr><td><a class="ttl" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{}</td>'
        '<td class="nw" data-l="{}">{}</td><td data-l="{}">{}</td></tr>',
        (
            (
                demand_url(answer.demand),
                str(answer.demand),
                _wanted(answer),
                _("Ours"),
                _ours(answer, opens),
                _("Valid until"),
                mark_safe(_end(answer)),  # noqa: S308 -- markup of ours
                _("Given"),
                mark_safe(_given(answer.demand)),  # noqa: S308 -- markup of ours
            )
            for answer in found
        ),
    )


def _wanted(answer: Answer) -> str:
    """The second line: for which line, in which language, from when."""
    demand, parts = answer.demand, []
    if demand.product_line is not None:
        parts.append(demand.product_line.label)
    if answer.wish:
        parts.append(answer.wish_label)
    if demand.needed_since is not None and demand.needed_since > timezone.localdate():
        parts.append(_("from %(day)s") % {"day": demand.needed_since})
    return " · ".join(parts)


def _ours(answer: Answer, opens: bool) -> Any:
    """The certificate with its state; in red what we have not."""
    version = answer.version
    if version is None:
        return mark_safe(badge("bad", _("missing"), dot=True))  # noqa: S308 -- markup of ours
    certificate = version.certificate
    label = (
        format_html('<a href="{}">{}</a>', certificate_url(certificate), certificate) if opens else certificate.label
    )
    return format_html("{} {}", label, mark_safe(badge_of(answer.state)))  # noqa: S308 -- markup of ours


def _end(answer: Answer) -> str:
    """The last day of ours, and how far away it is."""
    version = answer.version
    if version is None:
        return "—"
    shown = end_html(version.valid_until, answer.state)
    far = answer.state == CertificateState.VALID and version.valid_until is not None
    return shown + below(escape(ago(version.valid_until))) if far else shown


def _given(demand: CustomerCertificateDemand) -> str:
    """Whether the customer has a valid one, and whether the next is due."""
    until, days = demand.valid_until, demand.renewal_days
    if until is not None and days is not None and 0 <= (until - timezone.localdate()).days <= days:
        return str(badge("warn", _("renewal due"), dot=True))
    return given_badge(demand)


def calendar_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """The last days of the certificates that the user sees to."""
    rows = Certificate.objects.visible_to(user).filter(owner=user, valid_until__gte=start, valid_until__lte=end)
    today, label, found = timezone.localdate(), pgettext("certificate", "Expires"), []
    for row in rows.order_by("valid_until", "pk")[:MOST_EVENTS]:
        last: Any = row.valid_until
        left = (last - today).days
        tone = "bad" if left < 0 else "warn" if left <= SOON_DAYS else "line"
        found.append(CalendarEvent(last, f"{label} · {row}", certificate_url(row), tone=tone))
    return found
