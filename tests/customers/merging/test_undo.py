"""Undoing a merge, and that merging and undoing lose nothing whatever hangs on the two."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.domain.customer_figures import refresh_figures
from crm.errors import DomainError, NotAllowed, TransitionError
from customers.domain.customer import update_customer
from customers.domain.merging.choices import LOSER, WINNER, chosen_fields
from customers.domain.merging.following import references
from customers.domain.merging.merge import merge_customers
from customers.domain.merging.undo import undo_merge
from customers.models import Customer, CustomerMerge, CustomerMergeItem, NotTheSame
from opportunities.models import Opportunity
from orders.models import SalesOrder
from tests.factories.merging import CHILDREN, fill, make_real
from tests.factories.records import make_contact, make_opportunity

# What changes by the clock, or is worked out.
TIMES = {"version", "updated_at", "refreshed_at"}
NOT_COMPARED = {CustomerMerge, CustomerMergeItem, NotTheSame}


@pytest.fixture
def steward(org: Any) -> Any:
    return org.people.data_steward


@pytest.fixture
def pair(org: Any) -> tuple[Customer, Customer]:
    return make_real(org, "华新电源有限公司", city="上海"), make_real(org, "华欣电源设备厂", phone="021-55550001")


def merge(pair: Any, actor: Any, **values: Any) -> CustomerMerge:
    winner, loser = (Customer._base_manager.get(pk=customer.pk) for customer in pair)
    return merge_customers(winner=winner, loser=loser, actor=actor, values=values, reason="same company")


def test_everything_goes_back(org: Any, pair: Any, steward: Any) -> None:
    winner, loser = pair
    fill(org, loser)
    done = merge(pair, steward, phone=LOSER, name=LOSER)
    undone = undo_merge(merge=done, actor=steward, reason="two companies")
    assert (undone.state, undone.report) == ("undone", [])
    winner.refresh_from_db()
    loser.refresh_from_db()
    assert (loser.merged_into, winner.phone, winner.name, winner.known_as) == (None, "", "华新电源有限公司", "")
    assert SalesOrder.objects.filter(customer=loser).count() == 1
    assert list(Customer.objects.visible_to(steward).search("华欣电源")) == [loser]
    assert undone.state_changes.get().reason == "two companies"


def test_what_was_changed_since_stays_and_is_reported(org: Any, pair: Any, steward: Any) -> None:
    winner, loser = pair
    third = make_real(org, "第三家公司")
    stays, goes = make_opportunity(org, customer=loser), make_opportunity(org, customer=loser)
    done = merge(pair, steward, phone=LOSER)
    Opportunity.objects.filter(pk=stays.pk).update(customer=third)
    stored = Customer.objects.get(pk=winner.pk)
    update_customer(instance=stored, expected_version=stored.version, actor=steward, phone="021-1")
    undone = undo_merge(merge=done, actor=steward, reason="x")
    stays.refresh_from_db()
    goes.refresh_from_db()
    winner.refresh_from_db()
    assert (stays.customer, goes.customer, winner.phone) == (third, loser, "021-1")
    assert [(one["field"], one["keys"]) for one in undone.report] == [
        ("phone", [winner.pk]),
        ("customer_id", [stays.pk]),
    ]


def test_an_owner_given_since_stays_with_team_and_unit(org: Any, pair: Any, steward: Any) -> None:
    Customer.objects.filter(pk=pair[1].pk).update(
        owner=org.people.stranger, team=org.other_team, business_unit=org.agro
    )
    done = merge(pair, steward, owner=LOSER)
    Customer.objects.filter(pk=pair[0].pk).update(owner=org.people.colleague)
    undo_merge(merge=done, actor=steward, reason="x")
    stored = Customer.objects.get(pk=pair[0].pk)
    assert (stored.owner, stored.team, stored.business_unit) == (org.people.colleague, org.other_team, org.agro)


def test_what_the_winner_got_since_stays_with_it(org: Any, pair: Any, steward: Any) -> None:
    done = merge(pair, steward)
    new = make_opportunity(org, customer=pair[0])
    undo_merge(merge=done, actor=steward, reason="x")
    new.refresh_from_db()
    assert new.customer == pair[0]


def test_main_contacts_are_two_again(org: Any, pair: Any, steward: Any) -> None:
    mains = [make_contact(org, customer=customer, is_primary=True) for customer in pair]
    undo_merge(merge=merge(pair, steward), actor=steward, reason="x")
    for contact, customer in zip(mains, pair, strict=True):
        contact.refresh_from_db()
        assert (contact.customer, contact.is_primary) == (customer, True)


def test_refused(org: Any, pair: Any, steward: Any) -> None:
    done = merge(pair, steward)
    with pytest.raises(NotAllowed):
        undo_merge(merge=done, actor=org.people.sales_rep, reason="x")
    with pytest.raises(TransitionError, match="why"):
        undo_merge(merge=done, actor=steward, reason=" ")
    CustomerMerge.objects.update(undo_until=timezone.now() - dt.timedelta(seconds=1))
    done.refresh_from_db()
    with pytest.raises(DomainError, match="30 days"):
        undo_merge(merge=done, actor=steward, reason="x")
    assert Customer._base_manager.get(pk=pair[1].pk).merged_into_id == pair[0].pk


def test_of_a_chain_the_last_merge_is_undone_first(org: Any, pair: Any, steward: Any) -> None:
    third = make_real(org, "第三家公司")
    first = merge(pair, steward)
    second = merge((third, pair[0]), steward)
    with pytest.raises(DomainError, match="undo that merge first"):
        undo_merge(merge=first, actor=steward, reason="x")
    undo_merge(merge=second, actor=steward, reason="x")
    assert Customer._base_manager.get(pk=pair[1].pk).merged_into_id == pair[0].pk
    undo_merge(merge=CustomerMerge.objects.get(pk=first.pk), actor=steward, reason="x")
    assert Customer.objects.visible_to(steward).filter(pk__in=[c.pk for c in pair]).count() == 2


def test_not_twice(org: Any, pair: Any, steward: Any) -> None:
    done = merge(pair, steward)
    undo_merge(merge=done, actor=steward, reason="x")
    with pytest.raises(TransitionError):
        undo_merge(merge=done, actor=steward, reason="x")


# ---- whatever hangs on them


def children(*customers: int) -> dict[tuple[str, int], int]:
    """Every row that refers to one of these customers, in any table, with the customer."""
    kind = ContentType.objects.get_for_model(Customer)
    found: dict[tuple[str, int], int] = {}
    for model, name in references():
        if model in NOT_COMPARED:
            continue
        about = {"content_type": kind} if name == "object_id" else {}
        column = "object_id" if name == "object_id" else f"{name}_id"
        rows = model._base_manager.filter(**about, **{f"{column}__in": customers})
        found |= {(f"{model._meta.label}.{name}", pk): to for pk, to in rows.values_list("pk", column)}
    return found


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables that refer to customers, and the customers, but for times and versions."""
    models = {model for model, _name in references()} - NOT_COMPARED | {
        Customer,
        apps.get_model("integrations.ExternalRef"),
        apps.get_model("crm.SavedView"),
    }
    out = {}
    for model in models:
        rows = model._base_manager.order_by("pk")
        if model._meta.label == "crm.Notification":
            rows = rows.exclude(kind="customer_merged")
        names = [f.attname for f in model._meta.concrete_fields if f.name not in TIMES]
        out[model._meta.label] = list(rows.values(*names))
    return out


