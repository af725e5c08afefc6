"""What happens by itself: the days move on, and whoever sees to a certificate is warned before it ends."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.workflow.domain.notifications import notify
from crm.workflow.domain.tasks import create_task
from opportunities.certificate_rules import SOON_DAYS, warning_of
from opportunities.domain.certificates.vault import EXPIRY
from opportunities.models import Certificate

ENDS = "certificate.ends"


def warn_of_certificates(today: dt.date | None = None) -> int:
    """Tell those responsible 90, 30 and 7 days before the end, once each, with a to-do the first time; returns how many. Each is
    told and marked in one transaction, so a run that dies goes on where it was."""
    today = today or timezone.localdate()
    rows = Certificate._base_manager.filter(
        valid_until__gte=today, valid_until__lte=today + dt.timedelta(days=SOON_DAYS)
    )
    keys = list(rows.order_by("valid_until", "pk").values_list("pk", flat=True))
    return sum(_warn_one(key, today) for key in keys)


def _warn_one(key: int, today: dt.date) -> int:
    with transaction.atomic():
        rows = Certificate._base_manager.select_related("owner").filter(pk=key)
        row = rows.select_for_update(of=("self",)).first()
        if row is None or row.valid_until is None or not row.owner.is_active:
            return 0
        step = warning_of((row.valid_until - today).days)
        if step is None or (row.warned_days is not None and row.warned_days <= step):
            return 0
        first = row.warned_days is None
        Certificate._base_manager.filter(pk=key).update(warned_days=step)

        def title() -> str:
            return _("%(name)s expires on %(day)s: renew it") % {"name": row, "day": row.valid_until}

        notify(recipients=[row.owner], kind=ENDS, title=title, record=row)
        if first:
            due = timezone.make_aware(dt.datetime.combine(row.valid_until, dt.time(9)))
            create_task(actor=row.owner, assignee=row.owner, title=title()[:200], due_at=due, record=row, kind=EXPIRY)
    return 1
