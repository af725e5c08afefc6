"""A worker that is killed at any line, and another one after it, leave exactly one order."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from orders.domain.requests import submit_request
from tests.factories.organisation import make_organisation
from tests.factories.quotes import make_request
from tests.integrations.conftest import Erp, known_in_erp, make_reference
from tests.integrations.outbox.conftest import NUMBER, prepare, put_customer
from tests.servers import database_url

ROOT = Path(__file__).resolve().parents[3]
# Forks before it has opened a connection; the child counts the lines that the worker runs and is killed at one of them.
SCRIPT = """
import json, os, signal, sys, time
import django
django.setup()
from django.utils import timezone
from crm.locks import AdvisoryLock, is_held
from integrations.domain.outbox.sending import send_due
from integrations.models import OutboxMessage
from orders.models import OrderRequest

def forked(work):
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, json.dumps(work()).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None

def begin(number):
    OutboxMessage.objects.update(reference=f"CRM-{number:04d}", state="waiting", posted_at=None, payload=None, attempts=0,
        erp_number="", problem="", details={}, next_try_at=timezone.now())
    OrderRequest.objects.update(state="submitted", erp_number="")

def killed(number):
    left = number
    def lines(frame, event, arg):
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return lines
    def calls(frame, event, arg):
        return lines if frame.f_code.co_filename.endswith("outbox/sending.py") else None
    sys.settrace(calls)
    send_due()
    return "lived"

def after(number):
    while is_held(AdvisoryLock.OUTBOX, OutboxMessage.objects.get().pk):
        time.sleep(0.01)  # the server lets the lock of the dead one go when it notices
    for _round in range(4):
        OutboxMessage.objects.update(next_try_at=timezone.now())
        send_due()
        state = OutboxMessage.objects.get().state
        if state == "confirmed":
            break
    begin(number + 1)
    return state

states, number = [], 0
forked(lambda: begin(0))
while True:
    lived = forked(lambda: killed(number))
    states.append(forked(lambda: after(number)))
    if lived:
        break
    number += 1
print(json.dumps(states))
"""


@pytest.mark.gate  # minutes: two processes for each line
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_line_there_is_one_order(erp: Erp) -> None:
    org = make_organisation()
    make_reference(org)
    prepare(org, erp)
    request = make_request(org)
    known_in_erp(request.customer, NUMBER)
    put_customer(erp)
    submit_request(request=request, actor=request.owner)
    erp.store.db.execute("DELETE FROM A_SalesOrder")  # it went out right after commit
    environment = {**os.environ, "DATABASE_URL": database_url(connection.settings_dict["NAME"])}
    environment |= {"DJANGO_SETTINGS_MODULE": "crm.settings", "CACHE_PREFIX": "test-kill", "ERP_SETTLE_SECONDS": "0"}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    states: list[Any] = json.loads(ran.stdout.splitlines()[-1])
    assert len(states) > 50  # lines it was killed at
    assert set(states) == {"confirmed"}
    references = [row["PurchaseOrderByCustomer"] for row in erp.store.rows("A_SalesOrder", "1", [])]
    assert sorted(references) == [f"CRM-{number:04d}" for number in range(len(states))]
