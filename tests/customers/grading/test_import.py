"""Grades in imported sheets: a steward's first load sets them and leaves history; who may not set grades imports none."""

import pytest

from crm.importing.messages import message_of
from crm.models import Role, User
from customers.domain.grading.reviews import apply_run
from customers.models import Customer, CustomerGrade
from customers.resources.customer import CustomerResource
from tests.factories.grading import make_grading, reviewed
from tests.factories.records import credit_code, make_customer
from tests.importing.sheets import imported, line, rows_of, xlsx


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def grades(customer):
    rows = CustomerGrade.objects.filter(customer=customer).order_by("pk")
    return [(row.grade, row.source, row.business_unit_id, row.until is None) for row in rows]


def test_a_steward_s_import_sets_grades_and_leaves_history(org):
    there = make_customer(org, credit_code=credit_code(500002), grade="C")
    same = make_customer(org, credit_code=credit_code(500003), grade="B")
    imported(
        org.people.data_steward, xlsx([line(1, grade="A"), line(2, grade="S"), line(3, grade=""), line(4, grade="")])
    )
    new = Customer.objects.get(credit_code=credit_code(500001))
    there.refresh_from_db()
    assert (new.grade, there.grade) == ("A", "S")
    assert grades(new) == [("A", "imported", None, True)]
    assert grades(there) == [("S", "imported", None, True)]
    assert grades(same) == []


def test_an_imported_grade_goes_where_the_visible_one_comes_from(org):
    customer = make_customer(org, credit_code=credit_code(500001), annual_demand_kg=20_000)
    make_grading(org, business_unit=org.silicones)
    apply_run(run=reviewed()[org.silicones.pk], actor=org.people.bu_head)
    imported(org.people.administrator, xlsx([line(1, grade="D")]))
    customer.refresh_from_db()
    assert customer.grade == "D"
    assert grades(customer) == [("A", "review", org.silicones.pk, False), ("D", "imported", org.silicones.pk, True)]


def test_who_may_not_set_grades_imports_rows_without_one_only(org):
    role = Role.objects.get(code="data_steward")
    role.permissions = [name for name in role.permissions if name != "customers.set_grade"]
    role.save()
    steward = User.objects.get(pk=org.people.data_steward.pk)
    kept = make_customer(org, credit_code=credit_code(500002), grade="B")
    batch = imported(steward, xlsx([line(1, grade="A"), line(2, grade="S"), line(3, grade=""), line(2, grade="B")]))
    rows = rows_of(batch)
    messages = [[message_of(CustomerResource, error) for error in row.errors] for row in rows]
    refused = ["You may not set grades: leave the cell empty."]
    assert messages[:3] == [refused, refused, []]
    kept.refresh_from_db()
    assert kept.grade == "B"
    assert CustomerGrade.objects.count() == 0
    assert Customer.objects.get(credit_code=credit_code(500003)).grade == ""
