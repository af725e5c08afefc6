"""The end of admissions: owners are warned before, and what is over is marked so."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import StaleVersion, TransitionError
from crm.transitions import transition
from customers.domain.admission.admissions import renewals_under_way
from customers.domain.certificates import warn
from customers.enums import AdmissionState
from customers.models import Admission


def expire_admissions(today: dt.date | None = None) -> int:
    """Mark admissions whose last day has passed as expired; returns how many. Safe to run twice, and beside a withdrawal."""
    today = today or timezone.localdate()
    rows: Any = Admission._base_manager.filter(state=AdmissionState.ADMITTED, valid_to__lt=today).order_by("pk")
    count = 0
    for admission in rows.iterator(chunk_size=500):
        try:
            transition(admission, AdmissionState.EXPIRED, actor=None)
        except (StaleVersion, TransitionError):
            continue
        count += 1
    return count


def warn_of_admissions(today: dt.date | None = None) -> int:
    """Tell owners of admissions that end soon and are not being renewed; each warning once. Returns how many."""

    def title(row: Admission) -> str:
        values = {"name": row.customer, "what": row.covers, "day": row.valid_to}
        return _("%(name)s: the admission to %(what)s ends on %(day)s") % values

    renewed = Exists(renewals_under_way().filter(follows=OuterRef("pk")))
    rows: Any = Admission._base_manager.filter(state=AdmissionState.ADMITTED).exclude(renewed)
    return warn(rows, "valid_to", "customer.admission_ends", title, today)
