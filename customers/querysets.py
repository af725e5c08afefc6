"""What can be asked about customers."""

from typing import Any, Self

from django.db import models

from crm.base.querysets import ScopedQuerySet


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
