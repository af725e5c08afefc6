"""What left for customers by product line, as the apps that know shipments tell."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone

from customers.extension_points import volume_sources
from customers.models import CustomerDemand

Volumes = Mapping[tuple[int, int], Decimal]


def year_before(day: dt.date) -> dt.date:
    """The first of the 365 days that end on `day`."""
    return day - dt.timedelta(days=364)


def shipped(keys: Sequence[int] | None, since: dt.date, until: dt.date) -> Volumes:
    """The kg that left by (customer, product line), from all that tell; None: of all customers."""
    found: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for source in volume_sources.all():
        for key, kg in source.shipped(keys, since, until).items():
            found[key] += kg
    return found


def shipped_of_line(demand: CustomerDemand, today: dt.date | None = None) -> Decimal:
    """Our part of a demand: what left in the 12 months up to today, or up to its end when that is past."""
    day = today or timezone.localdate()
    until = min(demand.ends_on or day, day)
    return shipped([demand.customer_id], year_before(until), until).get(
        (demand.customer_id, demand.product_line_id), Decimal(0)
    )
