"""The second factor: set up, asked for, each code once, recovered, removed, reset."""

import datetime as dt
import re
import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from django.utils import timezone

from crm.accounts.domain import second_factor
from crm.accounts.domain.second_factor import WrongCode, check_code, has_second_factor
from crm.accounts.models import RecoveryCode, SecondFactor
from crm.errors import DomainError, NotAllowed
from crm.models import Notification, Role, SignInEvent, User
from crm.organisation.domain.users import reset_second_factor
from tests.factories.organisation import PASSWORD
from tests.security.phone import app_code

SET_UP = "/account/second-factor/"


def key_on(page):
    return re.search(r"<code class=\"nw\">([A-Z2-7 ]+)</code>", page)[1]


def require(code="sales_rep"):
    Role.objects.filter(code=code).update(require_second_factor=True)


def test_it_is_set_up_with_a_code_of_the_app_and_asked_for_from_then_on(org, sign_in, client_of):
    rep = org.people.sales_rep
    client = sign_in(rep)
    page = client.get(SET_UP)
    assert "no-store" in page["Cache-Control"]
    assert 'src="data:image/svg+xml' in page.content.decode()
    key = key_on(page.content.decode())
    assert key_on(client.get(SET_UP).content.decode()) == key, "a reload keeps the key that was scanned"
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    assert not has_second_factor(rep)
    shown = client.post(SET_UP, {"code": app_code(key, steps=-1)})
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", shown.content.decode())
    assert len(set(codes)) == 10
    assert "no-store" in shown["Cache-Control"]
    assert client.get(SET_UP).status_code == 302, "it is set up: back to the account"
    assert client.post(SET_UP, {"code": app_code(key)}).status_code == 302, "a second click changes nothing"

    fresh = sign_in(rep, next="/more/", remember="on")
    assert fresh.answer.url == "/login/code/"
    assert SESSION_KEY not in fresh.session
    assert fresh.get("/customers/").url.startswith("/login/")
    answer = fresh.post("/login/code/", {"code": app_code(key)})
    assert answer.url == "/more/"
    assert fresh.get("/more/").status_code == 200
    assert fresh.session.get_expiry_age() == 7 * 24 * 3600
    assert SignInEvent.objects.filter(user=rep, kind="signed_in").order_by("pk").last().reason == "code"


def test_a_second_one_does_not_take_the_place_of_the_first(org, enrol):
    made = enrol(org.people.sales_rep)
    other = second_factor.new_key()
    code = app_code(second_factor.readable_key(other))
    with pytest.raises(DomainError, match="already"):
        second_factor.set_up(user=made.user, encrypted=other, code=code)
    assert check_code(user=made.user, code=made.codes[0]) == "recovery"


def test_what_is_stored_does_not_give_the_factor_away(org, enrol):
    made = enrol(org.people.sales_rep)
    stored = SecondFactor.objects.get().key_encrypted
    assert made.key.replace(" ", "") not in stored
    digests = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(digests) == 10
    assert not digests & {code.replace("-", "") for code in made.codes}


def test_a_code_is_taken_once_and_for_a_minute(org, enrol):
    made = enrol(org.people.sales_rep)
    with pytest.raises(WrongCode):
        check_code(user=made.user, code=app_code(made.key, steps=-4))
    now = app_code(made.key)
    assert check_code(user=made.user, code=f" {now[:3]} {now[3:]} ") == "code"
    with pytest.raises(WrongCode, match="used before"):
        check_code(user=made.user, code=now)
    assert check_code(user=made.user, code=app_code(made.key, steps=1)) == "code", "the phone's clock is ahead"
    with pytest.raises(WrongCode, match="used before"):
        check_code(user=made.user, code=app_code(made.key))


def test_a_recovery_code_signs_in_once(org, enrol, sign_in):
    made = enrol(org.people.sales_rep)
    client = sign_in(made.user)
    assert client.post("/login/code/", {"code": made.codes[3].upper()}).status_code == 302
    assert SESSION_KEY in client.session
    again = sign_in(made.user)
    answer = again.post("/login/code/", {"code": made.codes[3]})
    assert answer.status_code == 422
    assert "used before" in answer.content.decode()
    assert second_factor.codes_left(made.user) == 9
    entries = SignInEvent.objects.filter(user=made.user, reason__in=["recovery", "code_used"]).order_by("pk")
    assert [entry.kind for entry in entries] == ["signed_in", "refused"]


def test_codes_are_not_guessed_not_even_by_signing_in_anew(org, enrol, sign_in, client_of):
    made = enrol(org.people.sales_rep)
    for _attempt in range(5):
        client = sign_in(made.user)
        assert client.post("/login/code/", {"code": "000000"}).status_code == 422
    client = sign_in(made.user)
    answer = client.post("/login/code/", {"code": app_code(made.key)})
    assert answer.status_code == 429
    assert SESSION_KEY not in client.session
    client_of(org.people.administrator).post(reverse("security:user_unlock", args=[made.user.pk]))
    assert client.post("/login/code/", {"code": app_code(made.key)}).status_code == 302


@pytest.mark.parametrize("what", ["late", "deactivated", "password"])
def test_the_second_step_needs_the_first_a_moment_ago(org, enrol, sign_in, what):
    made = enrol(org.people.sales_rep)
    client = sign_in(made.user)
    if what == "late":
        session = client.session
        session["sign_in"] = {**session["sign_in"], "at": int(time.time()) - 601}
        session.save()
    elif what == "deactivated":
        User.objects.filter(pk=made.user.pk).update(is_active=False)
    else:
        made.user.set_password("another-password-1")
        made.user.save()
    assert client.post("/login/code/", {"code": app_code(made.key)}).url == "/login/"
    assert SESSION_KEY not in client.session


