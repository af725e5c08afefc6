"""Signing in with WeCom: whose account it is, and everything that is refused."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from crm.accounts.confirmation import CONFIRMED_AT
from crm.accounts.domain import second_factor
from crm.accounts.middleware import FACTOR_DUE
from crm.accounts.throttle import SIGN_IN_FAILURES
from crm.base.remembered import forget
from crm.models import Role, SignInEvent, User
from crm.security.views.sign_in import PENDING
from integrations.models import WecomAccount, WecomSettings
from integrations.wecom.domain.sign_in import VisitorRefused, userid_of
from integrations.wecom.views.sign_in import WAITING
from tests.factories.organisation import PASSWORD
from tests.security.phone import app_code
from tests.wecom.server import CORP

pytestmark = pytest.mark.django_db
LINK = "/integrations/wecom/account/link/"
START, BACK, ACCOUNT = (
    "/integrations/wecom/sign-in/",
    "/integrations/wecom/sign-in/back/",
    "/integrations/wecom/account/",
)
IN_WECOM = "Mozilla/5.0 (iPhone) wxwork/4.1.22 MicroMessenger/7.0.1"


def visitor(agent: str = "Mozilla/5.0 Firefox/140.0", address: str = "10.0.0.7") -> Client:
    return Client(REMOTE_ADDR=address, headers={"User-Agent": agent, "Accept-Language": "en"})


def come_back(client: Client, wecom: Any, userid: str, *, start: str = START, **changed: str) -> Any:
    """Start, allow it in WeCom, and come back."""
    asked = client.get(start)
    state = parse_qs(urlsplit(asked.url).query)["state"][0]
    wecom.codes["code-1"] = userid
    return client.get(BACK, {"code": "code-1", "state": state, **changed})


def newest() -> SignInEvent:
    return SignInEvent.objects.order_by("-pk").first()


def said(client: Client) -> str:
    return client.get("/login/").content.decode()


@pytest.mark.parametrize(
    ("agent", "path", "holds"),
    [
        ("Firefox", "/wwlogin/sso/login", {"login_type": "CorpApp"}),
        (IN_WECOM, "/connect/oauth2/authorize", {"scope": "snsapi_base", "response_type": "code"}),
    ],
)
def test_the_browser_is_sent_to_the_page_that_fits_it(org, wecom, switched_on, agent, path, holds):
    switched_on("sign_in")
    parts = urlsplit(visitor(agent).get(START).url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert (parts.path, query["appid"], query["redirect_uri"]) == (path, CORP, f"http://testserver{BACK}")
    assert {name: query[name] for name in holds} == holds
    assert len(query["state"]) >= 30


def test_wecoms_own_hosts_are_asked_where_its_own_api_is(org, switched_on):
    row = switched_on("sign_in")
    WecomSettings.objects.filter(pk=row.pk).update(base_url="https://qyapi.weixin.qq.com")
    forget()
    assert visitor().get(START).url.startswith("https://login.work.weixin.qq.com/wwlogin/sso/login?")
    inside = visitor(IN_WECOM).get(START).url
    assert inside.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?") and inside.endswith(
        "#wechat_redirect"
    )


def test_a_linked_account_signs_in_whatever_its_case_and_the_log_says_how(org, wecom, switched_on, linked):
    switched_on("sign_in")
    rep = org.people.sales_rep
    linked(rep, "LinXiaoWen")
    client = visitor()
    answer = come_back(client, wecom, "linxiaowen", start=f"{START}?next=/more/")
    assert answer.url == "/more/"
    assert client.session[SESSION_KEY] == str(rep.pk)
    assert (newest().kind, newest().reason, newest().user) == ("signed_in", "wecom", rep)
    assert client.get(f"{START}?next=/customers/").url == "/customers/", "who is signed in goes straight on"


@pytest.mark.parametrize("evil", ["https://evil.example.com/", "//evil.example.com", "javascript:alert(1)", ""])
def test_it_leads_nowhere_but_to_us(org, wecom, switched_on, linked, evil):
    switched_on("sign_in")
    linked(org.people.sales_rep)
    client = visitor()
    assert come_back(client, wecom, org.people.sales_rep.username, start=f"{START}?next={evil}").url == "/"


def test_an_account_is_known_by_its_link_and_by_nothing_else(org, wecom, switched_on):
    switched_on("sign_in")
    rep = org.people.sales_rep
    rep.email, rep.phone = "rep@example.com", "13800000000"
    rep.save()
    wecom.person(rep.username, rep.display_name, email=rep.email, mobile=rep.phone)
    client = visitor()
    assert come_back(client, wecom, rep.username).url == "/login/"
    assert "No active account here is linked" in said(client)
    assert SESSION_KEY not in client.session
    assert (newest().kind, newest().reason, newest().username) == ("refused", "not_linked", "sal…")


def test_whoever_is_not_active_is_refused(org, wecom, switched_on, linked):
    switched_on("sign_in")
    rep = org.people.sales_rep
    linked(rep)
    User.objects.filter(pk=rep.pk).update(is_active=False)
    client = visitor()
    come_back(client, wecom, rep.username)
    assert SESSION_KEY not in client.session
    assert (newest().kind, newest().reason, newest().user) == ("refused", "inactive", rep)


@pytest.mark.parametrize("changed", [{"state": "made-up"}, {"state": ""}])
def test_a_state_of_another_session_does_not_count(org, wecom, switched_on, linked, changed):
    switched_on("sign_in")
    linked(org.people.sales_rep)
    client = visitor()
    come_back(client, wecom, org.people.sales_rep.username, **changed)
    assert SESSION_KEY not in client.session
    assert "does not come from this browser" in said(client)
    assert not wecom.asked("auth/getuserinfo"), "the code is not even looked at"


def test_a_state_counts_once_and_for_ten_minutes(org, wecom, switched_on, linked):
    switched_on("sign_in")
    linked(org.people.sales_rep)
    client, name = visitor(), org.people.sales_rep.username
    client.get(START)
    session = client.session
    kept = dict(session[WAITING])
    wecom.codes["a"] = wecom.codes["b"] = name
    session[WAITING] = {**kept, "at": kept["at"] - 601}
    session.save()
    client.get(BACK, {"code": "a", "state": kept["state"]})
    assert SESSION_KEY not in client.session, "too late"
    client.get(BACK, {"code": "b", "state": kept["state"]})
    assert SESSION_KEY not in client.session, "used before"


def test_a_code_that_was_used_and_somebody_of_no_company_are_refused(org, wecom, switched_on, linked):
    switched_on("sign_in")
    linked(org.people.sales_rep)
    client = visitor()
    come_back(client, wecom, org.people.sales_rep.username, code="never-given")
    assert "expired or was used before" in said(client)
    come_back(client, wecom, "")
    assert "does not belong to the company" in said(client)
    assert SESSION_KEY not in client.session


def test_the_second_factor_is_asked_for_as_after_a_password(org, wecom, switched_on, linked):
    switched_on("sign_in")
    rep = org.people.sales_rep
    linked(rep)
    encrypted = second_factor.new_key()
    key = second_factor.readable_key(encrypted)
    second_factor.set_up(user=rep, encrypted=encrypted, code=app_code(key, steps=-1))
    client = visitor()
    assert come_back(client, wecom, rep.username, start=f"{START}?next=/more/").url == "/login/code/"
    assert SESSION_KEY not in client.session and PENDING in client.session
    assert client.post("/login/code/", {"code": app_code(key)}).url == "/more/"
    assert newest().reason == "wecom"


def test_a_role_that_wants_a_second_factor_gets_it_first(org, wecom, switched_on, linked):
    switched_on("sign_in")
    Role.objects.filter(code="sales_rep").update(require_second_factor=True)
    linked(org.people.sales_rep)
    client = visitor()
    come_back(client, wecom, org.people.sales_rep.username)
    assert client.session[FACTOR_DUE]
    assert client.get("/more/").url == "/account/second-factor/"


def test_while_it_is_off_nothing_leads_there(org, wecom, switched_on, linked):
    row = switched_on("messages")
    assert START not in said(visitor())
    client = visitor()
    assert client.get(START).url == "/login/"
    assert "not switched on" in said(client)
    row.sign_in = True
    row.save()
    forget()
    assert f'href="{START}?next=/customers/"' in visitor().get("/login/?next=/customers/").content.decode()


def test_refusals_from_one_address_are_held_up(org, wecom, switched_on):
    switched_on("sign_in")
    client = visitor(address="10.9.9.9")
    for _n in range(30):
        come_back(client, wecom, "nobody-known")
    asked = len(wecom.asked("auth/getuserinfo"))
    assert client.get(START).url == "/login/"
    assert "Too many refused sign-ins" in said(client)
    assert len(wecom.asked("auth/getuserinfo")) == asked == 30
    assert visitor(address="10.9.9.10").get(START).url.startswith(wecom.url)


def nearly_held_up(address: str) -> Client:
    """A visitor from an address that one more refusal holds up."""
    for _n in range(SIGN_IN_FAILURES.limit - 1):
        SIGN_IN_FAILURES.hit(address)
    return visitor(address=address)


@pytest.mark.parametrize("fault", ["trusted", "busy", "secret", "off", "unreachable"])
def test_an_outage_or_a_wrong_setting_holds_no_address_up(org, wecom, switched_on, linked, fault):
    row = switched_on("sign_in")
    linked(org.people.sales_rep)
    client = nearly_held_up("10.9.9.11")
    state = parse_qs(urlsplit(client.get(START).url).query)["state"][0]
    wecom.faults["auth/getuserinfo"] = {"trusted": [60020], "busy": [-1, -1]}.get(fault, [])
    wecom.faults["gettoken"] = [40001] if fault == "secret" else []
    url = "http://127.0.0.1:9" if fault == "unreachable" else wecom.url
    WecomSettings.objects.filter(pk=row.pk).update(sign_in=fault != "off", base_url=url)
    forget()
    assert client.get(BACK, {"code": "x", "state": state}).url == "/login/"
    WecomSettings.objects.filter(pk=row.pk).update(sign_in=True, base_url=wecom.url)
    forget()
    come_back(client, wecom, org.people.sales_rep.username)
    assert SESSION_KEY in client.session, "the address is not held up"


@pytest.mark.parametrize(
    ("userid", "changed"), [("x", {"code": "made-up"}), ("", {})], ids=["unknown code", "of no company"]
)
def test_a_made_up_code_or_an_outsider_counts_for_the_address(org, wecom, switched_on, userid, changed):
    switched_on("sign_in")
    client = nearly_held_up("10.9.9.12")
    come_back(client, wecom, userid, **changed)
    assert client.get(START).url == "/login/"
    assert "Too many refused sign-ins" in said(client)


@pytest.mark.parametrize("number", [41008, 42003])
def test_a_code_that_is_missing_or_too_old_is_the_visitors(org, wecom, switched_on, number):
    row = switched_on("sign_in")
    wecom.faults["auth/getuserinfo"] = [number]
    with pytest.raises(VisitorRefused):
        userid_of(row, "x")


def test_a_person_links_the_own_account_with_the_password_and_unlinks_it(org, wecom, switched_on, client_of):
    switched_on("sign_in")
    rep = org.people.sales_rep
    client = client_of(rep)
    session = client.session
    session[CONFIRMED_AT] = 0
    session.save()
    assert client.get(LINK).url == ACCOUNT
    assert "Confirm that it is you" in client.get(ACCOUNT).content.decode()
    assert client.post(ACCOUNT, {"_password": PASSWORD, "_reading": "1"}).url == ACCOUNT
    asked = client.get(LINK)
    state = parse_qs(urlsplit(asked.url).query)["state"][0]
    wecom.codes["c"] = "lxw"
    assert client.get(BACK, {"code": "c", "state": state}).url == ACCOUNT
    assert WecomAccount.objects.get(user=rep).userid == "lxw"
    assert "lxw" in client.get(ACCOUNT).content.decode()
    client.post(f"{ACCOUNT}unlink/")
    assert not WecomAccount.objects.exists()


def test_an_account_of_somebody_else_is_not_taken(org, wecom, switched_on, linked, client_of):
    switched_on("sign_in")
    linked(org.people.colleague, "Kai")
    client = client_of(org.people.sales_rep)
    state = parse_qs(urlsplit(client.get(LINK).url).query)["state"][0]
    wecom.codes["c"] = "kai"
    client.get(BACK, {"code": "c", "state": state})
    assert "is linked to 郑凯" in client.get(ACCOUNT).content.decode()
    assert list(WecomAccount.objects.values_list("user", flat=True)) == [org.people.colleague.pk]


def test_a_link_goes_to_who_asked_for_it_not_to_who_is_signed_in_by_then(org, wecom, switched_on, client_of):
    switched_on("sign_in")
    client = client_of(org.people.sales_rep)
    asked = client.get(LINK)
    waiting = client.session[WAITING]
    other = client_of(org.people.colleague)
    session = other.session
    session[WAITING] = waiting
    session.save()
    wecom.codes["c"] = "lxw"
    other.get(BACK, {"code": "c", "state": parse_qs(urlsplit(asked.url).query)["state"][0]})
    assert not WecomAccount.objects.exists()
