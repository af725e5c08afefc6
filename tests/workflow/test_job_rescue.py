"""A job whose worker was killed does not stay "running": it fails, says why, and can be started anew."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from crm.configuration.domain.merging import run_merge
from crm.locks import AdvisoryLock, hold, is_held, let_go
from crm.models import ChoiceItem, ChoiceList, Job
from crm.workflow.domain.job_rescue import PATIENCE, fail_lost_jobs
from crm.workflow.domain.jobs import begin_job, finish_job, recorded_job, retry_job, start_job
from tests.factories.organisation import make_organisation
from tests.servers import database_url

ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import sys, time
import django
django.setup()
from crm.workflow.domain.jobs import advance_job, begin_job
begin_job(int(sys.argv[1]), total=10)
advance_job(int(sys.argv[1]), done=4)
time.sleep(60)
"""


def worker(job: Job) -> "subprocess.Popen[bytes]":
    """A process that has begun the job and got to the fourth of ten steps."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "CACHE_PREFIX": "test-jobs",
    }
    process = subprocess.Popen([sys.executable, "-c", WORKER, str(job.pk)], cwd=ROOT, env=environment)
    deadline = time.monotonic() + 30
    while Job.objects.get(pk=job.pk).done != 4:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    return process


def later() -> None:
    """Let the patience with lost jobs be over."""
    Job.objects.exclude(lost_at=None).update(lost_at=timezone.now() - PATIENCE - dt.timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_a_killed_merge_fails_with_a_message_and_is_started_anew() -> None:
    org = make_organisation()
    choices = ChoiceList.objects.order_by("pk").first()
    assert choices is not None
    items = [ChoiceItem.objects.create(list=choices, code=f"v{n}", name=f"v{n}", position=900 + n) for n in range(2)]
    params = {"list": choices.pk, "value": items[0].code, "target": items[1].pk}
    admin = org.people.administrator
    job = start_job(kind="merge_choice", actor=admin, total=10, params=params)
    process = worker(job)
    try:
        assert is_held(AdvisoryLock.JOB, job.pk)
        assert fail_lost_jobs() == 0
        assert Job.objects.get(pk=job.pk).lost_at is None  # it lives
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait(10)
    while is_held(AdvisoryLock.JOB, job.pk):
        time.sleep(0.05)
    assert fail_lost_jobs() == 0  # another worker may take it up
    assert Job.objects.get(pk=job.pk).state == "running"
    later()
    assert fail_lost_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.done) == ("failed", 4)
    assert job.finished_at is not None
    assert "interrupted" in job.message
    assert [entry.event for entry in job.log.all()] == ["queued", "begun", "failed"]
    run_merge(job.pk)  # the queue hands the task out once more: it is over
    assert Job.objects.get(pk=job.pk).state == "failed"
    retry_job(job=job, actor=admin)
    anew = Job.objects.latest("pk")
    assert (anew.pk != job.pk, anew.kind, anew.params) == (True, "merge_choice", params)


@pytest.mark.django_db
def test_a_job_that_another_worker_takes_up_goes_on(org) -> None:
    job = start_job(kind="export", actor=org.people.sales_rep)
    Job.objects.filter(pk=job.pk).update(state="running")
    fail_lost_jobs()
    later()
    begin_job(job.pk)
    assert fail_lost_jobs() == 0
    finish_job(job.pk)
    assert not is_held(AdvisoryLock.JOB, job.pk)
    assert (fail_lost_jobs(), Job.objects.get(pk=job.pk).state) == (0, "done")


@pytest.mark.django_db
def test_imports_have_a_rescue_of_their_own_and_all_others_are_swept(org) -> None:
    for kind in ("import_check", "export", "erp_sync", "no_longer_known"):
        Job.objects.create(kind=kind, state="running", created_by=org.people.sales_rep)
    Job.objects.create(kind="export", state="waiting")
    fail_lost_jobs()
    later()
    assert fail_lost_jobs() == 3
    states = dict(Job.objects.exclude(state="waiting").values_list("kind", "state"))
    assert states == {"import_check": "running", "export": "failed", "erp_sync": "failed", "no_longer_known": "failed"}
    assert "anew" not in Job.objects.get(kind="no_longer_known").message
    assert "anew" in Job.objects.get(kind="export", state="failed").message


@pytest.mark.django_db
def test_the_lock_is_let_go_however_the_work_ends(db) -> None:
    with pytest.raises(ZeroDivisionError), recorded_job(kind="x", actor=None) as key:
        begin_job(key)  # begun twice is held once
        assert is_held(AdvisoryLock.JOB, key)
        raise ZeroDivisionError
    assert not is_held(AdvisoryLock.JOB, key)
    assert hold(AdvisoryLock.JOB, 987)
    let_go(AdvisoryLock.JOB, 987)
    let_go(AdvisoryLock.JOB, 987)
    assert not is_held(AdvisoryLock.JOB, 987)
