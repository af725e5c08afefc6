"""Where the demo company's customers are, what they do, and who looks after them."""

import numpy as np

from crm.demo import names
from crm.demo.organisation import AREAS, REGIONS
from crm.demo.table import Table
from crm.demo.world import World

# the customers that screens and documents show; they are among the largest: name, city, industry, grade
FEATURED = (
    ("苏州启芯电子材料有限公司", "苏州", "电子电器", "S"),
    ("合肥晟曜半导体封装有限公司", "合肥", "电子电器", "S"),
    ("浙江欣禾密封科技股份有限公司", "宁波", "汽车零部件", "A"),
    ("江苏瑞丰电缆集团有限公司", "无锡", "电线电缆", "A"),
    ("宁波海曜新能源科技有限公司", "宁波", "新能源", "A"),
    ("广东佳泽家电配件有限公司", "佛山", "家电", "A"),
    ("东莞恒泰胶粘制品有限公司", "东莞", "胶粘剂", "B"),
    ("上海沃岚医疗器械有限公司", "上海", "医疗器械", "B"),
    ("青岛泊远橡塑有限公司", "青岛", "橡塑制品", "B"),
    ("武汉中创轨道装备有限公司", "武汉", "轨道交通", "B"),
    ("佛山顺隆照明电器有限公司", "佛山", "照明", "B"),
    ("厦门立方光电股份有限公司", "厦门", "电子电器", "B"),
)
FIXED_ABROAD = 5  # at every scale somebody pays in yen, dinars, euros and dollars

_REGION_SHARES = {
    1: {
        "EAST": 38,
        "SOUTH": 28,
        "NORTH": 10,
        "CENTRAL": 9,
        "SOUTHWEST": 5,
        "NORTHWEST": 2,
        "NORTHEAST": 2,
        "OVERSEAS": 6,
    },
    2: {
        "EAST": 14,
        "SOUTH": 12,
        "NORTH": 18,
        "CENTRAL": 18,
        "SOUTHWEST": 12,
        "NORTHWEST": 10,
        "NORTHEAST": 11,
        "OVERSEAS": 5,
    },
}
_REGION_CODES = [code for code, *_rest in REGIONS]
_ROADS = (
    "工业园区创新路",
    "高新区科技路",
    "经济开发区兴业路",
    "产业园振华路",
    "开发区长江路",
    "新区锦绣路",
    "工业集中区富民路",
)


def add_places(world: World, table: Table) -> None:
    """Business unit, industry, and where they are. Places are kept as one index into CITIES, then COUNTRIES."""
    rng, count = world.rng("customer/places"), len(table)
    unit = np.where(rng.random(count) < 0.55, 1, 2)
    fixed = len(FEATURED) + FIXED_ABROAD
    unit[:fixed] = 1
    place = np.zeros(count, dtype=np.int64)
    for number, shares in _REGION_SHARES.items():
        weights = np.array([shares[city.region] * city.weight / _total(city.region) for city in names.CITIES])
        abroad = np.full(len(names.COUNTRIES), shares["OVERSEAS"] / len(names.COUNTRIES))
        chances = np.concatenate([weights, abroad])
        mine = unit == number
        place[mine] = rng.choice(len(chances), int(mine.sum()), p=chances / chances.sum())
    cities = [city.name for city in names.CITIES]
    place[: len(FEATURED)] = [cities.index(city) for _name, city, _industry, _grade in FEATURED]
    place[len(FEATURED) : fixed] = len(cities) + np.arange(FIXED_ABROAD)
    industry = np.zeros(count, dtype=np.int64)
    for number, code in ((1, "SIL"), (2, "AGR")):
        chances = np.array([entry.weight if entry.unit == code else 0 for entry in names.INDUSTRIES], dtype=float)
        mine = unit == number
        industry[mine] = rng.choice(len(chances), int(mine.sum()), p=chances / chances.sum())
    known = [entry.name for entry in names.INDUSTRIES]
    industry[: len(FEATURED)] = [known.index(name) for _name, _city, name, _grade in FEATURED]
    table.add("business_unit_id", "ref", unit)
    table.add("demo_place", "int", place)
    table.add("demo_industry", "int", industry)
    regions = [city.region for city in names.CITIES] + ["OVERSEAS"] * len(names.COUNTRIES)
    table.add("region_id", "ref", np.array([_REGION_CODES.index(region) + 1 for region in regions])[place])
    table.add(
        "province",
        "choice",
        place,
        [city.province for city in names.CITIES] + [country.name for country in names.COUNTRIES],
    )
    table.add("city", "choice", place, cities + [country.city for country in names.COUNTRIES])
    table.add("sap_country", "choice", place, ["CN"] * len(cities) + [country.code for country in names.COUNTRIES])
    table.add("sap_tax_free", "flag", place >= len(cities))
    table.add("sap_postal", "text", [f"{value:06d}" for value in rng.integers(100_000, 860_000, count).tolist()])
    numbers = rng.integers(1, 999, count).tolist()
    roads = rng.integers(0, len(_ROADS), count).tolist()
    table.add(
        "address",
        "text",
        [
            f"{names.CITIES[where].name}市{_ROADS[road]}{number}号"
            if where < len(cities)
            else f"{number} Industrial Avenue"
            for where, road, number in zip(place.tolist(), roads, numbers, strict=True)
        ],
    )


def _total(region: str) -> int:
    return sum(city.weight for city in names.CITIES if city.region == region)


def add_owners(world: World, table: Table) -> None:
    """Each customer gets a rep of the area that serves its region in its business unit."""
    rng = world.rng("customer/owners")
    users, teams = world["user"], world["team"].texts("code")
    owner = np.zeros(len(table), dtype=np.int64)
    reps = [
        (pk, teams[team - 1])
        for pk, team, role, active in zip(
            users["id"].tolist(),
            users["team_id"].tolist(),
            users["role"].tolist(),
            users["is_active"].tolist(),
            strict=True,
        )
        if role == "sales_rep" and active
    ]
    for area in AREAS:
        number = 1 if area.unit == "SIL" else 2
        regions = [_REGION_CODES.index(code) + 1 for code in area.regions]
        mine = (table["business_unit_id"] == number) & np.isin(table["region_id"], regions)
        people = [pk for pk, team in reps if team == area.code or team.startswith(f"{area.code}-")]
        owner[mine] = rng.choice(people, int(mine.sum()))
    table.add("owner_id", "ref", owner)
    table.add("team_id", "ref", users["team_id"][owner - 1])
