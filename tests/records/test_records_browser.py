"""Comments, files, tags, star and print view in a real browser."""

import pytest

from crm.models import Attachment, Comment, RecordMark, TagLink
from tests.factories.records import make_customer, make_tag

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.7 hello"


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_a_discussion_with_files_tags_and_star(desk, browser_org, width, theme, language):
    people = browser_org.people
    customer = make_customer(browser_org, owner=people.sales_rep)
    make_tag(browser_org, name="vip", colour="vio")
    page = desk.page(people.sales_rep, width=width, theme=theme, language=language)
    desk.open(page, f"/customers/{customer.pk}/tab/discussion/")
    desk.assert_accessible(page)

    # mention: typed in part, taken with the keyboard
    area = page.locator("#comment-text")
    area.click()
    page.keyboard.type(f"hello @{str(people.sales_manager)[:2]}")
    page.locator("[role=option]").first.wait_for()
    desk.assert_accessible(page)
    page.keyboard.press("Enter")
    assert area.input_value() == f"hello @{people.sales_manager} "
    # a file does not take away what is being typed
    page.locator("#file-input").set_input_files(
        [
            {"name": "report.pdf", "mimeType": "application/pdf", "buffer": PDF},
            {"name": "bad.exe", "mimeType": "application/pdf", "buffer": b"MZ"},
        ]
    )
    page.locator("#files .todo li", has_text="report.pdf").wait_for()
    page.locator("#files [role=alert]", has_text="bad.exe").wait_for()
    assert area.input_value() == f"hello @{people.sales_manager} "
    page.locator("#comment-form [type=submit]").click()
    page.locator("#comment-list li", has_text="hello").wait_for()
    assert area.input_value() == ""
    assert Comment.objects.get().mentioned == [people.sales_manager.pk]
    desk.assert_accessible(page)

    # change it, give up a deletion, then delete it
    page.locator("#comment-list button").first.click()
    editor = page.locator("#comment-list textarea")
    editor.fill("changed")
    page.locator("#comment-list [type=submit]").click()
    page.locator("#comment-list li", has_text="changed").wait_for()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("#comment-list form [type=submit]").click()
    page.wait_for_timeout(50)
    assert Comment.objects.present().count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#comment-list form [type=submit]").click()
    page.locator("#comment-list li").wait_for(state="detached")

    # dropped like from a folder
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array([137,80,78,71,13,10,26,10,0,0])], 'photo.png', {type: 'image/png'}));
            const how = {dataTransfer: data, bubbles: true, cancelable: true};
            document.querySelector('#files').dispatchEvent(new DragEvent('drop', how));
        }"""
    )
    page.locator("#files .todo li", has_text="photo.png").wait_for()
    assert Attachment.objects.present().count() == 2

    # star and tag
    page.locator("#mark-star").click()
    page.locator("#mark-star[aria-pressed=true]").wait_for()
    page.locator("#marks .chip.add").click()
    page.locator("#tag-name").fill("vip")
    page.locator("#tag-form [type=submit]").first.click()
    page.locator("#record-tags", has_text="vip").wait_for()
    desk.assert_accessible(page)
    assert RecordMark.objects.get(starred_at__isnull=False).object_id == customer.pk
    assert TagLink.objects.get().tag.name == "vip"

    for path in (f"/customers/{customer.pk}/print/?comments=1", "/recent/", "/customers/?cols=tags"):
        desk.open(page, path)
        desk.assert_accessible(page)
    desk.open(page, f"/customers/{customer.pk}/tab/timeline/")
    page.locator("#timeline-events .tl li").first.wait_for()
    desk.assert_accessible(page)
    page.locator("[data-act=search]").click()
    page.locator("#gs-results a[data-hit]").first.wait_for()


def test_the_settings_of_tags(desk, browser_org):
    tag = make_tag(browser_org, name="vip", colour="vio", kinds=["customers.customer"])
    make_tag(browser_org, name="other")
    page = desk.page(browser_org.people.administrator)
    for path in ("", "new/", f"{tag.pk}/", f"{tag.pk}/edit/", f"{tag.pk}/merge/"):
        desk.open(page, f"/settings/tags/{path}")
        desk.assert_accessible(page)
