"""To-dos: who is told, who sees them, what a press on the start page does, reminders once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, StaleVersion, TransitionError
from crm.models import Notification, Task
from crm.records.references import reference_of
from crm.workflow.domain.tasks import (
    cancel,
    complete,
    create_task,
    reassign,
    reopen,
    snooze,
    tell_due,
    update_task,
)
from crm.workflow.views.task import task_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import make_customer, make_opportunity, make_task

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


class TestTask(EntitySuite):
    daily = True
    entity = task_entity
    make = staticmethod(make_task)
    form_data = staticmethod(
        lambda org, record: {
            "title": "改期回访",
            "due_at": "2030-01-02T09:30",
            "assignee": record.assignee_id,
            "priority": "1",
        }
    )


def later(hours=24):
    return timezone.now() + dt.timedelta(hours=hours)


def told(user):
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def text_of(client, url, data=None):
    return client.get(url, data).content.decode()


def step(task, key):
    return reverse("workflow:task_step", args=[task.pk, key])


def test_giving_a_task_tells_the_other_and_lies_where_that_person_stands(org):
    people = org.people
    task = create_task(actor=people.sales_manager, assignee=people.sales_rep, title="催款", due_at=later())
    own = create_task(actor=people.sales_rep, assignee=people.sales_rep, title="写报告", due_at=later())
    assert (task.team, task.business_unit, own.creator) == (org.sub_team, org.silicones, people.sales_rep)
    assert told(people.sales_rep) == ["task.assigned"]
    people.colleague.is_active = False
    people.colleague.save()
    with pytest.raises(DomainError) as error:
        create_task(actor=people.sales_manager, assignee=people.colleague, title="x", due_at=later())
    assert error.value.field == "assignee"


def test_seen_by_who_does_it_who_gave_it_and_who_sees_the_persons_rows(org):
    people = org.people
    task = create_task(actor=people.marketing, assignee=people.stranger, title="对接", due_at=later())
    mine = make_task(org, owner=people.sales_rep)

    def sees(user, row):
        return Task.objects.visible_to(user).filter(pk=row.pk).exists()

    assert [sees(user, task) for user in (people.marketing, people.stranger, people.sales_rep)] == [True, True, False]
    assert [sees(user, mine) for user in (people.sales_manager, people.colleague, people.stranger)] == [
        True,
        False,
        False,
    ]


def test_about_a_record_the_same_to_dos_are_seen_as_among_all(org):
    """Who owns the customer sees what others are to do about it, and about what hangs on it; others what their reach holds."""
    people = org.people
    own = make_customer(org, owner=people.sales_rep)
    other = make_customer(org, owner=people.colleague)
    deal = make_opportunity(org, customer=own, owner=people.colleague)
    for record in (own, other, deal):
        for doer in (people.sales_rep, people.colleague, people.stranger, people.service_manager):
            create_task(actor=people.executive, assignee=doer, title="跟进", due_at=later(), record=record)
    seen = {}
    for user in vars(people).values():
        for record in (own, other, deal):
            if type(record).objects.visible_to(user).filter(pk=record.pk).exists():
                alone = set(Task.objects.visible_to(user).filter(**reference_of(record)))
                assert set(Task.objects.visible_to(user, of=record)) == alone, (user.username, record)
                seen[user.username, record] = len(alone)
    assert seen[people.sales_rep.username, own] == seen[people.sales_rep.username, deal] == 4
    assert set(seen.values()) == {3, 4}, "whoever owns none of it sees what lies in reach"


def test_moves_tell_the_other_side_and_only_once(org):
    people = org.people
    task = create_task(actor=people.sales_manager, assignee=people.sales_rep, title="催款", due_at=later())
    complete(task=task, actor=people.sales_rep, note="已付款")
    assert (task.state, task.done_note, told(people.sales_manager)) == ("done", "已付款", ["task.done"])
    with pytest.raises(TransitionError):
        complete(task=task, actor=people.sales_rep)
    reopen(task=task, actor=people.sales_manager)
    cancel(task=task, actor=people.sales_manager, reason="客户已付")
    assert told(people.sales_rep) == ["task.assigned", "task.reopened", "task.cancelled"]
    assert [row.target for row in task.state_changes.all()] == ["done", "open", "cancelled"]
    with pytest.raises(DomainError):
        snooze(task=task, until=later(), actor=people.sales_rep)


def test_two_who_reassign_at_once_do_not_overwrite_each_other(org):
    people = org.people
    task = make_task(org, owner=people.sales_rep)
    seen = Task.objects.get(pk=task.pk)
    reassign(task=task, assignee=people.stranger, actor=people.sales_manager)
    assert (task.team, told(people.stranger)) == (org.other_team, ["task.assigned"])
    with pytest.raises(StaleVersion):
        reassign(task=seen, assignee=people.colleague, actor=people.sales_manager)


def test_reminders_and_being_overdue_are_told_once_and_anew_for_a_new_time(org):
    rep = org.people.sales_rep
    task = make_task(org, due_at=later(-1), remind_at=later(-2))
    make_task(org, due_at=later(-1), remind_at=later(-2), state="done")
    make_task(org, due_at=later(1), remind_at=later(1))
    assert (tell_due(), tell_due()) == (2, 0)
    assert told(rep) == ["task.reminder", "task.overdue"]
    task.refresh_from_db()
    snooze(task=task, until=later(2), actor=rep)
    Task.objects.filter(pk=task.pk).update(due_at=later(-0.1))
    assert (tell_due(), told(rep)[-1]) == (1, "task.overdue")
    task.refresh_from_db()
    update_task(instance=task, expected_version=task.version, actor=rep, remind_at=later(-0.1))
    assert tell_due() == 1


def test_the_start_page_card_finishes_a_task_in_place_and_offers_the_way_back(org, client_of):
    rep, client = org.people.sales_rep, client_of(org.people.sales_rep)
    customer = make_customer(org, owner=rep)
    task = create_task(actor=rep, assignee=rep, title="call them", due_at=later(-3), record=customer)
    create_task(actor=rep, assignee=rep, title="the other", due_at=later(30))
    make_task(org, owner=org.people.stranger, title="not mine")
    page = text_of(client, "/")
    assert [word in page for word in ("call them", str(customer), "1 overdue", "not mine")] == [True, True, True, False]
    answer = client.post(step(task, "done"), headers=HTMX).content.decode()
    card, toast = answer.split('hx-swap-oob="beforeend:#toasts"')
    assert ("call them" in card, "the other" in card) == (False, True)
    assert step(task, "reopen") in toast
    again = client.post(step(task, "done"), headers=HTMX).content.decode()
    assert "toast-error" in again
    assert "call them" in client.post(step(task, "reopen"), headers=HTMX).content.decode().split("hx-swap-oob")[0]


def test_the_panel_of_a_record_shows_its_tasks_and_leads_to_a_new_one_about_it(org, client_of):
    rep, client = org.people.sales_rep, client_of(org.people.sales_rep)
    customer = make_customer(org, owner=rep)
    url = reverse("customers:customer_record", args=[customer.pk])
    create_task(actor=org.people.sales_manager, assignee=rep, title="visit", due_at=later(), record=customer)
    create_task(
        actor=org.people.stranger, assignee=org.people.stranger, title="their errand", due_at=later(), record=customer
    )
    page = text_of(client, url)
    about = f"customers.customer:{customer.pk}"
    assert ("visit" in page, "their errand" in page) == (True, True)  # the owner sees whoever is to do it
    assert f"{reverse('workflow:task_create')}?about=customers.customer%3A{customer.pk}" in page
    data = {"title": "send sample", "due_at": "2030-01-02T09:30", "assignee": rep.pk, "priority": 2, "about": about}
    assert client.post(reverse("workflow:task_create"), data).url == url
    task = Task.objects.get(title="send sample")
    assert task.reference == (task.content_type_id, customer.pk)
    answer = client.post(step(task, "done"), {"about": about}, headers=HTMX).content.decode()
    assert ('id="record-tasks"' in answer, "visit" in answer) == (True, True)


def test_a_task_cannot_be_made_about_a_record_out_of_reach_and_never_names_one(org, client_of):
    rep, client = org.people.sales_rep, client_of(org.people.sales_rep)
    foreign = make_customer(org, owner=org.people.stranger)
    about = f"customers.customer:{foreign.pk}"
    data = {"title": "x", "due_at": "2030-01-02T09:30", "assignee": rep.pk, "priority": 2, "about": about}
    assert client.post(reverse("workflow:task_create"), data).status_code == 422
    assert str(foreign) not in text_of(client, reverse("workflow:task_create"), {"about": about})
    task = create_task(actor=org.people.stranger, assignee=rep, title="help", due_at=later(-1), record=foreign)
    pages = [text_of(client, url) for url in ("/", reverse("workflow:task_list"), task_entity.record_url(task))]
    assert [("help" in page, str(foreign) in page) for page in pages] == [(True, False)] * 3


def test_ready_made_views_and_the_count_of_overdue_ones(org, client_of):
    rep, client = org.people.sales_rep, client_of(org.people.sales_rep)
    for title, hours, state in (("late", -2, "open"), ("far", 24 * 30, "open"), ("finished", -5, "done")):
        make_task(org, title=title, due_at=later(hours), state=state)
    make_task(org, owner=org.people.stranger, creator=rep, title="given away", due_at=later(-2))
    url = reverse("workflow:task_list")

    def shown(query):
        page = client.get(f"{url}?{query}", headers=HTMX).content.decode()
        return [title for title in ("late", "far", "finished", "given away") if f">{title}</a>" in page]

    presets = {preset.key: shown(preset.query) for preset in task_entity.presets}
    assert presets == {
        "mine": ["late", "far"],
        "overdue": ["late"],
        "today": ["late"],
        "week": ["late"],
        "given": ["late", "far", "given away"],
        "done": ["finished"],
        "all": ["late", "far", "finished", "given away"],
    }
    page = text_of(client, url)
    assert ">late</a>" in page
    assert ">finished</a>" not in page
    assert '<span class="cnt hot">1</span>' in page
