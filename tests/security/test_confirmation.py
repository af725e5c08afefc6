"""Before something weighty the password is asked for once more, and nothing that was typed is lost."""

import re

import pytest
from django.urls import reverse

from crm.accounts.confirmation import CONFIRMED_AT
from crm.models import ExportLog, Role, SignInEvent, User
from tests.factories.organisation import PASSWORD
from tests.factories.records import make_customer

EXPORT = "/exports/start/customers.customer/"


@pytest.fixture
def idle(client_of):
    """A client whose sign-in is longer ago than a quarter of an hour."""

    def make(user):
        client = client_of(user)
        session = client.session
        session[CONFIRMED_AT] -= 15 * 60 + 1
        session.save()
        return client

    return make


def sent_again(page, **more):
    """The hidden fields of the page that asks, as a browser sends them."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode().partition('id="main"')[2]
    )
    data = {}
    for name, value in found:
        data.setdefault(name, []).append(value.replace("&amp;", "&"))
    return {**data, **more}


def test_a_change_of_a_role_goes_on_after_the_password(org, idle):
    role = Role.objects.get(code="sales_rep")
    data = {
        "code": role.code,
        "name": "业务 & <员>",
        "data_scope": "team",
        "reveal_limit": "50",
        "version_read": role.version,
    }
    data["permissions"] = ["customers.view_customer", "leads.assign_lead"]
    client, url = idle(org.people.administrator), reverse("organisation:role_edit", args=[role.pk])
    assert client.get(url).status_code == 200, "looking needs no password"
    page = client.post(url, data)
    assert "Confirm that it is you" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert Role.objects.get(pk=role.pk).data_scope == role.data_scope
    again = sent_again(page)
    again["name"] = data["name"]
    wrong = client.post(url, {**again, "_password": "wrong"})
    assert wrong.status_code == 422
    assert sent_again(wrong)["permissions"] == data["permissions"]
    assert client.post(url, {**again, "_password": PASSWORD}).status_code == 302
    role.refresh_from_db()
    assert (role.name, role.data_scope, role.permissions) == ("业务 & <员>", "team", data["permissions"])
    version = {**data, "version_read": role.version}
    assert client.post(url, version).status_code == 302, "for a quarter of an hour it is not asked again"
    kinds = list(
        SignInEvent.objects.filter(user=org.people.administrator).order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["signed_in", "refused", "confirmed"]


def test_an_export_waits_for_the_password_and_is_then_fetched(org, idle):
    make_customer(org, owner=org.people.sales_rep)
    client = idle(org.people.sales_rep)
    page = client.post(
        EXPORT, {"form": "csv", "query": "view=all"}, headers={"Referer": "http://testserver/customers/"}
    )
    assert "Confirm that it is you" in page.content.decode()
    assert not ExportLog.objects.exists()
    ready = client.post(EXPORT, sent_again(page, _password=PASSWORD))
    text = ready.content.decode()
    assert "data-send" in text
    assert 'href="http://testserver/customers/"' in text
    assert not ExportLog.objects.exists()
    file = client.post(EXPORT, sent_again(ready))
    assert file["Content-Type"].startswith("text/csv")
    assert ExportLog.objects.get().query == "view=all"


def test_pages_that_show_secrets_ask_before_they_show(org, idle):
    client, url = idle(org.people.sales_rep), reverse("security:second_factor")
    page = client.get(url)
    assert "data:image" not in page.content.decode().partition('id="main"')[2]
    answer = client.post(url, sent_again(page, _password=PASSWORD))
    assert answer.url == url
    assert "data:image/svg+xml" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("organisation:user_password", {}),
        ("organisation:user_deactivate", {}),
        ("organisation:user_reactivate", {}),
        ("organisation:user_edit", {"display_name": "x"}),
        ("security:user_factor_reset", {}),
    ],
)
def test_what_changes_accounts_of_others_asks(org, idle, name, data):
    user = org.people.sales_rep
    page = idle(org.people.administrator).post(reverse(name, args=[user.pk]), data)
    assert "Confirm that it is you" in page.content.decode()
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert idle(org.people.finance).post(reverse(name, args=[user.pk]), data).status_code == 403, (
        "the right comes first"
    )


def test_five_wrong_passwords_are_enough(org, idle):
    client, url = idle(org.people.administrator), reverse("organisation:role_create")
    for _attempt in range(5):
        assert client.post(url, {"code": "x", "_password": "wrong"}).status_code == 422
    answer = client.post(url, {"code": "x", "_password": PASSWORD})
    assert answer.status_code == 429
    assert not Role.objects.filter(code="x").exists()


def test_back_leads_to_this_site_only(org, idle):
    client = idle(org.people.sales_rep)
    page = client.post(
        EXPORT, {"form": "csv", "_back": "https://evil.example/"}, headers={"Referer": "https://evil.example/"}
    )
    assert "evil.example" not in page.content.decode()
