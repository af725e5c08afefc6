"""Nothing in the trail can be changed or taken away: not by the site, not by its database role; erasure leaves an entry."""

import datetime as dt
import os
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from crm.acting import acting
from crm.errors import DomainError
from crm.models import TrailErasure
from crm.records import trail_tables
from crm.records.domain.trail import drop_old_trail, erase_from_trail
from crm.records.trail import history_of
from crm.records.trail_tables import CONTEXT, ERASURE, tracked_models
from customers.models import Contact, Customer
from tests.factories.records import make_contact, make_customer
from tests.servers import database_url

EVENTS = "customers_customerevent"


def guarded():
    return [CONTEXT, ERASURE, *(kind.events._meta.db_table for kind in tracked_models())]


@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_every_table_of_the_trail_refuses_even_its_owner(db, deed):
    for table in guarded():
        column = {CONTEXT: "id", ERASURE: "id"}.get(table, "pgh_id")
        with pytest.raises(IntegrityError, match=f"append-only: [A-Z]+ of {table} is refused"), transaction.atomic():
            connection.cursor().execute(deed.format(table, column, column))


def test_a_made_up_erasure_lets_nobody_through(org):
    make_customer(org, owner=org.people.sales_rep)
    old = TrailErasure.objects.create(rows=0, reason="of another transaction", transaction=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('crm.trail_erasure', %s, true)", [str(old.pk)])
        cursor.execute(f"DELETE FROM {EVENTS}")


def test_no_setting_switches_the_trail_off(org):
    customer = make_customer(org, owner=org.people.sales_rep)
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(tgname)::text FROM pg_trigger WHERE tgrelid = 'customers_customer'::regclass")
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [cursor.fetchone()[0]])
        cursor.execute("UPDATE customers_customer SET city = 'x' WHERE id = %s", [customer.pk])
    assert Customer.pgh_event_model.objects.filter(pgh_obj=customer, pgh_label="update").count() == 1


def test_erased_fields_are_gone_from_all_entries_and_the_erasure_is_logged(org):
    admin = org.people.administrator
    customer = make_customer(org, owner=org.people.sales_rep)
    contact = make_contact(org, customer=customer, name="陈志远", phone="13800000001")
    other = make_contact(org, customer=customer, name="林立", phone="13800000002")
    Contact.objects.filter(pk=contact.pk).update(phone="13900000009")
    entry = erase_from_trail(
        kind="customers.contact", records=[contact.pk], fields=["name", "phone"], reason="request", actor=admin
    )
    kept = Contact.pgh_event_model.objects
    assert set(kept.filter(pgh_obj_id=contact.pk).values_list("name", "phone")) == {("", "")}
    assert set(kept.filter(pgh_obj_id=other.pk).values_list("name", "phone")) == {("林立", "13800000002")}
    assert (entry.by, entry.rows, entry.fields, entry.records) == (admin, 2, ["name", "phone"], [contact.pk])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():  # the door is shut behind it
        kept.all().delete()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "no.such"}, "There is no trail"),
        ({"fields": ["pgh_context"]}, "holds no field"),
        ({"fields": ["is_primary"]}, "cannot be empty"),
        ({"fields": []}, "at least one field"),
        ({"reason": " "}, "needs a reason"),
    ],
)
def test_an_erasure_that_says_too_little_is_refused(org, change, message):
    values = {"kind": "customers.contact", "records": [1], "fields": ["name"], "reason": "request", **change}
    with pytest.raises(DomainError, match=message):
        erase_from_trail(**values)
    assert not TrailErasure.objects.exists()


def test_retention_drops_old_entries_but_the_newest_of_each_row(org):
    customer = make_customer(org, owner=org.people.sales_rep, city="a")
    with acting(user=org.people.sales_rep.pk):
        for city in "bc":
            Customer.objects.filter(pk=customer.pk).update(city=city)
    with connection.cursor() as cursor:  # two years pass
        for table, column in ((EVENTS, "pgh_created_at"), (CONTEXT, "created_at")):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {column} = {column} - interval '2 years'")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    before = timezone.localdate() - dt.timedelta(days=365)
    entry = drop_old_trail(before=before, reason="kept for a year")
    assert entry.rows == 2
    assert list(Customer.pgh_event_model.objects.filter(pgh_obj=customer).values_list("city", flat=True)) == ["c"]
    Customer.objects.filter(pk=customer.pk).update(city="d")
    newest = history_of(customer, user=org.people.sales_rep)[0][0]
    assert [(c.old, c.new) for c in newest.changes] == [("c", "d")]
    with pytest.raises(DomainError, match="half a year"):
        drop_old_trail(before=timezone.localdate(), reason="now")


def test_the_commands_say_what_they_did(org):
    contact = make_contact(org, customer=make_customer(org, owner=org.people.sales_rep))
    out = StringIO()
    call_command("trail_erase", "customers.contact", str(contact.pk), "--fields", "name", "--reason", "r", stdout=out)
    assert '"rows": 1' in out.getvalue()
    call_command("trail_drop", "2020-01-01", "--reason", "r", stdout=out)
    assert '"rows": 0' in out.getvalue()
    with pytest.raises(CommandError, match="half a year"):
        call_command("trail_drop", str(timezone.localdate()), "--reason", "r")


@pytest.fixture
def site_role(transactional_db):
    """A database role as docs/operations.md makes it, with the address it signs in at."""
    name, password = f"site_{os.getpid()}", "only-for-this-test"
    out = StringIO()
    call_command("trail_grants", name, stdout=out)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        cursor.execute(out.getvalue())
    yield {"user": name, "password": password}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


def test_the_sites_role_writes_business_rows_and_cannot_touch_the_trail(site_role):
    from tests.factories.organisation import make_organisation

    org = make_organisation()
    customer = make_customer(org, owner=org.people.sales_rep)
    address = database_url(connection.settings_dict["NAME"])
    with psycopg.connect(address, **site_role, autocommit=True) as site:
        site.execute("UPDATE customers_customer SET city = '宁波' WHERE id = %s", [customer.pk])
        for table in guarded():
            column = {CONTEXT: "id", ERASURE: "id"}.get(table, "pgh_id")
            for deed in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    site.execute(deed)
        for deed in (
            f"ALTER TABLE {EVENTS} DISABLE TRIGGER USER",
            "ALTER TABLE customers_customer DISABLE TRIGGER USER",
            f"INSERT INTO {ERASURE} (at, rows, reason, transaction) VALUES (now(), 0, '', 1)",
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION crm_trail_guard() RETURNS trigger LANGUAGE sql AS ''",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                site.execute(deed)
    newest = history_of(customer, user=org.people.administrator)[0][0]
    assert newest.who == f"Database account {site_role['user']}"
    assert [(c.label, c.new) for c in newest.changes] == [("City", "宁波")]


def test_installing_again_does_nothing_and_a_migration_finds_no_view_in_its_way(db):
    def made():
        with connection.cursor() as cursor:
            cursor.execute("SELECT oid FROM pg_class WHERE relname = 'crm_trail'")
            return cursor.fetchall()

    before = made()
    trail_tables.install()
    assert made() == before != []
    trail_tables.uninstall(plan=[("a migration", False)])
    assert made() == []
    with connection.cursor() as cursor:  # what a later release might do
        cursor.execute(f"ALTER TABLE {EVENTS} ALTER COLUMN city TYPE varchar(300)")
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname IN ('crm_trail_before', 'crm_trail_gone')")
        assert cursor.fetchone()[0] == 0  # they would hold on to the columns of the tracked tables
    trail_tables.install()
    assert made() != []
