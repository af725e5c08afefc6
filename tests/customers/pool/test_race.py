"""Two people at the same moment, in transactions of their own: nothing is lost, one wins, the other is told."""

from typing import Any

import pytest
from django.db import connection

from crm.errors import AlreadyDecided, DomainError, StaleVersion
from customers.domain.customer import update_customer
from customers.domain.handover.packs import accept, decline
from customers.domain.pool.claim import claim
from customers.domain.pool.entries import release
from customers.domain.pool.recycling import recycle
from customers.domain.transfer import transfer_owner
from customers.models import Customer, PoolEntry
from opportunities.domain.opportunity import update_opportunity
from opportunities.models import Opportunity
from tests.factories.organisation import make_organisation
from tests.factories.pool import make_entry, make_idle, make_pack, make_pool, make_rule
from tests.factories.records import make_customer, make_opportunity
from tests.workflow.test_approvals_race import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def org() -> Any:
    return make_organisation()


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: Any) -> None:
    """Figures are summed by a worker. Here it would be at once, in each of the threads: one that finds the lock taken queues
    itself again, without end where nothing waits."""
    monkeypatch.setattr("analytics.extensions.queue_refresh", lambda: None)


def one(entry: PoolEntry) -> Any:
    return PoolEntry.objects.filter(pk=entry.pk)


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told(org: Any) -> None:
    people = org.people
    for _round in range(3):
        entry = make_entry(org, before=people.bu_head)
        results = together(
            lambda entry=entry: claim(one(entry), actor=people.sales_rep),
            lambda entry=entry: claim(one(entry), actor=people.colleague),
        )
        late = [result for result in results if isinstance(result, AlreadyDecided)]
        assert len(late) == 1, results
        entry.refresh_from_db()
        winner = people.sales_rep if isinstance(results[1], AlreadyDecided) else people.colleague
        assert (entry.customer.owner, entry.taken_by, entry.state_changes.count()) == (winner, winner, 1)
        assert winner.label in str(late[0].message)


def test_the_days_limit_holds_for_one_who_presses_twice_at_once(org: Any) -> None:
    pool = make_pool(org, daily_limit=1)
    entries = [make_entry(org, pool=pool) for _n in range(2)]
    results = together(*[lambda entry=entry: claim(one(entry), actor=org.people.colleague) for entry in entries])
    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert Customer.objects.filter(owner=org.people.colleague).count() == 1


def test_an_edit_while_the_night_takes_the_customer_is_kept_or_told(org: Any) -> None:
    rule = make_rule(org)
    for number in range(3):
        customer = make_idle(org)
        mine = Customer.objects.get(pk=customer.pk)
        saved, _night = together(
            lambda mine=mine, city=f"宁波{number}": update_customer(
                instance=mine, expected_version=1, actor=org.people.sales_rep, city=city
            ),
            lambda: recycle(rule.pool),
        )
        stored = Customer.objects.get(pk=customer.pk)
        assert stored.owner is None
        assert PoolEntry.objects.waiting().filter(customer=customer).count() == 1
        assert isinstance(saved, StaleVersion) == (stored.city != f"宁波{number}")


def test_a_transfer_and_the_night_leave_one_owner_or_one_entry(org: Any) -> None:
    rule = make_rule(org)
    for _round in range(3):
        customer = make_idle(org)
        rows = Customer.objects.filter(pk=customer.pk)
        together(
            lambda rows=rows: transfer_owner(rows, owner=org.people.colleague, actor=org.people.bu_head),
            lambda: recycle(rule.pool),
        )
        customer.refresh_from_db()
        waiting = PoolEntry.objects.waiting().filter(customer=customer).count()
        assert (customer.owner, waiting) == (org.people.colleague, 0)


def test_two_nights_at_once_take_each_customer_once(org: Any) -> None:
    rule = make_rule(org)
    for _n in range(5):
        make_idle(org)
    together(lambda: recycle(rule.pool), lambda: recycle(rule.pool))
    assert PoolEntry.objects.count() == 5
    assert not Customer.objects.filter(owner__isnull=False).exists()


def test_a_night_that_was_killed_is_made_good_by_the_next(org: Any, monkeypatch: Any) -> None:
    """The connection dies in the middle of the second chunk: the first is done, the rest is as before."""
    from customers.domain.pool import recycling

    rule = make_rule(org)
    customers = [make_idle(org) for _n in range(6)]
    monkeypatch.setattr(recycling, "CHUNK", 2)
    put_in, calls = recycling.put_in, []

    def dies(*args: Any, **more: Any) -> int:
        calls.append(args)
        done = put_in(*args, **more)
        if len(calls) == 2:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return done

    monkeypatch.setattr(recycling, "put_in", dies)
    with pytest.raises(Exception, match=r"terminat|closed|connection"):
        recycle(rule.pool)
    connection.close()
    monkeypatch.setattr(recycling, "put_in", put_in)
    assert PoolEntry.objects.count() == 2
    assert Customer.objects.filter(owner__isnull=True).count() == 2
    recycle(rule.pool)
    assert {entry.customer_id for entry in PoolEntry.objects.all()} == {row.pk for row in customers}
    assert PoolEntry.objects.count() == 6


def test_releasing_twice_at_once_enters_it_once(org: Any) -> None:
    make_pool(org)
    customer = make_customer(org)
    rows = Customer.objects.filter(pk=customer.pk)
    together(*[lambda: release(rows, actor=org.people.sales_rep, reason="r")] * 2)
    assert PoolEntry.objects.count() == 1


def test_accepting_by_double_click_is_once(org: Any) -> None:
    pack = make_pack(org)
    customer = pack.lines.get().customer
    make_opportunity(org, customer=customer)
    results = together(*[lambda: accept(pack=pack, actor=org.people.colleague)] * 3)
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 2, results
    pack.refresh_from_db()
    assert [change.target for change in pack.state_changes.order_by("pk")] == ["accepted", "done"]
    customer.refresh_from_db()
    assert (customer.owner, customer.version) == (org.people.colleague, 2)


def test_accepting_and_declining_at_once_end_in_one_of_both(org: Any) -> None:
    pack = make_pack(org)
    together(
        lambda: accept(pack=pack, actor=org.people.colleague),
        lambda: decline(pack=pack, actor=org.people.colleague, reason="no"),
    )
    pack.refresh_from_db()
    owner = pack.lines.get().customer.owner
    assert (pack.state, owner) in (("done", org.people.colleague), ("declined", org.people.sales_rep))


def test_what_the_old_owner_saves_at_the_moment_of_acceptance_is_kept_or_told(org: Any) -> None:
    rep = org.people.sales_rep
    for number in range(3):
        pack = make_pack(org)
        customer = pack.lines.get().customer
        opportunity = make_opportunity(org, customer=customer)
        one_read, other_read = Customer.objects.get(pk=customer.pk), Opportunity.objects.get(pk=opportunity.pk)
        saved, written, accepted = together(
            lambda row=one_read, n=number: update_customer(instance=row, expected_version=1, actor=rep, city=f"c{n}"),
            lambda row=other_read, n=number: update_opportunity(
                instance=row, expected_version=1, actor=rep, next_step=f"s{n}"
            ),
            lambda pack=pack: accept(pack=pack, actor=org.people.colleague),
        )
        assert not isinstance(accepted, Exception)
        customer.refresh_from_db()
        opportunity.refresh_from_db()
        assert (customer.owner, opportunity.owner) == (org.people.colleague,) * 2
        assert isinstance(saved, StaleVersion) == (customer.city != f"c{number}")
        assert isinstance(written, StaleVersion) == (opportunity.next_step != f"s{number}")
