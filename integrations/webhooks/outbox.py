"""Notes messages in the transaction of what they tell, and sends them: claim, commit, send, record.

A message may come twice, when a worker dies between sending and recording: it carries its own id. Failed ones are tried again,
later each time; an address that fails gets a pause, and is switched off after days of it and its owner told.
"""

import datetime as dt
import time
from collections.abc import Sequence
from typing import Any

import orjson
import structlog
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer

from crm.base.remembered import Remembered, changed
from crm.errors import DomainError
from crm.jobs import enqueue
from crm.languages import in_each_language, lazily
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.records.masking import unmask_rows
from crm.workflow.domain.notifications import notify
from crm.workflow.models import ApprovalAssignment
from integrations.api.reading import serializer_for
from integrations.api.resources import RESOURCES, Resource
from integrations.domain.webhooks import secrets_of
from integrations.enums import SendState, Topic
from integrations.models import Webhook, WebhookDelivery
from integrations.webhooks import net, oa
from integrations.webhooks.pausing import is_paused, pause
from integrations.webhooks.signing import HEADER, header

WAITS = (1, 5, 30, 120, 360, 720, 720, 720)  # minutes before the next attempt; then it is given up
BUSY = (408, 429)  # answers that are about the address and not about the message
LOST = dt.timedelta(minutes=5)  # sending takes seconds
RUN = 20.0  # seconds of one address
KEPT = dt.timedelta(days=30)
ATTEMPTS_KEPT = 30  # of one message, which may be sent again and again
SEND = "integrations.send_webhook"
log = structlog.get_logger(__name__)

_BY_LABEL: dict[str, Resource] = {resource.model._meta.label_lower: resource for resource in RESOURCES}


def _load() -> list[tuple[int, frozenset[str], frozenset[str], int]]:
    rows = Webhook.objects.filter(is_active=True).order_by("pk")
    return [(row.pk, frozenset(row.topics), frozenset(row.records), row.owner_id) for row in rows]


_ACTIVE: Remembered[list[tuple[int, frozenset[str], frozenset[str], int]]] = Remembered(_load)


def note(event: str, label: str, keys: Sequence[int]) -> None:
    """A message for each webhook that is told of such events and records. Called in the transaction of what happened."""
    resource = _BY_LABEL.get(label)
    if resource is None or not keys:
        return
    wanted = [
        pk
        for pk, events, records, _owner in _ACTIVE.get()
        if event in events and (not records or resource.name in records)
    ]
    if wanted:
        _write(wanted, event, label, keys)


def note_approval(request: int, assignment: int, user: int) -> None:
    """A message for each webhook of the person whose turn it is to decide."""
    wanted = [pk for pk, events, _r, owner in _ACTIVE.get() if Topic.APPROVAL in events and owner == user]
    if wanted:
        _write(wanted, Topic.APPROVAL, oa.ASSIGNMENT, [assignment])


def _write(webhooks: Sequence[int], event: str, label: str, keys: Sequence[int]) -> None:
    now = timezone.now()
    with transaction.atomic():
        WebhookDelivery.objects.bulk_create(
            (
                WebhookDelivery(webhook_id=webhook, event=event, label=label, object_id=key, at=now, due_at=now)
                for webhook in webhooks
                for key in keys
            ),
            batch_size=1000,
        )
        for webhook in webhooks:
            enqueue(SEND, webhook=webhook)


def waiting_webhooks() -> list[int]:
    """The keys of the addresses that something is due for."""
    now = timezone.now()
    due = Q(state=SendState.WAITING, due_at__lte=now) | Q(state=SendState.SENDING, claimed_at__lt=now - LOST)
    rows = WebhookDelivery.objects.filter(due, webhook__is_active=True).order_by()
    return sorted(rows.values_list("webhook", flat=True).distinct())


def queue_due() -> None:
    """Each address has a task of its own, so that one that is slow holds up no other."""
    for webhook in waiting_webhooks():
        enqueue(SEND, webhook=webhook)


