"""Hand-overs: what goes along, what stays, who may, and who is told."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.errors import AlreadyDecided, DomainError, NotAllowed, TransitionError
from crm.models import Notification, Task, TeamManager, TeamMembership
from crm.organisation.domain.users import deactivate_user
from crm.workflow.domain.tasks import create_task
from customers.domain.handover import packs
from customers.domain.handover.sheet import sheet_of
from customers.domain.pool.entries import release
from customers.domain.transfer import transfer_owner
from customers.models import Customer, HandoverPack
from leads.models import Lead
from opportunities.models import Opportunity
from orders.models import SalesOrder
from service.models import Complaint
from tests.factories.pool import make_draft_pack, make_pack, make_pool
from tests.factories.quotes import make_deal, make_request
from tests.factories.records import (
    day,
    make_complaint,
    make_contact,
    make_customer,
    make_lead,
    make_opportunity,
    make_order,
)


@pytest.fixture
def full(org: Any) -> Any:
    """A customer of the representative's with something of each kind, open and closed, and what a colleague has with it."""
    customer = make_customer(org)
    rep = org.people.sales_rep
    opportunity = make_deal(org, customer=customer)
    lead = make_lead(org, customer=customer, state="assigned", state_since=timezone.now())
    task = {"actor": rep, "assignee": rep, "due_at": timezone.now()}
    return {
        "customer": customer,
        "opportunity": opportunity,
        "on_hold": make_opportunity(org, customer=customer, stage="on_hold"),
        "won": make_opportunity(org, customer=customer, stage="won", closed_on=day(-5), amount_base=Decimal(700)),
        "colleagues": make_opportunity(org, customer=customer, owner=org.people.colleague),
        "complaint": make_complaint(org, customer=customer),
        "closed": make_complaint(org, customer=customer, state="closed"),
        "lead": lead,
        "task": create_task(title="a", record=customer, **task),
        "task_of_opportunity": create_task(title="b", record=opportunity, **task),
        "task_of_lead": create_task(title="d", record=lead, **task),
        "request": make_request(org, opportunity=opportunity),
        "other_task": create_task(title="c", **task),
        "order": make_order(org, customer=customer),
    }


def owners(full: Any) -> dict[str, Any]:
    found = {}
    for name, row in full.items():
        row.refresh_from_db()
        found[name] = row.assignee if isinstance(row, Task) else row.owner
    return found


ALONG = {
    "customer",
    "opportunity",
    "on_hold",
    "complaint",
    "lead",
    "task",
    "task_of_opportunity",
    "task_of_lead",
    "request",
}


def test_accepting_moves_the_customer_with_all_that_is_open_and_nothing_else(org: Any, full: Any) -> None:
    pack = make_pack(org, customers=[full["customer"]])
    assert owners(full)["customer"] == org.people.sales_rep  # until it is accepted the old owner works on
    receiver = packs.accept(pack=pack, actor=org.people.colleague).to_person
    after = owners(full)
    assert {name for name, owner in after.items() if owner == receiver} == {*ALONG, "colleagues"}
    assert {after[name] for name in after.keys() - ALONG - {"colleagues"}} == {org.people.sales_rep}
    line = pack.lines.get()
    assert (line.state, line.moved) == (
        "moved",
        {"opportunities": 2, "complaints": 1, "leads": 1, "tasks": 1, "order_requests": 1},
    )


@pytest.mark.parametrize("with_open", [True, False])
def test_a_transfer_at_once_moves_the_same_when_asked(org: Any, full: Any, with_open: bool) -> None:
    rows = Customer.objects.filter(pk=full["customer"].pk)
    transfer_owner(rows, owner=org.people.colleague, actor=org.people.sales_manager, with_open=with_open)
    moved = {name for name, owner in owners(full).items() if owner == org.people.colleague}
    assert moved == ({*ALONG, "colleagues"} if with_open else {"customer", "colleagues"})


def test_past_figures_keep_the_old_owner(org: Any, full: Any) -> None:
    rep = org.people.sales_rep

    def figures() -> tuple[Any, ...]:
        won = Opportunity.objects.won().filter(owner=rep).values_list("amount_base", "team", "closed_on")
        sold = SalesOrder.objects.filter(owner=rep).values_list("net_base", "team")
        return list(won), list(sold)

    before = figures()
    packs.accept(pack=make_pack(org, customers=[full["customer"]]), actor=org.people.colleague)
    assert figures() == before
    assert before[0][0][0] == 700


