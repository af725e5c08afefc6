"""Signing in with a second factor, the own account and a confirmed export in a real browser."""

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore

from crm.accounts.confirmation import CONFIRMED_AT
from crm.accounts.domain.second_factor import has_second_factor
from crm.models import ExportLog, UserSession
from tests.factories.organisation import PASSWORD
from tests.factories.records import make_customer
from tests.security.phone import app_code

pytestmark = pytest.mark.browser
VARIANTS = [(1440, "light", "zh-hans"), (390, "dark", "en")]


def sign_in(desk, page, user):
    desk.open(page, "/login/")
    say_who(desk, page, user)


def say_who(desk, page, user):
    """On the sign-in page that one was sent to."""
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form[action='/login/'] [type=submit]").click()
    desk.settle(page)


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_a_second_factor_from_the_first_look_to_the_next_sign_in(desk, browser_org, width, theme, language):
    rep = browser_org.people.sales_rep
    page = desk.page(rep, width=width, theme=theme, language=language)
    desk.open(page, "/account/")
    desk.assert_accessible(page)
    page.locator("a[href='/account/second-factor/']").click()
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.locator("img[src^='data:image']").evaluate("picture => picture.naturalWidth") > 100
    key = page.locator("code").inner_text()
    page.fill("[name=code]", "000000")
    page.keyboard.press("Enter")
    page.locator(".has-error").wait_for()
    desk.assert_accessible(page)
    page.fill("[name=code]", app_code(key))
    page.keyboard.press("Enter")
    page.locator("li code").first.wait_for()
    desk.assert_accessible(page)
    codes = page.locator("li code").all_inner_texts()
    assert has_second_factor(rep)

    fresh = desk.page(width=width, theme=theme, language=language)
    sign_in(desk, fresh, rep)
    assert fresh.url.endswith("/login/code/")
    desk.assert_accessible(fresh)
    fresh.fill("[name=code]", "zzzzz-zzzzz")
    fresh.keyboard.press("Enter")
    fresh.locator(".has-error").wait_for()
    desk.assert_accessible(fresh)
    fresh.fill("[name=code]", codes[0])
    fresh.keyboard.press("Enter")
    fresh.wait_for_url(lambda url: "/login/" not in url)
    desk.open(fresh, "/account/")
    ends = fresh.locator("form[action$='/end/'] button")
    assert ends.count() == 1
    ends.click()
    desk.settle(fresh)
    assert UserSession.objects.filter(user=rep, ended_at=None).count() == 1
    desk.open(page, "/account/")
    assert "/login/" in page.url


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_an_export_after_the_password(desk, browser_org, width, theme, language):
    make_customer(browser_org, owner=browser_org.people.sales_rep)
    page = desk.page(browser_org.people.sales_rep, width=width, theme=theme, language=language)
    desk.open(page, "/customers/?view=all")
    store = SessionStore(UserSession.objects.get().key)
    store[CONFIRMED_AT] = 0
    store.save()
    page.locator("#export").evaluate(
        "form => { const b = document.createElement('button'); b.name = 'form'; b.value = 'csv'; form.append(b); b.click(); }"
    )
    page.locator("[name=_password]").wait_for()
    desk.assert_accessible(page)
    page.fill("[name=_password]", "wrong")
    page.keyboard.press("Enter")
    page.locator(".has-error").wait_for()
    desk.assert_accessible(page)
    page.fill("[name=_password]", PASSWORD)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".csv")
    desk.assert_accessible(page)
    assert ExportLog.objects.count() == 1
    page.locator("main form a.btn").click()
    desk.settle(page)
    assert "/customers/" in page.url


def test_the_account_of_somebody_else(desk, browser_org, enrol):
    rep, admin = browser_org.people.sales_rep, browser_org.people.administrator
    enrol(rep)
    desk.page(rep)
    page = desk.page(admin, language="en")
    desk.open(page, f"/settings/users/{rep.pk}/")
    page.locator("#account").scroll_into_view_if_needed()
    desk.settle(page)
    desk.assert_accessible(page)
    page.locator("form[action$='/second-factor/reset/'] button").click()
    desk.settle(page)
    assert not has_second_factor(rep)
    assert not UserSession.objects.filter(user=rep, ended_at=None).exists()
    desk.open(page, "/settings/sign-ins/?view=all")
    desk.assert_accessible(page)


@pytest.mark.daily
@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_what_was_typed_is_there_again_after_signing_in(desk, browser_org, width, theme, language):
    rep = browser_org.people.sales_rep
    customer = make_customer(browser_org)
    page = desk.page(rep, width=width, theme=theme, language=language)
    desk.open(page, "/leads/new/?from=fair")
    page.fill("[name=company_name]", "昆山 & <b>Sealants</b>")
    page.fill("[name=need]", "two lines\nof text")
    option = {"value": str(customer.pk), "text": customer.name}
    page.locator("[name=customer].tomselected").wait_for(state="attached")
    box = page.locator("[name=customer]")
    box.evaluate("(box, one) => { box.tomselect.addOption(one); box.tomselect.setValue(one.value); }", option)
    page.context.clear_cookies(name="sessionid")
    page.locator(".savebar [type=submit]").click()
    desk.settle(page)
    assert "/login/" in page.url
    say_who(desk, page, rep)
    assert page.url.endswith("/leads/new/?from=fair")
    assert page.locator("[name=company_name]").input_value() == "昆山 & <b>Sealants</b>"
    assert page.locator("[name=need]").input_value() == "two lines\nof text"
    assert page.locator("[name=customer]").input_value() == str(customer.pk)
    assert customer.name in page.locator(".ts-wrapper .item").all_inner_texts()
    assert page.locator("#toasts .toast-warning").count() >= 1
    desk.assert_accessible(page)
    page.reload()
    desk.settle(page)
    assert page.locator("[name=company_name]").input_value() == "", "once, and not again"


def test_what_somebody_else_typed_is_not_shown(desk, browser_org):
    rep, other = browser_org.people.sales_rep, browser_org.people.stranger
    page = desk.page(rep, language="en")
    desk.open(page, "/leads/new/")
    page.fill("[name=company_name]", "Secret")
    page.context.clear_cookies(name="sessionid")
    page.locator(".savebar [type=submit]").click()
    desk.settle(page)
    say_who(desk, page, other)
    assert page.url.endswith("/leads/new/")
    assert page.locator("[name=company_name]").input_value() == ""
