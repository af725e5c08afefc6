"""The pages of merging: choosing, comparing, undoing; the lists; old addresses; who may open them."""

from typing import Any

import pytest
from django.urls import reverse

from customers.domain.merging.merge import merge_customers
from customers.domain.merging.pairs import possible_pairs, set_apart
from customers.models import Customer, CustomerMerge, NotTheSame
from customers.views.merging import merge_entity
from tests.entity_suite import EntitySuite
from tests.factories.merging import fill, make_merge, make_real
from tests.factories.records import make_customer


class TestCustomerMerge(EntitySuite):
    entity = merge_entity
    role = "sales_manager"
    make = staticmethod(make_merge)


@pytest.fixture
def pair(org: Any) -> tuple[Customer, Customer]:
    return make_real(org, "华新电源有限公司", city="上海"), make_real(
        org, "华新电源（有限公司）", phone="021-55550001", create_anyway=True
    )


@pytest.fixture
def steward(org: Any, client_of: Any) -> Any:
    return client_of(org.people.data_steward)


def values_url(winner: Customer, loser: Customer) -> str:
    return reverse("customers:customer_merge_values", args=[winner.pk, loser.pk])


def confirm(client: Any, winner: Customer, loser: Customer, **data: Any) -> Any:
    versions = {"winner_version": winner.version, "loser_version": loser.version}
    return client.post(values_url(winner, loser), {**versions, **data})


def test_the_other_customer_is_chosen_or_proposed(steward: Any, pair: Any) -> None:
    winner, loser = pair
    url = reverse("customers:customer_merge", args=[winner.pk])
    page = steward.get(url).content.decode()
    assert values_url(winner, loser) in page
    assert steward.post(url, {"other": loser.pk}).url == values_url(winner, loser)
    refused = steward.post(url, {"other": winner.pk})
    assert (refused.status_code, "merged with itself" in refused.content.decode()) == (422, True)


def test_the_page_shows_values_counts_and_warnings(org: Any, steward: Any) -> None:
    winner, loser = make_customer(org, city="上海"), make_customer(org, city="宁波", name="完全不同的名字")
    fill(org, loser, "contact", "opportunity", "order")
    page = steward.get(values_url(winner, loser)).content.decode()
    for words in ("上海", "宁波", "take-city", "different credit codes", "not alike", "Opportunities", "Contacts"):
        assert words in page, words


def test_merging_and_undoing_by_the_pages(steward: Any, pair: Any) -> None:
    winner, loser = pair
    done = confirm(steward, winner, loser, **{"take-phone": "loser", "take-name": "winner", "reason": "same"})
    merge = CustomerMerge.objects.get()
    assert done.url == merge_entity.record_url(merge)
    winner.refresh_from_db()
    assert (winner.phone, winner.city, merge.reason) == ("021-55550001", "上海", "same")
    page = steward.get(done.url).content.decode()
    undo = reverse("customers:customermerge_step", args=[merge.pk, "undone"])
    assert undo in page
    assert steward.post(undo, {"reason": "two companies"}).url == done.url
    merge.refresh_from_db()
    assert merge.state == "undone"
    assert undo not in steward.get(done.url).content.decode()


