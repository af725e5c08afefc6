"""What can be asked about customers."""

from typing import Self

from crm.base.querysets import ScopedQuerySet


class CustomerQuerySet(ScopedQuerySet):
    """Customers by their relation to us."""

    def active(self) -> Self:
        """Those we do business with at present."""
        return self.filter(state="active")

    def with_overdue(self) -> Self:
        """Those with receivables past their due date."""
        return self.filter(figures__overdue__gt=0)
