"""The timeline merges what all apps tell of a record, page by page, within the reader's rights."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from crm import extension_points
from crm.dossier.timeline import PAGE
from crm.extension_points import TimelineEvent, TimelineSource
from crm.models import Comment
from crm.records.domain.attachments import attach, remove
from crm.records.domain.comments import add_comment
from crm.workflow.domain.tasks import create_task
from customers.domain.customer import update_customer
from service.domain.complaint import move_complaint
from tests.factories.records import day, make_complaint, make_customer, make_order, make_shipment

pytestmark = pytest.mark.django_db


def url(record):
    return reverse("dossier:timeline", args=[record._meta.label_lower, record.pk])


def titles(page):
    return [
        " ".join(re.sub(r"<[^>]+>", " ", part).split())
        for part in re.findall(r'<div class="hd2">(.*?)<time', page, flags=re.DOTALL)
    ]


def test_all_kinds_are_told_newest_first_and_can_be_chosen(org, client_of):
    people = org.people
    complaint = make_complaint(org)
    move_complaint(complaint, "investigating", actor=people.sales_rep)
    add_comment(actor=people.sales_manager, record=complaint, text="样品已收到")
    row = attach(actor=people.sales_rep, record=complaint, upload=ContentFile(b"%PDF-1", name="slices.pdf"))
    remove(attachment=row, record=complaint, actor=people.sales_rep)
    due = timezone.now() + dt.timedelta(days=1)
    create_task(actor=people.sales_rep, assignee=people.sales_rep, title="寄样", due_at=due, record=complaint)
    client = client_of(people.sales_rep)
    page = client.get(url(complaint)).content.decode()
    found = titles(page)
    for title, end in zip(found, ("寄样", "removed a file", "attached a file", "commented"), strict=False):
        assert title.endswith(end)
    assert any("→" in title for title in found)
    assert "样品已收到" in page
    only = client.get(url(complaint), {"of": "files"}).content.decode()
    assert all(title.endswith(("removed a file", "attached a file")) for title in titles(only))
    assert len(titles(only)) == 2
    assert re.search(r'class="chip on"[^>]*aria-pressed="true"[^>]*>Files<', only)
    assert titles(client.get(url(complaint), {"of": "no such", "before": "x"}).content.decode()) == found


def test_edits_are_told_and_moves_not_twice(org, client_of):
    people = org.people
    customer = make_customer(org)
    update_customer(instance=customer, expected_version=1, actor=people.sales_rep, phone="0512-1")
    page = client_of(people.sales_rep).get(url(customer), {"of": "changes"}).content.decode()
    assert "0512-1" in page
    assert "created the record" in page
    complaint = make_complaint(org)
    move_complaint(complaint, "investigating", actor=people.sales_rep)
    changes = client_of(people.sales_rep).get(url(complaint), {"of": "changes"}).content.decode()
    assert len(titles(changes)) == 1  # made, not moved


def test_many_changes_that_are_told_elsewhere_hide_no_older_edit(org, client_of):
    customer = make_customer(org)
    update_customer(instance=customer, expected_version=1, actor=org.people.sales_rep, phone="0512-1")
    for number in range(PAGE + 5):  # their only change is the text that the search finds them by
        type(customer)._base_manager.filter(pk=customer.pk).update(search_text=str(number), version=F("version") + 1)
    page = client_of(org.people.sales_rep).get(url(customer), {"of": "changes"}).content.decode()
    assert "0512-1" in page


def test_older_pages_lose_nothing_and_repeat_nothing(org, client_of):
    customer = make_customer(org)
    for number in range(95):
        comment, _unseen = add_comment(actor=org.people.sales_rep, record=customer, text=f"said {number}.")
        at = timezone.now() - dt.timedelta(days=number // 3)
        Comment.objects.filter(pk=comment.pk).update(created_at=at)
    for number in range(60):
        make_order(org, customer=customer, ordered_on=day(-number))
    client = client_of(org.people.sales_rep)
    address, seen, pages = url(customer), [], 0
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"said \d+\.|Order \d+", page)
        more = re.search(r'hx-get="([^"]+before=[^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else ""
        pages += 1
    assert pages > 2
    assert len(seen) == len(set(seen)) == 95 + 60


def test_a_day_with_more_than_a_page_is_shown_whole(org, client_of):
    customer = make_customer(org)
    for number in range(70):
        add_comment(actor=org.people.sales_rep, record=customer, text=f"said {number}.")
    page = client_of(org.people.sales_rep).get(url(customer), {"of": "comments"}).content.decode()
    assert len(set(re.findall(r"said \d+\.", page))) == 70


def test_what_needs_a_right_is_told_with_it_only_and_never_of_a_foreign_record(org, client_of):
    customer = make_customer(org)
    make_shipment(org, order=make_order(org, customer=customer))
    secret = TimelineSource(
        "secret", "Secret", lambda *_args: [TimelineEvent(day(), "lock", "hidden thing")], permission="crm.view_role"
    )
    with extension_points.timeline_sources.override(secret, group="customers.Customer"):
        rep = client_of(org.people.sales_rep).get(url(customer)).content.decode()
        admin = client_of(org.people.administrator).get(url(customer)).content.decode()
    assert "hidden thing" not in rep
    assert "hidden thing" in admin
    assert "Order" in rep
    marketing = client_of(org.people.marketing).get(url(customer)).content.decode()  # has no right to orders
    assert "Order 4" not in marketing
    assert client_of(org.people.colleague).get(url(customer)).status_code == 404
