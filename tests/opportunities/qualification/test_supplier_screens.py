"""The pages of admissions as a supplier."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opportunities.domain.qualification import parts
from opportunities.models import SupplierAdmission
from opportunities.views.qualification import supplier_admission_entity
from tests.entity_suite import EntitySuite
from tests.factories.qualification import audited, make_finding, make_supplier_admission, passed
from tests.factories.records import day, make_opportunity

pytestmark = pytest.mark.django_db


class TestSupplierAdmission(EntitySuite):
    entity = supplier_admission_entity
    make = staticmethod(make_supplier_admission)
    refused = (({"title": ""}, "This field is required."),)
    form_data = staticmethod(lambda org, record: {"title": "光伏密封胶准入", "submit_by": "2026-12-01"})


def url(name, *args):
    return reverse(f"opportunities:supplieradmission_{name}", args=args)


def page_of(client, admission):
    return client.get(supplier_admission_entity.record_url(admission)).content.decode()


def test_from_the_checklist_to_the_renewal(org, client_of):
    opportunity = make_opportunity(org, product_line=org.sealant)
    client = client_of(org.people.sales_rep)
    data = {
        "title": "密封胶准入",
        "customer": opportunity.customer_id,
        "opportunity": opportunity.pk,
        "product_line": org.sealant.pk,
    }
    assert client.post(url("create"), data).status_code == 302
    admission = SupplierAdmission.objects.get()
    step = url("step", admission.pk, "submitted")
    refused = client.post(step, {"on": day().isoformat()})
    assert refused.status_code == 422
    assert "supplier questionnaire" in refused.content.decode()
    item = admission.items.order_by("pk").first()
    upload = SimpleUploadedFile("调查表.pdf", b"%PDF-1.7 x")
    sent = {"name": item.name, "is_required": "on", "version_read": item.version, "upload": upload}
    assert client.post(url("item", admission.pk, item.pk), sent).status_code == 302
    page = page_of(client, admission)
    assert "调查表.pdf" in page
    assert "Checklist: 1 of 7" in page
    admission.items.update(done_on=day())
    assert client.post(step, {"on": day().isoformat()}).status_code == 302
    assert client.post(url("step", admission.pk, "audit")).status_code == 302
    finding = {"audited_on": day().isoformat(), "kind": "major", "finding": "校准过期", "action": "重新校准"}
    assert client.post(url("finding_add", admission.pk), finding).status_code == 302
    assert "校准过期" in page_of(client, admission)
    result = {"on": day().isoformat(), "valid_until": day(365).isoformat(), "conclusion": "A 类"}
    assert (
        "waits for its corrective action" in client.post(url("step", admission.pk, "passed"), result).content.decode()
    )
    row = admission.findings.get()
    done = {**finding, "version_read": row.version, "done_on": day().isoformat()}
    assert client.post(url("finding", admission.pk, row.pk), done).status_code == 302
    assert client.post(url("step", admission.pk, "passed"), result).status_code == 302
    page = page_of(client, admission)
    assert "A 类" in page
    assert url("edit", admission.pk) not in page
    assert client.post(url("renew", admission.pk)).status_code == 302
    assert SupplierAdmission.objects.get(follows=admission).state == "preparing"


def test_parts_are_found_within_their_own_admission_only(org, client_of):
    mine, foreign = make_finding(org), make_finding(org, owner=org.people.stranger)
    client = client_of(org.people.sales_rep)
    assert client.get(url("finding", mine.admission_id, mine.pk)).status_code == 200
    assert client.get(url("finding", mine.admission_id, foreign.pk)).status_code == 404
    assert client.get(url("finding", foreign.admission_id, foreign.pk)).status_code == 404
    assert client.post(url("renew", foreign.admission_id)).status_code == 404


def test_customer_and_opportunity_show_them(org, client_of):
    opportunity = make_opportunity(org)
    admission = passed(make_supplier_admission(org, customer=opportunity.customer, opportunity=opportunity))
    client = client_of(org.people.sales_rep)
    assert admission.title in client.get(f"/opportunities/{opportunity.pk}/").content.decode()
    address = f"/customers/{opportunity.customer_id}/"
    shown = client.get(address, {"panel": "supplier_admissions"}, headers={"HX-Request": "true"}).content.decode()
    assert admission.code in shown
    for record in (opportunity.customer, opportunity):
        about = reverse("dossier:timeline", args=[record._meta.label_lower, record.pk])
        answer = client.get(about, headers={"HX-Request": "true"}).content.decode()
        assert "Admission as a supplier passed" in answer
    assert admission.code in client.get("/search/", {"q": admission.title}).content.decode()


def test_a_records_page_takes_the_same_queries_with_more_parts(org, client_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(org.people.sales_rep)

    def count(admission):
        address = supplier_admission_entity.record_url(admission)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured.captured_queries)

    small, large = make_finding(org).admission, audited(make_supplier_admission(org))
    for number in range(5):
        parts.add_finding(actor=large.owner, admission=large, audited_on=day(), finding=f"发现{number}")
    assert count(large) == count(small)
