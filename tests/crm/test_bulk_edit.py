"""Bulk edits: chosen fields, the confirmation's numbers, each record by its own rules, many in the background."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from crm.bulk.domain import edits
from crm.models import Job, RecordShare
from customers.models import Customer
from tests.factories.records import day, make_complaint, make_contact, make_customer, make_opportunity, make_task

EDIT = "/bulk/edit/customers.customer/"


@pytest.fixture
def client(org: Any, client_of: Any) -> Any:
    return client_of(org.people.sales_rep)


def confirm(client: Any, rows: Any, **data: Any) -> Any:
    """The confirmation of that edit of the rows."""
    ids = [row.pk for row in rows]
    return client.post(EDIT, {"ids": ids, "step": "confirm", **data})


def run(client: Any, page: Any, **changes: Any) -> Any:
    """What the confirmation sends, with `changes`."""
    context = page.context
    data: dict[str, Any] = dict(context["carried"])
    data |= {"ids": context["ids"], "everything": context["everything"], "query": context["query"], "step": "run"}
    return client.post(EDIT, {**data, "asked": context["asked"], **changes})


def test_fields_are_set_and_emptied_by_the_records_own_update(org: Any, client: Any) -> None:
    rows = [make_customer(org, state="active", industry="x", credit_limit=5) for _ in range(3)]
    other = make_customer(org, state="active", industry="x")
    form = client.post(EDIT, {"ids": [row.pk for row in rows]}).content.decode()
    assert "3 records selected" in form
    assert 'name="how_state"' in form
    assert 'name="how_name"' not in form
    page = confirm(client, rows, how_state="set", state="dormant", how_industry="empty", how_kind="keep", kind="dealer")
    assert (page.context["changeable"], page.context["skipped"]) == (3, 0)
    assert [label for label, _value in page.context["form"].words()] == ["Status", "Industry"]
    response = run(client, page)
    assert response.url == "/customers/?view=all"
    for row in rows:
        before = row.version
        row.refresh_from_db()
        assert (row.state, row.industry, row.credit_limit, row.version) == ("dormant", "", 5, before + 1)
        event = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk, pgh_label="update").get()
        assert event.pgh_context.metadata["user"] == org.people.sales_rep.pk
    other.refresh_from_db()
    assert other.state == "active"


def test_a_field_of_a_right_of_its_own_is_set_by_those_who_have_it(org: Any, client: Any, client_of: Any) -> None:
    row = make_customer(org, grade="A")
    assert 'name="how_grade"' not in client.post(EDIT, {"ids": [row.pk]}).content.decode()
    steward = client_of(org.people.data_steward)
    run(steward, confirm(steward, [row], how_grade="set", grade="S"))
    row.refresh_from_db()
    assert row.grade == "S"


def test_nothing_is_written_before_the_confirmation_and_none_without_one(org: Any, client: Any) -> None:
    row = make_customer(org, state="active")
    confirm(client, [row], how_state="set", state="dormant")
    data = {"ids": [row.pk], "step": "run", "how_state": "set", "state": "dormant"}
    for asked in ("", timezone.now().isoformat(), "x:y:z"):
        page = client.post(EDIT, {**data, "asked": asked})
        assert page.status_code == 200
        assert page.context["asked"]
    row.refresh_from_db()
    assert row.state == "active"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Choose at least one field to change."),
        ({"how_state": "keep", "state": "dormant"}, "Choose at least one field to change."),
        ({"how_industry": "set", "industry": ""}, "Give the value, or choose to empty the field."),
        ({"how_state": "set", "state": "Z"}, "Select a valid choice."),
        ({"how_kind": "empty"}, "Select a valid choice."),
        ({"how_next_step_on": "set", "next_step_on": "2026-02-31"}, "Enter a valid date."),
        ({"how_name": "set", "name": "x"}, "Choose at least one field to change."),
    ],
)
def test_what_cannot_be_is_said_on_the_form(org: Any, client: Any, typed: dict[str, str], message: str) -> None:
    row = make_customer(org, state="active", kind="direct", next_step_on=day(1))
    page = confirm(client, [row], **typed)
    assert page.status_code == 422
    assert message in page.content.decode()
    row.refresh_from_db()
    assert (row.state, row.version) == ("active", 1)


def test_a_wrong_value_of_a_field_that_is_left_alone_does_not_matter(org: Any, client: Any) -> None:
    row = make_customer(org)
    page = confirm(client, [row], how_state="set", state="dormant", how_next_step_on="keep", next_step_on="never")
    assert page.status_code == 200
    assert page.context["form"].values() == {"state": "dormant"}


def test_rows_out_of_reach_or_shared_for_reading_are_not_changed_and_counted(org: Any, client: Any) -> None:
    mine = make_customer(org, state="active")
    foreign = make_customer(org, state="active", owner=org.people.stranger)
    shared = make_customer(org, state="active", owner=org.people.stranger)
    share(org, shared)
    page = confirm(client, [mine, foreign, shared], how_state="set", state="dormant")
    assert (page.context["chosen"], page.context["changeable"], page.context["skipped"]) == (2, 1, 1)
    assert "shared with you for reading only" in page.content.decode()
    run(client, page)
    assert list(Customer.objects.filter(state="dormant")) == [mine]
    only_shared = confirm(client, [shared], how_state="set", state="dormant")
    assert "There is nothing here that you may change." in only_shared.content.decode()
    assert run(client, only_shared).status_code == 302
    shared.refresh_from_db()
    assert shared.state == "active"


def share(org: Any, record: Any) -> None:
    RecordShare.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        user=org.people.sales_rep,
        level="read",
        shared_by=org.people.stranger,
    )


def test_all_rows_that_the_filters_find_and_no_other(org: Any, client: Any) -> None:
    for grade in ("A", "A", "D"):
        make_customer(org, grade=grade)
    page = client.post(
        EDIT, {"everything": "1", "query": "grade=A", "step": "confirm", "how_city": "set", "city": "上海"}
    )
    assert page.context["changeable"] == 2
    assert run(client, page).url == "/customers/?grade=A"
    assert set(Customer.objects.filter(city="上海").values_list("grade", flat=True)) == {"A"}
    nothing = client.post(EDIT, {"everything": "1", "query": "where=all(password:is:x)", "step": "confirm"})
    assert nothing.status_code == 302


def test_rows_changed_since_the_question_are_left_alone_and_named(org: Any, client: Any) -> None:
    row, other, already = (make_customer(org, state=state) for state in ("active", "active", "dormant"))
    page = confirm(client, [row, other, already], how_state="set", state="dormant")
    later = timezone.now() + dt.timedelta(seconds=1)
    Customer.objects.filter(pk=row.pk).update(city="Suzhou", updated_at=later)
    response = run(client, page)
    result = client.get(response.url)
    assert "Somebody changed it meanwhile." in result.content.decode()
    assert reverse("customers:customer_record", args=[row.pk]) in result.content.decode()
    job = Job.objects.get()
    assert {name: job.result[name] for name in ("changed", "unchanged", "failed")} == {
        "changed": 1,
        "unchanged": 1,
        "failed": 1,
    }
    row.refresh_from_db()
    already.refresh_from_db()
    assert (row.state, already.version) == ("active", 1)


def test_a_record_whose_rule_forbids_it_is_named_and_the_others_are_changed(org: Any, client_of: Any) -> None:
    """A complaint cannot be due before it was received: a constraint of the database, broken by one of the two."""
    late = make_complaint(org, received_on=day(-1), due_on=day(9))
    early = make_complaint(org, received_on=day(-30), due_on=day(9))
    client = client_of(org.people.sales_rep)
    key = client.get("/service/complaints/").context["entity"].key
    ids = [late.pk, early.pk]
    page = client.post(
        f"/bulk/edit/{key}/", {"ids": ids, "step": "confirm", "how_due_on": "set", "due_on": day(-10).isoformat()}
    )
    data = {**dict(page.context["carried"]), "ids": ids, "step": "run", "asked": page.context["asked"]}
    result = client.get(client.post(f"/bulk/edit/{key}/", data).url).content.decode()
    late.refresh_from_db()
    early.refresh_from_db()
    assert (late.due_on, early.due_on) == (day(9), day(-10))
    assert late.title in result
    assert early.title not in result


def test_many_rows_are_a_job_that_runs_under_the_persons_rights(
    org: Any, client: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(edits, "AT_ONCE", 2)
    monkeypatch.setattr("crm.bulk.views.AT_ONCE", 2)
    rows = [make_customer(org, state="active") for _ in range(4)]
    page = confirm(client, rows, how_state="set", state="dormant")
    assert "in the background" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        response = run(client, page)
    assert len(waiting) == 1
    job = Job.objects.get()
    assert (response.url, job.state, job.total) == (f"/bulk/{job.pk}/", "waiting", 4)
    assert client.get(response.url).status_code == 200
    Customer.objects.filter(pk=rows[0].pk).update(owner=org.people.stranger, team=None, business_unit=org.agro)
    edits.run_edit(job.pk)
    edits.run_edit(job.pk)  # a second worker changes nothing
    job.refresh_from_db()
    assert (job.state, job.result["changed"]) == ("done", 3)
    assert Customer.objects.filter(state="dormant").count() == 3
    assert "Bulk edit" in client.get(response.url).content.decode()


def test_a_right_taken_away_before_its_turn_ends_the_job(
    org: Any, client: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(edits, "AT_ONCE", 0)
    page = confirm(client, [make_customer(org, state="active")], how_state="set", state="dormant")
    with django_capture_on_commit_callbacks(execute=False):
        run(client, page)
    org.people.sales_rep.roles.clear()
    edits.run_edit(Job.objects.get().pk)
    assert (Job.objects.get().state, Customer.objects.get().state) == ("failed", "active")


def test_a_job_that_is_stopped_says_how_far_it_came_and_can_be_started_anew(
    org: Any, client: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(edits, "AT_ONCE", 0)
    monkeypatch.setattr(edits, "STEP", 2)
    page = confirm(client, [make_customer(org, state="active") for _ in range(4)], how_state="set", state="dormant")
    with django_capture_on_commit_callbacks(execute=False):
        run(client, page)
    job = Job.objects.get()
    client.post(reverse("workflow:job_stop", args=[job.pk]))
    edits.run_edit(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["changed"]) == ("cancelled", 2)
    with django_capture_on_commit_callbacks(execute=False):
        client.post(reverse("workflow:job_retry", args=[job.pk]))
    anew = Job.objects.exclude(pk=job.pk).get()
    edits.run_edit(anew.pk)
    anew.refresh_from_db()
    assert (anew.state, anew.result["changed"], anew.result["unchanged"]) == ("done", 2, 2)


def test_more_than_can_be_edited_at_a_time_is_refused(org: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "MOST", 1)
    monkeypatch.setattr("crm.bulk.views.MOST", 1)
    rows = [make_customer(org, state="active") for _ in range(3)]
    page = confirm(client, rows, how_state="set", state="dormant")
    assert page.context["too_many"]
    assert "records cannot be edited at a time" in page.content.decode()
    assert run(client, page).status_code == 302
    assert not Customer.objects.filter(state="dormant").exists()


def test_who_may_not_change_gets_neither_button_nor_page(org: Any, client_of: Any) -> None:
    make_customer(org)
    rep = client_of(org.people.sales_rep)
    assert EDIT in rep.get("/customers/").content.decode()
    reader = client_of(org.people.auditor)
    assert EDIT not in reader.get("/customers/").content.decode()
    assert reader.post(EDIT, {}).status_code == 403
    assert rep.post("/bulk/edit/customers.nothing/", {}).status_code == 404
    assert rep.post("/bulk/edit/orders.salesorder/", {}).status_code == 403
    assert rep.get(EDIT).status_code == 405


def test_nobody_sees_the_result_of_another(org: Any, client: Any, client_of: Any) -> None:
    run(client, confirm(client, [make_customer(org, state="active")], how_state="set", state="dormant"))
    url = f"/bulk/{Job.objects.get().pk}/"
    assert client.get(url).status_code == 200
    assert client_of(org.people.sales_manager).get(url).status_code == 404
    assert client_of(org.people.administrator).get(url).status_code == 404


def test_values_out_of_reach_cannot_be_given(org: Any, client_of: Any) -> None:
    """The choices are those of the entity's own form for this person."""
    client = client_of(org.people.sales_rep)
    row = make_customer(org)
    page = confirm(client, [row], how_region="set", region="999999")
    assert page.status_code == 422


def test_every_list_with_bulk_edit_offers_fields_of_its_form(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    for url, row in (
        ("/opportunities/", make_opportunity(org)),
        ("/customers/contacts/", make_contact(org)),
        ("/tasks/", make_task(org)),
    ):
        entity = client.get(url).context["entity"]
        page = client.post(f"/bulk/edit/{entity.key}/", {"ids": [row.pk]})
        assert page.status_code == 200, url
        assert page.context["form"].names == list(entity.bulk_edit)
