"""Business units, regions, teams and people of 元启新材料集团."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.apps import apps
from django.contrib.auth.hashers import make_password

from crm.demo.accounts import EMAIL_DOMAIN, PASSWORD, PEOPLE, Person
from crm.demo.copy import load_rows, load_tables
from crm.demo.names import mobile_numbers, people
from crm.demo.world import World
from crm.records.pinyin import pinyin_of

COMPANY = "元启新材料集团"
LETTERHEAD = {  # what the settings say of the company for its paper
    "COMPANY_NAME_EN": "Yuanqi Advanced Materials Group",
    "COMPANY_ADDRESS": "浙江省杭州市钱塘区江东大道 100 号",
    "COMPANY_ADDRESS_EN": "100 Jiangdong Avenue, Qiantang, Hangzhou, Zhejiang, China",
    "COMPANY_PHONE": "+86 571 0000 0000",
    "COMPANY_BANK": "示例银行钱塘支行 0000 1234 5678",
}
UNITS = (
    ("SIL", "有机硅事业部", "Silicones", 1000, 1010, "10", "01"),
    ("AGR", "农化事业部", "Agrochemicals", 2000, 2010, "20", "02"),
)
REGIONS = (
    ("CN", "国内", "China", ""),
    ("EAST", "华东", "East China", "CN"),
    ("SOUTH", "华南", "South China", "CN"),
    ("NORTH", "华北", "North China", "CN"),
    ("CENTRAL", "华中", "Central China", "CN"),
    ("SOUTHWEST", "西南", "Southwest China", "CN"),
    ("NORTHWEST", "西北", "Northwest China", "CN"),
    ("NORTHEAST", "东北", "Northeast China", "CN"),
    ("OVERSEAS", "海外", "Overseas", ""),
)
REPS_POWER = 0.57  # 21 reps at scale 1 become about 500 at scale 300
SUPPORT_POWER = 0.4
SUBTEAM_SIZE = 8


# the State Council's calendar of 2026: (occasion, first day, last day, Saturdays and Sundays that make up for it)
HOLIDAYS = (
    ("元旦", "2026-01-01", "2026-01-03", ("2026-01-04",)),
    ("春节", "2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28")),
    ("清明节", "2026-04-04", "2026-04-06", ()),
    ("劳动节", "2026-05-01", "2026-05-05", ("2026-05-09",)),
    ("端午节", "2026-06-19", "2026-06-21", ()),
    ("中秋节", "2026-09-25", "2026-09-27", ()),
    ("国庆节", "2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10")),
)


@dataclass(frozen=True)
class Area:
    """A sales team below a business unit's: the regions it serves and its reps at scale 1."""

    code: str
    name: str
    name_en: str
    unit: str
    regions: tuple[str, ...]
    reps: int


AREAS = (
    Area("SIL-EAST", "华东大区", "East", "SIL", ("EAST",), 4),
    Area("SIL-SOUTH", "华南大区", "South", "SIL", ("SOUTH",), 3),
    Area("SIL-NORTH", "北方大区", "North", "SIL", ("NORTH", "NORTHEAST"), 2),
    Area("SIL-WEST", "中西部大区", "Centre and west", "SIL", ("CENTRAL", "SOUTHWEST", "NORTHWEST"), 2),
    Area("SIL-OVERSEAS", "海外部", "Overseas", "SIL", ("OVERSEAS",), 1),
    Area("AGR-NORTH", "农化北方大区", "Agro north", "AGR", ("NORTH", "NORTHEAST", "NORTHWEST"), 3),
    Area("AGR-EAST", "农化华东大区", "Agro east", "AGR", ("EAST",), 2),
    Area("AGR-CENTRAL", "农化中部大区", "Agro centre", "AGR", ("CENTRAL", "SOUTHWEST"), 2),
    Area("AGR-SOUTH", "农化华南及海外大区", "Agro south and overseas", "AGR", ("SOUTH", "OVERSEAS"), 2),
)


