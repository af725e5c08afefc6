"""Two people who ask for changes of one customer at the same moment: one request waits, and nothing is written twice."""

from decimal import Decimal
from typing import Any

import pytest

from crm.errors import AlreadyDecided, DomainError, StaleVersion
from crm.models import ApprovalRequest
from crm.workflow.domain.approval_decisions import approve, reject
from customers.domain.customer_changes import DOCUMENT, save_customer
from customers.models import Customer
from tests.factories.approvals import make_policy, named
from tests.factories.organisation import make_organisation
from tests.factories.records import make_customer
from tests.workflow.test_approvals_race import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def org() -> Any:
    made = make_organisation()
    make_policy(made, named(made.people.sales_manager), document=DOCUMENT)
    return made


def ask(customer: Customer, actor: Any, version: int | None = None, **values: Any) -> Any:
    own = Customer.objects.get(pk=customer.pk)
    return save_customer(
        instance=own,
        expected_version=version or own.version,
        actor=actor,
        change_reason="更名",
        **values,
    )


def test_of_two_requests_at_once_one_waits_and_the_other_is_told(org: Any) -> None:
    customer, people = make_customer(org), org.people
    version = customer.version
    results = together(
        lambda: ask(customer, people.sales_rep, version, name="第一个名字有限公司", city="宁波"),
        lambda: ask(customer, people.colleague, version, name="第二个名字有限公司", city="苏州"),
    )
    assert sum(isinstance(result, DomainError) for result in results) == 1
    request = ApprovalRequest.objects.get()
    won = next(result for result in results if not isinstance(result, DomainError))
    assert won.change_request == request
    stored = Customer.objects.get(pk=customer.pk)
    assert stored.city == won.city  # what the other one had typed beside it was not saved either
    assert stored.name == customer.name


def test_requests_about_different_fields_at_once_do_not_both_wait(org: Any) -> None:
    customer, people = make_customer(org, credit_limit=Decimal(1000)), org.people
    results = together(
        lambda: ask(customer, people.sales_rep, name="新名字有限公司"),
        lambda: ask(customer, people.colleague, credit_limit=Decimal(5000)),
    )
    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert ApprovalRequest.objects.filter(state="pending").count() == 1


def test_an_approval_and_a_rejection_at_once_end_it_once(org: Any) -> None:
    saved = ask(make_customer(org), org.people.sales_rep, name="新名字有限公司")
    request, manager = saved.change_request, org.people.sales_manager
    results = together(
        lambda: approve(request=ApprovalRequest.objects.get(pk=request.pk), actor=manager),
        lambda: reject(request=ApprovalRequest.objects.get(pk=request.pk), actor=manager, reason="不同意"),
    )
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 1
    request.refresh_from_db()
    name = Customer.objects.get(pk=saved.pk).name
    assert (name == "新名字有限公司") == (request.state == "approved")


def test_an_approval_while_a_steward_changes_the_same_field_is_never_written_unseen(org: Any) -> None:
    customer = make_customer(org, payment_terms_days=30)
    request = ask(customer, org.people.sales_rep, payment_terms_days=60).change_request
    steward = org.people.data_steward
    results = together(
        lambda: approve(request=ApprovalRequest.objects.get(pk=request.pk), actor=org.people.sales_manager),
        lambda: ask(customer, steward, payment_terms_days=45),
    )
    request.refresh_from_db()
    days = Customer.objects.get(pk=customer.pk).payment_terms_days
    if request.state == "pending":  # the steward was first: the approver has to compare anew
        assert days == 45
        assert isinstance(results[0], DomainError)
    else:
        assert request.state == "approved"
        assert days in (45, 60)
        assert days == 45 or isinstance(results[1], StaleVersion)
