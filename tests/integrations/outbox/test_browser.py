"""The screens of handing over in a real browser, on a desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from integrations.models import OutboxMessage
from orders.domain.requests import submit_request
from tests.browser import BrowserDesk
from tests.factories.organisation import Organisation
from tests.factories.quotes import make_request
from tests.integrations.conftest import Erp, known_in_erp, make_reference
from tests.integrations.outbox.conftest import NUMBER, prepare, put_customer, put_product, rounds

pytestmark = pytest.mark.browser


@pytest.fixture
def refused(browser_org: Organisation, erp: Erp) -> OutboxMessage:
    """An order request whose product the ERP does not know yet."""
    make_reference(browser_org)
    prepare(browser_org, erp)
    erp.store.db.execute("DELETE FROM master_product")
    request = make_request(browser_org)
    known_in_erp(request.customer, NUMBER)
    put_customer(erp)
    submit_request(request=request, actor=request.owner)
    rounds()
    return OutboxMessage.objects.get()


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_screens_are_accessible_and_fit(
    desk: BrowserDesk, browser_org: Organisation, refused: OutboxMessage, width: int, theme: str
) -> None:
    page = desk.page(browser_org.people.administrator, width=width, theme=theme)
    for name, args in (
        ("outboxmessage_list", []),
        ("outboxmessage_record", [refused.pk]),
        ("handing_over", []),
        ("sales_area", [browser_org.silicones.pk]),
    ):
        assert desk.open(page, reverse(f"integrations:{name}", args=args)).status == 200
        desk.assert_accessible(page)


def test_a_refused_order_is_sent_again_from_its_page(
    desk: BrowserDesk, browser_org: Organisation, erp: Erp, refused: OutboxMessage
) -> None:
    put_product(erp)
    page: Any = desk.page(browser_org.people.sales_rep, language="en")
    desk.open(page, reverse("orders:orderrequest_record", args=[refused.object_id]))
    desk.assert_accessible(page)
    assert "does not exist" in page.inner_text("main")
    page.get_by_role("button", name="Send again").click()
    desk.settle(page)
    rounds()
    page.reload()
    refused.refresh_from_db()
    assert f"In the ERP as {refused.erp_number}" in page.inner_text("main")
