"""The frame in a real browser: axe, keyboard, search, theme, toasts, phone."""

import pytest

from crm import extension_points
from crm.extension_points import MenuItem, QuickCreate, SearchHit, SearchSource, WorkbenchCard
from crm.models import Role, User
from tests.factories.organisation import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.daily]

LOOKS = [(1440, "light", "zh-hans"), (1440, "dark", "en"), (390, "light", "en"), (390, "dark", "zh-hans")]


def find(user, text, limit):
    return [SearchHit(f"{text} {n}", "second line", f"/more/?hit={n}", "A") for n in (1, 2)] if text != "zzz" else []


@pytest.fixture
def furnished():
    """A frame with something in it; the live server runs in this process."""
    chart = {"x": ["1", "2"], "units": [""], "series": [{"name": "Sales", "data": [3, 5], "color": "d1"}]}
    table = {"head": ["Month", "Sales"], "rows": [["1", 3], ["2", 5]]}
    tile = {"label": "Sales", "value": "412.6", "unit": "t", "pct": 74, "target": "560 t", "delta": 6.4, "tone": "ok"}
    with (
        extension_points.menu.override(
            MenuItem(
                "x-more", "Everything", "more", "list", "customers", go="m", phone=2, count=lambda user: 3, hot=True
            )
        ),
        extension_points.quick_create.override(QuickCreate("x-new", "Thing", "more", "x.add_thing")),
        extension_points.search_sources.override(SearchSource("x", "Things", "bell", "x.view_thing", find)),
        extension_points.workbench_cards.override(
            WorkbenchCard(
                "x-tile", "tiles", "ui/kpi_tile.html", lambda request: {"tile": {**tile, "spark": [1, 3, 2]}}
            ),
            WorkbenchCard(
                "x-chart",
                "main",
                "ui/chart.html",
                lambda request: {"id": "x-chart", "spec": chart, "table": table, "summary": "Sales grew"},
            ),
            WorkbenchCard(
                "x-side",
                "side",
                "ui/empty.html",
                lambda request: {"title": "Nothing to do", "text": "A quiet day"},
            ),
        ),
    ):
        yield


@pytest.fixture
def user(browser_org):
    user = browser_org.user("sales_rep")
    permissions = ["x.add_thing", "x.view_thing"]
    user.roles.set([Role.objects.create(code="x-frame", name="frame", permissions=permissions)])
    return user


@pytest.mark.gate
@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_every_page_of_the_frame_is_accessible(desk, user, furnished, width, theme, language):
    page = desk.page(user, width=width, theme=theme, language=language)
    for path in ("/", "/search/?q=abc", "/search/?q=zzz", "/more/", "/no-such-page/"):
        desk.open(page, path)
        desk.assert_accessible(page)
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    visitor = desk.page(None, width=width, theme=theme, language=language)
    desk.open(visitor, "/login/")
    desk.assert_accessible(visitor)
    assert visitor.locator("html").get_attribute("data-bs-theme") == theme


def test_signing_in_and_out(desk, user):
    page = desk.page(None, language="en")
    desk.open(page, "/more/")
    page.get_by_label("Password").fill("wrong")
    page.locator("[name=username]").fill(user.username)
    page.get_by_role("button", name="Sign in").click()
    assert "The user name or the password is wrong." in page.get_by_role("alert").inner_text()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/more/")
    page.locator(".me").click()
    page.locator(".me-menu").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login/")


def test_search_by_keyboard(desk, user, furnished):
    page = desk.page(user, language="en")
    desk.open(page, "/")
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.id === 'gq'")
    page.keyboard.type("xh")
    page.locator("#gs-results a").first.wait_for()
    desk.assert_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/more/?hit=2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "gq"
    page.keyboard.press("Enter")
    page.wait_for_url("**/more/?hit=1")


def test_half_of_a_composition_is_not_searched(desk, user, furnished):
    page = desk.page(user, language="en")
    desk.open(page, "/")
    page.keyboard.press("Control+k")
    page.wait_for_function("() => document.activeElement.id === 'gq'")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/search/" in request.url else None)
    page.evaluate(
        """() => { const input = document.getElementById('gq'); input.value = 'xin';
        input.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true})); }"""
    )
    page.wait_for_timeout(400)
    assert asked == []
    page.evaluate(
        """() => { const input = document.getElementById('gq'); input.value = 'xh';
        input.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true})); }"""
    )
    page.locator("#gs-results a").first.wait_for()
    assert asked == [f"{desk.url}/search/?q=xh"]


def test_shortcuts_can_be_switched_off(desk, user, furnished):
    page = desk.page(user, language="en")
    desk.open(page, "/")
    page.keyboard.press("?")
    page.locator("#keys.show").wait_for()
    desk.assert_accessible(page)
    page.get_by_label("Use single-key shortcuts on this device").uncheck()
    page.keyboard.press("Escape")
    page.locator("#keys").wait_for(state="hidden")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_timeout(300)
    assert page.url == f"{desk.url}/"
    page.evaluate("localStorage.setItem('crm-keys', 'on')")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/more/")


def test_the_theme_is_kept_by_the_server(desk, user, furnished):
    page = desk.page(user, language="en", theme="light")
    desk.open(page, "/")
    with page.expect_response("**/preferences/") as answer:
        page.locator("[data-act=theme]").click()
    assert answer.value.status == 204
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert User.objects.get(pk=user.pk).theme == "dark"
    desk.open(page, "/more/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_language_switch_of_the_top_bar_comes_back_to_the_page(desk, user, furnished):
    page = desk.page(user, language="en")
    desk.open(page, "/more/?hit=1")
    page.locator("header [name=language]").click()
    desk.settle(page)
    assert page.url == f"{desk.url}/more/?hit=1"
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert User.objects.get(pk=user.pk).language == "zh-hans"


def test_a_chart_can_be_read_as_a_table(desk, user, furnished):
    page = desk.page(user, language="en")
    desk.open(page, "/")
    page.locator(".cht canvas").wait_for()
    page.get_by_role("button", name="Data").click()
    assert page.locator("#x-chart-table").is_visible()
    assert not page.locator(".cht").is_visible()
    desk.assert_accessible(page)


def test_a_lost_connection_is_told_and_can_be_tried_again(desk, user, furnished):
    page = desk.page(user, language="en")
    desk.open(page, "/")
    page.route("**/search/**", lambda route: route.abort())
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.id === 'gq'")
    for key in "xh":
        with page.expect_event("requestfailed"):
            page.keyboard.type(key)
    toast = page.locator("[data-toast=error]")  # one, however many requests failed
    toast.wait_for()
    assert "The server cannot be reached" in toast.inner_text()
    page.unroute("**/search/**")
    toast.get_by_role("button", name="Retry").click()
    page.locator("#gs-results a").first.wait_for()
    desk.complaints.clear()  # the browser reports the connection that the test cut


def test_the_phone_reaches_every_page_by_the_bottom_bar(desk, user, furnished):
    page = desk.page(user, width=390, height=844, language="en")
    desk.open(page, "/")
    assert not page.locator(".side").is_visible()
    page.locator(".tabbar .fab").click()
    assert page.locator(".tabbar .dropdown-menu").get_by_text("Thing").is_visible()
    page.keyboard.press("Escape")
    page.locator(".tabbar").get_by_role("link", name="More").click()
    page.wait_for_url("**/more/")
    assert page.locator("ul.more").get_by_role("link", name="Everything").is_visible()
    heights = page.locator("ul.more a").evaluate_all("links => links.map(link => link.getBoundingClientRect().height)")
    assert min(heights) >= 44
