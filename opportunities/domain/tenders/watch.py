"""What happens by itself: warnings before deadlines, and bonds that have not come back are chased."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.formats import money
from crm.workflow.domain.notifications import notify
from crm.workflow.domain.tasks import create_task
from opportunities.domain.tenders.tenders import BEFORE_SUBMISSION
from opportunities.enums import TenderState
from opportunities.models import Tender

WARNINGS = (7, 3, 1)  # days before
DUE, REFUND = "tender.due", "tender.refund_late"


@dataclass(frozen=True)
class Deadline:
    """A day of a tender's calendar: its field, what it is called, and whether something is still to be done by then."""

    name: str
    label: Any
    waits: Callable[[Tender], bool]

    def day(self, tender: Tender) -> dt.date | None:
        """The day, in the company's zone."""
        value = getattr(tender, self.name)
        return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value

    def between(self, first: dt.date, last: dt.date) -> Q:
        """Tenders that have it on these days, both included."""
        by_time = isinstance(Tender._meta.get_field(self.name), models.DateTimeField)
        start: Any = timezone.make_aware(dt.datetime.combine(first, dt.time.min)) if by_time else first
        end: Any = timezone.make_aware(dt.datetime.combine(last, dt.time.max)) if by_time else last
        return Q(**{f"{self.name}__gte": start, f"{self.name}__lte": end})

    def time(self, tender: Tender) -> dt.time | None:
        """The time of day, where one is known."""
        value = getattr(tender, self.name)
        return timezone.localtime(value).time() if isinstance(value, dt.datetime) else None


def _before(tender: Tender) -> bool:
    return tender.state in BEFORE_SUBMISSION


CALENDAR = (
    Deadline("clarification_until", gettext_lazy("Questions until"), _before),
    Deadline("bond_due", gettext_lazy("Bid bond due"), lambda tender: _before(tender) and tender.bond_paid_on is None),
    Deadline("submission_due", gettext_lazy("Bid due"), _before),
    Deadline("opening_at", gettext_lazy("Bids are opened"), lambda tender: tender.state == TenderState.SUBMITTED),
)
REFUND_DUE = Deadline(
    "bond_refund_due",
    gettext_lazy("Refund of the bond due"),
    lambda tender: tender.bond_paid_on is not None and tender.bond_refunded_on is None,
)


def warning_of(days_left: int) -> int | None:
    """The warning that is due with so many days left; None before the first and after the day."""
    return min((days for days in WARNINGS if 0 <= days_left <= days), default=None)


def warn_of_deadlines(today: dt.date | None = None) -> int:
    """Tell owners of deadlines 7, 3 and 1 days before, each once; returns how many. A run that dies goes on where it was."""
    today = today or timezone.localdate()
    near = Q()
    for deadline in CALENDAR:
        near |= deadline.between(today, today + dt.timedelta(days=WARNINGS[0]))
    keys = list(Tender.objects.running().filter(near).order_by("pk").values_list("pk", flat=True))
    return sum(_warn_one(key, today) for key in keys)


def _warn_one(key: int, today: dt.date) -> int:
    with transaction.atomic():
        rows = Tender._base_manager.select_related("owner", "customer")
        tender = rows.filter(pk=key).select_for_update(of=("self",)).first()
        if tender is None or tender.owner is None or not tender.owner.is_active:
            return 0
        due = [(deadline, step) for deadline in CALENDAR if (step := _step(tender, deadline, today)) is not None]
        if not due:
            return 0
        Tender._base_manager.filter(pk=key).update(
            warned={**tender.warned, **{deadline.name: step for deadline, step in due}}, version=F("version")
        )
        for deadline, _days in due:
            notify(recipients=[tender.owner], kind=DUE, title=_title(tender, deadline), record=tender)
    return len(due)


def _step(tender: Tender, deadline: Deadline, today: dt.date) -> int | None:
    """The warning that has come and was not given."""
    day = deadline.day(tender)
    if day is None or not deadline.waits(tender):
        return None
    step = warning_of((day - today).days)
    told = tender.warned.get(deadline.name)
    return step if step is not None and (told is None or step < told) else None


def _title(tender: Tender, deadline: Deadline) -> Callable[[], str]:
    return lambda: (
        _("%(what)s on %(day)s: %(name)s")
        % {
            "what": deadline.label,
            "day": deadline.day(tender),
            "name": tender.title,
        }
    )


def chase_refunds(today: dt.date | None = None) -> int:
    """Tell owners of bonds that should have come back, and give them a to-do; each once. Returns how many."""
    today = today or timezone.localdate()
    rows = Tender.objects.refund_late(today).filter(bond_chased_on__isnull=True)
    return sum(_chase(key, today) for key in rows.order_by("pk").values_list("pk", flat=True))


def _chase(key: int, today: dt.date) -> int:
    with transaction.atomic():
        rows = Tender.objects.refund_late(today).filter(pk=key, bond_chased_on__isnull=True)
        tender = rows.select_related("owner", "customer").select_for_update(of=("self",)).first()
        if tender is None or tender.owner is None or not tender.owner.is_active:
            return 0
        Tender._base_manager.filter(pk=key).update(bond_chased_on=today)
        owner, amount = tender.owner, tender.bond_amount

        def title() -> str:
            values = {"name": tender.customer, "amount": money(amount, str(tender.currency_id), "yuan")}
            return _("%(name)s has not paid back the bid bond of %(amount)s") % values

        notify(recipients=[owner], kind=REFUND, title=title, record=tender)
        due = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=3), dt.time(17)))
        create_task(actor=owner, assignee=owner, title=title()[:200], due_at=due, record=tender, kind="refund")
    return 1
