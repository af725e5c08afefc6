"""Roles of an installation that is older than a right: what the migration that brings it gives them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.migrations import RunPython

from crm.models import Role
from crm.organisation.granting import give_rights

WORK = ["crm.add_task", "crm.view_task"]


def permissions(code: str) -> set[str]:
    return set(Role.objects.get(code=code).permissions)


@pytest.mark.django_db
def test_standard_roles_get_what_they_have_in_a_new_installation_and_keep_the_rest():
    Role.objects.filter(code__in=["sales_manager", "sales_rep"]).update(permissions=["other.view_thing"])
    own = Role.objects.create(code="own", name="own", permissions=WORK)
    for _twice in range(2):
        give_rights("crm.decide_approval", "crm.view_approvalrequest").code(apps, None)
    assert permissions("sales_manager") == {"other.view_thing", "crm.decide_approval", "crm.view_approvalrequest"}
    assert permissions("sales_rep") == {"other.view_thing", "crm.view_approvalrequest"}
    own.refresh_from_db()
    assert own.permissions == WORK


@pytest.mark.django_db
def test_rights_beside_one_go_to_every_role_that_has_it():
    Role.objects.create(code="own", name="own", permissions=WORK)
    Role.objects.create(code="reader", name="reader", permissions=["crm.view_task"])
    for _twice in range(2):
        give_rights(beside={"crm.add_task": ["crm.add_comment"]}).code(apps, None)
    assert permissions("own") == {*WORK, "crm.add_comment"}
    assert permissions("reader") == {"crm.view_task"}


@pytest.mark.django_db
def test_the_rights_of_the_asset_come_with_its_migration():
    seen = ["customers.view_customer", "customers.change_customer"]
    Role.objects.create(code="own", name="own", permissions=seen)
    Role.objects.filter(code__in=["sales_manager", "sales_rep", "data_steward"]).update(permissions=seen)
    steps = import_module("customers.migrations.0003_asset_rows").Migration.operations
    give = [step for step in steps if type(step) is RunPython][-1]
    give.code(apps, None)
    assert {
        "customers.view_customeraddress",
        "customers.change_customeraddress",
        "customers.view_gradeproposal",
    } <= permissions("own")
    assert not {"customers.add_customeraddress", "customers.set_grade", "customers.merge_customer"} & permissions("own")
    assert {"customers.merge_customer", "customers.change_protected"} <= permissions("data_steward")
    assert "customers.claim_customer" in permissions("sales_rep")
    assert "customers.merge_customer" not in permissions("sales_rep")
