"""A killed sync, started again, ends in the same rows as an undisturbed one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from customers.models import Customer
from integrations.models import SyncRun, SyncState
from orders.models import SalesOrder
from tests.factories.organisation import make_organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp, known_in_erp, make_reference
from tests.orders.tables import TABLES, content
from tests.servers import database_url

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = """
import django
django.setup()
from integrations.sap.mapping import ENTITY_SETS
from integrations.domain.connection import open_client
from integrations.sync.engine import sync_entity_set
with open_client() as client:
    for entity_set in ENTITY_SETS.values():
        sync_entity_set(entity_set, client=client, page_size=10)
"""
ORDERS = 100


def start(erp: Erp) -> "subprocess.Popen[bytes]":
    url = database_url(connection.settings_dict["NAME"])
    environment = {**os.environ, "ERP_URL": erp.url, "ERP_USER": "demo", "ERP_PASSWORD": "demo", "DATABASE_URL": url}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "CACHE_PREFIX": "test-kill",
    }  # jobs go to the queue, as in production
    return subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, stderr=subprocess.PIPE)


def wait_for(condition: Any, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if condition():
            return
        if process.poll() is not None:
            raise AssertionError(process.stderr.read().decode() if process.stderr else "the process ended")
        time.sleep(0.01)
    raise AssertionError("waited 30 seconds in vain")


@pytest.mark.gate  # half a minute
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_started_again(erp: Erp) -> None:
    org = make_organisation()
    make_reference(org)
    known_in_erp(make_customer(org, region=org.east), "1000001")
    for number in range(1, ORDERS + 1):
        order, tail = f"45{number:08d}", f"{number:08d}"
        erp.order(order)
        erp.delivery(f"80{tail}", erp.part(order, 100), shipped_on=None)
        erp.invoice(f"90{tail}")
        erp.account(f"18{tail}", 1130, invoice=f"90{tail}")
    erp.order("4599999999", customer="1000099")  # stays rejected

    undisturbed = run_to_the_end(erp)
    forget()

    erp.server.faults.add({"latency": 0.15, "count": 400})  # slow enough to be caught in the middle
    process = start(erp)
    wait_for(lambda: SalesOrder.objects.count() >= 30, process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    written = SalesOrder.objects.count()
    assert 30 <= written < ORDERS and written % 10 == 0  # whole pages only
    assert SyncState.objects.get(pk="A_SalesOrder").cursor["after"]
    erp.server.faults.clear()
    erp.server.requests.clear()

    disturbed = run_to_the_end(erp)
    assert disturbed == undisturbed
    first = next(target for target in erp.server.requests if "/A_SalesOrder?" in target)
    assert "%24filter" in first or "$filter" in first  # it went on behind the last page, not from the start
    assert list(SyncRun.objects.filter(entity_set="A_SalesOrder").order_by("pk").values_list("state", flat=True)) == [
        "failed",
        "done",
    ]


def run_to_the_end(erp: Erp) -> dict[str, Any]:
    process = start(erp)
    try:
        _out, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, errors.decode()
    return content()


def forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}, integrations_syncstate, integrations_syncrun CASCADE")
        cursor.execute("DELETE FROM integrations_externalref WHERE entity NOT IN ('customer', 'product')")
    assert Customer.objects.exists()
