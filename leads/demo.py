"""Campaigns and leads of the demo company, with the states they went through."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from crm.demo import names
from crm.demo.copy import load_sequences, load_tables, monthly_codes
from crm.demo.table import Array
from crm.demo.world import World
from crm.records.pinyin import search_text_of
from leads import choices
from leads.enums import CampaignKind, CampaignOrigin, CampaignState, LeadState

CAMPAIGN_PREFIX, LEAD_PREFIX = "MKT", "LD"
LEADS = 620  # at scale 1
_LEADS_POWER = 0.85
_DAY = 86_400

_PLANS = {
    1: (
        ("国际橡塑展", CampaignKind.EXHIBITION, 4, 420),
        ("电子胶粘材料展", CampaignKind.EXHIBITION, 10, 360),
        ("新能源电池密封技术研讨会", CampaignKind.TECHNICAL_SEMINAR, 5, 90),
        ("医用液体硅橡胶技术沙龙", CampaignKind.TECHNICAL_SEMINAR, 9, 70),
        ("有机硅选型直播课", CampaignKind.ONLINE, 3, 45),
        ("线缆材料线上推广", CampaignKind.ONLINE, 7, 60),
        ("经销伙伴年会", CampaignKind.DEALER_MEETING, 12, 180),
    ),
    2: (
        ("全国植保双交会", CampaignKind.EXHIBITION, 11, 380),
        ("春季经销商订货会", CampaignKind.DEALER_MEETING, 2, 260),
        ("秋季经销商订货会", CampaignKind.DEALER_MEETING, 8, 220),
        ("水稻田除草示范", CampaignKind.FIELD_TRIAL, 5, 80),
        ("玉米田化除示范", CampaignKind.FIELD_TRIAL, 6, 75),
        ("柑橘病害防控观摩会", CampaignKind.FIELD_TRIAL, 7, 65),
        ("作物健康线上课堂", CampaignKind.ONLINE, 3, 40),
    ),
}
_AD_HOC = ("竞品停产应急推广", "重点客户开放日", "新品上市发布会", "区域小型交流会")
_NEEDS = (
    "{application}，年用量约 {tons} 吨，希望先送样",
    "现用进口料，想找国产替代，用于{application}",
    "{application}项目下半年量产，需报价与检测报告",
    "咨询{line}价格与交期，用途：{application}",
)
_PATHS = {
    LeadState.NEW: (),
    LeadState.ASSIGNED: (LeadState.ASSIGNED,),
    LeadState.FOLLOWED_UP: (LeadState.ASSIGNED, LeadState.FOLLOWED_UP),
    LeadState.QUALIFIED: (LeadState.ASSIGNED, LeadState.FOLLOWED_UP, LeadState.QUALIFIED),
    LeadState.CONVERTED: (LeadState.ASSIGNED, LeadState.FOLLOWED_UP, LeadState.QUALIFIED, LeadState.CONVERTED),
    LeadState.DISQUALIFIED: (LeadState.ASSIGNED, LeadState.FOLLOWED_UP, LeadState.DISQUALIFIED),
}
_REASONS = ("需求量太小", "只是比价", "联系不上", "产品不匹配", "已有长期供应商")


@dataclass(frozen=True)
class Move:
    """A change of state of the record with that id."""

    record: int
    source: str
    target: str
    at: np.datetime64
    seconds: int
    actor: int
    reason: str = ""


def generate(world: World) -> None:
    """Campaigns, then leads, many of them from campaigns."""
    _campaigns(world)
    _leads(world)


def state_changes(world: World, name: str, moves: list[Move]) -> None:
    """The table of history rows for these moves."""
    table = world.new(name, len(moves))
    table.add("record_id", "ref", [move.record for move in moves])
    table.add("source", "text", [move.source for move in moves])
    table.add("target", "text", [move.target for move in moves])
    table.add("at", "time", np.array([move.at for move in moves], dtype="datetime64[s]"))
    table.add("seconds_in_source", "int", [move.seconds for move in moves])
    table.add("actor_id", "ref", [move.actor for move in moves])
    table.add("reason", "text", [move.reason for move in moves])


def _campaigns(world: World) -> None:
    """The plans of this year and the three before it, several of a kind in a larger company, and some on demand."""
    rng, rows = world.rng("campaigns"), []
    users = world["user"]
    many = world.counted(1, 0.45)
    for year in range(world.today.year - 3, world.today.year + 1):
        for unit, plan in _PLANS.items():
            staff = users["id"][(users["role"] == "marketing") & (users["business_unit_id"] == unit)]
            for copy in range(many):
                for name, kind, month, budget in plan:
                    region = int(rng.integers(2, 9)) if many > 1 or kind == CampaignKind.FIELD_TRIAL else 0
                    start = dt.date(year, month, int(rng.integers(2, 24)))
                    label = f"{year} {name}" + (
                        f"（{world['region']['name'][region - 1]} {copy + 1}）" if many > 1 else ""
                    )
                    rows.append(
                        (label, kind, CampaignOrigin.ANNUAL, unit, region, start, budget, int(rng.choice(staff)))
                    )
                if rng.random() < 0.9:
                    start = dt.date(year, int(rng.integers(1, 13)), int(rng.integers(1, 26)))
                    label = f"{year} {_AD_HOC[int(rng.integers(0, len(_AD_HOC)))]}" + (
                        f" {copy + 1}" if many > 1 else ""
                    )
                    kind = CampaignKind.TECHNICAL_SEMINAR if unit == 1 else CampaignKind.FIELD_TRIAL
                    rows.append(
                        (
                            label,
                            kind,
                            CampaignOrigin.AD_HOC,
                            unit,
                            0,
                            start,
                            int(rng.integers(20, 90)),
                            int(rng.choice(staff)),
                        )
                    )
    first = world.first_day.item()
    rows = sorted(
        (row for row in rows if row[5] >= first and (row[2] == CampaignOrigin.ANNUAL or row[5] < world.today)),
        key=lambda row: (row[5], row[0]),
    )
    _campaign_table(world, rng, rows)


def _campaign_table(world: World, rng: np.random.Generator, rows: list[Any]) -> None:
    count, users = len(rows), world["user"]
    table = world.new("campaign", count)
    unit = np.array([row[3] for row in rows])
    start = np.array([row[5] for row in rows], dtype="datetime64[D]")
    length = np.array([{CampaignKind.ONLINE: 28, CampaignKind.FIELD_TRIAL: 12}.get(row[1], 3) for row in rows])
    end = start + length
    budget = (
        np.array([row[6] for row in rows]) * rng.integers(85, 120, count) // 10 * 10_000
    )  # hundredths of yuan, from thousands
    draw = rng.random(count)
    cancelled = (draw < 0.05) & (start < world.day)
    state = np.select(
        [cancelled, (end < world.day - 4) & (draw < 0.97), start <= world.day, start < world.day + 60],
        ["cancelled", "completed", "running", "approved"],
        "planned",
    )
    planned_on = np.minimum(start - rng.integers(30, 90, count), world.yesterday)
    table.add("code", "text", monthly_codes(world, CAMPAIGN_PREFIX, np.sort(planned_on)))
    table.add("name", "text", [row[0] for row in rows])
    table.add("kind", "text", [row[1].value for row in rows])
    table.add("origin", "text", [row[2].value for row in rows])
    table.add("business_unit_id", "ref", unit)
    owner = np.array([row[7] for row in rows])
    table.add("owner_id", "ref", owner)
    table.add("team_id", "ref", users["team_id"][owner - 1])
    table.add("region_id", "ref", [row[4] for row in rows])
    table.add("product_line_id", "ref", np.where(unit == 1, rng.integers(1, 5, count), rng.integers(5, 8, count)))
    table.add("starts_on", "date", start)
    table.add("ends_on", "date", end)
    completed = np.minimum(end + rng.integers(1, 4, count), world.yesterday)
    table.add("completed_on", "date", np.where(state == "completed", completed, np.datetime64("NaT")))
    table.add("budget", "money", budget)
    share = np.select(
        [state == "completed", state == "running", state == "cancelled"],
        [rng.integers(70, 106, count), rng.integers(20, 70, count), 5],
        0,
    )
    table.add("spent", "money", budget * share // 100)
    table.add("planned_leads", "int", rng.integers(8, 30, count) * max(1, round(world.scale**0.4)))
    table.add("goal", "text", ["获取目标行业线索，推动重点客户送样"] * count)
    made = world.stamp(planned_on, rng.integers(9 * 3600, 17 * 3600, count))
    _campaign_moves(world, state, made, start, completed, owner)
    table.add("created_at", "time", made)
    table.add("updated_at", "time", table["state_since"])
    table.add(
        "search_text",
        "text",
        [search_text_of(name, others=(code,)) for name, code in zip(table["name"], table["code"], strict=True)],
    )


def _campaign_moves(world: World, state: Array, made: Array, start: Array, completed: Array, owner: Array) -> None:
    moves, since = [], []
    for row, now in enumerate(state.tolist()):
        at, source = made[row], CampaignState.PLANNED.value
        path = {
            "planned": (),
            "approved": ("approved",),
            "cancelled": ("approved", "cancelled"),
            "running": ("approved", "running"),
        }.get(now, ("approved", "running", "completed"))
        for target in path:
            day = {
                "approved": made[row] + np.timedelta64(7, "D"),
                "completed": completed[row] + np.timedelta64(10, "h"),
            }.get(target, start[row] + np.timedelta64(1, "h"))
            moment = min(max(day.astype("datetime64[s]"), at), world.now)
            moves.append(Move(row + 1, source, target, moment, int((moment - at).astype(int)), int(owner[row])))
            at, source = moment, target
        since.append(at)
    world["campaign"].add("state", "text", state.tolist())
    world["campaign"].add("state_since", "time", np.array(since, dtype="datetime64[s]"))
    state_changes(world, "campaign_state_change", moves)


def _leads(world: World) -> None:
    rng = world.rng("leads")
    count = world.counted(LEADS, _LEADS_POWER, least=60)
    span = int((world.day - world.first_day).astype(int))
    day = world.first_day + np.sort((span * rng.random(count) ** 0.8).astype(np.int64))
    customers = world["customer"]
    like = rng.integers(0, len(customers), count)  # a customer whose place, business unit and rep the lead takes
    unit = customers["business_unit_id"][like]
    source = rng.choice([0, 1, 2, 3, 4], count, p=[0.46, 0.2, 0.14, 0.08, 0.12])
    campaign = _campaign_of(world, rng, day, unit)
    source = np.where((source == 0) & (campaign == 0), 1, source)
    age = (world.day - day).astype(np.int64)
    draw = rng.random(count)
    order = ["converted", "disqualified", "qualified", "followed_up", "assigned", "new"]
    old = np.searchsorted(np.cumsum([0.30, 0.44, 0.08, 0.12, 0.06]), draw)
    young = np.searchsorted(np.cumsum([0.05, 0.12, 0.15, 0.26, 0.26]), draw)
    state = np.where(age > 45, old, young)
    table = world.new("lead", count)
    table.add("code", "text", monthly_codes(world, LEAD_PREFIX, day))
    table.add(
        "source",
        "choice",
        source,
        [
            choices.CAMPAIGN,
            choices.WEBSITE,
            choices.REFERRAL,
            choices.COLD_CALL,
            choices.EXISTING,
        ],
    )
    table.add("campaign_id", "ref", np.where(source == 0, campaign, 0))
    known = (source == 4) | (state == 0)
    table.add("customer_id", "ref", np.where(known, like + 1, 0))
    table.add("region_id", "ref", customers["region_id"][like])
    table.add("business_unit_id", "ref", unit)
    given = state != 5
    table.add("owner_id", "ref", np.where(given, customers["owner_id"][like], 0))
    table.add("team_id", "ref", np.where(given, customers["team_id"][like], 0))
    line = customers["demo_line0"][like]
    table.add("product_line_id", "ref", line)
    table.add(
        "expected_amount", "money", np.round(np.exp(rng.normal(12.6, 0.9, count)) / 1000).astype(np.int64) * 100_000
    )
    table.add("state", "text", [order[index] for index in state.tolist()])
    table.add("received_on", "date", day)
    _lead_texts(world, rng, like, known)
    _lead_moves(world, rng, day, customers["owner_id"][like])
    rows = zip(
        *(table[name].tolist() for name in ("company_name", "contact_name", "code", "email", "phone")), strict=True
    )
    table.add(
        "search_text",
        "text",
        [search_text_of(*names, others=(code, mail), phone=phone) for *names, code, mail, phone in rows],
    )


def _campaign_of(world: World, rng: np.random.Generator, day: Array, unit: Array) -> Array:
    """The id of a campaign of the unit that began in the six weeks before, 0 for none."""
    campaigns, result = world["campaign"], np.zeros(len(day), dtype=np.int64)
    happened = campaigns["state"] != "cancelled"
    for number in (1, 2):
        rows = np.flatnonzero((campaigns["business_unit_id"] == number) & happened)
        mine = np.flatnonzero(unit == number)
        low = np.searchsorted(campaigns["starts_on"][rows], day[mine] - 45)
        high = np.searchsorted(campaigns["starts_on"][rows], day[mine], side="right")
        pick = low + np.floor(rng.random(len(mine)) * (high - low)).astype(np.int64)
        result[mine] = np.where(high > low, campaigns["id"][rows[np.minimum(pick, len(rows) - 1)]], 0)
    return result


def _lead_texts(world: World, rng: np.random.Generator, like: Array, known: Array) -> None:
    table, customers, count = world["lead"], world["customer"], len(like)
    lines = world["product_line"]["name"]
    stems = rng.integers(0, [len(names.STEM_FIRST), len(names.STEM_SECOND)], (count, 2))
    companies, needs = [], []
    tons = rng.integers(2, 120, count).tolist()
    kinds = rng.integers(0, len(_NEEDS), count).tolist()
    applications = customers.texts("application")
    trades = customers["demo_industry"][like].tolist()
    for row, customer in enumerate(like.tolist()):
        if known[row]:
            companies.append(customers["name"][customer])
        else:
            trade = names.INDUSTRIES[trades[row]].trades
            place = customers["demo_place"][customer]
            town = names.CITIES[place].name if place < len(names.CITIES) else "上海"
            stem = names.STEM_FIRST[stems[row, 0]] + names.STEM_SECOND[stems[row, 1]]
            companies.append(f"{town}{stem}{trade[tons[row] % len(trade)]}有限公司")
        line = lines[table["product_line_id"][row] - 1]
        needs.append(_NEEDS[kinds[row]].format(application=applications[customer], tons=tons[row], line=line))
    table.add("company_name", "text", companies)
    table.add("contact_name", "text", names.people(rng, count))
    table.add("phone", "text", names.mobile_numbers(rng, count))
    table.add("email", "text", [f"lead{pk}@lead{pk}.example" if pk % 3 == 0 else "" for pk in table["id"].tolist()])
    table.add("need", "text", needs)


def _lead_moves(world: World, rng: np.random.Generator, day: Array, owner: Array) -> None:
    """Most leads are given out within a day and followed up within two; some wait."""
    table, count = world["lead"], len(day)
    made = world.stamp(day, rng.integers(8 * 3600, 18 * 3600, count))
    waits = rng.exponential(1.0, (count, 4)) * np.array([0.5, 1.4, 9.0, 12.0]) * _DAY
    waits = np.where(rng.random((count, 4)) < 0.08, waits * 4, waits).astype(np.int64)
    users, teams = world["user"], world["team"]
    manager = teams["manager_id"][np.maximum(users["team_id"][owner - 1], 1) - 1]
    moves, since = [], []
    for row, state in enumerate(table["state"].tolist()):
        at, source = made[row], LeadState.NEW.value
        for turn, target in enumerate(_PATHS[LeadState(state)]):
            moment = min(at + np.timedelta64(int(waits[row, turn]) + 600, "s"), world.now)
            actor = int(manager[row] or owner[row]) if target == LeadState.ASSIGNED else int(owner[row])
            reason = _REASONS[row % len(_REASONS)] if target == LeadState.DISQUALIFIED else ""
            moves.append(Move(row + 1, source, target.value, moment, int((moment - at).astype(int)), actor, reason))
            at, source = moment, target.value
        since.append(at)
    table.add("state_since", "time", np.array(since, dtype="datetime64[s]"))
    table.add("created_at", "time", made)
    table.add("updated_at", "time", table["state_since"])
    state_changes(world, "lead_state_change", moves)


def load(world: World) -> None:
    """Write campaigns and leads."""
    load_tables(
        world,
        {
            "campaign": "leads.Campaign",
            "campaign_state_change": "leads.CampaignStateChange",
            "lead": "leads.Lead",
            "lead_state_change": "leads.LeadStateChange",
        },
    )
    load_sequences(world, CAMPAIGN_PREFIX)
    load_sequences(world, LEAD_PREFIX)
