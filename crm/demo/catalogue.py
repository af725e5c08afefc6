"""What the company sells: product lines, products, units, currencies and rates."""

from dataclasses import dataclass

import numpy as np
from django.apps import apps

from crm.demo.copy import load_tables
from crm.demo.specifications import answers
from crm.demo.table import NULL, Table
from crm.demo.world import World
from crm.records.pinyin import search_text_of

UNITS = (
    ("KG", "千克", "kilogram", "KGM"),
    ("TO", "吨", "tonne", "TNE"),
    ("DR", "桶（200 kg）", "drum (200 kg)", "DR"),
    ("CS", "箱（20 kg）", "carton (20 kg)", "CS"),
    ("ST", "支/瓶", "piece", "PCE"),
)
KG, TO, DR, CS, ST = range(1, 6)
UNIT_CODES = tuple(code for code, *_rest in UNITS)

CURRENCIES = (
    ("CNY", "人民币", 2, 1.0),
    ("USD", "美元", 2, 7.12),
    ("EUR", "欧元", 2, 7.78),
    ("JPY", "日元", 0, 0.0481),
    ("KWD", "科威特第纳尔", 3, 23.15),
)
CURRENCY_CODES = tuple(code for code, *_rest in CURRENCIES)
PRICE = 10_000  # price columns hold ten-thousandths
RATE = 100_000_000  # rate columns hold hundred-millionths


@dataclass(frozen=True)
class Line:
    """A product line; `unit` is its business unit: 1 silicones, 2 agrochemicals.

    `cost` is a share of the price, `tax` the VAT in per cent, `pack` a unit, `usual_kg` what an order line asks for.
    """

    code: str
    name: str
    name_en: str
    unit: int
    cost: float
    tax: int
    pack: int
    usual_kg: int
    products: tuple[tuple[str, str, str, float], ...]


