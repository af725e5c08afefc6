"""The pages of complaints."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.errors import DomainError
from crm.formats import day_html, money_html, qty_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from customers.tables.cells import customer_url
from service.domain.complaint import create_complaint, is_backward, move_complaint, update_complaint
from service.enums import ComplaintState
from service.filters import ComplaintFilter
from service.forms.complaint import ComplaintForm, MoveForm
from service.models import Complaint
from service.tables import SEVERITY_TONES, STATE_TONES, ComplaintTable, is_late

ORDER = (ComplaintState.REGISTERED, ComplaintState.INVESTIGATING, ComplaintState.ANSWERED, ComplaintState.CLOSED)
MOVE_LABELS = {
    ComplaintState.INVESTIGATING: _("Start investigation"),
    ComplaintState.ANSWERED: _("Answer"),
    ComplaintState.CLOSED: _("Close the complaint"),
}
REOPEN = _("Take up again")


def move_label(source: str, target: str) -> Any:
    """What the step is called."""
    return REOPEN if is_backward(source, target) else MOVE_LABELS[ComplaintState(target)]


class MoveView(EntityView):
    """A step of a complaint: asks what the step needs, then takes it."""

    action = "change"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A target that is no state is 404."""
        if kwargs["target"] not in MOVE_LABELS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the step asks for."""
        complaint = self.record()
        return self.show(
            complaint, self.form(complaint, initial={"cause": complaint.cause, "action": complaint.action})
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step."""
        complaint = self.record()
        form = self.form(complaint, data=request.POST)
        if not form.is_valid():
            return self.show(complaint, form, status=422)
        try:
            move_complaint(complaint, kwargs["target"], actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(complaint, form, status=422)
        text = _("%(number)s is now: %(state)s.")
        messages.success(request, text % {"number": complaint.code, "state": complaint.get_state_display()})
        return HttpResponseRedirect(self.entity.record_url(complaint))

    def form(self, complaint: Complaint, **kwargs: Any) -> MoveForm:
        """The form of the step."""
        target = self.kwargs["target"]
        return MoveForm(target=target, backward=is_backward(complaint.state, target), **kwargs)

    def show(self, complaint: Complaint, form: MoveForm, status: int = 200) -> HttpResponse:
        """The page of the step."""
        label = move_label(complaint.state, self.kwargs["target"])
        url = self.entity.record_url(complaint)
        crumbs = [self.context()["list_crumb"], (complaint.code, url), (label, None)]
        context = self.context(form=form, step={"label": label}, record=complaint, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)


def steps(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    """The rail: done, current, to come, with the day each state was reached."""
    reached = {str(change.target): change.at for change in complaint.state_changes.all()}
    reached.setdefault(str(ComplaintState.REGISTERED), complaint.created_at)
    here = ORDER.index(ComplaintState(complaint.state))
    closed = complaint.state == ComplaintState.CLOSED
    return {
        "steps": [
            {
                "name": state.label,
                "state": "d" if index < here or closed else "c" if index == here else "",
                "at": reached.get(str(state)) if index <= here else None,
                "number": index + 1,
            }
            for index, state in enumerate(ORDER)
        ]
    }


def badges(complaint: Complaint) -> Sequence[str]:
    """Severity, state, and whether the answer is late."""
    out = [
        markup.badge(SEVERITY_TONES.get(complaint.severity, ""), complaint.get_severity_display()),
        markup.badge(STATE_TONES.get(complaint.state, ""), complaint.get_state_display(), True),
    ]
    if is_late(complaint):
        out.append(markup.badge("bad", gettext("answer overdue"), True))
    return out


def meta(complaint: Complaint) -> list[tuple[str, Any]]:
    """Customer, order, owner, days."""
    customer = complaint.customer
    link = format_html('<a href="{}">{}</a> {}', customer_url(customer.pk), customer.name, markup.grade(customer.grade))
    return [
        ("building-factory-2", link),
        ("shopping-cart", order_link(complaint)),
        ("user", complaint.owner.label if complaint.owner else ""),
        (
            "calendar-due",
            format_html("{} {}", gettext("answer due"), day_html(complaint.due_on)) if complaint.due_on else "",
        ),
    ]


def order_link(complaint: Complaint) -> Any:
    """The order with its link; empty without one."""
    if complaint.order is None:
        return ""
    return format_html(
        '<a href="{}">{}</a>', reverse("orders:salesorder_record", args=[complaint.order_id]), complaint.order
    )


def _move(source: str, target: str, icon: str, *, primary: bool = False) -> Action:
    return Action(
        move_label(source, target),
        lambda complaint: reverse("service:complaint_move", args=[complaint.pk, target]),
        icon,
        "service.change_complaint",
        primary=primary,
        when=lambda complaint: complaint.state == source,
    )


NEXT_STEPS = {
    ComplaintState.REGISTERED: _("Find out what happened, then answer the customer"),
    ComplaintState.INVESTIGATING: _("Write down the cause and the corrective action, then answer the customer"),
    ComplaintState.ANSWERED: _("Close it once the customer agrees"),
}


def next_step(request: HttpRequest, complaint: Complaint) -> dict[str, Any] | None:
    """What is to be done next; by when, while the customer waits for the answer."""
    text = NEXT_STEPS.get(ComplaintState(complaint.state))
    if text is None:
        return None
    return {"text": text, "due": None if complaint.state == ComplaintState.ANSWERED else complaint.due_on}


complaint_entity = Entity(
    model=Complaint,
    table=ComplaintTable,
    filterset=ComplaintFilter,
    nav="complaints",
    icon="headset",
    subtitle=_("From registration to closure"),
    empty_text=_("Register what a customer complains about: it stays in sight until it is closed."),
    page=RecordPage(
        title=lambda complaint: complaint.title,
        code=lambda complaint: complaint.code,
        badges=badges,
        meta=meta,
        select=("customer", "order", "product", "owner", "team", "business_unit"),
        strip="service/_steps.html",
        strip_context=steps,
        next_step=next_step,
        actions=(
            _move(ComplaintState.REGISTERED, ComplaintState.INVESTIGATING, "player-play", primary=True),
            _move(ComplaintState.INVESTIGATING, ComplaintState.ANSWERED, "message-2", primary=True),
            _move(ComplaintState.ANSWERED, ComplaintState.CLOSED, "circle-check", primary=True),
            _move(ComplaintState.ANSWERED, ComplaintState.INVESTIGATING, "rotate"),
            _move(ComplaintState.CLOSED, ComplaintState.INVESTIGATING, "rotate"),
        ),
        attributes=(
            (_("order"), order_link),
            "product",
            "defect",
            "batch",
            (_("quantity affected"), lambda complaint: qty_html(complaint.affected_kg)),
            (_("received on"), lambda complaint: day_html(complaint.received_on)),
            (_("answer due"), lambda complaint: day_html(complaint.due_on)),
            (_("loss"), lambda complaint: money_html(complaint.loss_base)),
            "team",
            "business_unit",
        ),
    ),
    form=ComplaintForm,
    create=create_complaint,
    update=update_complaint,
    bulk_edit=("severity", "defect", "product", "due_on"),
    presets=(
        Preset("all", _("All")),
        Preset("mine", _("Mine"), "owner=me"),
        Preset("open", _("Not closed"), "work=open", sort="due_on"),
        Preset("late", _("Answer overdue"), "work=late", sort="due_on"),
        Preset("serious", _("Serious"), "severity=S1&severity=S2"),
    ),
)
