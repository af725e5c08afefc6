"""The pages of approval policies."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.models import ApprovalPolicy, ApprovalRequest, Role
from crm.workflow.views.policy import policy_entity
from tests.entity_suite import EntitySuite
from tests.factories.approvals import (
    make_ad_hoc,
    make_draft,
    make_empty_draft,
)

pytestmark = pytest.mark.django_db


def url(request: ApprovalRequest, act: str) -> str:
    return reverse("workflow:approvalrequest_do", args=[request.pk, act])


def text(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


class TestPolicy(EntitySuite):
    entity = policy_entity
    role = "administrator"
    make = staticmethod(make_empty_draft)
    form_data = staticmethod(
        lambda org, record: {
            "name": "新名称",
            "priority": "5",
            "valid_from": "2026-01-01",
            "steps-TOTAL_FORMS": "0",
            "steps-INITIAL_FORMS": "0",
        }
    )

    def test_out_of_scope_is_404(self) -> None:
        """Policies belong to everybody."""

    def test_list_shows_own_and_not_foreign_rows(self) -> None:
        """Policies belong to everybody."""

    def test_export_has_every_column_of_the_rows_in_reach_in_constant_queries(self) -> None:
        """Policies belong to everybody."""


def builder(**more: Any) -> dict[str, Any]:
    return {
        "name": "大额活动",
        "priority": "10",
        "valid_from": timezone.localdate().isoformat(),
        "steps-TOTAL_FORMS": "2",
        "steps-INITIAL_FORMS": "0",
        "steps-0-order": "1",
        "steps-0-approver": "manager",
        "steps-0-level": "1",
        "steps-0-within": "unit",
        "steps-0-rule": "any",
        "steps-1-order": "1",
        "steps-1-approver": "",
        "steps-1-level": "1",
        "steps-1-within": "unit",
        "steps-1-rule": "any",
        **more,
    }


def test_a_policy_is_built_previewed_published_and_renewed_by_pages(org: Any, client_of: Any) -> None:
    client = client_of(org.people.administrator)
    today = timezone.localdate().isoformat()
    new = {"document": "campaign", "name": "大额活动", "priority": "10", "valid_from": today}
    response = client.post(policy_entity.url("create"), new)
    policy = ApprovalPolicy.objects.get()
    assert response.url == policy_entity.url("edit", policy.pk)
    page = text(client, response.url)
    for part in ('name="if__budget__gte"', 'name="if__business_unit__in"', 'name="steps-0-approver"'):
        assert part in page, part

    executive = Role.objects.get(code="executive")
    data = builder(
        **{
            "if__budget__gte": "50000",
            "if__kind__in": ["seminar"],
            "steps-1-order": "2",
            "steps-1-approver": "role",
            "steps-1-role": str(executive.pk),
            "steps-1-within": "company",
            "steps-1-escalate_after": "16",
            "version_read": policy.version,
        }
    )
    assert client.post(response.url, {**data, "steps-1-role": ""}).status_code == 422
    assert client.post(response.url, data).status_code == 302
    kept = sorted(policy.conditions.values_list("fact", "operator", "values"))
    assert kept == [("budget", "gte", ["50000"]), ("kind", "in", ["seminar"])]
    assert list(policy.steps.values_list("order", "approver", "role", "escalate_after")) == [
        (1, "manager", None, None),
        (2, "role", executive.pk, 16),
    ]
    # what it would catch
    caught, missed = make_ad_hoc(org, name="被接住"), make_ad_hoc(org, name="太小", budget=10)
    preview = text(client, policy_entity.record_url(policy) + "?panel=preview")
    rows = {name: row for row in preview.split("<tr>") for name in (caught.name, missed.name) if name in row}
    assert "this one" in rows[caught.name]
    assert "none" in rows[missed.name]

    act = lambda key: reverse("workflow:approvalpolicy_do", args=[policy.pk, key])  # noqa: E731
    assert "is in force now" in client.post(act("publish"), follow=True).content.decode()
    page = text(client, policy_entity.record_url(policy))
    assert policy_entity.url("edit", policy.pk) not in page
    assert "make a new edition" in text(client, policy_entity.url("edit", policy.pk))
    edition = client.post(act("edition"))
    draft = ApprovalPolicy.objects.get(edition=2)
    assert edition.url == policy_entity.url("edit", draft.pk)
    page = text(client, edition.url)
    assert 'value="50000"' in page
    assert re.search(r'name="steps-1-escalate_after" value="16"', page)
    # a step is taken away
    data = builder(**{"steps-INITIAL_FORMS": "2", "steps-1-DELETE": "on", "version_read": draft.version})
    assert client.post(edition.url, data).status_code == 302
    assert draft.steps.count() == 1
    assert not draft.conditions.exists()
    assert "taken out of force" in client.post(act("retire"), follow=True).content.decode()
    assert client.post(act("nothing")).status_code == 404


def test_policies_are_for_administrators(org: Any, client_of: Any) -> None:
    draft = make_draft(org)
    auditor = client_of(org.people.auditor)
    assert auditor.get(policy_entity.record_url(draft)).status_code == 200
    address = reverse("workflow:approvalpolicy_do", args=[draft.pk, "publish"])
    assert auditor.post(address).status_code == 403
    assert client_of(org.people.bu_head).get(policy_entity.url("list")).status_code == 403
