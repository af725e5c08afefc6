"""The pages of the wizard: who may, what they show, each step, and that another's import stays another's."""

import io
import json
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.importing.domain.batches import start_commit
from crm.importing.models import ImportBatch
from crm.models import Job
from customers.models import Customer
from tests.factories.records import credit_code, make_customer
from tests.importing.sheets import HEAD, batch_of, checked, imported, line, rows_of, xlsx

STEPS = ("batch", "mapping", "sheet", "check", "cell", "suggestions", "commit", "discard")


def upload(client: Any, content: bytes, name: str = "客户.xlsx") -> Any:
    return client.post(reverse("importing:start"), {"resource": "customers", "file": SimpleUploadedFile(name, content)})


def url(step: str, batch: ImportBatch, *args: Any) -> str:
    return reverse(f"importing:{step}", args=[batch.pk, *args])


@pytest.fixture
def admin(org, client_of):
    return client_of(org.people.administrator)


def test_from_upload_to_result(org, admin, django_capture_on_commit_callbacks):
    rows = [line(1), line(2, grade="A+"), line(3, code=credit_code(500001)), line(4, demand="１２")]
    response = upload(admin, xlsx(rows))
    batch = ImportBatch.objects.get()
    assert response.url == url("mapping", batch)
    page = admin.get(response.url).content.decode()
    assert "客户名称*" in page
    assert "导入客户1有限公司 · 导入客户2有限公司" in page
    assert '<option value="owner" selected>Owner *</option>' in page
    posted = {f"column_{index}": key for index, key in enumerate(batch.mapping)}
    response = admin.post(url("mapping", batch), posted)
    assert response.url == url("batch", batch)
    page = admin.get(response.url).content.decode()
    assert "A+" in page
    assert "Must be one of: S, A, B, C, D." in page
    assert "Import (2 rows)" in page
    assert "read as 12000" in admin.get(response.url + "?tab=importable").content.decode()
    assert "repeats row 2" in admin.get(response.url + "?tab=duplicate").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(url("commit", batch), {"on_duplicate": "skip"})
    assert response.url == url("batch", batch)
    page = admin.get(response.url).content.decode()
    assert reverse("customers:customer_list") in page
    assert "Download 1 rejected row" in page
    assert Customer.objects.count() == 2
    sheet = admin.get(url("rows", batch, "xlsx"))
    got = python_calamine.load_workbook(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert got[0] == [*HEAD, "Reason"]
    assert len(got) == 2
    assert "attachment" in sheet["Content-Disposition"]
    assert 'href="' + response.url in admin.get(reverse("importing:start")).content.decode()


def test_errors_of_a_checked_import_can_be_downloaded_in_both_forms(org, admin):
    batch = checked(org.people.administrator, xlsx([line(1), line(2, grade="A+", name="=cmd")]))
    text = admin.get(url("rows", batch, "csv")).content.decode("utf-8-sig").splitlines()
    assert text[0] == ",".join(f'"{head}"' for head in [*HEAD, "Reason"])
    assert text[1].startswith('"\'=cmd"')
    assert len(text) == 2
    assert admin.get(url("rows", batch, "xlsx")).status_code == 200
    assert admin.get(url("rows", batch, "exe")).status_code == 404


def test_a_file_that_cannot_be_read_is_refused_on_the_page(admin):
    response = upload(admin, b"<html>", "客户.xlsx")
    assert response.status_code == 422
    assert "not an Excel workbook" in response.content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_file_too_large_is_refused_before_it_is_read(admin, settings):
    settings.IMPORT_MAX_BYTES = 100
    response = upload(admin, xlsx([line(1)]))
    assert response.status_code == 422
    assert "larger than" in response.content.decode()


def test_missing_required_columns_are_named(admin):
    head = ["客户名称", "备注"]
    upload(admin, xlsx([["甲", "乙"]], head))
    batch = ImportBatch.objects.get()
    page = admin.get(url("mapping", batch)).content.decode()
    assert "assigned to no column: <b>Owner</b>" in page
    response = admin.post(url("mapping", batch), {"column_0": "name", "column_1": "notes"})
    assert response.status_code == 422
    assert "assigned to no column: Owner" in response.content.decode()


@pytest.mark.parametrize("role", ["sales_rep", "sales_manager", "finance", "auditor", "nobody"])
def test_without_the_right_every_page_is_403(org, client_of, role):
    batch = checked(org.people.administrator, xlsx([line(1)]))
    client = client_of(org.user(role))
    assert client.get(reverse("importing:start")).status_code == 403
    assert client.get(reverse("importing:template", args=["customers"])).status_code == 403
    assert client.get(url("rows", batch, "xlsx")).status_code == 403
    for step in STEPS:
        assert client.post(url(step, batch)).status_code == 403
    assert "/imports/" not in client.get(reverse("home")).content.decode()


def test_anothers_import_is_404_and_unchanged(org, client_of):
    batch = checked(org.people.administrator, xlsx([line(1)]))
    client = client_of(org.people.data_steward)
    assert client.get(reverse("importing:start")).status_code == 200
    assert client.get(url("batch", batch)).status_code == 404
    assert client.get(url("rows", batch, "xlsx")).status_code == 404
    assert client.get(reverse("workflow:progress", args=[batch.job_id])).status_code == 404
    for step in STEPS[1:]:
        assert client.post(url(step, batch), {"row": "2", "column": "0", "text": "x"}).status_code == 404
    assert url("batch", batch) not in client.get(reverse("importing:start")).content.decode()
    assert ImportBatch.objects.get().state == "ready"
    assert rows_of(batch)[0].status == "new"


def test_a_visitor_must_sign_in(client):
    assert client.get(reverse("importing:start")).url.startswith("/login/")


def test_correcting_a_cell_answers_its_row(org, admin):
    batch = checked(org.people.administrator, xlsx([line(1, grade="A+"), line(2, grade="A+")]))
    page = admin.get(url("batch", batch)).content.decode()
    assert "Change to A" in page
    posted = {"row": "2", "column": "2", "text": "A", "shown": "0,1,2"}
    response = admin.post(url("cell", batch), posted, headers={"HX-Request": "true"})
    row = response.content.decode()
    assert row.startswith("<tr>")
    assert row.count("<td") == 5
    assert "Must be one of" not in row
    assert response["HX-Trigger"] == "import:corrected"
    figures = admin.get(url("batch", batch) + "?part=figures").content.decode()
    assert "Import (1 row)" in figures
    assert "<html" not in figures
    assert admin.post(url("cell", batch), {**posted, "row": "99"}).status_code == 404
    assert admin.post(url("cell", batch), {**posted, "row": "x"}).status_code == 404


def test_what_the_sheet_says_is_escaped(org, admin):
    head = [*HEAD, "<script>alert(1)</script>"]
    nasty = '"><img src=x onerror=alert(1)>'
    batch = checked(
        org.people.administrator, xlsx([[*line(1, name=nasty, grade=nasty, owner=nasty, demand=nasty), nasty]], head)
    )
    for address in (url("batch", batch), url("batch", batch) + "?tab=all", url("mapping", batch)):
        page = admin.get(address).content.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page


def test_the_preview_takes_the_same_queries_for_one_row_and_for_five(org, admin):
    counts = []
    for number in (1, 5):
        rows = [line(n * 2, grade="A+") for n in range(1, number + 1)] + [line(n * 2 + 1) for n in range(1, number + 1)]
        batch = checked(org.people.administrator, xlsx(rows))
        admin.get(url("batch", batch))
        for tab in ("error", "all"):
            with CaptureQueriesContext(connection) as captured:
                admin.get(url("batch", batch), {"tab": tab})
            counts.append(len(captured))
    assert counts == [5, 5, 5, 5]


def test_progress_polls_until_the_job_has_ended(org, admin):
    job = Job.objects.create(
        kind="import_commit", created_by=org.people.administrator, state="running", done=500, total=2000
    )
    address = reverse("workflow:progress", args=[job.pk])
    response = admin.get(address)
    assert "25%" in response.content.decode()
    assert f'hx-get="{address}"' in response.content.decode()
    assert "HX-Refresh" not in response
    job.state = "done"
    job.save()
    response = admin.get(address)
    assert response["HX-Refresh"] == "true"
    assert "hx-get" not in response.content.decode()


def test_while_it_runs_the_page_shows_progress(org, admin):
    batch = checked(org.people.administrator, xlsx([line(1)]))
    ImportBatch.objects.filter(pk=batch.pk).update(state="committing")
    assert "being written" in admin.get(url("batch", batch)).content.decode()
    assert admin.get(url("mapping", batch)).url == url("batch", batch)


def test_an_import_is_discarded_with_its_file_but_not_once_written(org, admin):
    batch = checked(org.people.administrator, xlsx([line(1)]))
    stored = batch.upload
    assert stored.storage.exists(stored.name)
    assert admin.post(url("discard", batch)).url == reverse("importing:start")
    assert not stored.storage.exists(stored.name)
    assert ImportBatch.objects.count() == 0
    written = imported(org.people.administrator, xlsx([line(1)]))
    admin.post(url("discard", written))
    admin.post(url("check", written))
    admin.post(url("sheet", written), {"sheet": "客户", "header_row": "1"})
    written.refresh_from_db()
    assert written.state == "done"


def test_a_failed_import_says_why_and_can_go_on(org, admin):
    batch = checked(org.people.administrator, xlsx([line(1)]))
    ImportBatch.objects.filter(pk=batch.pk).update(state="failed")
    Job.objects.filter(pk=batch.job_id).update(state="failed", message="Worker lost")
    page = admin.get(url("batch", batch)).content.decode()
    assert "Worker lost" in page
    assert url("commit", batch) in page
    start_commit(batch=batch, actor=org.people.administrator, on_duplicate="skip", at_once=True)
    assert Customer.objects.count() == 1


def test_the_row_of_column_heads_can_be_set_by_hand(org, admin):
    batch = batch_of(org.people.administrator, xlsx([line(1), line(2)], above=1))
    assert batch.header_row == 2
    admin.post(url("sheet", batch), {"sheet": "客户", "header_row": "3"})
    batch.refresh_from_db()
    assert (batch.header_row, batch.headers[0]) == (3, "导入客户1有限公司")


def test_the_empty_sheet_is_understood_by_the_import(org, admin):
    response = admin.get(reverse("importing:template", args=["customers"]))
    batch = checked(org.people.administrator, response.content)
    assert "" not in batch.mapping
    assert [row.status for row in rows_of(batch)] == ["error"]
    assert {error["key"] for error in rows_of(batch)[0].errors} == {"owner"}
    assert admin.get(reverse("importing:template", args=["nothing"])).status_code == 404


def run(*args: str) -> dict[str, Any]:
    """The command's one line of JSON."""
    out = io.StringIO()
    call_command("import_file", *args, stdout=out, stderr=io.StringIO())
    assert out.getvalue().count("\n") == 1
    return json.loads(out.getvalue())


def test_the_command_gives_the_counts_and_the_rejected_rows(org, tmp_path):
    stored = make_customer(org, credit_code=credit_code(500003), name="旧名")
    make_customer(org, credit_code="", name="在册")
    path = tmp_path / "客户.xlsx"
    path.write_bytes(xlsx([line(1), line(2, grade="A+"), line(3), line(4, code="", name="在册")]))
    user = org.people.administrator.username
    expected = {"new": 1, "changed": 1, "unchanged": 0, "duplicate": 1, "rejected": 1}
    dry = run("customers", str(path), "--dry-run", "--user", user)
    assert {key: dry[key] for key in expected} == expected
    assert Customer.objects.count() == 2
    assert ImportBatch.objects.count() == 0
    wet = run("customers", str(path), "--user", user)
    assert {key: wet[key] for key in expected} == expected
    for answer in (dry, wet):
        rows = python_calamine.load_workbook(answer["rejected_file"]).get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows] == [HEAD[0], "导入客户2有限公司"]
    stored.refresh_from_db()
    assert (Customer.objects.count(), stored.name) == (3, "导入客户3有限公司")
    again = run("customers", str(path), "--user", user)
    assert (again["new"], again["unchanged"], again["rejected"]) == (0, 2, 1)


