"""What one sees through roles with exceptions, deputies and collaborators, and what one may not do with it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.errors import DomainError, NotAllowed
from crm.models import Deputy, RecordShare, Role, User
from crm.organisation.domain.deputies import appoint_deputy, deputies_of, end_deputy, principals_of
from crm.organisation.domain.memberships import appoint_manager
from crm.organisation.domain.shares import end_share, share_record
from customers.models import Contact, Customer
from orders.models import SalesOrder
from service.models import Complaint
from tests.factories.records import day, make_complaint, make_contact, make_customer, make_order

DAY = dt.timedelta(days=1)


def fresh(user):
    """The user as the next request has it."""
    return User.objects.get(pk=user.pk)


def test_a_role_reaches_further_for_one_kind_of_record_only(org):
    Role.objects.filter(code="sales_rep").update(reaches={"service.complaint": "business_unit"})
    theirs = make_complaint(org, owner=org.people.colleague)
    outside = make_complaint(org, owner=org.people.stranger)
    rep = fresh(org.people.sales_rep)
    assert list(Complaint.objects.visible_to(rep)) == [theirs]
    assert outside not in Complaint.objects.visible_to(rep)
    assert not Customer.objects.visible_to(rep).exists()


def test_reach_is_read_in_one_query_whatever_decides_it(org):
    appoint_deputy(
        person=org.people.colleague,
        deputy=org.people.sales_rep,
        starts_on=day(),
        ends_on=day(),
        actor=org.people.colleague,
    )
    for user, queries in ((org.people.marketing, 1), (org.people.sales_manager, 2), (org.people.sales_rep, 2)):
        reader = fresh(user)
        with CaptureQueriesContext(connection) as captured:
            assert reader.access.permissions
        assert len(captured) == queries, user


def test_a_deputy_sees_the_absent_persons_records_on_those_days_and_gets_no_rights(org, client_of):
    record = make_customer(org, owner=org.people.stranger)
    appoint_deputy(
        person=org.people.stranger,
        deputy=org.people.nobody,
        starts_on=day(),
        ends_on=day() + DAY,
        actor=org.people.stranger,
    )
    later = Deputy.objects.create(
        person=org.people.colleague, deputy=org.people.nobody, starts_on=day() + DAY, ends_on=day() + DAY
    )
    hidden = make_customer(org, owner=org.people.colleague)
    deputy = fresh(org.people.nobody)
    assert list(Customer.objects.visible_to(deputy)) == [record]
    assert not deputy.has_perm("customers.view_customer")
    assert principals_of(deputy, day()) == [org.people.stranger]
    assert deputies_of(org.people.colleague, day()) == []
    assert deputies_of(org.people.colleague, day() + DAY) == [org.people.nobody]
    assert str(org.people.stranger) in client_of(deputy).get("/").content.decode()
    end_deputy(arrangement=Deputy.objects.get(person=org.people.stranger), actor=org.people.stranger)
    assert not Customer.objects.visible_to(fresh(deputy)).exists()
    later.delete()
    assert hidden.owner == org.people.colleague


def test_a_deputy_passes_nothing_on_and_a_deactivated_person_lends_nothing(org):
    people = org.people
    make_customer(org, owner=people.stranger)
    for person, deputy in ((people.stranger, people.colleague), (people.colleague, people.nobody)):
        appoint_deputy(person=person, deputy=deputy, starts_on=day(), ends_on=day(), actor=person)
    assert Customer.objects.visible_to(fresh(people.colleague)).count() == 1
    assert not Customer.objects.visible_to(fresh(people.nobody)).exists()
    User.objects.filter(pk=people.stranger.pk).update(is_active=False)
    assert not Customer.objects.visible_to(fresh(people.colleague)).exists()


def test_arrangements_do_not_overlap_nor_name_oneself_and_strangers_make_none(org):
    rep, other = org.people.sales_rep, org.people.colleague
    appoint_deputy(person=rep, deputy=other, starts_on=day(), ends_on=day() + 3 * DAY, actor=rep)
    with pytest.raises(DomainError, match="stands in"):
        appoint_deputy(person=rep, deputy=org.people.bu_head, starts_on=day() + DAY, ends_on=day() + DAY, actor=rep)
    with pytest.raises(DomainError, match="themselves"):
        appoint_deputy(person=other, deputy=other, starts_on=day(), ends_on=day(), actor=other)
    with pytest.raises(NotAllowed):
        appoint_deputy(person=other, deputy=rep, starts_on=day(), ends_on=day(), actor=rep)
    assert appoint_deputy(person=other, deputy=rep, starts_on=day(), ends_on=day(), actor=org.people.administrator)


def test_a_collaborator_sees_the_record_and_what_hangs_on_it_until_the_day(org):
    record = make_customer(org, owner=org.people.stranger)
    contact, order = make_contact(org, customer=record), make_order(org, owner=org.people.stranger, customer=record)
    make_customer(org, owner=org.people.stranger)
    share_record(record=record, user=org.people.sales_rep, level="read", until=day(), actor=org.people.stranger)
    for user in (org.people.sales_rep, org.people.bu_head):
        shared = [record] if user == org.people.sales_rep else []
        assert list(Customer.objects.visible_to(fresh(user))) == shared
        assert list(Contact.objects.visible_to(fresh(user))) == [contact] * len(shared)
        assert list(SalesOrder.objects.visible_to(fresh(user))) == [order] * len(shared)
    RecordShare.objects.update(until=day() - DAY)
    assert not Customer.objects.visible_to(fresh(org.people.sales_rep)).exists()


def test_what_is_shared_for_reading_is_not_changed(org, client_of):
    record = make_customer(org, owner=org.people.stranger)
    contact = make_contact(org, customer=record)
    rep = org.people.sales_rep
    share_record(record=record, user=rep, level="read", actor=org.people.stranger)
    client = client_of(rep)
    page = client.get(reverse("customers:customer_record", args=[record.pk])).content.decode()
    edit = reverse("customers:customer_edit", args=[record.pk])
    assert edit not in page
    assert client.get(edit).status_code == 403
    assert client.get(reverse("customers:contact_edit", args=[contact.pk])).status_code == 403
    data = {"customer": record.pk, "name": "新联系人", "role": contact.role}
    assert client.post(reverse("customers:contact_create"), data).status_code == 422
    assert list(Contact.objects.all()) == [contact]
    own = make_customer(org, owner=rep)
    assert client.get(reverse("customers:customer_edit", args=[own.pk])).status_code == 200
    share_record(record=record, user=rep, level="write", actor=org.people.stranger)
    assert client.get(edit).status_code == 200
    assert client.post(reverse("customers:contact_create"), data).status_code == 302


def test_owner_manager_and_administrator_choose_collaborators_and_nobody_else(org):
    people = org.people
    record = make_customer(org, owner=people.sales_rep)
    appoint_manager(team=org.team, manager=people.sales_manager, starts_on=day(), actor=people.administrator)
    for actor in (people.sales_rep, people.sales_manager, people.administrator):
        share = share_record(record=record, user=people.stranger, level="read", actor=actor)
    for actor in (people.colleague, people.stranger, people.bu_head):
        with pytest.raises(NotAllowed):
            share_record(record=record, user=people.nobody, level="read", actor=actor)
        with pytest.raises(NotAllowed):
            end_share(record=record, share_id=share.pk, actor=actor)
    with pytest.raises(DomainError, match="owns"):
        share_record(record=record, user=people.sales_rep, level="read", actor=people.sales_rep)
    end_share(record=make_customer(org, owner=people.sales_rep), share_id=share.pk, actor=people.sales_rep)
    assert RecordShare.objects.get() == share
    end_share(record=record, share_id=share.pk, actor=people.sales_rep)
    labels = RecordShare.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert set(labels) == {"insert", "update", "delete"}


def test_collaborators_are_chosen_on_the_records_page(org, client_of):
    record = make_customer(org, owner=org.people.sales_rep)
    url = reverse("organisation:share_add", args=["customers.customer", record.pk])
    client = client_of(org.people.sales_rep)
    panel = f"{reverse('customers:customer_record', args=[record.pk])}?panel=collaborators"
    assert url in client.get(panel).content.decode()
    assert client.post(url, {"user": org.people.stranger.pk, "level": "read"}).status_code == 302
    share = RecordShare.objects.get()
    assert (share.user, share.level, share.shared_by) == (org.people.stranger, "read", org.people.sales_rep)
    assert str(share.user) in client.get(panel).content.decode()
    reader = client_of(org.people.stranger)
    assert url not in reader.get(panel).content.decode()
    assert reader.post(url, {"user": org.people.bu_head.pk, "level": "write"}).status_code == 302
    assert RecordShare.objects.get() == share, "a collaborator brings nobody in"
    client.post(reverse("organisation:share_end", args=["customers.customer", record.pk, share.pk]))
    assert not RecordShare.objects.exists()
    assert client.post(reverse("organisation:share_add", args=["crm.user", record.pk])).status_code == 404
