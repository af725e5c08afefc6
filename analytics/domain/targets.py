"""Targets are set here, and nowhere else."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.catalogue import CATALOGUE
from analytics.models import Target
from crm.base.saving import create_record, save_record
from crm.errors import DomainError, NotAllowed
from crm.organisation.models import BusinessUnit, Region, Team, User
from crm.periods import month_start

ADD, CHANGE = "analytics.add_target", "analytics.change_target"


def create_target(
    *,
    indicator: int,
    month: dt.date,
    business_unit: BusinessUnit | None = None,
    region: Region | None = None,
    team: Team | None = None,
    rep: User | None = None,
    value: Decimal,
    actor: Any,
) -> Target:
    """Set a target for a month (any day of it), of one member or, without any, of the company.

    Raises NotAllowed, and DomainError for an unknown indicator, a second target or more than one member.
    """
    _check(actor, ADD, indicator)
    members = {"business_unit": business_unit, "region": region, "team": team, "rep": rep}
    return create_record(Target(indicator=indicator, month=month_start(month), value=value, **members))


def update_target(*, instance: Target, expected_version: int, value: Decimal, actor: Any, **_fixed: Any) -> Target:
    """Change what is to be reached; indicator, month and member of a target stay. Raises NotAllowed, and StaleVersion when
    somebody else changed it since."""
    _check(actor, CHANGE, instance.indicator)
    instance.value = value
    return save_record(instance, expected_version=expected_version, fields=["value"])


def _check(actor: Any, permission: str, indicator: int) -> None:
    if not actor.has_perm(permission):
        raise NotAllowed(_("You are not allowed to set targets."))
    if indicator not in CATALOGUE:
        raise DomainError(_("There is no indicator %(number)s.") % {"number": indicator}, field="indicator")
