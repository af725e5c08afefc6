"""The pool and a hand-over in a real browser, at the desk in Chinese and on a phone in English."""

from typing import Any

import pytest
from django.urls import reverse

from customers.models import Customer, HandoverPack
from tests.factories.pool import make_entry, make_pack, make_pool
from tests.factories.records import make_customer, make_opportunity

pytestmark = pytest.mark.browser
VARIANTS = [(1440, "light", "zh-hans"), (390, "dark", "en")]


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_claiming_from_the_list_and_from_the_page(
    desk: Any, browser_org: Any, width: int, theme: str, language: str
) -> None:
    people = browser_org.people
    pool = make_pool(browser_org, daily_limit=5)
    first, *_others = entries = [make_entry(browser_org, pool=pool) for _n in range(4)]
    page = desk.page(people.colleague, width=width, theme=theme, language=language)
    desk.open(page, reverse("customers:poolentry_list"))
    desk.assert_accessible(page)
    assert page.locator("tbody tr").count() == 4
    for number in (1, 2):
        page.locator("tbody input[name=ids]").nth(number).check()
    page.locator("#bulk button[formaction*=claim]").click()
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#toasts", has_text="2").wait_for()
    assert Customer.objects.filter(owner=people.colleague).count() == 2
    left = next(entry for entry in entries if Customer.objects.get(pk=entry.customer_id).owner_id is None)
    desk.open(page, reverse("customers:poolentry_record", args=[left.pk]))
    desk.assert_accessible(page)
    page.locator("main form[action*=claim] button").click()
    page.locator("#toasts").wait_for()
    assert Customer.objects.filter(owner=people.colleague).count() == 3
    assert first.pool == pool


@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_a_hand_over_is_offered_and_accepted(
    desk: Any, browser_org: Any, width: int, theme: str, language: str
) -> None:
    people = browser_org.people
    customers = [make_customer(browser_org) for _n in range(3)]
    make_opportunity(browser_org, customer=customers[0])
    pack = make_pack(browser_org, customers=customers, state="draft")
    url = reverse("customers:handoverpack_record", args=[pack.pk])
    giver = desk.page(people.sales_rep, width=width, theme=theme, language=language)
    desk.open(giver, url)
    desk.assert_accessible(giver)
    giver.locator("main form[action*=offer] button").click()
    giver.locator("#toasts").wait_for()
    assert HandoverPack.objects.get().state == "offered"
    receiver = desk.page(people.colleague, width=width, theme=theme, language=language)
    desk.open(receiver, url)
    desk.assert_accessible(receiver)
    line = pack.lines.get(customer=customers[2])
    desk.open(receiver, reverse("customers:handover_decline", args=[pack.pk, line.pk]))
    desk.assert_accessible(receiver)
    receiver.locator("#id_reason").fill("亲属关系，需回避")
    receiver.locator(".savebar .btn-primary").click()
    receiver.locator("main form[action*=accept] button").click()
    receiver.locator("#toasts").wait_for()
    assert HandoverPack.objects.get().state == "done"
    assert Customer.objects.filter(owner=people.colleague).count() == 2
    desk.open(receiver, reverse("customers:handover_sheet", args=[pack.pk, pack.lines.order_by("pk")[0].pk]))
    desk.assert_accessible(receiver)
