"""Opportunities of the demo company: their way through the funnel, and the answers they had to give on it."""

import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from django.apps import apps

from crm.demo.catalogue import LINE_CODES, LINES, Line
from crm.demo.copy import load_sequences, load_tables, monthly_codes
from crm.demo.table import NULL
from crm.demo.world import World
from crm.records.pinyin import search_text_of
from opportunities import choices
from opportunities.demo import texts as words
from opportunities.enums import OpportunityCategory, OpportunityDimension

PREFIX = "OPP"
OPEN_PER_REP, CLOSED_PER_REP = 12, 40
STAGES = ("requirement", "solution", "evaluation", "negotiation")
_OPEN_SHARES = (0.37, 0.28, 0.22, 0.13)
_DAYS = (18, 26, 34, 16)  # usual stay in each stage
_STALLED, _SLIPPED = 0.17, 0.12
_DAY = 86_400
_TEXTS = (
    "code",
    "name",
    "need",
    "competitors",
    "source",
    "category",
    "dimension",
    "application",
    "target_function",
    "buying_motive",
    "timing",
    "certification",
    "specification",
    "process",
    "solution",
    "support_needed",
    "next_step",
    "loss_reason",
    "lost_to",
    "stage",
)
_REFS = (
    "customer_id",
    "lead_id",
    "product_line_id",
    "product_id",
    "region_id",
    "owner_id",
    "team_id",
    "business_unit_id",
)
_DATES = ("assigned_on", "closed_on", "converted_on", "expected_close_on", "next_step_on")
_NUMBERS = (
    ("demand_kg", "kg"),
    ("our_volume_kg", "kg"),
    ("market_price", "price"),
    ("proposed_price", "price"),
    ("amount", "money"),
    ("amount_base", "money"),
)


@dataclass
class Draft:
    """An opportunity in the making.

    `stays` are (stage, days in it) in order; `outcome` is won, lost, on_hold, or "" while it is open.
    """

    customer: int
    owner: int
    created: Any
    outcome: str
    stays: list[tuple[str, int]]
    lead: int = 0
    values: dict[str, Any] = field(default_factory=dict)


def generate(world: World) -> None:
    """Some dozens for every rep: a dozen open ones, the others won, lost or on hold."""
    rng = world.rng("opportunities")
    drafts = [draft for owner in _reps(world) for draft in _of_rep(world, rng, owner)]
    drafts.sort(key=lambda draft: (draft.created, draft.customer, draft.owner))
    for code, draft in zip(
        monthly_codes(world, PREFIX, np.array([draft.created for draft in drafts], dtype="datetime64[D]")),
        drafts,
        strict=True,
    ):
        draft.values["code"] = code
        _fill(world, rng, draft)
    _table(world, rng, drafts)


def _reps(world: World) -> list[int]:
    users = world["user"]
    found: list[int] = users["id"][(users["role"] == "sales_rep") & users["is_active"]].tolist()
    return found


def _of_rep(world: World, rng: np.random.Generator, owner: int) -> list[Draft]:
    """The rep's opportunities; those that came of leads first."""
    customers, leads = world["customer"], world["lead"]
    mine = np.flatnonzero(customers["owner_id"] == owner)
    if not len(mine):
        return []
    weight = np.log1p(customers["demo_weight"][mine]) + 1.0
    converted = np.flatnonzero((leads["owner_id"] == owner) & (leads["state"] == "converted"))
    drafts = []
    for row in converted.tolist():
        day = leads["state_since"][row].astype("datetime64[D]")
        age = int((world.day - day).astype(int))
        outcome = "" if age < 25 or (age < 120 and rng.random() < 0.6) else _outcome(rng)
        drafts.append(_draft(world, rng, int(leads["customer_id"][row]), owner, age, outcome, row + 1))
    begun = sum(not draft.outcome for draft in drafts)
    for number in range(max(0, OPEN_PER_REP + int(rng.integers(-3, 4)) - begun)):
        customer = int(rng.choice(mine, p=weight / weight.sum())) + 1
        drafts.append(_draft(world, rng, customer, owner, -1, "", 0, STAGES[number % 4] if number < 4 else ""))
    for _number in range(max(0, CLOSED_PER_REP + int(rng.integers(-6, 7)) - len(converted))):
        customer = int(rng.choice(mine, p=weight / weight.sum())) + 1
        drafts.append(_draft(world, rng, customer, owner, int(rng.integers(60, 1090)), _outcome(rng)))
    return drafts