def test_a_receiver_of_another_unit_takes_the_open_opportunities_there(org: Any, full: Any) -> None:
    stranger = org.people.stranger
    pack = make_pack(org, customers=[full["customer"]], to=stranger)
    packs.accept(pack=pack, actor=stranger)
    full["customer"].refresh_from_db()
    full["opportunity"].refresh_from_db()
    full["won"].refresh_from_db()
    assert (full["customer"].business_unit, full["customer"].team) == (org.agro, org.other_team)
    assert full["opportunity"].business_unit == org.agro
    assert full["won"].business_unit == org.silicones
    assert full["won"] in Opportunity.objects.visible_to(stranger)  # the owner sees the whole past


def test_preparing_takes_all_of_a_person_and_leaves_what_is_in_another_pack(org: Any) -> None:
    first, second = make_customer(org), make_customer(org)
    make_pack(org, customers=[first])
    manager, people = org.people.sales_manager, org.people
    pack = packs.create_pack(
        actor=manager, from_person=people.sales_rep, to_person=people.colleague, reason="leaver", note="n"
    )
    assert [line.customer for line in pack.lines.all()] == [second]
    with pytest.raises(DomainError) as caught:
        packs.create_pack(actor=manager, from_person=people.sales_rep, to_person=people.colleague, customers=[first])
    assert caught.value.field == "customers"
    with pytest.raises(DomainError, match="no customers"):
        packs.create_pack(actor=manager, from_person=people.sales_rep, to_person=people.colleague)


def test_who_may_prepare_offer_accept_and_decline(org: Any) -> None:
    people = org.people
    customer = make_customer(org)
    with pytest.raises(NotAllowed):
        packs.create_pack(actor=people.colleague, from_person=people.sales_rep, to_person=people.colleague)
    draft = make_draft_pack(org, customers=[customer])
    with pytest.raises(NotAllowed):
        packs.offer(pack=draft, actor=people.colleague)
    with pytest.raises(AlreadyDecided):
        packs.accept(pack=draft, actor=people.colleague)  # not offered yet
    packs.offer(pack=draft, actor=people.sales_rep)
    for person in (people.sales_rep, people.sales_manager):
        with pytest.raises(NotAllowed):
            packs.accept(pack=draft, actor=person)
    with pytest.raises(TransitionError):
        packs.decline(pack=draft, actor=people.colleague, reason=" ")
    packs.decline(pack=draft, actor=people.colleague, reason="too many")
    assert (draft.state, draft.lines.get().state) == ("declined", "declined")
    customer.refresh_from_db()
    assert customer.owner == people.sales_rep


def test_single_customers_are_declined_with_a_reason(org: Any) -> None:
    kept, taken = make_customer(org), make_customer(org)
    pack, people = make_pack(org, customers=[kept, taken]), org.people
    line = pack.lines.get(customer=kept)
    with pytest.raises(NotAllowed):
        packs.decline_line(line=line, actor=people.sales_rep, reason="x")
    with pytest.raises(DomainError):
        packs.decline_line(line=line, actor=people.colleague, reason="")
    packs.decline_line(line=line, actor=people.colleague, reason="a friend's company")
    packs.accept(pack=pack, actor=people.colleague)
    assert [(row.customer, row.state) for row in pack.lines.order_by("pk")] == [(kept, "declined"), (taken, "moved")]
    assert Customer.objects.get(pk=kept.pk).owner == people.sales_rep
    with pytest.raises(DomainError):
        packs.decline_line(line=pack.lines.get(customer=taken), actor=people.colleague, reason="late")


def test_what_got_another_owner_meanwhile_is_left_there(org: Any) -> None:
    moved, pooled, stays = (make_customer(org) for _n in range(3))
    make_pool(org)
    pack, people = make_pack(org, customers=[moved, pooled, stays]), org.people
    transfer_owner(Customer.objects.filter(pk=moved.pk), owner=people.bu_head, actor=people.bu_head)
    release(Customer.objects.filter(pk=pooled.pk), actor=people.sales_rep, reason="r")
    packs.accept(pack=pack, actor=people.colleague)
    states = {line.customer: line.state for line in pack.lines.select_related("customer")}
    assert states == {moved: "left", pooled: "left", stays: "moved"}
    assert Customer.objects.get(pk=moved.pk).owner == people.bu_head
    assert Customer.objects.get(pk=pooled.pk).owner is None


def test_withdrawing_frees_the_customers(org: Any) -> None:
    pack = make_pack(org)
    customer = pack.lines.get().customer
    packs.withdraw(pack=pack, actor=org.people.sales_rep)
    again = packs.create_pack(
        actor=org.people.sales_rep, from_person=org.people.sales_rep, to_person=org.people.colleague,
        customers=[customer],
    )  # fmt: skip
    assert again.state == "draft"


