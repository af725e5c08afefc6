"""What happens by itself with tenders, and what others ask of them: warnings, chased bonds, hand-overs, the pool, merges."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from crm import extension_points
from crm.models import Notification, Task
from customers.extension_points import handover_items, merge_movers, open_business
from opportunities.domain.tenders import course
from opportunities.domain.tenders.tenders import update_tender
from opportunities.models import Tender
from opportunities.panels.tender import calendar_events
from opportunities.tasks.tenders import watch_tenders
from tests.factories.records import day, make_customer
from tests.factories.tenders import decided, make_tender, opened, submitted

pytestmark = pytest.mark.django_db


def at(days, hour=12):
    return timezone.make_aware(dt.datetime.combine(day(days), dt.time(hour)))


def told(kind="tender.due"):
    return Notification.objects.filter(kind=kind)


def watched(on):
    from opportunities.domain.tenders.watch import warn_of_deadlines

    return warn_of_deadlines(day(on))


def test_owners_are_warned_7_3_and_1_days_before_once_each(org):
    make_tender(org, submission_due=at(10, hour=1), clarification_until=day(9))
    found = [watched(number) for number in range(12)]
    #        day: 0  1  2  3  4  5  6  7  8  9  10 11
    assert found == [0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0]
    assert [watched(number) for number in range(12)] == [0] * 12
    assert {row.recipient for row in told()} == {org.people.sales_rep}


def test_what_is_done_needs_no_warning(org):
    make_tender(org, submission_due=at(40), bond_amount=Decimal(10), bond_due=day(3), bond_paid_on=day(-1))
    done = submitted(make_tender(org, submission_due=at(3)))
    course.cancel_tender(tender=make_tender(org, submission_due=at(3)), actor=done.owner, reason="不投")
    assert watched(0) == 0
    opening = submitted(make_tender(org, submission_due=at(1), opening_at=at(3)))
    assert watched(0) == 1
    assert told().get().object_id == opening.pk


def test_another_deadline_is_warned_of_anew(org):
    tender = make_tender(org, submission_due=at(3))
    assert watched(0) == 1
    tender.refresh_from_db()
    update_tender(instance=tender, expected_version=tender.version, actor=tender.owner, submission_due=at(20))
    assert watched(0) == 0
    assert watched(17) == 1


def test_a_bond_that_does_not_come_back_is_chased_once_with_a_to_do(org):
    values = {"bond_amount": Decimal(50000), "bond_paid_on": day(-60)}
    late = make_tender(org, bond_refund_due=day(-1), **values)
    make_tender(org, bond_refund_due=day(), **values)
    make_tender(org, bond_refund_due=day(-9), bond_refunded_on=day(-10), bond_refunded=Decimal(50000), **values)
    assert watch_tenders() == 1
    assert watch_tenders() == 0
    task = Task.objects.get(kind="refund")
    assert (task.object_id, task.assignee) == (late.pk, late.owner)
    assert told("tender.refund_late").get().recipient == late.owner
    late.refresh_from_db()
    update_tender(instance=late, expected_version=late.version, actor=late.owner, bond_refund_due=day(-2))
    assert watch_tenders() == 1


def test_deadlines_stand_in_the_owners_calendar(org):
    tender = make_tender(
        org,
        submission_due=at(4, hour=15),
        opening_at=at(5),
        clarification_until=day(-1),
        bond_amount=Decimal(1),
        bond_paid_on=day(-2),
        bond_refund_due=day(6),
    )
    make_tender(org, owner=org.people.stranger, submission_due=at(4))
    events = calendar_events(org.people.sales_rep, day(-3), day(8))
    assert [(event.on, event.tone, event.done) for event in events] == [
        (day(-1), "bad", False),
        (day(4), "warn", False),
        (day(5), "line", True),
        (day(6), "warn", False),
    ]
    assert events[1].at == dt.time(15)
    assert tender.title in events[1].title
    assert calendar_events(org.people.colleague, day(-3), day(8)) == []


def test_a_running_tender_keeps_the_customer_from_the_pool(org):
    running, over = make_tender(org), decided(opened(make_tender(org)))
    count = open_business.get("tenders.running").count
    assert count([running.customer_id, over.customer_id]) == {running.customer_id: 1}


def test_running_tenders_go_along_with_the_customer_and_decided_ones_stay(org):
    customer, people = make_customer(org), org.people
    running = make_tender(org, customer=customer)
    over = decided(opened(make_tender(org, customer=customer)))
    item = handover_items.get("tenders")
    assert item.count([customer.pk], people.sales_rep) == {customer.pk: 1}
    assert [line.title for line in item.lines(customer, people.sales_rep)] == [f"{running.code} {running.title}"]
    moved = item.move(keys=[customer.pk], source=people.sales_rep, target=people.colleague, actor=people.sales_manager)
    assert dict(moved) == {customer.pk: 1}
    assert Tender.objects.get(pk=running.pk).owner == people.colleague
    assert set(running.documents.values_list("responsible", flat=True)) == {people.colleague.pk}
    assert Tender.objects.get(pk=over.pk).owner == people.sales_rep


def test_running_tenders_of_somebody_who_leaves_are_taken_over(org):
    people = org.people
    running, over = make_tender(org), decided(opened(make_tender(org)))
    mover = extension_points.handover_movers.get("tenders")
    assert mover.count(people.sales_rep) == 1
    assert mover.move(source=people.sales_rep, target=people.colleague, actor=people.administrator) == 1
    assert {row.pk: row.owner for row in Tender.objects.all()} == {
        running.pk: people.colleague,
        over.pk: people.sales_rep,
    }


def test_tenders_go_along_when_customers_are_merged(org):
    tender, winner = make_tender(org), make_customer(org)
    mover = merge_movers.get("tenders")
    assert mover.count(tender.customer_id) == 1
    mover.move(tender.customer_id, winner.pk)
    assert Tender.objects.get(pk=tender.pk).customer == winner
