"""The pages of admissions, checklists and demanded certificates."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.models import Attachment
from crm.records.domain.attachments import attach
from crm.workflow.domain.approval_decisions import approve
from customers.domain.admission.admissions import DOCUMENT, start_admission, submit_admission
from customers.models import AdmissionChecklist
from customers.views.admission import admission_entity
from customers.views.certificate import certificate_entity
from customers.views.checklist import checklist_entity
from tests.entity_suite import EntitySuite
from tests.factories.admission import (
    answer,
    make_admission,
    make_certificate,
    make_checklist,
    make_draft_checklist,
    question,
)
from tests.factories.approvals import make_policy, named
from tests.factories.records import day, make_customer


class TestAdmission(EntitySuite):
    entity = admission_entity
    make = staticmethod(make_admission)
    refused = (({"valid_from": "2026-05-02"}, "The last day must not be before the first day."),)
    form_data = staticmethod(lambda org, record: {"plant": "二厂", "conditions": "预付", "valid_to": "2026-05-01"})


class TestChecklist(EntitySuite):
    entity = checklist_entity
    role = "administrator"
    make = staticmethod(make_draft_checklist)
    scoped = False
    form_data = staticmethod(lambda org, record: {"name": "改名", "business_unit": org.silicones.pk})


class TestCertificate(EntitySuite):
    entity = certificate_entity
    make = staticmethod(make_certificate)
    refused = (({"valid_until": "2026-01-01"}, "The last day must not be before the first day."),)
    form_data = staticmethod(lambda org, record: {"kind": "rohs", "given_on": "2026-02-01", "remark": "每批"})


def test_the_questions_are_answered_with_a_file_and_only_new_ones_asked(org, client_of):
    make_policy(org, named(org.people.sales_manager), document=DOCUMENT)
    make_checklist(org, question("paper", "document"), question("visit", "choice", choices=["好", "坏"], asked="every"))
    make_checklist(org, question("paper", "document"), question("ghs", "number"), business_unit=org.agro)
    rep, customer = org.people.sales_rep, make_customer(org)
    admission = make_admission(org, customer=customer)
    client, url = client_of(rep), f"/customers/admissions/{admission.pk}/answers/"
    keys = {item.key: item.pk for item in admission.checklist.items.all()}
    data = {
        "version_read": admission.version,
        f"answer_{keys['visit']}": "好",
        f"file_{keys['paper']}": SimpleUploadedFile("licence.pdf", b"%PDF-1.7 x"),
        f"until_{keys['paper']}": day(100).isoformat(),
    }
    assert client.post(url, {**data, f"answer_{keys['visit']}": "中"}).status_code == 422
    data[f"file_{keys['paper']}"] = SimpleUploadedFile("licence.pdf", b"%PDF-1.7 x")
    assert client.post(url, data).status_code == 302
    assert Attachment.objects.get().name == "licence.pdf"
    page = client.get(admission_entity.record_url(admission)).content.decode()
    assert "licence.pdf" in page
    assert "2 of 2" in page
    admission.refresh_from_db()
    request = submit_admission(admission=admission, actor=rep, reason="")
    approve(request=request, actor=org.people.sales_manager)
    extension = start_admission(actor=rep, customer=customer, business_unit=org.agro)
    page = client.get(f"/customers/admissions/{extension.pk}/answers/").content.decode()
    ghs, paper = (extension.checklist.items.get(key=key).pk for key in ("ghs", "paper"))
    assert f'name="answer_{ghs}"' in page
    assert f'name="answer_{paper}"' not in page
    assert admission.code in page
    page = client.get(f"/customers/admissions/{extension.pk}/answers/?again={paper}").content.decode()
    assert f'name="answer_{paper}"' in page
    file = f"/records/customers.admission/{admission.pk}/files/{Attachment.objects.get().pk}/"
    assert file in client.get(admission_entity.record_url(extension)).content.decode()


def test_the_customers_page_shows_admissions_and_certificates(org, client_of):
    customer = make_customer(org)
    admission = answer(org, make_admission(org, customer=customer), licence="yes")
    make_certificate(org, customer=customer, kind="iatf16949", given_on=day(-9), valid_until=day(-1))
    client, url = client_of(org.people.sales_rep), f"/customers/{customer.pk}/"
    shown = "".join(
        client.get(url, {"panel": key}, headers={"HX-Request": "true"}).content.decode()
        for key in ("admissions", "certificates")
    )
    for text in (admission.code, "IATF 16949", "expired"):
        assert text in shown


def test_a_draft_that_was_submitted_is_not_edited(org, client_of):
    make_policy(org, named(org.people.sales_manager), document=DOCUMENT)
    admission = answer(org, make_admission(org), licence="yes")
    client = client_of(org.people.sales_rep)
    step = f"/customers/admissions/{admission.pk}/step/submitted/"
    assert client.get(step).status_code == 200
    assert client.post(step, {"reason": "请批准"}).status_code == 302
    page = client.get(admission_entity.record_url(admission)).content.decode()
    assert "Frozen until" in page
    assert admission_entity.url("edit", admission.pk) not in page
    assert client.get(f"/customers/admissions/{admission.pk}/answers/").status_code == 302


def test_an_administrator_builds_a_checklist(org, client_of):
    client = client_of(org.people.administrator)
    data = {"name": "准入", "business_unit": org.silicones.pk, "valid_months": 24}
    url = client.post("/customers/admission-checklists/new/", data).url
    checklist = AdmissionChecklist.objects.get()
    items = {
        "items-TOTAL_FORMS": 2,
        "items-INITIAL_FORMS": 0,
        "items-0-position": 1,
        "items-0-question": "营业执照有效",
        "items-0-question_en": "Licence valid",
        "items-0-kind": "yes_no",
        "items-0-asked": "once",
        "items-0-required": "on",
        "items-1-position": 2,
        "items-1-question": "走访结论",
        "items-1-kind": "choice",
        "items-1-asked": "every",
    }
    answer_page = client.post(url, {**data, **items, "version_read": checklist.version})
    assert answer_page.status_code == 422
    assert "Say what can be chosen." in answer_page.content.decode()
    items |= {"items-1-key": "visit", "items-1-choices": "符合、不符合"}
    assert client.post(url, {**data, **items, "version_read": checklist.version}).status_code == 302
    assert [(item.key, item.choices) for item in checklist.items.all()] == [
        ("licence-valid", []),
        ("visit", ["符合", "不符合"]),
    ]
    client.post(f"/customers/admission-checklists/{checklist.pk}/do/publish/")
    checklist.refresh_from_db()
    assert checklist.state == "published"
    assert client.get(url).status_code == 302


def test_a_refused_file_leaves_the_others_kept_and_the_text_as_typed(org, client_of):
    make_checklist(org, question("paper", "document"), question("licence", "document"), question("on", "date"))
    admission = make_admission(org)
    client, url = client_of(org.people.sales_rep), f"/customers/admissions/{admission.pk}/answers/"
    paper, licence, on = (admission.checklist.items.get(key=key).pk for key in ("paper", "licence", "on"))
    data = {
        "version_read": admission.version,
        f"answer_{paper}": "https://oa.example.cn/doc/17",
        f"answer_{on}": "2026-13-45",
        f"file_{paper}": SimpleUploadedFile("good.pdf", b"%PDF-1.7 good"),
        f"file_{licence}": SimpleUploadedFile("bad.pdf", b"MZ not a pdf"),
    }
    answer_page = client.post(url, data)
    page = answer_page.content.decode()
    assert answer_page.status_code == 422
    kept = Attachment.objects.get()
    assert kept.name == "good.pdf"
    assert f'name="kept_{paper}" value="{kept.pk}"' in page
    assert "good.pdf is uploaded already" in page
    assert "bad.pdf was not kept" in page
    assert "Choose a file again" in page
    assert 'value="https://oa.example.cn/doc/17"' in page
    assert 'value="2026-13-45"' in page
    assert not admission.answers.exists()
    again = {**data, f"answer_{on}": "2026-01-02", f"kept_{paper}": str(kept.pk)}
    del again[f"file_{paper}"]
    again[f"file_{licence}"] = SimpleUploadedFile("licence.pdf", b"%PDF-1.7 licence")
    assert client.post(url, again).status_code == 302
    answers = {row.item.key: row for row in admission.answers.select_related("item", "evidence")}
    assert (answers["paper"].evidence, answers["paper"].value) == (kept, "https://oa.example.cn/doc/17")
    assert answers["licence"].evidence.name == "licence.pdf"
    assert Attachment.objects.count() == 2


def test_a_file_of_another_record_cannot_be_named_as_kept(org, client_of):
    make_checklist(org, question("paper", "document"))
    mine, other = make_admission(org), make_admission(org, customer=make_customer(org))
    foreign = attach(actor=org.people.sales_rep, record=other, upload=ContentFile(b"%PDF-1.7 y", name="other.pdf"))
    paper = mine.checklist.items.get().pk
    client, url = client_of(org.people.sales_rep), f"/customers/admissions/{mine.pk}/answers/"
    data = {"version_read": mine.version, f"answer_{paper}": "营业执照", f"kept_{paper}": str(foreign.pk)}
    assert client.post(url, data).status_code == 302
    assert mine.answers.get().evidence is None
