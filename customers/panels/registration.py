"""Panels of a registration's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.domain.registration import OPEN
from customers.enums import RegistrationState
from customers.models import Customer, CustomerRegistration, CustomerRegistrationStateChange
from customers.tables.cells import customer_url

SECONDS_OF_DAY = 86_400
LOOKS = {
    RegistrationState.SUBMITTED: ("send", "p"),
    RegistrationState.APPROVED: ("check", "o"),
    RegistrationState.REJECTED: ("x", "b"),
    RegistrationState.RETURNED: ("arrow-back-up", "w"),
    RegistrationState.WITHDRAWN: ("circle-x", ""),
}


def result(request: HttpRequest, registration: CustomerRegistration) -> dict[str, Any]:
    """The reason why it came back, the customer that came of it, and what was passed over."""
    seen = Customer.objects.visible_to(request.user).filter(pk=registration.customer_id or 0).exists()
    may = registration.state in OPEN and request.user.has_perm("customers.change_customerregistration")
    return {
        "record": registration,
        "customer_url": customer_url(registration.customer_id) if registration.customer_id and seen else "",
        "passed_over": registration.passed_over,
        "edit_url": reverse("customers:customerregistration_edit", args=[registration.pk]) if may else "",
    }


def history(request: HttpRequest, registration: CustomerRegistration) -> dict[str, Any]:
    """The steps, newest first."""
    rows = CustomerRegistrationStateChange.objects.visible_to(request.user).filter(record=registration)
    return {"events": [_event(row) for row in rows.select_related("actor").order_by("-at", "-pk")[:50]]}


def _event(row: CustomerRegistrationStateChange) -> dict[str, Any]:
    icon, tone = LOOKS.get(row.target, ("point", ""))  # type: ignore[call-overload]
    days = row.seconds_in_source // SECONDS_OF_DAY
    words = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    after = _("after %(days)s in “%(stage)s”") % {"days": words, "stage": row.get_source_display()}
    text = " · ".join(part for part in (after, row.reason) if part)
    return {
        "icon": icon,
        "tone": tone,
        "title": row.get_target_display(),
        "text": text,
        "who": row.actor.label if row.actor else "",
        "at": row.at,
    }
