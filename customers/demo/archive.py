"""Groups, addresses, invoice data, legal facts and past registrations of the demo company's customers."""

import numpy as np

from crm.demo import names
from crm.demo.copy import monthly_codes
from crm.demo.table import Table
from crm.demo.world import World

_BANKS = ("中国工商银行", "中国建设银行", "中国农业银行", "中国银行", "招商银行", "交通银行")
_FORMS = ("limited", "joint_stock", "state_owned", "foreign", "other")
_PARKS = ("一号仓", "二号仓", "成品库", "原料库", "东门收货处")
_RATINGS = ("AA", "A", "BBB", "BB")
_ADDRESS_KINDS = ("sold_to", "ship_to", "invoice_to", "plant")
_PER_GROUP = 4  # members besides the head
_HEADS = 40  # one customer in so many heads a group
_SCOPE = "生产、加工、销售：{industry}相关产品；货物进出口。"
_PAST = 730  # days
_DAY = 86_400


def add_groups(world: World, table: Table) -> None:
    """One customer in forty heads a group; the last member of a group stands below the one before it."""
    rng, count = world.rng("customer/groups"), len(table)
    parent = np.zeros(count, dtype=np.int64)
    root = np.zeros(count, dtype=np.int64)
    path = [""] * count
    for unit in np.unique(table["business_unit_id"]).tolist():
        rows = rng.permutation(np.flatnonzero(table["business_unit_id"] == unit))
        mine = rows[np.argsort(table["owner_id"][rows], kind="stable")].tolist()  # mostly one person's companies
        for start in range(0, len(mine) - _PER_GROUP, _HEADS):
            head, *members = mine[start : start + _PER_GROUP + 1]
            root[head], path[head] = head + 1, f"{head + 1}/"
            for place, row in enumerate(members):
                above = members[place - 1] if place == len(members) - 1 and place else head
                parent[row], root[row] = above + 1, head + 1
                path[row] = f"{path[above]}{row + 1}/"
    table.add("parent_id", "ref", parent)
    table.add("group_root_id", "ref", root)
    table.add("group_path", "text", path)


def add_parts(world: World) -> None:
    """Addresses and invoice data of those who buy, legal facts of most companies of the country."""
    customers = world["customer"]
    rng = world.rng("customer/parts")
    buys = customers["demo_weight"] > 0
    domestic = customers["demo_place"] < len(names.CITIES)
    _addresses(world, customers, np.flatnonzero(buys))
    _billing(world, customers, np.flatnonzero(buys & (rng.random(len(customers)) < 0.85)))
    _legal(world, customers, np.flatnonzero(domestic & (rng.random(len(customers)) < 0.7)))


