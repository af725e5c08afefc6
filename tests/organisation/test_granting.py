"""Rights that roles of older installations get by a migration."""

from django.apps import apps
from django.db import connection

from crm.models import Role
from crm.organisation.granting import give_rights, rights_on


def run(operation):
    with connection.schema_editor() as editor:
        operation.code(apps, editor)


def rights_of(code):
    return Role.objects.get(code=code).permissions


def test_standard_roles_get_what_new_installations_give_them_and_keep_the_rest(org):
    Role.objects.filter(code__in=["service_agent", "finance"]).update(permissions=["crm.view_task"])
    run(give_rights(*rights_on("service.complaint")))
    assert rights_of("service_agent") == [
        "crm.view_task",
        "service.add_complaint",
        "service.change_complaint",
        "service.view_complaint",
    ]
    assert rights_of("finance") == ["crm.view_task"]


def test_roles_of_administrators_get_what_belongs_to_a_right_they_have(org):
    Role.objects.create(code="own", name="x", permissions=["crm.add_task"])
    Role.objects.create(code="other", name="x", permissions=["crm.view_task"])
    run(give_rights("crm.add_comment", beside={"crm.add_task": ["crm.add_comment"]}))
    assert rights_of("own") == ["crm.add_comment", "crm.add_task"]
    assert rights_of("other") == ["crm.view_task"]
