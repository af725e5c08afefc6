"""The pages of tenders."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import day_html, money_html
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import EditView, add_error
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, leads_to, step_actions
from crm.markup import badge
from crm.workflow.forms.approval import SubmitForm
from opportunities.domain.tenders import course, parts
from opportunities.domain.tenders.tenders import BEFORE_SUBMISSION, create_tender, update_tender
from opportunities.enums import TenderState
from opportunities.filters.tender import TenderFilter
from opportunities.forms.tender import (
    BidForm,
    BondForm,
    LotForm,
    OpeningForm,
    PaperForm,
    ResultForm,
    SubmissionForm,
    TenderForm,
)
from opportunities.models import Tender, TenderBid, TenderDocument, TenderLot
from opportunities.panels.tender import bids_by_lot, lots_of
from opportunities.tables.opportunity import record_url as opportunity_url
from opportunities.tables.tender import TenderTable, bond_state, state_badge
from opportunities.views.parts import Part

CHANGE = "opportunities.change_tender"
RUNNING = "&".join(f"state={state}" for state in ("preparing", "pricing", "approved", "submitted", "opened"))


class TenderRecord(RecordView):
    """A tender's page; what was handed in is not edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once the bid was handed in."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state in BEFORE_SUBMISSION else {**context, "edit_url": ""}


class TenderBond(EditView):
    """The bond and the lessons, which go on after the bid was handed in."""

    def form(self, **kwargs: Any) -> Any:
        """Asks for these alone."""
        return BondForm(user=self.request.user, **kwargs)


