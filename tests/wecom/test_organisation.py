"""The import of departments and people: what is proposed, what is taken over, what is never done by itself."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.models import Job, Notification, Role, Team, TeamMembership, User
from crm.organisation.domain.placement import placement_of
from integrations.models import WecomAccount, WecomDepartment, WecomSnapshot
from integrations.wecom.domain.applying import apply_changes
from integrations.wecom.domain.directory import RIGHTS, newest, run_fetch
from integrations.wecom.domain.proposal import propose
from tests.wecom.test_settings import stamp

pytestmark = pytest.mark.django_db
URL = "/integrations/wecom/organisation/"


def fetched() -> dict[str, Any]:
    """What is proposed after a fetch, by key."""
    run_fetch()
    return {change.key: change for change in propose(newest())}


def take(org: Any, *keys: str, **choices: str) -> Any:
    chosen = dict.fromkeys(keys, "") | {key.replace("__", "."): value for key, value in choices.items()}
    return apply_changes(snapshot=newest(), chosen=chosen, actor=org.people.administrator)


@pytest.fixture
def company(org: Any, wecom: Any, switched_on: Any) -> Any:
    """A tree that is partly known here: 2 is called as our team T1, 3 lies below it, 4 is all new."""
    switched_on("organisation")
    wecom.department(2, "华东大区")
    wecom.department(3, "华东三部", parent=2)
    wecom.department(4, "新能源部")
    return wecom


def test_departments_become_teams_below_each_other(org, company):
    found = fetched()
    assert {key: change.team for key, change in found.items() if key.startswith("link")} == {"link_team.2": org.team}
    assert not found["new_team.3"].choices, "its business unit is that of the team above"
    assert {label for _value, label in found["new_team.4"].choices} == {org.silicones.label, org.agro.label}
    assert not WecomDepartment.objects.exists(), "looking changes nothing"
    done = take(org, "link_team.2", "new_team.3", new_team__4=str(org.agro.pk))
    assert (done.count, done.failed) == (3, [])
    third, fourth = Team.objects.get(name="华东三部"), Team.objects.get(name="新能源部")
    assert (third.parent, third.business_unit, third.path) == (org.team, org.silicones, f"{org.team.path}{third.pk}/")
    assert (fourth.parent, fourth.business_unit) == (None, org.agro)
    assert fetched() == {}


def test_a_team_without_its_unit_or_the_one_above_it_is_left_with_the_reason(org, company):
    fetched()
    done = take(org, "new_team.4", "new_team.3")
    assert done.count == 0
    assert dict(done.failed) == {
        "新能源部": "Choose its business unit.",
        "华东三部": "The department above it is not a team yet: take it over first.",
    }


@pytest.fixture
def twins(org: Any, company: Any) -> Any:
    """Another department is called as our team too, below 4, and one below that."""
    company.department(5, "华东大区", parent=4)
    company.department(6, "华东六部", parent=5)
    return company


def test_of_departments_with_one_name_somebody_says_which_the_team_is(org, twins):
    found = fetched()
    top, below = found["link_team.2"], found["link_team.5"]
    assert (top.team, below.team, top.usual, below.usual) == (org.team, org.team, False, False)
    assert (top.after, below.after) == ("恒谱新材料", "新能源部"), "what is above tells them apart"
    assert top.before == below.before == str(org.silicones)
    assert top.problem == below.problem == "Several departments have this name: link only the right one."
    assert dict(top.choices) == {
        "link": f"link to the team {org.team.label}",
        str(org.silicones.pk): f"make a new team in {org.silicones.label}",
        str(org.agro.pk): f"make a new team in {org.agro.label}",
    }
    assert dict(below.choices) == {"link": f"link to the team {org.team.label}", "new": "make a new team"}
    done = take(org, link_team__2="link", link_team__5="new", new_team__4=str(org.agro.pk), new_team__6="")
    assert (done.count, done.failed) == (4, [])
    second = Team.objects.get(wecom_department__number=5)
    assert (second.name, second.parent.name, second.business_unit) == ("华东大区", "新能源部", org.agro)
    assert WecomDepartment.objects.get(number=2).team == org.team


def test_departments_with_one_name_that_want_the_same_team_do_not_stop_the_others(org, twins):
    fetched()
    done = take(org, link_team__2="link", link_team__5="link", new_team__4=str(org.agro.pk))
    assert done.count == 2
    reason = f"Another department is linked to the team {org.team.label} already: make a new team of this one."
    assert done.failed == [("华东大区", reason)]
    assert dict(WecomDepartment.objects.filter(team=org.team).values_list("number", "team")) == {2: org.team.pk}
    assert fetched()["new_team.5"].usual, "the other one is a new team then"


def test_a_department_with_the_name_of_another_is_not_linked_unasked(org, twins):
    fetched()
    done = take(org, link_team__2="", link_team__5="new")
    assert done.failed == [
        ("华东大区", "Choose which team it is."),
        ("华东大区", "The department above it is not a team yet: take it over first."),
    ]
    assert take(org, link_team__2=str(org.agro.pk)).failed == []
    assert Team.objects.get(wecom_department__number=2).business_unit == org.agro
    assert fetched()["link_team.5"].usual, "the only one of that name left"
    assert take(org, link_team__5="new").count == 0, "what was chosen is not offered any more"
    assert take(org, "link_team.5").count == 1


def test_the_page_ticks_none_of_the_departments_with_one_name(org, twins, client_of):
    fetched()
    page = client_of(org.people.administrator).get(URL).content.decode()
    assert page.count("Several departments have this name") == 2
    for key in ("link_team.2", "link_team.5"):
        (tick,) = re.findall(rf'<input[^>]*value="{key}"[^>]*>', page)
        assert "checked" not in tick and f'name="choice.{key}"' in page


def test_what_is_renamed_moved_or_gone_in_wecom_is_proposed(org, company):
    fetched()
    take(org, "link_team.2", "new_team.3", new_team__4=str(org.silicones.pk))
    company.departments = [row for row in company.departments if row["id"] != 4]
    company.departments[-1].update(name="华东四部", parentid=1)
    company.department(5, "总部", parent=1)
    company.departments[-2].update(parentid=2)
    found = fetched()
    assert found["rename_team.3"].before == "华东三部"
    assert found["gone_team.4"].team.name == "新能源部" and not found["gone_team.4"].usual
    take(org, "rename_team.3", "gone_team.4")
    assert Team.objects.get(name="华东四部") and Team.objects.get(name="新能源部"), "a team is never deleted"
    assert not WecomDepartment.objects.filter(number=4).exists()


def test_a_department_that_moves_takes_its_team_along(org, company):
    fetched()
    take(org, "link_team.2", "new_team.3", new_team__4=str(org.silicones.pk))
    company.departments[2].update(parentid=4)
    found = fetched()
    assert (found["move_team.3"].before, found["move_team.3"].after) == ("华东大区", "新能源部")
    take(org, "move_team.3")
    assert Team.objects.get(name="华东三部").parent.name == "新能源部"


def test_new_people_come_with_their_team_without_roles_and_without_a_password(org, company):
    company.person("WangWei", "王伟", 2, position="销售经理", also=[1])
    company.person("left", "已走", 2, status=5)
    assert {key for key in fetched() if "person" in key} == {"new_person.WangWei"}
    take(org, "link_team.2", "new_person.WangWei")
    user = User.objects.get(username="WangWei")
    assert (user.display_name, user.title, user.wecom_account.userid) == ("王伟", "销售经理", "WangWei")
    assert (placement_of(user, timezone.localdate()).team, user.roles.count()) == (org.team, 0)
    assert not user.has_usable_password() and not user.must_change_password


def test_accounts_that_come_into_question_are_shown_and_chosen_by_a_person(org, company):
    rep, colleague = org.people.sales_rep, org.people.colleague
    company.person(rep.username.upper(), "另一个名字", 2)
    company.person("zk", colleague.display_name, 2)
    User.objects.create(username="zk2", display_name=colleague.display_name)
    found = fetched()
    by_username, by_name = found[f"choose_person.{rep.username.upper()}"], found["choose_person.zk"]
    assert by_username.problem == "There is an account with this user name."
    assert [value for value, _label in by_username.choices] == [str(rep.pk)], "a second account cannot have the name"
    assert by_name.problem == "2 accounts come into question: choose one."
    assert [value for value, _label in by_name.choices][-1] == "new"
    assert not by_name.usual and not by_username.usual
    assert take(org, by_name.key).failed == [(colleague.display_name, "Choose which account it is.")]
    foreign = {by_name.key: str(rep.pk)}
    assert apply_changes(snapshot=newest(), chosen=foreign, actor=org.people.administrator).count == 0
    done = apply_changes(
        snapshot=newest(),
        chosen={by_name.key: str(colleague.pk), by_username.key: str(rep.pk)},
        actor=org.people.administrator,
    )
    assert done.count == 2
    assert dict(WecomAccount.objects.values_list("userid", "user")) == {"zk": colleague.pk, "SALES_REP": rep.pk}


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_links_an_account_to_somebody_who_can_do_more(org, company, superuser):
    boss, clerk = org.people.stranger if superuser else org.people.administrator, org.people.nobody
    if superuser:  # as createsuperuser leaves one
        User.objects.filter(pk=boss.pk).update(is_superuser=True)
        boss.roles.clear()
    clerk.roles.add(Role.objects.create(code="clerk", name="x", permissions=RIGHTS))
    company.person("mine", boss.display_name, 2)
    change = fetched()["choose_person.mine"]
    done = apply_changes(snapshot=newest(), chosen={change.key: str(boss.pk)}, actor=User.objects.get(pk=clerk.pk))
    assert done.count == 0 and "can do more than you" in done.failed[0][1]
    assert not WecomAccount.objects.exists()


def test_a_user_name_of_somebody_who_left_is_shown_and_not_taken(org, company):
    User.objects.filter(pk=org.people.nobody.pk).update(is_active=False)
    company.person("nobody", "新人", 2)
    change = fetched()["choose_person.nobody"]
    assert change.problem == "The user name belongs to somebody who is not active any more."
    assert change.choices == ()


def test_other_data_and_moves_of_people_are_taken_over_from_today_on(org, company):
    rep = org.people.sales_rep
    company.person("lin", "林晓雯", 2, position="大客户经理")
    WecomAccount.objects.create(user=rep, userid="Lin")
    fetched()
    take(org, "link_team.2")
    found = fetched()
    assert (found["move_person.lin"].before, found["move_person.lin"].after) == (org.sub_team.label, org.team.label)
    take(org, "move_person.lin", "update_person.lin")
    rep.refresh_from_db()
    assert (rep.display_name, rep.title) == ("林晓雯", "大客户经理")
    today = timezone.localdate()
    assert placement_of(rep, today).team == org.team
    assert placement_of(rep, today - dt.timedelta(days=1)).team == org.sub_team, "the past keeps its team"
    assert TeamMembership.objects.filter(user=rep).count() == 2


def test_who_left_wecom_keeps_the_account_until_somebody_hands_over(org, company, client_of):
    rep, leaver = org.people.sales_rep, org.people.colleague
    WecomAccount.objects.create(user=leaver, userid="zk")
    WecomAccount.objects.create(user=rep, userid="back")
    User.objects.filter(pk=rep.pk).update(is_active=False)
    company.person("back", rep.display_name)
    found = fetched()
    assert found["left.zk"].by_hand and found["back.back"].by_hand
    assert take(org, "left.zk", "back.back").count == 0
    leaver.refresh_from_db()
    assert leaver.is_active
    page = client_of(org.people.administrator).get(URL).content.decode()
    assert f"/settings/users/{leaver.pk}/deactivate/" in page


def test_the_page_takes_over_what_is_ticked_and_says_what_could_not_be(
    org, company, client_of, django_capture_on_commit_callbacks
):
    admin = client_of(org.people.administrator)
    assert "Nothing was fetched yet" in admin.get(URL).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        job_page = admin.post(f"{URL}fetch/").url
    job = Job.objects.get(pk=int(job_page.split("/")[2]))
    assert (job.state, job.created_by) == ("done", org.people.administrator)
    snapshot = newest()
    page = admin.get(URL).content.decode()
    assert all(name in page for name in ("华东大区", "华东三部", "新能源部"))
    stamp(admin)
    sent = {"snapshot": snapshot.pk, "take": ["link_team.2", "new_team.4"], "choice.new_team.4": ""}
    answer = admin.post(URL, sent)
    assert answer.status_code == 422 and "Choose its business unit." in answer.content.decode()
    assert list(WecomDepartment.objects.values_list("number", flat=True)) == [2]
    assert admin.post(URL, {**sent, "snapshot": snapshot.pk - 1}).status_code == 302
    assert WecomDepartment.objects.count() == 1, "what was looked at is not what is there"


def test_only_who_may_change_teams_and_users_sees_it(org, company, client_of):
    for person in (org.people.sales_manager, org.people.auditor):
        client: Client = client_of(person)
        assert client.get(URL).status_code == client.post(URL).status_code == 403
        assert client.post(f"{URL}fetch/").status_code == 403


def test_the_timetable_fetches_and_tells_administrators_once_what_is_new(org, company):
    User.objects.filter(pk=org.people.administrator.pk).update(language="en")
    run_fetch()
    told = Notification.objects.filter(recipient=org.people.administrator, kind="wecom.organisation")
    assert told.get().title == "The organisation in WeCom has changed: 3 to look at"
    assert not Notification.objects.filter(recipient=org.people.sales_rep).exists()
    run_fetch()
    assert told.count() == 1 and told.get().count == 1, "nothing is new"
    company.department(9, "又一个部")
    told.update(read_at=timezone.now())
    run_fetch()
    assert told.order_by("-pk").first().title.endswith("1 to look at")
    assert WecomSnapshot.objects.count() == 1


def test_a_fetch_that_fails_leaves_what_was_known(org, company, client_of, django_capture_on_commit_callbacks):
    run_fetch()
    company.faults["department/list"] = [60011]
    admin = client_of(org.people.administrator)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"{URL}fetch/")
    job = Job.objects.order_by("-pk").first()
    assert job.state == "failed" and "widen its visible range" in job.message
    assert newest() is not None


def test_while_it_is_off_nothing_is_fetched(org, wecom, switched_on, client_of):
    switched_on("messages")
    run_fetch()
    assert wecom.calls == [] and not Job.objects.exists()
    admin = client_of(org.people.administrator)
    admin.post(f"{URL}fetch/")
    assert "not switched on" in admin.get(URL).content.decode()
