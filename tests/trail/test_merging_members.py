"""A stale save of a record with a many-to-many field: what it held when the form was read is known."""

import pytest
from django.urls import reverse

from crm.acting import acting
from crm.catalogue.domain.competitors import update_competitor_product
from crm.models import CompetitorProduct, Role, User
from crm.organisation.domain.users import update_user
from crm.records.trail_members import members_at
from tests.factories import catalogue as make
from tests.trail.test_merging import form_data, lines, sent


@pytest.fixture
def ours(org):
    """Four products of ours, by a letter."""
    return {letter: make.make_product(org, code=f"OWN-{letter}", name=f"Own {letter}") for letter in "ABCD"}


def set_ours(org, rival, *products, **values):
    """Somebody saves it with these products of ours, in a request of its own."""
    with acting(user=org.people.administrator.pk):
        return update_competitor_product(
            instance=CompetitorProduct.objects.get(pk=rival.pk),
            expected_version=None,
            actor=org.people.administrator,
            comparable=products,
            **values,
        )


@pytest.mark.django_db(transaction=True)
def test_what_a_field_held_at_each_version(db):
    from tests.factories.organisation import make_organisation

    org = make_organisation()
    a, b, c = (make.make_product(org) for _ in range(3))
    rival = make.make_rival(org, comparable=[a])
    first = rival.version
    second = set_ours(org, rival, a, b).version
    third = set_ours(org, rival, c).version
    fourth = set_ours(org, rival, c, name="renamed").version
    rival.refresh_from_db()
    held = [members_at(rival, "comparable", version) for version in (first, second, third, fourth)]
    assert held == [[a.pk], [a.pk, b.pk], [c.pk], [c.pk]]
    assert members_at(rival, "comparable", fourth + 1) is None
    assert members_at(rival, "name", first) is None


def test_the_side_that_alone_changed_it_is_chosen_and_a_clash_must_be_decided(org, client_of, ours):
    rival = make.make_rival(org, comparable=[ours["A"]], notes="read")
    client = client_of(org.people.data_steward)
    url = reverse("catalogue:competitorproduct_edit", args=[rival.pk])
    read = form_data(client, url)
    set_ours(org, rival, ours["A"], ours["B"])

    page = client.post(url, {**read, "notes": "typed"})
    assert page.status_code == 409
    assert lines(page) == {
        "comparable": ("—", "Own B", "—", "theirs"),
        "notes": ("read", "read", "typed", "mine"),
    }
    clash = client.post(url, {**read, "comparable": [ours["C"].pk]})
    assert lines(clash) == {"comparable": ("Own A", "Own A, Own B", "Own C", "")}

    assert client.post(url, sent(page)).status_code == 302
    rival.refresh_from_db()
    assert rival.notes == "typed"
    assert set(rival.comparable.all()) == {ours["A"], ours["B"]}


def test_mine_is_chosen_when_the_other_left_it_alone(org, client_of, ours):
    rival = make.make_rival(org, comparable=[ours["A"]])
    client = client_of(org.people.data_steward)
    url = reverse("catalogue:competitorproduct_edit", args=[rival.pk])
    read = form_data(client, url)
    set_ours(org, rival, ours["A"], name="renamed")
    page = client.post(url, {**read, "comparable": [ours["D"].pk]})
    assert lines(page)["comparable"] == ("Own A", "Own A", "Own D", "mine")
    client.post(url, sent(page))
    rival.refresh_from_db()
    assert (rival.name, list(rival.comparable.all())) == ("renamed", [ours["D"]])


def test_a_third_save_leaves_what_was_chosen_as_it_was_seen(org, client_of, ours):
    rival = make.make_rival(org, comparable=[ours["A"]])
    client = client_of(org.people.data_steward)
    url = reverse("catalogue:competitorproduct_edit", args=[rival.pk])
    read = form_data(client, url)
    set_ours(org, rival, ours["B"])
    page = client.post(url, {**read, "notes": "typed"})
    set_ours(org, rival, ours["C"])
    again = client.post(url, sent(page))
    assert again.status_code == 409
    assert lines(again)["comparable"][1:3] == ("Own C", "Own B")  # "theirs" was B when it was chosen
    assert list(rival.comparable.all()) == [ours["C"]]


def test_the_roles_of_a_user(org, client_of):
    person = org.people.nobody
    roles = {code: Role.objects.get(code=code) for code in ("sales_rep", "finance")}
    client = client_of(org.people.administrator)
    url = reverse("organisation:user_edit", args=[person.pk])
    read = form_data(client, url)
    with acting(user=org.people.administrator.pk):
        update_user(
            instance=User.objects.get(pk=person.pk),
            expected_version=None,
            actor=org.people.administrator,
            roles=[roles["finance"]],
        )
    page = client.post(url, {**read, "roles": [roles["sales_rep"].pk]})
    assert page.status_code == 409
    assert lines(page)["roles"] == ("—", roles["finance"].label, roles["sales_rep"].label, "")
