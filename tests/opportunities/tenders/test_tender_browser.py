"""Tenders in a real browser, at the desk and on the phone: record page, lots, papers, bids and the result."""

from decimal import Decimal

import pytest

from opportunities.domain.tenders import parts
from opportunities.models import Tender
from opportunities.views.tender import tender_entity
from tests.factories.records import day
from tests.factories.tenders import make_tender, opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1440, "light", "zh-hans"), pytest.param(390, "dark", "en", id="390")],
)
def test_a_tender_from_the_opened_bids_to_the_result(desk, browser_org, width, theme, language):
    org = browser_org
    tender = opened(make_tender(org, bond_amount=Decimal(50000), bond_paid_on=day(-9), bond_refund_due=day(-1)))
    make_tender(org)
    lot = tender.lots.get()
    parts.add_bid(actor=tender.owner, lot=lot, bidder="新安硅材", price=Decimal("28.5"))
    page = desk.page(org.people.sales_rep, width=width, theme=theme, language=language)
    for address in ("list", "create"):
        desk.open(page, tender_entity.url(address))
        desk.assert_accessible(page)
    desk.open(page, tender_entity.record_url(tender))
    page.get_by_text("新安硅材").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.open(page, f"/opportunities/tenders/{tender.pk}/bid/add/")
    page.locator("#id_lot").select_option(str(lot.pk))
    page.locator("#id_bidder").fill("回天新材")
    page.locator("#id_price").fill("32")
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.get_by_text("回天新材").wait_for()
    desk.open(page, f"/opportunities/tenders/{tender.pk}/result/")
    page.locator(f"#id_winner_{lot.pk}").select_option(str(lot.bids.get(is_ours=True).pk))
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#bids").wait_for()
    assert Tender.objects.get(pk=tender.pk).state == "won"
    desk.open(page, f"/opportunities/tenders/{tender.pk}/bond/")
    desk.assert_accessible(page)
