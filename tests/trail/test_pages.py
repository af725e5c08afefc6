"""The list of all changes, its filters, its export, its plan; the page of a change."""

import csv
import re

import pytest
from django.db import connection
from django.urls import reverse

from crm.acting import acting
from crm.auditing.views.trail import trail_entity
from crm.models import Role, TrailEntry, User
from customers.domain.transfer import transfer_owner
from customers.models import Contact, Customer
from tests.entity_suite import EntitySuite
from tests.factories.records import make_contact, make_customer, make_lead

LIST = "/settings/trail/"


def make_change(org, *, owner=None):
    """The change that made a customer."""
    customer = make_customer(org, owner=owner)
    return TrailEntry.objects.get(kind="customers.customer", record_id=customer.pk)


class TestTrail(EntitySuite):
    entity = trail_entity
    role = "auditor"
    make = staticmethod(make_change)
    list_queries_at_most = 12

    def test_out_of_scope_is_404(self, reader, org):
        """Who may read the trail reads all of it; what never was is not there."""
        assert reader.get(f"{LIST}123/").status_code == 404

    def test_list_shows_own_and_not_foreign_rows(self, reader, mine, foreign):
        """All records' changes, whoever owns them."""
        page = reader.get(LIST, {"kind": "customers.customer"}).content.decode()
        assert self.entity.record_url(mine) in page
        assert self.entity.record_url(foreign) in page

    def test_every_column_sorts_both_ways(self, org, reader, mine):
        """Time is the only order there is."""
        for sort in ("at", "-at"):
            page = reader.get(LIST, {"sort": sort, "kind": "customers.customer"}).content.decode()
            assert self.entity.record_url(mine) in page

    def test_list_takes_the_same_queries_for_one_row_and_five(self, org, reader, mine):
        """Of one kind of record: each kind on a page is read by itself."""
        url = f"{LIST}?kind=customers.customer"
        reader.get(url)
        one = self._queries(reader, url)
        for _ in range(4):
            make_change(org, owner=org.people.sales_rep)
        five = self._queries(reader, url)
        assert len(five) == len(one) <= self.list_queries_at_most, "\n".join(five)

    def test_export_has_every_column_of_the_rows_in_reach_in_constant_queries(self, org, client_of, mine, foreign):
        Role.objects.create(code="exporter", name="x", permissions=["crm.export_lists"])
        user = org.user("auditor")
        user.roles.add(Role.objects.get(code="exporter"))
        Customer.objects.filter(pk=mine.record_id).update(city="=杭州")
        query = "kind=customers.customer&label=update&cols=person&cols=record&cols=change&cols=fields"
        answer = client_of(user).post(
            reverse("exporting:start", args=[trail_entity.key]), {"form": "csv", "query": query}
        )
        assert answer.status_code == 200
        rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines(keepends=True)))
        who = ["Person", "Source", "Network address"]
        what = ["Kind of record", "Record", "Part of", "Key", "Change", "Action", "Reason", "Fields"]
        assert rows[0][1:] == [*who, *what]
        assert [row[4:] for row in rows[1:]] == [
            [
                "customer",
                Customer.objects.get(pk=mine.record_id).name,
                "",
                str(mine.record_id),
                "Changed",
                "",
                "",
                "City: — → =杭州",
            ]
        ]


@pytest.fixture
def past(org):
    """Some changes: a hand-over from one address, an edit from another, a contact's, a role given, a lead."""
    people = org.people
    customer = make_customer(
        org, owner=people.sales_rep, name="宁波华新密封材料有限公司", search_text="宁波华新密封材料有限公司"
    )
    with acting(user=people.sales_manager.pk, address="10.1.2.3", request="req-one"):
        transfer_owner(
            Customer.objects.filter(pk=customer.pk), owner=people.colleague, actor=people.sales_manager, reason="调整"
        )
    with acting(user=people.colleague.pk, address="10.4.5.6", request="req-two"):
        Customer.objects.filter(pk=customer.pk).update(grade="S", city="宁波")
        contact = make_contact(org, customer=customer, name="陈志远")
        make_lead(org, owner=people.colleague)
    return customer, contact


def found(client, **query):
    """What the list shows: kind and what happened."""
    rows = client.get(LIST, query)
    assert rows.status_code == 200
    return sorted(set(re.findall(r'href="/settings/trail/(\d+)/"', rows.content.decode())))


def keys(*queries):
    """The keys of changes, as the database gives them."""
    return sorted(str(key) for query in queries for key in query.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({"kind": "customers.contact"}, [("customers.contact", "insert")]),
        ({"address": "10.1.2.3"}, [("customers.customer", "update")]),
        ({"verb": "transfer_owner"}, [("customers.customer", "update")]),
        ({"request": "req-two"}, [("customers.contact", "insert"), ("customers.customer", "update"), ("leads.lead", "insert")]),
        ({"request": "req-two", "label": "update"}, [("customers.customer", "update")]),
        ({"kind": "customers.customer", "field": "owner"}, [("customers.customer", "update")]),
        ({"q": "华新密封"}, [
            ("customers.contact", "insert"), ("customers.customer", "insert"), ("customers.customer", "update"),
            ("customers.customer", "update"),
        ]),
        ({"q": "没有这样的客户"}, []),
        ({"at_from": "2020-01-01", "at_until": "2020-12-31"}, []),
    ],
)  # fmt: skip
def test_filters(org, client_of, past, query, kinds):
    shown = found(client_of(org.people.auditor), **query)
    rows = TrailEntry.objects.filter(pk__in=shown)
    assert sorted(rows.values_list("kind", "label")) == kinds


