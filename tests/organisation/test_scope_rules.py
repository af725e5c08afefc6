"""Random organisations and records: what visible_to answers is what the rules say, read in plain Python."""

import datetime as dt
import random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.models import BusinessUnit, Deputy, RecordShare, Role, Team, TeamMembership, User
from customers.models import Contact, Customer
from leads.models import Lead
from service.models import Complaint
from tests.factories.records import day
from tests.organisation.reading import ORDER, Person, Row, World

KINDS = ("customers.customer", "service.complaint", "leads.lead")


def days() -> list[dt.date]:
    """Long ago, yesterday, today and tomorrow: asked anew, for midnight may pass while the tests run."""
    return [day(distance) for distance in (-40, -1, 0, 1)]


class Undo(Exception):
    """Takes the example's rows back."""


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(seed=st.integers(0, 2**32))
def test_visible_rows_are_those_the_rules_name(org: Any, seed: int) -> None:
    try:
        with transaction.atomic():
            check(random.Random(seed))
            raise Undo
    except Undo:
        pass


def check(rng: random.Random) -> None:
    """Build an organisation from the seed, and compare every reader's every row."""
    units = [BusinessUnit.objects.create(code=f"U{n}", name=f"U{n}") for n in range(2)]
    teams = make_teams(rng, units)
    people = make_people(rng, units, teams)
    world = World(day(), people, {team.pk: team.parent_id for team in teams}, make_deputies(rng, list(people)), [])
    stamps = lambda: (rng.choice([*people, None]), rng.choice([*teams, None]), rng.choice(units))  # noqa: E731
    customers, complaints, leads, contacts = [], [], [], {}
    for n in range(8):
        owner, team, unit = stamps()
        row = Customer.objects.create(code=f"H{n}", name=f"H{n}", owner_id=owner, team=team, business_unit=unit)
        customers.append(Row(row.pk, owner, team and team.pk, unit.pk))
        contacts[Contact.objects.create(customer=row, name="x").pk] = customers[-1]
    for n in range(10):
        customer = rng.choice(customers)
        owner, team, _unit = stamps()
        document = Complaint.objects.create(
            code=f"HI{n}",
            title="x",
            received_on=day(),
            customer_id=customer.pk,
            owner_id=owner,
            team=team,
            business_unit_id=customer.unit,
        )
        complaints.append(Row(document.pk, owner, team and team.pk, customer.unit, customer))
    for n in range(6):
        owner, team, unit = stamps()
        lead = Lead.objects.create(
            code=f"HL{n}", company_name="x", received_on=day(), owner_id=owner, team=team, business_unit=unit
        )
        leads.append(Row(lead.pk, owner, team and team.pk, unit.pk))
    world.shares = make_shares(rng, list(people), {"customer": customers, "complaint": complaints, "lead": leads})
    for pk in people:
        reader = User.objects.get(pk=pk)
        for write in (False, True):
            for kind, model, rows in (
                (KINDS[0], Customer, customers),
                (KINDS[1], Complaint, complaints),
                (KINDS[2], Lead, leads),
            ):
                expected = {row.pk for row in rows if world.sees(pk, kind, row, write=write)}
                seen = set(model.objects.visible_to(reader, write=write).values_list("pk", flat=True))
                assert seen == expected, (kind, pk, write)
            expected = {key for key, row in contacts.items() if world.sees(pk, KINDS[0], row, write=write)}
            assert set(Contact.objects.visible_to(reader, write=write).values_list("pk", flat=True)) == expected


def make_teams(rng: random.Random, units: list[BusinessUnit]) -> list[Team]:
    """Five teams in a random tree."""
    teams: list[Team] = []
    for n in range(5):
        parent = rng.choice([None, *teams])
        team = Team.objects.create(code=f"H{n}", name=f"H{n}", business_unit=rng.choice(units), parent=parent, path="")
        team.path = f"{parent.path if parent else '/'}{team.pk}/"
        team.save(update_fields=["path"])
        teams.append(team)
    return teams


def make_people(rng: random.Random, units: list[BusinessUnit], teams: list[Team]) -> dict[int, Person]:
    """Four people with up to two roles each and a past in teams."""
    people = {}
    for n in range(4):
        unit = rng.choice([*units, None])
        user = User.objects.create(username=f"h{n}", display_name=f"H{n}", business_unit=unit)
        roles = []
        for k in range(rng.randint(0, 2)):
            reaches = {kind: rng.choice(ORDER) for kind in KINDS if rng.random() < 0.4}
            scope = rng.choice(ORDER[:4]) if rng.random() < 0.9 else "all"
            role = Role.objects.create(code=f"h{n}{k}", name="x", data_scope=scope, reaches=reaches)
            user.roles.add(role)
            roles.append((scope, reaches))
        person = Person(user.pk, unit and unit.pk, roles)
        first, last = rng.choice(days()), rng.choice([*days(), None])
        if last is None or last >= first:
            team = rng.choice(teams)
            TeamMembership.objects.create(user=user, team=team, starts_on=first, ends_on=last)
            person.memberships.append((team.pk, first, last))
        people[user.pk] = person
    return people


def make_deputies(rng: random.Random, people: list[int]) -> list[tuple[int, int, dt.date, dt.date]]:
    """At most one arrangement for each person."""
    found = []
    for person in people:
        deputy, first, last = rng.choice(people), rng.choice(days()), rng.choice(days())
        if rng.random() < 0.5 and deputy != person and first <= last:
            Deputy.objects.create(person_id=person, deputy_id=deputy, starts_on=first, ends_on=last)
            found.append((person, deputy, first, last))
    return found


def make_shares(
    rng: random.Random, people: list[int], rows: dict[str, list[Row]]
) -> list[tuple[str, int, int, str, dt.date | None]]:
    """Some records shared with some people."""
    found = []
    for model, some in rows.items():
        kind = next(kind for kind in KINDS if kind.endswith(f".{model}"))
        content_type = ContentType.objects.get(app_label=kind.split(".")[0], model=model)
        for row in rng.sample(some, 3):
            who, level, until = (
                rng.choice(people),
                rng.choice(["read", "write"]),
                rng.choice([None, days()[1], days()[2]]),
            )
            RecordShare.objects.create(
                content_type=content_type, object_id=row.pk, user_id=who, level=level, until=until
            )
            found.append((kind, row.pk, who, level, until))
    return found
