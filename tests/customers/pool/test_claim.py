"""Claiming, assigning, releasing and giving back: every rule, and that no customer is ever lost."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from crm.errors import AlreadyDecided, DomainError, NotAllowed
from crm.models import Task
from crm.workflow.domain.tasks import create_task
from customers.domain.pool.claim import claim, room_of
from customers.domain.pool.entries import assign, put_back, release
from customers.domain.transfer import transfer_owner
from customers.models import Customer, CustomerActivity, CustomerFigures, PoolEntry
from opportunities.models import Opportunity
from tests.factories.pool import make_entry, make_pool, make_rule
from tests.factories.records import day, make_complaint, make_customer, make_opportunity


def one(entry: PoolEntry) -> Any:
    return PoolEntry.objects.filter(pk=entry.pk)


def test_claiming_makes_it_mine_with_its_history(org: Any) -> None:
    entry, colleague = make_entry(org, days=3), org.people.colleague
    assert claim(one(entry), actor=colleague) == 1
    entry.refresh_from_db()
    customer = entry.customer
    assert (customer.owner, customer.team, customer.business_unit) == (colleague, org.sub_team, org.silicones)
    assert (entry.state, entry.taken_by) == ("claimed", colleague)
    change = entry.state_changes.get()
    assert (change.source, change.target, change.actor) == ("waiting", "claimed", colleague)
    assert CustomerActivity.objects.get(customer=customer).owned_since == day()


def test_what_the_previous_owner_had_open_goes_along_and_the_past_stays(org: Any) -> None:
    entry, rep, colleague = make_entry(org), org.people.sales_rep, org.people.colleague
    open_one = make_opportunity(org, customer=entry.customer)
    won = make_opportunity(org, customer=entry.customer, stage="won", closed_on=day(-10))
    task = create_task(actor=rep, assignee=rep, title="t", due_at=timezone.now(), record=entry.customer)
    claim(one(entry), actor=colleague)
    assert Opportunity.objects.get(pk=open_one.pk).owner == colleague
    assert Opportunity.objects.get(pk=won.pk).owner == rep
    assert Task.objects.get(pk=task.pk).assignee == colleague


def test_the_days_limit(org: Any) -> None:
    pool = make_pool(org, daily_limit=2)
    entries = [make_entry(org, pool=pool) for _n in range(3)]
    colleague = org.people.colleague
    claim(one(entries[0]), actor=colleague)
    with pytest.raises(DomainError, match="1 more customer"):
        claim(PoolEntry.objects.filter(pk__in=[entries[1].pk, entries[2].pk]), actor=colleague)
    assert PoolEntry.objects.waiting().count() == 2  # all or none
    claim(one(entries[1]), actor=colleague)
    with pytest.raises(DomainError):
        claim(one(entries[2]), actor=colleague)
    PoolEntry.objects.filter(taken_by=colleague).update(state_since=timezone.now() - dt.timedelta(days=1))
    assert claim(one(entries[2]), actor=colleague) == 1


def test_capacity_and_what_counts(org: Any) -> None:
    pool = make_pool(org, capacity=2)
    colleague = org.people.colleague
    for _n in range(2):
        make_customer(org, owner=colleague)
    entry = make_entry(org, pool=pool)
    with pytest.raises(DomainError, match="2 per person"):
        claim(one(entry), actor=colleague)
    type(pool).objects.update(capacity_counts="without_order")
    pool.refresh_from_db()
    CustomerFigures.objects.filter(customer__owner=colleague).update(last_order_on=day(-20))
    assert room_of(pool, colleague).capacity == 2
    assert claim(one(entry), actor=colleague) == 1


def test_the_previous_owner_waits_for_the_lock(org: Any) -> None:
    pool, rep = make_pool(org, lock_days=30), org.people.sales_rep
    fresh, old = make_entry(org, pool=pool, days=29), make_entry(org, pool=pool, days=30)
    with pytest.raises(DomainError, match=day(1).isoformat()):
        claim(one(fresh), actor=rep)
    assert claim(one(old), actor=rep) == 1
    assert claim(one(fresh), actor=org.people.colleague) == 1


def test_only_members_claim(org: Any) -> None:
    mine, other = make_entry(org), make_entry(org, owner=org.people.stranger)
    of_team = make_entry(org, pool=make_pool(org))
    of_team.pool.teams.set([org.team])  # the team above the representative's
    for entry in (mine, of_team):
        assert claim(one(entry), actor=org.people.colleague) == 1
    with pytest.raises(NotAllowed):
        claim(one(other), actor=org.people.colleague)
    elsewhere = make_entry(org)
    elsewhere.pool.teams.set([org.other_team])
    for person in (org.people.colleague, org.people.bu_head):
        with pytest.raises(NotAllowed):
            claim(one(elsewhere), actor=person)
    with pytest.raises(NotAllowed):
        claim(one(elsewhere), actor=org.people.finance)  # lacks the right


def test_who_comes_late_is_told_who_was_quicker(org: Any) -> None:
    entry = make_entry(org)
    claim(one(entry), actor=org.people.colleague)
    with pytest.raises(AlreadyDecided, match="郑凯"):
        claim(one(entry), actor=org.people.bu_head)
    with pytest.raises(AlreadyDecided):
        assign(one(entry), owner=org.people.sales_rep, actor=org.people.sales_manager)


def test_a_pool_out_of_use_gives_nothing_but_its_customers_stay_in_sight(org: Any) -> None:
    entry = make_entry(org)
    type(entry.pool).objects.update(active=False)
    with pytest.raises(DomainError, match="not in use"):
        claim(one(entry), actor=org.people.colleague)
    assert list(PoolEntry.objects.visible_to(org.people.colleague)) == [entry]


def test_managers_assign_whatever_the_limits_and_give_back(org: Any) -> None:
    pool = make_pool(org, daily_limit=1, capacity=1)
    first, second, third = (make_entry(org, pool=pool) for _n in range(3))
    manager, colleague = org.people.sales_manager, org.people.colleague
    assert assign(PoolEntry.objects.filter(pk__in=[first.pk, second.pk]), owner=colleague, actor=manager) == 2
    assert put_back(one(third), actor=manager, reason="a mistake") == 1
    third.refresh_from_db()
    assert (third.state, third.customer.owner) == ("put_back", org.people.sales_rep)
    with pytest.raises(NotAllowed):
        assign(one(make_entry(org, pool=pool)), owner=colleague, actor=colleague)


def test_giving_back_to_somebody_who_left_is_refused(org: Any) -> None:
    entry = make_entry(org)
    type(org.people.sales_rep).objects.filter(pk=org.people.sales_rep.pk).update(is_active=False)
    with pytest.raises(DomainError, match="assign it"):
        put_back(one(entry), actor=org.people.sales_manager, reason="x")
    entry.refresh_from_db()
    assert (entry.state, entry.customer.owner) == ("waiting", None)


def test_releasing_by_hand(org: Any) -> None:
    make_rule(org)
    mine, other = make_customer(org), make_customer(org, owner=org.people.colleague)
    rep = org.people.sales_rep
    with pytest.raises(NotAllowed):
        release(Customer.objects.filter(pk__in=[mine.pk, other.pk]), actor=rep, reason="r")
    with pytest.raises(DomainError):
        release(Customer.objects.filter(pk=mine.pk), actor=rep, reason=" ")
    assert release(Customer.objects.filter(pk=mine.pk), actor=rep, reason="no demand") == 1
    entry = PoolEntry.objects.get()
    assert (entry.reason, entry.note, entry.from_owner) == ("released", "no demand", rep)
    assert release(Customer.objects.filter(pk=other.pk), actor=org.people.sales_manager, reason="r") == 1


def test_releasing_what_is_busy_or_what_no_pool_covers_is_refused(org: Any) -> None:
    customer = make_customer(org)
    rep = org.people.sales_rep
    with pytest.raises(DomainError, match="No pool"):
        release(Customer.objects.filter(pk=customer.pk), actor=rep, reason="r")
    make_pool(org)
    make_complaint(org, customer=customer)
    with pytest.raises(DomainError, match="open"):
        release(Customer.objects.filter(pk=customer.pk), actor=rep, reason="r")
    customer.refresh_from_db()
    assert customer.owner == rep


def test_a_transfer_takes_it_from_the_pool(org: Any) -> None:
    entry = make_entry(org)
    transfer_owner(Customer.objects.filter(pk=entry.customer_id), owner=org.people.colleague, actor=org.people.bu_head)
    entry.refresh_from_db()
    assert (entry.state, entry.taken_by) == ("assigned", org.people.colleague)


def test_no_customer_is_lost_whatever_happens(org: Any) -> None:
    """A customer has an owner, or waits in a pool that its unit sees."""
    pool, people = make_pool(org, lock_days=0), org.people
    customers = [make_customer(org) for _n in range(4)]
    rows = Customer.objects.filter(pk__in=[row.pk for row in customers])
    release(rows, actor=people.sales_rep, reason="r")
    first, second, third, _fourth = PoolEntry.objects.waiting().order_by("pk")
    claim(one(first), actor=people.colleague)
    assign(one(second), owner=people.sales_rep, actor=people.sales_manager)
    put_back(one(third), actor=people.sales_manager, reason="r")
    release(Customer.objects.filter(pk=first.customer_id), actor=people.colleague, reason="again")
    for customer in rows:
        waiting = PoolEntry.objects.visible_to(people.colleague).waiting().filter(customer=customer, pool=pool)
        assert (customer.owner is None) == waiting.exists(), customer


def test_who_sees_what_of_the_pool(org: Any) -> None:
    entry, people = make_entry(org), org.people
    seen = {
        name
        for name, person in vars(people).items()
        if PoolEntry.objects.visible_to(person).filter(pk=entry.pk).exists()
    }
    assert "stranger" not in seen
    assert {"sales_rep", "colleague", "sales_manager", "bu_head", "executive"} <= seen
    fully = {
        name
        for name in seen
        if Customer.objects.visible_to(getattr(people, name)).filter(pk=entry.customer_id).exists()
    }
    assert {"sales_manager", "bu_head"} <= fully
    assert not {"sales_rep", "colleague"} & fully
