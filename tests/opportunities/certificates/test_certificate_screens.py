"""The pages of certificates and document sets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opportunities.domain.certificates import sets
from opportunities.models import Certificate, DocumentSet
from opportunities.views.certificate import certificate_entity
from opportunities.views.document_set import document_set_entity
from tests.entity_suite import EntitySuite
from tests.factories.admission import make_certificate as make_demand
from tests.factories.certificates import (
    add_file,
    make_filled_set,
    make_our_certificate,
    make_sent_set,
    make_set,
    make_version,
)
from tests.factories.qualification import make_supplier_admission
from tests.factories.records import day, make_customer, make_opportunity

pytestmark = pytest.mark.django_db


class TestCertificate(EntitySuite):
    entity = certificate_entity
    role = "administrator"
    scoped = False
    make = staticmethod(make_our_certificate)
    refused = (({"name": ""}, "This field is required."),)
    form_data = staticmethod(
        lambda org, record: {"kind": "iso9001", "name": "ISO 9001 证书", "owner": record.owner_id, "plant": "苏州工厂"}
    )


class TestDocumentSet(EntitySuite):
    entity = document_set_entity
    make = staticmethod(make_set)
    refused = (({"title": ""}, "This field is required."),)
    form_data = staticmethod(lambda org, record: {"title": "年度准入资料", "language": "en"})


def url(name, *args):
    return reverse(f"opportunities:{name}", args=args)


def test_from_the_certificate_to_the_link(org, client_of):
    steward, rep = client_of(org.people.administrator), client_of(org.people.sales_rep)
    data = {
        "kind": "iatf16949",
        "name": "IATF 证书",
        "owner": org.people.administrator.pk,
        "product_lines": [org.sealant.pk],
    }
    assert rep.post(url("certificate_create"), data).status_code == 403
    assert steward.post(url("certificate_create"), data).status_code == 302
    certificate = Certificate.objects.get()
    version = {"language": "zh", "valid_from": day(-9).isoformat(), "valid_until": day(40).isoformat()}
    wrong = {**version, "upload": SimpleUploadedFile("证书.pdf", b"MZ no pdf")}
    assert steward.post(url("certificate_version_add", certificate.pk), wrong).status_code == 422
    upload = {**version, "upload": SimpleUploadedFile("证书.pdf", b"%PDF-1.7 x")}
    assert steward.post(url("certificate_version_add", certificate.pk), upload).status_code == 302
    page = rep.get(certificate_entity.record_url(certificate)).content.decode()
    assert "证书.pdf" in page
    assert "expires soon" in page
    assert url("certificate_version_add", certificate.pk) not in page
    customer = make_customer(org)
    make_demand(org, customer=customer, kind="ul")
    sent = {"title": "准入资料", "customer": customer.pk, "language": "zh-hans"}
    created = rep.post(url("documentset_create"), sent)
    found = DocumentSet.objects.get()
    assert created.url == url("documentset_choose", found.pk)
    page = rep.get(created.url).content.decode()
    assert "IATF 证书" in page
    assert "we have no valid one" in page
    row = certificate.versions.get()
    narrowed = rep.post(created.url, {"narrow": "1", "kind": "reach", "version": [row.pk]}).content.decode()
    assert f'value="{row.pk}" id="v{row.pk}" checked' in narrowed
    assert not found.items.exists()
    assert rep.post(created.url, {"version": [row.pk]}).status_code == 302
    answer = rep.post(url("documentset_send", found.pk), {"recipient": "王工", "expires_on": day(9).isoformat()})
    assert "/opportunities/d/" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    page = rep.get(document_set_entity.record_url(found)).content.decode()
    assert "王工" in page
    assert url("documentset_edit", found.pk) not in page
    assert "missing" in page
    shown = steward.get(certificate_entity.record_url(certificate)).content.decode()
    assert found.code in shown


def test_a_renewal_asks_for_the_same_recipient_and_shows_the_new_link(org, client_of):
    found = make_sent_set(org)
    client = client_of(org.people.sales_rep)
    data = {"recipient": "王工", "expires_on": day(9).isoformat()}
    assert "newest there is" in client.post(url("documentset_renew", found.pk), data).content.decode()
    add_file(found.items.get().version_chosen.certificate, 0, 700)
    assert "newer version exists" in client.get(document_set_entity.record_url(found)).content.decode()
    assert 'value="王工"' in client.get(url("documentset_renew", found.pk)).content.decode()
    assert "/opportunities/d/" in client.post(url("documentset_renew", found.pk), data).content.decode()
    assert DocumentSet.objects.get(follows=found).state == "sent"


def test_the_customer_its_admission_and_opportunity_show_what_is_demanded_and_sent(org, client_of):
    opportunity = make_opportunity(org, product_line=org.sealant)
    customer = opportunity.customer
    admission = make_supplier_admission(org, customer=customer)
    make_demand(org, customer=customer, kind="reach", language="en")
    make_demand(org, customer=customer, kind="ul", given_on=day(-9), valid_until=day(20), renewal_days=30)
    make_demand(org, customer=customer, kind="sds", product_line=org.liquid)
    certificate = add_file(make_our_certificate(org, kind="reach"), until=40, language="zh_en").certificate
    found = make_set(org, customer=customer, opportunity=opportunity, admission=admission)
    client = client_of(org.people.sales_rep)
    address = f"/customers/{customer.pk}/"
    for record, shown in (
        (customer, [client.get(address, {"panel": key}).content.decode() for key in ("certificates", "document_sets")]),
        (admission, [client.get(f"/opportunities/supplier-admissions/{admission.pk}/").content.decode()]),
        (opportunity, [client.get(f"/opportunities/{opportunity.pk}/").content.decode()]),
    ):
        text = "".join(shown)
        for words in (certificate.name, "expires soon", "missing", "renewal due", found.code):
            assert words in text, (record, words)
        assert ("SDS" in text) is (record is not opportunity), record
    assert found.code in client.get("/search/", {"q": found.title}).content.decode()
    assert certificate.code in client.get("/search/", {"q": certificate.name}).content.decode()


def test_links_of_another_set_are_not_closed_here(org, client_of):
    mine, other = make_sent_set(org), make_sent_set(org)
    client = client_of(org.people.sales_rep)
    assert client.post(url("documentset_close", mine.pk, other.link.pk)).status_code == 404


def test_the_pages_take_the_same_queries_with_more_rows(org, client_of):
    client = client_of(org.people.sales_rep)

    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return [query["sql"] for query in captured.captured_queries]

    customer = make_customer(org)
    make_demand(org, customer=customer, kind="iso9001")
    found = make_filled_set(org, customer=customer)
    certificate = found.items.get().version_chosen.certificate
    addresses = (
        document_set_entity.record_url(found),
        url("documentset_choose", found.pk),
        certificate_entity.record_url(certificate),
        f"/customers/{customer.pk}/?panel=certificates",
    )
    before = [count(address) for address in addresses]
    for kind in ("reach", "rohs", "sds"):
        make_demand(org, customer=customer, kind=kind)
    versions = [make_version(org) for _number in range(3)]
    chosen = [found.items.get().version_chosen, *versions]
    sets.choose(document_set=found, actor=found.owner, versions=chosen)
    add_file(certificate, language="en")
    after = [count(address) for address in addresses]
    for address, old, new in zip(addresses, before, after, strict=True):
        assert len(new) == len(old), address + "\n" + "\n".join(new)
