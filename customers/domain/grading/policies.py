"""Policies of grades, and whether they are kept: checked each night, and when a policy changes."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.jobs import enqueue
from crm.models import User
from customers.models import Customer, GradePolicy, PolicyFinding
from customers.models.grading import measure_of

_TABLE = PolicyFinding._meta.db_table


def create_policy(*, actor: User, **values: Any) -> GradePolicy:
    """A new policy; it is checked at once. Raises DomainError for a figure that cannot be promised, or a second one like it."""
    _check(values["measure"])
    with transaction.atomic():
        policy = create_record(GradePolicy(**values))
        enqueue("customers.check_grade_policy", policy_id=policy.pk)
    return policy


def update_policy(*, instance: GradePolicy, expected_version: int | None, actor: User, **values: Any) -> GradePolicy:
    """Change a policy; it is checked anew. Raises StaleVersion, and DomainError like `create_policy`."""
    _check(values.get("measure", instance.measure))
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=list(values))
        enqueue("customers.check_grade_policy", policy_id=saved.pk)
    return saved


def _check(key: str) -> None:
    declared = measure_of(key)
    if declared is None or not declared.promised:
        raise DomainError(_("This figure cannot be checked: choose another."), field="measure")


def concerned(policy: GradePolicy, day: dt.date, rows: QuerySet[Customer] | None = None) -> QuerySet[Customer]:
    """Of these customers (None: all) the ones the policy is for: of its grade and unit; of the group's policy not those whose own
    unit has one about the same."""
    found = Customer._base_manager.filter(merged_into__isnull=True) if rows is None else rows
    found = found.filter(grade=policy.grade)
    if policy.business_unit_id is not None:
        return found.filter(business_unit=policy.business_unit_id)
    own = GradePolicy.objects.valid_on(day).filter(
        grade=policy.grade, measure=policy.measure, side=policy.side, business_unit__isnull=False
    )
    return found.exclude(business_unit__in=own.values("business_unit"))


def keeps(policy: GradePolicy, value: Decimal) -> bool:
    """Whether the value is on the right side of the bound, which itself is right."""
    return value <= policy.bound if policy.side == GradePolicy.Side.AT_MOST else value >= policy.bound


def check_policies(*, on: dt.date | None = None, policy_id: int | None = None) -> int:
    """Check the policies valid on that day (or one) against all customers they are for; returns how many. Each figure is read
    once, each policy is a transaction: stopped half-way it goes on from the start without harm."""
    day = on or timezone.localdate()
    rows = GradePolicy.objects.order_by("pk")
    PolicyFinding.objects.exclude(policy__in=rows.valid_on(day)).delete()  # type: ignore[attr-defined]
    policies = list(rows.valid_on(day) if policy_id is None else rows.valid_on(day).filter(pk=policy_id))  # type: ignore[attr-defined]
    figures: dict[str, Mapping[int, Decimal]] = {}
    done = 0
    for policy in policies:
        declared = policy.declared
        if declared is None:
            continue
        if policy.measure not in figures:
            figures[policy.measure] = declared.compute(None, day)
        _renew(policy, figures[policy.measure], day)
        done += 1
    return done


def _renew(policy: GradePolicy, values: Mapping[int, Decimal], day: dt.date) -> None:
    with transaction.atomic():
        GradePolicy.objects.select_for_update().get(pk=policy.pk)
        PolicyFinding.objects.filter(policy=policy).delete()
        keys = concerned(policy, day).order_by("pk").values_list("pk", flat=True)
        found = list(_findings(policy, keys, values))
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {_TABLE} (policy_id, customer_id, value) FROM STDIN") as copy,
        ):
            for row in found:
                copy.write_row(row)
        GradePolicy.objects.filter(pk=policy.pk).update(checked_at=timezone.now())


def _findings(
    policy: GradePolicy, keys: Any, values: Mapping[int, Decimal]
) -> Iterator[tuple[int, int, Decimal | None]]:
    for pk in keys:
        value = values.get(pk)
        if value is None or not keeps(policy, value):
            yield policy.pk, pk, value


def policies_for(customer: Customer, day: dt.date) -> list[GradePolicy]:
    """The policies that a customer's grade brings."""
    if not customer.grade:
        return []
    mine = Q(business_unit__isnull=True) | Q(business_unit=customer.business_unit_id)
    rows = list(GradePolicy.objects.valid_on(day).filter(mine, grade=customer.grade))
    own = {(row.measure, row.side) for row in rows if row.business_unit_id is not None}
    return [row for row in rows if row.business_unit_id is not None or (row.measure, row.side) not in own]
