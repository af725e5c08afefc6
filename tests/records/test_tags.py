"""Tags: on records, in lists, on many at once, and their settings page."""

import pytest
from django.urls import reverse

from crm.errors import DomainError
from crm.models import Tag, TagLink
from crm.records.domain.tags import create_tag, merge_tag, tag_record, tag_rows, untag_record, update_tag
from customers.models import Customer
from tests.factories.records import make_complaint, make_customer, make_tag

HTMX = {"HX-Request": "true"}
LIST = "/customers/"
pytestmark = pytest.mark.django_db


def url(record):
    return reverse("dossier:tags", args=["customers.customer", record.pk])


def names_on(record):
    return set(TagLink.objects.filter(object_id=record.pk).values_list("tag__name", flat=True))


def test_who_may_make_tags_makes_one_by_using_it_others_choose(org):
    customer = make_customer(org)
    with pytest.raises(DomainError, match="There is no tag “新能源”"):
        tag_record(actor=org.people.sales_rep, record=customer, name="新能源")
    tag_record(actor=org.people.sales_manager, record=customer, name="  新  能源 ")
    assert Tag.objects.get().name == "新 能源"
    other = make_customer(org)
    tag_record(actor=org.people.sales_rep, record=other, name="新 能源")
    tag_record(actor=org.people.sales_rep, record=other, name="新 能源")  # a second press
    assert TagLink.objects.filter(object_id=other.pk).count() == 1
    untag_record(actor=org.people.sales_rep, record=other, tag=Tag.objects.get().pk)
    assert names_on(other) == set()
    assert names_on(customer) == {"新 能源"}


def test_limits_and_archived_tags_are_respected_and_names_differ_in_more_than_case(org):
    customer = make_customer(org)
    make_tag(org, name="lead only", kinds=["leads.lead"])
    make_tag(org, name="old", is_active=False)
    for name, says in (("Lead Only", "not meant for"), ("old", "not in use"), ("   ", "Enter a name")):
        with pytest.raises(DomainError, match=says):
            tag_record(actor=org.people.sales_manager, record=customer, name=name)
    with pytest.raises(DomainError, match="of this name already"):
        create_tag(actor=org.people.administrator, name="OLD")
    tag = make_tag(org, name="third")
    with pytest.raises(DomainError, match="of this name already"):
        update_tag(instance=tag, expected_version=1, actor=org.people.administrator, name="Old")


def test_the_form_offers_usable_tags_and_keeps_a_wrong_name(org, client_of):
    customer = make_customer(org)
    for name, values in (("vip", {}), ("leads", {"kinds": ["leads.lead"]}), ("gone", {"is_active": False})):
        make_tag(org, name=name, **values)
    client = client_of(org.people.sales_rep)
    page = client.get(url(customer), headers=HTMX).content.decode()
    assert '<option value="vip">' in page
    assert "leads" not in page
    assert "gone" not in page
    wrong = client.post(url(customer), {"name": "vpi"}, headers=HTMX)
    assert wrong.status_code == 422
    assert 'value="vpi"' in wrong.content.decode()
    right = client.post(url(customer), {"name": "vip"}, headers=HTMX).content.decode()
    assert 'id="record-tags" hx-swap-oob="true"' in right
    tag = Tag.objects.get(name="vip")
    gone = client.post(url(customer), {"remove": tag.pk}, headers=HTMX).content.decode()
    assert '<option value="vip">' in gone
    assert names_on(customer) == set()


def test_a_list_is_narrowed_by_tags_and_shows_them_when_wanted(org, client_of, django_assert_num_queries):
    vip, slow = make_tag(org, name="vip", colour="vio"), make_tag(org, name="slow payer")
    one, two, three = (make_customer(org) for _ in range(3))
    foreign = make_customer(org, owner=org.people.stranger)
    for customer, tag in ((one, vip), (two, slow), (foreign, vip)):
        TagLink.objects.create(tag=tag, content_type_id=type_of(customer), object_id=customer.pk)
    TagLink.objects.create(tag=vip, content_type_id=type_of(make_complaint(org)), object_id=three.pk)  # another kind
    client = client_of(org.people.sales_rep)
    page = client.get(LIST, {"tag": vip.pk}).content.decode()
    assert one.name in page
    assert two.name not in page
    assert three.name not in page
    assert foreign.name not in page
    assert "vip" in page  # the chip
    both = client.get(LIST, {"tag": [vip.pk, slow.pk], "cols": ["tags"]}).content.decode()
    assert two.name in both
    assert '<span class="pill pill-vio">vip</span>' in both
    plain = client.get(LIST, {"cols": ["grade"]}).content.decode()
    assert "slow payer" not in plain