def send_to(webhook: int) -> int:
    """Send what is due to one address, one after the other; returns how many were delivered.

    After RUN the others have their turn. Nothing is done while another worker is at this address, or while it has its pause
    after a failure.
    """
    if is_paused(webhook):
        return 0
    try:
        with session_lock(AdvisoryLock.WEBHOOK, webhook):
            sent = _run(webhook)
    except LockTaken:
        return 0  # whoever has it looks for more when it is done
    if webhook in waiting_webhooks() and not is_paused(webhook):
        enqueue(SEND, webhook=webhook)
    return sent


def _run(webhook: int) -> int:
    lost = WebhookDelivery.objects.filter(webhook=webhook, state=SendState.SENDING)
    lost.filter(claimed_at__lt=timezone.now() - LOST).update(state=SendState.WAITING)
    sent, until = 0, time.monotonic() + RUN
    while (delivery := _claim(webhook)) is not None:
        sent += _send(delivery)
        if is_paused(webhook) or time.monotonic() >= until:
            break
    return sent


def _claim(webhook: int) -> WebhookDelivery | None:
    """The next message to the address, marked as being sent."""
    now = timezone.now()
    waiting = WebhookDelivery.objects.filter(
        webhook=webhook, state=SendState.WAITING, due_at__lte=now, webhook__is_active=True
    )
    with transaction.atomic():
        found = waiting.select_for_update(of=("self",), skip_locked=True).order_by("due_at", "pk").first()
        if found is None:
            return None
        mine = WebhookDelivery.objects.filter(pk=found.pk)
        mine.update(state=SendState.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    return mine.select_related("webhook__owner").get()


def _send(delivery: WebhookDelivery) -> bool:
    """Send one; whether it was delivered."""
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, state=SendState.SENDING)
    if not delivery.body or delivery.event == Topic.APPROVAL:
        try:
            made = _written(delivery, mine)
        except Exception as error:  # a message that cannot be written holds up no other
            log.error("webhook_message_not_written", delivery=delivery.pk, error=repr(error))
            _failed(delivery, mine, gettext_lazy("The message could not be written."), None)
            return False
        if made is None:
            mine.update(state=SendState.DROPPED)
            return False
        delivery.body = made
    body, stamp = delivery.body.encode(), int(time.time())
    try:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Hengpu-Webhook/1",
            "Hengpu-Message": str(delivery.message),
            "Hengpu-Event": delivery.event,
            HEADER: header(secrets_of(delivery.webhook), stamp, body),
        }
        answered = net.post(delivery.webhook.url, body, headers)
    except DomainError as error:
        _failed(delivery, mine, error.message, None)
        pause(delivery.webhook)
        return False
    if 200 <= answered.status < 300:
        said = {
            "status": answered.status,
            "answer": oa.without_token(answered.text),
            "milliseconds": answered.milliseconds,
            "error": "",
            "errors": {},
            "log": _logged(delivery, answered, {}),
        }
        mine.update(state=SendState.SENT, sent_at=timezone.now(), **said)
        Webhook.objects.filter(pk=delivery.webhook_id, failing_since__isnull=False).update(failing_since=None)
        return True
    _failed(delivery, mine, lazily(gettext_lazy("The answer was %(status)s."), status=answered.status), answered)
    if answered.status >= 500 or answered.status in BUSY:
        pause(delivery.webhook)
    return False


def _written(delivery: WebhookDelivery, mine: Any) -> str | None:
    """What is sent, kept with the message; None when there is nothing to tell any more. The row is locked meanwhile: who erases
    personal data empties it after that, and not before."""
    with transaction.atomic():
        list(mine.select_for_update())
        made = _body(delivery)
        if made is not None:
            mine.update(body=oa.without_token(made) if delivery.event == Topic.APPROVAL else made)
    return made


def _logged(delivery: WebhookDelivery, answered: net.Answered | None, errors: dict[str, str]) -> list[dict[str, Any]]:
    """The attempts with this one."""
    status, took = (answered.status, answered.milliseconds) if answered else (None, None)
    attempt = {"at": timezone.now().isoformat(), "status": status, "milliseconds": took, "errors": errors}
    return [*delivery.log, attempt][-ATTEMPTS_KEPT:]


