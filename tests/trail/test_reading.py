"""What the trail says of a change: who, from where, why, which fields; in histories and in the list of all changes."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from crm.acting import acting
from crm.catalogue.models import ExchangeRate, Unit
from crm.models import Deputy, Role, TrailEntry
from crm.organisation.domain.shares import share_record
from crm.organisation.domain.users import update_user
from crm.records.trail import history_of, read_entries
from customers.domain.transfer import transfer_owner
from customers.models import Contact, Customer
from orders.models import SalesOrderLine
from tests.factories.records import make_contact, make_customer, make_order


def database_account():
    """Whom the tests are connected as."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return cursor.fetchone()[0]


def said(entries):
    """What the entries say: who, what happened to what, and the fields."""
    return [(e.who, e.row.label, e.kind, {c.label: (c.old, c.new) for c in e.changes}) for e in entries]


def history(record, user):
    return history_of(record, user=user)[0]


def test_a_change_says_old_and_new_in_words_with_reason_and_verb(org):
    people = org.people
    customer = make_customer(org, owner=people.sales_rep, grade="B")
    with acting(user=people.sales_manager.pk, address="10.1.2.3"):
        transfer_owner(
            Customer.objects.filter(pk=customer.pk),
            owner=people.colleague,
            actor=people.sales_manager,
            reason="片区调整",
        )
        Customer.objects.filter(pk=customer.pk).update(grade="A")
    graded, handed, made = history(customer, people.sales_rep)
    assert {c.label: (c.old, c.new) for c in graded.changes} == {"Grade": ("B", "A")}
    assert (graded.who, graded.verb, graded.reason, graded.address) == (str(people.sales_manager), "", "", "10.1.2.3")
    assert {c.label: (c.old, c.new) for c in handed.changes} == {
        "Owner": (str(people.sales_rep), str(people.colleague))
    }
    assert (handed.verb, handed.reason) == ("Handed over", "片区调整")
    assert (made.row.label, made.who) == ("insert", f"Database account {database_account()}")


def test_the_first_recorded_change_of_a_row_that_was_copied_in_has_its_old_values(org):
    customer = make_customer(org, owner=org.people.sales_rep, city="宁波")
    with connection.cursor() as cursor:  # as the demo and a restore load rows: without triggers
        cursor.execute("ALTER TABLE customers_customerevent DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM customers_customerevent")
        cursor.execute("ALTER TABLE customers_customerevent ENABLE TRIGGER USER")
    Customer.objects.filter(pk=customer.pk).update(city="杭州")
    (entry,) = history(customer, org.people.sales_rep)
    assert [(c.label, c.old, c.new) for c in entry.changes] == [("City", "宁波", "杭州")]


def test_raw_sql_names_the_database_account_and_the_program(org):
    customer = make_customer(org, owner=org.people.sales_rep)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL application_name = 'psql'")
        cursor.execute("UPDATE customers_customer SET city = '嘉兴' WHERE id = %s", [customer.pk])
        for beside in ("customers_customerfigures", "customers_customerkeys", "customers_customercompleteness"):
            cursor.execute(f"DELETE FROM {beside} WHERE customer_id = %s", [customer.pk])
        cursor.execute("DELETE FROM customers_customer WHERE id = %s", [customer.pk])
    gone, moved = history(customer, org.people.sales_rep)[:2]
    assert (moved.who, moved.source) == (f"Database account {database_account()}", "Program psql")
    assert gone.row.label == "delete"
    assert gone.record == customer.name
    assert ("City", "嘉兴", "—") in [(c.label, c.old, c.new) for c in gone.changes]


def test_bulk_writes_leave_one_entry_for_each_row(org):
    shared = {"business_unit": org.silicones, "owner": org.people.sales_rep}
    rows = Customer.objects.bulk_create(Customer(code=f"B{n}", name=f"批量{n}", **shared) for n in range(3))
    with acting(user=org.people.sales_rep.pk):
        Customer.objects.filter(pk__in=[row.pk for row in rows]).update(grade="S")
        Customer.objects.bulk_update([Customer(pk=row.pk, city="苏州") for row in rows], ["city"])
    for row in rows:
        assert [e.row.label for e in history(row, org.people.sales_rep)] == ["update", "update", "insert"]


def test_roles_given_and_taken_stand_in_the_users_history(org):
    user, admin = org.people.colleague, org.people.administrator
    manager = Role.objects.get(code="sales_manager")
    with acting(user=admin.pk):
        update_user(instance=user, expected_version=user.version, actor=admin, roles=[manager])
    found = [e for e in history(user, admin) if e.is_part and e.facts.get("user") == admin.pk]
    assert sorted((e.row.label, *[(c.old, c.new) for c in e.changes if c.label == "Role"]) for e in found) == [
        ("delete", ("Sales representative", "—")),
        ("insert", ("—", "Sales manager")),
    ]
    assert {e.record for e in found} == {str(user)}


