"""What is asked of an indicator."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from analytics.catalogue import get
from analytics.definitions import Indicator
from analytics.dimensions import DIMENSIONS
from analytics.engine.facts import Filters
from analytics.engine.reader import COMPANY
from crm.errors import DomainError
from crm.periods import Period, add_months


class BadRequest(DomainError):
    """The indicator cannot be asked like that."""


@dataclass(frozen=True)
class KpiRequest:
    """An indicator in a period, whole or by a dimension, for the rows of some members, as one reader sees it."""

    indicator: int
    period: Period
    by: str = ""
    filters: Filters = ()
    user: Any = COMPANY
    limit: int | None = None  # how many members are wanted at most

    @property
    def definition(self) -> Indicator:
        """The indicator; UnknownIndicator when there is none."""
        return get(self.indicator)

    def check(self) -> None:
        """Raise BadRequest when the indicator does not have a dimension that is asked for."""
        for key in [self.by, *(item.dimension for item in self.filters)]:
            if key and key not in self.definition.dimensions:
                known = ", ".join(self.definition.dimensions)
                raise BadRequest(
                    _("Indicator %(number)s has no dimension “%(key)s”; it has: %(known)s.")
                    % {"number": self.indicator, "key": key, "known": known}
                )

    def supports(self, keys: list[str]) -> bool:
        """Whether the indicator has all these dimensions."""
        return all(key in self.definition.dimensions and key in DIMENSIONS for key in keys)

    def for_period(self, period: Period) -> "KpiRequest":
        """The same for another period."""
        return replace(self, period=period)


def previous(period: Period) -> Period:
    """The run of months of the same length just before."""
    count = len(period.months)
    return Period(add_months(period.first, -count), add_months(period.last, -count), f"{period.label}-1")
