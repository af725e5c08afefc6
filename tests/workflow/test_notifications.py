"""Telling people: who is told, in which language, and how a storm is folded."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from crm import extension_points
from crm.extension_points import NotificationKind
from crm.models import Notification
from crm.workflow.domain.notifications import FOLD, mark_read, notify, unread_count
from tests.factories.records import make_customer

KINDS = (
    NotificationKind(
        "test.comment",
        gettext_lazy("Customers"),
        "records",
        folded=ngettext_lazy("%(count)d day", "%(count)d days", "count"),
    ),
    NotificationKind("test.plain", gettext_lazy("Leads"), "work"),
)


@pytest.fixture(autouse=True)
def kinds():
    with extension_points.notification_kinds.override(*KINDS):
        yield


def told(**values):
    return list(Notification.objects.filter(**values).order_by("pk"))


def test_each_is_told_once_in_the_own_language_but_never_the_actor_nor_who_is_gone(org):
    people = org.people
    for person, language in ((people.sales_rep, "en"), (people.colleague, "zh-hans")):
        person.language = language
        person.save()
    people.stranger.is_active = False
    people.stranger.save()
    notify(
        recipients=[people.sales_rep, people.colleague, people.sales_rep, people.stranger, people.sales_manager],
        kind="test.plain",
        title=gettext_lazy("Customers"),
        text=lambda: gettext("%(name)s was created.") % {"name": "X"},
        actor=people.sales_manager,
    )
    assert {row.recipient_id: (row.title, row.text) for row in told()} == {
        people.sales_rep.pk: ("Customers", "X was created."),
        people.colleague.pk: ("客户档案", "已创建 X。"),
    }


def test_an_unknown_kind_is_an_error(org):
    with pytest.raises(KeyError):
        notify(recipients=[org.people.sales_rep], kind="no.such", title="x")


def test_many_of_a_kind_about_one_record_become_one_row_until_it_is_read_or_the_window_ends(org):
    rep = org.people.sales_rep
    customer, other = make_customer(org, owner=rep), make_customer(org, owner=rep)

    def comment(record, words):
        notify(recipients=[rep], kind="test.comment", title=words, record=record, actor=org.people.colleague)

    for number in range(3):
        comment(customer, f"comment {number}")
    comment(other, "elsewhere")
    rows = told(recipient=rep)
    assert [(row.count, row.heading) for row in rows] == [(3, "3 days"), (1, "elsewhere")]
    mark_read(rows=Notification.objects.filter(pk=rows[0].pk), actor=rep)
    comment(customer, "after reading")
    Notification.objects.filter(title="elsewhere").update(created_at=timezone.now() - FOLD - dt.timedelta(minutes=1))
    comment(other, "much later")
    assert [row.title for row in told(recipient=rep, count=1)] == ["elsewhere", "after reading", "much later"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_when_the_transaction_fails(transactional_db):
    from tests.factories.organisation import make_organisation

    rep = make_organisation().people.sales_rep
    assert unread_count(rep) == 0
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(recipients=[rep], kind="test.plain", title="x")
        _ = 1 / 0
    assert (told(), unread_count(rep)) == ([], 0)
    notify(recipients=[rep], kind="test.plain", title="x")
    assert unread_count(rep) == 1
    assert mark_read(rows=Notification.objects.all(), actor=rep) == 1
    assert unread_count(rep) == 0


def test_nobody_marks_the_rows_of_another(org):
    notify(recipients=[org.people.sales_rep], kind="test.plain", title="x")
    assert mark_read(rows=Notification.objects.all(), actor=org.people.colleague) == 0
    assert told()[0].read_at is None
