"""Certificates in a real browser: from the file to the receipt, at the desk and on the phone."""

import pytest

from opportunities.models import Certificate, DocumentSet
from opportunities.views.certificate import certificate_entity
from opportunities.views.document_set import document_set_entity
from tests.factories.admission import make_certificate as make_demand
from tests.factories.records import day, make_customer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1440, "light", "zh-hans"), pytest.param(390, "dark", "en", id="390")],
)
def test_from_the_file_to_the_receipt(desk, browser_org, tmp_path, width, theme, language):
    org = browser_org
    customer = make_customer(org)
    make_demand(org, customer=customer, kind="iso9001")
    make_demand(org, customer=customer, kind="ul")
    file = tmp_path / "iso9001.pdf"
    file.write_bytes(b"%PDF-1.7 x")
    page = desk.page(org.people.administrator, width=width, theme=theme, language=language)

    def checked():
        desk.settle(page)
        desk.assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    desk.open(page, f"{certificate_entity.url('create')}?kind=iso9001")
    page.locator("#id_name").fill("质量管理体系证书")
    checked()
    page.locator(".savebar .btn-primary").click()
    page.locator("#versions").wait_for()
    desk.open(page, f"{certificate_entity.record_url(Certificate.objects.get())}version/add/")
    page.locator("#id_upload").set_input_files(file)
    page.locator("#id_valid_from").fill(day(-9).isoformat())
    page.locator("#id_valid_until").fill(day(40).isoformat())
    checked()
    page.locator(".savebar .btn-primary").click()
    page.get_by_role("link", name="iso9001.pdf", exact=True).first.wait_for()
    checked()
    desk.open(page, certificate_entity.url("list"))
    checked()

    rep = page = desk.page(org.people.sales_rep, width=width, theme=theme, language=language)
    desk.open(page, f"{document_set_entity.url('create')}?customer={customer.pk}")
    checked()
    page.locator(".savebar .btn-primary").click()
    page.locator("input[name=version]:checked").wait_for()
    checked()
    page.locator(".savebar .btn-primary").click()
    page.locator("#documents").wait_for()
    checked()
    found = DocumentSet.objects.get()
    desk.open(page, f"{document_set_entity.record_url(found)}send/")
    page.locator("#id_recipient").fill("王工")
    checked()
    page.locator(".savebar .btn-primary").click()
    link = page.locator("#sent-link").input_value()
    checked()

    page = desk.page(None, width=width)
    desk.open(page, link[link.index("/opportunities/") :])
    checked()
    with page.expect_download() as download:
        page.locator("tbody a.btn").first.click()
    assert download.value.suggested_filename == "iso9001.pdf"

    page = rep
    desk.open(page, document_set_entity.record_url(found))
    page.locator("#receipts").wait_for()
    checked()
    assert page.get_by_text("127.0.0.1").count() == 2
    desk.open(page, document_set_entity.url("list"))
    checked()
    desk.open(page, f"/customers/{customer.pk}/tab/certificates/")
    checked()
