"""Stars, following, what was looked at last, and who is told what happens with a record."""

import pytest
from django.urls import reverse

from crm.models import Notification, RecordMark
from crm.records.domain.marks import KEPT_VISITS, forget_visits, note_visit, set_follow, set_star
from customers.domain.transfer import transfer_owner
from customers.models import Customer
from service.domain.complaint import move_complaint, update_complaint
from tests.factories.records import make_complaint, make_customer, make_filed

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


def url(record, name):
    return reverse(f"dossier:{name}", args=["customers.customer", record.pk])


def in_english(*people):
    for person in people:
        person.language = "en"
        person.save()


def told(person):
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_star_and_bell_are_pressed_and_let_go_and_twice_is_once(org, client_of):
    customer = make_customer(org)
    client = client_of(org.people.sales_rep)
    for name, field in (("star", "starred_at"), ("follow", "followed_at")):
        for _press in range(2):
            page = client.post(url(customer, name), {"on": "1"}, headers=HTMX).content.decode()
            assert 'id="marks" hx-swap-oob="true"' in page
            assert page.count('aria-pressed="true"') == (1 if name == "star" else 2)
        assert getattr(RecordMark.objects.get(), field) is not None
    client.post(url(customer, "star"), {"on": ""}, headers=HTMX)
    mark = RecordMark.objects.get()
    assert mark.starred_at is None
    assert mark.followed_at is not None


def test_the_page_itself_writes_nothing_and_its_tabs_note_the_visit(org, client_of):
    customer = make_customer(org)
    client = client_of(org.people.sales_rep)
    page = client.get(f"/customers/{customer.pk}/").content.decode()
    assert f'id="marks" hx-get="/customers/{customer.pk}/?part=tabs"' in page
    assert 'id="mark-star"' not in page
    assert not RecordMark.objects.exists()
    tabs = client.get(f"/customers/{customer.pk}/", {"part": "tabs"}).content.decode()
    assert 'id="mark-star"' in tabs
    assert RecordMark.objects.get().seen_at is not None
    client.get(f"/customers/{customer.pk}/", {"part": "tabs"})
    assert RecordMark.objects.count() == 1


def test_favourites_and_visits_show_what_is_within_reach_newest_first(org, client_of):
    rep = org.people.sales_rep
    first, second, lost = (make_customer(org) for _ in range(3))
    for customer in (first, lost, second):
        note_visit(actor=rep, record=customer)
    for customer in (first, lost):
        set_star(actor=rep, record=customer, on=True)
    Customer.objects.filter(pk=lost.pk).update(owner=org.people.stranger, team=org.other_team, business_unit=org.agro)
    client = client_of(rep)
    for address in ("/recent/", "/search/"):
        page = client.get(address).content.decode()
        assert page.index(str(second)) < page.rindex(str(first))
        assert page.count(f'href="/customers/{first.pk}/"') == 2
        assert str(lost) not in page
    dialog = client.get("/search/", headers=HTMX).content.decode()
    assert "<html" not in dialog
    assert str(second) in dialog
    assert "data-hit" in dialog
    assert str(first) not in client_of(org.people.sales_manager).get("/recent/").content.decode()


def test_a_list_shows_my_favourites_or_what_i_follow(org, client_of):
    rep = org.people.sales_rep
    starred, followed, plain = (make_customer(org) for _ in range(3))
    set_star(actor=rep, record=starred, on=True)
    set_follow(actor=rep, record=followed, on=True)
    set_star(actor=org.people.sales_manager, record=plain, on=True)
    client = client_of(rep)
    page = client.get("/customers/", {"mark": "starred"}).content.decode()
    assert (starred.name in page, followed.name in page, plain.name in page) == (True, False, False)
    page = client.get("/customers/", {"mark": "followed"}).content.decode()
    assert (starred.name in page, followed.name in page, plain.name in page) == (False, True, False)


def test_old_visits_are_forgotten_but_no_star(org):
    rep = org.people.sales_rep
    starred = make_customer(org)
    note_visit(actor=rep, record=starred)
    set_star(actor=rep, record=starred, on=True)
    for _number in range(KEPT_VISITS + 5):
        note_visit(actor=rep, record=make_customer(org))
    assert forget_visits() == 5
    assert forget_visits() == 0
    assert RecordMark.objects.filter(starred_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_followers_and_owner_are_told_of_files_steps_and_owners(org):
    people = org.people
    in_english(people.colleague)
    customer = make_customer(org)
    set_follow(actor=people.sales_manager, record=customer, on=True)
    from django.core.files.base import ContentFile

    from crm.records.domain.attachments import attach

    attach(actor=people.bu_head, record=customer, upload=ContentFile(b"%PDF-1", name="a.pdf"))
    assert told(people.sales_rep) == told(people.sales_manager) == ["record.attached"]
    transfer_owner(Customer.objects.filter(pk=customer.pk), owner=people.colleague, actor=people.bu_head)
    assert told(people.colleague) == ["record.owner"]
    assert told(people.sales_manager) == ["record.attached", "record.owner"]
    assert told(people.bu_head) == []
    assert "is yours now" in Notification.objects.get(recipient=people.colleague).title


@pytest.mark.django_db(transaction=True)
def test_many_records_at_once_are_one_message(org):
    people = org.people
    in_english(people.colleague)
    rows = [make_customer(org) for _ in range(3)]
    transfer_owner(
        Customer.objects.filter(pk__in=[row.pk for row in rows]), owner=people.colleague, actor=people.bu_head
    )
    row = Notification.objects.get(recipient=people.colleague)
    assert row.title == "3 records are yours now: Customers"
    assert row.url == "/customers/?owner=me"


@pytest.mark.django_db(transaction=True)
def test_a_step_tells_the_owner_unless_it_is_the_owners_own(org):
    people = org.people
    in_english(people.sales_rep)
    complaint = make_complaint(org)
    move_complaint(complaint, "investigating", actor=people.sales_rep)
    assert told(people.sales_rep) == []
    set_follow(actor=people.stranger, record=complaint, on=True)  # does not see it
    set_follow(actor=people.service_agent, record=complaint, on=True)
    move_complaint(complaint, "answered", actor=people.service_manager, cause="x", action="y")
    assert told(people.sales_rep) == told(people.service_agent) == ["record.state"]
    assert told(people.stranger) == []
    title = Notification.objects.get(recipient=people.sales_rep).title
    assert "is now: " in title
    assert complaint.get_state_display() in title
    update_complaint(
        instance=complaint, expected_version=complaint.version, actor=people.service_manager, owner=people.colleague
    )
    assert told(people.colleague) == ["record.owner"]


def test_records_without_a_dossier_have_none(org, client_of):
    client = client_of(org.people.administrator)
    for label, key in (("crm.user", org.people.sales_rep.pk), ("crm.role", 1), ("no.such", 1), ("auth.group", 1)):
        for name in ("star", "follow", "comments", "files"):
            address = reverse(f"dossier:{name}", args=[label, key])
            assert client.post(address, {"text": "x"}).status_code == 404
    page = client.get(f"/settings/users/{org.people.sales_rep.pk}/").content.decode()
    assert 'id="marks"' not in page
    assert make_filed(org) is not None
