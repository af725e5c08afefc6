"""The page that a customer opens by a link: what it shows and to whom, when it is closed, and what is noted."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.models import Notification
from opportunities.domain.certificates import sets
from opportunities.domain.quotes.links import digest_of
from opportunities.models import DocumentLink, DocumentOpening
from opportunities.views.document_public import FILES
from tests.factories.certificates import add_file, make_sent_set, make_version
from tests.factories.records import day

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"}


@pytest.fixture
def document_set(org):
    return make_sent_set(org, message="请查收 <b>资料</b>")


def at(found, item=None):
    if item is None:
        return reverse("opportunities:document_open", args=[found.token])
    return reverse("opportunities:document_file", args=[found.token, item.pk])


def test_whoever_has_the_link_reads_this_set_and_nothing_else(org, client, document_set):
    other = make_sent_set(org)
    item = document_set.items.get()
    response = client.get(at(document_set), headers=PHONE)
    page = response.content.decode()
    assert response.status_code == 200
    for text in (
        item.name,
        item.number,
        document_set.customer.name,
        f"{document_set.customer.name} {day()}",
        "&lt;b&gt;",
    ):
        assert text in page
    assert other.title not in page
    assert "/customers/" not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in response["Cache-Control"]
    file = client.get(at(document_set, item), headers=PHONE)
    assert b"".join(file.streaming_content).startswith(b"%PDF-1.7")
    assert "attachment" in file["Content-Disposition"]
    assert "inline" in client.get(at(document_set, item) + "?show=1", headers=PHONE)["Content-Disposition"]
    assert client.get(at(document_set, other.items.get()), headers=PHONE).status_code == 404


def test_only_a_digest_is_kept(document_set):
    link = document_set.link
    assert link.digest == digest_of(document_set.token)
    kept = str(DocumentLink.objects.values().get()) + str(DocumentLink.pgh_event_model.objects.values().first())
    assert document_set.token not in kept


def test_openings_say_who_when_where_and_what_and_the_owner_is_told_once(client, client_of, document_set):
    item = document_set.items.get()
    for _number in range(2):  # the second is a reload
        client.get(at(document_set), headers=PHONE)
        client.get(at(document_set, item), headers=PHONE)
    client.get(at(document_set), headers={"User-Agent": "WhatsApp/2.23"})
    client.head(at(document_set), headers=PHONE)
    found = DocumentOpening.objects.order_by("pk").values_list("link__recipient", "item", "address")
    assert list(found) == [("王工", None, "127.0.0.1"), ("王工", item.pk, "127.0.0.1")]
    DocumentOpening.objects.update(at=timezone.now() - dt.timedelta(hours=2))
    client.get(at(document_set), headers=PHONE)
    assert DocumentOpening.objects.count() == 3
    told = Notification.objects.get(kind="document_set.opened")
    assert (told.recipient, told.count) == (document_set.owner, 1)
    page = client_of(document_set.owner).get(f"/opportunities/document-sets/{document_set.pk}/").content.decode()
    assert "127.0.0.1" in page


def test_a_closed_link_says_so_in_both_languages_and_shows_nothing(client, document_set):
    item = document_set.items.get()
    DocumentLink.objects.update(expires_at=timezone.now())
    for url in (at(document_set), at(document_set, item)):
        response = client.get(url)
        assert response.status_code == 410
        page = response.content.decode()
        assert "此链接已关闭" in page
        assert "This link is closed" in page
        assert document_set.customer.name not in page
    unknown = client.get(reverse("opportunities:document_open", args=["made-up"]))
    assert unknown.status_code == 404
    assert "This link is closed" in unknown.content.decode()


def test_each_recipient_has_a_link_that_is_closed_by_itself(client, client_of, document_set):
    second = sets.send_set(document_set=document_set, actor=document_set.owner, recipient="李工", expires_on=day(5))
    close = reverse("opportunities:documentset_close", args=[document_set.pk, document_set.link.pk])
    assert client_of(document_set.owner).post(close).status_code == 302
    assert client.get(at(document_set)).status_code == 410
    assert client.get(reverse("opportunities:document_open", args=[second])).status_code == 200


def test_a_renewed_set_is_not_opened_any_more_by_its_old_link(org, client, document_set):
    version = document_set.items.get().version_chosen
    make_version(org)  # of another certificate: nothing newer here
    add_file(version.certificate, 0, 700)
    _edition, token = sets.renew_set(
        document_set=document_set, actor=document_set.owner, recipient="王工", expires_on=day(9)
    )
    assert client.get(at(document_set)).status_code == 410
    assert client.get(reverse("opportunities:document_open", args=[token])).status_code == 200


def test_too_many_files_for_one_address_are_held_up(client, document_set):
    url = at(document_set, document_set.items.get())
    answers = [client.get(url).status_code for _number in range(FILES.limit + 1)]
    assert answers == [200] * FILES.limit + [429]
