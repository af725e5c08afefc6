"""The screens of hand-overs."""

from typing import Any

import pytest
from django.urls import reverse

from customers.models import Customer, HandoverPack
from customers.views.handover import handover_entity
from tests.entity_suite import EntitySuite
from tests.factories.pool import make_draft_pack, make_pack
from tests.factories.records import make_customer, make_opportunity

pytestmark = pytest.mark.django_db


class TestHandoverPack(EntitySuite):
    entity = handover_entity
    role = "sales_rep"
    make = staticmethod(make_draft_pack)
    form_data = staticmethod(lambda org, record: {"reason": "leaver", "note": "离职"})


def text(response: Any) -> str:
    return response.content.decode()


def test_from_the_form_to_acceptance(org: Any, client_of: Any) -> None:
    customers = [make_customer(org) for _n in range(3)]
    make_opportunity(org, customer=customers[0])
    people = org.people
    giver, receiver = client_of(people.sales_rep), client_of(people.colleague)
    data = {"from_person": people.sales_rep.pk, "to_person": people.colleague.pk, "reason": "mover", "note": ""}
    assert giver.post(handover_entity.url("create"), data).status_code == 302
    pack = HandoverPack.objects.get()
    assert pack.lines.count() == 3
    step = lambda key: reverse("customers:handoverpack_step", args=[pack.pk, key])  # noqa: E731
    page = text(giver.get(handover_entity.record_url(pack)))
    assert handover_entity.url("edit", pack.pk) in page
    assert step("offer") in page
    assert step("accept") not in page
    giver.post(step("offer"))
    for client in (giver, receiver):  # what was offered is not changed any more
        assert handover_entity.url("edit", pack.pk) not in text(client.get(handover_entity.record_url(pack)))
    page = text(receiver.get(handover_entity.record_url(pack)))
    assert step("accept") in page
    assert customers[0].name in page
    assert "Handed over to me" in text(receiver.get("/"))
    url = reverse("customers:handover_decline", args=[pack.pk, pack.lines.get(customer=customers[2]).pk])
    assert receiver.post(url, {"reason": ""}).status_code == 422
    assert receiver.post(url, {"reason": "conflict of interest"}).status_code == 302
    assert receiver.post(step("accept")).status_code == 302
    assert Customer.objects.filter(owner=people.colleague).count() == 2
    again = receiver.post(step("accept"), follow=True)
    assert "not offered any more" in text(again)


def test_ticked_customers_are_offered_by_their_owners(org: Any, client_of: Any) -> None:
    people = org.people
    rows = [make_customer(org), make_customer(org), make_customer(org, owner=people.bu_head)]
    manager = client_of(people.bu_head)
    data = {"ids": [row.pk for row in rows], "confirmed": "1", "to_person": people.colleague.pk, "reason": "leaver"}
    manager.post(reverse("customers:customer_bulk", args=["handover"]), data)
    packs = HandoverPack.objects.order_by("from_person")
    assert {(pack.from_person, pack.state, pack.lines.count()) for pack in packs} == {
        (people.sales_rep, "offered", 2), (people.bu_head, "offered", 1),
    }  # fmt: skip
    assert not Customer.objects.filter(owner=people.colleague).exists()


def test_the_transfer_takes_what_is_open_unless_unticked(org: Any, client_of: Any) -> None:
    customer = make_customer(org)
    opportunity = make_opportunity(org, customer=customer)
    manager = client_of(org.people.sales_manager)
    url = reverse("customers:customer_bulk", args=["transfer"])
    asked = text(manager.post(url, {"ids": [customer.pk]}))
    assert 'name="with_open"' in asked
    assert "checked" in asked.split('name="with_open"')[1].split(">")[0]
    data = {"ids": [customer.pk], "confirmed": "1", "owner": org.people.colleague.pk, "with_open": "on"}
    manager.post(url, data)
    opportunity.refresh_from_db()
    assert opportunity.owner == org.people.colleague


def test_a_leavers_pack_shows_what_else_is_owned(org: Any, client_of: Any) -> None:
    pack = make_pack(org, reason="leaver")
    make_opportunity(org)
    page = text(client_of(org.people.sales_rep).get(handover_entity.record_url(pack)))
    assert "What else is to be handed over" in page
    assert "What else is to be handed over" not in text(
        client_of(org.people.colleague).get(handover_entity.record_url(pack))
    )
