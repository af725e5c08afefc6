"""Two people who write rows that exclude each other: one wins, the other is told why; neither ends in an error."""

import datetime as dt
import time
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from crm.errors import DomainError
from crm.organisation.domain.deputies import appoint_deputy
from crm.organisation.models import Deputy
from tests.factories.organisation import make_organisation
from tests.factories.records import day
from tests.workflow.test_approvals_race import together


def _wait_for_two_who_wait_for_me() -> None:
    sql = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(sql)
            if cursor.fetchone()[0] == 2:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_period_at_once_one_is_told_the_rule() -> None:
    """A third writer, who gives up, holds both up until both have written: from there they wait for each other, always."""
    org = make_organisation()
    written = Event()

    def appoint() -> Any:
        return appoint_deputy(
            person=org.people.bu_head,
            deputy=org.people.sales_rep,
            starts_on=day(0),
            ends_on=day(0) + dt.timedelta(days=5),
            actor=org.people.administrator,
        )

    def first() -> None:
        with transaction.atomic():
            appoint()
            written.set()
            _wait_for_two_who_wait_for_me()
            transaction.set_rollback(True)

    def after() -> Any:
        assert written.wait(timeout=20)
        with transaction.atomic():
            return appoint()

    _given_up, *results = together(first, after, after)
    refused = [result for result in results if isinstance(result, DomainError)]
    assert [refusal.message for refusal in refused] == ["该时段已有代理安排，请先结束原安排。"]
    assert Deputy.objects.count() == 1
