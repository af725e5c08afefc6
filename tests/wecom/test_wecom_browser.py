"""The log-in, the settings and the proposal of the organisation in a real browser, on a desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from integrations.models import WecomAccount, WecomSettings
from integrations.wecom.domain.directory import run_fetch
from tests.browser import BrowserDesk
from tests.factories.organisation import PASSWORD, Organisation
from tests.factories.wecom import make_checkin
from tests.wecom.server import AES_KEY, AGENT, CORP, SECRET, TOKEN, Wecom

pytestmark = pytest.mark.browser
VARIANTS = [(1440, "light", "zh-hans"), (390, "dark", "en")]


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_somebody_signs_in_with_wecom(
    desk: BrowserDesk, browser_org: Organisation, wecom: Wecom, switched_on: Any, width: int, theme: str, language: str
) -> None:
    switched_on("sign_in")
    rep = browser_org.people.sales_rep
    WecomAccount.objects.create(user=rep, userid="Lin")
    page = desk.page(width=width, theme=theme, language=language)
    wecom.signs_in_as = "nobodys"
    desk.open(page, "/login/?next=/account/")
    desk.assert_accessible(page)
    page.locator("a[href^='/integrations/wecom/sign-in/']").click()
    page.locator(".toast2").first.wait_for()
    assert "/login/" in page.url
    wecom.signs_in_as = "lin"
    desk.open(page, "/login/?next=/account/")
    page.locator("a[href^='/integrations/wecom/sign-in/']").click()
    page.locator("#sessions").wait_for()
    desk.assert_accessible(page)
    page.locator("a[href='/integrations/wecom/account/']").click()
    desk.settle(page)
    assert "Lin" in page.locator("main").inner_text()
    desk.assert_accessible(page)


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_settings_are_entered_and_tested(
    desk: BrowserDesk, browser_org: Organisation, wecom: Wecom, width: int, theme: str, language: str
) -> None:
    page: Any = desk.page(browser_org.people.administrator, width=width, theme=theme, language=language)
    desk.open(page, reverse("integrations:wecom_settings"))
    desk.assert_accessible(page)
    entered = {"corp_id": CORP, "agent_id": str(AGENT), "secret": SECRET, "callback_token": TOKEN, "aes_key": AES_KEY}
    for name, value in {**entered, "base_url": wecom.url}.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=organisation]")
    page.locator(".savebar [type=submit]").click()
    page.locator("[name=_password], [hx-post]").first.wait_for()
    if page.locator("[name=_password]").count():
        page.fill("[name=_password]", PASSWORD)
        page.keyboard.press("Enter")
    page.locator("[hx-post$='/settings/test/'] button").click()
    page.locator("#findings .pill").nth(2).wait_for()
    desk.assert_accessible(page)
    assert WecomSettings.objects.get().organisation


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_the_organisation_is_looked_at_and_taken_over(
    desk: BrowserDesk, browser_org: Organisation, wecom: Wecom, switched_on: Any, width: int, theme: str, language: str
) -> None:
    switched_on("organisation")
    people = browser_org.people
    wecom.department(2, "华东大区")
    wecom.department(3, "华东新能源材料三部", parent=2)
    wecom.department(4, "新能源部")
    wecom.person("WangWei", "王伟", 2)
    wecom.person("zk", people.colleague.display_name, 2)
    WecomAccount.objects.create(user=people.sales_rep, userid="gone")
    run_fetch()
    page: Any = desk.page(people.administrator, width=width, theme=theme, language=language)
    desk.open(page, reverse("integrations:wecom_organisation"))
    desk.assert_accessible(page)
    page.select_option(
        "[name='choice.new_team.4']", label=browser_org.agro.name if language != "en" else "Agrochemicals"
    )
    page.locator(".savebar [type=submit]").click()
    page.locator("[name=_password], .toast2").first.wait_for()
    if page.locator("[name=_password]").count():
        page.fill("[name=_password]", PASSWORD)
        page.keyboard.press("Enter")
    page.locator("[name='take'][value='choose_person.zk']").wait_for()
    assert page.locator("[name=take]").count() == 1, "what needs a choice is left"
    page.locator(f"a[href='/settings/users/{people.sales_rep.pk}/deactivate/']").click()
    desk.settle(page)
    desk.assert_accessible(page)


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_a_check_in_is_put_to_a_customer(
    desk: BrowserDesk, browser_org: Organisation, width: int, theme: str, language: str
) -> None:
    row = make_checkin(browser_org, exception="地点异常;时间异常")
    page = desk.page(browser_org.people.sales_rep, width=width, theme=theme, language=language)
    for name, arguments in (("list", []), ("record", [row.pk]), ("edit", [row.pk])):
        assert desk.open(page, reverse(f"integrations:wecomcheckin_{name}", args=arguments)).status == 200
        desk.assert_accessible(page)
