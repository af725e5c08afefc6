"""What complaints say about customers, for grading."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from customers.extension_points import CustomerMeasure
from orders.domain.measures import YEAR, volume
from service.models import Complaint

TONNES = Decimal(100_000)  # complaints are counted for 100 t


def complaint_rate(keys: Sequence[int] | None, on: dt.date) -> Mapping[int, Decimal]:
    """Complaints of a year for 100 t invoiced in it; none for who bought nothing by weight."""
    rows = Complaint.objects.filter(received_on__gt=on - YEAR, received_on__lte=on).order_by()
    if keys is not None:
        rows = rows.filter(customer_id__in=keys)
    counts = dict(rows.values_list("customer_id").annotate(Count("pk")))
    return {pk: counts.get(pk, 0) * TONNES / weight for pk, weight in volume(keys, on).items() if weight > 0}


MEASURES = (
    CustomerMeasure(
        "complaint_rate", _("Complaints per 100 t"), "number", complaint_rate, higher_is_better=False, order=200
    ),
)