def test_both_managers_are_told_and_see_it(org: Any) -> None:
    people = org.people
    for team, manager in ((org.team, people.sales_manager), (org.other_team, people.executive)):
        TeamManager.objects.create(team=team, user=manager, starts_on=day(-100))
        type(team).objects.filter(pk=team.pk).update(manager=manager)
    draft = make_draft_pack(org, to=people.stranger, to_team=org.other_team, to_unit=org.agro)
    packs.offer(pack=draft, actor=people.sales_rep)
    told = {row.recipient for row in Notification.objects.filter(kind="handover")}
    assert told == {people.stranger, people.sales_manager, people.executive}
    seen = {name for name, person in vars(people).items() if draft in HandoverPack.objects.visible_to(person)}
    assert {"sales_rep", "stranger", "sales_manager", "executive", "bu_head"} <= seen
    assert "colleague" not in seen
    packs.accept(pack=draft, actor=people.stranger)
    assert people.sales_rep in {row.recipient for row in Notification.objects.filter(kind="handover")}


def test_the_sheet_says_what_is_open_and_hides_phones_until_it_is_ours(org: Any, full: Any, client_of: Any) -> None:
    contact = make_contact(org, customer=full["customer"], phone="13800001234")
    pack = make_pack(org, customers=[full["customer"]])
    line = pack.lines.get()
    titles = [row.title for _item, rows in sheet_of(line, org.people.colleague)["open"] for row in rows]
    assert len(titles) == 6
    url = f"/customers/handovers/{pack.pk}/{line.pk}/sheet/"
    reader = client_of(org.people.colleague)
    page = reader.get(url).content.decode()
    assert full["opportunity"].name in page
    assert contact.name in page
    assert "13800001234" not in page
    assert full["colleagues"].code not in page
    packs.accept(pack=pack, actor=org.people.colleague)
    assert "13800001234" in reader.get(url).content.decode()
    assert client_of(org.people.marketing).get(url).status_code == 403
    assert client_of(org.people.stranger).get(url).status_code == 404


def test_a_leaver_whose_pack_was_accepted_leaves_nothing_behind(org: Any, full: Any) -> None:
    people = org.people
    packs.accept(pack=make_pack(org, customers=[full["customer"]]), actor=people.colleague)
    moved = deactivate_user(user=people.sales_rep, successor=people.colleague, actor=people.administrator)
    assert moved == {"tasks": 1}  # the one about no customer


def test_nobody_unsuitable_receives(org: Any) -> None:
    make_customer(org)
    people = org.people
    type(people.nobody).objects.filter(pk=people.nobody.pk).update(business_unit=None)
    TeamMembership.objects.filter(user=people.nobody).delete()
    people.nobody.refresh_from_db()
    for person, field in ((people.nobody, "to_person"),):
        with pytest.raises(DomainError) as caught:
            packs.create_pack(actor=people.sales_rep, from_person=people.sales_rep, to_person=person)
        assert caught.value.field == field
    with pytest.raises(DomainError):
        packs.create_pack(actor=people.sales_rep, from_person=people.sales_rep, to_person=people.sales_rep)


def test_the_owner_sees_everything_on_the_own_customer_whoever_wrote_it(org: Any) -> None:
    """Records of a colleague of another unit that hang on my customer."""
    rep, other = org.people.sales_rep, org.people.stranger
    for owner in (rep, org.people.bu_head):
        customer = make_customer(org, owner=owner)
        foreign = {"owner": other}
        opportunity = make_opportunity(org, customer=customer, **foreign)
        complaint = make_complaint(org, customer=customer, **foreign)
        lead = make_lead(org, customer=customer, **foreign)
        order = make_order(org, customer=customer)
        SalesOrder.objects.filter(pk=order.pk).update(owner=other, team=org.other_team, business_unit=org.agro)
        tasks = [
            create_task(actor=other, assignee=other, title="t", due_at=timezone.now(), record=record)
            for record in (customer, opportunity, complaint)
        ]
        reader = type(owner).objects.get(pk=owner.pk)
        for model, row in ((Opportunity, opportunity), (Complaint, complaint), (Lead, lead), (SalesOrder, order)):
            assert row in model.objects.visible_to(reader), (owner, model)
        assert set(tasks) <= set(Task.objects.visible_to(reader)), owner
        bystander = type(owner).objects.get(pk=org.people.colleague.pk)
        for model, row in ((Opportunity, opportunity), (Complaint, complaint), (Lead, lead), (SalesOrder, order)):
            assert row not in model.objects.visible_to(bystander), model
        assert not set(tasks) & set(Task.objects.visible_to(bystander))
