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
