"""Number formats: what new records get, what is refused, a change in the middle of a month, two writers at a time."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError
from crm.extension_points import number_kinds
from crm.models import NumberFormat, NumberSequence
from crm.records.domain.numbers import Format, next_numbers, preview, record_number, record_numbers, set_format
from customers.domain.customer import create_customer
from customers.models import Customer
from leads.domain.lead import create_lead
from tests.factories.records import make_customer, make_lead

UNITS = ["SIL", "AGR"]


def set_to(org, kind, pattern, reset="never", start=1, version=0):
    return set_format(
        kind=number_kinds.get(kind),
        expected_version=version,
        actor=org.people.administrator,
        units=[org.silicones.code, org.agro.code],
        pattern=pattern,
        reset=reset,
        start=start,
    )


def new_customer(org, **values):
    name = f"新客户{Customer.objects.count()}"
    return create_customer(actor=org.people.sales_rep, name=name, **values)


def new_lead(org):
    return create_lead(actor=org.people.sales_rep, company_name="新线索")


def test_what_the_program_came_with(org):
    month = f"{timezone.localdate():%y%m}"
    assert [new_lead(org).code, new_lead(org).code] == [f"LD-{month}-0001", f"LD-{month}-0002"]
    assert new_customer(org).code == "C-100001"


def test_a_new_pattern_holds_for_new_records_only(org):
    before = new_customer(org)
    set_to(org, "customer", "{bu}-{yyyy}-{seq:5}", reset="yearly")
    year = timezone.localdate().year
    assert new_customer(org).code == f"{org.silicones.code}-{year}-00001"
    assert new_customer(org).code == f"{org.silicones.code}-{year}-00002"
    before.refresh_from_db()
    assert before.code == "C-100001"


def test_each_business_unit_counts_for_itself(org):
    set_to(org, "customer", "{bu}{seq:3}")
    mine, theirs = make_customer(org), make_customer(org, owner=org.people.stranger)
    assert record_numbers("customer", [mine, theirs, mine]) == [
        f"{org.silicones.code}001",
        f"{org.agro.code}001",
        f"{org.silicones.code}002",
    ]


def test_counts_begin_anew_as_told(org):
    lead = make_lead(org)
    days = [dt.date(2026, 11, 5), dt.date(2026, 11, 30), dt.date(2026, 12, 1), dt.date(2027, 1, 1)]
    numbers = {}
    for reset in ("monthly", "yearly", "never"):
        stored = NumberFormat.objects.filter(kind="lead").first()
        set_to(
            org, "lead", f"{reset[0].upper()}{{yy}}{{mm}}-{{seq}}", reset=reset, version=stored.version if stored else 0
        )
        numbers[reset] = [record_number("lead", lead, day=day).partition("-")[2] for day in days]
    assert numbers == {"monthly": ["1", "2", "1", "1"], "yearly": ["1", "2", "3", "1"], "never": ["1", "2", "3", "4"]}


def test_a_change_in_the_middle_of_a_month_counts_on_and_a_change_back_repeats_nothing(org):
    month = f"{timezone.localdate():%y%m}"
    new_lead(org)
    set_to(org, "lead", "LD-{yy}{mm}-{seq:2}", reset="monthly")
    assert new_lead(org).code == f"LD-{month}-02"
    stored = set_to(org, "lead", "X{seq}", version=1)
    assert new_lead(org).code == "X1"
    set_to(org, "lead", "LD-{yy}{mm}-{seq:4}", reset="monthly", version=stored.version)
    assert new_lead(org).code == f"LD-{month}-0003"


def test_numbers_that_records_have_already_are_passed_over(org):
    make_customer(org, code="K-7")
    make_customer(org, code="K-8")
    set_to(org, "customer", "K-{seq}")
    assert preview(number_kinds.get("customer"), Format("K-{seq}", "never"), unit="", count=2) == ["K-9", "K-10"]
    assert new_customer(org).code == "K-9"
    make_customer(org, code="K-10")  # by the ERP, say
    assert new_customer(org).code == "K-11"


@pytest.mark.parametrize(
    ("pattern", "reset", "message"),
    [
        ("C-{yy}", "never", "needs the count once"),
        ("{seq}-{seq}", "never", "needs the count once"),
        ("C-{seq}", "monthly", "must name the period"),
        ("C-{mm}-{seq}", "monthly", "must name the period"),
        ("C-{mm}-{seq}", "yearly", "must name the period"),
        ("客户{seq}", "never", "only letters, digits"),
        ("{day}-{seq}", "never", "only letters, digits"),
        ("CUSTOMER-NUMBER-{bu}-{seq:9}", "never", "shorten the pattern"),
    ],
)
def test_a_pattern_that_could_repeat_itself_is_refused(org, client_of, pattern, reset, message):
    with pytest.raises(DomainError, match=message):
        set_to(org, "customer", pattern, reset)
    admin = client_of(org.people.administrator)
    url = reverse("configuration:number_edit", args=["customer"])
    data = {"pattern": pattern, "reset": reset, "start": "1", "version_read": "0"}
    answer = admin.post(url, data)
    assert answer.status_code == 422
    assert pattern in answer.content.decode().replace("&#x27;", "'")
    assert message in admin.get(url, {**data, "preview": "1"}).content.decode()
    assert not NumberFormat.objects.exists()


def test_the_screen_shows_the_next_numbers_and_saves(org, client_of):
    admin = client_of(org.people.administrator)
    assert "C-100001" in admin.get(reverse("configuration:number_list")).content.decode()
    url = reverse("configuration:number_edit", args=["customer"])
    data = {"pattern": "KH{seq:6}", "reset": "never", "start": "500", "version_read": "0"}
    assert "KH000500 · KH000501" in admin.get(url, {**data, "preview": "1"}).content.decode()
    assert not NumberSequence.objects.exists()
    assert admin.post(url, data).status_code == 302
    assert new_customer(org).code == "KH000500"
    assert admin.post(url, {**data, "pattern": "KX{seq}"}).status_code == 409  # read before the first save
    assert new_customer(org).code == "KH000501"


@pytest.mark.django_db(transaction=True)
def test_two_writers_get_different_numbers():
    from tests.factories.organisation import make_organisation

    org = make_organisation()
    set_to(org, "customer", "P{yy}-{seq:3}", reset="yearly")
    found, customer = [], make_customer(org)

    def write():
        try:
            with transaction.atomic():
                found.extend(record_numbers("customer", [customer] * 20))
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == 80


def test_a_rollback_gives_the_number_back(org):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_numbers("test")
        raise ZeroDivisionError
    assert list(next_numbers("test")) == [1]
