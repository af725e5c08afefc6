"""Saved views: who finds and changes them, what they keep, what a list opens with, and the counts beside the tabs."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.models import SavedView, TeamMembership
from tests.factories.records import make_customer

NEW = "/views/new/customers.customer/"


def save(client: Any, name: str, state: str = "", audience: str = "private", **more: str) -> Any:
    return client.post(NEW, {"name": name, "state": state, "audience": audience, **more})


def do(client: Any, view: SavedView, what: str, **more: Any) -> Any:
    view.refresh_from_db()
    data = {"do": what, "version_read": view.version, **more}
    return client.post(reverse("views:change", args=[view.pk]), data)


def test_a_view_keeps_filters_sort_columns_and_row_height_and_not_the_page(org: Any, client_of: Any) -> None:
    make_customer(org, name="甲级", grade="A")
    make_customer(org, name="丁级", grade="D")
    client = client_of(org.people.sales_rep)
    page = client.get("/customers/?grade=A&industry=&sort=-name&cols=code&density=compact&page=1&after=3")
    state = page.context["state"]
    response = save(client, " 我的重点 ", state + "&page=4&view=7&part=tabs")
    view = SavedView.objects.get()
    assert (view.name, view.owner, view.list_key) == ("我的重点", org.people.sales_rep, "customers.customer")
    assert sorted(view.query.split("&")) == ["cols=code", "density=compact", "grade=A", "sort=-name"]
    assert response.url == f"/customers/?view={view.pk}&{view.query}"
    client.post("/views/layout/customers.customer/", {"cols": ["grade"]})  # what the list looks like otherwise
    shown = client.get(response.url)
    assert [column.key for column in shown.context["columns"]] == ["name", "code"]
    assert shown.context["density"] == "compact"
    html = shown.content.decode()
    assert ("甲级" in html, "丁级" in html) == (True, False)
    assert [tab.label for tab in shown.context["tabs"] if tab.active] == ["我的重点"]
    assert [column.key for column in client.get("/customers/?view=all").context["columns"]] == ["name", "grade"]


def test_shared_views_are_found_by_the_team_and_those_below_and_changed_by_the_owner_only(
    org: Any, client_of: Any
) -> None:
    people = org.people
    manager = client_of(people.sales_manager)
    for audience in ("private", "team", "everyone"):
        save(manager, audience, "grade=A", audience)
    assert SavedView.objects.get(name="team").team == org.team

    def found(user: Any) -> list[str]:
        return sorted(SavedView.objects.visible_to(user).values_list("name", flat=True))

    assert found(people.sales_manager) == ["everyone", "private", "team"]
    assert found(people.sales_rep) == ["everyone", "team"]  # of a team below
    assert found(people.stranger) == ["everyone"]
    TeamMembership.objects.filter(user=people.sales_rep).update(ends_on=dt.date(2021, 1, 1))
    assert found(people.sales_rep) == ["everyone"]

    private, shared = SavedView.objects.get(name="private"), SavedView.objects.get(name="everyone")
    rep = client_of(people.sales_rep)
    assert do(rep, private, "default").status_code == 404
    menu = rep.get(reverse("views:menu", args=[shared.pk])).content.decode()
    assert 'value="default"' in menu
    assert 'value="delete"' not in menu
    for what in ("save", "state", "delete"):
        assert do(rep, shared, what, name="x", audience="private", state="grade=D").status_code == 403
    shared.refresh_from_db()
    assert (shared.name, shared.query) == ("everyone", "grade=A")
    assert rep.get(reverse("views:menu", args=[private.pk])).status_code == 404


def test_owner_renames_shares_updates_and_deletes_and_a_stale_save_changes_nothing(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    save(client, "one", "grade=A")
    view = SavedView.objects.get()
    do(client, view, "save", name="two", audience="team")
    view.refresh_from_db()
    assert (view.name, view.audience, view.team) == ("two", "team", org.sub_team)
    do(client, view, "state", state="grade=B&sort=name&page=3")
    view.refresh_from_db()
    assert view.query == "grade=B&sort=name"
    client.post(
        reverse("views:change", args=[view.pk]), {"do": "save", "name": "late", "audience": "team", "version_read": 1}
    )
    view.refresh_from_db()
    assert view.name == "two"
    assert 'value="state"' in client.get(f"/views/{view.pk}/?state=grade%3DD").content.decode()
    assert 'value="state"' not in client.get(f"/views/{view.pk}/?state=sort%3Dname%26grade%3DB").content.decode()
    assert do(client, view, "delete").url == "/customers/?view=all"
    assert not SavedView.objects.exists()


def test_a_list_opens_with_the_default_view_and_all_is_one_click_away(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    assert client.get("/customers/").status_code == 200
    save(client, "mine", "grade=A", default="on")
    view = SavedView.objects.get()
    response = client.get("/customers/")
    assert (response.status_code, response.url) == (302, f"/customers/?view={view.pk}&grade=A")
    page = client.get("/customers/?view=all")
    assert page.status_code == 200
    assert page.context["tabs"][0].url == "?view=all"
    assert page.context["tabs"][0].active
    assert client_of(org.people.sales_manager).get("/customers/").status_code == 200
    do(client, view, "undefault")
    assert client.get("/customers/").status_code == 200
    do(client, view, "default")
    do(client, view, "delete")
    assert client.get("/customers/").status_code == 200


def test_a_default_that_is_no_longer_shared_is_forgotten(org: Any, client_of: Any) -> None:
    save(client_of(org.people.sales_manager), "ours", "grade=A", "everyone")
    view = SavedView.objects.get()
    rep = client_of(org.people.sales_rep)
    do(rep, view, "default")
    assert rep.get("/customers/").status_code == 302
    do(client_of(org.people.sales_manager), view, "save", name="ours", audience="private")
    assert rep.get("/customers/").status_code == 200


def test_counts_of_all_tabs_come_in_one_request_within_reach_and_stop_at_999(
    org: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for grade in ("A", "A", "D"):
        make_customer(org, grade=grade)
    make_customer(org, grade="A", owner=org.people.stranger)
    client = client_of(org.people.sales_rep)
    save(client, "grade D", "grade=D&cols=code")
    response = client.get("/customers/?grade=A&part=tabs", headers={"HX-Request": "true"})
    counts = {str(tab.label): tab.count for tab in response.context["tabs"]}
    assert (counts["All"], counts["Mine"], counts["Key accounts"], counts["grade D"]) == ("3", "3", "2", "1")
    assert "hx-trigger" not in response.content.decode()
    with CaptureQueriesContext(connection) as again:
        client.get("/customers/?grade=A&part=tabs")
    assert not any("COUNT" in query["sql"] for query in again.captured_queries)
    cache.clear()
    monkeypatch.setattr("crm.generic.tabs.MOST", 2)
    monkeypatch.setattr("crm.generic.views.listing.MOST", 2)
    response = client.get("/customers/?part=tabs")
    assert response.context["tabs"][0].count == "2+"


def test_a_list_takes_the_same_queries_with_one_saved_view_and_five(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    save(client, "v0", "grade=A")
    numbers = []
    for name in ("v1", "v2", "v3", "v4", None):
        client.get("/customers/?view=all")
        with CaptureQueriesContext(connection) as captured:
            client.get("/customers/?view=all")
        numbers.append(len(captured))
        if name:
            save(client, name, "grade=A", "everyone")
    assert len(set(numbers)) == 1
    assert numbers[0] <= 10


def test_names_are_given_once_and_must_be_there(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    save(client, "one", "grade=A")
    for name in ("one", "", "x" * 41):
        save(client, name, "grade=D")
    assert list(SavedView.objects.values_list("name", "query")) == [("one", "grade=A")]
    save(client_of(org.people.sales_manager), "one", "grade=D")
    assert SavedView.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.update(audience="team", team=None)


def test_views_of_a_list_one_may_not_open_are_forbidden(org: Any, client_of: Any) -> None:
    rep = client_of(org.people.sales_rep)
    assert rep.get("/views/new/integrations.syncrun/").status_code == 403
    assert rep.get("/views/new/customers.nothing/").status_code == 404
    view = SavedView.objects.create(
        list_key="integrations.syncrun", name="x", owner=org.people.administrator, audience="everyone"
    )
    assert do(rep, view, "default").status_code == 403