def test_the_person_filter_and_its_field_choices(org, client_of, past):
    client = client_of(org.people.auditor)
    assert len(found(client, by=org.people.colleague.pk)) == 3
    form = client.get(LIST, {"part": "filters", "kind": "customers.customer"}).content.decode()
    assert "Payment terms" in form
    assert "Payment terms" not in client.get(LIST, {"part": "filters"}).content.decode()


def test_a_row_says_who_what_why_and_leads_to_the_record_only_within_reach(org, client_of, past):
    customer, _contact = past
    url = reverse("customers:customer_record", args=[customer.pk])
    page = client_of(org.people.auditor).get(LIST, {"verb": "transfer_owner"}).content.decode()
    for text in (
        str(org.people.sales_manager),
        "10.1.2.3",
        customer.name,
        "Handed over",
        "调整",
        str(org.people.colleague),
        url,
    ):
        assert text in page
    role = Role.objects.create(code="trail", name="x", permissions=["crm.view_trail"])
    org.people.nobody.roles.set([role])
    assert url not in client_of(org.people.nobody).get(LIST).content.decode()


def test_only_administrators_and_auditors_find_it(org, client_of):
    for role, expected in (("sales_rep", 403), ("executive", 403), ("administrator", 200), ("auditor", 200)):
        client = client_of(org.user(role))
        assert client.get(LIST).status_code == expected
        home = client.get("/").content.decode()
        assert (f'href="{LIST}"' in home) == (expected == 200)


def test_a_change_has_a_page_with_all_fields_and_what_was_written_with_it(org, client_of, past):
    customer, contact = past
    client = client_of(org.people.auditor)
    entry = TrailEntry.objects.filter(kind="customers.customer", record_id=customer.pk).order_by("-event_id").first()
    page = client.get(f"{LIST}{entry.pk}/").content.decode()
    for text in ("Grade", "City", "宁波", "req-two", "10.4.5.6"):
        assert text in page
    together = client.get(f"{LIST}{entry.pk}/", {"panel": "together"}, headers={"HX-Request": "true"}).content.decode()
    assert "陈志远" in together
    Contact.objects.filter(pk=contact.pk).delete()
    gone = TrailEntry.objects.get(kind="customers.contact", label="delete")
    assert "陈志远" in client.get(f"{LIST}{gone.pk}/").content.decode()


def test_passwords_never_come_into_it(org, client_of):
    user = org.people.colleague
    user.set_password("a-password-nobody-may-read")
    user.must_change_password = True
    user.save()
    entry = TrailEntry.objects.filter(kind="crm.user", record_id=user.pk).order_by("-event_id").first()
    page = client_of(org.people.auditor).get(f"{LIST}{entry.pk}/").content.decode()
    assert "Must change the password" in page
    stored = User.objects.get(pk=user.pk).password
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM crm_userevent e")
        assert stored not in "".join(row[0] for row in cursor.fetchall())
    assert stored not in page


def plan(query):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}")
        return "\n".join(row[0] for row in cursor.fetchall())


def test_pages_of_the_list_are_read_from_the_indexes_by_time(org, django_assert_max_num_queries):
    """No table is read whole and nothing is sorted but rows of one moment, on the first page and on later ones."""
    make_customer(org, owner=org.people.sales_rep)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_customerevent SELECT (e).* FROM (SELECT jsonb_populate_record(e, jsonb_build_object("
            " 'pgh_id', nextval(pg_get_serial_sequence('customers_customerevent', 'pgh_id')),"
            " 'pgh_created_at', now() - n * interval '1 minute')) AS e"
            " FROM customers_customerevent e, generate_series(1, 5000) n) x"
        )
        cursor.execute("ANALYZE customers_customerevent")
        cursor.execute("SELECT now() - interval '4000 minutes'")
        then = cursor.fetchone()[0].isoformat()
    order = "ORDER BY at DESC, id DESC LIMIT 51"
    for where in ("label <> 'before'", f"label <> 'before' AND (at, id) < ('{then}', 5)"):
        found = plan(f"SELECT * FROM crm_trail WHERE {where} {order}")
        assert "Seq Scan" not in found, found
        assert "Merge Append" in found, found
        assert re.findall(r"^ *(?:-> +)?Sort  \(", found, re.MULTILINE) == [], found
        assert "customers_customerevent_newest" in found
    one = plan(f"SELECT * FROM crm_trail WHERE kind = 'customers.customer' {order}")
    assert set(re.findall(r" on (\w+)", one)) == {"customers_customerevent"}, one  # no other table is looked at
