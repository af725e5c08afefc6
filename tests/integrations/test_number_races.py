"""Two people say at the same moment whose a number is, in transactions of their own."""

import pytest

from crm.errors import DomainError
from customers.models import Customer
from integrations.domain.numbers import give_number
from integrations.models import ExternalRef, NumberLink
from tests.factories.organisation import Organisation, make_organisation
from tests.factories.records import make_customer
from tests.workflow.test_approvals_race import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def org() -> Organisation:
    return make_organisation()


def test_of_two_who_give_a_number_at_once_one_is_told_who_has_it(org: Organisation) -> None:
    def give(customer: Customer, person: str) -> object:
        return lambda: give_number(kind="customer", number="1000234", record=customer, actor=org.user(person))

    one, other = make_customer(org), make_customer(org)
    results = together(give(one, "data_steward"), give(other, "administrator"))
    told = [result for result in results if isinstance(result, DomainError)]
    assert len(told) == 1, results
    ref = ExternalRef.objects.get(entity="customer")
    winner = one if ref.object_id == one.pk else other
    assert winner.code in str(told[0].message)
    assert NumberLink.objects.get().customer_id == winner.pk