def type_of(record):
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(record).pk


def test_many_records_get_and_lose_tags_within_reach(org, client_of):
    vip, old = make_tag(org, name="vip"), make_tag(org, name="old")
    mine = [make_customer(org) for _ in range(3)]
    foreign = make_customer(org, owner=org.people.stranger)
    for customer in [*mine, foreign]:
        TagLink.objects.create(tag=old, content_type_id=type_of(customer), object_id=customer.pk)
    client = client_of(org.people.sales_rep)
    address = reverse("customers:customer_bulk", args=["tags"])
    ids = [customer.pk for customer in [*mine[:2], foreign]]
    asked = client.post(address, {"ids": ids}).content.decode()
    assert "2 records will be changed" in asked
    nothing = client.post(address, {"ids": ids, "confirmed": "1"}, follow=True).content.decode()
    assert "Choose a tag to put on or to take off" in nothing
    data = {"ids": ids, "confirmed": "1", "add": vip.pk, "remove": old.pk}
    assert "The tags of 2 records were changed" in client.post(address, data, follow=True).content.decode()
    client.post(address, data)  # once more changes nothing
    assert [names_on(customer) for customer in [*mine, foreign]] == [{"vip"}, {"vip"}, {"old"}, {"old"}]
    limited = make_tag(org, name="leads", kinds=["leads.lead"])
    with pytest.raises(DomainError, match="not meant"):
        tag_rows(Customer.objects.all(), actor=org.people.sales_rep, add=[limited])
    assert client_of(org.people.auditor).post(address, {"ids": ids}).status_code == 403


def test_merging_moves_every_record_once_and_archives(org, client_of):
    old, new = make_tag(org, name="new energy"), make_tag(org, name="新能源")
    one, two = make_customer(org), make_customer(org)
    for customer, tag in ((one, old), (two, old), (two, new)):
        TagLink.objects.create(tag=tag, content_type_id=type_of(customer), object_id=customer.pk)
    client = client_of(org.people.data_steward)
    address = reverse("dossier:tag_merge", args=[old.pk])
    assert "cannot be undone" in client.get(address).content.decode()
    assert client.post(address, {"into": old.pk}).status_code == 422
    done = client.post(address, {"into": new.pk}, follow=True).content.decode()
    assert "on 2 records" in done
    assert names_on(one) == names_on(two) == {"新能源"}
    old.refresh_from_db()
    assert not old.is_active
    only_leads = make_tag(org, name="leads", kinds=["leads.lead"])
    with pytest.raises(DomainError, match="not meant for"):
        merge_tag(tag=new, into=only_leads, actor=org.people.data_steward)
    assert names_on(one) == {"新能源"}


def test_the_settings_page_makes_changes_and_archives_tags(org, client_of):
    client = client_of(org.people.administrator)
    made = client.post(
        reverse("dossier:tag_create"),
        {"name": "vip", "colour": "vio", "kinds": ["customers.customer"], "is_active": "on"},
    )
    assert made.status_code == 302
    tag = Tag.objects.get()
    assert (tag.colour, tag.kinds) == ("vio", ["customers.customer"])
    customer = make_customer(org)
    TagLink.objects.create(tag=tag, content_type_id=type_of(customer), object_id=customer.pk)
    page = client.get(reverse("dossier:tag_list")).content.decode()
    assert "Customers" in page
    assert '<td class="num" data-l="Tagged records">1</td>' in page
    edit = reverse("dossier:tag_edit", args=[tag.pk])
    data = {"name": "VIP", "colour": "bad", "version_read": tag.version}
    assert client.post(edit, data).status_code == 302
    assert client.post(edit, data).status_code == 409  # read before the change
    tag.refresh_from_db()
    assert (tag.name, tag.is_active, tag.kinds) == ("VIP", False, [])
    assert names_on(customer) == {"VIP"}  # an archived one stays
    assert "Tags" in client.get("/settings/").content.decode()
    assert client_of(org.people.sales_rep).get(reverse("dossier:tag_list")).status_code == 403
