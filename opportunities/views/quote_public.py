"""The page that a customer opens by a link, without signing in: one quote, to be read, accepted or asked about.

Opening it changes nothing but the list of openings, so a chat's preview accepts nothing; what the customer does is posted, with
Django's token against forgery, and is counted per address.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts.throttle import MINUTE, Throttle, limited
from crm.errors import DomainError
from crm.generic.forms import style
from opportunities.domain.quotes import links
from opportunities.domain.quotes.paper import context as paper_context
from opportunities.domain.quotes.paper import quote_pdf, watermark_of
from opportunities.domain.quotes.sending import accept_quote
from opportunities.enums import QuoteLanguage, QuoteState
from opportunities.forms.quote import AnswerForm, QuestionForm
from opportunities.models import QuoteLink
from opportunities.views.quote_sending import pdf_answer

READING = Throttle("quote-open", 60, MINUTE)
PAPERS = Throttle("quote-pdf", 12, MINUTE)
ANSWERS = Throttle("quote-answer", 10, 10 * MINUTE)
# what fetches addresses to show a preview, or to look for harm; nobody has read anything then
_MACHINES = re.compile(
    r"bot|crawl|spider|preview|facebookexternalhit|whatsapp|slack|telegram|skype|curl|wget|python", re.I
)

View = Callable[..., HttpResponse]


def of_link(view: View) -> View:
    """Find the link of the address and speak the quote's language; say politely when it is closed. Nothing of the page is kept
    by browsers, proxies or search engines, and no other site learns its address."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        link = links.find_link(token)
        language = link.quote.language if link is not None else translation.get_language()
        with translation.override(language):
            if link is None:
                response = closed(request, None, status=404)
            elif not links.is_open(link):
                response = closed(request, link, status=410)
            else:
                response = view(request, link, token)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # not "no-referrer": browsers would then post without an origin, which the check against forgery refuses
        response["Referrer-Policy"] = "same-origin"
        response["Content-Language"] = language or settings.LANGUAGE_CODE
        return response

    return opened


def closed(request: HttpRequest, link: QuoteLink | None, *, status: int) -> HttpResponse:
    """That there is nothing to see any more; who to ask, where that is known."""
    owner = link.quote.owner if link is not None else None
    replaced = link is not None and link.quote.state == QuoteState.SUPERSEDED
    context = {"company": company(), "owner": owner, "replaced": replaced, "lang": lang()}
    return render(request, "opportunities/quotes/closed.html", context, status=status)


def company() -> str:
    """Whose page it is."""
    return str(settings.COMPANY_NAME or settings.BRAND_NAME)


def lang() -> str:
    """The page's language as HTML says it."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh-Hans"


def is_read(request: HttpRequest) -> bool:
    """Whether somebody reads this: not a machine that makes a preview, nor a browser that fetches ahead."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in ahead and not _MACHINES.search(agent)


@login_not_required
@never_cache
@limited(READING)
@require_http_methods(["GET", "HEAD"])
@of_link
def quote_open(request: HttpRequest, link: QuoteLink, token: str) -> HttpResponse:
    """The quote."""
    if is_read(request):
        links.note_opening(link=link)
    return page(request, link, token, QuestionForm())


@login_not_required
@never_cache
@limited(PAPERS)
@require_http_methods(["GET"])
@of_link
def quote_paper(request: HttpRequest, link: QuoteLink, token: str) -> HttpResponse:
    """Its PDF, with the customer's name and the day across it."""
    if is_read(request):
        links.note_opening(link=link, as_pdf=True)
    return pdf_answer(link.quote, quote_pdf(link.quote, watermark=watermark_of(link.quote)))


@login_not_required
@never_cache
@limited(ANSWERS)
@require_POST
@of_link
def quote_accept(request: HttpRequest, link: QuoteLink, token: str) -> HttpResponse:
    """The customer accepts."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, link, token, QuestionForm(), accept=form, status=422)
    try:
        links.accept_online(link=link, accept=accept_quote, **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return page(request, link, token, QuestionForm(), accept=form, status=422)
    return redirect("opportunities:quote_open", token)


@login_not_required
@never_cache
@limited(ANSWERS)
@require_POST
@of_link
def quote_ask(request: HttpRequest, link: QuoteLink, token: str) -> HttpResponse:
    """The customer asks."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return page(request, link, token, form, status=422)
    try:
        links.ask_online(link=link, **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return page(request, link, token, form, status=422)
    return redirect(reverse("opportunities:quote_open", args=[token]) + "?asked=1")


def page(
    request: HttpRequest, link: QuoteLink, token: str, question: Any, *, accept: Any = None, status: int = 200
) -> HttpResponse:
    """The page with its forms."""
    quote = link.quote
    accept = accept or AnswerForm(initial={"name": quote.contact.name if quote.contact else ""})
    for form in (accept, question):
        for field in form.fields.values():
            style(field)
    accept.auto_id, question.auto_id = "accept_%s", "ask_%s"
    mark = watermark_of(quote)
    context = {
        **paper_context(quote, mark),
        "brand": company(),
        "accept": accept,
        "question": question,
        "can_accept": links.can_answer(quote),
        "accepted": quote.state == QuoteState.ACCEPTED,
        "asked": request.GET.get("asked") == "1",
        "url": {name: reverse(f"opportunities:quote_{name}", args=[token]) for name in ("paper", "accept", "ask")},
        "lang": "zh-Hans" if quote.language == QuoteLanguage.CHINESE else "en",
        "valid_words": _("Valid until %(day)s") % {"day": quote.valid_until.isoformat()},
    }
    return render(request, "opportunities/quotes/open.html", context, status=status)
