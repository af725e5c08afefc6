"""What happens by itself: warnings before an admission as a supplier ends, and its end."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import StaleVersion, TransitionError
from crm.transitions import transition
from crm.workflow.domain.notifications import notify
from crm.workflow.domain.tasks import create_task
from opportunities.enums import SupplierState
from opportunities.models import SupplierAdmission

WARNINGS = (60, 30, 7)  # days before the end
ENDS = "supplier_admission.ends"


def lapse_admissions(today: dt.date | None = None) -> int:
    """Mark admissions whose last day has passed; returns how many. Safe to run twice."""
    today = today or timezone.localdate()
    rows: Any = SupplierAdmission._base_manager.filter(state=SupplierState.PASSED, valid_until__lt=today)
    count = 0
    for admission in rows.order_by("pk").iterator(chunk_size=500):
        try:
            transition(admission, SupplierState.LAPSED, actor=None)
        except (StaleVersion, TransitionError):
            continue
        count += 1
    return count


def warn_of_ends(today: dt.date | None = None) -> int:
    """Tell owners 60, 30 and 7 days before the end of what is not being renewed, once each, with a to-do the first time; returns
    how many."""
    today = today or timezone.localdate()
    last = today + dt.timedelta(days=WARNINGS[0])
    rows = _ending().filter(valid_until__gte=today, valid_until__lte=last)
    keys = list(rows.order_by("valid_until", "pk").values_list("pk", flat=True))
    return sum(_warn_one(key, today) for key in keys)


def _ending() -> Any:
    renewed = SupplierAdmission._base_manager.exclude(state=SupplierState.FAILED).filter(follows__isnull=False)
    rows = SupplierAdmission._base_manager.filter(state=SupplierState.PASSED)
    return rows.exclude(pk__in=renewed.values("follows"))


def _warn_one(key: int, today: dt.date) -> int:
    with transaction.atomic():
        row = _ending().select_related("owner", "customer").filter(pk=key).select_for_update(of=("self",)).first()
        if row is None or row.valid_until is None or row.owner is None or not row.owner.is_active:
            return 0
        left = (row.valid_until - today).days
        step = min(days for days in WARNINGS if left <= days)
        if row.warned_days is not None and row.warned_days <= step:
            return 0
        first = row.warned_days is None
        SupplierAdmission._base_manager.filter(pk=key).update(warned_days=step, version=F("version"))

        def title() -> str:
            values = {"name": row.customer, "what": row.title, "day": row.valid_until}
            return _("%(name)s: our admission for %(what)s ends on %(day)s") % values

        notify(recipients=[row.owner], kind=ENDS, title=title, record=row)
        if first:
            due = timezone.make_aware(dt.datetime.combine(row.valid_until, dt.time(9)))
            create_task(actor=row.owner, assignee=row.owner, title=title()[:200], due_at=due, record=row, kind="expiry")
    return 1
