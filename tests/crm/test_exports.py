"""Exports: what the list shows and nothing else, as typed cells, within the role's limit, written down."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from crm.errors import NotAllowed
from crm.exporting.domain import exports
from crm.exporting.models import ExportLog
from crm.generic.tables import Table
from crm.models import Job, Role
from crm.sheets import write_sheet
from crm.workflow.domain.jobs import retry_job
from tests.factories.records import make_customer, make_opportunity, make_order

CUSTOMERS = "/exports/start/customers.customer/"


def rows_of(response: Any) -> list[list[str]]:
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def names_of(response: Any) -> list[str]:
    return [row[0] for row in rows_of(response)[1:]]


def all_tables(base: type[Table] = Table) -> list[type[Table]]:
    return [table for child in base.__subclasses__() for table in (child, *all_tables(child))]


def test_every_column_of_every_table_says_what_an_export_holds_of_it() -> None:
    import analytics.tables  # noqa: F401
    import crm.administration.tables
    import crm.exporting.tables
    import crm.workflow.tables.approval
    import crm.workflow.tables.task  # noqa: F401
    import integrations.tables  # noqa: F401

    tables = all_tables()
    assert len(tables) > 10
    assert [f"{t.__name__}.{column.key}" for t in tables for column in t.columns if not column.parts] == []


def test_numbers_and_dates_are_real_and_texts_never_formulas(tmp_path: Path) -> None:
    nasty = ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "＝1", "-5 kg"]
    day, at = dt.date(2026, 11, 25), dt.datetime(2026, 11, 25, 1, 30, tzinfo=dt.UTC)
    typed = [Decimal("-1234.50"), 7, day, at, None, True]
    xlsx, text = tmp_path / "a.xlsx", tmp_path / "a.csv"
    head = [f"={n}" for n in range(8)]
    for path, form in ((xlsx, "xlsx"), (text, "csv")):
        assert write_sheet(path, form, "a/b: [x]*?", head, [nasty, typed]) == 2
    sheet = CalamineWorkbook.from_path(str(xlsx)).get_sheet_by_index(0).to_python()
    assert [cell.replace("_x000D_", "\r") for cell in sheet[1]] == nasty
    assert sheet[2][:4] == [-1234.5, 7, day, dt.datetime(2026, 11, 25, 9, 30)]
    with zipfile.ZipFile(xlsx) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    raw = text.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert lines[0] == [f"'={n}" for n in range(8)]
    assert lines[1] == [f"'{cell}" for cell in nasty]
    assert lines[2][:4] == ["-1234.50", "7", "2026-11-25", "2026-11-25 09:30:00"]


def test_export_is_what_the_list_shows_and_is_logged(org: Any, client_of: Any) -> None:
    rep = org.people.sales_rep
    b = make_customer(org, name="B 客户", grade="A", city="宁波")
    a = make_customer(org, name="A 客户", grade="A", city="=HYPERLINK(1)")
    make_customer(org, name="C 客户", grade="D")
    make_customer(org, name="D 客户", grade="A", owner=org.people.stranger)
    client = client_of(rep)
    query = "grade=A&sort=-name&cols=grade&cols=next_step"
    found = rows_of(client.post(CUSTOMERS, {"form": "csv", "query": query}))
    assert found[0] == ["Customer", "Code", "City", "Grade", "Next step", "Next step due"]
    assert [row[:4] for row in found[1:]] == [
        [b.name, b.code, "宁波", "A"],
        [a.name, a.code, "'=HYPERLINK(1)", "A"],
    ]
    log = ExportLog.objects.get()
    assert (log.created_by, log.list_key, log.rows, log.columns) == (
        rep,
        "customers.customer",
        2,
        ["name", "grade", "next_step"],
    )
    assert "Grade: A" in log.filters
    assert log.query == query


def test_export_keeps_the_chosen_columns_and_the_order_with_empty_values_last(org: Any, client_of: Any) -> None:
    for name, day in (("late", dt.date(2026, 3, 1)), ("none", None), ("early", dt.date(2026, 1, 1))):
        make_customer(org, name=name, next_step_on=day)
    client = client_of(org.people.sales_rep)
    client.post("/views/layout/customers.customer/", {"cols": ["code"]})
    found = rows_of(client.post(CUSTOMERS, {"form": "csv", "query": "sort=next_step_on"}))
    assert found[0] == ["Customer", "Code", "City", "Code"]
    assert [row[0] for row in found[1:]] == ["early", "late", "none"]
    down = names_of(client.post(CUSTOMERS, {"form": "csv", "query": "sort=-next_step_on"}))
    assert down == ["late", "early", "none"]


def test_ticked_rows_only_and_never_one_out_of_reach(org: Any, client_of: Any) -> None:
    mine, other = make_customer(org), make_customer(org)
    foreign = make_customer(org, owner=org.people.stranger)
    client = client_of(org.people.sales_rep)
    data = {"form": "csv", "query": "", "ids": [mine.pk, foreign.pk, "x"]}
    assert names_of(client.post(CUSTOMERS, data)) == [mine.name]
    everything = names_of(client.post(CUSTOMERS, {**data, "everything": "1"}))
    assert sorted(everything) == sorted([mine.name, other.name])


def test_limit_of_the_role_refuses_more_rows_and_writes_nothing(org: Any, client_of: Any) -> None:
    assert Role.objects.get(code="sales_rep").export_limit == 500
    Role.objects.filter(code="sales_rep").update(export_limit=2)
    for _ in range(3):
        make_customer(org)
    client = client_of(org.people.sales_rep)
    refused = client.post(CUSTOMERS, {"form": "csv", "query": "sort=name"}, follow=True)
    assert refused.redirect_chain == [("/exports/ask/customers.customer/?form=csv&query=sort%3Dname", 302)]
    assert "rows at a time, and the list has more" in refused.content.decode()
    assert not ExportLog.objects.exists()
    org.people.sales_rep.roles.add(Role.objects.get(code="finance"))
    assert len(names_of(client.post(CUSTOMERS, {"form": "csv", "query": ""}))) == 3


def test_without_the_right_no_button_and_403(org: Any, client_of: Any) -> None:
    make_customer(org, owner=org.people.service_agent)
    agent, rep = client_of(org.people.service_agent), client_of(org.people.sales_rep)
    assert agent.post(CUSTOMERS, {"form": "csv"}).status_code == 403
    assert "/exports/start/" not in agent.get("/customers/").content.decode()
    assert "/exports/start/customers.customer/" in rep.get("/customers/").content.decode()
    assert rep.post("/exports/start/integrations.syncrun/", {"form": "csv"}).status_code == 403
    assert rep.post("/exports/start/customers.nothing/", {"form": "csv"}).status_code == 404
    assert rep.post(CUSTOMERS, {"form": "exe"}).status_code == 404


def test_amounts_carry_their_currency_and_the_gate_its_numbers(org: Any, client_of: Any) -> None:
    make_order(org, currency_id="USD", net=Decimal("12.50"))
    make_opportunity(org)
    client = client_of(org.people.sales_rep)
    head, order = rows_of(client.post("/exports/start/orders.salesorder/", {"form": "csv", "query": "cols=net"}))
    cells = dict(zip(head, order, strict=True))
    assert (Decimal(cells["Net amount"]), cells["Currency"]) == (Decimal("12.5"), "USD")
    found = rows_of(client.post("/exports/start/opportunities.opportunity/", {"form": "csv", "query": "cols=gate"}))
    gate = dict(zip(*found, strict=True))
    assert gate["Gate: answered"].isdecimal()
    assert gate["Gate: in all"].isdecimal()


def test_large_export_is_made_in_the_background_for_its_owner_only(
    org: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    customers = [make_customer(org) for _ in range(3)]
    client = client_of(org.people.sales_manager)
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        response = client.post(CUSTOMERS, {"form": "xlsx", "query": ""})
    log = ExportLog.objects.get()
    assert response.url == reverse("exporting:show", args=[log.pk])
    assert "hx-get" in client.get(response.url).content.decode()
    assert client.get(reverse("exporting:file", args=[log.pk])).status_code == 404
    for job in waiting:
        job()
    exports.run_export(log.pk)  # a second worker changes nothing
    log.refresh_from_db()
    assert (log.rows, log.job.state, log.job.done) == (3, "done", 3)
    assert reverse("exporting:file", args=[log.pk]) in client.get(response.url).content.decode()
    content = b"".join(client.get(reverse("exporting:file", args=[log.pk])).streaming_content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sorted(row[0] for row in sheet[1:]) == sorted(customer.name for customer in customers)
    for other in (org.people.administrator, org.people.executive):
        assert client_of(other).get(reverse("exporting:file", args=[log.pk])).status_code == 404


def test_right_taken_away_meanwhile_stops_a_waiting_export(
    org: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    make_customer(org)
    with django_capture_on_commit_callbacks(execute=False):
        client_of(org.people.sales_manager).post(CUSTOMERS, {"form": "csv", "query": ""})
    org.people.sales_manager.roles.clear()
    log = ExportLog.objects.get()
    exports.run_export(log.pk)
    log.refresh_from_db()
    assert not log.file
    assert Job.objects.get().state == "failed"


def test_a_large_export_stops_when_asked_and_only_its_owner_starts_it_anew(
    org: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    monkeypatch.setattr(exports, "STEP", 1)
    make_customer(org)
    manager = org.people.sales_manager
    with django_capture_on_commit_callbacks(execute=False):
        client_of(manager).post(CUSTOMERS, {"form": "csv", "query": ""})
    log = ExportLog.objects.get()
    Job.objects.update(stop_asked=True)
    exports.run_export(log.pk)
    log.refresh_from_db()
    assert (log.job.state, log.file.name) == ("cancelled", "")
    page = client_of(manager).get(reverse("exporting:show", args=[log.pk])).content.decode()
    assert "The job was stopped." in page
    with pytest.raises(NotAllowed):
        retry_job(job=log.job, actor=org.people.administrator)
    with django_capture_on_commit_callbacks(execute=True):
        retry_job(job=log.job, actor=manager)
    log.refresh_from_db()
    assert (log.rows, log.job.state, bool(log.file)) == (1, "done", True)


def test_files_are_deleted_after_a_week_and_the_log_stays(org: Any, client_of: Any) -> None:
    from tests.access_matrix.rows import make_export

    old, new = make_export(org, org.people.sales_rep), make_export(org, org.people.sales_rep)
    ExportLog.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=8))
    path = Path(old.file.path)
    assert path.is_file()
    assert exports.forget_files() == 1
    assert not path.is_file()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (bool(old.file), bool(new.file)) == (False, True)
    client = client_of(org.people.sales_rep)
    assert client.get(reverse("exporting:file", args=[old.pk])).status_code == 404
    page = client_of(org.people.administrator).get(reverse("exporting:exportlog_list")).content.decode()
    assert page.count("data-href") == 2


def test_an_export_of_a_list_that_is_gone_is_not_found(org, client_of):
    user = org.people.sales_manager
    log = ExportLog.objects.create(created_by=user, list_key="former.list", form="csv", columns=["name"])
    client = client_of(user)
    for name in ("exporting:show", "exporting:file"):
        assert client.get(reverse(name, args=[log.pk])).status_code == 404