LINES = (
    Line(
        "LSR",
        "液体胶",
        "Liquid silicone rubber",
        1,
        0.66,
        13,
        DR,
        1800,
        (
            ("LSR-7040", "液体硅橡胶 LSR-7040", "Liquid silicone rubber LSR-7040", 52.0),
            ("LSR-7050", "液体硅橡胶 LSR-7050", "Liquid silicone rubber LSR-7050", 54.5),
            ("LSR-7060", "高透明液体硅橡胶 LSR-7060", "High-clarity LSR-7060", 61.0),
            ("LSR-M60", "医用液体硅橡胶 LSR-M60", "Medical LSR-M60", 88.0),
            ("LSR-C30", "电缆附件液体胶 LSR-C30", "Cable accessory LSR-C30", 57.0),
            ("LSR-F20", "自润滑液体胶 LSR-F20", "Self-bleeding LSR-F20", 66.0),
            ("TG-300", "导热凝胶 TG-300", "Thermal gel TG-300", 78.0),
            ("PG-110", "电子灌封胶 PG-110", "Potting compound PG-110", 46.0),
        ),
    ),
    Line(
        "SEAL",
        "密封胶",
        "Sealant",
        1,
        0.73,
        13,
        ST,
        2600,
        (
            ("SF-820", "新能源电池包密封胶 SF-820", "Battery pack sealant SF-820", 38.5),
            ("SF-650", "光伏组件密封胶 SF-650", "Solar module sealant SF-650", 26.0),
            ("SS-910", "结构密封胶 SS-910", "Structural sealant SS-910", 24.5),
            ("SN-210", "中性耐候密封胶 SN-210", "Neutral weather sealant SN-210", 21.0),
            ("SA-100", "酸性玻璃胶 SA-100", "Acetic glass sealant SA-100", 18.2),
            ("SE-430", "电子粘接密封胶 SE-430", "Electronics adhesive sealant SE-430", 36.0),
            ("SR-520", "轨交阻燃密封胶 SR-520", "Flame-retardant rail sealant SR-520", 34.0),
            ("SG-300", "中空玻璃密封胶 SG-300", "Insulating glass sealant SG-300", 22.0),
        ),
    ),
    Line(
        "HCR",
        "混炼胶",
        "High-consistency rubber",
        1,
        0.77,
        13,
        CS,
        6500,
        (
            ("HTV-350", "门封混炼胶 HTV-350", "Door seal HTV-350", 21.5),
            ("HTV-110", "通用混炼胶 HTV-110", "General purpose HTV-110", 16.8),
            ("HTV-140", "高强度混炼胶 HTV-140", "High-strength HTV-140", 19.5),
            ("HTV-620", "线缆混炼胶 HTV-620", "Cable HTV-620", 18.6),
            ("HTV-680", "陶瓷化耐火混炼胶 HTV-680", "Ceramifying HTV-680", 26.5),
            ("HTV-270", "气相食品级混炼胶 HTV-270", "Food-grade fumed HTV-270", 24.0),
            ("HTV-F05", "氟硅混炼胶 HTV-F05", "Fluorosilicone HTV-F05", 28.0),
        ),
    ),
    Line(
        "BASE",
        "基础产品",
        "Basic products",
        1,
        0.85,
        13,
        DR,
        12000,
        (
            ("RTV-107", "107 胶", "OH polymer 107", 14.2),
            ("PDMS-201", "201 甲基硅油", "Silicone fluid 201", 16.0),
            ("DMC-01", "二甲基环硅氧烷 DMC", "DMC", 13.4),
            ("D4-01", "八甲基环四硅氧烷 D4", "D4", 13.9),
            ("RAW-110", "110 生胶", "Raw gum 110", 15.1),
            ("VMQ-VIN", "乙烯基硅油", "Vinyl fluid", 17.8),
        ),
    ),
    Line(
        "HERBICIDE",
        "除草剂",
        "Herbicide",
        2,
        0.78,
        9,
        ST,
        4200,
        (
            ("GLY-95", "95% 草甘膦原药", "Glyphosate 95% TC", 26.5),
            ("GLY-41", "41% 草甘膦异丙胺盐水剂", "Glyphosate 41% SL", 21.0),
            ("GLU-10", "10% 草铵膦水剂", "Glufosinate 10% SL", 24.0),
            ("ACE-90", "90% 乙草胺乳油", "Acetochlor 90% EC", 28.5),
            ("NIC-04", "4% 烟嘧磺隆悬浮剂", "Nicosulfuron 4% OD", 46.0),
            ("PEN-33", "33% 二甲戊灵乳油", "Pendimethalin 33% EC", 39.0),
        ),
    ),
    Line(
        "INSECTICIDE",
        "杀虫剂",
        "Insecticide",
        2,
        0.71,
        9,
        ST,
        1500,
        (
            ("CHP-48", "48% 毒死蜱乳油", "Chlorpyrifos 48% EC", 41.0),
            ("IMI-70", "70% 吡虫啉水分散粒剂", "Imidacloprid 70% WG", 92.0),
            ("THX-25", "25% 噻虫嗪水分散粒剂", "Thiamethoxam 25% WG", 104.0),
            ("CLO-20", "20% 氯虫苯甲酰胺悬浮剂", "Chlorantraniliprole 20% SC", 196.0),
            ("ABA-05", "5% 阿维菌素乳油", "Abamectin 5% EC", 58.0),
        ),
    ),
    Line(
        "FUNGICIDE",
        "杀菌剂",
        "Fungicide",
        2,
        0.7,
        9,
        ST,
        1300,
        (
            ("AZO-25", "25% 嘧菌酯悬浮剂", "Azoxystrobin 25% SC", 86.0),
            ("TEB-43", "43% 戊唑醇悬浮剂", "Tebuconazole 43% SC", 62.0),
            ("CAR-50", "50% 多菌灵可湿性粉剂", "Carbendazim 50% WP", 34.0),
            ("DIF-10", "10% 苯醚甲环唑水分散粒剂", "Difenoconazole 10% WG", 74.0),
            ("MAN-80", "80% 代森锰锌可湿性粉剂", "Mancozeb 80% WP", 38.0),
        ),
    ),
)
LINE_CODES = tuple(line.code for line in LINES)


