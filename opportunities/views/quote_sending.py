"""A quote's PDF, its way to the customer, and two of its versions side by side."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.formats import money
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from opportunities.domain.quotes.paper import quote_pdf
from opportunities.domain.quotes.sending import send_quote
from opportunities.domain.quotes.words import LineWords, line_words, terms
from opportunities.enums import QuoteState
from opportunities.forms.quote import SendForm
from opportunities.models import Quote
from opportunities.panels.quote import lines_of
from opportunities.tables.quote import state_badge


def pdf_answer(quote: Quote, content: bytes) -> HttpResponse:
    """The file, to be read in the browser under the quote's number."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{quote.code}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class QuotePdf(EntityView):
    """The PDF as the customer gets it; one that binds nobody says so."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file."""
        quote = self.record()
        return pdf_answer(quote, quote_pdf(quote))


class QuoteSend(EntityView):
    """Sends a released quote: makes the link and shows it, once. For one that was sent, a new link."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Until when the link shall be open; a quote that is not to be sent leads back to its page."""
        quote = self.record()
        if quote.state not in (QuoteState.APPROVED, QuoteState.SENT):
            messages.info(
                request,
                _("Only a released quote is sent. This one is: %(state)s") % {"state": quote.get_state_display()},
            )
            return HttpResponseRedirect(self.entity.record_url(quote))
        return self.ask(quote, SendForm(quote=quote))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the link; its address stands on this page and nowhere else."""
        quote = self.record()
        form = SendForm(request.POST, quote=quote)
        if not form.is_valid():
            return self.ask(quote, form, status=422)
        try:
            token = send_quote(quote=quote, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.ask(quote, form, status=422)
        response = render(request, "opportunities/quotes/sent.html", self.made(request, quote, token))
        response["Cache-Control"] = "no-store"
        return response

    def made(self, request: HttpRequest, quote: Quote, token: str) -> dict[str, Any]:
        """What the page with the link shows."""
        path = reverse("opportunities:quote_open", args=[token])
        return self.context(
            record=quote,
            title=_("Link for the customer"),
            link=request.build_absolute_uri(path),
            record_url=self.entity.record_url(quote),
            crumbs=[self.context()["list_crumb"], (str(quote), self.entity.record_url(quote)), (_("Sent"), None)],
        )

    def ask(self, quote: Quote, form: SendForm, status: int = 200) -> HttpResponse:
        """The page that asks."""
        label = _("Send") if quote.state != QuoteState.SENT else _("New link")
        url = self.entity.record_url(quote)
        crumbs = [self.context()["list_crumb"], (str(quote), url), (label, None)]
        context = self.context(form=form, step={"label": label}, record=quote, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)


class QuoteCompare(EntityView):
    """Two versions side by side, what differs is marked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This version and the one of ?with=, else the one before it."""
        quote = self.record()
        others = self.rows().select_related(*self.entity.page.select).filter(number=quote.number).exclude(pk=quote.pk)
        wanted = request.GET.get("with", "")
        other = next((row for row in others if str(row.pk) == wanted), None) or others.order_by("-edition").first()
        url = self.entity.record_url(quote)
        title = _("Versions side by side")
        context = self.context(
            record=quote, title=title, crumbs=[self.context()["list_crumb"], (str(quote), url), (title, None)]
        )
        if other is not None:
            context |= self.compared(*sorted((quote, other), key=lambda row: row.edition))
        return render(request, "opportunities/quotes/compare.html", context)

    def compared(self, old: Quote, new: Quote) -> dict[str, Any]:
        """The rows of the page: terms first, then lines, those of the same product beside each other."""
        olds, news = ([line_words(line, row) for line in lines_of(self.request, row)] for row in (old, new))
        rows = [(label, text, dict(terms(new)).get(label, "")) for label, text in terms(old)]
        rows += [(label, "", text) for label, text in terms(new) if label not in dict(terms(old))]
        was, now = (money(row.net, str(row.currency_id), "yuan") for row in (old, new))
        rows.append((_("Total"), was, now))
        return {
            "old": old,
            "new": new,
            "states": (state_badge(old), state_badge(new)),
            "terms": [{"label": label, "old": a, "new": b, "differs": a != b} for label, a, b in rows],
            "lines": [
                {"old": a, "new": b, "differs": differing(a, b), "gone": b is None, "added": a is None}
                for a, b in paired(olds, news)
            ],
        }


COMPARED = ("quantity", "price", "breaks", "formula", "requested_on", "description", "net")


def differing(old: LineWords | None, new: LineWords | None) -> set[str]:
    """What differs between two lines of the same product."""
    if old is None or new is None:
        return set()
    return {name for name in COMPARED if getattr(old, name) != getattr(new, name)}


def paired(olds: Sequence[LineWords], news: Sequence[LineWords]) -> list[tuple[LineWords | None, LineWords | None]]:
    """Lines of the same product beside each other, in the order of the newer version; those it no longer has at the end."""
    left = list(olds)
    pairs: list[tuple[LineWords | None, LineWords | None]] = []
    for line in news:
        match = next((other for other in left if other.code == line.code), None)
        if match is not None:
            left.remove(match)
        pairs.append((match, line))
    return [*pairs, *((line, None) for line in left)]
