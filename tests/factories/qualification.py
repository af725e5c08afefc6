"""Admissions as a supplier for tests, made as the pages make them."""

import itertools
from typing import Any

from django.utils import timezone

from crm.models import User
from opportunities.domain.qualification import admissions, parts
from opportunities.domain.qualification.admissions import create_admission
from opportunities.models import AuditFinding, SupplierAdmission, SupplierItem
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer

_numbers = itertools.count(1)


def make_supplier_admission(
    org: Organisation, *, owner: User | None = None, customer: Any = None, **values: Any
) -> SupplierAdmission:
    """One that is being prepared, with the usual items."""
    customer = customer or make_customer(org, owner=owner)
    values = {"title": f"合格供方准入{next(_numbers)}", **values}
    return create_admission(actor=customer.owner, customer=customer, **values)


def make_supplier_item(org: Organisation, owner: User | None = None) -> SupplierItem:
    """An item of an admission of that owner."""
    found = make_supplier_admission(org, owner=owner).items.order_by("pk").first()
    assert found is not None
    return found


def submitted(admission: SupplierAdmission) -> SupplierAdmission:
    """All items are there, and it went to the customer."""
    admission.items.update(done_on=timezone.localdate())
    admissions.submit_admission(admission=admission, actor=admission.owner, on=timezone.localdate())
    return admission


def audited(admission: SupplierAdmission) -> SupplierAdmission:
    """The customer audits."""
    admissions.begin_audit(admission=submitted(admission), actor=admission.owner)
    return admission


def passed(admission: SupplierAdmission, until: int | None = 365) -> SupplierAdmission:
    """The customer admitted us today, for so many days."""
    admissions.pass_admission(
        admission=submitted(admission),
        actor=admission.owner,
        on=min(day(), day(until)) if until is not None else day(),
        valid_until=day(until) if until is not None else None,
    )
    return admission


def make_finding(org: Organisation, owner: User | None = None, **values: Any) -> AuditFinding:
    """A finding of an audit of that owner's admission."""
    admission = audited(make_supplier_admission(org, owner=owner))
    values = {"audited_on": day(), "finding": "留样记录缺失", "action": "补记录", **values}
    return parts.add_finding(actor=admission.owner, admission=admission, **values)
