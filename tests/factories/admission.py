"""Checklists, admissions and demanded certificates for tests."""

import itertools
from typing import Any

from crm.models import User
from customers.domain.admission.admissions import start_admission
from customers.domain.admission.answers import answer_questions
from customers.domain.admission.checklists import create_checklist, publish, update_checklist
from customers.domain.certificates import add_certificate
from customers.models import Admission, AdmissionChecklist, AdmissionItem, CustomerCertificateDemand
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer

_numbers = itertools.count(1)


def question(key: str, kind: str = "yes_no", **values: Any) -> dict[str, Any]:
    """A question of a checklist."""
    return {"key": key, "question": f"问题 {key}", "kind": kind, "position": next(_numbers) % 900 + 1, **values}


def make_checklist(
    org: Organisation, *questions: dict[str, Any], draft: bool = False, **values: Any
) -> AdmissionChecklist:
    """A checklist in force, of the silicones unit unless named."""
    admin = org.people.administrator
    made = create_checklist(
        actor=admin, **{"name": f"checklist {next(_numbers)}", "business_unit": org.silicones, **values}
    )
    items = questions or (question("licence"),)
    if draft:
        AdmissionItem.objects.bulk_create(AdmissionItem(checklist=made, **item) for item in items)
        return made
    checklist = update_checklist(instance=made, expected_version=made.version, actor=admin, items=items)
    publish(checklist=checklist, actor=admin)
    return checklist


def make_draft_checklist(org: Organisation, *, owner: User | None = None) -> AdmissionChecklist:
    """A checklist that is not in force."""
    return make_checklist(org, draft=True)


def make_admission(org: Organisation, *, owner: User | None = None, **values: Any) -> Admission:
    """A draft of a customer of that owner, with a checklist in force."""
    unit = values.setdefault("business_unit", org.silicones)
    if not AdmissionChecklist.objects.filter(business_unit=unit, state="published").exists():
        make_checklist(org, business_unit=unit)
    customer = values.pop("customer", None) or make_customer(org, owner=owner)
    return start_admission(actor=customer.owner, customer=customer, **values)


def answer(org: Organisation, admission: Admission, **answers: Any) -> Admission:
    """Answers by the question's key."""
    keys = dict(AdmissionItem.objects.filter(checklist=admission.checklist_id).values_list("key", "pk"))
    given = {keys[key]: value if isinstance(value, dict) else {"value": value} for key, value in answers.items()}
    return answer_questions(
        admission=admission, expected_version=admission.version, actor=org.people.sales_rep, answers=given
    )


def make_certificate(org: Organisation, *, owner: User | None = None, **values: Any) -> CustomerCertificateDemand:
    """A certificate that a customer of that owner demands."""
    customer = values.pop("customer", None) or make_customer(org, owner=owner)
    return add_certificate(actor=customer.owner, **{"customer": customer, "kind": "rohs", **values})
