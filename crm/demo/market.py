"""The demo company's specification fields, price lists and competitors. Few rows: they are made when they are written."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from crm.catalogue.models import (
    Competitor,
    CompetitorProduct,
    Cost,
    ExchangeRate,
    PriceItem,
    PriceList,
    PriceReport,
    Product,
    ProductLine,
    SpecificationField,
    Unit,
)
from crm.demo.specifications import FIELDS
from crm.demo.world import World
from crm.organisation.models import BusinessUnit, Region, User
from crm.records.pinyin import search_text_of

CENT = Decimal("0.01")
# code, name, short name, English name, country, product lines, level of prices, strengths, weaknesses
COMPETITORS = (
    ("C-D", "D 牌有机硅（中国）有限公司", "D 牌", "D Silicones", "美国", ("LSR", "SEAL"), 1.14,
     "品牌认可度高，医疗与电子认证齐全", "交期长，小单不接，价格高"),
    ("C-W", "W 牌化学（上海）有限公司", "W 牌", "W Chemie", "德国", ("LSR", "HCR"), 1.10,
     "技术服务强，配方稳定", "本地库存少"),
    ("C-S", "S 牌新材料株式会社", "S 牌", "S Advanced Materials", "日本", ("LSR", "SEAL"), 1.12,
     "电子胶产品线完整", "报价周期长"),
    ("C-M", "国产 M 厂硅业股份有限公司", "国产 M 厂", "M Silicon", "中国", ("SEAL", "HCR", "BASE"), 0.95,
     "价格低，单体自给", "批次波动，技术支持弱"),
    ("C-H", "国产 H 厂高分子有限公司", "国产 H 厂", "H Polymers", "中国", ("HCR", "BASE", "SEAL"), 0.93,
     "账期灵活，扩产快", "高端牌号少"),
    ("C-E", "进口 E 牌植保（中国）有限公司", "进口 E 牌", "E Crop Protection", "瑞士", ("HERBICIDE", "INSECTICIDE", "FUNGICIDE"),
     1.18, "专利品种，示范推广力量强", "渠道价格体系僵硬"),
)  # fmt: skip
NEWS = (
    "客户采购口头透露，含税到厂价",
    "投标开标一览表所见",
    "经销商年度报价单",
    "展会询价",
    "客户出示对方报价单，量大可再谈",
)


def generate(world: World) -> None:
    """Nothing: the rows depend on those of the catalogue and are few."""


def load(world: World) -> None:
    """Write them."""
    _fields()
    _price_lists(world)
    _costs(world)
    _competitors(world)


def _fields() -> None:
    lines = {line.code: line for line in ProductLine.objects.all()}
    SpecificationField.objects.bulk_create(
        SpecificationField(
            product_line=lines[code],
            key=field.key,
            name=field.name,
            name_en=field.name_en,
            kind=field.kind,
            unit=field.unit,
            minimum=None if field.bounds is None else Decimal(str(field.bounds[0])),
            maximum=None if field.bounds is None else Decimal(str(field.bounds[1])),
            choices=list(field.choices),
            required=field.required,
            position=place * 10,
            group=field.group[0],
            group_en=field.group[1],
        )
        for code, fields in FIELDS.items()
        for place, field in enumerate(fields, 1)
    )


def _price_lists(world: World) -> None:
    today, year = world.today, world.today.year
    kg = Unit.objects.get(code="KG")
    units = {unit.code: unit for unit in BusinessUnit.objects.all()}
    regions = {region.code: region for region in Region.objects.all()}
    products = list(Product.objects.select_related("product_line").order_by("pk"))
    new_year = dt.date(year, 1, 1)
    before = PriceList.objects.create(
        code=f"STD-{year - 1}", name=f"{year - 1} 年标准价格表", name_en=f"Standard {year - 1}",
        starts_on=dt.date(year - 1, 1, 1), ends_on=new_year - dt.timedelta(days=1),
    )  # fmt: skip
    standard = PriceList.objects.create(
        code=f"STD-{year}", name=f"{year} 年标准价格表", name_en=f"Standard {year}", starts_on=new_year,
        copied_from=before,
    )  # fmt: skip
    key = PriceList.objects.create(
        code=f"KA-{year}", name="有机硅战略客户价格表", name_en="Silicones key accounts", starts_on=new_year,
        business_unit=units["SIL"], customer_grade="S",
    )  # fmt: skip
    abroad = PriceList.objects.create(
        code=f"EXP-{year}", name="海外美元价格表", name_en="Export in US dollars", starts_on=new_year,
        currency_id="USD", region=regions["OVERSEAS"],
    )  # fmt: skip
    month = today.replace(day=1)
    offer = PriceList.objects.create(
        code=f"PROMO-{month:%y%m}", name="华东密封胶月度促销", name_en="Sealants in the east, this month",
        starts_on=month, ends_on=(month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1),
        region=regions["EAST"], business_unit=units["SIL"], priority=10,
    )  # fmt: skip
    dollar = ExchangeRate.objects.filter(currency_id="USD", starts_on__lte=new_year).order_by("-starts_on").first()
    rate = dollar.rate if dollar else Decimal(7)
    items: list[PriceItem] = []

    def add(price_list: PriceList, product: Product, quantity: int, guide: Decimal, floor: str) -> None:
        price = guide.quantize(CENT, ROUND_HALF_UP)
        lowest = (price * Decimal(floor)).quantize(CENT, ROUND_HALF_UP)
        items.append(
            PriceItem(
                price_list=price_list, product=product, unit=kg, quantity_from=quantity, guide_price=price,
                floor_price=lowest,
            )
        )  # fmt: skip

    for product in products:
        price = product.list_price or Decimal(20)
        for quantity, share in ((0, "1"), (1000, "0.97"), (10000, "0.94")):
            add(standard, product, quantity, price * Decimal(share), "0.92")
            add(before, product, quantity, price * Decimal(share) / Decimal("1.03"), "0.92")
        if product.product_line.business_unit_id == units["SIL"].pk:
            add(key, product, 0, price * Decimal("0.95"), "0.93")
            add(abroad, product, 0, price * Decimal("1.08") / rate, "0.94")
        if product.product_line.code == "SEAL":
            add(offer, product, 500, price * Decimal("0.92"), "0.95")
    PriceItem.objects.bulk_create(items)


def _costs(world: World) -> None:
    """Two standard costs of each product, of this year and the last, which leave between a fifth and two fifths of the price."""
    rng, kg, year = world.rng("costs"), Unit.objects.get(code="KG"), world.today.year
    rows = []
    for product in Product.objects.order_by("pk"):
        cost = (product.list_price or Decimal(20)) * Decimal(str(round(float(rng.uniform(0.6, 0.8)), 3)))
        for first, change in ((year - 1, float(rng.uniform(0.94, 1.04))), (year, 1.0)):
            amount = (cost * Decimal(str(round(change, 3)))).quantize(CENT, ROUND_HALF_UP)
            rows.append(Cost(product=product, amount=amount, unit=kg, starts_on=dt.date(first, 1, 1)))
    Cost.objects.bulk_create(rows)


def _competitors(world: World) -> None:
    rng = world.rng("market")
    kg = Unit.objects.get(code="KG")
    by_line: dict[str, list[Product]] = {}
    for product in Product.objects.select_related("product_line").order_by("pk"):
        by_line.setdefault(product.product_line.code, []).append(product)
    people = list(User.objects.filter(roles__code="sales_rep", is_active=True).order_by("pk")[:40])
    regions = list(Region.objects.filter(parent__isnull=False).order_by("pk"))
    reports: list[PriceReport] = []
    for code, name, short, english, country, lines, level, strengths, weaknesses in COMPETITORS:
        competitor = Competitor.objects.create(
            code=code, name=name, short_name=short, name_en=english, country=country, strengths=strengths,
            weaknesses=weaknesses, search_text=search_text_of(name, short, english, others=(code,)),
        )  # fmt: skip
        for line in lines:
            for own in by_line[line][:3]:
                number = own.code.rpartition("-")[2]
                rival = CompetitorProduct.objects.create(
                    competitor=competitor, name=f"{code[-1]}{line[:3]} {number}", product_line=own.product_line
                )
                rival.comparable.set([own])
                reports += _reports(world, rng, rival, float(own.list_price or 20) * level, kg, people, regions)
    PriceReport.objects.bulk_create(reports)


def _reports(
    world: World,
    rng: np.random.Generator,
    rival: CompetitorProduct,
    level: float,
    unit: Unit,
    people: list[User],
    regions: list[Region],
) -> list[PriceReport]:
    """Some prices seen in the last year and a half, wandering around a level."""
    days = sorted(int(day) for day in rng.integers(1, 540, int(rng.integers(3, 8))))[::-1]
    found = []
    for back in days:
        level *= float(np.exp(rng.normal(0, 0.025)))
        price = Decimal(str(round(level, 1)))
        found.append(
            PriceReport(
                competitor_product=rival,
                price=price,
                price_base=price,
                unit=unit,
                observed_on=world.today - dt.timedelta(days=back),
                region=regions[int(rng.integers(0, len(regions)))],
                source=("customer", "tender", "distributor", "fair", "quote")[int(rng.integers(0, 5))],
                reliability=("confirmed", "probable", "probable", "rumour")[int(rng.integers(0, 4))],
                notes=NEWS[int(rng.integers(0, len(NEWS)))],
                reporter=people[int(rng.integers(0, len(people)))],
            )
        )
    return found