def test_the_command_takes_a_mapping(org, tmp_path):
    path, mapping = tmp_path / "a.csv", tmp_path / "map.json"
    path.write_text("A,B,C\n甲公司,郑凯,x\n", encoding="utf-8")
    mapping.write_text('{"A": "name", "b": "owner"}', encoding="utf-8")
    answer = run("customers", str(path), "--user", "administrator", "--mapping", str(mapping))
    assert (answer["new"], answer["rejected_file"]) == (1, None)
    assert Customer.objects.get().owner == org.people.colleague


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nothing", "FILE"], "unknown resource"),
        (["customers", "/nowhere.xlsx"], "No such file"),
        (["customers", "FILE", "--user", "nobody_at_all"], "no active user"),
        (["customers", "FILE", "--user", "sales_rep"], "may not import"),
        (["customers", "FILE", "--mapping", "/nowhere.json"], "No such file"),
        (["customers", "FILE", "--sheet", "x"], "no sheet"),
        (["customers", "BROKEN"], "damaged"),
    ],
)
def test_the_command_fails_with_a_message(org, tmp_path, args, message):
    (tmp_path / "good.xlsx").write_bytes(xlsx([line(1)]))
    (tmp_path / "bad.xlsx").write_bytes(xlsx([line(1)])[:300])
    names = {"FILE": str(tmp_path / "good.xlsx"), "BROKEN": str(tmp_path / "bad.xlsx")}
    if "--user" not in args:
        args = [*args, "--user", "administrator"]
    with pytest.raises(CommandError, match=message):
        call_command("import_file", *[names.get(arg, arg) for arg in args], stderr=io.StringIO())
    assert Customer.objects.count() == 0
    assert ImportBatch.objects.count() == 0