def test_a_customer_that_changed_meanwhile_is_shown_anew(org: Any, steward: Any, pair: Any) -> None:
    winner, loser = pair
    Customer.objects.filter(pk=loser.pk).update(city="宁波", version=loser.version + 1)
    page = confirm(steward, winner, loser, **{"take-phone": "loser"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "宁波" in text
    assert f'name="loser_version" value="{loser.version + 1}"' in text
    assert not CustomerMerge.objects.exists()


def test_old_addresses_lead_to_the_winner_within_reach(org: Any, client_of: Any, steward: Any, pair: Any) -> None:
    winner, loser = pair
    confirm(steward, winner, loser)
    there = reverse("customers:customer_record", args=[winner.pk])
    for name, *more in (("record",), ("tab", "contacts"), ("print",), ("edit",)):
        response = steward.get(reverse(f"customers:customer_{name}", args=[loser.pk, *more]))
        assert (response.status_code, response.url) == (302, there), name
    assert winner.name in steward.get(there).content.decode()
    stranger = client_of(org.people.stranger)
    assert stranger.get(reverse("customers:customer_record", args=[loser.pk])).status_code == 404


def test_what_somebody_typed_into_the_loser_is_laid_beside_the_winner(
    org: Any, client_of: Any, steward: Any, pair: Any
) -> None:
    winner, loser = pair
    confirm(steward, winner, loser)
    rep = client_of(org.people.sales_rep)
    typed = {"name": "华新电源有限公司", "kind": "direct", "state": "active", "city": "苏州"}
    url = reverse("customers:customer_edit", args=[loser.pk])
    page = rep.post(url, {**typed, "version_read": loser.version})
    assert page.status_code == 409
    text = page.content.decode()
    assert "苏州" in text
    stored = Customer.objects.get(pk=winner.pk)
    assert stored.city == "上海"
    chosen = {
        "version_read": stored.version,
        "base_version": 0,
        "merge": ["city", "state"],
        "merge-city": "mine",
        "merge-state": "mine",
    }
    assert rep.post(url, {**typed, **chosen}).status_code == 302
    stored.refresh_from_db()
    assert stored.city == "苏州"


@pytest.mark.parametrize("role", ["sales_rep", "finance", "auditor"])
def test_without_the_right_there_is_no_way_in(org: Any, client_of: Any, pair: Any, role: str) -> None:
    client = client_of(org.user(role))
    assert client.get(values_url(*pair)).status_code == 403
    assert client.get(reverse("customers:customer_merge", args=[pair[0].pk])).status_code == 403
    assert client.get(reverse("customers:customer_duplicates")).status_code == 403
    assert confirm(client, *pair).status_code == 403
    page = client.get(reverse("customers:customer_record", args=[pair[0].pk])).content.decode()
    assert "Merge with" not in page


def test_a_manager_needs_both_within_reach(org: Any, client_of: Any, pair: Any) -> None:
    foreign = make_customer(org, owner=org.people.stranger)
    manager = client_of(org.people.sales_manager)
    assert manager.get(values_url(*pair)).status_code == 200
    for two in ((pair[0], foreign), (foreign, pair[0])):
        assert manager.get(values_url(*two)).status_code == 404
        assert confirm(manager, *two).status_code == 404


# ---- possible duplicates


def test_pairs_are_those_in_reach_that_sound_alike(org: Any, pair: Any) -> None:
    make_real(org, "完全不同的名字有限公司")
    make_real(org, "华新电源公司", owner=org.people.stranger, create_anyway=True)
    manager, steward = org.people.sales_manager, org.people.data_steward
    assert [{one.first, one.second} for one in possible_pairs(manager)] == [set(pair)]
    assert len(possible_pairs(steward)) == 3


def test_the_way_back_after_a_merge_leads_to_the_customer_that_was_kept(steward: Any, pair: Any) -> None:
    winner, loser = pair
    confirm(steward, winner, loser, **{"take-name": "winner", "reason": "same"})
    back = steward.get(f"/customers/{winner.pk}/merge/{loser.pk}/")
    assert (back.status_code, back["Location"]) == (302, f"/customers/{winner.pk}/")
    again = confirm(steward, winner, loser, **{"take-name": "winner", "reason": "same"})
    assert (again.status_code, again["Location"]) == (302, f"/customers/{winner.pk}/")


def test_a_pair_that_is_none_is_not_proposed_again(org: Any, steward: Any, pair: Any) -> None:
    url = reverse("customers:customer_duplicates")
    assert values_url(*pair) in steward.get(url).content.decode()
    steward.post(url, {"one": pair[1].pk, "other": pair[0].pk, "reason": ""})
    assert not NotTheSame.objects.exists()
    steward.post(url, {"one": pair[1].pk, "other": pair[0].pk, "reason": "father and son"})
    row = NotTheSame.objects.get()
    assert (row.first, row.second, row.reason) == (*pair, "father and son")
    assert values_url(*pair) not in steward.get(url).content.decode()
    assert set_apart(one=pair[0].pk, other=pair[1].pk, actor=org.people.data_steward, reason="again") == row


def test_a_merged_one_is_in_no_pair(org: Any, pair: Any) -> None:
    steward = org.people.data_steward
    merge_customers(winner=pair[0], loser=pair[1], values={}, actor=steward)
    assert possible_pairs(steward) == []


def test_a_stranger_s_pair_cannot_be_set_apart(org: Any, client_of: Any, pair: Any) -> None:
    foreign = make_customer(org, owner=org.people.stranger)
    url = reverse("customers:customer_duplicates")
    manager = client_of(org.people.sales_manager)
    assert manager.post(url, {"one": pair[0].pk, "other": foreign.pk, "reason": "x"}).status_code == 404


def test_pairs_take_the_same_queries_for_one_and_five(org: Any, pair: Any, django_assert_num_queries: Any) -> None:
    steward = org.people.data_steward
    possible_pairs(steward)  # what the person reaches is kept from here on
    with django_assert_num_queries(3):
        assert len(possible_pairs(steward)) == 1
    for number in range(4):
        for name in (f"大同{'甲乙丙丁'[number]}化工有限公司", f"大同{'甲乙丙丁'[number]}化工（有限公司）"):
            make_real(org, name, create_anyway=True)
    with django_assert_num_queries(3):
        assert len(possible_pairs(steward)) >= 5
