"""Two people at the same moment, in transactions of their own."""

import pytest

from crm.errors import DomainError
from crm.workflow.domain import approval_decisions as decide
from customers.domain.contact import update_contact
from customers.domain.customer import update_customer
from customers.domain.registration import register_customer
from customers.models import Contact, Customer, CustomerRegistration
from tests.customers.archive.test_registration import VALUES, registration_request
from tests.factories.approvals import make_policy, named
from tests.factories.archive import make_report
from tests.factories.organisation import make_organisation
from tests.factories.records import make_customer
from tests.workflow.test_approvals_race import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def org():
    return make_organisation()


@pytest.mark.parametrize("policy", [False, True])
def test_of_two_who_register_the_same_company_one_is_told(org, policy):
    if policy:
        make_policy(org, named(org.people.sales_manager), document="customer_registration")
    plain = {**VALUES, "credit_code": ""}
    results = together(
        lambda: register_customer(actor=org.people.sales_rep, **VALUES),
        lambda: register_customer(actor=org.people.colleague, **{**plain, "name": "宁波远景（密封材料）有限公司"}),
    )
    told = [result for result in results if isinstance(result, DomainError)]
    assert len(told) == 1, results
    assert CustomerRegistration.objects.count() == 1
    assert Customer.objects.count() == (0 if policy else 1)


def test_a_decision_and_a_customer_with_the_same_code_at_once_make_one_customer(org):
    make_policy(org, named(org.people.sales_manager), document="customer_registration")
    registration = register_customer(actor=org.people.sales_rep, **VALUES)
    request = registration_request(registration)
    from customers.domain.customer import create_customer

    results = together(
        lambda: decide.approve(request=request, actor=org.people.sales_manager),
        lambda: create_customer(
            actor=org.people.data_steward, owner=org.people.stranger, name="别的", credit_code=VALUES["credit_code"]
        ),
    )
    assert len([result for result in results if isinstance(result, DomainError)]) == 1, results
    customer = Customer.objects.get()
    registration.refresh_from_db()
    request.refresh_from_db()
    assert (registration.customer == customer) is (request.state == "approved")


def test_two_moves_of_companies_cannot_make_a_circle(org):
    one, two = make_customer(org), make_customer(org)
    for _ in range(3):
        Customer.objects.update(parent=None, group_root=None, group_path="")
        one.refresh_from_db()
        two.refresh_from_db()
        first, second = Customer.objects.get(pk=one.pk), Customer.objects.get(pk=two.pk)
        results = together(
            lambda first=first: update_customer(
                instance=first, expected_version=first.version, actor=org.people.sales_rep, parent=two
            ),
            lambda second=second: update_customer(
                instance=second, expected_version=second.version, actor=org.people.sales_rep, parent=one
            ),
        )
        assert len([result for result in results if isinstance(result, DomainError)]) == 1, results
        assert Customer.objects.filter(parent__isnull=False).count() == 1
        root = Customer.objects.get(parent__isnull=True)
        low = Customer.objects.get(parent__isnull=False)
        assert (low.group_root, low.group_path) == (root, f"{root.pk}/{low.pk}/")


def test_two_changes_of_a_chart_cannot_make_a_circle(org):
    customer = make_customer(org)
    one, two = make_report(org, customer, "甲"), make_report(org, customer, "乙")
    first, second = Contact.objects.get(pk=one.pk), Contact.objects.get(pk=two.pk)
    results = together(
        lambda: update_contact(
            instance=first, expected_version=first.version, actor=org.people.sales_rep, reports_to=two
        ),
        lambda: update_contact(
            instance=second, expected_version=second.version, actor=org.people.sales_rep, reports_to=one
        ),
    )
    assert len([result for result in results if isinstance(result, DomainError)]) == 1, results
    assert Contact.objects.filter(reports_to__isnull=False).count() == 1
