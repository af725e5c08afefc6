"""What can be asked about complaints."""

import datetime as dt
from typing import Self

from crm.base.querysets import ScopedQuerySet
from service.enums import ComplaintState


class ComplaintQuerySet(ScopedQuerySet):
    """Complaints by state."""

    def open(self) -> Self:
        """Those not closed yet."""
        return self.exclude(state=ComplaintState.CLOSED)

    def late_at(self, day: dt.date) -> Self:
        """Those not answered whose answer was due before that day."""
        return self.filter(state__in=[ComplaintState.REGISTERED, ComplaintState.INVESTIGATING], due_on__lt=day)