class TenderResult(EntityView):
    """Asks who got each lot."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The lots with their bidders; a tender that is not opened, or decided, leads to its page."""
        record = self.record()
        if record.state != TenderState.OPENED:
            messages.info(request, _("The result is entered once, after the bids were opened."))
            return HttpResponseRedirect(self.entity.record_url(record))
        return self.show(record, self.form(record))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the result."""
        record = self.record()
        form = self.form(record, request.POST)
        if not form.is_valid():
            return self.show(record, form, status=422)
        values = form.cleaned_data
        try:
            course.decide_tender(
                tender=record,
                actor=request.user,  # type: ignore[arg-type]
                winners=form.winners(),
                lessons=values["lessons"],
                on=values["on"],
            )
        except DomainError as error:
            add_error(form, error)
            return self.show(record, form, status=422)
        messages.success(request, _("The result of %(name)s was kept.") % {"name": record})
        return HttpResponseRedirect(self.entity.record_url(record))

    def form(self, record: Tender, data: Any = None) -> ResultForm:
        """A choice for each lot."""
        lots, bids = lots_of(self.request, record), bids_by_lot(self.request, record)
        return ResultForm(data, lots=lots, bids=bids, initial={"lessons": record.lessons})

    def show(self, record: Tender, form: ResultForm, status: int = 200) -> HttpResponse:
        """The page that asks."""
        url, title = self.entity.record_url(record), _("Enter the result")
        crumbs = [self.context()["list_crumb"], (str(record), url), (title, None)]
        context = self.context(record=record, step={"label": title}, form=form, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)


def _run(function: Any) -> Any:
    def run(record: Tender, **values: Any) -> Any:
        return function(tender=record, **values)

    return run


def _step(target: str, label: Any, icon: str, function: Any, form: Any, *, primary: bool = False) -> Step:
    return Step(target, label, icon, CHANGE, _run(function), leads_to(target), form, primary)


STEPS = (
    _step(
        TenderState.PRICING,
        gettext_lazy("Send the price for approval"),
        "send",
        course.ask_price,
        SubmitForm,
        primary=True,
    ),
    _step(
        TenderState.SUBMITTED,
        gettext_lazy("Bid handed in"),
        "checks",
        course.submit_tender,
        SubmissionForm,
        primary=True,
    ),
    _step(TenderState.OPENED, gettext_lazy("Bids opened"), "eye", course.open_bids, OpeningForm, primary=True),
    Step(
        TenderState.PREPARING,
        gettext_lazy("Change prices again"),
        "arrow-back-up",
        CHANGE,
        _run(course.reopen_prices),
        lambda record: record.state == TenderState.APPROVED,
        ReasonForm,
    ),
    _step(TenderState.CANCELLED, gettext_lazy("Cancel the tender"), "circle-x", course.cancel_tender, ReasonForm),
)
PARTS = (
    Part(
        "lot",
        gettext_lazy("Lot"),
        TenderLot,
        LotForm,
        "tender",
        parts.add_lot,
        parts.change_lot,
        parts.remove_lot,
    ),
    Part(
        "paper",
        gettext_lazy("Paper"),
        TenderDocument,
        PaperForm,
        "tender",
        parts.add_paper,
        parts.change_paper,
        parts.remove_paper,
    ),
    Part(
        "bid",
        gettext_lazy("Bid"),
        TenderBid,
        BidForm,
        "lot__tender",
        parts.add_bid,
        parts.change_bid,
        parts.remove_bid,
    ),
)


def _customer(record: Tender) -> Any:
    url = reverse("customers:customer_record", args=[record.customer_id])
    return format_html('<a href="{}">{}</a>', url, record.customer.name)


def _opportunity(record: Tender) -> Any:
    if record.opportunity is None:
        return ""
    return format_html('<a href="{}">{}</a>', opportunity_url(record.opportunity), record.opportunity)


def _badges(record: Tender) -> list[str]:
    found = bond_state(record)
    late = found is not None and found[0] == "bad"
    return [state_badge(record), *([badge("bad", _("refund of the bond overdue"), dot=True)] if late else [])]


tender_entity = Entity(
    model=Tender,
    table=TenderTable,
    filterset=TenderFilter,
    form=TenderForm,
    create=create_tender,
    update=update_tender,
    nav="tenders",
    icon="briefcase",
    subtitle=gettext_lazy("Invitations, deadlines, papers, bonds, and everybody's prices once the bids are opened"),
    empty_text=gettext_lazy("Enter the invitation with its deadlines: you are told in time of each."),
    views={"record": TenderRecord},
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("running", pgettext_lazy("tenders", "Running"), RUNNING, sort="submission_due"),
        Preset("mine", pgettext_lazy("tenders", "My running ones"), f"{RUNNING}&owner=me", sort="submission_due"),
        Preset("bonds", gettext_lazy("Bonds that are out"), "bond=on"),
        Preset("late", gettext_lazy("Overdue refunds"), "refund_late=on"),
        Preset("won", pgettext_lazy("tenders", "Won"), "state=won"),
        Preset("lost", pgettext_lazy("tenders", "Lost"), "state=lost"),
    ),
    page=RecordPage(
        title=lambda record: record.title,
        code=lambda record: record.code,
        badges=_badges,
        meta=lambda record: [
            ("building-factory-2", _customer(record)),
            ("user", record.owner.label if record.owner else ""),
            ("currency-yuan", money_html(record.amount_base)),
        ],
        actions=(
            *step_actions("opportunities:tender", STEPS),
            Action(
                gettext_lazy("Enter the result"),
                lambda record: reverse("opportunities:tender_result", args=[record.pk]),
                "trophy",
                CHANGE,
                primary=True,
                when=lambda record: record.state == TenderState.OPENED,
            ),
            Action(
                gettext_lazy("Bond and lessons"),
                lambda record: reverse("opportunities:tender_bond", args=[record.pk]),
                "receipt-refund",
                CHANGE,
            ),
        ),
        attributes=(
            "reference",
            "kind",
            (gettext_lazy("Invitation received on"), lambda record: day_html(record.received_on)),
            (gettext_lazy("Opportunity"), _opportunity),
            "product_line",
            "product",
            "team",
            "remark",
            "lessons",
        ),
        select=(
            "customer",
            "opportunity",
            "owner",
            "team",
            "business_unit",
            "currency",
            "product_line",
            "product",
            "submitted_by",
        ),
    ),
)
