"""How the message of a record stands: on the pages of customers and order requests, and on its own."""

import json
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.querysets import may_write
from crm.extension_points import Panel
from customers.models import Customer
from integrations.domain.outbox.existing import existing_number
from integrations.domain.outbox.kinds import switched_on
from integrations.domain.outbox.messages import ENDED, may_take_back
from integrations.domain.outbox.registry import kind_of
from integrations.domain.outbox.words import in_words
from integrations.enums import MessageKind, MessageState
from integrations.models import ExternalRef, OutboxMessage
from integrations.sync.lookups import SYSTEM
from integrations.tables import MESSAGE_TONES
from orders.enums import OrderRequestState
from orders.models import OrderRequest

STEPS = ("send", "give-up", "correct", "use", "anyway")
GIVES_UP = (MessageState.WAITING, MessageState.REFUSED, MessageState.DEAD)


def of_order(request: HttpRequest, record: OrderRequest) -> dict[str, Any] | None:
    """An order request's page."""
    return _panel(request, MessageKind.ORDER, record, record.state == OrderRequestState.SUBMITTED)


def of_customer(request: HttpRequest, record: Customer) -> dict[str, Any] | None:
    """A customer's page; nothing once it is known there otherwise."""
    refs = ExternalRef.objects.visible_to(request.user).filter(system=SYSTEM, entity="customer", object_id=record.pk)
    found = _panel(request, MessageKind.PARTNER, record, not record.merged_into_id and not refs.exists())
    given_up = found is not None and found["message"] is not None and found["message"].state == MessageState.GIVEN_UP
    return None if given_up and refs.exists() else found


def _panel(request: HttpRequest, kind: MessageKind, record: Any, can_go: bool) -> dict[str, Any] | None:
    """Words and buttons; None where there is neither a message nor the possibility of one."""
    user: Any = request.user
    may = bool(user.has_perm(kind_of(kind).change) and may_write(user, record))
    message = OutboxMessage.objects.visible_to(request.user).filter(kind=kind, object_id=record.pk).first()
    name = f"integrations:{kind}_step"
    urls = {step.replace("-", "_"): reverse(name, args=[record.pk, step]) for step in STEPS}
    if message is None:
        if not (may and can_go):
            return None
        sends, corrects = kind in switched_on(), kind_of(kind).take_back is not None
        return {"message": None, "urls": urls, "sends": sends, "corrects": corrects} if sends or corrects else None
    return {
        "message": message,
        "words": in_words(message),
        "tone": MESSAGE_TONES[message.state],
        "urls": urls,
        "may": may,
        "again": can_go and message.state in ENDED,
        "existing": existing_number(message),
        "gives_up": message.state in GIVES_UP,
        "corrects": can_go and may_take_back(message),
    }


def exchanged(request: HttpRequest, message: OutboxMessage) -> dict[str, Any]:
    """A message's own page: how it stands in words, what was sent and what was answered, as JSON."""
    kind = kind_of(message.kind)
    model: Any = apps.get_model(kind.model)
    record = model.objects.visible_to(request.user).filter(pk=message.object_id).first()
    parts = ((_("Sent"), message.payload), (_("Answer of the ERP"), message.answer))
    texts = [(label, json.dumps(body, ensure_ascii=False, indent=2)) for label, body in parts if body]
    return {
        "message": message,
        "words": in_words(message),
        "parts": texts,
        "record_url": reverse(kind.page, args=[record.pk]) if record is not None else "",
    }


PANEL = "integrations/_outbox.html"
ORDER_PANELS = (Panel(key="erp", label=_("In the ERP"), slot="side", template=PANEL, context=of_order, order=5),)
CUSTOMER_PANELS = (
    Panel(key="erp", label=_("In the ERP"), slot="tab", template=PANEL, context=of_customer, order=79, tab="profile"),
)
MESSAGE_PANELS = (
    Panel(
        key="exchanged", label=_("Exchange"), slot="main", template="integrations/_exchanged.html", context=exchanged
    ),
)
