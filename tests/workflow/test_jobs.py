"""The jobs page: whose jobs, how to stop one and start it anew."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.urls import reverse
from django.utils import timezone

from crm import extension_points
from crm.errors import ExternalError
from crm.extension_points import JobKind
from crm.models import ImportBatch, Job, JobEntry
from crm.workflow.domain.jobs import (
    JobCancelled,
    begin_job,
    close_cancelled,
    ending_job,
    fail_job,
    finish_job,
    forget_old_jobs,
    note_job,
    start_job,
    stop_if_asked,
)
from integrations.domain.runs import retry_sync
from tests.access_matrix.rows import make_batch

pytestmark = pytest.mark.django_db
PAGE = "/jobs/"


@pytest.fixture(autouse=True)
def kinds():
    def retry(job, actor):
        start_job(kind="test", actor=actor, params=job.params)

    with extension_points.job_kinds.override(JobKind("test", "Test job", retry=retry, can_stop=True)):
        yield


def text_of(client, url=PAGE):
    return client.get(url).content.decode()


def make(org, user="sales_rep", **values):
    owner = org.user(user) if user else None
    return Job.objects.create(kind="test", created_by=owner, **values)


def test_everybody_sees_the_own_jobs_and_administrators_all(org, client_of):
    make(org, message="mine to see")
    make(org, user="finance", message="of finance")
    make(org, user=None, message="of the timetable")
    words = ("mine to see", "of finance", "of the timetable")
    mine, all_of_them = text_of(client_of(org.people.sales_rep)), text_of(client_of(org.people.administrator))
    assert [word in mine for word in words] == [True, False, False]
    assert [word in all_of_them for word in words] == [True, True, True]


def test_the_list_asks_for_itself_only_while_something_runs(org, client_of):
    client = client_of(org.people.sales_rep)
    job = make(org, state="running", done=3, total=4)
    page = text_of(client)
    assert 'hx-trigger="every 2s"' in page
    assert "3</span> / " in page
    Job.objects.filter(pk=job.pk).update(state="failed", message="disk is full")
    page = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert ("hx-trigger" in page, "disk is full" in page, "<html" in page) == (False, True, False)
    assert "disk is full" not in text_of(client, PAGE + "?which=running")
    assert "disk is full" in text_of(client, PAGE + "?which=failed&kind=test")


def test_a_job_stops_at_its_next_step_when_asked(org, client_of):
    client = client_of(org.people.sales_rep)
    job, foreign, done = make(org, state="running"), make(org, user="finance"), make(org, state="done")
    stop_if_asked(job.pk)
    client.post(reverse("workflow:job_stop", args=[job.pk]))
    with pytest.raises(JobCancelled):
        stop_if_asked(job.pk)
    assert client.post(reverse("workflow:job_stop", args=[foreign.pk])).status_code == 404
    assert (
        "has ended already" in client.post(reverse("workflow:job_stop", args=[done.pk]), follow=True).content.decode()
    )


def test_a_failed_job_is_started_anew_with_what_it_was_started_with(org, client_of):
    client = client_of(org.people.sales_rep)
    failed, done = make(org, state="failed", params={"x": 1}), make(org, state="done")
    client.post(reverse("workflow:job_retry", args=[failed.pk]))
    assert Job.objects.latest("pk").params == {"x": 1}
    count = Job.objects.count()
    client.post(reverse("workflow:job_retry", args=[done.pk]))
    assert Job.objects.count() == count


def test_an_import_links_to_its_page_and_only_its_owner_goes_on_with_it(org, client_of):
    steward = org.people.data_steward
    batch = make_batch(org, steward)
    batch.job = Job.objects.create(kind="import_check", created_by=steward, state="failed")
    batch.save()
    link = reverse("importing:batch", args=[batch.pk])
    assert link in text_of(client_of(steward))
    admin = client_of(org.people.administrator)
    page = text_of(admin)
    assert ("Import: check" in page, link in page) == (True, False)
    admin.post(reverse("workflow:job_retry", args=[batch.job_id]))
    assert ImportBatch.objects.get(pk=batch.pk).state == "mapping"
    client_of(steward).post(reverse("workflow:job_retry", args=[batch.job_id]))
    assert ImportBatch.objects.get(pk=batch.pk).state == "checking"


def test_only_who_may_start_the_sync_starts_one_anew(org):
    job = Job(kind="erp_sync", params={"entity_sets": [], "full": False})
    with pytest.raises(Exception, match="not allowed"):
        retry_sync(job, org.people.sales_rep)
    retry_sync(job, org.people.administrator)
    assert Job.objects.filter(kind="erp_sync", created_by=org.people.administrator).count() == 1


def test_old_jobs_are_forgotten_those_of_nobody_sooner(org):
    days = [(None, 3), (None, 1), ("sales_rep", 3), ("sales_rep", 91)]
    rows = [make(org, user=who, state="done", finished_at=timezone.now() - dt.timedelta(days=n)) for who, n in days]
    make(org, state="running")
    assert forget_old_jobs() == 2
    assert not Job.objects.filter(pk__in=[rows[0].pk, rows[3].pk]).exists()


def test_the_page_of_a_job_shows_its_log_and_only_to_whom_it_belongs(org, client_of):
    job = start_job(kind="test", actor=org.people.sales_rep)
    begin_job(job.pk, total=2)
    note_job(job.pk, "2 rows <read>")
    fail_job(job.pk, message="disk is full")
    page = text_of(client_of(org.people.sales_rep), f"/jobs/{job.pk}/")
    places = [page.index(word) for word in ("disk is full", "2 rows &lt;read&gt;", "a worker began", "queued")]
    assert places == sorted(places)  # the newest first
    assert 'hx-trigger="every 2s"' not in page
    assert f'action="/jobs/{job.pk}/retry/"' in page
    assert client_of(org.people.finance).get(f"/jobs/{job.pk}/").status_code == 404


def test_the_log_says_who_stopped_a_job_and_who_started_it_anew(org, client_of):
    job = start_job(kind="test", actor=org.people.sales_rep)
    begin_job(job.pk)
    boss = client_of(org.people.administrator)
    assert 'hx-trigger="every 2s"' in text_of(boss, f"/jobs/{job.pk}/")
    boss.post(f"/jobs/{job.pk}/stop/")
    with pytest.raises(JobCancelled) as stopped:
        stop_if_asked(job.pk)
    close_cancelled(job.pk, message=str(stopped.value.message))
    boss.post(f"/jobs/{job.pk}/retry/")
    told = [(entry.event, entry.actor) for entry in job.log.all()]
    assert told == [
        ("queued", org.people.sales_rep),
        ("begun", None),
        ("stop_asked", org.people.administrator),
        ("cancelled", None),
        ("retried", org.people.administrator),
    ]


def test_a_job_that_is_gone_writes_no_log(org):
    job = start_job(kind="test", actor=org.people.sales_rep)
    Job.objects.filter(pk=job.pk).delete()
    finish_job(job.pk)
    fail_job(job.pk, message="too late")
    assert not JobEntry.objects.exists()


@pytest.mark.parametrize(
    ("error", "state", "message"),
    [
        (None, "done", ""),
        (ExternalError("The ERP cannot be reached."), "failed", "The ERP cannot be reached."),
        (JobCancelled("Stopped."), "cancelled", "Stopped."),
        (ZeroDivisionError("x"), "failed", "Unexpected error: ZeroDivisionError('x')"),
    ],
)
def test_a_job_ends_as_its_work_ended(org, error, state, message):
    job = start_job(kind="erp_sync", actor=org.people.administrator)
    begin_job(job.pk)
    with (
        pytest.raises(ZeroDivisionError) if isinstance(error, ZeroDivisionError) else nullcontext(),
        ending_job(job.pk),
    ):
        if error is not None:
            raise error
    job.refresh_from_db()
    assert (job.state, job.message) == (state, message)


def test_what_parts_of_the_work_could_not_do_stands_on_the_job(org):
    job = start_job(kind="erp_sync", actor=org.people.administrator)
    begin_job(job.pk)
    with ending_job(job.pk) as problems:
        problems += ["Orders: no answer", "Invoices: no answer"]
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "Orders: no answer\nInvoices: no answer")
