"""Certificates that customers demand, and the warnings before something of a customer's ends."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.models import User
from crm.records.pinyin import search_text_of
from crm.workflow.domain.notifications import notify
from crm.workflow.domain.tasks import create_task
from customers.models import CustomerCertificateDemand

WARNINGS = (60, 30, 7)  # days before the end


def add_certificate(*, actor: User, **values: Any) -> CustomerCertificateDemand:
    """A certificate the customer demands. Raises DomainError when it is in the list already."""
    demand = CustomerCertificateDemand(**values)
    demand.search_text = search_text(demand)
    with transaction.atomic():
        return create_record(demand)


def update_certificate(
    *, instance: CustomerCertificateDemand, expected_version: int | None, actor: User, **values: Any
) -> CustomerCertificateDemand:
    """Change it; with another end the warnings begin anew. Raises StaleVersion, DomainError."""
    if values.get("valid_until", instance.valid_until) != instance.valid_until:
        instance.warned_days = None
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        return save_record(instance, expected_version=expected_version, fields=[*values, "search_text", "warned_days"])


def search_text(demand: CustomerCertificateDemand) -> str:
    """What the search finds it by."""
    customer = demand.customer
    return search_text_of(customer.name, customer.short_name, others=(str(demand), demand.kind, customer.code))


def warning_of(days_left: int) -> int | None:
    """The warning that is due with so many days left: the smallest that has come; None before the first."""
    return min((days for days in WARNINGS if days_left <= days), default=None)


def warn_of_certificates(today: dt.date | None = None) -> int:
    """Tell owners of certificates that end soon; each warning once. Returns how many."""

    def title(row: CustomerCertificateDemand) -> str:
        values = {"name": row.customer, "certificate": row, "day": row.valid_until}
        return _("%(name)s: the certificate %(certificate)s is valid until %(day)s") % values

    return warn(CustomerCertificateDemand._base_manager.all(), "valid_until", "customer.certificate_ends", title, today)


def warn(rows: QuerySet[Any], field: str, kind: str, title: Callable[[Any], str], today: dt.date | None = None) -> int:
    """Tell the customers' owners of rows whose last day is near, 60, 30 and 7 days before, and give them a to-do with the first
    warning. Each row is told and marked in one transaction, so a run that dies goes on where it was."""
    today = today or timezone.localdate()
    near = {f"{field}__gte": today, f"{field}__lte": today + dt.timedelta(days=WARNINGS[0])}
    keys = list(rows.filter(**near).order_by(field, "pk").values_list("pk", flat=True))
    return sum(_warn_one(rows, key, field, kind, title, today) for key in keys)


def _warn_one(rows: QuerySet[Any], key: int, field: str, kind: str, title: Callable[[Any], str], today: dt.date) -> int:
    with transaction.atomic():
        row = rows.select_related("customer__owner").filter(pk=key).select_for_update(of=("self",)).first()
        end: Any = getattr(row, field) if row is not None else None
        step = warning_of((end - today).days) if end is not None else None
        owner = row.customer.owner if row is not None else None
        if row is None or step is None or owner is None or not owner.is_active:
            return 0
        first = row.warned_days is None
        marked = rows.filter(pk=key).filter(Q(warned_days__isnull=True) | Q(warned_days__gt=step))
        if not marked.update(warned_days=step, version=F("version")):
            return 0
        notify(recipients=[owner], kind=kind, title=lambda: title(row), record=row)
        if first:
            due = timezone.make_aware(dt.datetime.combine(end, dt.time(9)))
            create_task(actor=owner, assignee=owner, title=title(row)[:200], due_at=due, record=row, kind="expiry")
    return 1