COURSE = "customers.CustomerCourse.customer"  # worked out anew, and only of customers that have months
FIELDS = [field.name for field in chosen_fields() if field.name != "credit_code"]
kinds = st.lists(st.sampled_from(sorted(CHILDREN)), max_size=7)
sides = st.dictionaries(
    st.sampled_from([*FIELDS, "owner", "credit_code"]), st.sampled_from([LOSER, WINNER]), max_size=6
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None
)
@given(ours=kinds, theirs=kinds, values=sides, before=st.booleans())
def test_nothing_is_lost_and_an_undo_gives_it_all_back(
    org: Any, ours: list[str], theirs: list[str], values: dict[str, str], before: bool
) -> None:
    steward = org.people.data_steward
    with transaction.atomic():
        winner = make_real(org, "甲化工有限公司", city="上海")
        loser = make_real(org, "乙塑料有限公司", owner=org.people.colleague, phone="1", credit_limit=5)
        if before:
            merge((loser, make_real(org, "丙公司")), steward)
        fill(org, winner, *(ours or ["comment"]))
        fill(org, loser, *(theirs or ["comment"]))
        refresh_figures(customer_ids=[winner.pk, loser.pk])
        was, state = children(winner.pk, loser.pk), everything()
        done = merge((winner, loser), steward, **values)
        now = children(winner.pk, loser.pk)
        assert {row for row in was if row[0] != COURSE} <= now.keys()
        told = ("crm.Notification.object_id", "customers.Customer.merged_into", COURSE)
        assert [row for row in now.keys() - was.keys() if row[0] not in told] == []
        kept = {
            (f"{item.model}.{item.field.removesuffix('_id') if item.field != 'object_id' else item.field}", key)
            for item in done.items.exclude(note="")
            for key in item.keys
        }
        one_each = {
            f"customers.Customer{name}.customer"
            for name in ("Figures", "Keys", "Completeness", "Contribution", "Course", "Activity")
        }
        left = {row for row, to in now.items() if to == loser.pk and row[0] not in one_each}
        assert left == kept
        assert undo_merge(merge=done, actor=steward, reason="x").report == []
        assert everything() == state
        transaction.set_rollback(True)
