"""Send what waits: claim rows, commit, send, record. So nothing is sent twice, whatever dies in between.

A failed attempt is made again later. Rows whose worker died while it sent may have gone out: they are given up, and stay in
the inbox.
"""

import datetime as dt

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from crm import extension_points
from crm.workflow.models import Delivery
from crm.workflow.models.delivery import DeliveryState

MOST = 100  # notifications in one mail
ATTEMPTS = 5
LOST = dt.timedelta(minutes=15)  # sending takes seconds

log = structlog.get_logger(__name__)


def deliver_due() -> int:
    """Send what is due, one message per person and channel; returns how many notifications went out."""
    now = timezone.now()
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=now - LOST)
    lost.update(state=DeliveryState.FAILED, error="the worker ended while sending")
    sent = 0
    while rows := _claim(now):
        sent += _send(rows)
    return sent


def _claim(now: dt.datetime) -> list[Delivery]:
    """The waiting rows of one person and channel, marked as being sent; those another worker holds are left to it."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now)
    with transaction.atomic():
        free = waiting.select_for_update(of=("self",), skip_locked=True)
        first = free.order_by("due_at", "pk").select_related("notification").first()
        if first is None:
            return []
        same = free.filter(channel=first.channel, notification__recipient=first.notification.recipient_id)
        rows = list(same.order_by("pk")[:MOST])
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=DeliveryState.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
    return rows


def _send(rows: list[Delivery]) -> int:
    mine = Delivery.objects.filter(pk__in=[row.pk for row in rows], state=DeliveryState.SENDING)
    try:
        channel = extension_points.notification_channels.get(rows[0].channel)
        if channel.deliver is None or not channel.configured():
            raise LookupError("the channel is not set up")
        channel.deliver([row.notification_id for row in rows])
    except LookupError as error:
        mine.update(state=DeliveryState.FAILED, error=str(error))
        return 0
    except Exception as error:
        log.warning("delivery_failed", channel=rows[0].channel, error=repr(error))
        attempts = rows[0].attempts + 1
        again = timezone.now() + dt.timedelta(minutes=5 ** (attempts - 1))
        state = DeliveryState.FAILED if attempts >= ATTEMPTS else DeliveryState.WAITING
        mine.update(state=state, due_at=again, error=repr(error)[:500])
        return 0
    mine.update(state=DeliveryState.SENT, sent_at=timezone.now(), error="")
    return len(rows)
