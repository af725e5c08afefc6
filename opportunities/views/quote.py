"""The pages of quotes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import day_html, money_html, num
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import EditView, told
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, step_actions
from crm.markup import badge, grade
from crm.records.choices import listed
from customers.tables.cells import customer_url
from opportunities.domain.quotes.pricing import line_of, margin_of, priced, tidy_breaks, totals
from opportunities.domain.quotes.quotes import quote_from, update_quote
from opportunities.domain.quotes.release import release_quote, reopen_quote
from opportunities.domain.quotes.sending import RENEWABLE, accept_quote, decline_quote, new_version
from opportunities.domain.quotes.words import formula_words
from opportunities.enums import QuoteState
from opportunities.filters.quote import QuoteFilter
from opportunities.forms.quote import QuoteForm
from opportunities.models import Quote
from opportunities.panels.quote import compared
from opportunities.tables.opportunity import record_url
from opportunities.tables.quote import QUOTE_TONES, QuoteTable

CHANGE = "opportunities.change_quote"
DRAFT, APPROVED, SENT = QuoteState.DRAFT, QuoteState.APPROVED, QuoteState.SENT


class QuoteRecord(RecordView):
    """A quote's page; only a draft can be edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once it was released."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == DRAFT else {**context, "edit_url": ""}


class QuoteEdit(EditView):
    """The terms and the grid of the lines; "Save and release" does both."""

    template = "opportunities/quotes/form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a quote that was released leads back to its page."""
        record = self.record()
        if record.state != DRAFT:
            messages.info(request, _("Only a draft is changed: make a new version of this quote."))
            return HttpResponseRedirect(self.entity.record_url(record))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; then release, if that was pressed."""
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302 and "release" in request.POST:
            record = self.record()
            try:
                release_quote(quote=record, actor=request.user)  # type: ignore[arg-type]
            except DomainError as error:
                messages.warning(request, told(error))
        return response

    def show(self, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        """With what the grid needs."""
        figures = reverse("opportunities:quote_figures", args=[self.instance.pk])
        return super().show(form, status, figures_url=figures, **more)


class QuoteFigures(EntityView):
    """What follows from what is being typed: list price, floor price, margin and amount of each line. Nothing is saved."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The cells, each for its own place on the page."""
        quote = self.record()
        on = quote.quoted_on
        form = QuoteForm(request.POST, instance=quote, user=request.user)
        form.is_valid()
        cells, lines = [], []
        for place, line_form in enumerate(form.lines):
            found = self.cell(quote, line_form, place)
            cells.append({"place": place, **found})
            if "line" in found:
                lines.append(found["line"])
        context: dict[str, Any] = {"cells": cells, "quote": quote}
        try:
            context |= totals(quote, lines, on)
        except DomainError as error:
            context["problem"] = str(error.message)
        if request.user.has_perm("crm.view_cost"):
            context["margin"] = margin_of(lines)
        return render(request, "opportunities/quotes/_figures.html", context)

    def cell(self, quote: Quote, line_form: Any, place: int) -> dict[str, Any]:
        """A line's figures, or what is wrong with it; nothing while it has no product or quantity."""
        values = getattr(line_form, "cleaned_data", {})
        if not values.get("product") or not values.get("quantity") or values.get("DELETE") or not values.get("unit"):
            return {}
        line = line_of(values, quote, place + 1)
        try:
            priced(line, quote, quote.quoted_on)
            tidy_breaks(line)
        except DomainError as error:
            return {"problem": str(error.message)}
        return {"line": line, "formula": formula_words(line, quote), **compared(line, quote, self.request.user)}


class QuoteStart(EntityView):
    """From the opportunity to a draft with all that is known; nothing is typed again."""

    action = "view"
    writes = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it, or go on with the draft that is there."""
        if not request.user.has_perm("opportunities.add_quote"):
            raise PermissionDenied
        opportunity = self.record()
        try:
            quote, made = quote_from(opportunity=opportunity, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, told(error))
            return HttpResponseRedirect(self.entity.record_url(opportunity))
        if not made:
            messages.info(request, _("This draft was begun before: go on with it."))
        return HttpResponseRedirect(reverse("opportunities:quote_edit", args=[quote.pk]))


class QuoteVersion(EntityView):
    """A new version of a quote."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it and go there."""
        record = self.record()
        try:
            draft = new_version(quote=record, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, told(error))
            return HttpResponseRedirect(self.entity.record_url(record))
        return HttpResponseRedirect(self.entity.url("edit", draft.pk))


def _step(run: Any) -> Any:
    return lambda record, **values: run(quote=record, **values)


def _is(*states: str) -> Any:
    return lambda record: record.state in states


