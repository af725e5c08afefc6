"""Pools and their rules, as those who run a pool set them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.models import Team, User
from customers.models import CustomerPool, RecycleRule


def create_pool(
    *, actor: User, teams: Iterable[Team] = (), managers: Iterable[User] = (), **values: Any
) -> CustomerPool:
    """A new pool. Raises DomainError on "name" when it is taken, on "teams" for a team of another unit."""
    pool = CustomerPool(**values)
    teams = list(teams)
    _check_teams(pool, teams)
    with transaction.atomic():
        create_record(pool)
        pool.teams.set(teams)
        pool.managers.set(managers)
    return pool


def update_pool(
    *,
    instance: CustomerPool,
    expected_version: int | None,
    actor: User,
    teams: Iterable[Team] | None = None,
    managers: Iterable[User] | None = None,
    **values: Any,
) -> CustomerPool:
    """Change a pool; what waits in it stays in sight when it goes out of use. Raises StaleVersion, and as `create_pool`."""
    for name, value in values.items():
        setattr(instance, name, value)
    given = None if teams is None else list(teams)
    _check_teams(instance, given or [])
    with transaction.atomic():
        pool = save_record(instance, expected_version=expected_version, fields=list(values))
        if given is not None:
            pool.teams.set(given)
        if managers is not None:
            pool.managers.set(managers)
    return pool


def create_rule(*, actor: User, **values: Any) -> RecycleRule:
    """A new rule of a pool. Raises DomainError on "grades" when another rule of the pool is for one of them."""
    rule = RecycleRule(**values)
    with transaction.atomic():
        _refuse_twice(rule)
        return create_record(rule)


def update_rule(*, instance: RecycleRule, expected_version: int | None, actor: User, **values: Any) -> RecycleRule:
    """Change a rule. Raises StaleVersion, and as `create_rule`."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        _refuse_twice(instance)
        return save_record(instance, expected_version=expected_version, fields=list(values))


def _check_teams(pool: CustomerPool, teams: list[Team]) -> None:
    if any(team.business_unit_id != pool.business_unit_id for team in teams):
        raise DomainError(_("These teams must belong to the pool's business unit."), field="teams")


def _refuse_twice(rule: RecycleRule) -> None:
    """Two rules for one grade would contradict each other. The pool's row is the lock for its rules."""
    CustomerPool._base_manager.select_for_update(of=("self",), no_key=True).get(pk=rule.pool_id)
    others = RecycleRule.objects.filter(pool=rule.pool, active=True, grades__overlap=rule.grades).exclude(pk=rule.pk)
    if rule.active and rule.grades and others.exists():
        raise DomainError(_("Another rule of this pool is for one of these grades already."), field="grades")
