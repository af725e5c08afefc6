"""Rules of orders and receivables that need no database."""

import datetime as dt
from typing import Any


def days_overdue(item: Any, today: dt.date) -> int:
    """For how many days an item of an account has been overdue; 0 for one that is cleared, not due yet, or in the customer's
    favour.

    The same rule as `ReceivableQuerySet.overdue_at`.
    """
    if item.due_on is None or item.cleared_on is not None or item.amount_base <= 0:
        return 0
    return max(0, (today - item.due_on).days)