def test_rights_and_reach_of_a_role_say_what_came_and_what_went(org):
    role = Role.objects.create(code="r", name="试", permissions=["customers.view_customer", "customers.add_customer"])
    role.permissions = ["customers.view_customer", "crm.export_lists"]
    role.reaches = {"customers.customer": "business_unit"}
    role.save()
    changes = {c.label: (c.old, c.new) for c in history(role, org.people.administrator)[0].changes}
    assert changes == {
        "Permissions": ("Customers: Create", "Export lists"),
        "Reach by kind of record": ("—", "Customer: own business unit"),
    }


def test_contacts_collaborators_and_order_lines_stand_in_the_history_of_their_record(org):
    people = org.people
    customer = make_customer(org, owner=people.sales_rep)
    contact = make_contact(org, customer=customer, name="陈志远")
    Contact.objects.filter(pk=contact.pk).update(phone="13900000000")
    share_record(record=customer, user=people.stranger, level="read", actor=people.sales_rep)
    kinds = [(e.row.label, e.kind, e.record) for e in history(customer, people.sales_rep) if e.is_part]
    assert sorted(kinds) == [
        ("insert", "collaborator", str(customer)), ("insert", "contact", "陈志远"), ("update", "contact", "陈志远"),
    ]  # fmt: skip
    without = Role.objects.create(code="only", name="x", permissions=["customers.view_customer"])
    people.nobody.roles.set([without])
    assert "contact" not in {e.kind for e in history(customer, people.nobody)}

    order = make_order(org, owner=people.sales_rep)
    with acting(task="integrations.sync"):
        SalesOrderLine.objects.filter(order=order).update(promised_on=dt.date(2031, 5, 6))
    entry = history(order, people.sales_rep)[0]
    assert (entry.kind, entry.who, entry.source) == ("order line", "System", "Background job integrations.sync")
    assert [c.label for c in entry.changes] == ["Promised for"]


def test_it_says_for_whom_a_deputy_acted(org):
    people, today = org.people, timezone.localdate()
    customer = make_customer(org, owner=people.sales_rep)
    Deputy.objects.create(person=people.sales_rep, deputy=people.colleague, starts_on=today, ends_on=today)
    with acting(user=people.colleague.pk):
        Customer.objects.filter(pk=customer.pk).update(city="绍兴")
    with acting(user=people.sales_manager.pk):
        Customer.objects.filter(pk=customer.pk).update(city="台州")
    manager, deputy = history(customer, people.sales_rep)[:2]
    assert (manager.acted_for, deputy.acted_for) == ("", str(people.sales_rep))


def test_the_history_tab_pages_through_everything_once(org, client_of):
    customer = make_customer(org, owner=org.people.sales_rep)
    for n in range(120):
        Customer.objects.filter(pk=customer.pk).update(city=f"城{n}")
    client = client_of(org.people.sales_rep)
    url, seen = reverse("customers:customer_tab", args=[customer.pk, "history"]), []
    while url:
        values = client.get(url).context["tab_values"]
        seen += [e.row.pk for e in values["entries"]]
        url = values["earlier"]
    assert len(seen) == len(set(seen)) == 121
    assert (
        client.get(reverse("customers:customer_tab", args=[customer.pk, "history"]) + "?before=nonsense").status_code
        == 200
    )


def test_tables_of_the_catalogue_are_tracked(org):
    rate = ExchangeRate.objects.create(currency_id="USD", starts_on=dt.date(2026, 1, 1), rate="7.1")
    ExchangeRate.objects.filter(pk=rate.pk).update(rate="7.25")
    Unit.objects.filter(code="KG").update(name="公斤")
    rows = list(
        TrailEntry.objects.filter(kind__in=("crm.exchangerate", "crm.unit"), label="update").select_related("context")
    )
    assert {(c.label, c.old, c.new) for e in read_entries(rows, None) for c in e.changes} == {
        ("Rate", "7.1", "7.25"), ("Name", "千克", "公斤"),
    }  # fmt: skip


def test_a_later_fact_does_not_change_what_was_written_before(org):
    customer = make_customer(org, owner=org.people.sales_rep)
    with acting(user=org.people.sales_rep.pk, request="one"):
        with acting(verb="move", reason="first"):
            Customer.objects.filter(pk=customer.pk).update(city="a")
        with acting(verb="transfer_owner", reason="second"):
            Customer.objects.filter(pk=customer.pk).update(city="b")
        Customer.objects.filter(pk=customer.pk).update(city="c")
    reasons = [(e.reason, e.facts["request"]) for e in history(customer, org.people.sales_rep)[:3]]
    assert reasons == [("", "one"), ("second", "one"), ("first", "one")]


@pytest.mark.django_db(transaction=True)
def test_two_threads_keep_their_facts_apart(transactional_db):
    from tests.factories.organisation import make_organisation

    org = make_organisation()
    customers = [make_customer(org, owner=org.people.sales_rep) for _ in range(2)]

    def write(customer, user):
        with acting(user=user.pk), transaction.atomic():
            Customer.objects.filter(pk=customer.pk).update(city="并行")
        connection.close()

    people = [org.people.colleague, org.people.sales_manager]
    threads = [threading.Thread(target=write, args=pair) for pair in zip(customers, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [history(customer, org.people.administrator)[0].who for customer in customers] == [str(p) for p in people]
