"""What the sync brings back finds its order request and its deal."""

from typing import Any

import pytest
from django.urls import reverse

from integrations.domain.outbox.joining import join_documents
from integrations.models import OutboxMessage
from orders.models import OpportunityOrder, SalesOrder
from tests.integrations.conftest import Erp
from tests.integrations.outbox.conftest import rounds, the_message

pytestmark = pytest.mark.django_db


def test_quote_order_and_deal_are_joined_without_typing(submitted: Any, erp: Erp, sync: Any, client_of: Any) -> None:
    request = submitted()
    rounds()
    assert join_documents() == 0  # the sync has not read it yet
    sync("A_SalesOrder")
    assert join_documents() == 1
    assert join_documents() == 0
    request.refresh_from_db()
    order = SalesOrder.objects.get(number=request.erp_number)
    link = OpportunityOrder.objects.get()
    assert (link.order, link.opportunity) == (order, request.quote.opportunity)
    page = client_of(request.owner).get(reverse("orders:orderrequest_record", args=[request.pk])).content.decode()
    assert f"?q={order.number}" in page


def test_an_order_that_bears_our_reference_settles_what_was_in_doubt(submitted: Any, erp: Erp, sync: Any) -> None:
    request = submitted()
    erp.server.faults.add({"drop": True, "after": 1})
    rounds()
    assert the_message(request).state == "doubt"
    OutboxMessage.objects.update(state="given_up")
    sync("A_SalesOrder")
    join_documents()
    message = the_message(request)
    request.refresh_from_db()
    assert (message.state, request.state) == ("confirmed", "entered")
    assert message.erp_number == SalesOrder.objects.get().number


def test_messages_that_are_never_answered_hold_up_no_other(
    submitted: Any, erp: Erp, sync: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.domain.outbox.joining.ROUND", 1)
    old = the_message(submitted())
    OutboxMessage.objects.filter(pk=old.pk).update(state="given_up", payload={})
    request = submitted()
    rounds()
    erp.server.faults.clear()
    sync("A_SalesOrder")
    assert join_documents() == 1
    request.refresh_from_db()
    assert OpportunityOrder.objects.get().order.number == request.erp_number