def _failed(delivery: WebhookDelivery, mine: Any, error: Any, answered: net.Answered | None) -> None:
    """Later again, or given up; and switched off when it has failed for days. `error` is a lazy text."""
    now, attempts = timezone.now(), delivery.attempts
    over = attempts > len(WAITS)
    errors = in_each_language(lambda: str(error))
    mine.update(
        state=SendState.FAILED if over else SendState.WAITING,
        due_at=now + dt.timedelta(minutes=WAITS[min(attempts, len(WAITS)) - 1]),
        error=str(error),
        errors=errors,
        log=_logged(delivery, answered, errors),
        status=answered.status if answered else None,
        answer=oa.without_token(answered.text) if answered else "",
        milliseconds=answered.milliseconds if answered else None,
    )
    webhook = delivery.webhook
    Webhook.objects.filter(pk=webhook.pk, failing_since=None).update(failing_since=now)
    since = webhook.failing_since or now
    if now - since >= dt.timedelta(days=settings.WEBHOOK_FAILING_DAYS):
        _switch_off(webhook, now, error)


def _switch_off(webhook: Webhook, now: dt.datetime, error: Any) -> None:
    with transaction.atomic():
        if not Webhook.objects.filter(pk=webhook.pk, is_active=True).update(is_active=False, disabled_at=now):
            return
        changed()
        notify(
            recipients=[webhook.owner],
            kind="webhook.off",
            title=lambda: _("The webhook “%(name)s” was switched off") % {"name": webhook.name},
            text=lambda: _("It has failed for days: %(error)s") % {"error": error},
            url=f"/integrations/webhooks/{webhook.pk}/",
        )


def _body(delivery: WebhookDelivery) -> str | None:
    """The message as JSON; None when its owner does not see, or not any more, what it is about."""
    owner = delivery.webhook.owner
    if not owner.is_active:
        return None
    said: dict[str, Any] = {
        "id": str(delivery.message),
        "event": delivery.event,
        "at": delivery.at.isoformat(),
    }
    if delivery.event == Topic.APPROVAL:
        more = oa.message(delivery)
        if more is None:
            return None
        said |= more
    elif delivery.label:
        resource = _BY_LABEL[delivery.label]
        record = _seen(resource, owner, delivery.object_id)
        if record is None:
            return None
        said |= {"kind": resource.name, "record": record}
    return orjson.dumps(said).decode()


def _seen(resource: Resource, owner: Any, pk: int | None) -> Any:
    """The record as the API shows it to the owner."""
    right = resource.permission("view")
    if right and not owner.has_perm(right):
        return None
    rows = apps.get_model(resource.model._meta.label).objects.visible_to(owner)
    record = (rows.prefetch_related(resource.lines) if resource.lines else rows).filter(pk=pk).first()
    if record is None:
        return None
    if hasattr(record, "masked"):
        unmask_rows([record], owner)
    shown = serializer_for(resource.model, resource.hidden, resource.lines, resource.only)
    return orjson.loads(JSONRenderer().render(shown(record, context={"reader": owner}).data))


def empty_messages(label: str, keys: Sequence[int]) -> None:
    """Keep nothing of what was told of these records, whose personal data was erased, and of approvals of them; one that is sent
    again is made anew."""
    kind = ContentType.objects.get_for_model(apps.get_model(label))
    asked = ApprovalAssignment.objects.filter(request__content_type=kind, request__object_id__in=keys)
    told = Q(label=label, object_id__in=keys) | Q(label=oa.ASSIGNMENT, object_id__in=asked.values("pk"))
    WebhookDelivery.objects.filter(told).exclude(body="").update(body="", answer="")


def forget_messages() -> int:
    """Delete messages that are over and older than a month; returns how many."""
    over = (SendState.SENT, SendState.FAILED, SendState.DROPPED)
    count, _by_model = WebhookDelivery.objects.filter(state__in=over, at__lt=timezone.now() - KEPT).delete()
    return count
