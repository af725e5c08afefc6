"""Files of records: what is taken, who gets them, what stays when they are removed."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, NotAllowed
from crm.models import Attachment, RecordShare
from crm.records.domain.attachments import attach, remove, sweep
from crm.records.models.attachment import file_storage
from crm.records.sniffing import clean_name
from tests.factories.records import make_customer, make_order

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.7 hello"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def give(org, customer, name="a.pdf", body=PDF, actor=None):
    return attach(actor=actor or org.people.sales_rep, record=customer, upload=ContentFile(body, name=name))


def url(record, name="files", *more):
    return reverse(f"dossier:{name}", args=["customers.customer", record.pk, *more])


@pytest.mark.parametrize(
    ("name", "body", "mime"),
    [
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0 JFIF", "image/jpeg"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (
            "报价.xlsx",
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "vnd.openxmlformats-officedocument.spreadsheetml",
        ),
        ("方案.docx", zipped("word/document.xml"), "wordprocessingml"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "application/vnd.ms-excel"),
        ("a.zip", zipped("x.txt"), "application/zip"),
        ("a.csv", "名称,数量\n甲,1".encode("gb18030"), "text/csv"),
        ("a.eml", b"From: a@b\r\nSubject: x\r\n\r\nhello", "message/rfc822"),
        ("a.mp4", b"\x00\x00\x00\x20ftypisom", "video/mp4"),
    ],
)
def test_kinds_that_are_taken_are_known_by_their_content(org, name, body, mime):
    row = give(org, make_customer(org), name, body)
    assert mime in row.mime
    assert row.file.open("rb").read() == body
    assert (row.size, row.stored_at is not None) == (len(body), True)


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("virus.exe", b"MZ\x90", "“.exe” can't be attached"),
        ("page.html", b"<script>alert(1)</script>", "“.html” can't be attached"),
        ("drawing.svg", b"<svg onload='x'/>", "“.svg” can't be attached"),
        ("noname", b"x", "can't be attached"),
        ("report.pdf", b"MZ\x90\x00 not a pdf", "not what its name says (.pdf)"),
        ("photo.png", PDF, "not what its name says (.png)"),
        ("sheet.xlsx", zipped("word/document.xml"), "not what its name says (.xlsx)"),
        ("sheet.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin"), "not what its name says (.xlsx)"),
        ("notes.txt", b"MZ\x90\x00\x03\x00", "not what its name says (.txt)"),
        ("empty.pdf", b"", "is empty"),
    ],
)
def test_others_are_refused_with_what_to_do_and_leave_nothing(org, name, body, says):
    with pytest.raises(DomainError, match=says.replace("(", r"\(").replace(")", r"\)")):
        give(org, make_customer(org), name, body)
    assert not Attachment.objects.exists()


def test_size_of_one_and_of_all_files_is_limited(org, settings):
    customer = make_customer(org)
    settings.ATTACHMENT_MAX_BYTES, settings.ATTACHMENTS_MAX_BYTES = 20, 30
    with pytest.raises(DomainError, match="larger than"):
        give(org, customer, body=PDF + b"." * 20)
    give(org, customer)
    give(org, customer, "b.pdf")
    with pytest.raises(DomainError, match="All files of a record together"):
        give(org, customer, "c.pdf")
    give(org, make_customer(org))  # of another record


def test_the_same_file_is_attached_once_and_again_after_it_was_removed(org):
    customer = make_customer(org)
    row = give(org, customer)
    with pytest.raises(DomainError, match="attached already"):
        give(org, customer)
    remove(attachment=row, record=customer, actor=org.people.sales_rep)
    give(org, customer)
    assert Attachment.objects.present().count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("a\u202efdp.exe.pdf", "a_fdp.exe.pdf"),
        ('x"\r\n<b>.pdf', "x_b_.pdf"),
        (".pdf", "pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(name, kept):
    assert clean_name(name) == kept


def test_upload_keeps_the_good_and_names_the_bad(org, client_of):
    customer = make_customer(org)
    client = client_of(org.people.sales_rep)
    files = [
        SimpleUploadedFile("good.pdf", PDF),
        SimpleUploadedFile("bad.exe", b"MZ"),
        SimpleUploadedFile("p.png", PNG),
    ]
    page = client.post(url(customer), {"files": files, "kind": "report"}, headers=HTMX)
    assert page.status_code == 200
    text = page.content.decode()
    assert "<b>bad.exe</b> Files of the kind “.exe” can&#x27;t be attached" in text
    assert set(Attachment.objects.values_list("name", "kind")) == {("good.pdf", "report"), ("p.png", "report")}
    only_bad = client.post(url(customer), {"files": [SimpleUploadedFile("bad.exe", b"MZ")]}, headers=HTMX)
    assert only_bad.status_code == 422
    assert "Choose a file first" in client.post(url(customer), {}, headers=HTMX).content.decode()


def test_download_is_safe_counted_and_inside_the_record(org, client_of):
    customer, other = make_customer(org), make_customer(org)
    pdf = give(org, customer, "试用 报告.pdf")
    text = give(org, customer, "a.txt", b"<script>alert(1)</script>")
    image = give(org, customer, "a.png", PNG)
    client = client_of(org.people.sales_rep)
    response = client.get(url(customer, "file", pdf.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%AF%95")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(url(customer, "file", pdf.pk), {"show": "1"})["Content-Disposition"].startswith("inline")
    shown = client.get(url(customer, "file", image.pk), {"show": "1"})
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    saved = client.get(url(customer, "file", text.pk), {"show": "1"})  # a text is never shown
    assert saved["Content-Disposition"].startswith("attachment")
    page = client.get(f"/customers/{customer.pk}/tab/discussion/").content.decode()
    assert "opened 2 times" in page
    event = Attachment.pgh_event_model.objects.filter(pgh_obj_id=pdf.pk, pgh_label="download").first()
    assert event.pgh_context.metadata["user"] == org.people.sales_rep.pk
    assert client.get(url(other, "file", pdf.pk)).status_code == 404  # by way of another record
    remove(attachment=pdf, record=customer, actor=org.people.sales_rep)
    assert client.get(url(customer, "file", pdf.pk)).status_code == 404


def test_who_does_not_see_the_record_sees_no_file(org, client_of):
    customer = make_customer(org)
    row = give(org, customer)
    colleague = client_of(org.people.colleague)
    assert colleague.get(url(customer, "file", row.pk)).status_code == 404
    assert colleague.post(url(customer), {"files": [SimpleUploadedFile("b.pdf", PDF)]}).status_code == 404
    assert client_of(org.people.nobody).get(url(customer, "file", row.pk)).status_code == 403
    auditor = client_of(org.people.auditor)
    assert auditor.get(url(customer, "file", row.pk)).status_code == 200
    assert auditor.post(url(customer), {"files": [SimpleUploadedFile("b.pdf", PDF)]}).status_code == 403


def test_what_is_shared_for_reading_takes_comments_but_no_files_and_tags(org, client_of):
    customer = make_customer(org)
    shared = {"object_id": customer.pk, "user": org.people.colleague, "shared_by": org.people.sales_rep}
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(customer)
    RecordShare.objects.create(content_type=kind, level=RecordShare.Level.READ, **shared)
    client = client_of(org.people.colleague)
    assert client.post(url(customer, "comments"), {"text": "x"}).status_code == 302
    assert client.post(url(customer), {"files": [SimpleUploadedFile("b.pdf", PDF)]}).status_code == 403
    assert client.post(url(customer, "tags"), {"name": "x"}).status_code == 403
    assert "file-form" not in client.get(f"/customers/{customer.pk}/tab/discussion/").content.decode()


def test_removing_is_for_who_attached_it_and_who_may_change_the_record(org, client_of):
    customer = make_customer(org)
    row = give(org, customer, actor=org.people.sales_manager)
    with pytest.raises(NotAllowed):
        remove(attachment=row, record=customer, actor=org.people.finance)
    assert client_of(org.people.finance).post(url(customer, "file_remove", row.pk), headers=HTMX).status_code == 403
    client = client_of(org.people.sales_rep)
    assert "a.pdf" not in client.post(url(customer, "file_remove", row.pk), headers=HTMX).content.decode()
    assert client.post(url(customer, "file_remove", row.pk), headers=HTMX).status_code == 200  # a second press
    row.refresh_from_db()
    assert row.removed_by == org.people.sales_rep


def test_documents_that_nobody_edits_take_files_too(org, client_of):
    order = make_order(org)
    address = reverse("dossier:files", args=["orders.salesorder", order.pk])
    client = client_of(org.people.finance)
    assert client.post(address, {"files": [SimpleUploadedFile("b.pdf", PDF)]}, headers=HTMX).status_code == 200
    assert Attachment.objects.get().object_id == order.pk


def test_the_sweep_erases_what_broke_off_and_what_was_removed_long_ago(org):
    customer = make_customer(org)
    kept, removed, broken, fresh = (give(org, customer, f"{name}.pdf") for name in "abcd")
    remove(attachment=removed, record=customer, actor=org.people.sales_rep)
    long_ago = timezone.now() - dt.timedelta(days=31)
    Attachment.objects.filter(pk=removed.pk).update(removed_at=long_ago)
    Attachment.objects.filter(pk=broken.pk).update(stored_at=None, created_at=long_ago)
    Attachment.objects.filter(pk=fresh.pk).update(stored_at=None)
    assert sweep() == 2
    assert sweep() == 0
    assert set(Attachment.objects.values_list("name", flat=True)) == {"a.pdf", "b.pdf", "d.pdf"}
    assert Attachment.objects.get(pk=removed.pk).file.name == ""
    exists = [file_storage().exists(row.file.name) for row in (kept, removed, broken, fresh)]
    assert exists == [True, False, False, True]


def test_a_file_whose_row_cannot_be_stored_is_not_written(org, monkeypatch, settings):
    """A store that answers with an error leaves no row behind, and the person is told."""
    customer = make_customer(org)

    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(type(file_storage()), "save", fail)
    with pytest.raises(DomainError, match="could not be stored"):
        give(org, customer)
    assert not Attachment.objects.exists()
