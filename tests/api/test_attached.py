"""Files and comments of records by the API: for those who see the record, by the checks of the page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from crm.models import Attachment, Comment, RecordShare
from crm.records.references import reference_of
from tests.api.conftest import grant, secret_of
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer, make_filed, make_lead

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 x"


def upload(user: Any, path: str, name: str = "报告.pdf", content: bytes = PDF, **more: Any) -> Any:
    """The answer to a file that a program sends as the person."""
    secret = more.pop("secret", None) or secret_of(user)
    data = {"file": SimpleUploadedFile(name, content), **more}
    return Client().post(
        f"/api/v1/{path}", data, headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
    )


def test_a_file_is_attached_listed_and_fetched(org: Organisation, program: Any) -> None:
    rep, customer = org.people.sales_rep, make_customer(org)
    path = f"customers/{customer.pk}/files/"
    made = upload(rep, path, kind="report")
    assert made.status_code == 201, made.content
    row = Attachment.objects.get()
    assert (row.name, row.kind, row.uploaded_by) == ("报告.pdf", "report", rep)
    assert (made.json()["size"], made.json()["mime"]) == (len(PDF), "application/pdf")
    again = upload(rep, path)
    assert (again.status_code, again.json()["id"], Attachment.objects.count()) == (200, row.pk, 1)
    speaks = program(rep)
    assert [file["id"] for file in speaks.get(path).json()["results"]] == [row.pk]
    got = speaks.get(made.headers["Location"])
    assert b"".join(got.streaming_content) == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert row.events.filter(pgh_label="download").count() == 1, "who got it stands in the trail"


@pytest.mark.parametrize(("name", "content"), [("x.exe", b"MZ\x90"), ("x.pdf", b"<html>"), ("x.pdf", b"")])
def test_what_the_page_refuses_is_refused(org: Organisation, name: str, content: bytes) -> None:
    answer = upload(org.people.sales_rep, f"customers/{make_customer(org).pk}/files/", name, content)
    assert answer.status_code == 422, answer.content
    assert answer.json()["detail"]
    assert not Attachment.objects.exists()


def test_a_file_may_be_larger_than_a_body_and_has_an_end(org: Organisation, settings: Any) -> None:
    settings.API_MAX_BYTES, settings.ATTACHMENT_MAX_BYTES = 1000, 50_000
    path = f"customers/{make_customer(org).pk}/files/"
    assert upload(org.people.sales_rep, path, content=PDF + b"x" * 2000).status_code == 201
    assert upload(org.people.sales_rep, path, content=PDF + b"x" * 200_000).status_code == 413
    assert upload(org.people.sales_rep, path, content=PDF + b"x" * 60_000).status_code == 422


def test_files_of_a_foreign_record_are_404(org: Organisation, program: Any) -> None:
    foreign, mine = make_filed(org, owner=org.people.stranger), make_customer(org)
    rep, row = org.people.sales_rep, Attachment.objects.get()
    speaks = program(rep)
    assert speaks.get(f"customers/{foreign.pk}/files/").status_code == 404
    assert speaks.get(f"customers/{foreign.pk}/files/{row.pk}/").status_code == 404
    assert speaks.get(f"customers/{mine.pk}/files/{row.pk}/").status_code == 404, "not by the way of an own record"
    assert upload(rep, f"customers/{foreign.pk}/files/").status_code == 404
    assert Attachment.objects.count() == 1


def test_a_record_shared_for_reading_gets_no_file(org: Organisation, program: Any) -> None:
    rep, foreign = org.people.sales_rep, make_customer(org, owner=org.people.stranger)
    RecordShare.objects.create(**reference_of(foreign), user=rep, level=RecordShare.Level.READ)
    assert program(rep).get(f"customers/{foreign.pk}/files/").json()["results"] == []
    assert upload(rep, f"customers/{foreign.pk}/files/").status_code == 403


def test_a_token_for_other_records_or_for_reading_attaches_nothing(org: Organisation, program: Any) -> None:
    rep, customer = org.people.sales_rep, make_customer(org)
    path = f"customers/{customer.pk}/files/"
    assert upload(rep, path, secret=secret_of(rep, records=("leads",))).status_code == 403
    assert upload(rep, path, secret=secret_of(rep, writes=False)).status_code == 403
    assert program(rep, records=("leads",)).get(path).status_code == 403
    assert program(rep, records=("leads",)).get(f"leads/{make_lead(org).pk}/files/").status_code == 200
    assert not Attachment.objects.exists()


def test_kinds_without_files_have_no_address(org: Organisation, program: Any) -> None:
    speaks = program(org.people.sales_rep)
    assert speaks.get("nothing/1/files/").status_code == 404
    assert speaks.get(f"users/{org.people.sales_rep.pk}/files/").status_code == 404


def test_comments_are_read_and_written_once(org: Organisation, program: Any) -> None:
    rep, customer = org.people.sales_rep, make_customer(org)
    speaks, path = program(rep), f"customers/{customer.pk}/comments/"
    made = speaks.post(path, {"text": "客户已确认交期"}, Idempotency_Key="c-1")
    again = speaks.post(path, {"text": "客户已确认交期"}, Idempotency_Key="c-1")
    assert (made.status_code, again.json()) == (201, made.json()), made.content
    speaks.post(path, {"text": "第二条"})
    assert [one["text"] for one in speaks.get(path).json()["results"]] == ["第二条", "客户已确认交期"]
    assert Comment.objects.filter(author=rep).count() == 2
    assert list(speaks.post(path, {"text": " "}).json()["errors"]) == ["text"]
    assert list(speaks.post(path, {}).json()["errors"]) == ["text"]
    assert program(org.people.stranger).get(path).status_code == 404
    assert program(org.people.stranger).post(path, {"text": "x"}).status_code == 404


def test_comments_come_in_pages(org: Organisation, program: Any) -> None:
    customer = make_customer(org)
    about = {**reference_of(customer), "author": org.people.sales_rep}
    Comment.objects.bulk_create(Comment(**about, text=f"{number}") for number in range(150))
    speaks, seen, address = program(org.people.sales_rep), [], f"customers/{customer.pk}/comments/"
    while address:
        page = speaks.get(address).json()
        seen += [one["text"] for one in page["results"]]
        address = page["next"]
    assert seen == [f"{number}" for number in reversed(range(150))]


def test_commenting_needs_its_right(org: Organisation, program: Any) -> None:
    from crm.models import Role

    customer = make_customer(org)
    for role in Role.objects.all():
        role.permissions = [name for name in role.permissions if name not in ("crm.add_comment", "crm.add_attachment")]
        role.save()
    grant(org.people.sales_rep, "integrations.add_apitoken")
    assert program(org.people.sales_rep).post(f"customers/{customer.pk}/comments/", {"text": "x"}).status_code == 403
    assert upload(org.people.sales_rep, f"customers/{customer.pk}/files/").status_code == 403
