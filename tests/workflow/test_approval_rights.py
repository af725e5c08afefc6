"""Installations from before approvals: who gets the rights by the migration."""

import pytest

from crm.models import Role
from tests.migrating import run_data_steps

WORK = ["crm.add_task", "crm.view_task"]


@pytest.mark.django_db
def test_roles_of_an_older_installation_get_the_rights_of_approvals():
    own = Role.objects.create(code="own", name="own", permissions=WORK)
    reader = Role.objects.create(code="reader", name="reader", permissions=["crm.view_task"])
    Role.objects.filter(code__in=["sales_manager", "administrator", "sales_rep"]).update(permissions=WORK)
    for _twice in range(2):
        run_data_steps("0018_approvals")
    rights = dict(Role.objects.values_list("code", "permissions"))
    assert set(rights[own.code]) == {*WORK, "crm.view_approvalrequest"}
    assert rights[reader.code] == ["crm.view_task"]
    assert "crm.decide_approval" in rights["sales_manager"]
    assert "crm.decide_approval" not in rights["sales_rep"]
    assert {"crm.change_approvalpolicy", "crm.add_workingcalendar", "crm.view_all_approvals"} <= set(
        rights["administrator"]
    )
