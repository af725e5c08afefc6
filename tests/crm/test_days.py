"""Days that cannot be: refused wherever a record is written, with what was typed kept; old ones break no page."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.utils import timezone

from crm import formats
from crm.base.saving import save_record
from crm.errors import DomainError
from crm.generic.inputs import DaysField
from crm.generic.marks import dossier_address
from crm.importing.messages import KINDS
from crm.importing.parsers import CellError, Date
from crm.models import Task
from crm.transitions import transition
from crm.workflow.domain.tasks import complete, create_task, snooze
from crm.workflow.views.task import task_entity
from leads.domain.lead import create_lead, update_lead
from leads.models import Lead
from opportunities.enums import SupplierState
from tests.entity_suite import all_entities
from tests.factories.qualification import make_supplier_admission
from tests.factories.records import make_customer, make_lead, make_task

FAR = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
EARLY = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
BOUNDS = "Enter a date from 1900-01-01 to 2199-12-31."


@pytest.mark.parametrize("typed", ["9999-12-31", "2200-01-01", "1899-12-31", "0001-01-01"])
@pytest.mark.parametrize("kind", [forms.DateField, forms.DateTimeField])
def test_every_form_refuses_a_day_beyond_the_bounds(kind: Any, typed: str) -> None:
    form = type("Asking", (forms.Form,), {"on": kind()})({"on": typed})
    assert form.errors == {"on": [BOUNDS]}
    assert typed in str(form["on"])


@pytest.mark.parametrize("typed", ["1900-01-01", "1958-03-02", "2199-12-31"])
@pytest.mark.parametrize("kind", [forms.DateField, forms.DateTimeField])
def test_the_first_and_the_last_day_are_taken(kind: Any, typed: str) -> None:
    assert type("Asking", (forms.Form,), {"on": kind()})({"on": typed}).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize("day", [FAR.date(), EARLY.date()])
def test_a_record_is_not_written_with_a_day_beyond_the_bounds(org: Any, day: dt.date) -> None:
    lead = make_lead(org)
    before = lead.received_on
    with pytest.raises(DomainError, match="1900-01-01") as refused:
        update_lead(instance=lead, expected_version=lead.version, actor=org.people.sales_rep, received_on=day)
    assert refused.value.field == "received_on"
    with pytest.raises(DomainError, match="1900-01-01"):
        create_lead(actor=org.people.sales_rep, company_name="新来的", received_on=day)
    assert Lead.objects.get().received_on == before


@pytest.mark.django_db
@pytest.mark.parametrize("at", [FAR, EARLY])
def test_a_to_do_is_not_due_beyond_the_bounds(org: Any, at: dt.datetime) -> None:
    person = org.people.sales_rep
    with pytest.raises(DomainError, match="Due: Enter a date") as refused:
        create_task(actor=person, assignee=person, title="x", due_at=at)
    assert refused.value.field == "due_at"
    assert not Task.objects.exists()
    if at == FAR:
        with pytest.raises(DomainError, match="Due: Enter a date"):
            snooze(task=make_task(org), until=at, actor=person)


@pytest.mark.django_db
def test_a_step_does_not_write_a_day_beyond_the_bounds(org: Any) -> None:
    admission = make_supplier_admission(org)
    with pytest.raises(DomainError, match="1900-01-01"):
        transition(admission, SupplierState.SUBMITTED, actor=None, changes={"submitted_on": FAR.date()})


@pytest.mark.django_db
def test_an_old_mistake_breaks_no_page_and_holds_back_no_other_change(org: Any, client_of: Any) -> None:
    task = make_task(org)
    Task.objects.filter(pk=task.pk).update(due_at=FAR)
    task.refresh_from_db()
    client = client_of(task.assignee)
    for url in (task_entity.url("list"), task_entity.record_url(task)):
        answer = client.get(url)
        assert (answer.status_code, "9999-12-31" in answer.content.decode()) == (200, True), url
    task.title = "另一个"
    save_record(task, expected_version=task.version, fields=["title"])
    complete(task=task, actor=task.assignee)
    assert Task.objects.get().title == "另一个"


@pytest.mark.parametrize(("at", "shown"), [(FAR, "9999-12-31"), (EARLY, "0001-01-01")])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_moments_at_the_calendar_s_ends_are_shown(zone: str, at: dt.datetime, shown: str) -> None:
    with timezone.override(zone):
        assert formats.moment(at).startswith(shown)
        assert formats.day(at) == shown
        assert formats.ago(at)


@pytest.mark.parametrize("text", ["9999-12-31", "1899/12/31", "00010101"])
def test_a_sheet_s_cell_says_which_days_are_taken(text: str) -> None:
    with pytest.raises(CellError) as refused:
        Date().parse(text, "", None)
    assert refused.value.code == "day"
    assert str(KINDS["day"].text) % refused.value.params == "Must be a date from 1900-01-01 to 2199-12-31."


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_every_list_answers_filters_by_days_beyond_the_bounds(org: Any, client_of: Any, day: str) -> None:
    client = client_of(org.people.administrator)
    asked = 0
    for entity in all_entities():
        filters = entity.filterset.base_filters.items()
        for name in [name for name, one in filters if issubclass(one.field_class, DaysField | forms.DateField)]:
            for query in ({name: day}, {f"{name}_from": day}, {f"{name}_until": day}, {name: f"{day}..{day}"}):
                assert client.get(entity.url("list"), query).status_code in (200, 403), (entity.key, query)
                asked += 1
    assert asked > 20


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_timeline_answers_a_day_beyond_the_bounds(org: Any, client_of: Any, day: str) -> None:
    url = dossier_address("timeline", make_customer(org))
    assert client_of(org.people.sales_rep).get(url, {"before": day}).status_code == 200