def _outcome(rng: np.random.Generator) -> str:
    return str(rng.choice(["won", "lost", "on_hold"], p=[0.48, 0.43, 0.09]))


def _draft(
    world: World,
    rng: np.random.Generator,
    customer: int,
    owner: int,
    age: int,
    outcome: str,
    lead: int = 0,
    stage: str = "",
) -> Draft:
    """The stages it went through, fitted into its age in days (-1: as long as the stages took)."""
    if outcome == "won":
        last = len(STAGES) - 1
    elif stage:
        last = STAGES.index(stage)
    else:
        last = int(rng.choice(4, p=_OPEN_SHARES if not outcome else [0.22, 0.3, 0.28, 0.2]))
    stays = [max(1, int(rng.gamma(2.2, _DAYS[place] / 2.2))) for place in range(last + 1)]
    if not outcome:
        stays[-1] = int(rng.integers(45, 110)) if rng.random() < _STALLED else int(rng.integers(0, 28))
    if age < 0:
        age = sum(stays)
    elif sum(stays) > age - 1 or not outcome:
        whole = max(1, sum(stays))
        stays = [stay * max(0, age - (1 if outcome else 0)) // whole for stay in stays]
    age = min(age, int((world.day - world.first_day).astype(int)))
    pairs = list(zip(STAGES, stays, strict=False))
    return Draft(customer, owner, world.day - max(1, age), outcome, pairs, lead)


def _fill(world: World, rng: np.random.Generator, draft: Draft) -> None:
    """Everything about it but the history; answers up to the stage it has reached, in that stage only some."""
    customers = world["customer"]
    row = draft.customer - 1
    line = int(customers[f"demo_line{int(rng.choice(3, p=[0.7, 0.22, 0.08]))}"][row])
    entry = LINES[line - 1]
    place = int(rng.integers(0, len(entry.products)))
    product = 1 + sum(len(other.products) for other in LINES[: line - 1]) + place
    kind = customers["application"][row]
    application = customers.columns["application"].vocabulary[kind]
    price = int(world["product"]["list_price"][product - 1])
    volume = max(1, int(np.exp(rng.normal(np.log(entry.usual_kg * 8), 0.7)) // 500)) * 500
    reached = len(draft.stays) if draft.outcome == "won" else len(draft.stays) - 1  # stages left behind
    draft.values |= {
        "customer_id": draft.customer,
        "owner_id": draft.owner,
        "lead_id": draft.lead,
        "product_line_id": line,
        "product_id": product,
        "region_id": int(customers["region_id"][row]),
        "business_unit_id": int(customers["business_unit_id"][row]),
        "name": f"{application}用{entry.products[place][0]} {_one(rng, words.NAME_ENDINGS)}",
        "application": application,
        "our_volume_kg": volume * 1000,
        "demand_kg": volume * int(rng.integers(100, 300)) // 100 * 1000,
        "market_price": price * int(rng.integers(94, 118)) // 100 // 100 * 100,
        "team_id": int(world["user"]["team_id"][draft.owner - 1]),
    }
    _first_gate(world, rng, draft, reached > 0)
    _specify(rng, draft, LINE_CODES[line - 1], reached)
    _answer_later_gates(rng, draft, entry, entry.products[place][0], reached)
    known = draft.values["market_price"] if draft.values["proposed_price"] == NULL else draft.values["proposed_price"]
    amount = (volume * known + 50) // 100
    draft.values |= {"amount": amount, "amount_base": amount}
    _dates(world, rng, draft)


def _answer_later_gates(rng: np.random.Generator, draft: Draft, entry: Line, product: str, reached: int) -> None:
    """What stages two to four ask: the stage left behind has its answer, the present one perhaps."""
    draws = rng.random(3) < (0.5, 0.5, 0.6)
    process, solution, offer = (
        reached > stage or (reached == stage and bool(draw)) for stage, draw in zip((1, 2, 3), draws, strict=True)
    )
    values = draft.values
    values["process"] = _one(rng, words.PROCESSES[entry.unit]) if process else ""
    values["solution"] = _one(rng, words.SOLUTIONS[entry.unit]).format(product=product) if solution else ""
    values["support_needed"] = _one(rng, words.SUPPORT) if offer else ""
    discount = int(rng.integers(90, 100))
    values["proposed_price"] = values["market_price"] * discount // 100 // 100 * 100 if offer else NULL


def _one(rng: np.random.Generator, choices: Any) -> str:
    return str(choices[int(rng.integers(0, len(choices)))])


def _first_gate(world: World, rng: np.random.Generator, draft: Draft, passed: bool) -> None:
    """The answers of the first stage: all of them once it was left, before that some."""
    unit = draft.values["business_unit_id"]
    lead_source = world["lead"].value(draft.lead, "source") if draft.lead else ""
    known = {"campaign": "campaign", "website": "website", "referral": "referral", "existing": "existing"}.get(
        lead_source, "visit"
    )
    answers = {
        "need": _one(rng, words.NEEDS[unit]),
        "competitors": "、".join(sorted({_one(rng, words.COMPETITORS), _one(rng, words.COMPETITORS)})),
        "source": known if draft.lead else _one(rng, list(choices.SOURCES)),
        "category": _one(rng, [value.value for value in OpportunityCategory]),
        "dimension": _one(rng, [value.value for value in OpportunityDimension]),
        "target_function": _one(rng, words.FUNCTIONS[unit]),
        "buying_motive": _one(rng, words.MOTIVES),
        "timing": _one(rng, words.TIMING),
        "certification": _one(rng, words.CERTIFICATION[unit]),
    }
    asked = rng.random(len(answers)) < 0.7
    draft.values |= {
        name: text if passed or given else ""
        for (name, text), given in zip(answers.items(), asked.tolist(), strict=True)
    }


def _specify(rng: np.random.Generator, draft: Draft, line: str, reached: int) -> None:
    """The technical specification: what the second stage asks of the product line."""
    specification = {"sales_process": words.SALES_PROCESS[draft.values["business_unit_id"]]}
    if reached >= 1:
        for key, choices in words.SPECIFICATION.items():
            if line in words.ASKED.get(key, {line}) and (reached > 1 or rng.random() < 0.55):
                specification[key] = _one(rng, choices)
    draft.values["specification"] = json.dumps(specification, ensure_ascii=False)


def _dates(world: World, rng: np.random.Generator, draft: Draft) -> None:
    """When it was given out, when it should close or closed, what comes next."""
    end = draft.created + sum(days for _stage, days in draft.stays)
    none = np.datetime64("NaT", "D")
    stage = draft.outcome or draft.stays[-1][0]
    values = {
        "stage": stage,
        "assigned_on": min(draft.created + int(rng.integers(0, 3)), world.yesterday),
        "closed_on": none,
        "converted_on": none,
    }
    values |= {"loss_reason": "", "lost_to": "", "next_step": "", "next_step_on": none}
    closed = min(end, world.yesterday)
    if draft.outcome:
        values["expected_close_on"] = closed + int(rng.integers(-20, 40)) if draft.outcome != "on_hold" else none
    else:
        ahead = int(rng.integers(6, 40)) + (3 - STAGES.index(stage)) * int(rng.integers(12, 36))
        values["expected_close_on"] = world.day + (-int(rng.integers(1, 40)) if rng.random() < _SLIPPED else ahead)
        stalled = draft.stays[-1][1] > 40
        values["next_step"] = _one(rng, words.STALLED_STEPS if stalled else words.NEXT_STEPS)
        if values["next_step"]:
            values["next_step_on"] = world.day + int(rng.integers(-12, 2) if stalled else rng.integers(-4, 18))
    if draft.outcome in ("won", "lost"):
        values["closed_on"] = closed
    if draft.outcome == "won" and rng.random() < 0.88:
        values["converted_on"] = min(closed + int(rng.integers(0, 26)), world.yesterday)
    if draft.outcome == "lost":
        values["loss_reason"] = _one(rng, words.LOSS_REASONS)
        values["lost_to"] = "" if values["loss_reason"] == "cancelled" else _one(rng, words.LOST_TO)
    draft.values |= values


def _table(world: World, rng: np.random.Generator, drafts: list[Draft]) -> None:
    table = world.new("opportunity", len(drafts))
    for name in _TEXTS:
        table.add(name, "text", [draft.values[name] for draft in drafts])
    for name in _REFS:
        table.add(name, "ref", [draft.values[name] for draft in drafts])
    for name in _DATES:
        table.add(name, "date", np.array([draft.values[name] for draft in drafts], dtype="datetime64[D]"))
    for name, kind in _NUMBERS:
        table.add(name, kind, [draft.values[name] for draft in drafts])
    created = world.stamp(
        np.array([draft.created for draft in drafts], dtype="datetime64[D]"),
        rng.integers(8 * 3600, 18 * 3600, len(drafts)),
    )
    since = _history(world, drafts, created)
    table.add("stage_since", "time", since)
    table.add("created_at", "time", created)
    table.add("updated_at", "time", since)
    table.add(
        "search_text",
        "text",
        [search_text_of(name, others=(code,)) for name, code in zip(table["name"], table["code"], strict=True)],
    )


def _history(world: World, drafts: list[Draft], created: Any) -> Any:
    """The moves through the funnel; when the present stage began."""
    rows: list[tuple[int, str, str, Any, int, int, str]] = []
    since = []
    for pk, draft in enumerate(drafts, 1):
        at = created[pk - 1]
        rows.append((pk, "", draft.stays[0][0], at, 0, draft.owner, ""))
        path = [*draft.stays, (draft.outcome, 0)] if draft.outcome else draft.stays
        for (source, days), (target, _more) in pairwise(path):
            moment = min(at + np.timedelta64(days * _DAY + 60, "s"), world.now)
            reason = {"lost": draft.values["lost_to"], "on_hold": "客户项目推迟"}.get(target, "")
            rows.append((pk, source, target, moment, int((moment - at).astype(int)), draft.owner, reason))
            at = moment
        since.append(at)
    table = world.new("opportunity_stage_change", len(rows))
    for place, (name, kind) in enumerate(
        (
            ("record_id", "ref"),
            ("source", "text"),
            ("target", "text"),
            ("at", "time"),
            ("seconds_in_source", "int"),
            ("actor_id", "ref"),
            ("reason", "text"),
        )
    ):
        values = [row[place] for row in rows]
        table.add(name, kind, np.array(values, dtype="datetime64[s]") if kind == "time" else values)
    return np.array(since, dtype="datetime64[s]")


def load(world: World) -> None:
    """Write opportunities and their history; stages are found by their codes."""
    stages, opportunities = (
        dict(apps.get_model("opportunities.Stage").objects.values_list("code", "pk")),
        world["opportunity"],
    )
    for name, columns in (("opportunity", ("stage",)), ("opportunity_stage_change", ("source", "target"))):
        for column in columns:
            world[name].add(f"{column}_id", "ref", [stages.get(code, 0) for code in world[name][column].tolist()])
    for column in ("probability", "standard_days"):
        known = dict(apps.get_model("opportunities.Stage").objects.values_list("pk", column))
        opportunities.add(column, "int", [known[key] for key in opportunities["stage_id"].tolist()])
    load_tables(
        world,
        {
            "opportunity": "opportunities.Opportunity",
            "opportunity_stage_change": "opportunities.OpportunityStageChange",
        },
    )
    load_sequences(world, PREFIX)
