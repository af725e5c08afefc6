"""The pages of approvals: list, request, decision from row, record and bulk, asking, policies, exports above the limit."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.models import ApprovalPolicy, ApprovalRequest, Deputy, ExportLog, Notification, Role
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approvals import request_approval
from crm.workflow.views.approval import approval_entity
from leads.models import Campaign
from leads.views.campaign import campaign_entity
from tests.entity_suite import EntitySuite
from tests.factories.approvals import (
    ask,
    condition,
    make_ad_hoc,
    make_policy,
    make_request,
    manage,
    named,
    step,
)
from tests.factories.records import make_customer

pytestmark = pytest.mark.django_db


def url(request: ApprovalRequest, act: str) -> str:
    return reverse("workflow:approvalrequest_do", args=[request.pk, act])


def text(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


class TestRequest(EntitySuite):
    entity = approval_entity
    role = "sales_manager"
    make = staticmethod(make_request)
    list_queries_at_most = 12


# ---- deciding


def test_the_list_opens_with_what_the_reader_decides_and_approves_from_the_row(org: Any, client_of: Any) -> None:
    head = org.people.bu_head
    request = ask(org, named(head))
    client = client_of(head)
    page = text(client, approval_entity.url("list"))
    found = re.search(r'formaction="([^"]+)"[^>]*>Approve', page)
    assert found
    address = found[1].replace("&amp;", "&")
    assert address == f"{url(request, 'approve')}?step={request.steps.get().pk}&list=1"
    response = client.post(address, {"query": "waiting=me"})
    assert (response.status_code, response.url) == (302, "/approvals/?waiting=me")
    request.refresh_from_db()
    assert request.state == "approved"
    record = approval_entity.record_url(request)
    assert record not in text(client, approval_entity.url("list"))
    assert record in text(client, approval_entity.url("list") + f"?decided={head.pk}")
    # the requester sees it among the own ones, without buttons
    mine = text(client_of(org.people.marketing), approval_entity.url("list") + "?requester=me")
    assert request.title in mine
    assert "/do/approve/" not in mine


def test_several_are_approved_after_a_page_that_counts_only_the_readers(org: Any, client_of: Any) -> None:
    head = org.people.bu_head
    policy = make_policy(org, named(head))
    rows = [
        request_approval(document="campaign", record=make_ad_hoc(org), actor=org.people.marketing) for _ in range(2)
    ]
    ApprovalPolicy.objects.filter(pk=policy.pk).update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    other = ask(org, named(org.people.finance))
    client, address = client_of(head), reverse("workflow:approvalrequest_bulk", args=["approve"])
    ids = {"ids": [row.pk for row in (*rows, other)]}
    assert "2 records will be changed" in client.post(address, ids).content.decode()
    response = client.post(address, {**ids, "confirmed": "1", "reason": "一并"}, follow=True)
    assert "Approved: 2." in response.content.decode()
    assert list(ApprovalRequest.objects.order_by("pk").values_list("state", flat=True)) == [
        "approved",
        "approved",
        "pending",
    ]


def test_the_request_page_decides_and_who_comes_too_late_is_told(org: Any, client_of: Any) -> None:
    head = org.people.bu_head
    request = ask(org, named(head), reason="因竞品停产，急需推广")
    client = client_of(head)
    page = text(client, approval_entity.record_url(request))
    assert "has-savebar" in page
    for part in ("因竞品停产，急需推广", "80,000", "technical seminar", url(request, "reject")):
        assert part in page, part
    assert client.post(url(request, "reject"), {"reason": ""}).status_code == 422
    assert client.get(url(request, "reject")).status_code == 200
    decide.approve(request=request, actor=head)
    response = client.post(url(request, "reject"), {"reason": "不"}, follow=True)
    assert "bu_head 甲 was quicker: approved" in response.content.decode()
    done = text(client, approval_entity.record_url(request))
    assert "has-savebar" not in done
    assert url(request, "approve") not in done


def test_returning_and_passing_on_by_page(org: Any, client_of: Any) -> None:
    head, executive = org.people.bu_head, org.people.executive
    request = ask(org, named(head))
    client = client_of(head)
    response = client.post(url(request, "delegate"), {"to": org.people.sales_rep.pk})
    assert response.status_code == 422
    assert "may not decide" in response.content.decode()
    assert client.post(url(request, "delegate"), {"to": executive.pk, "reason": "出差"}).status_code == 302
    response = client_of(executive).post(url(request, "return"), {"reason": "请补充目标"}, follow=True)
    assert "You returned" in response.content.decode()
    page = text(client_of(org.people.marketing), approval_entity.record_url(request))
    for part in ("returned for change", "请补充目标", "出差"):
        assert part in page, part


def test_the_requester_reminds_and_withdraws_by_page(org: Any, client_of: Any) -> None:
    request = ask(org, named(org.people.bu_head))
    client = client_of(org.people.marketing)
    page = text(client, approval_entity.record_url(request))
    assert url(request, "remind") in page
    assert url(request, "approve") not in page
    assert "were reminded" in client.post(url(request, "remind"), follow=True).content.decode()
    assert "once an hour" in client.post(url(request, "remind"), follow=True).content.decode()
    assert client.get(url(request, "withdraw")).status_code == 302  # a press only
    client.post(url(request, "withdraw"))
    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert client.get(url(request, "burn")).status_code == 404


def test_a_deputy_sees_in_whose_place_the_decision_is(org: Any, client_of: Any) -> None:
    today, finance = timezone.localdate(), org.people.finance
    request = ask(org, named(org.people.bu_head))
    assert client_of(finance).get(approval_entity.record_url(request)).status_code == 404
    Deputy.objects.create(person=org.people.bu_head, deputy=finance, starts_on=today, ends_on=today)
    client = client_of(finance)
    assert "You decide in place of bu_head 甲" in text(client, approval_entity.record_url(request))
    client.post(url(request, "approve"))
    assert "in place of bu_head 甲" in text(client_of(org.people.marketing), approval_entity.record_url(request))


def test_the_number_in_the_menu_and_the_card_follow_at_once(org: Any, client_of: Any) -> None:
    head = org.people.bu_head
    client = client_of(head)
    home = text(client, "/")
    assert "my-approvals" not in home
    request = ask(org, named(head))
    cache.clear()  # on_commit does not run inside a test's transaction
    home = text(client, "/")
    assert approval_entity.record_url(request) in home
    assert re.search(r'data-go="a".*?<span class="cnt hot">1</span>', home, re.S)


def test_a_change_is_shown_field_by_field(org: Any, client_of: Any) -> None:
    head, marketing = org.people.bu_head, org.people.marketing
    campaign = make_ad_hoc(org, state="approved")
    make_policy(org, named(head), document="campaign_budget")
    client = client_of(marketing)
    address = reverse("leads:campaign_step", args=[campaign.pk, "budget"])
    assert address in text(client, campaign_entity.record_url(campaign))
    assert client.post(address, {"budget": "80000", "reason": "x"}).status_code == 422
    assert client.post(address, {"budget": "95000", "reason": "加展位"}).status_code == 302
    request = ApprovalRequest.objects.get()
    page = text(client_of(head), approval_entity.record_url(request))
    assert "What would change" in page
    assert re.search(r"<th[^>]*>Budget</th><td[^>]*>80,000</td><td><b>95,000", page)


# ---- documents


def test_a_campaign_is_sent_from_its_page_and_then_frozen_there(org: Any, client_of: Any) -> None:
    marketing, head = org.people.marketing, org.people.bu_head
    campaign = make_ad_hoc(org)
    client = client_of(marketing)
    address = reverse("workflow:approval_request", args=["campaign", campaign.pk])
    record = campaign_entity.record_url(campaign)
    assert address in text(client, record)
    assert "No approval policy covers this" in text(client, address)
    assert client.post(address, {}).status_code == 422
    make_policy(org, named(head))
    assert "bu_head 甲" in text(client, address)
    response = client.post(address, {"reason": "急"})
    assert (response.status_code, response.url) == (302, record)
    page = text(client, record)
    assert "Waits for approval" in page
    assert address not in page
    assert campaign_entity.url("edit", campaign.pk) not in page
    assert "/step/cancelled/" not in page
    edit = {
        "name": "另名",
        "kind": "seminar",
        "origin": "ad_hoc",
        "owner": marketing.pk,
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-02",
        "budget": "1",
        "spent": "0",
        "planned_leads": "1",
        "version_read": campaign.version,
    }
    refused = client.post(campaign_entity.url("edit", campaign.pk), edit)
    request = ApprovalRequest.objects.get()
    assert refused.status_code == 422
    assert f'<a href="{approval_entity.record_url(request)}">Open the request</a>' in refused.content.decode()
    cancel = reverse("leads:campaign_step", args=[campaign.pk, "cancelled"])
    assert client.post(cancel, {"reason": "x"}).status_code == 422
    assert ">Decide</a>" in text(client_of(head), record)
    # sent a second time, by a page that was open before
    assert "waits for approval already" in client.post(address, {}).content.decode()


def test_who_may_not_send_a_campaign(org: Any, client_of: Any) -> None:
    make_policy(org)
    campaign = make_ad_hoc(org)
    address = reverse("workflow:approval_request", args=["campaign", campaign.pk])
    assert client_of(org.people.sales_rep).get(address).status_code == 403
    outside = reverse("workflow:approval_request", args=["campaign", make_ad_hoc(org, owner=org.people.stranger).pk])
    assert client_of(org.people.marketing).get(outside).status_code == 404
    gone = reverse("workflow:approval_request", args=["nothing", campaign.pk])
    assert client_of(org.people.marketing).get(gone).status_code == 404


def test_a_bulk_action_leaves_everything_when_one_record_is_frozen(org: Any, client_of: Any) -> None:
    from crm.approvable import ApprovalDocument
    from crm.extension_points import approval_documents
    from tests.factories.approvals import make_policy as policy

    manager = org.people.sales_manager
    rows = [make_customer(org, owner=org.people.sales_rep) for _ in range(2)]
    document = ApprovalDocument("test", "test", "customers.Customer", "customers.change_customer", ("name",))
    with approval_documents.override(document):
        policy(org, named(org.people.bu_head), document="test")
        request = request_approval(document="test", record=rows[0], actor=manager)
        data = {"ids": [row.pk for row in rows], "confirmed": "1", "owner": org.people.colleague.pk, "reason": "x"}
        address = reverse("customers:customer_bulk", args=["transfer"])
        answer = client_of(manager).post(address, data, follow=True).content.decode()
        assert "1 of these records waits for approval" in answer
        assert approval_entity.record_url(request) in answer
        for row in rows:
            row.refresh_from_db()
        assert {row.owner for row in rows} == {org.people.sales_rep}
        decide.withdraw(request=request, actor=manager)
        client_of(manager).post(address, data)
    rows[0].refresh_from_db()
    assert rows[0].owner == org.people.colleague


# ---- exports above the limit


def test_an_export_above_the_limit_is_asked_for_and_made_once_approved(
    org: Any, client_of: Any, settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    manage(org)
    rep = org.people.sales_rep
    Role.objects.filter(code="sales_rep").update(export_limit=2)
    for _ in range(3):
        make_customer(org, owner=rep)
    client = client_of(rep)
    start = reverse("exporting:start", args=["customers.customer"])
    response = client.post(start, {"form": "csv", "query": "q=测试"})
    assert response.status_code == 302
    page = text(client, response.url)
    assert "rows at a time, and the list has more" in page
    assert client.post(response.url, {"reason": ""}).status_code == 422
    refused = client.post(response.url, {"reason": "年终对账"})
    assert "No approval policy covers this" in refused.content.decode()
    assert not ExportLog.objects.exists()

    make_policy(org, step("manager"), document="export", conditions=[condition("rows", "lt", 5)])
    sent = client.post(response.url, {"reason": "年终对账"})
    log = ExportLog.objects.get()
    assert sent.url == reverse("exporting:show", args=[log.pk])
    page = text(client, sent.url)
    assert "once the request is approved" in page
    request = ApprovalRequest.objects.get()
    assert (log.asked_rows, request.assignments.get().user) == (3, org.people.sales_manager)
    manager = client_of(org.people.sales_manager)
    page = text(manager, approval_entity.record_url(request))
    for part in ("年终对账", "3 rows", "“测试”"):
        assert part in page, part
    assert manager.get(reverse("exporting:show", args=[log.pk])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(url(request, "approve"))
    log.refresh_from_db()
    assert (log.rows, bool(log.file)) == (3, True)
    told = Notification.objects.filter(recipient=rep).order_by("pk").values_list("kind", "url")
    assert ("export.ready", reverse("exporting:show", args=[log.pk])) in told
    assert client.get(reverse("exporting:file", args=[log.pk])).status_code == 200


def test_a_rejected_export_is_never_made(org: Any, client_of: Any) -> None:
    request = make_request(org, org.people.sales_manager)
    decide.reject(request=request, actor=org.people.sales_manager, reason="太多")
    log = ExportLog.objects.get(pk=request.object_id)
    assert (log.job, log.file.name) == (None, "")


def test_a_returned_export_is_sent_again_and_a_small_one_never(org: Any, client_of: Any) -> None:
    request = make_request(org, org.people.sales_manager)
    decide.return_for_change(request=request, actor=org.people.sales_manager, reason="wofür?")
    client = client_of(request.requester)
    address = reverse("workflow:approval_request", args=["export", request.object_id])
    assert address in text(client, reverse("exporting:show", args=[request.object_id]))
    make_policy(org, named(org.people.sales_manager), document="export")
    assert client.post(address, {"reason": "年终"}).status_code == 302
    small = ExportLog.objects.create(
        list_key="customers.customer", columns=["name"], form="csv", language="en", created_by=request.requester
    )
    refused = client.post(reverse("workflow:approval_request", args=["export", small.pk]), {})
    assert "needs no approval" in refused.content.decode()


def test_ticked_rows_above_the_limit_are_refused(org: Any, client_of: Any) -> None:
    rep = org.people.sales_rep
    Role.objects.filter(code="sales_rep").update(export_limit=1)
    ids = [make_customer(org, owner=rep).pk for _ in range(2)]
    start = reverse("exporting:start", args=["customers.customer"])
    response = client_of(rep).post(start, {"form": "csv", "ids": ids}, follow=True)
    assert "up to 1 rows" in response.content.decode()


def test_the_campaign_page_takes_the_same_queries_whatever_was_asked(
    org: Any, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, campaign = client_of(org.people.marketing), make_ad_hoc(org)
    head = org.people.bu_head
    make_policy(org, named(head))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(client, campaign_entity.record_url(campaign))
        return len(captured)

    queries()
    for _ in range(2):
        request = request_approval(document="campaign", record=campaign, actor=org.people.marketing)
        decide.return_for_change(request=request, actor=head, reason="x")
    one = queries()
    for _ in range(3):
        request = request_approval(document="campaign", record=campaign, actor=org.people.marketing)
        decide.return_for_change(request=request, actor=head, reason="x")
    assert queries() == one
    assert Campaign.objects.get(pk=campaign.pk).state == "planned"
