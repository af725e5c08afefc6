"""Sessions are listed, noted as seen now and then, and ended from anywhere."""

import datetime as dt

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from django.utils import timezone

from crm.accounts.domain.sessions import ROW, SEEN, running_sessions
from crm.models import Role, SignInEvent, UserSession
from crm.organisation.domain.users import change_password, deactivate_user, update_user
from tests.factories.organisation import PASSWORD

OWN = "/account/"


def signed_in(client):
    return client.get("/more/").status_code == 200


def forget_when_seen(client):
    session = client.session
    session[SEEN] = 0
    session.save()


def test_the_own_page_lists_where_one_is_signed_in(org, sign_in):
    rep = org.people.sales_rep
    here, there = sign_in(rep), sign_in(rep, address="10.0.0.9", agent="Mozilla/5.0 (iPhone) Safari/604")
    sign_in(org.people.stranger, address="10.0.0.10")
    page = here.get(OWN).content.decode()
    assert "Firefox · Windows" in page
    assert "Safari · iPhone" in page
    assert "10.0.0.10" not in page
    assert page.count("/end/") == 1, "there is no button for the session one is in"
    there.post("/logout/")
    assert "Safari · iPhone" not in here.get(OWN).content.decode().partition('id="happened"')[0]


def test_a_session_is_ended_from_another_device(org, sign_in, django_capture_on_commit_callbacks):
    rep = org.people.sales_rep
    here, there = sign_in(rep), sign_in(rep)
    row = UserSession.objects.get(pk=there.session[ROW])
    url = reverse("security:session_end", args=[row.pk])
    assert sign_in(org.people.stranger).post(url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        here.post(url)
    assert not signed_in(there)
    assert signed_in(here)
    assert "had ended already" in here.post(url, follow=True).content.decode(), "a second click"
    assert SignInEvent.objects.get(kind="ended").reason == "self"


def test_all_others_end_and_this_one_stays(org, sign_in, django_capture_on_commit_callbacks):
    rep = org.people.sales_rep
    here, others = sign_in(rep), [sign_in(rep), sign_in(rep)]
    with django_capture_on_commit_callbacks(execute=True):
        answer = here.post(reverse("security:sessions_end_others"), follow=True)
    assert "2 other sessions have ended" in answer.content.decode()
    assert signed_in(here)
    assert not any(signed_in(client) for client in others)


def test_a_session_whose_end_did_not_reach_the_store_ends_within_minutes(org, sign_in):
    client = sign_in(org.people.sales_rep)
    UserSession.objects.update(ended_at=timezone.now())  # and the process died before it deleted the session
    forget_when_seen(client)
    assert not signed_in(client)
    assert SESSION_KEY not in client.session
    assert not SignInEvent.objects.filter(kind="signed_out").exists(), "the person did not do that"


def test_use_is_noted_every_five_minutes_and_costs_nothing_in_between(org, sign_in, django_assert_num_queries):
    client = sign_in(org.people.sales_rep)
    client.get("/more/")
    earlier = timezone.now() - dt.timedelta(hours=1)
    UserSession.objects.update(last_seen_at=earlier)
    client.get("/more/")
    assert UserSession.objects.get().last_seen_at == earlier
    with django_assert_num_queries(2, exact=False):
        client.get("/more/")
    forget_when_seen(client)
    client.get("/more/")
    assert UserSession.objects.get().last_seen_at > earlier


def test_a_session_from_before_sessions_were_noted_is_adopted(org, sign_in):
    client = sign_in(org.people.sales_rep)
    UserSession.objects.all().delete()
    session = client.session
    del session[ROW], session[SEEN]
    session.save()
    assert signed_in(client)
    assert list(running_sessions(org.people.sales_rep)) == [UserSession.objects.get()]


def end_by_password(people):
    change_password(user=people.sales_rep, old=PASSWORD, new="Kx82-lange-Wege")


def end_by_roles(people):
    rep = people.sales_rep
    update_user(
        instance=rep,
        expected_version=rep.version,
        actor=people.administrator,
        roles=Role.objects.filter(code="finance"),
    )


def end_by_leaving(people):
    deactivate_user(user=people.sales_rep, successor=people.colleague, actor=people.administrator)


@pytest.mark.parametrize(
    ("change", "reason"),
    [(end_by_password, "password"), (end_by_roles, "roles"), (end_by_leaving, "deactivated")],
)
def test_sessions_end_when_the_account_changes(org, sign_in, django_capture_on_commit_callbacks, change, reason):
    client = sign_in(org.people.sales_rep)
    with django_capture_on_commit_callbacks(execute=True):
        change(org.people)
    assert not signed_in(client)
    assert SignInEvent.objects.get(kind="ended").reason == reason
    assert not running_sessions(org.people.sales_rep).exists()


def test_the_session_that_changes_the_password_stays(org, sign_in, django_capture_on_commit_callbacks):
    here, there = sign_in(org.people.sales_rep), sign_in(org.people.sales_rep)
    new = "Kx82-lange-Wege"
    with django_capture_on_commit_callbacks(execute=True):
        answer = here.post(reverse("organisation:password"), {"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 302
    assert signed_in(here)
    assert not signed_in(there)
    row = running_sessions(org.people.sales_rep).get()
    assert (row.pk, row.key) == (here.session[ROW], here.session.session_key)


def test_an_administrator_ends_all_sessions_of_somebody(org, sign_in, client_of, django_capture_on_commit_callbacks):
    rep, admin = org.people.sales_rep, org.people.administrator
    clients = [sign_in(rep), sign_in(rep)]
    url = reverse("security:user_sessions_end", args=[rep.pk])
    assert client_of(org.people.auditor).post(url).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        client_of(admin).post(url)
    assert not any(signed_in(client) for client in clients)
    entry = SignInEvent.objects.get(kind="ended")
    assert (entry.reason, entry.actor) == ("administrator", admin)
    page = client_of(admin).get(reverse("organisation:user_record", args=[rep.pk]) + "?panel=account").content.decode()
    assert "Not signed in anywhere" in page


def test_a_form_sent_after_the_end_of_the_session_leads_back_to_its_page(org, client):
    """Not to its own address, which shows nothing; and it is said that nothing was done."""
    rep = org.people.sales_rep
    page = reverse("organisation:deputies")
    url = reverse("security:session_end", args=[1])
    answer = client.post(url, headers={"Referer": f"http://testserver{page}?show=all", "Accept-Language": "en"})
    assert answer.status_code == 302
    login = client.get(answer["Location"])
    assert "nothing of what you sent was done" in login.content.decode()
    form = {"username": rep.username, "password": PASSWORD, "next": login.context["next"]}
    after = client.post(reverse("login"), form)
    assert after["Location"] == f"{page}?show=all"


@pytest.mark.parametrize("headers", [{}, {"Referer": "https://elsewhere.example/page"}])
def test_without_a_page_of_ours_it_leads_home(org, client, headers):
    answer = client.post(reverse("security:session_end", args=[1]), headers=headers)
    assert answer["Location"] == f"{reverse('login')}?next=/"


def test_an_address_of_forms_opened_as_a_page_says_what_it_is(org, client_of):
    answer = client_of(org.people.sales_rep).get(reverse("security:session_end", args=[1]))
    assert answer.status_code == 405
    assert answer["Allow"].startswith("POST")
    page = answer.content.decode()
    assert "only takes what a form sends" in page and 'class="nav-side"' in page