STEPS = (
    Step(
        APPROVED,
        gettext_lazy("Release"),
        "check",
        CHANGE,
        _step(release_quote),
        lambda record: record.state == DRAFT and not record.below_floor,
        primary=True,
    ),
    Step(
        QuoteState.PENDING,
        gettext_lazy("Ask for approval"),
        "send",
        CHANGE,
        _step(release_quote),
        lambda record: record.state == DRAFT and record.below_floor,
        ReasonForm,
        primary=True,
    ),
    Step(
        QuoteState.ACCEPTED,
        gettext_lazy("Customer accepts"),
        "circle-check",
        CHANGE,
        _step(accept_quote),
        _is(SENT),
        ReasonForm,
    ),
    Step(
        QuoteState.DECLINED,
        gettext_lazy("Customer declines"),
        "circle-x",
        CHANGE,
        _step(decline_quote),
        _is(SENT),
        ReasonForm,
    ),
    Step(DRAFT, gettext_lazy("Change"), "arrow-back-up", CHANGE, _step(reopen_quote), _is(APPROVED)),
)


def _address(name: str) -> Any:
    return lambda record: reverse(f"opportunities:{name}", args=[record.pk])


def _badges(record: Quote) -> list[str]:
    out: list[str] = [badge(QUOTE_TONES[record.state], record.get_state_display(), dot=True)]
    if record.edition > 1:
        out.append(badge("line", _("version %(n)d") % {"n": record.edition}))
    if record.below_floor:
        out.append(badge("warn", _("below the floor price")))
    return out


def _opportunity(record: Quote) -> Any:
    return format_html('<a href="{}">{}</a>', record_url(record.opportunity), record.opportunity.name)


def _meta(record: Quote) -> list[tuple[str, Any]]:
    url, customer = customer_url(record.customer_id), record.customer
    return [
        ("building-factory-2", format_html('<a href="{}">{}</a> {}', url, customer.name, grade(customer.grade))),
        ("target-arrow", _opportunity(record)),
        ("user", record.owner.label if record.owner else ""),
    ]


def _next_step(request: HttpRequest, record: Quote) -> dict[str, Any] | None:
    texts = {
        DRAFT: _("Check prices, then release the quote"),
        QuoteState.PENDING: _("Somebody has to approve the price"),
        APPROVED: _("Send it to the customer"),
        SENT: _("Wait for the customer's answer, or ask"),
    }
    text = texts.get(QuoteState(record.state))
    return {"text": text, "due": record.valid_until if record.state == SENT else None} if text else None


quote_entity = Entity(
    model=Quote,
    table=QuoteTable,
    filterset=QuoteFilter,
    form=QuoteForm,
    update=update_quote,
    nav="quotes",
    icon="file-dollar",
    subtitle=gettext_lazy("What customers were offered, and what came of it"),
    empty_text=gettext_lazy("A quote begins at an opportunity: press “Quote” there, and nothing is typed again."),
    views={"record": QuoteRecord, "edit": QuoteEdit},
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("open", gettext_lazy("Not answered yet"), "work=open", sort="valid_until"),
        Preset("sent", gettext_lazy("With the customer"), "state=sent", sort="valid_until"),
        Preset("accepted", gettext_lazy("Accepted"), "state=accepted", sort="-sent_on"),
    ),
    page=RecordPage(
        title=lambda record: _("Quote for %(customer)s") % {"customer": record.customer.name},
        code=lambda record: record.code,
        badges=_badges,
        meta=_meta,
        next_step=_next_step,
        actions=(
            *step_actions("opportunities:quote", STEPS),
            Action(gettext_lazy("Send"), _address("quote_send"), "send", CHANGE, primary=True, when=_is(APPROVED)),
            Action(gettext_lazy("New link"), _address("quote_send"), "link", CHANGE, when=_is(SENT)),
            Action(
                gettext_lazy("New version"), _address("quote_version"), "copy", CHANGE, post=True, when=_is(*RENEWABLE)
            ),
            Action(gettext_lazy("PDF"), _address("quote_pdf"), "file-text", "opportunities.view_quote"),
        ),
        attributes=(
            (gettext_lazy("Opportunity"), _opportunity),
            "contact",
            (gettext_lazy("amount"), lambda record: money_html(record.net, record.currency_id, "yuan")),
            (gettext_lazy("payment terms"), lambda record: listed("payment_terms").label(record.payment_terms)),
            (gettext_lazy("delivery terms"), lambda record: listed("delivery_terms").label(record.delivery_terms)),
            "delivery_place",
            (pgettext_lazy("quote", "valid until"), lambda record: day_html(record.valid_until)),
            "language",
            (gettext_lazy("priced on"), lambda record: day_html(record.quoted_on)),
            (gettext_lazy("sent on"), lambda record: day_html(record.sent_on)),
            (gettext_lazy("hours until it was sent"), lambda record: num(record.response_hours, 1)),
            "floor_reason",
            "remark",
            "team",
            "business_unit",
        ),
        select=(
            "customer",
            "opportunity__product_line",
            "contact",
            "currency",
            "owner",
            "team",
            "region",
            "business_unit",
        ),
    ),
)
