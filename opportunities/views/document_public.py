"""The page that a customer opens by a link, without signing in: the documents of one set, to be read one by one.

Opening it changes nothing but the list of openings. Requests are counted per address, and a closed link says so.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from crm.accounts.devices import client_address
from crm.accounts.throttle import MINUTE, Throttle, limited
from crm.dossier.views.files import PDF_POLICY, POLICY
from crm.records.sniffing import INLINE
from opportunities.domain.certificates import links
from opportunities.domain.certificates.sets import items_of
from opportunities.domain.quotes.paper import MARKS, letterhead
from opportunities.models import DocumentLink
from opportunities.views.quote_public import company, is_read, lang

READING = Throttle("documents-open", 60, MINUTE)
FILES = Throttle("documents-file", 40, MINUTE)

View = Callable[..., HttpResponseBase]


def of_link(view: View) -> View:
    """Find the link of the address and speak the set's language; say politely when it is closed. Nothing of the page is kept by
    browsers, proxies or search engines, and no other site learns its address."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        link = links.find_link(token)
        language = link.document_set.language if link is not None else translation.get_language()
        with translation.override(language):
            if link is None:
                response: HttpResponseBase = closed(request, None, status=404)
            elif not links.is_open(link):
                response = closed(request, link, status=410)
            else:
                response = view(request, link, token, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "same-origin"
        response["Content-Language"] = language or settings.LANGUAGE_CODE
        return response

    return opened


def closed(request: HttpRequest, link: DocumentLink | None, *, status: int) -> HttpResponse:
    """That there is nothing to see any more, in both languages, because nobody knows which the reader speaks; whom to ask."""
    owner = link.document_set.owner if link is not None else None
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            texts.append((lang(), render_to_string("opportunities/documents/_closed.html", {"owner": owner})))
    context = {"company": company(), "lang": lang(), "texts": texts}
    return render(request, "opportunities/documents/closed.html", context, status=status)


@login_not_required
@never_cache
@limited(READING)
@require_http_methods(["GET", "HEAD"])
@of_link
def document_open(request: HttpRequest, link: DocumentLink, token: str) -> HttpResponse:
    """The documents of the set."""
    if is_read(request):
        links.note_opening(link=link, address=client_address(request))
    found = link.document_set
    documents = [
        {
            "item": item,
            "url": reverse("opportunities:document_file", args=[token, item.pk]),
            "size": filesizeformat(item.file.size),
            "shown": item.file.mime in INLINE,
        }
        for item in items_of(found)
    ]
    context = {
        "set": found,
        "customer": found.customer.name,
        "company": letterhead(),
        "brand": company(),
        "documents": documents,
        "marks": [f"{found.customer.name} {timezone.localdate().isoformat()}"] * MARKS,
        "last_day": timezone.localdate(link.expires_at) - dt.timedelta(days=1),
        "owner": found.owner,
        "lang": lang(),
    }
    return render(request, "opportunities/documents/open.html", context)


@login_not_required
@never_cache
@limited(FILES)
@require_http_methods(["GET"])
@of_link
def document_file(request: HttpRequest, link: DocumentLink, token: str, item: int) -> HttpResponseBase:
    """One of its files: shown when it is a picture or a PDF and ?show=1 asks for it, else saved."""
    row = next(iter(items_of(link.document_set, [item])), None)
    if row is None:
        return closed(request, None, status=404)
    try:
        file = row.file.file.open("rb")
    except FileNotFoundError:
        return closed(request, link, status=404)
    if is_read(request):
        links.note_opening(link=link, address=client_address(request), item=row)
    shown = request.GET.get("show") == "1" and row.file.mime in INLINE
    response = FileResponse(file, content_type=row.file.mime)
    response["Content-Disposition"] = content_disposition_header(not shown, row.file.name) or ""
    response["Content-Length"] = str(row.file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if row.file.mime == "application/pdf" else POLICY
    return response
