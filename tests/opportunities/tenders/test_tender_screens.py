"""The pages of tenders."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from crm.models import Attachment, Unit
from opportunities.domain.tenders import parts
from opportunities.models import Tender
from opportunities.views.tender import tender_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import day, make_opportunity
from tests.factories.tenders import all_papers, make_lot, make_tender, opened, priced, submitted

pytestmark = pytest.mark.django_db


class TestTender(EntitySuite):
    entity = tender_entity
    make = staticmethod(make_tender)
    refused = (
        ({"bond_amount": "0"}, "The bid bond must be larger than zero."),
        ({"opening_at": "2026-01-01T09:00"}, "Bids are opened after they are due: correct one of the two times."),
    )
    form_data = staticmethod(
        lambda org, record: {
            "title": "有机硅密封胶框架招标",
            "currency": "CNY",
            "kind": "open",
            "reference": "ZB-2026-118",
            "submission_due": "2026-12-20T09:30",
            "opening_at": "2026-12-20T10:00",
            "bond_amount": "50000",
            "bond_form": "transfer",
        }
    )


def url(name, *args):
    return reverse(f"opportunities:tender_{name}", args=args)


def page_of(client, tender):
    return client.get(tender_entity.record_url(tender)).content.decode()


def test_from_the_invitation_to_the_result(org, client_of):
    opportunity = make_opportunity(org)
    rep = org.people.sales_rep
    client = client_of(rep)
    data = {
        "title": "年度密封胶招标",
        "customer": opportunity.customer_id,
        "opportunity": opportunity.pk,
        "currency": "CNY",
        "kind": "invited",
        "submission_due": (timezone.localtime() + timezone.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"),
    }
    assert client.post(url("create"), data).status_code == 302
    tender = Tender.objects.get()
    lot = {"number": "1", "name": "阻燃灌封胶", "quantity": "2000", "unit": Unit.objects.get(code="KG").pk}
    assert client.post(url("lot_add", tender.pk), {**lot, "our_price": "0"}).status_code == 422
    assert client.post(url("lot_add", tender.pk), {**lot, "our_price": "31.5"}).status_code == 302
    assert "63,000.00" in page_of(client, tender)
    assert client.post(url("step", tender.pk, "pricing"), {"reason": ""}).status_code == 302
    step = url("step", tender.pk, "submitted")
    sent = {"at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "how": "platform"}
    refused = client.post(step, sent)
    assert refused.status_code == 422
    assert str(tender.documents.first()) in refused.content.decode()
    all_papers(tender)
    assert client.post(step, sent).status_code == 302
    assert url("edit", tender.pk) not in page_of(client, tender)
    assert client.post(url("step", tender.pk, "opened"), {"on": day().isoformat()}).status_code == 302
    bid = {"lot": tender.lots.get().pk, "bidder": "新安硅材", "price": "29.8"}
    assert client.post(url("bid_add", tender.pk), {**bid, "bidder": ""}).status_code == 422
    assert client.post(url("bid_add", tender.pk), bid).status_code == 302
    page = page_of(client, tender)
    assert "新安硅材" in page
    assert "5.7%" in page
    winner = tender.lots.get().bids.get(is_ours=False)
    result = {f"winner_{tender.lots.get().pk}": winner.pk, "on": day().isoformat(), "lessons": ""}
    assert "what is learnt" in client.post(url("result", tender.pk), result).content.decode()
    assert client.post(url("result", tender.pk), {**result, "lessons": "价格高 5.7%"}).status_code == 302
    tender.refresh_from_db()
    assert (tender.state, tender.lessons) == ("lost", "价格高 5.7%")
    assert client.get(url("result", tender.pk)).status_code == 302


def test_a_paper_with_its_file_is_done(org, client_of):
    tender = make_tender(org)
    paper = tender.documents.first()
    client = client_of(org.people.sales_rep)
    address = url("paper", tender.pk, paper.pk)
    data = {"name": paper.name, "is_required": "on", "version_read": paper.version}
    assert client.post(address, {**data, "upload": SimpleUploadedFile("a.pdf", b"MZ no pdf")}).status_code == 422
    upload = SimpleUploadedFile("投标函.pdf", b"%PDF-1.7 x")
    assert client.post(address, {**data, "upload": upload}).status_code == 302
    paper.refresh_from_db()
    assert (paper.done_on, paper.file) == (day(), Attachment.objects.get())
    page = page_of(client, tender)
    assert "投标函.pdf" in page
    assert "Papers: 1 of 6" in page
    stale = client.post(address, {**data, "name": "另一个"})
    assert stale.status_code == 409
    assert 'value="另一个"' in stale.content.decode()
    assert client.post(address, {"remove": "1"}).status_code == 302
    assert not tender.documents.filter(pk=paper.pk).exists()


def test_parts_are_found_within_their_own_tender_only(org, client_of):
    mine, other = make_tender(org), make_tender(org, owner=org.people.stranger)
    lot, foreign = make_lot(mine), make_lot(other)
    client = client_of(org.people.sales_rep)
    assert client.get(url("lot", mine.pk, lot.pk)).status_code == 200
    assert client.get(url("lot", mine.pk, foreign.pk)).status_code == 404
    assert client.get(url("lot", other.pk, foreign.pk)).status_code == 404
    assert client.post(url("lot_add", other.pk), {}).status_code == 404
    opened(mine)
    data = {"lot": foreign.pk, "bidder": "甲", "price": "1"}
    assert client.post(url("bid_add", mine.pk), data).status_code == 422


def test_the_bond_comes_back_after_the_bid_was_handed_in(org, client_of):
    tender = submitted(make_tender(org, bond_amount=Decimal(50000), bond_paid_on=day(-40), bond_refund_due=day(-1)))
    client = client_of(org.people.finance)
    assert "refund of the bond overdue" in page_of(client, tender)
    tender.refresh_from_db()
    data = {
        "version_read": tender.version,
        "bond_amount": "50000",
        "bond_form": "transfer",
        "bond_paid_on": day(-40).isoformat(),
        "bond_refund_due": day(-1).isoformat(),
        "bond_refunded_on": day().isoformat(),
        "bond_refunded": "50000",
    }
    assert client.post(url("bond", tender.pk), {**data, "bond_refunded": "60000"}).status_code == 422
    assert client.post(url("bond", tender.pk), data).status_code == 302
    assert "refund of the bond overdue" not in page_of(client, tender)


def test_the_lists_of_bonds(org, client_of):
    late = make_tender(org, bond_amount=Decimal(1), bond_paid_on=day(-40), bond_refund_due=day(-1))
    due = make_tender(org, bond_amount=Decimal(1), bond_paid_on=day(-40), bond_refund_due=day())
    none = make_tender(org)
    client = client_of(org.people.sales_rep)
    for query, wanted in (({"bond": "on"}, {late, due}), ({"refund_late": "on"}, {late})):
        page = client.get(url("list"), query).content.decode()
        assert {row for row in (late, due, none) if tender_entity.record_url(row) in page} == wanted


def test_customer_and_opportunity_show_their_tenders(org, client_of):
    opportunity = make_opportunity(org)
    tender = submitted(make_tender(org, customer=opportunity.customer, opportunity=opportunity))
    client = client_of(org.people.sales_rep)
    assert tender.title in client.get(f"/opportunities/{opportunity.pk}/").content.decode()
    address = f"/customers/{opportunity.customer_id}/"
    shown = client.get(address, {"panel": "tenders"}, headers={"HX-Request": "true"}).content.decode()
    assert tender.code in shown
    for record in (opportunity.customer, opportunity):
        about = reverse("dossier:timeline", args=[record._meta.label_lower, record.pk])
        assert "Tender submitted" in client.get(about, headers={"HX-Request": "true"}).content.decode()
    found = client.get("/search/", {"q": tender.title}).content.decode()
    assert tender.code in found


def test_a_records_page_takes_the_same_queries_with_more_parts(org, client_of, django_assert_max_num_queries):
    def count(tender):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        address = tender_entity.record_url(tender)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured.captured_queries)

    client = client_of(org.people.sales_rep)
    small, large = opened(make_tender(org)), make_tender(org)
    for _number in range(4):
        make_lot(large)
    opened(large)
    for lot in large.lots.all():
        for number in range(3):
            parts.add_bid(actor=large.owner, lot=lot, bidder=f"对手{number}", price=Decimal(20 + number))
    assert count(large) == count(small)


def test_the_price_is_shown_to_the_approver(org, client_of):
    from crm.models import ApprovalRequest
    from opportunities.domain.tenders.course import DOCUMENT
    from tests.factories.approvals import make_policy, named

    make_policy(org, named(org.people.sales_manager), document=DOCUMENT)
    priced(make_tender(org), name="阻燃灌封胶")
    request = ApprovalRequest.objects.get()
    shown = str(request.shown)
    assert "阻燃灌封胶" in shown
    assert "30" in shown