def test_a_visitor_gets_no_second_step(client, db):
    assert client.get("/login/code/").url == "/login/"
    assert client.post("/login/code/", {"code": "123456"}).url == "/login/"


def test_a_role_that_wants_it_lets_one_do_nothing_else_first(org, sign_in):
    require()
    client = sign_in(org.people.sales_rep)
    assert client.get("/customers/").url == SET_UP
    htmx = client.get("/customers/", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, SET_UP)
    key = key_on(client.get(SET_UP).content.decode())
    client.post(SET_UP, {"code": app_code(key)})
    assert client.get("/customers/").status_code == 200
    assert sign_in(org.people.finance).get("/customers/").status_code == 200


def test_it_cannot_be_removed_where_a_role_wants_it(org, enrol, client_of):
    made = enrol(org.people.sales_rep)
    require()
    client = client_of(made.user)
    form = {"password": PASSWORD, "code": app_code(made.key)}
    assert client.post(reverse("security:second_factor_remove"), form).status_code == 302
    assert has_second_factor(made.user)
    assert reverse("security:second_factor_remove") not in client.get("/account/").content.decode()


def test_wanting_it_signs_out_those_who_have_none(org, enrol, sign_in, client_of, django_capture_on_commit_callbacks):
    made = enrol(org.people.sales_rep)
    with_it = client_of(made.user)
    without = sign_in(org.people.colleague)
    role = Role.objects.get(code="sales_rep")
    form = {
        "code": role.code,
        "name": role.name,
        "data_scope": role.data_scope,
        "reveal_limit": role.reveal_limit,
        "permissions": role.permissions,
        "version_read": role.version,
        "require_second_factor": "on",
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(org.people.administrator).post(reverse("organisation:role_edit", args=[role.pk]), form)
    assert answer.status_code == 302
    assert with_it.get("/more/").status_code == 200
    assert without.get("/more/").status_code == 302
    assert sign_in(org.people.colleague).get("/more/").url == SET_UP


def test_it_is_removed_with_password_and_code_only(org, enrol, client_of):
    made = enrol(org.people.sales_rep)
    client, url = client_of(made.user), reverse("security:second_factor_remove")
    assert client.get(url).status_code == 200
    assert client.post(url, {"password": "wrong", "code": app_code(made.key)}).status_code == 422
    assert client.post(url, {"password": PASSWORD, "code": "000000"}).status_code == 422
    assert has_second_factor(made.user)
    assert client.post(url, {"password": PASSWORD, "code": app_code(made.key)}).url == "/account/"
    assert not has_second_factor(made.user)
    assert not RecoveryCode.objects.exists()
    assert client.post(url, {"password": PASSWORD, "code": "1"}).status_code == 302, "a second click"


def test_new_recovery_codes_void_the_old_ones(org, enrol, client_of):
    made = enrol(org.people.sales_rep)
    page = client_of(made.user).post(reverse("security:codes")).content.decode()
    fresh = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", page)
    with pytest.raises(WrongCode):
        check_code(user=made.user, code=made.codes[0])
    assert check_code(user=made.user, code=fresh[0]) == "recovery"
    assert client_of(org.people.finance).post(reverse("security:codes")).status_code == 302, "nothing to renew"


def test_an_administrator_resets_it_and_the_person_is_told(
    org, enrol, sign_in, client_of, django_capture_on_commit_callbacks
):
    made, admin = enrol(org.people.sales_rep), org.people.administrator
    client = client_of(made.user)
    url = reverse("security:user_factor_reset", args=[made.user.pk])
    assert client_of(org.people.sales_manager).post(url).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(admin).post(url).status_code == 302
    assert not has_second_factor(made.user)
    assert client.get("/more/").status_code == 302
    told = Notification.objects.filter(recipient=made.user, kind="account").latest("pk")
    assert told.actor == admin
    entry = SignInEvent.objects.get(kind="factor_off")
    assert (entry.user, entry.actor, entry.reason) == (made.user, admin, "administrator")
    with pytest.raises(DomainError):
        reset_second_factor(user=made.user, actor=admin)


def test_nobody_resets_the_factor_of_somebody_who_can_do_more(org, enrol):
    made = enrol(org.people.administrator)
    clerk = User.objects.create_user("clerk", display_name="文员")
    clerk.roles.add(Role.objects.create(code="clerk", name="人事", permissions=["crm.change_user"]))
    with pytest.raises(NotAllowed):
        reset_second_factor(user=made.user, actor=clerk)
    assert has_second_factor(made.user)


def test_it_stays_readable_when_the_secret_key_is_changed_with_the_old_one_kept(org, enrol, settings):
    made = enrol(org.people.sales_rep)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another-" + "y" * 50
    with pytest.raises(DomainError, match="SECRET_KEY"):
        check_code(user=made.user, code=app_code(made.key))
    settings.SECRET_KEY_FALLBACKS = [old]
    assert check_code(user=made.user, code=app_code(made.key)) == "code"
    assert check_code(user=made.user, code=made.codes[0]) == "recovery"
    assert SecondFactor.objects.get().since <= timezone.now() + dt.timedelta(seconds=1)
