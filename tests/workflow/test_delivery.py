"""E-mail: who gets one, when, in which language, and never twice."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from crm import extension_points
from crm.errors import DomainError
from crm.extension_points import NotificationChannel, NotificationKind
from crm.models import Delivery, Notification, NotificationChoice, NotificationSettings
from crm.workflow.domain.delivery import LOST, deliver_due
from crm.workflow.domain.notifications import notify
from crm.workflow.domain.preferences import save_preferences, send_time
from tests.factories.organisation import make_organisation
from tests.factories.records import make_customer

URL = "/notifications/preferences/"


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.EMAIL_CONFIGURED = True
    settings.SITE_URL = "https://crm.example.com"
    kinds = (
        NotificationKind("test.mailed", "Mailed kind", "work"),
        NotificationKind("test.inbox", "Inbox kind", "records", channels=("in_app",)),
    )
    with extension_points.notification_kinds.override(*kinds):
        yield


@pytest.fixture
def rep(org):
    person = org.people.sales_rep
    person.email, person.language = "rep@example.com", "en"
    person.save()
    return person


def wish(user, wanted=None, **values):
    usual = {"digest": "now", "daily_at": 8, "quiet_from": None, "quiet_until": None}
    save_preferences(actor=user, wanted=wanted or {}, **{**usual, **values})


def tell(*people, kind="test.mailed", title="news", **values):
    notify(recipients=people, kind=kind, title=title, **values)


def test_one_mail_with_all_that_is_due_a_link_for_each_and_nothing_of_what_is_out_of_reach(org, rep):
    mine, foreign = make_customer(org, owner=rep), make_customer(org, owner=org.people.stranger)
    tell(rep, title="about <mine>", record=mine)
    tell(rep, title="secret", text="secret text", record=foreign)
    tell(rep, org.people.colleague, title="plain")  # the colleague has no address
    tell(rep, kind="test.inbox", title="inbox only")
    assert (deliver_due(), deliver_due(), len(mail.outbox)) == (3, 0, 1)
    message = mail.outbox[0]
    html = message.alternatives[0][0]
    assert (message.to, message.subject) == (["rep@example.com"], "[衡谱 CRM] 3 notifications")
    for body in (message.body, html):
        assert f"https://crm.example.com/customers/{mine.pk}/" in body
        assert [word in body for word in ("plain", "Mailed kind", "secret", "inbox only")] == [True, True, False, False]
    assert "about &lt;mine&gt;" in html
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_a_mail_speaks_the_readers_language_and_its_subject_is_one_line(rep):
    rep.language = "zh-hans"
    rep.save()
    tell(rep, title="第一行\nBcc: x@example.com")
    deliver_due()
    assert mail.outbox[0].subject == "[衡谱 CRM] 第一行 Bcc: x@example.com"
    assert "您好" in mail.outbox[0].body


def test_what_a_person_chose_counts_for_that_person_only(org, rep):
    other = org.people.colleague
    other.email = "c@example.com"
    other.save()
    wish(rep, {("test.mailed", "email"): False, ("test.mailed", "in_app"): False, ("test.inbox", "email"): True})
    tell(rep, other)
    tell(rep, other, kind="test.inbox", title="more")
    assert list(Notification.objects.filter(recipient=rep).values_list("title", "in_inbox")) == [("more", True)]
    assert sorted(Delivery.objects.values_list("notification__recipient", "notification__title")) == sorted(
        [(rep.pk, "more"), (other.pk, "news")]
    )
    wish(rep, {("test.mailed", "email"): True, ("test.mailed", "in_app"): True, ("test.inbox", "email"): False})
    assert not NotificationChoice.objects.exists()
    wish(rep, {("test.mailed", "in_app"): False})
    tell(rep, title="mail only")
    assert Notification.objects.get(title="mail only").in_inbox is False


@pytest.mark.parametrize(
    ("wishes", "now", "expected"),
    [
        ({}, "10:20", "10:20"),
        ({"digest": "hourly"}, "10:20", "11:00"),
        ({"digest": "daily", "daily_at": 8}, "07:59", "08:00"),
        ({"digest": "daily", "daily_at": 8}, "08:00", "+08:00"),
        ({"quiet": ("21:00", "07:30")}, "20:59", "20:59"),
        ({"quiet": ("21:00", "07:30")}, "21:00", "+07:30"),
        ({"quiet": ("21:00", "07:30")}, "03:00", "07:30"),
        ({"quiet": ("12:00", "13:00"), "digest": "hourly"}, "11:20", "13:00"),
        ({"quiet": ("12:00", "13:00")}, "13:00", "13:00"),
    ],
)
def test_when_something_may_be_sent(wishes, now, expected):
    quiet = [dt.time.fromisoformat(text) for text in wishes.pop("quiet", ())] or [None, None]
    row = NotificationSettings(quiet_from=quiet[0], quiet_until=quiet[1], **wishes)

    def at(text):
        day = dt.date(2026, 3, 3 if text.startswith("+") else 2)
        return timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(text.lstrip("+"))))

    assert send_time(row, at(now)) == at(expected)


def test_a_failed_attempt_is_made_again_later_and_given_up_in_the_end(rep):
    calls = []

    def fail(ids):
        calls.append(ids)
        raise OSError("no route")

    with extension_points.notification_channels.override(NotificationChannel("email", "E-mail", fail)):
        tell(rep)
        assert (deliver_due(), deliver_due(), len(calls)) == (0, 0, 1)
        row = Delivery.objects.get()
        assert (row.state, row.attempts, row.due_at > timezone.now()) == ("waiting", 1, True)
        for _ in range(6):
            Delivery.objects.update(due_at=timezone.now())
            deliver_due()
    row.refresh_from_db()
    assert (row.state, row.attempts, len(calls), "no route" in row.error) == ("failed", 5, 5, True)


def test_what_a_killed_worker_was_sending_is_not_sent_again(rep):
    tell(rep)
    Delivery.objects.update(state="sending", claimed_at=timezone.now() - LOST - dt.timedelta(minutes=1))
    assert (deliver_due(), len(mail.outbox)) == (0, 0)
    assert Delivery.objects.get().state == "failed"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_once(transactional_db):
    rep = make_organisation().people.sales_rep
    both, calls = threading.Barrier(2), []

    def slow(ids):
        calls.extend(ids)

    def work():
        both.wait()
        deliver_due()
        connection.close()

    with extension_points.notification_channels.override(NotificationChannel("email", "E-mail", slow)):
        for number in range(20):
            tell(rep, title=f"news {number}")
        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        deliver_due()
    assert sorted(calls) == sorted(Notification.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_rows_that_another_worker_holds_do_not_keep_the_others_waiting(transactional_db):
    people = make_organisation().people
    calls = []
    channel = NotificationChannel("email", "E-mail", calls.extend)
    with extension_points.notification_channels.override(channel):
        tell(people.sales_rep, title="held")
        tell(people.colleague, title="free")
        held, free = Delivery.objects.order_by("due_at", "pk")
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN; SELECT 1 FROM crm_delivery WHERE id = %s FOR UPDATE", [held.pk])
                assert (deliver_due(), calls) == (1, [free.notification_id])
                cursor.execute(
                    "ROLLBACK"
                )  # from a connection that is only closed the server takes locks a moment later
        finally:
            other.close()
        assert (deliver_due(), calls) == (1, [free.notification_id, held.notification_id])


def test_the_preferences_page_stores_what_was_ticked(rep, client_of):
    client = client_of(rep)
    page = client.get(URL).content.decode()
    assert 'name="box_test.mailed__email"' in page
    data = {"digest": "daily", "daily_at": "9", "quiet_from": "", "quiet_until": "", "box_test.inbox__email": "on"}
    assert client.post(URL, data).status_code == 302
    stored = NotificationSettings.objects.get(user=rep)
    assert (stored.digest, stored.daily_at) == ("daily", 9)
    choices = set(
        NotificationChoice.objects.filter(user=rep, kind__startswith="test.").values_list("kind", "channel", "wanted")
    )
    assert choices == {
        ("test.mailed", "email", False),
        ("test.mailed", "in_app", False),
        ("test.inbox", "email", True),
        ("test.inbox", "in_app", False),
    }
    half = client.post(URL, {**data, "quiet_from": "21:00"})
    assert half.status_code == 422
    with pytest.raises(DomainError):
        wish(rep, quiet_from=dt.time(21))


def test_without_e_mail_set_up_nothing_waits_and_no_box_is_offered(rep, client_of, settings):
    settings.EMAIL_CONFIGURED = False
    tell(rep)
    assert not Delivery.objects.exists()
    assert "__email" not in client_of(rep).get(URL).content.decode()
