"""All rejected rows of an entity set, of a filter or of a reason: tried again or ignored, after a page that counts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from crm.errors import DomainError, NotAllowed
from crm.organisation.models import User
from crm.workflow.models import Job
from crm.workflow.models.job import JobEntry
from customers.models import Customer
from integrations import tasks
from integrations.domain.rejections import retry_rows
from integrations.domain.retrying import queue_retry, retry_again
from integrations.models import RejectedRow
from orders.models import SalesOrder
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp, known_in_erp
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
SET = "A_SalesOrder"


@pytest.fixture
def rejected(erp: Erp, buyer: Customer, settings: Any) -> Erp:
    """Three orders of 1000091 and one of 1000092 wait."""
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    for number, customer in enumerate(("1000091", "1000091", "1000091", "1000092"), 1):
        erp.order(f"450000000{number}", customer=customer)
    read(erp)
    return erp


@pytest.fixture
def admin(org: Organisation, client_of: Any) -> Client:
    client: Client = client_of(org.people.administrator)
    return client


def press(client: Client, action: str, query: str, **values: str) -> str:
    url = reverse("integrations:rejectedrow_bulk", args=[action])
    return client.post(url, {"everything": "1", "query": query, **values}, follow=True).content.decode()


def notes(job: Job) -> list[str]:
    return list(JobEntry.objects.filter(job=job, event="note").values_list("text", flat=True))


def test_all_of_an_entity_set_are_tried_again_after_a_page_that_counts(
    rejected: Erp, org: Organisation, admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = admin.get(reverse("integrations:entity_set", args=[SET])).content.decode()
    assert ">4</span> rejected rows<" in page and "Try all again" in page
    query = f"entity_set={SET}&state=open"
    assert f'value="{query.replace("&", "&amp;")}"' in page
    known_in_erp(make_customer(org), "1000091")
    assert "4 records will be changed" in press(admin, "retry", query)
    assert not SalesOrder.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert "4 rows are being tried again" in press(admin, "retry", query, confirmed="1")
    assert SalesOrder.objects.count() == 3
    job = Job.objects.get(kind="erp_retry")
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert notes(job) == ["Sales orders: 3 of 4 rows were taken"]
    jobs = admin.get(reverse("workflow:job_list")).content.decode()
    assert f"tried_by={job.pk}" in jobs
    tried = admin.get(reverse("integrations:rejectedrow_list"), {"tried_by": job.pk}).content.decode()
    assert all(f"450000000{number}" in tried for number in range(1, 5))
    other = admin.get(reverse("integrations:rejectedrow_list"), {"tried_by": job.pk + 1}).content.decode()
    assert "4500000001" not in other


def test_all_of_a_reason_are_ignored_with_a_reason(rejected: Erp, admin: Client) -> None:
    reason = RejectedRow.objects.get(external_id="4500000001").reason
    query = f"entity_set={SET}&state=open&reason={reason}"
    assert "3 records will be changed" in press(admin, "ignore", query)
    assert "required" in press(admin, "ignore", query, confirmed="1", reason="")
    assert RejectedRow.objects.filter(state="open").count() == 4
    assert "3 rows are ignored" in press(admin, "ignore", query, confirmed="1", reason="Test company")
    left = RejectedRow.objects.get(state="open")
    assert left.external_id == "4500000004"
    assert set(RejectedRow.objects.filter(state="ignored").values_list("note", flat=True)) == {"Test company"}
    page = admin.get(reverse("integrations:entity_set", args=[SET])).content.decode()
    assert ">1</span> rejected row<" in page and "1000091" not in page


def test_a_job_that_was_stopped_goes_on_with_what_is_left(rejected: Erp, org: Organisation) -> None:
    person = org.people.administrator
    assert queue_retry(RejectedRow.objects.all(), actor=person) == 4
    job = Job.objects.get(kind="erp_retry")
    Job.objects.update(stop_asked=True)
    tasks.retry_rows.apply(args=[job.pk], throw=True)
    job.refresh_from_db()
    assert job.state == "cancelled" and RejectedRow.objects.filter(state="open").count() == 4
    with pytest.raises(NotAllowed):
        retry_again(job, org.people.auditor)
    retry_again(job, person)
    again = Job.objects.filter(kind="erp_retry").latest("pk")
    assert again.pk != job.pk and RejectedRow.objects.filter(tried_by=again).count() == 4
    with pytest.raises(DomainError, match="later job"):
        retry_again(job, person)


def test_rows_of_sheets_are_tried_again_without_an_erp(rejected: Erp, org: Organisation, settings: Any) -> None:
    settings.ERP_URL = ""
    known_in_erp(make_customer(org), "1000092")
    queue_retry(RejectedRow.objects.all(), actor=org.people.administrator)
    tasks.retry_rows.apply(args=[Job.objects.get(kind="erp_retry").pk], throw=True)
    assert SalesOrder.objects.get().number == "4500000004"


def test_nothing_to_try_makes_no_job_and_only_some_may(rejected: Erp, org: Organisation) -> None:
    assert queue_retry(RejectedRow.objects.none(), actor=org.people.administrator) == 0
    with pytest.raises(NotAllowed):
        queue_retry(RejectedRow.objects.all(), actor=org.people.data_steward)
    assert not Job.objects.filter(kind="erp_retry").exists()


def test_reasons_are_read_in_the_readers_language(rejected: Erp, org: Organisation, admin: Client) -> None:
    """Whoever ran the sync, and in which language: rows of one reason stay together, and each reads it in their own."""
    other = RejectedRow.objects.get(external_id="4500000002")
    with translation.override("zh-hans"), pytest.raises(DomainError, match="没有 ERP 编号为 1000091") as refused:
        retry_rows([other], actor=org.people.administrator)
    assert "No customer" not in str(refused.value.message)
    pages = [reverse("integrations:entity_set", args=[SET]), reverse("integrations:rejectedrow_list")]
    pages += [reverse("integrations:rejectedrow_record", args=[other.pk])]
    english, chinese = "No customer has the ERP number 1000091.", "没有 ERP 编号为 1000091 的客户"
    for url in pages:
        page = admin.get(url).content.decode()
        assert english in page and chinese not in page, url
    assert RejectedRow.objects.filter(reason=other.reason).count() == 3
    User.objects.filter(pk=org.people.administrator.pk).update(language="zh-hans")
    for url in pages:
        page = admin.get(url).content.decode()
        assert chinese in page and english not in page, url


@pytest.mark.parametrize("value", [["PO-1"], {"no": "PO-1"}])
def test_a_list_or_an_object_in_place_of_a_value_is_named(
    rejected: Erp, buyer: Customer, org: Organisation, value: Any
) -> None:
    row = RejectedRow.objects.get(external_id="4500000004")
    known_in_erp(make_customer(org), "1000092")
    row.payload["PurchaseOrderByCustomer"] = value
    row.save()
    with pytest.raises(DomainError, match="PurchaseOrderByCustomer cannot be read"):
        retry_rows([row], actor=org.people.administrator)
    assert not SalesOrder.objects.exists()
