"""The 360 view: its tabs, its parts by address, within the reader's reach and rights, at a number of queries that holds."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.domain.customer_figures import refresh_figures
from crm.extension_points import EVERY_RECORD, panels
from crm.organisation.domain.shares import share_record
from crm.workflow.domain.tasks import create_task
from customers.models import CustomerFigures
from tests.factories.admission import make_admission, make_certificate
from tests.factories.archive import make_address
from tests.factories.catalogue import make_competitor
from tests.factories.records import (
    day,
    make_complaint,
    make_contact,
    make_customer,
    make_invoice,
    make_lead,
    make_opportunity,
    make_order,
    make_receivable,
    make_shipment,
)
from tests.factories.wallet import make_demand, make_plan, make_share

TABS = ("people", "sales", "money", "service", "value", "profile", "files")
HTMX = {"HX-Request": "true", "HX-Target": "part"}
PHONE = "13812348888"


def registered():
    return [panel for panel in panels.all("customers.Customer") + panels.all(EVERY_RECORD) if panel.slot != "facts"]


FETCHED = sorted({panel.key for panel in registered() if panel.lazy or panel.slot == "tab"} | {"history"})
# what first paint, and each part by itself, may cost a sales representative; the page's frame and the record are most of it
FIRST_PAINT = 33
MOST = {
    "contribution": 24,
    "grade": 26,
    "discussion": 26,
    "timeline": 45,
    "collaborators": 24,
    "wallet": 24,
    "history": 34,
}
USUAL = 22


def fill(org, customer):
    """Something of every kind, with names that can be looked for."""
    order = make_order(org, customer=customer)
    make_shipment(org, order=order)
    make_receivable(org, customer=customer, invoice=make_invoice(org, order=order), due_on=day(-18))
    make_complaint(org, customer=customer, owner=customer.owner, due_on=day())
    contact = make_contact(org, customer=customer, name=f"采购{customer.code}", phone=PHONE)
    make_contact(org, customer=customer, reports_to=contact)
    make_address(org, customer=customer, contact="老李", phone=PHONE)
    make_opportunity(org, customer=customer, name=f"密封条{customer.code}", competitors="W 牌、D 牌")
    make_share(org, demand=make_demand(org, customer=customer), competitor=make_competitor(org))
    make_certificate(org, customer=customer)
    make_admission(org, customer=customer)
    make_plan(org, customer=customer)


@pytest.fixture
def customer(org):
    made = make_customer(org, grade="A", credit_limit=Decimal(100000))
    fill(org, made)
    refresh_figures()
    return made


def queries(client, url, **more):
    client.get(url, **more)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, **more).status_code == 200, url
    return [query["sql"] for query in captured.captured_queries]


def test_first_paint_and_every_part_keep_to_their_number_of_queries(org, client_of, customer):
    client, url = client_of(org.people.sales_rep), f"/customers/{customer.pk}/"
    first = queries(client, url)
    assert len(first) <= FIRST_PAINT, "\n".join(first)
    for key in FETCHED:
        found = queries(client, f"{url}?panel={key}")
        assert len(found) <= MOST.get(key, USUAL), key + "\n" + "\n".join(found)


def test_no_part_reads_more_for_more_rows(org, client_of, customer):
    client, url = client_of(org.people.sales_rep), f"/customers/{customer.pk}/"
    parts = ["", *(f"?panel={key}" for key in FETCHED), *(f"?part=held&tab={tab}" for tab in TABS)]
    before = {part: queries(client, url + part) for part in parts}
    make_lead(org, customer=customer)
    for kind in ("reach", "sds"):
        order = make_order(org, customer=customer)
        make_shipment(org, order=order)
        make_receivable(org, customer=customer, invoice=make_invoice(org, order=order))
        make_contact(org, customer=customer)
        make_address(org, customer=customer)
        make_opportunity(org, customer=customer, competitors="W 牌")
        make_certificate(org, customer=customer, kind=kind)
        make_complaint(org, customer=customer, owner=customer.owner)
    for part in parts:
        after = queries(client, url + part)
        assert len(after) == len(before[part]), part + "\n" + "\n".join(after)


def test_no_part_sums_documents_for_this_year_against_last(org, client_of, customer):
    found = " ".join(queries(client_of(org.people.sales_rep), f"/customers/{customer.pk}/?panel=year"))
    for table in ("orders_salesorderline", "orders_shipmentline", "orders_invoiceline", "orders_receivable"):
        assert table not in found


def test_the_page_has_eight_tabs_each_with_an_address_of_its_own(org, client_of, customer):
    client, url = client_of(org.people.sales_rep), f"/customers/{customer.pk}/"
    page = client.get(url).content.decode()
    tabs = re.search(r'<ul class="tabs" id="record-tabs".*?</ul>', page, re.S)[0]
    assert re.findall(r'id="tab-(\w+)"', tabs) == ["overview", *TABS]
    for tab in TABS:
        whole = client.get(f"{url}tab/{tab}/").content.decode()
        assert "<html" in whole
        assert re.findall(r'id="tab-(\w+)"[^>]*aria-current="page"', whole) == [tab]
        part = client.get(f"{url}tab/{tab}/", headers=HTMX).content.decode()
        assert "<html" not in part
        assert "hx-swap-oob" in part
        assert re.findall(r'id="tab-(\w+)"[^>]*aria-current="page"', part) == [tab]
    back = client.get(url, headers=HTMX).content.decode()
    assert re.findall(r'id="tab-(\w+)"[^>]*aria-current="page"', back) == ["overview"]
    assert client.get(f"{url}tab/nonsense/").status_code == 404
    assert client.get(f"{url}?panel=nonsense").status_code == 404


def test_every_part_opens_by_its_address_without_scripts(org, client_of, customer):
    client, url = client_of(org.people.sales_rep), f"/customers/{customer.pk}/"
    for panel in registered():
        answer = client.get(f"{url}tab/{panel.key}/")
        assert answer.status_code == 200, panel.key
        assert 'class="card' in answer.content.decode(), panel.key
    stack = client.get(f"{url}tab/value/").content.decode()
    links = re.findall(r'<noscript><a href="([^"]+)"', stack)
    assert f"{url}tab/certificates/" in links
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_numbers_of_a_tab_come_by_themselves(org, client_of, customer):
    client, url = client_of(org.people.sales_rep), f"/customers/{customer.pk}/"
    page = client.get(f"{url}tab/money/").content.decode()
    assert f'hx-get="{url}?part=held&amp;tab=chain"' in page
    held = client.get(url, {"part": "held", "tab": "orders"}).content.decode()
    assert re.findall(r'id="held-(\w+)"[^>]*>[^<]* <span class="n">(\d+)<', held) == [
        ("orders", "1"),
        ("shipments", "1"),
        ("invoices", "1"),
        ("receivables", "1"),
        ("returns", "0"),
    ]
    assert re.findall(r'id="held-(\w+)"[^>]*aria-current="page"', held) == ["orders"]
    assert "hx-trigger" not in held  # it does not ask again


def test_the_head_shows_credit_and_share_of_wallet(org, client_of, customer):
    CustomerFigures.objects.filter(customer=customer).update(
        receivable=Decimal(92000), overdue=Decimal(20000), share_of_wallet=Decimal("41.5")
    )
    page = client_of(org.people.sales_rep).get(f"/customers/{customer.pk}/").content.decode()
    assert "41.5" in page
    assert '<dd class="use">' in page
    assert 'class="bar-fill" width="92.0"' in page
    # whoever may not see demands sees no share
    agent = client_of(org.people.service_agent).get(f"/customers/{customer.pk}/").content.decode()
    assert "41.5" not in agent


@pytest.mark.parametrize(
    ("own", "deal", "task", "shown"),
    [
        (None, None, None, None),
        (5, None, None, "own"),
        (5, 3, None, "deal"),
        (5, 3, 1, "task"),
        (1, 1, 1, "own"),
        (None, -4, 2, "deal"),
    ],
)
def test_the_next_step_is_the_earliest_of_all_with_the_way_there(org, client_of, own, deal, task, shown):
    rep = org.people.sales_rep
    customer = make_customer(org)
    if own is not None:
        customer.next_step, customer.next_step_on = "自己的一步", day(own)
        customer.save()
    made = make_opportunity(org, customer=customer, name="门封条", next_step="寄样品", next_step_on=deal and day(deal))
    if deal is None:
        type(made).objects.filter(pk=made.pk).update(next_step="")
    todo = None
    if task is not None:
        todo = create_task(
            actor=rep,
            assignee=rep,
            title="打电话",
            due_at=dt.datetime.combine(day(task), dt.time(4), tzinfo=dt.UTC),
            record=customer,
        )
    step = client_of(rep).get(f"/customers/{customer.pk}/").context["next_step"]
    wanted = {
        None: (None, None),
        "own": ("自己的一步", None),
        "deal": ("门封条 · 寄样品", f"/opportunities/{made.pk}/"),
        "task": ("打电话", f"/tasks/{todo.pk}/" if todo else ""),
    }[shown]
    assert step.get("url") == wanted[1]
    if wanted[0]:
        assert step["text"] == wanted[0]


def test_no_next_step_of_an_opportunity_that_the_reader_may_not_see(org, client_of):
    customer = make_customer(org)
    make_opportunity(org, customer=customer, name="门封条", next_step="寄样品", next_step_on=day(1))
    for person, seen in (("sales_rep", True), ("finance", False), ("auditor", True)):
        page = client_of(org.user(person)).get(f"/customers/{customer.pk}/").content.decode()
        assert ("寄样品" in page) is seen, person


def test_this_year_beside_last_follows_the_readers_rights(org, client_of, customer):
    url = f"/customers/{customer.pk}/?panel=year"
    page = client_of(org.people.sales_rep).get(url + "&of=shipped")
    kinds = [choice["label"] for choice in page.context["choices"]]
    assert len(kinds) == 5
    assert [choice["active"] for choice in page.context["choices"]] == [False, True, False, False, False]
    assert 'data-act="chart-table"' in page.content.decode()
    assert client_of(org.people.marketing).get(url).content == b""


def test_competitors_come_from_demands_and_opportunities_and_need_their_rights(org, client_of, customer):
    url = f"/customers/{customer.pk}/?panel=competitors"
    names = {
        person: [row["name"] for row in client_of(org.user(person)).get(url).context["rows"]]
        for person in ("sales_rep", "finance", "marketing")
    }
    assert len(names["sales_rep"]) == 3
    assert names["sales_rep"][1:] == ["D 牌", "W 牌"]
    assert names["finance"] == names["sales_rep"][:1]  # sees demands, no opportunities
    agent = client_of(org.people.service_agent).get(url)  # sees neither
    assert b"W \xe7\x89\x8c" not in agent.content


def test_the_timeline_tells_of_leads_and_opportunities(org, client_of, customer):
    lead = make_lead(org, customer=customer)
    rep = client_of(org.people.sales_rep).get(f"/customers/{customer.pk}/?panel=timeline").content.decode()
    assert f"/leads/{lead.pk}/" in rep


def test_the_certificates_demanded_stand_with_their_end(org, client_of, customer):
    certificate = make_certificate(org, customer=customer, kind="reach", valid_until=day(20))
    page = client_of(org.people.sales_rep).get(f"/customers/{customer.pk}/tab/certificates/").content.decode()
    assert str(certificate) in page


def everything(client, customer):
    """The text of the page and all its parts, as far as the reader gets them."""
    url = f"/customers/{customer.pk}/"
    answers = [client.get(url)]
    answers += [client.get(f"{url}?panel={key}") for key in FETCHED]
    answers += [client.get(f"{url}tab/{tab}/") for tab in (*TABS, *FETCHED)]
    answers += [client.get(f"{url}?part=held&tab={tab}") for tab in TABS]
    return answers


def test_another_representative_gets_no_part(org, client_of, customer):
    for person in (org.people.colleague, org.people.stranger):
        assert {answer.status_code for answer in everything(client_of(person), customer)} == {404}


@pytest.mark.parametrize("person", ["sales_rep", "sales_manager", "finance", "auditor", "marketing", "service_agent"])
def test_a_part_is_shown_to_whom_its_right_is_given_and_is_of_this_customer_only(org, client_of, customer, person):
    other = make_customer(org, owner=org.people.colleague)
    fill(org, other)
    user = org.user(person)
    client, url = client_of(user), f"/customers/{customer.pk}/"
    for panel in registered():
        may = not panel.permission or user.has_perm(panel.permission)
        answer = client.get(f"{url}?panel={panel.key}")
        twin = [one for one in registered() if one.key == panel.key and one is not panel]
        assert answer.status_code == (200 if may or twin else 404), panel.key
        assert other.code not in answer.content.decode(), panel.key
    masked = person in ("finance", "auditor", "marketing")
    for part in ("contacts", "archive", "people"):
        assert (
            PHONE in client.get(f"{url}?panel={part}").content.decode()
        ) is not masked or person == "service_agent", part


def test_a_collaborator_sees_the_parts_but_changes_nothing(org, client_of, customer):
    stranger = org.people.stranger
    share_record(record=customer, user=stranger, level="read", actor=org.people.sales_rep)
    client, url = client_of(stranger), f"/customers/{customer.pk}/"
    for answer in everything(client, customer):
        assert answer.status_code == 200
    page = client.get(url).content.decode()
    assert f"{url}edit/" not in page
    assert f'href="/orders/{customer.pk}' not in page
    assert "address/create" not in client.get(f"{url}tab/archive/").content.decode()
