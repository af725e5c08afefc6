"""Two people who write rows that exclude each other: one wins, the other is told why; neither waits for the other for ever."""

import datetime as dt
from threading import Event
from typing import Any

import pytest
from django.db import transaction

from crm.errors import DomainError
from crm.organisation.domain.deputies import appoint_deputy
from crm.organisation.models import Deputy
from tests.factories.organisation import make_organisation
from tests.factories.records import day
from tests.workflow.test_approvals_race import together


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_periods_in_another_order_the_second_is_told_the_rule() -> None:
    org = make_organisation()
    people = [org.people.bu_head, org.people.sales_manager]
    wrote = [Event(), Event()]

    def appoint(place: int) -> Any:
        with transaction.atomic():
            for step, person in enumerate(people if place == 0 else people[::-1]):
                appoint_deputy(
                    person=person,
                    deputy=org.people.sales_rep,
                    starts_on=day(0),
                    ends_on=day(0) + dt.timedelta(days=5),
                    actor=org.people.administrator,
                )
                if step == 0:
                    wrote[place].set()
                    wrote[1 - place].wait(timeout=1)  # in vain while the other is made to wait

    results = together(lambda: appoint(0), lambda: appoint(1))
    refused = [result for result in results if isinstance(result, DomainError)]
    assert [refusal.message for refusal in refused] == ["该时段已有代理安排，请先结束原安排。"]
    assert Deputy.objects.count() == len(people)
