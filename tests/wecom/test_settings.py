"""The client with its token, and the settings page with its test."""

from typing import Any

import pytest
from django.urls import reverse

from crm.accounts.confirmation import CONFIRMED_AT
from integrations.models import WecomSettings
from integrations.wecom.client import WecomError
from integrations.wecom.domain.settings import open_client
from tests.wecom.server import AES_KEY, AGENT, CORP, SECRET

pytestmark = pytest.mark.django_db
URL = "/integrations/wecom/settings/"


def form(**values: Any) -> dict[str, Any]:
    return {"corp_id": CORP, "agent_id": AGENT, "base_url": "https://qyapi.weixin.qq.com", "secret": SECRET, **values}


def test_a_token_is_fetched_once_and_kept(wecom, client_for):
    for _n in range(3):
        with client_for() as client:
            client.get("department/list")
    assert len(wecom.asked("gettoken")) == 1
    assert len(wecom.asked("department/list")) == 3


@pytest.mark.parametrize("number", [40014, 42001])
def test_a_token_that_does_not_count_any_more_is_fetched_anew_once(wecom, client_for, number):
    with client_for() as client:
        client.token()
        wecom.faults["department/list"] = [number]
        assert client.get("department/list")["department"]
        assert len(wecom.asked("gettoken")) == 2
        wecom.faults["department/list"] = [number, number]
        with pytest.raises(WecomError) as error:
            client.get("department/list")
    assert (error.value.number, len(wecom.asked("gettoken"))) == (number, 3)


def test_another_secret_is_another_token(wecom, client_for):
    with client_for() as client:
        client.token()
    with client_for(secret="wrong") as client, pytest.raises(WecomError, match="does not know this secret") as error:
        client.token()
    assert error.value.permanent


def test_a_rate_limit_is_waited_for_and_then_told(wecom, client_for):
    waits: list[float] = []
    wecom.faults["department/list"] = [45009, -1]
    with client_for(sleep=waits.append) as client:
        assert client.get("department/list")["department"]
        assert len(waits) == 2
        wecom.faults["department/list"] = [45009] * 4
        with pytest.raises(WecomError, match=r"called too often.*45009") as error:
            client.get("department/list")
    assert not error.value.permanent


def test_what_is_not_wecom_is_told_so(wecom, client_for):
    wecom.close()
    with client_for(attempts=2) as client, pytest.raises(WecomError, match="cannot be reached"):
        client.token()


def test_an_unknown_number_comes_with_wecoms_own_words(wecom, client_for):
    wecom.faults["department/list"] = [99999]
    with client_for() as client, pytest.raises(WecomError, match=r"said 99999 \(WeCom 99999\)"):
        client.get("department/list")


def test_secrets_are_kept_encrypted_and_shown_nowhere(org, client_of):
    admin = client_of(org.people.administrator)
    stamp(admin)
    sent = form(callback_token="told-to-nobody", aes_key=AES_KEY, messages="on")
    assert admin.post(URL, sent).status_code == 302
    row = WecomSettings.objects.get()
    stored = f"{row.secret_encrypted} {row.callback_token_encrypted} {row.aes_key_encrypted}"
    page = admin.get(URL).content.decode()
    for secret in (SECRET, "told-to-nobody", AES_KEY):
        assert secret not in stored and secret not in page
    assert (row.messages, row.sign_in, row.organisation) == (True, False, False)
    with open_client(row) as client:
        assert client.access.secret == SECRET
    # an empty one keeps it, unless it would go elsewhere
    assert admin.post(URL, form(secret="", version_read=row.version)).status_code == 302
    elsewhere = form(secret="", base_url="https://evil.example.com", version_read=row.version + 1)
    answer = admin.post(URL, elsewhere)
    assert answer.status_code == 422 and "Enter the secret" in answer.content.decode()


def stamp(client: Any) -> None:
    """The password was given a moment ago."""
    import time

    session = client.session
    session[CONFIRMED_AT] = int(time.time())
    session.save()


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"aes_key": "short", "callback_token": "x"}, "43 letters and digits"),
        ({"callback_token": "x"}, "Enter both the token and the EncodingAESKey"),
        ({"secret": ""}, "Enter the secret"),
        ({"base_url": "ftp://x"}, "Enter an address such as"),
    ],
)
def test_what_cannot_be_is_refused(org, client_of, wrong, text):
    admin = client_of(org.people.administrator)
    stamp(admin)
    answer = admin.post(URL, form(**wrong))
    assert answer.status_code == 422 and text in answer.content.decode()
    assert not WecomSettings.objects.exists()


def test_saving_wants_the_password_and_looking_the_right(org, client_of):
    admin = client_of(org.people.administrator)
    session = admin.session
    session[CONFIRMED_AT] = 0
    session.save()
    assert "Confirm that it is you" in admin.post(URL, form()).content.decode()
    assert not WecomSettings.objects.exists()
    auditor = client_of(org.people.auditor)
    assert (auditor.get(URL).status_code, auditor.post(URL, form()).status_code) == (200, 403)
    assert client_of(org.people.sales_rep).get(URL).status_code == 403


def test_the_test_says_what_works_and_what_does_not(org, client_of, wecom, switched_on):
    admin = client_of(org.people.administrator)
    url = reverse("integrations:wecom_test")
    assert "Save the settings first" in admin.post(url).content.decode()
    switched_on("organisation")
    page = admin.post(url).content.decode()
    assert "衡谱 CRM" in page and "departments: 1" in page and "does not work" not in page
    wecom.faults["department/list"] = [60011]
    assert "widen its visible range in WeCom" in admin.post(url).content.decode()
    WecomSettings.objects.update(corp_id="ww-other")
    assert "does not know this company ID" in admin.post(url).content.decode()
