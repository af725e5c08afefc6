"""The pages of webhooks: who may, what is typed stays, secrets are shown once, messages are sent again."""

import re
from typing import Any

import pytest

from crm.base import remembered
from crm.models import Role
from integrations.domain.webhooks import secrets_of
from integrations.models import Webhook, WebhookDelivery
from tests.factories.organisation import Organisation
from tests.webhooks.conftest import Other, make_webhook, send_due, signed_by
from tests.webhooks.test_sending import a_lead

pytestmark = pytest.mark.django_db
LIST, NEW, LOG = "/integrations/webhooks/", "/integrations/webhooks/new/", "/integrations/webhooks/messages/"


@pytest.fixture
def admin(org: Organisation, client_of: Any) -> Any:
    """An administrator's browser, in English."""
    org.people.administrator.language = "en"
    org.people.administrator.save()
    return client_of(org.people.administrator)


def typed(org: Organisation, url: str, **more: Any) -> dict[str, Any]:
    """What an administrator types."""
    return {
        "name": "MES",
        "url": url,
        "owner": org.people.sales_rep.pk,
        "is_active": "on",
        "topics": ["created", "changed"],
        "records": ["leads", "customers"],
        **more,
    }


def test_it_is_entered_shown_and_told(org: Organisation, admin: Any, other: Other) -> None:
    made = admin.post(NEW, typed(org, other.url), follow=True)
    webhook = Webhook.objects.get()
    assert made.redirect_chain[-1][0] == f"{LIST}{webhook.pk}/"
    page = made.content.decode()
    assert other.url in page and "Leads" in page
    assert (webhook.owner, webhook.topics, webhook.records) == (
        org.people.sales_rep,
        ["created", "changed"],
        ["leads", "customers"],
    )
    remembered.forget()
    lead = a_lead(org)
    assert send_due() == 1
    assert other.messages[0]["record"]["id"] == lead.pk
    assert "MES" in admin.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://127.0.0.1/hook", "Addresses inside our own network are not sent to."),
        ("https://169.254.169.254/latest/", "Addresses inside our own network are not sent to."),
        ("https://[::ffff:10.0.0.1]/", "Addresses inside our own network are not sent to."),
        ("http://8.8.8.8/", "Enter an address that begins with https://"),
        ("https://no-such-name.invalid/", "The name no-such-name.invalid is not known."),
    ],
)
def test_an_address_inside_is_refused_and_what_was_typed_stays(
    org: Organisation, admin: Any, settings: Any, url: str, said: str
) -> None:
    settings.WEBHOOK_ALLOW_HTTP = False
    answer = admin.post(NEW, typed(org, url))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{url}"' in page and 'value="MES"' in page
    assert re.search(r'value="leads"[^>]*checked', page) and re.search(r'value="changed"[^>]*checked', page)
    assert not re.search(r'value="owner_changed"[^>]*checked', page)
    assert not Webhook.objects.exists()


