"""Joiners, movers and leavers; roles and the last administrator; trees."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from crm.base.models import OwnedModel
from crm.errors import DomainError, NotAllowed
from crm.extension_points import handover_movers
from crm.models import BusinessUnit, Region, Role, Team, TeamManager, TeamMembership, User, UserRole
from crm.organisation.domain.deputies import appoint_deputy
from crm.organisation.domain.memberships import appoint_manager, keep_managers_in_step, move_people
from crm.organisation.domain.placement import placement_of
from crm.organisation.domain.roles import update_role
from crm.organisation.domain.tree import create_region, create_team, update_region, update_team
from crm.organisation.domain.users import (
    create_user,
    deactivate_user,
    owned_by,
    reset_password,
    reset_second_factor,
    update_user,
)
from customers.models import Customer
from tests.factories.records import (
    day,
    make_campaign,
    make_complaint,
    make_customer,
    make_lead,
    make_opportunity,
    make_order,
    make_task,
)

DAY = dt.timedelta(days=1)


def test_a_new_user_must_change_the_temporary_password_first(org, client_of, client):
    data = {"display_name": "王新", "username": "wangxin", "business_unit": org.silicones.pk, "team": org.team.pk}
    data["roles"] = Role.objects.get(code="sales_rep").pk
    page = client_of(org.people.administrator).post(reverse("organisation:user_create"), data)
    password = page.context["password"]
    assert password in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    user = User.objects.get(username="wangxin")
    assert placement_of(user, day()).team == org.team
    assert [role.code for role in user.roles.all()] == ["sales_rep"]
    assert UserRole.pgh_event_model.objects.filter(user=user, pgh_label="insert").count() == 1
    client.post("/login/", {"username": "wangxin", "password": password})
    own = reverse("organisation:password")
    assert client.get("/customers/").url == own
    assert client.post(own, {"old": password, "new": "short", "again": "short"}).status_code == 422
    assert client.post(own, {"old": "wrong", "new": "Kx82-lange-Wege", "again": "Kx82-lange-Wege"}).status_code == 422
    assert client.post(own, {"old": password, "new": "Kx82-lange-Wege", "again": "Kx82-lange-Wege"}).status_code == 302
    assert client.get("/customers/").status_code == 200


def test_a_reset_password_ends_the_sessions(org, client_of):
    client = client_of(org.people.sales_rep)
    url = reverse("organisation:user_password", args=[org.people.sales_rep.pk])
    page = client_of(org.people.administrator).post(url)
    assert User.objects.get(pk=org.people.sales_rep.pk).check_password(page.context["password"])
    assert client.get("/customers/").status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        lambda user, actor: reset_password(user=user, actor=actor),
        lambda user, actor: reset_second_factor(user=user, actor=actor),
        lambda user, actor: update_user(instance=user, expected_version=None, actor=actor, display_name="x"),
        lambda user, actor: deactivate_user(user=user, successor=None, actor=actor),
        lambda user, actor: appoint_deputy(person=user, deputy=actor, starts_on=day(), ends_on=day(1), actor=actor),
    ],
)
def test_the_account_of_a_superuser_is_changed_by_a_superuser_only(org, change):
    above, admin = org.people.stranger, org.people.administrator
    above.is_superuser = True
    above.save()
    above.roles.clear()  # as createsuperuser leaves one
    stored = User.objects.values().get(pk=above.pk)
    with pytest.raises(NotAllowed):
        change(User.objects.get(pk=above.pk), admin)
    assert User.objects.values().get(pk=above.pk) == stored


def test_every_kind_of_record_with_an_owner_is_handed_over_when_the_owner_leaves():
    handed = {mover.model for mover in handover_movers.all()}
    owned = {model._meta.label for model in apps.get_models() if issubclass(model, OwnedModel)}
    assert sorted(owned - handed) == [], "register a HandoverMover in the app's extensions.py"


def test_who_leaves_hands_everything_over_and_the_past_stays(org, client_of):
    people = org.people
    leaver, heir = people.sales_rep, people.colleague
    make_open = (make_customer, make_lead, make_campaign, make_opportunity, make_complaint)
    records = [make(org, owner=leaver) for make in make_open]
    others = [make(org, owner=people.stranger) for make in make_open]
    settled = make_lead(org, owner=leaver, state="disqualified")
    won = make_opportunity(org, owner=leaver, stage="won", closed_on=day())
    order = make_order(org, owner=leaver)
    todo = make_task(org, owner=leaver)
    done = make_task(org, owner=leaver, state="done")
    appoint_manager(team=org.sub_team, manager=leaver, starts_on=day() - DAY, actor=people.administrator)
    client, admin = client_of(leaver), client_of(people.administrator)
    url = reverse("organisation:user_deactivate", args=[leaver.pk])
    assert admin.post(url, {}).status_code == 422
    assert User.objects.get(pk=leaver.pk).is_active
    counts = {entry.mover.key: entry.count for entry in owned_by(leaver)}
    assert counts.keys() == {"customers", "leads", "campaigns", "opportunities", "complaints", "tasks"}
    assert counts["tasks"] == 1
    assert admin.post(url, {"successor": heir.pk}).status_code == 302
    for record in records:
        record.refresh_from_db()
        assert record.owner == heir
    for record in [*others, settled, won, order]:
        owner = record.owner
        record.refresh_from_db()
        assert record.owner == owner
    for task, holder in ((todo, heir), (done, leaver)):
        task.refresh_from_db()
        assert task.assignee == holder
    assert owned_by(leaver) == []
    assert client.get("/customers/").status_code == 302
    assert placement_of(leaver, day() - DAY).team == org.sub_team
    assert placement_of(leaver, day()).team is None
    assert Team.objects.get(pk=org.sub_team.pk).manager is None
    event = Customer.pgh_event_model.objects.filter(pgh_obj_id=records[0].pk, pgh_label="update").last()
    assert event.pgh_context.metadata["user"] == people.administrator.pk
    admin.post(reverse("organisation:user_reactivate", args=[leaver.pk]))
    assert User.objects.get(pk=leaver.pk).is_active
    assert client.get("/customers/").status_code == 302, "the session of before must not come back"


def test_a_handover_that_fails_leaves_everything_as_it_was(org):
    leaver = org.people.sales_rep
    record = make_customer(org, owner=leaver)
    lost = User.objects.create_user("lost", display_name="无部门")
    with pytest.raises(DomainError):
        deactivate_user(user=leaver, successor=lost, actor=org.people.administrator)
    record.refresh_from_db()
    assert record.owner == leaver
    assert User.objects.get(pk=leaver.pk).is_active


def test_the_last_administrator_cannot_be_taken_away(org):
    admin, role = org.people.administrator, Role.objects.get(code="administrator")
    other = User.objects.create_user("second", display_name="二", business_unit=org.silicones)
    other.roles.set([role])
    deactivate_user(user=other, successor=None, actor=admin)
    stored = User.objects.get(pk=admin.pk)
    with pytest.raises(DomainError, match="administer"):
        update_user(instance=stored, expected_version=stored.version, actor=admin, roles=[])
    with pytest.raises(DomainError, match="administer"):
        update_role(instance=role, expected_version=role.version, actor=admin, permissions=["customers.view_customer"])
    with pytest.raises(DomainError, match="yourself"):
        deactivate_user(user=admin, successor=None, actor=admin)
    assert User.objects.get(pk=admin.pk).has_perm("crm.change_role")


def test_nobody_gives_roles_that_can_do_more_than_the_giver(org):
    clerk = User.objects.create_user("clerk", display_name="文员")
    clerk.roles.add(Role.objects.create(code="clerk", name="人事", permissions=["crm.change_user", "crm.add_user"]))
    role = Role.objects.get(code="administrator")
    with pytest.raises(NotAllowed):
        create_user(actor=clerk, username="x", display_name="x", roles=[role])
    admin = User.objects.get(pk=org.people.administrator.pk)
    with pytest.raises(NotAllowed):
        deactivate_user(user=admin, successor=None, actor=clerk)
    assert not User.objects.filter(username="x").exists()


def test_a_role_is_set_in_the_browser_with_rights_and_reaches(org, client_of):
    role = Role.objects.get(code="sales_rep")
    Role.objects.filter(pk=role.pk).update(permissions=[*role.permissions, "other.view_thing"])
    data = {
        "code": role.code,
        "name": role.name,
        "data_scope": "team",
        "reveal_limit": "12",
        "version_read": role.version,
    }
    data |= {
        "permissions": ["customers.view_customer", "leads.assign_lead"],
        "reach__service__complaint": "business_unit",
    }
    url = reverse("organisation:role_edit", args=[role.pk])
    client = client_of(org.people.administrator)
    page = client.get(url).content.decode()
    assert "Can assign leads to others" in page
    assert client.post(url, data).status_code == 302
    role.refresh_from_db()
    assert role.permissions == ["customers.view_customer", "leads.assign_lead", "other.view_thing"]
    assert (role.data_scope, role.reaches) == ("team", {"service.complaint": "business_unit"})
    assert role.reveal_limit == 12
    assert client.post(url, data).status_code == 409
    assert client.post(url, {**data, "permissions": ["crm.fly"], "version_read": role.version}).status_code == 422


def test_people_move_from_a_day_on_and_past_figures_keep_their_team(org, client_of):
    people = [org.people.sales_rep, org.people.colleague]
    order = make_order(org, owner=org.people.sales_rep)
    data = {"ids": [person.pk for person in people], "team": org.other_team.pk, "starts_on": day(), "confirmed": 1}
    url = reverse("organisation:user_bulk", args=["move"])
    assert client_of(org.people.administrator).post(url, data).status_code == 302
    for person in people:
        assert placement_of(person, day() - DAY).team == org.sub_team
        assert placement_of(person, day()).team == org.other_team
        person.refresh_from_db()
        assert person.business_unit == org.agro
    order.refresh_from_db()
    assert (order.team, order.business_unit) == (org.sub_team, org.silicones)
    back = day() + 5 * DAY
    assert move_people(people=people, team=org.sub_team, starts_on=back, actor=org.people.administrator) == 2
    assert move_people(people=people, team=org.other_team, starts_on=day(), actor=org.people.administrator) == 2
    assert TeamMembership.objects.filter(user=people[0]).count() == 2, "what was planned for later is taken back"


def test_managers_follow_each_other_on_their_days(org):
    people = org.people
    appoint_manager(team=org.team, manager=people.bu_head, starts_on=day() - 9 * DAY, actor=people.administrator)
    appoint_manager(team=org.team, manager=people.sales_manager, starts_on=day() + DAY, actor=people.administrator)
    assert Team.objects.get(pk=org.team.pk).manager == people.bu_head
    TeamManager.objects.filter(user=people.bu_head).update(ends_on=day() - DAY)
    TeamManager.objects.filter(user=people.sales_manager).update(starts_on=day())
    assert keep_managers_in_step() == 1
    assert Team.objects.get(pk=org.team.pk).manager == people.sales_manager


def test_a_moved_node_takes_its_subtree_along_and_makes_no_loop(org):
    admin = org.people.administrator
    north = create_region(actor=admin, code="N", name="华北")
    city = create_region(actor=admin, code="NC", name="北京", parent=north)
    street = create_region(actor=admin, code="NCS", name="海淀", parent=city)
    update_region(instance=city, expected_version=city.version, actor=admin, parent=org.east)
    assert Region.objects.get(pk=street.pk).path == f"/{org.east.pk}/{city.pk}/{street.pk}/"
    east = Region.objects.get(pk=org.east.pk)
    with pytest.raises(DomainError, match="below itself"):
        update_region(instance=east, expected_version=east.version, actor=admin, parent=street)
    team = Team.objects.get(pk=org.sub_team.pk)
    with pytest.raises(DomainError, match="business unit"):
        update_team(instance=team, expected_version=team.version, actor=admin, parent=org.other_team)
    with pytest.raises(DomainError, match="business unit"):
        create_team(actor=admin, code="X", name="x", business_unit=org.agro, parent=org.team)
    assert BusinessUnit.objects.count() == 2


@pytest.mark.parametrize("name", ["user", "role", "businessunit", "team", "region"])
def test_lists_take_the_same_queries_for_few_rows_and_many(org, client_of, django_assert_max_num_queries, name):
    client = client_of(org.people.administrator)
    url = reverse(f"organisation:{name}_list")
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        assert client.get(url).status_code == 200
    for n in range(4):
        User.objects.create_user(f"many{n}", display_name=f"多{n}").roles.set(Role.objects.all()[:2])
        Role.objects.create(code=f"many{n}", name="x")
        BusinessUnit.objects.create(code=f"M{n}", name="x")
        create_team(
            actor=org.people.administrator, code=f"M{n}", name="x", business_unit=org.agro, parent=org.other_team
        )
        create_region(actor=org.people.administrator, code=f"M{n}", name="x", parent=org.east)
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).status_code == 200


def test_pages_of_the_organisation_open(org, client_of):
    client = client_of(org.people.administrator)
    rows = {"user": org.people.sales_rep, "role": Role.objects.first(), "team": org.team, "region": org.east}
    for name, row in rows.items():
        page = client.get(reverse(f"organisation:{name}_record", args=[row.pk]))
        assert page.status_code == 200
        assert str(row) in page.content.decode()
    tree = client.get(reverse("organisation:team_list")).content.decode().partition('id="main"')[2]
    assert 0 < tree.index(f">{org.team.label}<") < tree.index(f">{org.sub_team.label}<")
