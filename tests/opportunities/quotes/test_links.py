"""The page that a customer opens by a link: what it shows and to whom, when it was read, and what the customer answers."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError
from crm.models import Notification, Task
from opportunities.domain.quotes import links
from opportunities.domain.quotes.quotes import update_quote
from opportunities.domain.quotes.release import release_quote
from opportunities.domain.quotes.sending import accept_quote, decline_quote, new_version, send_quote
from opportunities.models import Quote, QuoteLink, QuoteMessage, QuoteOpening
from opportunities.views.quote_public import ANSWERS
from tests.factories.catalogue import make_cost, make_price
from tests.factories.quotes import age, make_quote, make_sent
from tests.factories.records import day, make_contact

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"}


@pytest.fixture
def quote(org):
    make_price(org, floor_price=Decimal("31.75"))
    make_cost(org)
    return make_sent(org)


def at(name, quote):
    return reverse(f"opportunities:quote_{name}", args=[quote.token])


def test_whoever_has_the_link_reads_this_quote_and_nothing_guarded(client, quote):
    other = make_sent_other(quote)
    response = client.get(at("open", quote), headers=PHONE)
    page = response.content.decode()
    assert response.status_code == 200
    for text in (quote.code, quote.customer.name, "34.20", "密封胶 SF-820", f"{quote.customer.name} {day()}"):
        assert text in page
    for text in ("31.75", "27.28", "38.50", other.code, quote.opportunity.name, "/customers/"):
        assert text not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def make_sent_other(quote):
    draft = Quote.objects.get(pk=quote.pk)
    draft.pk, draft.number, draft.code, draft.state = None, "QUO-X", "QUO-X", "draft"
    draft._state.adding = True
    draft.sent_on = None
    draft.save()
    return draft


def test_only_a_digest_is_kept(quote):
    link = quote.links.get()
    assert link.digest == links.digest_of(quote.token)
    assert quote.token not in str(QuoteLink.objects.values().get())
    assert quote.token not in str(QuoteLink.pgh_event_model.objects.values().get())
    assert len(quote.token) >= 43


def test_openings_are_noted_and_the_owner_is_told_once(client, quote):
    client.get(at("open", quote), headers=PHONE)
    client.get(at("open", quote), headers=PHONE)  # a reload
    client.get(at("paper", quote), headers=PHONE)
    assert [row.as_pdf for row in QuoteOpening.objects.all()] == [False, True]
    QuoteOpening.objects.update(at=timezone.now() - dt.timedelta(hours=2))
    client.get(at("open", quote), headers=PHONE)
    assert QuoteOpening.objects.count() == 3
    told = Notification.objects.get(kind="quote.opened")
    assert (told.recipient, told.count) == (quote.owner, 1)


@pytest.mark.parametrize(
    "headers",
    [{"User-Agent": "WhatsApp/2.23"}, {"User-Agent": "Slackbot-LinkExpanding"}, {**PHONE, "Sec-Purpose": "prefetch"}],
)
def test_previews_count_as_no_reading_and_accept_nothing(client, quote, headers):
    assert client.get(at("open", quote), headers=headers).status_code == 200
    assert client.head(at("open", quote), headers=PHONE).status_code == 200
    assert not QuoteOpening.objects.exists()
    assert client.get(at("accept", quote), headers=headers).status_code == 405
    assert Quote.objects.get(pk=quote.pk).state == "sent"


def test_accepting_needs_djangos_token_and_a_name_and_once_is_enough(client, quote):
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post(at("accept", quote), {"name": "王工"}).status_code == 403
    assert client.post(at("accept", quote), {"name": ""}).status_code == 422
    for _ in range(2):
        assert client.post(at("accept", quote), {"name": "王工"}).status_code == 302
    quote.refresh_from_db()
    assert quote.state == "accepted"
    assert quote.state_changes.filter(target="accepted").get().actor is None
    assert [row.name for row in QuoteMessage.objects.all()] == ["王工"]
    assert Notification.objects.filter(kind="quote.accepted", recipient=quote.owner).count() == 1
    page = client.get(at("open", quote)).content.decode()
    assert "您已接受" in page
    assert at("accept", quote) not in page


def test_a_question_is_kept_told_and_to_be_answered_by_tomorrow(client, quote, client_of):
    data = {"name": "王工", "text": "能否 <b>分两批</b> 交货？"}
    assert client.post(at("ask", quote), {**data, "text": ""}).status_code == 422
    assert client.post(at("ask", quote), data).status_code == 302
    task = Task.objects.get()
    assert (task.assignee, task.state) == (quote.owner, "open")
    assert quote.code in task.title
    assert "分两批" in task.text
    assert task.due_at <= timezone.now() + dt.timedelta(days=1)
    assert Notification.objects.filter(kind="quote.asked", recipient=quote.owner).exists()
    page = client_of(quote.owner).get(f"/opportunities/quotes/{quote.pk}/").content.decode()
    assert "&lt;b&gt;分两批&lt;/b&gt;" in page


def test_too_many_answers_from_one_address_are_held_up(client, quote):
    for _ in range(ANSWERS.limit):
        client.post(at("ask", quote), {"name": "x", "text": ""})
    assert client.post(at("ask", quote), {"name": "x", "text": "y"}).status_code == 429
    assert not QuoteMessage.objects.exists()


def test_a_closed_link_says_so_politely_and_shows_nothing(client, quote):
    url = at("open", quote)
    QuoteLink.objects.update(expires_at=timezone.now())
    for name in ("open", "paper"):
        response = client.get(at(name, quote))
        assert response.status_code == 410
        assert "此链接已关闭" in response.content.decode()
        assert quote.customer.name not in response.content.decode()
    assert client.post(at("accept", quote), {"name": "x"}).status_code == 410
    unknown = client.get(reverse("opportunities:quote_open", args=["made-up"]), headers={"Accept-Language": "en"})
    assert unknown.status_code == 404
    assert "This link is closed" in unknown.content.decode()
    QuoteLink.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    assert client.get(url).status_code == 200
    send_quote(quote=Quote.objects.get(pk=quote.pk), actor=quote.owner)
    assert client.get(url).status_code == 410  # a newer link


@pytest.mark.parametrize("end", ["declined", "superseded"])
def test_what_is_over_is_not_shown_any_more(client, quote, end):
    if end == "declined":
        decline_quote(quote=quote, actor=quote.owner, reason="x")
    else:
        new_version(quote=quote, actor=quote.owner)
    assert client.get(at("open", quote)).status_code == 410


def test_after_its_validity_it_can_be_read_but_not_accepted(client, quote):
    age(quote, valid_until=day(-1))
    page = client.get(at("open", quote)).content.decode()
    assert at("accept", quote) not in page
    assert client.post(at("accept", quote), {"name": "x"}).status_code == 422
    with pytest.raises(DomainError):
        accept_quote(quote=Quote.objects.get(pk=quote.pk), actor=quote.owner, reason="x")


def test_an_english_quote_is_read_in_english(client, org):
    org.product.name_en = "Sealant SF-820"
    org.product.save()
    draft = make_quote(org)
    contact = make_contact(org, customer=draft.customer, name="John")
    update_quote(instance=draft, expected_version=None, actor=draft.owner, language="en", contact=contact)
    release_quote(quote=draft, actor=draft.owner)
    draft.token = send_quote(quote=draft, actor=draft.owner)
    page = client.get(at("open", draft), headers={"Accept-Language": "zh-CN"}).content.decode()
    assert "Sealant SF-820" in page
    assert "Accept the quote" in page
    assert 'value="John"' in page
