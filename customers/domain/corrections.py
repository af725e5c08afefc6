"""Whether a customer's archive was right the first time: corrections soon after its registration speak against it."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from crm.events import facts_changed
from crm.periods import month_start
from customers.enums import RegistrationState
from customers.models import CustomerRegistration

FACT = "registration"
CORRECTED_WITHIN = dt.timedelta(days=30)
PROTECTED = ("name", "credit_code")  # putting these right says that they were not right the first time


def note_corrections(customers: Sequence[int]) -> int:
    """Remember that the name or the credit code of these customers was put right, where that is soon enough after their
    registration to count; returns for how many."""
    today = timezone.localdate()
    rows = CustomerRegistration._base_manager.filter(
        customer__in=customers,
        state=RegistrationState.APPROVED,
        corrected_on__isnull=True,
        decided_on__gte=today - CORRECTED_WITHIN,
    )
    months = {month_start(day).isoformat() for day in rows.values_list("decided_on", flat=True) if day}
    count = rows.update(corrected_on=today)
    if months:
        facts_changed.send(facts=[FACT], months=sorted(months))
    return count
