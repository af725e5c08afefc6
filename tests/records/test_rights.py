"""Installations from before comments and tags: who gets the rights by the migration."""

import pytest

from crm.models import Role
from tests.migrating import run_data_steps

DAILY = {"crm.add_comment", "crm.add_attachment", "crm.tag_records"}


@pytest.mark.django_db
def test_roles_of_an_older_installation_get_the_rights_of_the_day():
    rights = ["crm.add_task", "crm.view_task"]
    own = Role.objects.create(code="own", name="own", permissions=rights)
    reader = Role.objects.create(code="reader", name="reader", permissions=["crm.view_task"])
    Role.objects.filter(code="data_steward").update(permissions=rights)
    for _twice in range(2):
        run_data_steps("0017_records")
    own.refresh_from_db()
    reader.refresh_from_db()
    assert set(own.permissions) == {*rights, *DAILY}
    assert reader.permissions == ["crm.view_task"]
    steward = Role.objects.get(code="data_steward")
    assert {*DAILY, "crm.change_tag", "crm.add_tag"} <= set(steward.permissions)
    assert not {*DAILY, "crm.add_tag"} & set(Role.objects.get(code="auditor").permissions)
