"""What plans must hold before they move."""

from typing import Any

from django.utils.translation import gettext as _

from crm.errors import TransitionError
from customers.enums import PlanState

GUARDED_MEASURES = frozenset({"contribution", "contribution_percent"})
"""The measures that only readers who may see costs are shown."""


def plan_can_move(plan: Any, target: Any, changes: dict[str, Any]) -> None:
    """Raise TransitionError when a plan is to be approved without a goal."""
    if target == PlanState.APPROVED and not plan.goals.exists():
        raise TransitionError(_("Set a goal first: without one nobody can say what the plan brought."))
