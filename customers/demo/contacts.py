"""People at the demo company's customers."""

import numpy as np

from crm.demo import names
from crm.demo.table import Array, Table
from crm.demo.world import World
from crm.records.pinyin import search_text_of

_TITLES = (
    ("purchasing", "采购经理"),
    ("technical", "研发总监"),
    ("decision", "总经理"),
    ("quality", "品质经理"),
    ("finance", "财务主管"),
    ("technical", "工艺工程师"),
    ("purchasing", "采购员"),
    ("other", "仓库主管"),
)
_RANKS = np.array([2, 2, 3, 2, 2, 1, 1, 1])  # of these titles: a general manager stands over heads, heads over the rest
_ROLES = tuple(dict.fromkeys(role for role, _title in _TITLES))


def add_contacts(world: World) -> None:
    rng, customers = world.rng("contacts"), world["customer"]
    many = rng.choice([1, 2, 3, 4], len(customers), p=[0.3, 0.35, 0.22, 0.13])
    owner = np.repeat(customers["id"], many)
    position = np.arange(len(owner)) - np.repeat(np.cumsum(many) - many, many)
    table = world.new("contact", len(owner))
    table.add("customer_id", "ref", owner)
    table.add("name", "text", names.people(rng, len(owner)))
    job = np.where(
        position == 0, rng.choice([0, 0, 2], len(owner)), (position + rng.integers(0, 3, len(owner))) % len(_TITLES)
    )
    table.add(
        "role",
        "choice",
        np.array([_ROLES.index(role) for role, _title in _TITLES])[job],
        _ROLES,
    )
    table.add("title", "choice", job, [title for _role, title in _TITLES])
    table.add("phone", "text", names.mobile_numbers(rng, len(owner)))
    mail = (rng.random(len(owner)) < 0.7).tolist()
    table.add(
        "email",
        "text",
        [
            f"contact{pk}@c{customer}.example" if given else ""
            for pk, (customer, given) in enumerate(zip(owner.tolist(), mail, strict=True), 1)
        ],
    )
    table.add(
        "search_text",
        "text",
        [
            search_text_of(name, others=(mail,), phone=phone)
            for name, mail, phone in zip(*(table[name].tolist() for name in ("name", "email", "phone")), strict=True)
        ],
    )
    table.add("is_primary", "flag", position == 0)
    _add_chart(world, table, job)
    table.add("created_at", "time", customers["created_at"][owner - 1])
    table.add("updated_at", "time", customers["created_at"][owner - 1])


def _add_chart(world: World, table: Table, job: Array) -> None:
    """Who reports to whom: mostly to a colleague of the next rank; how much they decide, how they stand to us."""
    rng, count = world.rng("contacts/chart"), len(table)
    reports = rng.random(count) < 0.9
    table.add("reports_to_id", "ref", np.where(reports, _superiors(table["customer_id"], job), 0))
    decides = np.isin(job, [1, 2])
    influence = np.where(decides, 1, rng.choice([0, 2, 3], count, p=[0.3, 0.4, 0.3]))
    table.add("influence", "choice", influence, ("", "high", "medium", "low"))
    stance = rng.choice([0, 1, 2, 3], count, p=[0.4, 0.3, 0.22, 0.08])
    table.add("stance", "choice", stance, ("", "supporter", "neutral", "opponent"))


def _superiors(owner: Array, job: Array) -> Array:
    """Id of the colleague whose rank is the nearest above, 0 for those who have none over them. Four people at most each."""
    count, rank = len(owner), _RANKS[job]
    found, best = np.zeros(count, int), np.full(count, rank.max() + 1)
    rows = np.arange(count)
    for distance in (-3, -2, -1, 1, 2, 3):
        other = np.clip(rows + distance, 0, count - 1)
        nearer = (owner[other] == owner) & (rank[other] > rank) & (rank[other] < best)
        found = np.where(nearer, other + 1, found)
        best = np.where(nearer, rank[other], best)
    return found
