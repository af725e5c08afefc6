"""Sign-in, language and theme, search, workbench and the menu."""

import datetime as dt

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

from crm import extension_points
from crm.extension_points import MenuItem, QuickCreate, SearchHit, SearchSource, WorkbenchCard
from crm.models import User
from crm.periods import parse_period, running, span_of
from crm.shell import menu
from crm.shell.checks import menus_lead_somewhere
from crm.shell.context import Shell
from crm.shell.views import given_name, greeting
from tests.factories.organisation import PASSWORD

HTMX = {"HX-Request": "true"}


def item(key, **values):
    return MenuItem(**{"key": key, "label": key, "url_name": "home", "icon": "bell", "section": "deals", **values})


def test_a_stranger_is_sent_to_the_sign_in_page(client, db):
    answer = client.get("/search/?q=x")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/?next=/search/%3Fq%3Dx"


def test_htmx_goes_to_the_sign_in_page_as_a_whole_page(client, db):
    headers = {**HTMX, "HX-Current-URL": "http://testserver/customers/?page=2"}
    answer = client.get("/search/?q=x", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/login/?next=%2Fcustomers%2F%3Fpage%3D2"


def test_signing_in_lasts_as_long_as_asked(org, client):
    user = org.user("sales_rep")
    form = {"username": user.username, "password": PASSWORD, "next": "/more/"}
    answer = client.post("/login/", form)
    assert answer.headers["Location"] == "/more/"
    assert client.session.get_expire_at_browser_close()
    client.post("/logout/")
    assert SESSION_KEY not in client.session
    client.post("/login/", {**form, "remember": "on"})
    assert client.session.get_expiry_age() == 7 * 24 * 3600
    assert not client.session.get_expire_at_browser_close()


def test_a_wrong_password_is_told_and_five_lock_the_account(org, client):
    user = org.user("sales_rep")
    form = {"username": user.username, "password": "wrong"}
    first = client.post("/login/", form, headers={"Accept-Language": "en"})
    assert first.status_code == 200
    assert "The user name or the password is wrong." in first.content.decode()
    answers = [client.post("/login/", form, headers={"Accept-Language": "en"}) for _ in range(5)]
    assert answers[-1].status_code == 429
    assert "Try again in 15 minutes" in answers[-1].content.decode()
    locked = client.post("/login/", {**form, "password": PASSWORD})
    assert locked.status_code == 429
    assert SESSION_KEY not in client.session


def test_a_visitor_reads_the_language_of_the_browser(client, db):
    assert '<html lang="en"' in client.get("/login/", headers={"Accept-Language": "en-GB,en"}).content.decode()
    assert '<html lang="zh-Hans"' in client.get("/login/", headers={"Accept-Language": "zh-CN"}).content.decode()


def test_a_visitor_switches_language_and_theme_by_cookie(client, db):
    answer = client.post("/preferences/", {"language": "en", "theme": "dark", "next": "/login/"})
    assert answer.headers["Location"] == "/login/"
    page = client.get("/login/", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert '<html lang="en" data-bs-theme="dark" data-theme="dark"' in page


def test_preferences_of_a_user_are_stored_and_win_over_the_browser(org, client_of):
    user = org.user("sales_rep")
    client = client_of(user)
    answer = client.post(
        "/preferences/", {"language": "zh-hans", "theme": "dark"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 204
    stored = User.objects.get(pk=user.pk)
    assert (stored.language, stored.theme) == ("zh-hans", "dark")
    page = client.get("/more/", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="zh-Hans" data-bs-theme="dark" data-theme="dark"' in page


@pytest.mark.parametrize("form", [{"theme": "pink"}, {"language": "tlh"}, {"theme": ""}])
def test_preferences_that_do_not_exist_are_refused(org, client_of, form):
    user = org.user("sales_rep")
    assert client_of(user).post("/preferences/", form).status_code == 400
    assert User.objects.get(pk=user.pk).theme == "auto"


def test_preferences_never_lead_to_another_site(client, db):
    answer = client.post("/preferences/", {"theme": "dark", "next": "https://example.com/"})
    assert answer.headers["Location"] == "/"


def test_preferences_want_the_token(org):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/preferences/", {"theme": "dark"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "This form is out of date" in answer.content.decode()


@pytest.fixture
def sources():
    asked = []

    def search(user, text, limit):
        asked.append((user, text, limit))
        return [SearchHit(f"<b>{text}</b> {n}", "second line", f"/x/{n}/", "A") for n in range(8)]

    with extension_points.search_sources.override(
        SearchSource("x-open", "Open things", "bell", "x.view_open", search, order=1),
        SearchSource("x-closed", "Closed things", "bell", "x.view_closed", search, order=2),
    ):
        yield asked


@pytest.fixture
def rep_with(org):
    """A sales person with exactly these further permissions."""

    def make(*permissions):
        user = org.user("sales_rep")
        role = user.roles.get()
        role.permissions = [*role.permissions, *permissions]
        role.save()
        return user

    return make


def test_search_asks_the_sources_a_user_may_see_and_cuts_each(rep_with, client_of, sources):
    user = rep_with("x.view_open")
    page = client_of(user).get("/search/", {"q": " 欣禾 "}, headers=HTMX).content.decode()
    assert sources == [(user, "欣禾", 5)]
    assert page.count("data-hit") == 5
    assert "&lt;b&gt;欣禾&lt;/b&gt;" in page
    assert "Closed things" not in page
    assert "<html" not in page


def test_search_without_scripts_is_a_page(rep_with, client_of, sources):
    page = client_of(rep_with("x.view_open")).get("/search/", {"q": "abc"}).content.decode()
    assert "<html" in page
    assert 'value="abc"' in page
    assert "Open things" in page


def test_search_for_nothing_asks_nobody(rep_with, client_of, sources):
    page = client_of(rep_with("x.view_open")).get("/search/", {"q": "  "}, headers=HTMX).content.decode()
    assert sources == []
    assert "Type to search" in page


def test_the_workbench_shows_the_cards_a_user_may_see(org, client_of):
    def card(key, slot, context, **values):
        return WorkbenchCard(key, slot, "ui/empty.html", context, **values)

    with extension_points.workbench_cards.override(
        card("x-a", "main", lambda request: {"title": f"card of {request.user.username}"}),
        card("x-b", "side", lambda request: None),
        card("x-c", "side", lambda request: {"title": "secret"}, permission="x.view_secret"),
    ):
        page = client_of(org.people.nobody).get("/").content.decode()
    assert "card of nobody" in page
    assert "secret" not in page


def test_an_empty_workbench_says_what_it_is_for(org, client_of):
    page = client_of(org.people.nobody).get("/").content.decode()
    assert "Nothing here yet" in page


def test_the_menu_is_cut_by_permission_and_ordered_by_the_life_cycle(org, client_of):
    entries = [
        item("x-late", section="service"),
        item("x-early", section="acquire", go="x"),
        item("x-no", permission="x.y"),
    ]
    user = org.people.nobody
    with extension_points.menu.override(*entries):
        keys = [entry.key for section in menu.sections(user, {}) for entry in section.entries]
        page = client_of(user).get("/").content.decode()
    assert keys.index("x-early") < keys.index("x-late")
    assert "x-no" not in keys
    assert 'data-go="x"' in page


def test_the_menu_shows_counts_only_where_an_item_has_them(org, client_of):
    with extension_points.menu.override(item("x-n", count=lambda user: 7, hot=True), item("x-0", count=lambda user: 0)):
        page = client_of(org.people.nobody).get("/").content.decode()
    assert page.count('class="cnt hot">7<') == 1
    assert 'class="cnt">0<' not in page


def test_the_frame_costs_no_queries_once_its_counts_are_known(rf, org, django_assert_num_queries):
    request = rf.get("/")
    request.user = User.objects.select_related("business_unit").get(pk=org.people.sales_rep.pk)
    frame = Shell(request)
    assert frame.menu and frame.place and frame.unread == 0
    frame = Shell(request)
    with django_assert_num_queries(0):
        assert frame.menu and frame.quick_create and frame.place and frame.unread == 0


def test_a_page_belongs_to_the_item_of_its_view_or_its_entity(rf):
    with extension_points.menu.override(item("x-home", url_name="home")):
        request = rf.get("/")
        request.resolver_match = None
        assert menu.current_key(request) is None
        request.resolver_match = resolve("/")
        assert menu.current_key(request) in {"home", "x-home"}


def test_a_menu_entry_without_a_page_stops_the_start():
    wrong = [
        item("x-1", url_name="no-such-page"),
        item("x-2", section="attic"),
        item("x-3", go="x"),
        item("x-4", go="x"),
    ]
    with (
        extension_points.menu.override(*wrong),
        extension_points.quick_create.override(QuickCreate("x-5", "x", "nowhere", "x.y")),
        extension_points.workbench_cards.override(WorkbenchCard("x-6", "roof", "x.html", lambda request: None)),
    ):
        problems = [problem.id for problem in menus_lead_somewhere(None)]
    assert problems == ["crm.E010", "crm.E010", "crm.E011", "crm.E012", "crm.E013"]
    assert menus_lead_somewhere(None) == []


@pytest.mark.parametrize(
    ("hour", "text"), [(4, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_follows_the_clock(hour, text):
    with translation.override("en"):
        assert greeting(hour) == text


@pytest.mark.parametrize(
    ("name", "called"),
    [("林晓雯", "晓雯"), ("王珊", "王珊"), ("Anna Schmidt", "Anna"), ("欧阳晓雯", "欧阳晓雯"), ("", "")],
)
def test_a_colleague_is_addressed_by_the_given_name(name, called):
    assert given_name(name) == called


def test_the_phone_menu_has_every_entry(org, client_of):
    with extension_points.menu.override(item("x-phone", phone=2)):
        page = client_of(org.people.nobody).get(reverse("more")).content.decode()
    assert page.count("x-phone") >= 3  # side menu, bottom bar, list


def test_the_frame_names_company_and_team(org, client_of, settings):
    page = client_of(org.people.sales_rep).get("/").content.decode()
    assert "<small>Silicones</small>" in page  # no company set: the business unit
    assert "<small>East 1</small>" in page
    settings.COMPANY_NAME = "Yuanqi Materials"
    assert "<small>Yuanqi Materials</small>" in client_of(org.people.sales_rep).get("/").content.decode()


def test_somebody_without_a_team_is_shown_the_position(org, client_of):
    nobody = org.people.nobody
    nobody.title = "Guest"
    nobody.save()
    assert "<small>Guest</small>" in client_of(nobody).get("/").content.decode()


def test_the_breadcrumb_starts_at_the_section_of_the_menu(org, client_of):
    page = client_of(org.people.sales_rep).get("/orders/receivables/").content.decode()
    crumbs = page.split('class="crumb')[1].split("</ol>")[0]
    assert crumbs.index("Fulfilment") < crumbs.index("Invoices &amp; receivables")
    assert "<h1>Invoices &amp; receivables</h1>" in page


@pytest.mark.parametrize(
    ("span", "label", "elapsed"),
    [("month", "2026-11", 23 / 30), ("quarter", "2026-Q4", 54 / 92), ("year", "2026", 327 / 365)],
)
def test_the_figures_of_the_start_page_are_for_a_running_period(span, label, elapsed):
    today = dt.date(2026, 11, 23)
    period = running(span_of({"span": span}), today)
    assert (period.label, period.elapsed(today)) == (label, elapsed)
    assert parse_period(label, today=today) == period


def test_a_span_that_does_not_exist_is_the_month():
    assert span_of({"span": "century"}) == span_of({}) == "month"
