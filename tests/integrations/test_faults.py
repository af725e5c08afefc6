"""Whatever the source does wrong and whenever a run dies: in the end both sides are the same, and nothing is written twice."""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.models import Customer
from integrations.enums import RunKind
from integrations.models import SyncRun
from integrations.simulator.schema import ENTITY_TYPES
from integrations.sync.engine import sync_all
from integrations.sync.what import What
from tests.integrations.conftest import Erp
from tests.integrations.source import Mischief, assert_same_as_source, business
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
KINDS = (RunKind.CHANGES, RunKind.CHANGES, RunKind.CHANGES, RunKind.FULL, RunKind.OPEN, RunKind.KEYS)
FAULTS = (
    {"status": 500},
    {"status": 503, "retry_after": 1},
    {"status": 429, "retry_after": 1},
    {"status": 400},
    {"status": 401},
    {"cut": True},
    {"status": 502, "count": 8},
    *({"rows": rows} for rows in ("twice", "reversed", "short", "empty", "lost", "unsaid")),
    {"drop": True},
    {"token": True, "status": 503},
    {"skew": 7200},
    {"skew": -900},
    {},  # a good answer
)


class Killed(BaseException):
    """The process is gone: nobody notes anything on the run's row."""


@contextmanager
def forgotten_afterwards(erp: Erp) -> Iterator[None]:
    """An empty ERP, and a database that is as before at the end."""
    with erp.store.writing():
        for name in ENTITY_TYPES:
            erp.store.db.execute(f"DELETE FROM {name}")
        erp.store.db.execute("DELETE FROM number_range")
    erp.server.faults.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def disturbed(erp: Erp, dice: random.Random) -> None:
    """A pass while the source misbehaves, of which the process may die."""
    for _fault in range(dice.randint(0, 6)):
        fault = dice.choice(FAULTS) if dice.random() < 0.9 else {}
        if fault.keys() & {"skew", "token"}:
            erp.server.misbehave(fault)
        else:
            erp.server.faults.add({**fault, "after": dice.randint(0, 2)})
    left = dice.randint(1, 12) if dice.random() < 0.4 else 10_000

    def between() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Killed
        if dice.random() < 0.1:
            erp.life.advance(documents=1)  # rows move while pages are read
        if dice.random() < 0.1:
            erp.server.misbehave({"expire": "oauth"})

    what = What(dice.choice(KINDS), accept=True)
    with erp.client(attempts=3, token_url=f"{erp.url}/oauth/token") as client, suppress(Killed):
        list(sync_all(client=client, what=what, between=between))
    erp.server.misbehave({})  # its clock goes right again, too


def live(erp: Erp, seed: int, *, rounds: int, changes: int) -> None:
    """Business, mischief and disturbed passes; then undisturbed ones, after which both sides are the same."""
    dice = random.Random(seed)
    business(erp)
    mischief = Mischief(erp, seed)
    for _round in range(rounds):
        erp.life.advance(documents=dice.randint(1, changes))
        for _change in range(dice.randint(0, changes // 3)):
            mischief.act()
        disturbed(erp, dice)
    for kind in (RunKind.CHANGES, RunKind.OPEN, RunKind.KEYS):
        read(erp, kind, accept=True)
    assert_same_as_source(erp)
    SyncRun.objects.all().delete()
    for kind in (RunKind.CHANGES, RunKind.FULL, RunKind.OPEN, RunKind.KEYS):
        read(erp, kind)
    assert {run.written + run.gone for run in SyncRun.objects.all()} == {0}
    assert_same_as_source(erp)


def given_seeds(examples: int) -> Any:
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    chosen = settings(max_examples=examples, deadline=None, suppress_health_check=quiet, database=None)
    return lambda test: given(seed=st.integers(0, 10**6))(chosen(test))


@given_seeds(4)
def test_a_few_disturbed_days_end_equal_to_the_source(erp: Erp, buyer: Customer, seed: int) -> None:
    with forgotten_afterwards(erp):
        live(erp, seed, rounds=3, changes=24)


@pytest.mark.gate  # minutes
@given_seeds(40)
def test_many_disturbed_weeks_end_equal_to_the_source(erp: Erp, buyer: Customer, seed: int) -> None:
    with forgotten_afterwards(erp):
        live(erp, seed, rounds=8, changes=60)
