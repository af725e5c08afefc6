"""What can be asked about customers."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from crm.base.querysets import ScopedQuerySet, words


class CustomerQuerySet(ScopedQuerySet):
    """Customers by their relation to us."""

    def visible_to(self, user: Any, *, of: models.Model | None = None, write: bool = False) -> Self:
        """Those in the user's reach that are customers still: one merged into another is found by its log alone."""
        return super().visible_to(user, of=of, write=write).filter(merged_into__isnull=True)

    def active(self) -> Self:
        """Those we do business with at present."""
        return self.filter(state="active")

    def with_overdue(self) -> Self:
        """Those with receivables past their due date."""
        return self.filter(figures__overdue__gt=0)


class RegistrationQuerySet(ScopedQuerySet):
    """Registrations by what became of them."""

    def decided(self) -> Self:
        """Those that somebody, or the lack of a policy, has decided about."""
        return self.filter(decisions__gt=0)

    def approved(self) -> Self:
        """Those that have become a customer."""
        return self.filter(state="approved")

    def right_first_time(self) -> Self:
        """Approved when they were first sent, and not corrected since within the time that counts."""
        return self.approved().filter(submissions=1, corrected_on__isnull=True)


class DemandQuerySet(ScopedQuerySet):
    """Statements of demand; they are sought by their customer."""

    def search(self, text: str) -> Self:
        """Statements of customers that contain the words."""
        found = self
        for word in words(text):
            found = found.filter(customer__search_text__contains=word)
        return found

    def valid_on(self, day: dt.date) -> Self:
        """Those that hold on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def overlapping(self, demand: Any) -> Self:
        """The others for the same customer and product line that hold on some of its days."""
        found = self.filter(customer=demand.customer_id, product_line=demand.product_line_id).exclude(pk=demand.pk)
        if demand.ends_on is not None:
            found = found.filter(starts_on__lte=demand.ends_on)
        return found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=demand.starts_on))
