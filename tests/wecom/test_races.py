"""Two presses at the same moment, in transactions of their own."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from crm.models import ApprovalRequest
from integrations.models import WecomAccount, WecomCard
from integrations.wecom.domain import cards
from tests.factories.approvals import ask, named
from tests.factories.organisation import make_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_at_once_decide_once(switched_on: Any, wecom: Any) -> None:
    org = make_organisation()
    boss = org.people.bu_head
    boss.language = "en"
    boss.save()
    switched_on("messages")
    WecomAccount.objects.create(user=boss, userid="Boss")
    request = ask(org, named(boss))
    card = WecomCard.objects.create(
        task_id="t1", user=boss, userid="Boss", request=request, step=request.steps.get(), sent_at=timezone.now()
    )
    barrier, answers = Barrier(2), {}

    def run(key: str) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            answers[key] = cards.press(task_id="t1", userid="boss", key=key, why="terms", response_code=f"code-{key}")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(key,)) for key in ("approve", "reject")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    state = ApprovalRequest.objects.get(pk=request.pk).state
    assert state in ("approved", "rejected")
    won, lost = ("approve", "reject") if state == "approved" else ("reject", "approve")
    assert answers == {won: f"You {state} it.", lost: f"Decided already: {state}."}
    assert request.log.exclude(kind="requested").count() == 1
    card.refresh_from_db()
    assert card.answered_at is not None
