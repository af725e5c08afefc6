"""Bell, to-dos on the start page, calendar and jobs in a real browser."""

import datetime as dt

import pytest
from django.utils import timezone

from crm.models import Job, Task
from crm.workflow.domain.tasks import create_task
from tests.factories.records import make_customer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_a_day_with_to_dos(desk, browser_org, width, theme, language):
    people, now = browser_org.people, timezone.now()
    rep = people.sales_rep
    rep.language = language
    rep.save()
    customer = make_customer(browser_org, owner=rep)
    for title, hours in (("first errand", -3), ("second errand", 2)):
        create_task(
            actor=people.sales_manager,
            assignee=rep,
            title=title,
            due_at=now + dt.timedelta(hours=hours),
            record=customer,
        )
    page = desk.page(rep, width=width, theme=theme, language=language)
    desk.open(page, "/")
    desk.assert_accessible(page)

    page.locator("#bell").click()
    page.locator("#bell-menu .inbox li").nth(1).wait_for()
    if width > 600:  # on a phone the open menu covers half of a button behind it
        desk.assert_accessible(page)
    page.locator("#bell-menu .bell-h button").click()
    page.locator("#bell .pip").wait_for(state="detached")
    page.locator("#bell").click()  # closes it: on a phone it covers what comes next
    page.locator("#bell-menu.show").wait_for(state="detached")

    for looked_at in (False, True):  # the toast goes after a while: pressed at once, then looked at
        page.locator("#my-tasks li", has_text="first errand").locator(".tick").click()
        page.locator("#my-tasks li", has_text="first errand").wait_for(state="detached")
        assert Task.objects.get(title="first errand").state == "done"
        page.locator("#toasts [data-act=toast-undo]").wait_for()
        if looked_at:
            desk.assert_accessible(page)
            break
        page.locator("#toasts [data-act=toast-undo]").click()
        page.locator("#my-tasks li", has_text="first errand").wait_for()
        page.locator("#toasts [data-act=toast-undo]").wait_for(state="detached")
        assert Task.objects.get(title="first errand").state == "open"

    Job.objects.create(kind="import_check", created_by=rep, state="running", done=1, total=4)
    for path in ("/tasks/", "/notifications/", "/notifications/preferences/", "/jobs/", "/calendar/?view=week"):
        desk.open(page, path) if path != "/jobs/" else page.goto(desk.url + path)
        desk.assert_accessible(page)
    desk.open(page, "/calendar/")
    desk.assert_accessible(page)
    title = page.locator("#cal-h").inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.querySelector('#cal-h').innerText !== before", arg=title)
    assert "day=" in page.url
