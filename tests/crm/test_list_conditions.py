"""Conditions with and / or: what they find, within reach; what is refused; chips; views, tabs and exports; the builder."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.generic.conditions import LONGEST, Condition, Group, parse
from crm.models import Role, SavedView
from customers.models import Customer, CustomerFigures
from tests.factories.records import day, make_customer, make_lead, make_opportunity


def test_conditions_survive_the_query_string_whatever_they_hold() -> None:
    nasty = "a~b(c);d:e,f"
    group = Group("any", (Condition("name", "has", (nasty, "化工")), Group("all", (Condition("owner", "me"),))))
    assert parse(group.text()) == group
    assert group.without(0).text() == "any(all(owner:me))"


@pytest.mark.parametrize(
    "text",
    [
        "all",
        "all()",
        "all(name)",
        "all(name:has:)",
        "none(name:has:a)",
        "all(any(all(name:has:a)))",
        "all(name:has:a))",
        "all(name:has:a~",
        "all(" + ";".join(["owner:me"] * 21) + ")",
        "all(name:in:" + ",".join("abc" for _ in range(51)) + ")",
        f"all(name:has:{'a' * LONGEST})",
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


@pytest.fixture
def four(org: Any) -> dict[str, Customer]:
    """Customers of the rep and one of a stranger."""
    one = make_customer(org, name="宁波甲级密封", grade="A", credit_limit=500, city="宁波", industry="汽车")
    two = make_customer(org, name="苏州丁级电缆", grade="D", credit_limit=90, city="苏州", next_step_on=day(3))
    three = make_customer(org, name="Nothing known", grade="", credit_limit=None, city="", owner=org.people.sales_rep)
    far = make_customer(org, name="甲级外人", grade="A", owner=org.people.stranger)
    CustomerFigures.objects.update_or_create(
        customer=one, defaults={"sales_12m": 1000, "last_order_on": day(-2), "refreshed_at": dt.datetime.now(dt.UTC)}
    )
    return {"one": one, "two": two, "three": three, "far": far}


def found(client: Any, where: str, url: str = "/customers/") -> list[str]:
    response = client.get(url, {"where": where})
    assert response.status_code == 200, where
    page = response.content.decode()
    names = {"one": "宁波甲级密封", "two": "苏州丁级电缆", "three": "Nothing known", "far": "甲级外人"}
    return [key for key, name in names.items() if name in page]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("all(name:has:甲级)", ["one"]),  # and not the stranger's
        ("all(name:lacks:甲级)", ["two", "three"]),
        ("all(name:starts:nothing)", ["three"]),
        ("all(name:is:nothing known)", ["three"]),
        ("all(city:empty)", ["three"]),
        ("all(city:filled)", ["one", "two"]),
        ("all(credit_limit:gt:90)", ["one"]),
        ("all(credit_limit:gte:90)", ["one", "two"]),
        ("all(credit_limit:lt:500)", ["two"]),
        ("all(credit_limit:eq:90)", ["two"]),
        ("all(credit_limit:between:600,90)", ["one", "two"]),
        ("all(credit_limit:empty)", ["three"]),
        ("all(sales:gt:999)", ["one"]),
        ("all(grade:in:A,D)", ["one", "two"]),
        ("all(grade:out:A,D)", ["three"]),
        ("all(grade:empty)", ["three"]),
        ("all(next_step_on:on:next-7)", ["two"]),
        ("all(last_order:on:last-7)", ["one"]),
        ("all(last_order:on:empty)", ["two", "three"]),
        ("all(owner:me)", ["one", "two", "three"]),
        ("all(owner:team)", ["one", "two", "three"]),
        ("all(overdue:in:1)", []),
        ("all(overdue:out:1)", ["one", "two", "three"]),
        ("all(no_order_days:in:1)", ["one"]),
        ("any(grade:in:D;credit_limit:empty)", ["two", "three"]),
        ("all(owner:me;any(grade:in:D;name:has:密封))", ["one", "two"]),
        ("any(grade:in:D;all(city:is:宁波;credit_limit:gt:1))", ["one", "two"]),
    ],
)
def test_what_each_kind_of_condition_finds(
    org: Any, client_of: Any, four: dict[str, Customer], where: str, expected: list[str]
) -> None:
    assert found(client_of(org.people.sales_rep), where) == expected


@pytest.mark.parametrize(
    "where",
    [
        "all(password:has:a)",  # a field that is not offered
        "all(owner__password:has:a)",
        "all(name:regex:a)",
        "all(grade:in:X)",
        "all(credit_limit:gt:abc)",
        "all(name:has)",
        "nonsense",
    ],
)
def test_what_the_list_does_not_offer_finds_nothing_and_says_so(
    org: Any, client_of: Any, four: dict[str, Customer], where: str
) -> None:
    client = client_of(org.people.sales_rep)
    assert found(client, where) == []
    chips = client.get("/customers/", {"where": where, "grade": "A"}).context["chips"]
    assert [(chip.label, chip.without) for chip in chips][-1] == ("Conditions", "?grade=A")


def test_people_out_of_reach_cannot_be_asked_for(org: Any, client_of: Any, four: dict[str, Customer]) -> None:
    rep, stranger = org.people.sales_rep, org.people.stranger
    client = client_of(rep)
    assert found(client, f"all(owner:in:{rep.pk})") == ["one", "two", "three"]
    seen = type(stranger).objects.visible_to(rep).filter(pk=stranger.pk).exists()
    assert found(client, f"all(owner:out:{stranger.pk})") == (["one", "two", "three"] if seen else [])
    assert found(client, "all(owner:in:999999)") == []


def user_url(user: Any) -> str:
    return reverse("organisation:user_record", args=[user.pk])


def test_several_roles_of_a_person_do_not_double_the_row(org: Any, client_of: Any) -> None:
    admin = client_of(org.people.administrator)
    roles = list(Role.objects.filter(code__in=["sales_rep", "sales_manager"]))
    org.people.sales_rep.roles.add(*roles)
    url, row = reverse("organisation:user_list"), f'<tr data-href="{user_url(org.people.sales_rep)}"'
    response = admin.get(url, {"where": f"all(roles:in:{roles[0].pk},{roles[1].pk})"})
    assert response.content.decode().count(row) == 1
    response = admin.get(url, {"where": f"all(roles:out:{roles[0].pk},{roles[1].pk})"})
    assert row not in response.content.decode()


def test_filters_of_yes_and_no(org: Any, client_of: Any) -> None:
    mine, nobodys = make_lead(org), make_lead(org)
    type(nobodys).objects.filter(pk=nobodys.pk).update(owner=None)
    client = client_of(org.people.executive)
    page = client.get("/leads/", {"where": "all(unassigned:yes)"}).content.decode()
    assert (nobodys.company_name in page, mine.company_name in page) == (True, False)
    page = client.get("/leads/", {"source": mine.source}).content.decode()
    assert (nobodys.company_name in page, mine.company_name in page) == (True, True)  # a box not ticked narrows nothing
    stuck, fresh = make_opportunity(org, name="stuck one"), make_opportunity(org, name="fresh one")
    type(stuck).objects.filter(pk=stuck.pk).update(stage_since=dt.datetime.now(dt.UTC) - dt.timedelta(days=900))
    page = client.get("/opportunities/", {"where": "all(stuck:no)"}).content.decode()
    assert (stuck.name in page, fresh.name in page) == (False, True)


def test_chips_say_it_in_words_and_each_can_be_taken_away(org: Any, client_of: Any, four: dict[str, Customer]) -> None:
    client = client_of(org.people.sales_rep)
    where = "all(grade:in:A,D;any(owner:me;credit_limit:between:1,5000);next_step_on:on:this-month)"
    chips = client.get("/customers/", {"where": where, "page": "2"}).context["chips"]
    assert [chip.value for chip in chips] == [
        "Grade is A, D",
        "Owner is me or Credit limit between 1 – 5,000",
        "Next step on is this month",
    ]
    assert parse_qs(chips[1].without[1:]) == {"where": ["all(grade:in:A,D;next_step_on:on:this-month)"]}
    one = client.get("/customers/", {"where": "any(grade:in:A;all(owner:me;city:empty))"}).context["chips"]
    assert [(chip.label, chip.value) for chip in one] == [("Any of", "Grade is A or (Owner is me and City is empty)")]
    assert one[0].without == "?view=all"


def test_views_tabs_and_exports_keep_to_the_conditions(org: Any, client_of: Any, four: dict[str, Customer]) -> None:
    org.people.sales_rep.roles.add(Role.objects.create(code="exporter", name="x", permissions=["crm.export_lists"]))
    client = client_of(org.people.sales_rep)
    page = client.get("/customers/", {"where": "any(grade:in:D;city:empty)", "sort": "name"})
    client.post("/views/new/customers.customer/", {"name": "w", "audience": "private", "state": page.context["state"]})
    view = SavedView.objects.get()
    assert parse_qs(view.query)["where"] == ["any(grade:in:D;city:empty)"]
    tabs = client.get("/customers/?part=tabs").context["tabs"]
    assert {str(tab.label): tab.count for tab in tabs}["w"] == "2"
    answer = client.post("/exports/start/customers.customer/", {"form": "csv", "query": view.query})
    text = b"".join(answer.streaming_content).decode()
    assert ("苏州丁级电缆" in text, "宁波甲级密封" in text) == (True, False)


def test_bulk_actions_on_everything_keep_to_the_conditions(org: Any, client_of: Any, four: dict[str, Customer]) -> None:
    client = client_of(org.people.sales_manager)
    data = {"everything": "1", "query": "where=all(grade:in:D)", "confirmed": "1", "next_step": "call"}
    client.post("/customers/bulk/next_step/", {**data, "next_step_on": day(1)})
    assert list(Customer.objects.filter(next_step="call").values_list("name", flat=True)) == ["苏州丁级电缆"]


def test_conditions_cost_no_query_per_condition(org: Any, client_of: Any, four: dict[str, Customer]) -> None:
    client = client_of(org.people.sales_rep)
    client.get("/customers/?grade=A")
    with CaptureQueriesContext(connection) as plain:
        client.get("/customers/?grade=A")
    with CaptureQueriesContext(connection) as conditions:
        client.get("/customers/?where=all(grade:in:A;any(city:empty;sales:gt:3;name:has:a))")
    assert len(conditions) == len(plain)


def build(client: Any, **data: Any) -> Any:
    return client.get("/customers/", {"part": "where", **data}, headers={"HX-Request": "true"})


def test_the_builder_starts_with_what_holds(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    page = build(client, where="any(grade:in:A;all(owner:me;credit_limit:gt:5))", grade="S").content.decode()
    assert '<option value="any" selected>' in page
    assert page.count("Remove condition") == 3
    assert 'value="5"' in page
    assert '<input type="hidden" name="grade" value="S">' in page
    assert build(client).content.decode().count("Remove condition") == 1


def test_lines_and_groups_are_added_and_taken_away(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    lines = {
        "w-mode-0": "all",
        "w-1-field": "city",
        "w-1-op": "has",
        "w-1-group": "0",
        "w-1-was": "city",
        "w-1-v": "宁",
    }
    assert build(client, **lines, do="add-0").content.decode().count("Remove condition") == 2
    group = build(client, **lines, do="group").content.decode()
    assert 'name="w-mode-1"' in group
    assert 'value="宁"' in group
    assert "Remove condition" not in build(client, **lines, do="drop-1").content.decode()
    changed = build(client, **{**lines, "w-1-field": "credit_limit"}).content.decode()
    assert 'value="宁"' not in changed  # the value was of another field
    assert 'inputmode="decimal"' in changed


def test_apply_leads_to_the_list_with_the_conditions(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    lines = {
        "w-mode-0": "all",
        "w-mode-1": "any",
        **{"w-1-field": "grade", "w-1-op": "in", "w-1-group": "0", "w-1-v": ["A", "S"]},
        **{"w-2-field": "next_step_on", "w-2-op": "on", "w-2-group": "1", "w-2-v": "last-n", "w-2-v_n": "30"},
        **{"w-3-field": "credit_limit", "w-3-op": "between", "w-3-group": "1", "w-3-v_a": "1", "w-3-v_b": "5"},
        "sort": "name",
        "page": "4",
    }
    response = build(client, **lines, do="apply")
    assert response.status_code == 204
    assert parse_qs(urlsplit(response["HX-Redirect"]).query) == {
        "where": ["all(grade:in:A,S;any(next_step_on:on:last-30;credit_limit:between:1,5))"],
        "sort": ["name"],
    }
    assert client.get(response["HX-Redirect"]).status_code == 200
    empty = build(client, **{"w-mode-0": "all", "do": "apply"})
    assert empty["HX-Redirect"] == "/customers/?view=all"


def test_a_line_without_its_value_is_said_beside_it(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    lines = {"w-mode-0": "all", "w-1-field": "credit_limit", "w-1-op": "gt", "w-1-group": "0", "w-1-v": "x"}
    response = build(client, **lines, do="apply")
    assert response.status_code == 200
    assert "Enter a number." in response.content.decode()
    assert 'value="x"' in response.content.decode()


def test_more_than_twenty_lines_are_not_possible(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    lines = {f"w-{n}-{part}": value for n in range(1, 21) for part, value in (("field", "city"), ("op", "empty"))}
    page = build(client, **lines, **{"w-mode-0": "all", "do": "add-0"}).content.decode()
    assert "More than 20 conditions" in page
