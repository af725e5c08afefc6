"""What a request shows is kept in every language of the site: who decides may read another than who asked."""

import pytest
from django.urls import reverse
from django.utils import translation

from crm.exporting.domain.exports import DOCUMENT
from crm.models import ExportLog
from crm.workflow.domain.approvals import request_approval
from tests.factories.approvals import make_policy, named
from tests.factories.records import make_campaign

pytestmark = pytest.mark.django_db


def page_in(client_of, user, language, request):
    user.language = language
    user.save(update_fields=["language"])
    return client_of(user).get(reverse("workflow:approvalrequest_record", args=[request.pk])).content.decode()


@pytest.mark.parametrize("asked_in", ["en", "zh-hans"])
def test_each_reads_the_document_in_the_own_language(org, client_of, asked_in):
    decider = org.people.finance
    make_policy(org, named(decider))
    org.sealant.name, org.sealant.name_en = "密封胶线", "Sealant line"
    org.sealant.save()
    campaign = make_campaign(
        org, owner=org.people.marketing, origin="ad_hoc", budget=80000, kind="seminar", name="Sealants"
    )
    with translation.override(asked_in):
        asked = request_approval(document="campaign", record=campaign, actor=org.people.marketing)
    english = page_in(client_of, decider, "en", asked)
    chinese = page_in(client_of, decider, "zh-hans", asked)
    assert ("Sealant line" in english, "密封胶线" in english) == (True, False)
    assert ("Sealant line" in chinese, "密封胶线" in chinese) == (False, True)
    with translation.override("zh-hans"):
        kind = campaign.get_kind_display()
    with translation.override("en"):
        in_english = campaign.get_kind_display()
    assert (kind in chinese, kind in english, in_english in english) == (True, False, True)


def test_values_that_a_document_works_out_are_kept_in_each_language(org, client_of):
    decider = org.people.finance
    make_policy(org, named(decider), document=DOCUMENT)
    log = ExportLog.objects.create(
        created_by=org.people.sales_rep, list_key="customers.customer", asked_rows=12345, form="csv", columns=["name"]
    )
    with translation.override("zh-hans"):
        asked = request_approval(document=DOCUMENT, record=log, actor=org.people.sales_rep)
    english = page_in(client_of, decider, "en", asked)
    assert "<dt>List</dt>" in english or "list" in english
    assert [row["in"]["en"]["new"] for row in asked.shown if row["name"] == "columns"] == ["Customer"]
    assert "Customers" in english
    assert "文件类型" not in english
    assert "文件类型" in page_in(client_of, decider, "zh-hans", asked)


def test_a_request_from_before_languages_were_kept_shows_what_it_kept(org, client_of):
    decider = org.people.finance
    make_policy(org, named(decider))
    campaign = make_campaign(org, owner=org.people.marketing, origin="ad_hoc", budget=80000)
    asked = request_approval(document="campaign", record=campaign, actor=org.people.marketing)
    asked.shown = [{"name": "gone", "label": "旧字段", "old": "", "new": "旧值"}]
    asked.save(update_fields=["shown"])
    page = page_in(client_of, decider, "en", asked)
    assert "旧字段" in page
    assert "旧值" in page
