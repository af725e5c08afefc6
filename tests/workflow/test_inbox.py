"""The inbox: own rows only, no details of what is out of reach, opening reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm import extension_points
from crm.extension_points import NotificationKind
from crm.models import Notification
from crm.workflow.domain.notifications import notify
from tests.factories.records import make_customer

INBOX = "/notifications/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def kinds():
    plain = NotificationKind("test.plain", "Plain kind", "work")
    record = NotificationKind("test.record", "Record kind", "records")
    with extension_points.notification_kinds.override(plain, record):
        yield


@pytest.fixture
def rep(org):
    return org.people.sales_rep


@pytest.fixture
def tell(rep, django_capture_on_commit_callbacks):
    def say(title, *people, kind="test.plain", **values):
        with django_capture_on_commit_callbacks(execute=True):
            notify(recipients=people or [rep], kind=kind, title=title, **values)
        return Notification.objects.order_by("-pk").first()

    return say


def text_of(client, url, **more):
    return client.get(url, **more).content.decode()


def test_everybody_sees_the_own_notifications_only_and_the_bell_counts_the_unread(org, rep, client_of, tell):
    tell("for me")
    foreign = tell("for the stranger", org.people.stranger)
    client = client_of(rep)
    for page in (text_of(client, INBOX), text_of(client, reverse("workflow:inbox_newest"), headers=HTMX)):
        assert "for me" in page
        assert "for the stranger" not in page
    assert '<span class="pip" aria-hidden="true">1</span>' in text_of(client, "/more/")
    assert client.post(reverse("workflow:inbox_open", args=[foreign.pk])).status_code == 404
    client.post(reverse("workflow:inbox_read"), {"id": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_opening_reads_and_leads_to_the_record(org, rep, client_of, tell, django_capture_on_commit_callbacks):
    customer = make_customer(org, owner=rep)
    row = tell("look", kind="test.record", record=customer)
    client = client_of(rep)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("workflow:inbox_open", args=[row.pk]))
    assert answer.url == reverse("customers:customer_record", args=[customer.pk])
    assert "pip" not in text_of(client, "/more/")


def test_of_a_record_out_of_reach_only_the_kind_is_told(org, rep, client_of, tell):
    customer = make_customer(org, owner=org.people.stranger)
    row = tell("secret title", kind="test.record", record=customer, text="secret text", url="/secret/")
    client = client_of(rep)
    page = text_of(client, INBOX) + text_of(client, reverse("workflow:inbox_newest"))
    assert "secret" not in page
    assert "Record kind" in page
    assert client.post(reverse("workflow:inbox_open", args=[row.pk])).url == INBOX


def test_a_foreign_address_is_not_followed(rep, client_of, tell):
    row = tell("x", url="https://example.com/")
    assert client_of(rep).post(reverse("workflow:inbox_open", args=[row.pk])).url == INBOX


def test_filters_by_unread_and_kind_and_marks_all(org, rep, client_of, tell):
    first = tell("plain one")
    tell("about a record", kind="test.record", record=make_customer(org, owner=rep))
    client = client_of(rep)
    client.post(reverse("workflow:inbox_read"), {"id": first.pk})
    unread, kind = text_of(client, INBOX + "?unread=1"), text_of(client, INBOX + "?kind=test.plain")
    assert ("plain one" in unread, "about a record" in unread) == (False, True)
    assert ("plain one" in kind, "about a record" in kind) == (True, False)
    page = client.post(reverse("workflow:inbox_read"), headers=HTMX).content.decode()
    assert '<span id="bell-n" hx-swap-oob="true"></span>' in page
    assert not Notification.objects.filter(recipient=rep, read_at=None).exists()


def test_a_full_inbox_takes_as_many_queries_as_one_row(org, rep, client_of, tell):
    client = client_of(rep)

    def queries():
        client.get(INBOX)
        with CaptureQueriesContext(connection) as captured:
            client.get(INBOX)
        return len(captured)

    tell("a", kind="test.record", record=make_customer(org, owner=rep), actor=org.people.colleague)
    one = queries()
    for _ in range(4):
        tell("b", kind="test.record", record=make_customer(org, owner=rep), actor=org.people.colleague)
    assert queries() == one
    assert one <= 9
