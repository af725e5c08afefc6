"""Contacts as personal data: when nobody needs them any more."""

import datetime as dt

from django.db.models import Q, QuerySet

from crm.personal.register import ERASED
from customers.models import Contact


def unused_contacts(day: dt.date) -> QuerySet[Contact]:
    """Contacts that have not changed since that day, of customers that have not changed nor ordered since."""
    quiet = Q(customer__figures__last_order_on__isnull=True) | Q(customer__figures__last_order_on__lt=day)
    return Contact._base_manager.filter(quiet, updated_at__date__lt=day, customer__updated_at__date__lt=day).exclude(
        name=ERASED
    )
