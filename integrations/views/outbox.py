"""Messages to the ERP: the list of all of them, and the buttons on the pages of their records."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from crm import markup
from crm.base.querysets import may_write
from crm.errors import DomainError
from crm.formats import moment_html
from crm.generic.entity import BulkAction, Entity, HeadAction, Preset
from crm.generic.forms import style
from crm.generic.layout import RecordPage
from crm.generic.views.edit import told
from crm.generic.views.step import Step, step_actions
from crm.workflow.links import address_of
from customers.models import Customer
from integrations.domain.outbox.existing import create_anyway, use_existing
from integrations.domain.outbox.messages import (
    ENDED,
    give_up,
    hand_over,
    send_again,
    send_again_many,
    take_record_back,
)
from integrations.domain.outbox.registry import kind_of
from integrations.enums import MessageKind, MessageState
from integrations.filters import OutboxFilter
from integrations.forms import ReasonForm
from integrations.models import OutboxMessage
from integrations.tables import MESSAGE_TONES, OutboxTable
from orders.models import OrderRequest

SEND = "integrations.send_outboxmessage"
PRESSED = ("send", "use", "anyway")
AGAIN = (*ENDED, MessageState.WAITING, MessageState.DOUBT)


def _moment(at: Any) -> Any:
    return moment_html(at) if at else "—"


def _next(message: OutboxMessage) -> Any:
    under_way = message.state in (MessageState.WAITING, MessageState.DOUBT)
    return moment_html(message.next_try_at) if under_way else "—"


STEPS = (
    Step(
        MessageState.WAITING,
        gettext_lazy("Send again"),
        "send",
        SEND,
        lambda record, **values: send_again(message=record, **values),
        lambda record: record.state in AGAIN,
        primary=True,
    ),
    Step(
        MessageState.GIVEN_UP,
        gettext_lazy("Give up"),
        "x",
        SEND,
        lambda record, **values: give_up(message=record, **values),
        lambda record: record.state in (MessageState.WAITING, MessageState.REFUSED, MessageState.DEAD),
        form=ReasonForm,
    ),
)

outbox_entity = Entity(
    model=OutboxMessage,
    table=OutboxTable,
    filterset=OutboxFilter,
    dossier=False,
    nav="outbox",
    icon="cloud-check",
    subtitle=gettext_lazy("Customers and order requests on their way to the ERP"),
    page=RecordPage(
        title=lambda message: message.title,
        code=lambda message: message.reference,
        badges=lambda message: [markup.badge(MESSAGE_TONES[message.state], message.get_state_display())],
        meta=lambda message: [("clock", moment_html(message.created_at))],
        actions=step_actions("integrations:outboxmessage", STEPS),
        attributes=(
            "kind",
            (gettext_lazy("number in the ERP"), lambda message: message.erp_number or "—"),
            (gettext_lazy("our reference"), lambda message: message.reference),
            "attempts",
            (gettext_lazy("next attempt"), _next),
            (gettext_lazy("sent without an answer"), lambda message: _moment(message.posted_at)),
        ),
    ),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("open", gettext_lazy("On their way"), "state=waiting&state=sending&state=doubt"),
        Preset("stopped", gettext_lazy("Refused or not delivered"), "state=refused&state=dead"),
        Preset("doubt", gettext_lazy("In doubt"), "state=doubt"),
    ),
    head_actions=(
        HeadAction(
            gettext_lazy("Handing over"), "integrations:handing_over", "settings", "integrations.view_salesarea"
        ),
    ),
    bulk_actions=(
        BulkAction(
            "again",
            gettext_lazy("Send again"),
            "send",
            SEND,
            send_again_many,
            None,
            gettext_lazy("%(count)d messages are sent again."),
        ),
    ),
    empty_text=gettext_lazy("What is handed over to the ERP is listed here, with what the ERP answered."),
)


class RecordStep(View):
    """What people do with the message of their record: STEP_WORDS. Those that are not PRESSED ask why."""

    kind = MessageKind.ORDER
    model: Any = OrderRequest
    nav = "order_requests"  # the entry of the menu that the record belongs to

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The right to change such records, and the record in scope."""
        user: Any = request.user
        meta = self.model._meta
        if not user.has_perms([f"{meta.app_label}.{action}_{meta.model_name}" for action in ("view", "change")]):
            raise PermissionDenied
        found = self.model.objects.visible_to(user).filter(pk=kwargs["pk"]).first()
        if found is None or kwargs["step"] not in STEP_WORDS:
            raise Http404
        if not may_write(user, found):
            raise PermissionDenied
        self.record = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """The page that asks why; sending asks nothing."""
        if step in PRESSED:
            return HttpResponseRedirect(address_of(self.record))
        return self.show(ReasonForm())

    def post(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Do it; a rule that speaks against it is shown."""
        form = ReasonForm(request.POST)
        if step not in PRESSED and not form.is_valid():
            return self.show(form, status=422)
        try:
            self.act(step, form)
        except DomainError as error:
            messages.error(request, told(error))
        else:
            messages.success(request, _("%(name)s: %(step)s") % {"name": self.record, "step": STEP_WORDS[step]})
        return HttpResponseRedirect(address_of(self.record))

    def act(self, step: str, form: ReasonForm) -> None:
        """Call the step's domain function. Raises DomainError."""
        user: Any = self.request.user
        rows = OutboxMessage.objects.visible_to(user)
        message = rows.filter(kind=self.kind, object_id=self.record.pk).first()
        if step == "send" and message is None:
            hand_over(kind=self.kind, record=self.record, actor=user)
        elif step == "correct" and message is None and (take_back := kind_of(self.kind).take_back):
            take_back(self.record, user, form.cleaned_data["reason"])
        elif message is None:
            raise DomainError(_("Nothing of it is on its way to the ERP."))
        elif step == "send":
            send_again(message=message, actor=user)
        elif step == "use":
            use_existing(message=message, actor=user)
        elif step == "anyway":
            create_anyway(message=message, actor=user)
        elif step == "give-up":
            give_up(message=message, actor=user, reason=form.cleaned_data["reason"])
        else:
            take_record_back(message=message, actor=user, reason=form.cleaned_data["reason"])

    def show(self, form: ReasonForm, status: int = 200) -> HttpResponse:
        """The page that asks."""
        for field in form.fields.values():
            style(field)
        url = address_of(self.record)
        crumbs = [(str(self.record), url), (STEP_WORDS[self.kwargs["step"]], None)]
        context = {"form": form, "record": self.record, "cancel_url": url, "crumbs": crumbs}
        context |= {"step": {"label": STEP_WORDS[self.kwargs["step"]]}, "nav": self.nav}
        return render(self.request, "generic/step.html", context, status=status)


class CustomerStep(RecordStep):
    """The same for customers."""

    kind = MessageKind.PARTNER
    model = Customer
    nav = "customers"


STEP_WORDS = {
    "send": gettext_lazy("Send to the ERP"),
    "give-up": gettext_lazy("Do not send to the ERP"),
    "correct": gettext_lazy("Take back and correct"),
    "use": gettext_lazy("Use the number that the ERP has"),
    "anyway": gettext_lazy("Another company: create it"),
}
