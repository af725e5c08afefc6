"""How long personal data is kept: rules, and the nightly work that applies them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError, NotAllowed, StaleVersion
from crm.extension_points import PersonalData, personal_data
from crm.periods import add_months
from crm.personal.domain.erasure import erase_records
from crm.personal.models import PersonalDataEntry, RetentionRule
from crm.personal.models.entry import MANAGE, Deed
from crm.personal.register import model_of

AT_A_TIME = 500  # records of a transaction
MOST = 20_000  # records of a kind in a night


def rule_of(kind: PersonalData) -> RetentionRule:
    """The rule of a kind; one that is not stored yet and not in force when nobody has set it."""
    stored = RetentionRule.objects.filter(kind=kind.key).first()
    return stored or RetentionRule(kind=kind.key, months=kind.months, version=0)


def set_rule(*, kind: PersonalData, expected_version: int, months: int, is_active: bool, actor: Any) -> RetentionRule:
    """Set how long a kind is kept. Raises NotAllowed without the right, DomainError for a kind without rules, StaleVersion."""
    if not actor.has_perm(MANAGE):
        raise NotAllowed(_("You may not set how long data is kept."))
    if kind.due is None:
        raise DomainError(_("There is no rule for this kind of record."))
    rule = rule_of(kind)
    rule.months, rule.is_active = months, is_active
    if rule.pk is None:
        if expected_version:
            raise StaleVersion(_("Somebody else has changed this rule meanwhile."), current=rule)
        rule.version = 1
        return create_record(rule)
    return save_record(rule, expected_version=expected_version, fields=["months", "is_active"])


def limit_day(months: int, today: dt.date | None = None) -> dt.date:
    """The day before which data is older than so many whole months."""
    return add_months(today or timezone.localdate(), -months)


def due_count(kind: PersonalData, months: int) -> int:
    """How many records a rule of so many months would erase tonight, counted up to the most of a night."""
    return kind.due(limit_day(months)).order_by()[: MOST + 1].count() if kind.due is not None else 0


def apply_rules(today: dt.date | None = None) -> dict[str, int]:
    """Erase what the rules in force no longer let us keep; returns how many records of each kind. Safe to run twice."""
    months = dict(RetentionRule.objects.filter(is_active=True).values_list("kind", "months"))
    done = {}
    for kind in personal_data.all():
        if kind.due is not None and kind.key in months:
            done[kind.key] = _apply(kind, limit_day(months[kind.key], today))
    return done


def _apply(kind: PersonalData, day: dt.date) -> int:
    total = 0
    while total < MOST:
        with transaction.atomic():
            keys = list(kind.due(day).order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])  # type: ignore[misc]
            if not keys:
                return total
            rows = model_of(kind)._base_manager.filter(pk__in=keys).order_by("pk")
            reason = _("Not needed since before %(day)s") % {"day": day.isoformat()}
            count = kind.remove(rows) if kind.remove is not None else _empty(kind, rows, reason)
            PersonalDataEntry.objects.create(
                deed=Deed.RETENTION,
                records={kind.key: keys},
                rows=count,
                reason=reason,
            )
            total += len(keys)
    return total


def _empty(kind: PersonalData, rows: Any, reason: str) -> int:
    return erase_records(kind, list(rows.select_for_update(of=("self",))), reason=reason)