def _stamped(customers: Table, table: Table, rows: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
    table.add("customer_id", "ref", rows + 1)
    for name in ("created_at", "updated_at"):
        table.add(name, "time", customers["created_at"][rows])


def _addresses(world: World, customers: Table, buyers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
    rng = world.rng("customer/addresses")
    kind = rng.choice([0, 2, 3], len(buyers), p=[0.3, 0.3, 0.4])
    second = buyers[rng.random(len(buyers)) < 0.45]
    rows = np.concatenate([buyers, second])
    table = world.new("customer_address", len(rows))
    _stamped(customers, table, rows)
    table.add("kind", "choice", np.concatenate([np.ones(len(buyers), dtype=int), kind[: len(second)]]), _ADDRESS_KINDS)
    halls = rng.integers(0, len(_PARKS), len(rows)).tolist()
    provinces, cities = customers.texts("province"), customers.texts("city")
    streets = customers["address"].tolist()
    people, phones = names.people(rng, len(rows)), names.mobile_numbers(rng, len(rows))
    table.add("province", "text", [provinces[row] for row in rows.tolist()])
    table.add("city", "text", [cities[row] for row in rows.tolist()])
    table.add("street", "text", [streets[row] for row in rows.tolist()])
    table.add("name", "text", [_PARKS[hall] for hall in halls])
    table.add("contact", "text", people)
    table.add("phone", "text", phones)
    table.add("is_default", "flag", np.ones(len(rows), dtype=bool))
    table.add(
        "search_text",
        "text",
        [
            f"{hall} {city} {person} {phone}"
            for hall, city, person, phone in zip(
                table["name"].tolist(), table["city"].tolist(), people, phones, strict=True
            )
        ],
    )


def _billing(world: World, customers: Table, rows: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
    rng, table = world.rng("customer/billing"), world.new("customer_billing", len(rows))
    _stamped(customers, table, rows)
    for name, column in (("invoice_title", "name"), ("tax_number", "credit_code"), ("invoice_address", "address")):
        values = customers[column].tolist()
        table.add(name, "text", [values[row] for row in rows.tolist()])
    cities = customers.texts("city")
    phones = customers["phone"].tolist()
    table.add("invoice_phone", "text", [phones[row] for row in rows.tolist()])
    banks = rng.integers(0, len(_BANKS), len(rows)).tolist()
    table.add(
        "bank",
        "text",
        [f"{_BANKS[bank]}{cities[row]}分行" for bank, row in zip(banks, rows.tolist(), strict=True)],
    )
    numbers = rng.integers(10**14, 10**15, len(rows)).tolist()
    table.add("bank_account", "text", [f"6222{number}" for number in numbers])
    rated = rng.random(len(rows)) < 0.5
    table.add(
        "credit_rating", "choice", np.where(rated, rng.integers(1, len(_RATINGS) + 1, len(rows)), 0), ("", *_RATINGS)
    )
    insured = rng.random(len(rows)) < 0.25
    table.add(
        "insured_until", "date", np.where(insured, world.day + rng.integers(-20, 360, len(rows)), np.datetime64("NaT"))
    )


def _legal(world: World, customers: Table, rows: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
    rng, table = world.rng("customer/legal"), world.new("customer_legal", len(rows))
    _stamped(customers, table, rows)
    table.add("legal_form", "choice", rng.choice(5, len(rows), p=[0.72, 0.12, 0.06, 0.07, 0.03]), _FORMS)
    table.add("registered_capital", "money", rng.choice([500, 1000, 2000, 5000, 10_000, 30_000], len(rows)) * 1_000_000)
    table.add("founded_on", "date", world.day - rng.integers(2000, 11_000, len(rows)))
    table.add("representative", "text", names.people(rng, len(rows)))
    industry = customers.texts("industry")
    table.add("business_scope", "text", [_SCOPE.format(industry=industry[row]) for row in rows.tolist()])
    table.add("status", "choice", np.zeros(len(rows), dtype=int), ("active",))


def add_registrations(world: World) -> None:
    """The customers of the last two years were registered; one in six came back first, one in twelve was corrected later."""
    rng, customers = world.rng("customer/registrations"), world["customer"]
    created = customers["created_at"].astype("datetime64[D]")
    rows = np.flatnonzero(created > world.day - _PAST)
    rows = rows[np.argsort(created[rows], kind="stable")]
    table = world.new("customer_registration", len(rows))
    refused = rng.random(len(rows)) < 1 / 6
    at = customers["created_at"][rows]
    for name in ("name", "credit_code"):
        values = customers[name].tolist()
        table.add(name, "text", [values[row] for row in rows.tolist()])
    for name in ("province", "city", "industry"):
        texts = customers.texts(name)
        table.add(name, "text", [texts[row] for row in rows.tolist()])
    for name in ("region_id", "owner_id", "team_id", "business_unit_id"):
        table.add(name, "ref", customers[name][rows])
    table.add("code", "text", monthly_codes(world, "REG", created[rows]))
    table.add("kind", "choice", customers["kind"][rows], customers.columns["kind"].vocabulary)
    table.add("contact_name", "text", names.people(rng, len(rows)))
    table.add("contact_phone", "text", names.mobile_numbers(rng, len(rows)))
    table.add("state", "choice", np.zeros(len(rows), dtype=int), ("approved",))
    for name in ("state_since", "created_at", "updated_at"):
        table.add(name, "time", at)
    table.add("customer_id", "ref", rows + 1)
    table.add("submissions", "int", 1 + refused)
    table.add("decisions", "int", 1 + refused)
    table.add("refusals", "int", refused.astype(int))
    table.add("decided_on", "date", np.minimum(created[rows], world.yesterday))
    corrected = (rng.random(len(rows)) < 1 / 12) & (created[rows] < world.day - 40)
    later = created[rows] + rng.integers(3, 30, len(rows))
    table.add("corrected_on", "date", np.where(corrected, later, np.datetime64("NaT")))
    table.add("search_text", "text", [values.lower() for values in table["name"].tolist()])
    _steps(world, at, rng)


def _steps(world: World, at: "np.ndarray[tuple[int], np.dtype[np.datetime64]]", rng: np.random.Generator) -> None:
    """Each was sent some hours before it was approved."""
    count = len(at)
    table = world.new("customer_registration_state_change", count * 2)
    waited = rng.integers(1800, _DAY, count)
    table.add("record_id", "ref", np.concatenate([np.arange(1, count + 1)] * 2))
    table.add("source", "choice", np.repeat([0, 1], count), ("draft", "submitted"))
    table.add("target", "choice", np.repeat([0, 1], count), ("submitted", "approved"))
    table.add("at", "time", np.concatenate([at - waited.astype("timedelta64[s]"), at]))
    table.add("seconds_in_source", "int", np.concatenate([np.zeros(count, dtype=int), waited]))