def generate(world: World) -> None:
    """Units, product lines, products, currencies and a rate of each working day."""
    units = world.new("unit", len(UNITS))
    for index, name in enumerate(("code", "name", "name_en", "sap_iso")):
        units.add(name, "text", [row[index] for row in UNITS])
    weights = {KG: 1, TO: 1000}  # the others are packages: each product says what they hold
    units.add("dimension", "choice", ["mass" if pk in weights else "package" for pk in units["id"].tolist()])
    units.add("factor", "rate", [weights[pk] * RATE if pk in weights else NULL for pk in units["id"].tolist()])
    units.add("is_base", "flag", [pk == KG for pk in units["id"].tolist()])
    lines = world.new("product_line", len(LINES))
    for name in ("code", "name", "name_en"):
        lines.add(name, "text", [getattr(line, name) for line in LINES])
    lines.add("business_unit_id", "ref", [line.unit for line in LINES])
    _products(world)
    _money(world)


def _products(world: World) -> None:
    rows = [(place, line, product) for place, line in enumerate(LINES, 1) for product in line.products]
    products = world.new("product", len(rows))
    for index, name in enumerate(("code", "name", "name_en")):
        products.add(name, "text", [product[index] for _place, _line, product in rows])
    prices = np.array([round(product[3] * PRICE) for _place, _line, product in rows])
    products.add("product_line_id", "ref", [place for place, _line, _product in rows])
    products.add("base_unit_id", "ref", KG)
    products.add("list_price", "price", prices)
    products.add("is_active", "flag", True)
    codes = [line.code for _place, line, _product in rows]
    names = [name for _place, _line, (_code, name, _english, _price) in rows]
    products.add("specification", "text", answers(codes, names, world.rng("specifications")))
    texts = [search_text_of(name, english, others=(code,)) for _place, _line, (code, name, english, _price) in rows]
    products.add("search_text", "text", texts)
    products.add("sap_number", "digits", 3_000_000_000 + products["id"])
    products.add("sap_group", "text", [f"01{place:02d}" for place, _line, _product in rows])
    products.add(
        "sap_cost", "price", prices * np.array([round(line.cost * 100) for _place, line, _product in rows]) // 100
    )
    products.add("sap_tax", "int", [line.tax for _place, line, _product in rows])
    products.add("sap_pack_unit_id", "ref", [line.pack for _place, line, _product in rows])
    # a cartridge of 300 ml holds two fifths of a kilogram, a bottle of agrochemicals one kilogram
    ratios = [
        (pk, unit, numerator, denominator)
        for pk, (_place, line, _product) in enumerate(rows, 1)
        for unit, numerator, denominator in (
            (TO, 1000, 1),
            (DR, 200, 1),
            (CS, 20, 1),
            (ST, 2, 5) if line.code == "SEAL" else (ST, 1, 1),
        )
    ]
    table = world.new("product_unit", len(ratios))
    for index, (name, kind) in enumerate(
        (("product_id", "ref"), ("unit_id", "ref"), ("numerator", "int"), ("denominator", "int"))
    ):
        table.add(name, kind, [row[index] for row in ratios])


def _money(world: World) -> None:
    currencies = world.tables["currency"] = Table("currency")
    for index, (name, kind) in enumerate((("code", "text"), ("name", "text"), ("decimals", "int"))):
        currencies.add(name, kind, [row[index] for row in CURRENCIES])
    rng = world.rng("rates")
    days = np.arange(world.first_day - 92, world.day + 1)
    days = days[np.is_busday(days)]
    codes, starts, rates = [], [], []
    for place, (_code, _name, _decimals, rate) in enumerate(CURRENCIES[1:], 1):
        walk = rate * np.exp(np.cumsum(rng.normal(0, 0.0018, len(days))))
        codes += [place] * len(days)
        starts += list(days)
        rates += [round(value * PRICE) * (RATE // PRICE) for value in walk.tolist()]
    table = world.new("exchange_rate", len(codes))
    table.add("currency_id", "choice", codes, CURRENCY_CODES)
    table.add("starts_on", "date", starts)
    table.add("rate", "rate", rates)
    table.add("source", "text", "中国人民银行中间价")


def load(world: World) -> None:
    """Write the catalogue; its currencies take the place of the one that the first migrations load."""
    apps.get_model("crm", "Currency").objects.all().delete()
    load_tables(
        world,
        {
            "unit": "crm.Unit",
            "product_line": "crm.ProductLine",
            "product": "crm.Product",
            "product_unit": "crm.ProductUnit",
            "currency": "crm.Currency",
            "exchange_rate": "crm.ExchangeRate",
        },
    )
