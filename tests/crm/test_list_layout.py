"""How a list looks for a person: columns in their order, sort and row height, kept on the server."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import ListSetting, SavedView
from tests.factories.records import make_customer

KEEP = "/views/layout/customers.customer/"
LIST = "/customers/"


def columns(client: Any, query: str = "") -> list[str]:
    return [column.key for column in client.get(LIST + query).context["columns"]]


def test_columns_keep_their_order_on_every_device_of_the_person_and_nobody_elses(
    org: Any, client_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = client_of(org.people.sales_rep), client_of(org.people.sales_rep)
    other = client_of(org.people.sales_manager)
    standard = columns(first)
    columns(second)  # the other device has it in its cache
    with django_capture_on_commit_callbacks(execute=True):
        response = first.post(KEEP, {"cols": ["owner", "grade", "code"], "query": "grade=A&page=3&cols=x&sort=name"})
    assert response.url == "/customers/?grade=A"
    assert columns(first) == columns(second) == ["name", "owner", "grade", "code"]
    assert columns(other) == standard
    assert columns(first, "?cols=grade&cols=owner") == ["name", "grade", "owner"]  # an address says more
    assert columns(first) == ["name", "owner", "grade", "code"]
    with django_capture_on_commit_callbacks(execute=True):
        first.post(KEEP, {"reset": "1", "cols": ["owner"]})
    assert columns(second) == standard


def test_sort_and_row_height_are_kept_and_an_address_says_more(org: Any, client_of: Any) -> None:
    for grade, name in (("A", "b"), ("B", "c"), ("A", "a")):
        make_customer(org, grade=grade, name=f"company {name}")
    client = client_of(org.people.sales_rep)
    client.post(KEEP, {"sort": ["-grade", "", "name"], "density": "compact"})
    page = client.get(LIST)
    html = page.content.decode()
    assert [html.index(f">company {name}<") for name in "cab"] == sorted(html.index(f">company {n}<") for n in "abc")
    assert (page.context["sort_name"], page.context["density"]) == ("-grade,name", "compact")
    again = client.get(LIST + "?sort=name&density=normal").context
    assert (again["sort_name"], again["density"]) == ("name", "normal")
    menu = client.get(LIST + "?part=layout").content.decode()
    assert '<option value="-grade" selected>' in menu
    assert '<option value="name" selected>' in menu
    assert 'value="compact" checked' in menu


def test_what_the_list_does_not_offer_is_not_kept(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    client.post(KEEP, {"cols": ["owner", "password", "owner", "name"], "sort": ["owner__password"], "density": "huge"})
    setting = ListSetting.objects.get()
    assert (setting.columns, setting.sort, setting.density) == (["owner"], "", "")


def test_a_saved_view_keeps_its_own_order_and_the_menu_only_shows_another(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    client.post(KEEP, {"cols": ["grade"]})
    state = client.get(LIST + "?cols=owner&cols=code&cols=grade").context["state"]
    client.post("/views/new/customers.customer/", {"name": "x", "audience": "private", "state": state})
    view = SavedView.objects.get()
    shown = f"?view={view.pk}&{view.query}"
    assert columns(client, shown) == ["name", "owner", "code", "grade"]
    response = client.post(KEEP, {"cols": ["code", "owner"], "sort": ["name"], "query": shown[1:]})
    assert columns(client, response.url.removeprefix(LIST)) == ["name", "code", "owner"]
    assert f"view={view.pk}" in response.url
    assert columns(client) == ["name", "grade"]
    view.refresh_from_db()
    assert "cols=owner&cols=code&cols=grade" in view.query


def test_the_menu_lists_the_chosen_columns_first_in_their_order(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    context = client.get(LIST + "?part=layout&cols=owner&cols=code").context
    keys = [column.key for column in context["columns"]]
    assert keys[:2] == ["owner", "code"]
    assert len(keys) == len(set(keys)) > 10
    assert context["query_string"] == "cols=owner&cols=code"


def test_keeping_a_layout_costs_the_list_no_query(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    client.get(LIST)
    with CaptureQueriesContext(connection) as before:
        client.get(LIST)
    client.post(KEEP, {"cols": ["grade"], "density": "compact"})
    client.get(LIST)
    with CaptureQueriesContext(connection) as after:
        client.get(LIST)
    assert len(after) <= len(before)
