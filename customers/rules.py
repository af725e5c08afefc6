"""Rules of customers: days, and what plans must hold before they move."""

import calendar
import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from crm.errors import TransitionError
from customers.enums import PlanState

GUARDED_MEASURES = frozenset({"contribution", "contribution_percent", "margin", "margin_percent"})
"""The measures that only readers who may see costs are shown."""


def plan_can_move(plan: Any, target: Any, changes: dict[str, Any]) -> None:
    """Raise TransitionError when a plan is to be approved without a goal."""
    if target == PlanState.APPROVED and not plan.goals.exists():
        raise TransitionError(_("Set a goal first: without one nobody can say what the plan brought."))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