class Staff:
    """Collects teams and people before they become tables."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng("organisation")
        self.teams: list[dict[str, Any]] = []
        self.people: list[dict[str, Any]] = []
        self.usernames: set[str] = {person.username for person in PEOPLE}

    def team(self, code: str, name: str, name_en: str, unit: int, region: int, parent: int = 0) -> int:
        """Add a team; its id."""
        pk = len(self.teams) + 1
        above = self.teams[parent - 1]["path"] if parent else "/"
        self.teams.append(
            {
                "code": code,
                "name": name,
                "name_en": name_en,
                "business_unit_id": unit,
                "region_id": region,
                "parent_id": parent,
                "path": f"{above}{pk}/",
                "manager_id": 0,
            }
        )
        return pk

    def hire(self, role: str, title: str, unit: int, team: int, person: Person | None = None) -> int:
        """Add somebody, by a fixed name or a random one; the id."""
        name = person.name if person else people(self.rng, 1)[0]
        username = person.username if person else self._username(name)
        self.people.append(
            {
                "username": username,
                "display_name": name,
                "title": title,
                "business_unit_id": unit,
                "team_id": team,
                "role": role,
                "is_active": person.active if person else True,
            }
        )
        return len(self.people)

    def _username(self, name: str) -> str:
        base = pinyin_of(name[0])[0] + pinyin_of(name[1:])[1]
        username, number = base, 1
        while username in self.usernames:
            number += 1
            username = f"{base}{number}"
        self.usernames.add(username)
        return username


def generate(world: World) -> None:
    """Business units, regions, teams, people and memberships."""
    _units_and_regions(world)
    staff = Staff(world)
    units = {code: index + 1 for index, (code, *_rest) in enumerate(UNITS)}
    regions = {code: index + 1 for index, (code, *_rest) in enumerate(REGIONS)}
    teams = {
        "SIL": staff.team("SIL", "有机硅销售部", "Silicone sales", units["SIL"], regions["CN"]),
        "AGR": staff.team("AGR", "农化销售部", "Agro sales", units["AGR"], regions["CN"]),
        "SIL-SERVICE": staff.team("SIL-SERVICE", "客户服务部", "Customer service", units["SIL"], regions["CN"]),
        "AGR-SERVICE": staff.team("AGR-SERVICE", "植保服务部", "Crop service", units["AGR"], regions["CN"]),
    }
    for person in PEOPLE:
        if person.team in teams or not person.team:
            unit = staff.teams[teams[person.team] - 1]["business_unit_id"] if person.team else 0
            pk = staff.hire(person.role, person.title, unit, teams.get(person.team, 0), person)
            if person.role in ("bu_head", "service_manager"):
                staff.teams[teams[person.team] - 1]["manager_id"] = pk
    _support(staff, units, teams)
    for area in AREAS:
        _area(staff, area, units[area.unit], regions[area.regions[0]], teams[area.unit])
    _tables(world, staff)


def _units_and_regions(world: World) -> None:
    units = world.new("business_unit", len(UNITS))
    for index, (name, kind) in enumerate(
        [
            ("code", "choice"),
            ("name", "text"),
            ("name_en", "text"),
            ("sap_company", "digits"),
            ("sap_org", "digits"),
            ("sap_channel", "choice"),
            ("sap_division", "choice"),
        ]
    ):
        units.add(name, kind, [row[index] for row in UNITS])
    codes = [code for code, *_rest in REGIONS]
    parents = [codes.index(parent) + 1 if parent else 0 for *_rest, parent in REGIONS]
    regions = world.new("region", len(REGIONS))
    for index, name in enumerate(("code", "name", "name_en")):
        regions.add(name, "text", [row[index] for row in REGIONS])
    regions.add("parent_id", "ref", parents)
    regions.add("path", "text", [f"/{parent}/{pk}/" if parent else f"/{pk}/" for pk, parent in enumerate(parents, 1)])


def _support(staff: Staff, units: dict[str, int], teams: dict[str, int]) -> None:
    """More people for finance, marketing and service where the company is larger."""
    more = staff.world.counted(1, SUPPORT_POWER) - 1
    for _index in range(more):
        staff.hire("finance", "应收会计", 0, 0)
        staff.hire("data_steward", "主数据专员", 0, 0)
        for code, unit in units.items():
            staff.hire("marketing", "市场专员", unit, teams[code])
            staff.hire("service_agent", "客户服务工程师", unit, teams[f"{code}-SERVICE"])


def _area(staff: Staff, area: Area, unit: int, region: int, parent: int) -> None:
    """A sales area: its manager, its sub-teams where it is large, its reps."""
    team = staff.team(area.code, area.name, area.name_en, unit, region, parent)
    fixed = [person for person in PEOPLE if person.team.startswith(area.code)]
    manager = next((person for person in fixed if person.role == "sales_manager"), None)
    staff.teams[team - 1]["manager_id"] = staff.hire("sales_manager", f"{area.name}经理", unit, team, manager)
    reps = max(
        staff.world.counted(area.reps, REPS_POWER),
        sum(person.role == "sales_rep" and person.active for person in fixed),
    )
    leavers = [person for person in fixed if not person.active]
    known = [person for person in fixed if person.role == "sales_rep" and person.active]
    parts = 1 if reps < 4 and not known else max(2, -(-reps // SUBTEAM_SIZE))
    for part in range(parts):
        below = team
        if parts > 1:
            below = staff.team(
                f"{area.code}-{part + 1}",
                f"{area.name.removesuffix('大区')}销售{_numeral(part + 1)}部",
                f"{area.name_en} {part + 1}",
                unit,
                region,
                team,
            )
            own = reps > 2 * SUBTEAM_SIZE
            staff.teams[below - 1]["manager_id"] = (
                staff.hire("sales_manager", "销售部经理", unit, below) if own else staff.teams[team - 1]["manager_id"]
            )
        for _rep in range(part, reps, parts):
            person = known.pop(0) if known and (part == 0) else None
            staff.hire("sales_rep", person.title if person else "销售代表", unit, below, person)
        for person in leavers if part == 0 else []:
            staff.hire("sales_rep", person.title, unit, below, person)


def _numeral(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return (digits[tens] * (tens > 1) + "十" * (tens > 0) + digits[ones] * (ones > 0)) or digits[0]


def _tables(world: World, staff: Staff) -> None:
    teams = world.new("team", len(staff.teams))
    for name, kind in (
        ("code", "text"),
        ("name", "text"),
        ("name_en", "text"),
        ("parent_id", "ref"),
        ("path", "text"),
        ("business_unit_id", "ref"),
        ("region_id", "ref"),
        ("manager_id", "ref"),
    ):
        teams.add(name, kind, [row[name] for row in staff.teams])
    count = len(staff.people)
    users = world.new("user", count)
    for name in ("username", "display_name", "title", "role"):
        users.add(name, "text", [row[name] for row in staff.people])
    for name in ("business_unit_id", "team_id"):
        users.add(name, "ref", [row[name] for row in staff.people])
    users.add("is_active", "flag", [row["is_active"] for row in staff.people])
    users.add("email", "text", [f"{row['username']}@{EMAIL_DOMAIN}" for row in staff.people])
    users.add("phone", "text", mobile_numbers(staff.rng, count))
    members = [index for index, row in enumerate(staff.people) if row["team_id"]]
    memberships = world.new("team_membership", len(members))
    memberships.add("user_id", "ref", [index + 1 for index in members])
    memberships.add("team_id", "ref", users["team_id"][members])
    memberships.add("starts_on", "date", world.first_day - staff.rng.integers(30, 1500, len(members)))
    left = ~users["is_active"][members]
    memberships.add("ends_on", "date", np.where(left, world.day - 210, np.datetime64("NaT")))


def load(world: World) -> None:
    """Write the organisation. One password hash serves all: hashing is slow on purpose, and the password is public."""
    users = world["user"]
    users.add("password", "text", [make_password(PASSWORD, salt="hengpudemocompany")] * len(users))
    load_tables(
        world,
        {
            "business_unit": "crm.BusinessUnit",
            "region": "crm.Region",
            "user": "crm.User",
            "team": "crm.Team",
            "team_membership": "crm.TeamMembership",
        },
    )
    roles = dict(apps.get_model("crm.Role").objects.values_list("code", "pk"))
    rows = [(pk, pk, roles[role]) for pk, role in enumerate(users.texts("role"), 1)]
    load_rows("crm.User_roles", ("id", "user_id", "role_id"), rows)
    managers = enumerate(zip(world["team"]["id"].tolist(), world["team"]["manager_id"].tolist(), strict=True), 1)
    since = world.first_day.item()
    periods = [(pk, team, manager, since) for pk, (team, manager) in managers if manager]
    load_rows("crm.TeamManager", ("id", "team_id", "user_id", "starts_on"), periods)
    _working_calendar()


def _working_calendar() -> None:
    """The company's hours, its holidays and the days that make up for them."""
    hours = {
        "weekdays": [1, 2, 3, 4, 5],
        "opens_at": dt.time(8, 30),
        "closes_at": dt.time(17, 30),
        "break_from": dt.time(12),
        "break_until": dt.time(13),
    }
    calendar, _made = apps.get_model("crm.WorkingCalendar").objects.update_or_create(business_unit=None, defaults=hours)
    for name, first, last, working in HOLIDAYS:
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        for offset in range((end - start).days + 1):
            calendar.special_days.create(day=start + dt.timedelta(days=offset), is_working=False, name=name)
        for day in working:
            calendar.special_days.create(day=dt.date.fromisoformat(day), is_working=True, name=name)
