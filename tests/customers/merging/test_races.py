"""Merging while somebody else writes, in transactions of their own: nothing is lost, and whoever comes too late is told."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from crm.errors import DomainError, StaleVersion
from crm.models import Comment
from crm.records.domain.comments import add_comment
from customers.domain.customer import update_customer
from customers.domain.merging.merge import merge_customers
from customers.models import Customer, CustomerMerge
from opportunities.models import Opportunity
from tests.factories.merging import about, fill, make_real
from tests.factories.organisation import make_organisation
from tests.factories.records import make_opportunity
from tests.workflow.test_approvals_race import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def org() -> Any:
    return make_organisation()


@pytest.fixture
def pair(org: Any) -> tuple[Customer, Customer]:
    return make_real(org, "华新电源有限公司"), make_real(org, "华欣电源设备厂")


def merge(pair: Any, actor: Any) -> CustomerMerge:
    winner, loser = pair
    return merge_customers(winner=winner, loser=loser, actor=actor, values={}, reason="")


def while_open(first: Any, second: Any) -> Any:
    """Do `first` in a transaction; while it is open begin `second` in a thread, which has to wait; what it gave or raised."""
    begun, result = Event(), []

    def run() -> None:
        try:
            connection.ensure_connection()
            begun.set()
            result.append(second())
        except DomainError as error:
            result.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        begun.wait(timeout=20)
        thread.join(timeout=1.5)
        assert thread.is_alive(), "it should wait for the transaction"
    thread.join(timeout=30)
    assert not thread.is_alive()
    return result[0]


def test_an_opportunity_entered_while_a_merge_is_under_way_goes_to_the_winner(org: Any, pair: Any) -> None:
    made = while_open(lambda: merge(pair, org.people.data_steward), lambda: make_opportunity(org, customer=pair[1]))
    assert Opportunity.objects.get(pk=made.pk).customer == pair[0]


def test_a_merge_waits_for_an_opportunity_that_is_being_entered(org: Any, pair: Any) -> None:
    made: list[Opportunity] = []
    result = while_open(
        lambda: made.append(make_opportunity(org, customer=pair[1])), lambda: merge(pair, org.people.data_steward)
    )
    assert result.counts["opportunities"] == 1
    assert Opportunity.objects.get(pk=made[0].pk).customer == pair[0]


def test_a_comment_written_meanwhile_goes_to_the_winner(org: Any, pair: Any) -> None:
    while_open(
        lambda: merge(pair, org.people.data_steward),
        lambda: add_comment(actor=org.people.sales_rep, record=pair[1], text="late"),
    )
    assert Comment.objects.get(text="late").object_id == pair[0].pk


def test_a_tag_both_have_by_then_is_not_an_error(org: Any, pair: Any) -> None:
    fill(org, pair[0], "same tag")
    while_open(lambda: merge(pair, org.people.data_steward), lambda: fill(org, pair[1], "same tag"))
    assert [Customer.objects.filter(pk=pair[0].pk).count(), len(about(pair[0]))] == [1, 2]


def test_an_edit_of_the_loser_that_comes_too_late_is_told(org: Any, pair: Any) -> None:
    late = while_open(
        lambda: merge(pair, org.people.data_steward),
        lambda: update_customer(
            instance=Customer._base_manager.get(pk=pair[1].pk),
            expected_version=pair[1].version,
            actor=org.people.sales_rep,
            city="宁波",
        ),
    )
    assert isinstance(late, StaleVersion)


def test_a_merge_that_comes_after_an_edit_shows_the_new_values_first(org: Any, pair: Any) -> None:
    edited = Customer.objects.get(pk=pair[1].pk)
    late = while_open(
        lambda: update_customer(
            instance=edited, expected_version=edited.version, actor=org.people.sales_rep, city="宁波"
        ),
        lambda: merge(pair, org.people.data_steward),
    )
    assert isinstance(late, StaleVersion)
    assert late.current.city == "宁波"
    assert not CustomerMerge.objects.exists()


def test_of_two_merges_at_once_one_wins_and_both_ways_at_once_do_not_wait_for_ever(org: Any, pair: Any) -> None:
    steward, admin = org.people.data_steward, org.people.administrator
    make_opportunity(org, customer=pair[0])
    make_opportunity(org, customer=pair[1])
    results = together(lambda: merge(pair, steward), lambda: merge(pair[::-1], admin))
    assert sum(isinstance(result, CustomerMerge) for result in results) == 1, results
    done = CustomerMerge.objects.get()
    assert Opportunity.objects.filter(customer=done.winner).count() == 2
