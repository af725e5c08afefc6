"""Guessing is slowed down, and what happens at the door is written down."""

import datetime as dt
import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.accounts import throttle
from crm.accounts.devices import device_of
from crm.accounts.domain.log import forget_old
from crm.models import SignInEvent, UserSession
from crm.security.views.log import sign_in_entity
from tests.entity_suite import EntitySuite
from tests.factories.organisation import PASSWORD
from tests.security.conftest import FIREFOX


def log_of(user):
    return list(SignInEvent.objects.filter(user=user).order_by("pk").values_list("kind", "reason"))


def make_event(org, owner=None):
    return SignInEvent.objects.create(
        user=owner, username=owner.username if owner else "?", kind="signed_in", at=timezone.now(), address="10.0.0.1"
    )


class TestLog(EntitySuite):
    """The generic tests; the log has no edit, and those who may read it see all of it."""

    entity = sign_in_entity
    role = "auditor"
    make = staticmethod(make_event)

    def test_out_of_scope_is_404(self, org, client_of, foreign):
        assert client_of(org.people.sales_rep).get(self.entity.record_url(foreign)).status_code == 403

    def test_list_shows_own_and_not_foreign_rows(self, reader, mine, foreign):
        page = reader.get(self.entity.url("list"), {"view": "all"}).content.decode()
        assert self.entity.record_url(mine) in page
        assert self.entity.record_url(foreign) in page

    def test_export_has_every_column_of_the_rows_in_reach_in_constant_queries(self, org, client_of, mine, foreign):
        user = org.people.administrator
        rows, _queries = self._export(client_of(user))
        assert len(rows) == SignInEvent.objects.count() + 1


def test_what_happens_at_the_door_is_in_the_log(org, sign_in):
    rep = org.people.sales_rep
    sign_in(rep, password="wrong")
    client = sign_in(rep)
    client.post("/logout/")
    rep.is_active = False
    rep.save()
    sign_in(rep)
    sign_in("ThisIsMyPassword")
    assert log_of(rep) == [
        ("refused", "wrong_password"),
        ("signed_in", ""),
        ("signed_out", ""),
        ("refused", "inactive"),
    ]
    entry = SignInEvent.objects.filter(user=rep, kind="signed_in").get()
    assert (entry.address, entry.device) == ("10.0.0.7", "Firefox · Windows")
    unknown = SignInEvent.objects.get(user=None)
    assert (unknown.username, unknown.reason) == ("Thi…", "unknown"), "somebody may have typed the password there"


def test_five_wrong_passwords_lock_the_account_at_that_address_until_an_administrator_unlocks_it(
    org, sign_in, client_of
):
    rep = org.people.sales_rep
    answers = [sign_in(rep, password="wrong").answer.status_code for _attempt in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    locked = sign_in(rep)
    assert locked.answer.status_code == 429
    assert locked.answer["Retry-After"] == "900"
    assert log_of(rep)[-4:] == [
        ("locked", ""),
        ("refused", "wrong_password"),
        ("refused", "too_many"),
        ("refused", "too_many"),
    ]
    assert SESSION_KEY in sign_in(rep, address="10.0.0.8").session, "elsewhere the person can go on working"
    admin = client_of(org.people.administrator)
    panel = reverse("organisation:user_record", args=[rep.pk]) + "?panel=account"
    assert "Locked after wrong passwords" in admin.get(panel).content.decode()
    assert client_of(org.people.sales_manager).post(reverse("security:user_unlock", args=[rep.pk])).status_code == 403
    assert admin.post(reverse("security:user_unlock", args=[rep.pk])).status_code == 302
    assert "Locked after wrong passwords" not in admin.get(panel).content.decode()
    assert SESSION_KEY in sign_in(rep).session
    assert SignInEvent.objects.get(kind="unlocked").actor == org.people.administrator


def test_an_address_that_tries_many_accounts_is_held_up(org, sign_in, monkeypatch):
    monkeypatch.setattr("crm.security.views.sign_in.SIGN_IN_FAILURES", few := throttle.Throttle("sign-in", 3, 900))
    for name in ("a", "b", "c"):
        assert sign_in(name, password="wrong").answer.status_code == 200
    refused = sign_in(org.people.sales_rep).answer
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= few.seconds
    assert "from your address" in refused.content.decode()
    assert SESSION_KEY in sign_in(org.people.sales_rep, address="10.9.9.9").session


def test_the_address_is_the_one_that_our_proxy_saw(org, settings, sign_in):
    settings.PROXY_COUNT = 1
    client = Client(REMOTE_ADDR="172.16.0.1", headers={"X-Forwarded-For": "8.8.8.8, 203.0.113.9"})
    client.post("/login/", {"username": org.people.sales_rep.username, "password": PASSWORD})
    assert SignInEvent.objects.get().address == "203.0.113.9"


@pytest.mark.parametrize(
    "path", ["/health/live/", "/health/ready/", "/metrics/", "/preferences/", "/login/", "/login/code/"]
)
def test_open_pages_are_limited_by_address(db, path):
    """Each page that visitors may ask; the count is set for this window and the next, should one end now."""
    limit = throttle.SIGN_INS if path.startswith("/login/") else throttle.OPEN_PAGES
    for window in (0, 1):
        moment = int(time.time()) // limit.seconds + window
        cache.set(f"throttle:{limit.name}:10.1.1.1:{moment}", limit.limit, 1000)
    answer = Client(REMOTE_ADDR="10.1.1.1").post(path, {"username": "x", "password": "y"})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= limit.seconds
    assert Client(REMOTE_ADDR="10.1.1.2").post(path, {"username": "x", "password": "y"}).status_code != 429


def test_old_entries_sessions_and_attempts_are_forgotten(org, sign_in, settings):
    rep = org.people.sales_rep
    sign_in(rep)
    assert forget_old() == 0
    long_ago = timezone.now() - dt.timedelta(days=settings.SIGN_IN_LOG_DAYS + 1)
    SignInEvent.objects.update(at=long_ago)
    UserSession.objects.update(last_seen_at=long_ago)
    Session.objects.update(expire_date=long_ago)
    assert forget_old() == 1
    assert not SignInEvent.objects.exists()
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox · Windows"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 wxwork/4.1 MicroMessenger/7.0",
            "WeCom · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge · macOS"),
        ("curl/8", "—"),
    ],
)
def test_devices_are_told_in_words(agent, device):
    assert device_of(agent) == device