def test_an_address_inside_is_refused_when_it_is_changed_too(org: Organisation, admin: Any, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    data = typed(org, "https://10.0.0.8/", version_read=webhook.version)
    answer = admin.post(f"{LIST}{webhook.pk}/edit/", data)
    assert answer.status_code == 422
    assert 'value="https://10.0.0.8/"' in answer.content.decode()
    webhook.refresh_from_db()
    assert webhook.url == other.url


def test_what_is_missing_is_said_beside_its_field(org: Organisation, admin: Any, other: Other) -> None:
    answer = admin.post(NEW, typed(org, other.url, topics=[], name=""))
    assert answer.status_code == 422
    assert answer.content.decode().count("This field is required.") >= 2
    answer = admin.post(NEW, typed(org, other.url, records=["secrets"]))
    assert answer.status_code == 422
    make_webhook(org.people.sales_rep, other.url, "created", name="MES")
    assert admin.post(NEW, typed(org, other.url)).status_code == 422
    assert Webhook.objects.count() == 1


def test_a_stale_save_shows_both(org: Organisation, admin: Any, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created", name="MES")
    read = webhook.version
    assert (
        admin.post(f"{LIST}{webhook.pk}/edit/", typed(org, other.url, name="A", version_read=read)).status_code == 302
    )
    answer = admin.post(f"{LIST}{webhook.pk}/edit/", typed(org, other.url, name="B", version_read=read))
    assert answer.status_code == 409
    webhook.refresh_from_db()
    assert webhook.name == "A"


def test_a_secret_is_shown_once_and_signs(org: Organisation, admin: Any, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    address = f"{LIST}{webhook.pk}/"
    (before,) = secrets_of(webhook)
    assert admin.get(f"{address}secret/").status_code == 405, "not by a link"
    answer = admin.post(f"{address}secret/")
    found = re.search(r"whs_[\w-]{40,}", answer.content.decode())
    assert found is not None
    secret = found.group()
    assert "no-store" in answer.headers["Cache-Control"]
    for page in (address, f"{address}edit/", f"{address}tab/history/", LIST, f"{address}print/"):
        text = admin.get(page).content.decode()
        assert secret not in text and before not in text, page
    admin.post(f"{address}step/test/")
    assert send_due() == 1
    headers, body = other.came[0]
    assert signed_by(secret, headers, body) and signed_by(before, headers, body)


def test_a_secret_asks_for_the_password_again(org: Organisation, admin: Any, other: Other) -> None:
    from tests.personal.support import a_while_later

    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    stored = webhook.secret_encrypted
    answer = a_while_later(admin).post(f"{LIST}{webhook.pk}/secret/")
    assert "whs_" not in answer.content.decode()
    webhook.refresh_from_db()
    assert webhook.secret_encrypted == stored


def test_the_log_is_narrowed_and_a_message_shown(org: Organisation, admin: Any, other: Other) -> None:
    first = make_webhook(org.people.sales_rep, other.url, "created", name="一号")
    make_webhook(org.people.sales_rep, other.url, "created", name="二号")
    a_lead(org, company_name="依澜新材")
    other.answers = [200, 500]
    send_due()
    page = admin.get(f"{LOG}?webhook={first.pk}").content.decode()
    rows = re.findall(r'href="[^"]*/messages/(\d+)/"', page)
    assert {int(key) for key in rows} == {WebhookDelivery.objects.get(webhook=first).pk}
    failed = WebhookDelivery.objects.get(status=500)
    page = admin.get(f"{LOG}{failed.pk}/").content.decode()
    assert "依澜新材" in page and "The answer was 500." in page and "xxxx" in page
    assert admin.get(f"{LOG}?state=failed").content.decode().count("/messages/") < page.count("/messages/") + 99


def test_why_a_message_failed_is_told_in_the_readers_language(org: Organisation, admin: Any, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    other.answers = [500]
    a_lead(org)
    send_due()
    row = WebhookDelivery.objects.get()
    assert "The answer was 500." in admin.get(f"{LOG}{row.pk}/").content.decode()
    org.people.administrator.language = "zh-hans"
    org.people.administrator.save()
    assert "应答为 500。" in admin.get(f"{LOG}{row.pk}/").content.decode()


def test_a_message_is_sent_again_once_for_two_presses(org: Organisation, admin: Any, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    send_due()
    row = WebhookDelivery.objects.get()
    again = f"{LOG}{row.pk}/step/again/"
    assert admin.post(again).status_code == 302
    second = admin.post(again, follow=True).content.decode()
    assert "It is on its way already." in second
    assert send_due() == 1
    assert len(other.came) == 2
    assert other.messages[0] == other.messages[1], "the same message with the same id"
    admin.post(again)
    assert send_due() == 1


def test_a_period_is_sent_again(org: Organisation, admin: Any, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    send_due()
    step = f"{LIST}{webhook.pk}/step/replay/"
    wrong = admin.post(step, {"since": "2026-01-02T10:00", "until": "2026-01-01T10:00"})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "The end must be after the beginning." in page and 'value="2026-01-02T10:00"' in page
    none = admin.post(step, {"since": "2020-01-02T10:00", "until": "2020-01-03T10:00"})
    assert "There are no messages of that time." in none.content.decode()
    assert admin.post(step, {"since": "2020-01-01T00:00", "until": "2090-01-01T00:00"}).status_code == 302
    assert send_due() == 1
    assert len(other.came) == 2


def test_a_test_needs_an_address_that_is_on(org: Organisation, admin: Any, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created", is_active=False)
    page = admin.post(f"{LIST}{webhook.pk}/step/test/", follow=True).content.decode()
    assert "It is switched off: switch it on first." in page
    assert not WebhookDelivery.objects.exists()


def test_who_may_only_look_changes_nothing(org: Organisation, client_of: Any, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    send_due()
    row = WebhookDelivery.objects.get()
    role = Role.objects.get(code="sales_rep")
    role.permissions = [*role.permissions, "integrations.view_webhook"]
    role.save()
    looks = client_of(org.people.sales_rep)
    page = looks.get(f"{LIST}{webhook.pk}/").content.decode()
    assert webhook.url in page
    assert "/secret/" not in page and "/edit/" not in page and "/step/" not in page
    stored = Webhook.objects.values().get()
    for address in (f"{LIST}{webhook.pk}/secret/", f"{LIST}{webhook.pk}/step/test/", f"{LOG}{row.pk}/step/again/"):
        assert looks.post(address).status_code == 403, address
    assert looks.post(f"{LIST}{webhook.pk}/edit/", typed(org, other.url)).status_code == 403
    assert looks.post(NEW, typed(org, other.url)).status_code == 403
    assert Webhook.objects.values().get() == stored
    assert client_of(org.people.finance).get(LIST).status_code == 403


def test_the_form_says_how_an_oa_decides(org: Organisation, admin: Any) -> None:
    page = admin.get(NEW).content.decode()
    assert "Requests that this person decides can be decided there." in page
    assert 'value="approval_asked"' in page


@pytest.fixture
def keeper(org: Organisation) -> Any:
    """A manager who keeps webhooks, and is no administrator."""
    person = org.people.sales_manager
    person.language = "en"
    person.save()
    role = Role.objects.get(code="sales_manager")
    role.permissions = [*role.permissions, *(f"integrations.{action}_webhook" for action in ("view", "add", "change"))]
    role.save()
    return person


HIGHER = "Only an administrator lets a webhook read as"


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_reads_as_somebody_who_can_do_more(
    org: Organisation, keeper: Any, client_of: Any, other: Other, superuser: bool
) -> None:
    above = org.people.sales_rep if superuser else org.people.administrator
    above.is_superuser = superuser
    above.save()
    keeps = client_of(keeper)
    refused = keeps.post(NEW, typed(org, other.url, owner=above.pk))
    assert refused.status_code == 422
    assert HIGHER in refused.content.decode()
    assert not Webhook.objects.exists()
    assert keeps.post(NEW, typed(org, other.url, owner=keeper.pk)).status_code == 302
    mine = Webhook.objects.get()
    answer = keeps.post(f"{LIST}{mine.pk}/edit/", typed(org, other.url, owner=above.pk, version_read=mine.version))
    assert answer.status_code == 422
    assert Webhook.objects.get().owner == keeper


def test_nobody_reads_as_a_colleague_of_the_same_rights_elsewhere(
    org: Organisation, keeper: Any, client_of: Any, other: Other
) -> None:
    peer = org.people.colleague
    peer.business_unit = org.agro
    peer.save()
    peer.roles.set(keeper.roles.all())
    refused = client_of(keeper).post(NEW, typed(org, other.url, owner=peer.pk, topics=["approval_asked"]))
    assert refused.status_code == 422 and HIGHER in refused.content.decode()


def test_the_log_shows_what_was_sent_to_those_only_who_may_see_it(
    org: Organisation, keeper: Any, admin: Any, client_of: Any, other: Other
) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org, contact_name="王小芳")
    assert send_due() == 1
    address = f"{LOG}{WebhookDelivery.objects.get().pk}/"
    shown, kept = admin.get(address).content.decode(), client_of(keeper).get(address).content.decode()
    assert "王小芳" in shown and "xxxx" in shown
    assert "王小芳" not in kept and "xxxx" not in kept and "200" in kept


def test_nothing_is_sent_again_while_it_is_switched_off(org: Organisation, admin: Any, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    send_due()
    Webhook.objects.update(is_active=False)
    row = WebhookDelivery.objects.get()
    span = {"since": "2026-01-01T00:00", "until": "2099-01-01T00:00"}
    for address, data in ((f"{LOG}{row.pk}/step/again/", {}), (f"{LIST}{webhook.pk}/step/replay/", span)):
        page = admin.post(address, data, follow=True).content.decode()
        assert "It is switched off: switch it on first." in page
    assert WebhookDelivery.objects.get().state == "sent"


def test_an_administrator_names_no_superuser_but_a_superuser_does(
    org: Organisation, admin: Any, client_of: Any, other: Other
) -> None:
    above = org.people.stranger
    above.is_superuser = True
    above.save()
    assert admin.post(NEW, typed(org, other.url, owner=above.pk)).status_code == 422
    assert client_of(above).post(NEW, typed(org, other.url, owner=above.pk)).status_code == 302


@pytest.mark.parametrize(
    "changed",
    [{"url": "?y=2"}, {"owner": "keeper"}, {"topics": ["approval_asked"]}, {"records": []}, {"is_active": "on"}],
)
def test_a_webhook_of_somebody_higher_is_led_nowhere_else(
    org: Organisation, keeper: Any, client_of: Any, other: Other, changed: dict[str, Any]
) -> None:
    """Taking it over is refused as well: what was written for its person is kept and could be sent again."""
    above = org.people.administrator
    webhook = make_webhook(above, other.url, "created", "changed", name="MES", records=["leads", "customers"])
    Webhook.objects.filter(pk=webhook.pk).update(is_active="is_active" not in changed)
    stored = Webhook.objects.values().get()
    data = typed(org, other.url, owner=above.pk, version_read=webhook.version) | changed
    if "url" in changed:
        data["url"] = other.url + "&y=2"
    if "owner" in changed:
        data["owner"] = keeper.pk
    refused = client_of(keeper).post(f"{LIST}{webhook.pk}/edit/", data)
    assert refused.status_code == 422
    assert HIGHER in refused.content.decode()
    assert Webhook.objects.values().get() == stored


def test_a_webhook_of_somebody_higher_is_named_and_switched_off(
    org: Organisation, keeper: Any, client_of: Any, other: Other
) -> None:
    above = org.people.administrator
    webhook = make_webhook(above, other.url, "created", "changed", name="MES", records=["leads", "customers"])
    data = typed(org, other.url, owner=above.pk, name="Lab", version_read=webhook.version)
    del data["is_active"]
    assert client_of(keeper).post(f"{LIST}{webhook.pk}/edit/", data).status_code == 302
    webhook.refresh_from_db()
    assert (webhook.name, webhook.is_active) == ("Lab", False)
