"""What the night takes, whom it warns, and what it leaves alone."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from crm.errors import DomainError
from crm.models import Notification, User
from crm.records.domain.comments import add_comment
from crm.workflow.domain.tasks import complete, create_task
from customers.domain.customer import update_customer
from customers.domain.pool.plan import NOTICE, night
from customers.domain.pool.recycling import recycle, refresh_activity
from customers.domain.pool.settings import create_rule
from customers.models import Customer, CustomerActivity, CustomerFigures, PoolEntry
from customers.tasks import recycle_pools
from tests.factories.pool import make_idle, make_pool, make_rule
from tests.factories.records import (
    day,
    make_complaint,
    make_customer,
    make_opportunity,
    make_order,
    make_receivable,
)


@pytest.fixture
def rule(org: Any) -> Any:
    return make_rule(org)


def taken() -> set[str]:
    return {entry.customer.name for entry in PoolEntry.objects.select_related("customer")}


def test_an_idle_customer_goes_and_keeps_where_it_came_from(org: Any, rule: Any) -> None:
    customer = make_idle(org)
    recycle(rule.pool)
    customer.refresh_from_db()
    entry = PoolEntry.objects.get()
    assert (customer.owner, customer.team, customer.business_unit) == (None, org.sub_team, org.silicones)
    assert (entry.customer, entry.pool, entry.from_owner, entry.reason) == (
        customer, rule.pool, org.people.sales_rep, "idle",
    )  # fmt: skip
    assert customer.version == 2
    event = Customer.pgh_event_model.objects.filter(pgh_obj_id=customer.pk, owner=None).get()
    assert event.pgh_context.metadata["verb"] == "pool_in"
    told = Notification.objects.get(kind="pool.taken")
    assert (told.recipient, told.text) == (org.people.sales_rep, customer.name)


def test_nobody_loses_a_customer_without_having_been_told_a_week_before(org: Any, rule: Any) -> None:
    customer = make_idle(org, days=400, announced=None)
    assert recycle(rule.pool).taken == 0
    row = CustomerActivity.objects.get(customer=customer)
    assert (row.recycle_on, row.warned) == (day(NOTICE), 7)
    told = []
    for ahead in range(1, NOTICE + 1):
        done = recycle(rule.pool, on=day(ahead))
        told.append(done.warned)
        assert done.taken == (ahead == NOTICE)
    assert told == [0, 0, 0, 1, 0, 1, 0]  # 3 days before and 1 day before
    assert taken() == {customer.name}


def test_one_message_per_owner_and_night(org: Any, rule: Any) -> None:
    User.objects.update(language="en")
    for _n in range(3):
        make_idle(org, announced=None)
    make_idle(org, announced=None, owner=org.people.colleague)
    recycle(rule.pool)
    recycle(rule.pool)  # again in the same night
    told = Notification.objects.filter(kind="pool.warning")
    assert sorted((row.recipient.display_name, row.title.split(" ")[0]) for row in told) == [
        ("sales_rep 甲", "3"), ("郑凯", "1"),
    ]  # fmt: skip


def test_the_preview_is_what_the_night_takes(org: Any, rule: Any) -> None:
    going = {make_idle(org, announced=ahead).name for ahead in (0, 1)}
    make_idle(org, announced=2)
    make_idle(org, announced=None)
    make_idle(org, days=59, announced=None)
    busy = make_idle(org, announced=1)
    make_complaint(org, customer=busy)
    touched = make_idle(org, announced=1)
    add_comment(actor=org.people.sales_rep, record=touched, text="called")
    names = dict(Customer.objects.values_list("pk", "name"))
    preview = {names[each.customer_id] for each in night(rule.pool, day(1))}
    assert preview == going
    recycle(rule.pool, on=day(1))
    assert taken() == preview


def test_running_it_again_changes_nothing(org: Any, rule: Any) -> None:
    make_idle(org)
    make_idle(org, announced=None)
    recycle(rule.pool)
    before = list(CustomerActivity.objects.order_by("pk").values()), list(PoolEntry.objects.values())
    again = recycle(rule.pool)
    assert (again.taken, again.foreseen, again.warned) == (0, 0, 0)
    assert (list(CustomerActivity.objects.order_by("pk").values()), list(PoolEntry.objects.values())) == before


@pytest.mark.parametrize("grade", ["S", "A"])
def test_the_best_are_never_taken(org: Any, rule: Any, grade: str) -> None:
    make_idle(org, grade=grade, days=2000)
    recycle(rule.pool)
    assert taken() == set()
    with pytest.raises(DomainError, match="S and A"):
        create_rule(actor=org.people.bu_head, pool=rule.pool, grades=[grade], idle_days=60)


def test_a_rule_for_each_grade(org: Any, rule: Any) -> None:
    make_rule(org, pool=rule.pool, grades=["B"], idle_days=90)
    c, b = make_idle(org, days=75), make_idle(org, days=75, grade="B")
    recycle(rule.pool)
    assert taken() == {c.name}
    with pytest.raises(DomainError) as caught:
        create_rule(actor=org.people.bu_head, pool=rule.pool, grades=["B", "D"], idle_days=30)
    assert caught.value.field == "grades"
    assert Customer.objects.get(pk=b.pk).owner == org.people.sales_rep


def test_each_contact_puts_it_off(org: Any, rule: Any) -> None:
    rep = org.people.sales_rep
    commented, done, planned, staged, ordered, idle = (make_idle(org) for _n in range(6))
    add_comment(actor=org.people.colleague, record=commented, text="called")
    task = create_task(actor=rep, assignee=rep, title="t", due_at=timezone.now(), record=done)
    complete(task=task, actor=rep, note="visited")
    update_customer(instance=planned, expected_version=None, actor=rep, next_step="send sample")
    opportunity = make_opportunity(org, customer=staged, stage_since=timezone.now() - dt.timedelta(days=300))
    stage = opportunity.stage
    opportunity.stage_changes.create(source=stage, target=stage, at=timezone.now(), actor=rep)
    CustomerFigures.objects.filter(customer=ordered).update(last_order_on=day(-5))
    recycle_pools.run()
    recycle(rule.pool)
    assert taken() == {idle.name}
    stored = dict(CustomerActivity.objects.values_list("customer", "last_contact_on"))
    assert [stored[row.pk] for row in (commented, done, planned, staged)] == [day()] * 4


def test_a_rule_that_counts_from_orders_does_not_care_for_comments(org: Any) -> None:
    rule = make_rule(org, idle_from="order")
    customer = make_idle(org)
    add_comment(actor=org.people.sales_rep, record=customer, text="called")
    recycle(rule.pool)
    assert taken() == {customer.name}


def test_never_won(org: Any) -> None:
    rule = make_rule(org, idle_days=None, never_won_months=6)
    never, bought = make_idle(org, days=200), make_idle(org, days=200)
    CustomerFigures.objects.filter(customer=never).update(last_order_on=None)
    young = make_idle(org, days=170)
    CustomerFigures.objects.filter(customer=young).update(last_order_on=None)
    recycle(rule.pool)
    assert taken() == {never.name}
    assert PoolEntry.objects.get().reason == "never_won"
    assert Customer.objects.get(pk=bought.pk).owner is not None


def test_open_business_keeps_it_with_the_owner_and_notice_begins_anew(org: Any, rule: Any) -> None:
    complaint = make_complaint(org, customer=make_idle(org, name="投诉"))
    make_order(org, customer=make_idle(org, name="订单"))
    make_receivable(org, customer=make_idle(org, name="应收"))
    make_opportunity(org, customer=make_idle(org, name="商机"))
    old = timezone.now() - dt.timedelta(days=90)
    make_opportunity(org, customer=make_idle(org, name="停滞商机"), stage_since=old)
    recycle(rule.pool)
    assert taken() == {"停滞商机"}
    type(complaint).objects.filter(pk=complaint.pk).update(state="closed")
    assert recycle(rule.pool).taken == 0
    assert CustomerActivity.objects.get(customer=complaint.customer_id).recycle_on == day(NOTICE)


def test_a_new_owner_has_the_whole_time(org: Any, rule: Any) -> None:
    customer = make_idle(org)
    CustomerActivity.objects.filter(customer=customer).update(owned_since=day(-30), recycle_on=None)
    recycle(rule.pool)
    assert taken() == set()
    assert CustomerActivity.objects.get(customer=customer).recycle_on == day(30)


def test_protection_holds_to_its_last_day(org: Any, rule: Any) -> None:
    kept, free = make_idle(org), make_idle(org)
    CustomerActivity.objects.filter(customer=kept).update(protected_until=day())
    CustomerActivity.objects.filter(customer=free).update(protected_until=day(-1))
    recycle(rule.pool)
    assert taken() == {free.name}


def test_the_narrower_pool_comes_first(org: Any, rule: Any) -> None:
    east = make_pool(org, region=org.east)
    make_rule(org, pool=east)
    liquid = make_pool(org, product_line=org.liquid)
    make_rule(org, pool=liquid)
    in_east, elsewhere = make_idle(org), make_idle(org, region=org.south)
    buyer = make_idle(org)
    make_opportunity(org, customer=buyer, product_line=org.liquid, stage_since=timezone.now() - dt.timedelta(days=90))
    for pool in (rule.pool, east, liquid):
        recycle(pool)
    where = {entry.customer_id: entry.pool for entry in PoolEntry.objects.select_related("pool")}
    assert where == {in_east.pk: east, elsewhere.pk: rule.pool, buyer.pk: liquid}


def test_another_units_customers_and_pools_out_of_use_are_left_alone(org: Any, rule: Any) -> None:
    make_idle(org, owner=org.people.stranger)
    recycle(rule.pool)
    make_idle(org)
    type(rule.pool).objects.update(active=False)
    rule.pool.refresh_from_db()
    recycle(rule.pool)
    assert taken() == set()


def test_the_same_queries_for_one_and_for_many(org: Any, rule: Any, django_assert_max_num_queries: Any) -> None:
    for _n in range(12):
        make_idle(org)
    with django_assert_max_num_queries(20):
        assert len(night(rule.pool, day())) == 12


def test_a_customer_under_no_rule_any_more_is_not_foreseen(org: Any, rule: Any) -> None:
    customer = make_idle(org, days=10, announced=None)
    recycle(rule.pool)
    assert CustomerActivity.objects.get(customer=customer).recycle_on == day(50)
    Customer.objects.filter(pk=customer.pk).update(grade="A")
    recycle(rule.pool)
    assert CustomerActivity.objects.get(customer=customer).recycle_on is None


def test_contacts_are_stored_only_where_they_differ(org: Any) -> None:
    customer = make_customer(org)
    add_comment(actor=org.people.sales_rep, record=customer, text="called")
    assert refresh_activity() == 1
    assert refresh_activity() == 0
