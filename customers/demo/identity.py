"""Names, numbers and codes of the demo company's customers."""

import numpy as np

from crm.demo import names
from crm.demo.table import Array, Table
from crm.demo.world import World
from crm.records.pinyin import pinyin_of, search_text_of
from customers.demo.places import FEATURED

CODE_PREFIX = "C"
CODE_START = 100_001
SAP_START = 1_000_001
PARTNER_START = 2_000_001
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_OF = {character: place for place, character in enumerate(_ALPHABET)}


def add_names(world: World, table: Table) -> None:
    rng = world.rng("customer/names")
    place, industry = table["demo_place"], table["demo_industry"]
    draws = names.unique_draws(rng, place * 100 + industry, (len(names.STEM_FIRST), len(names.STEM_SECOND)))
    variants = rng.integers(0, 60, len(table)).tolist()
    foreign = names.unique_draws(
        rng, np.zeros(len(table), dtype=np.int64), (len(names.FOREIGN_STEMS), len(names.FOREIGN_TRADES), 3000)
    )
    share = rng.random(len(table)) < 0.12
    known = {_short(name) for name, *_rest in FEATURED}
    full, short, english = [], [], []
    cities = len(names.CITIES)
    for row, (where, trade) in enumerate(zip(place.tolist(), industry.tolist(), strict=True)):
        if where >= cities:
            word, kind, number = foreign[row].tolist()
            country = names.COUNTRIES[where - cities]
            core = f"{names.FOREIGN_STEMS[word]} {names.FOREIGN_TRADES[kind]}" + (
                f" {number}" if len(table) > 5000 else ""
            )
            name = f"{core} {country.form}"
            full.append(name)
            short.append(core)
            english.append(name)
            continue
        first, second = draws[row].tolist()
        trades = names.INDUSTRIES[trade].trades
        stem = names.STEM_FIRST[first] + names.STEM_SECOND[second]
        core = stem + trades[variants[row] % len(trades)]
        if names.CITIES[where].name + core in known:
            core = stem + trades[(variants[row] + 1) % len(trades)]
        short.append(names.CITIES[where].name + core)
        full.append(short[-1] + ("股份有限公司" if share[row] else "有限公司"))
        english.append("")
    for row, (name, *_rest) in enumerate(FEATURED):
        full[row] = name
        short[row] = _short(name)
    table.add("name", "text", full)
    table.add("short_name", "text", short)
    table.add("name_en", "text", english)


def _short(name: str) -> str:
    return name.removesuffix("有限公司").removesuffix("股份")


def add_identity(world: World, table: Table) -> None:
    """Codes, numbers in the ERP, credit codes, telephone and web."""
    rng, count = world.rng("customer/identity"), len(table)
    table.add("code", "text", [f"{CODE_PREFIX}-{number}" for number in range(CODE_START, CODE_START + count)])
    table.add("sap_number", "digits", SAP_START + np.arange(count))
    table.add("sap_partner", "digits", PARTNER_START + rng.permutation(count))
    domestic = table["demo_place"] < len(names.CITIES)
    codes = credit_codes(rng, table["demo_place"])
    has = domestic & (rng.random(count) < 0.96)
    table.add("credit_code", "text", [code if given else "" for code, given in zip(codes, has.tolist(), strict=True)])
    phones = rng.integers(10_000_000, 99_999_999, count).tolist()
    table.add("phone", "text", [f"0{310 + number % 580}-{number}" for number in phones])
    online = (rng.random(count) < 0.6).tolist()
    initials = [pinyin_of(name)[1] for name in table["short_name"].tolist()]
    table.add(
        "website", "text", [f"www.{initials[row]}{row}.example" if given else "" for row, given in enumerate(online)]
    )


def credit_codes(rng: np.random.Generator, place: Array) -> list[str]:
    """Unified social credit codes, all different, both check digits right (GB 32100-2015, GB 11714-1997)."""
    count = len(place)
    start = int(rng.integers(0, 31**6))
    serial = (
        np.arange(count, dtype=np.int64) * 377_873_929 + start
    ) % 31**6  # one-to-one: the factor shares nothing with 31
    area = np.array(
        [[int(digit) for digit in city.area] for city in names.CITIES] + [[1, 0, 0, 0, 0, 0]] * len(names.COUNTRIES)
    )
    digits = np.zeros((count, 18), dtype=np.int64)
    digits[:, 0], digits[:, 1] = 9, 1
    digits[:, 2:8] = area[place]
    digits[:, 8], digits[:, 9] = _CODE_OF["M"], _CODE_OF["A"]
    for column in range(6):
        digits[:, 15 - column] = serial // 31**column % 31
    ascii_value = np.array([int(character, 36) for character in _ALPHABET])
    organisation = ascii_value[digits[:, 8:16]] @ np.array([3, 7, 9, 10, 5, 8, 4, 2])
    check = (11 - organisation % 11) % 11
    digits[:, 16] = np.where(check == 10, _CODE_OF["X"], check)
    weights = np.array([pow(3, column, 31) for column in range(17)])
    digits[:, 17] = (31 - digits[:, :17] @ weights % 31) % 31
    letters = np.array(list(_ALPHABET))
    return ["".join(row) for row in letters[digits].tolist()]


def add_search_text(table: Table) -> None:
    table.add(
        "search_text",
        "text",
        [
            search_text_of(name, short, others=(code, credit, english), phone=phone)
            for name, short, code, credit, phone, english in zip(
                *(
                    table[column].tolist()
                    for column in ("name", "short_name", "code", "credit_code", "phone", "name_en")
                ),
                strict=True,
            )
        ],
    )
