"""A small organisation: two business units, a tree of teams, one person per role and a stranger in the other unit."""

import datetime as dt
import itertools
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from crm.models import (
    BusinessUnit,
    Currency,
    Deputy,
    Product,
    ProductLine,
    Region,
    Role,
    Team,
    TeamMembership,
    Unit,
    User,
)

PASSWORD = "a-long-test-password"
ROLE_CODES = (
    "sales_rep",
    "sales_manager",
    "bu_head",
    "executive",
    "marketing",
    "service_agent",
    "service_manager",
    "finance",
    "data_steward",
    "administrator",
    "auditor",
    "product_manager",
    "research",
)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Organisation:
    """The units, teams, regions and products that records refer to, and the people by name."""

    silicones: BusinessUnit
    agro: BusinessUnit
    east: Region
    south: Region
    team: Team
    sub_team: Team
    other_team: Team
    sealant: ProductLine
    liquid: ProductLine
    herbicide: ProductLine
    product: Product
    people: SimpleNamespace

    def user(self, role: str) -> User:
        """The person who has that role (in the silicones unit)."""
        return getattr(self.people, role)


def make_trees(*nodes: Any) -> list[Any]:
    """Nodes of a tree under the same parent, or none, with their paths."""
    model = type(nodes[0])
    made = model.objects.bulk_create(nodes)
    for node in made:
        node.path = f"{node.parent.path if node.parent else '/'}{node.pk}/"
    model.objects.bulk_update(made, ["path"])
    return made


def make_tree(model: type, **values: object) -> object:
    """A node of a tree with its path."""
    return make_trees(model(**values))[0]


Person = tuple[str, str, BusinessUnit | None, Team | None, tuple[str, ...]]  # user name, name, unit, team, roles


def make_users(*people: Person) -> dict[str, User]:
    """People by user name, each in the team since 2020; in bulk, because nearly every test begins with them."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(username=username, password=password, display_name=name, business_unit=unit)
        for username, name, unit, _team, _roles in people
    )
    role_ids = dict(Role.objects.values_list("code", "pk"))
    given, memberships = [], []
    for user, (_username, _name, _unit, team, roles) in zip(users, people, strict=True):
        given += [User.roles.through(user=user, role_id=role_ids[role]) for role in roles]
        if team:
            memberships.append(TeamMembership(team=team, user=user, starts_on=dt.date(2020, 1, 1)))
    User.roles.through.objects.bulk_create(given)
    TeamMembership.objects.bulk_create(memberships)
    return {user.username: user for user in users}


def make_user(username: str, name: str, unit: BusinessUnit | None, team: Team | None, *roles: str) -> User:
    """A person with roles who has been in the team since 2020."""
    return make_users((username, name, unit, team, roles))[username]


def make_organisation() -> Organisation:
    """Build it; every call makes new rows, so use it once per test. In bulk, as make_users."""
    silicones, agro = BusinessUnit.objects.bulk_create(
        [
            BusinessUnit(code="SIL", name="有机硅事业部", name_en="Silicones"),
            BusinessUnit(code="AGR", name="农化事业部", name_en="Agrochemicals"),
        ]
    )
    east, south = make_trees(
        Region(code="EAST", name="华东", name_en="East China"), Region(code="SOUTH", name="华南", name_en="South China")
    )
    team, other_team = make_trees(
        Team(code="T1", name="华东大区", name_en="East", business_unit=silicones, region=east),
        Team(code="T2", name="农化一部", name_en="Agro 1", business_unit=agro, region=south),
    )
    (sub_team,) = make_trees(
        Team(code="T11", name="华东一部", name_en="East 1", business_unit=silicones, region=east, parent=team)
    )
    unit = Unit.objects.create(code="KG", name="千克", name_en="kg")
    decimals = {"CNY": 2, "USD": 2, "JPY": 0}
    Currency.objects.bulk_create(
        (Currency(code=code, name=code, decimals=places) for code, places in decimals.items()), ignore_conflicts=True
    )
    sealant, liquid, herbicide = ProductLine.objects.bulk_create(
        [
            ProductLine(code="SEAL", name="密封胶", name_en="Sealant", business_unit=silicones),
            ProductLine(code="LSR", name="液体胶", name_en="Liquid silicone rubber", business_unit=silicones),
            ProductLine(code="HERB", name="除草剂", name_en="Herbicide", business_unit=agro),
        ]
    )
    product = Product.objects.create(code="SF-820", name="密封胶 SF-820", product_line=sealant, base_unit=unit)
    people = make_users(
        *((role, f"{role} 甲", silicones, sub_team, (role,)) for role in ROLE_CODES if role != "sales_manager"),
        ("sales_manager", "周启明", silicones, team, ("sales_manager",)),
        ("colleague", "郑凯", silicones, sub_team, ("sales_rep",)),
        ("stranger", "农化业务员", agro, other_team, ("sales_rep",)),
        ("nobody", "无角色", silicones, None, ()),
    )
    return Organisation(
        silicones=silicones,
        agro=agro,
        east=east,
        south=south,
        team=team,
        sub_team=sub_team,
        other_team=other_team,
        sealant=sealant,
        liquid=liquid,
        herbicide=herbicide,
        product=product,
        people=SimpleNamespace(**people),
    )


def make_person(org: Organisation, owner: User | None = None) -> User:
    """Somebody who owns nothing and has no role; users belong to nobody."""
    return make_user(f"person{next(_numbers)}", "某人", org.silicones, org.sub_team)


def make_leaver(org: Organisation, owner: User | None = None) -> User:
    """Somebody who is not active any more."""
    user = make_person(org)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


def make_role(org: Organisation, owner: User | None = None) -> Role:
    """A role without rights."""
    return Role.objects.create(code=f"role{next(_numbers)}", name="测试角色")


def make_deputy(org: Organisation, owner: User | None = None) -> Deputy:
    """Somebody without roles stands in for the owner, some day of the future."""
    day = timezone.localdate() + dt.timedelta(days=next(_numbers))
    return Deputy.objects.create(
        person=owner or org.people.sales_rep, deputy=org.people.nobody, starts_on=day, ends_on=day
    )
