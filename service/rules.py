"""Rules of complaints that need no database."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.errors import TransitionError
from service.enums import ComplaintState, Severity

ANSWER_DAYS = {Severity.S1: 3, Severity.S2: 7, Severity.S3: 14}
_NEEDED = (("cause", gettext_lazy("cause")), ("action", gettext_lazy("corrective action")))


def answer_due(severity: str, received_on: dt.date) -> dt.date:
    """The day by which a complaint of that severity is to be answered, when nobody has agreed another."""
    return received_on + dt.timedelta(days=ANSWER_DAYS[Severity(severity)])


def closing_needs_cause_and_action(complaint: Any, target: Any, changes: dict[str, Any]) -> None:
    """Guard: a complaint is closed with its cause and what prevents it from coming back. Raises TransitionError."""
    if target != ComplaintState.CLOSED:
        return
    missing = [(name, label) for name, label in _NEEDED if not str(changes.get(name, getattr(complaint, name))).strip()]
    if missing:
        names = "、".join(str(label) for _name, label in missing)
        raise TransitionError(
            _("Before the complaint can be closed, enter: %(names)s.") % {"names": names}, missing=missing
        )
