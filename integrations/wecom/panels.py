"""Check-ins on the timeline of a customer."""

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.extension_points import TimelineEvent
from crm.workflow.filters.task import midnight
from customers.models import Customer
from integrations.models import WecomCheckin
from integrations.wecom.tables import distance_text

SEE_CHECKINS = "integrations.view_wecomcheckin"


def checkin_events(request: HttpRequest, customer: Customer, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """Who was there, with what speaks for and against it."""
    rows = WecomCheckin.objects.visible_to(request.user).filter(customer=customer).select_related("user")
    if before is not None:
        rows = rows.filter(at__lt=midnight(before))
    return [
        TimelineEvent(
            timezone.localtime(row.at).date(),
            "map-pin-check",
            _("Checked in with WeCom: %(place)s") % {"place": row},
            " · ".join(filter(None, (row.address, distance_text(row.distance), row.exception))),
            reverse("integrations:wecomcheckin_record", args=[row.pk]),
            "w" if row.exception else "o",
            row.user.label,
            row.at,
        )
        for row in rows.order_by("-at", "-pk")[:limit]
    ]
