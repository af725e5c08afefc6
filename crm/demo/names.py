"""Words that names of people, companies and places are made of."""

from dataclasses import dataclass

import numpy as np

from crm.demo.table import Array

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万"
)
GIVEN_FIRST = (
    "建志文晓海国明俊雪丽思嘉子雨浩宇佳欣梦静雅婷伟强军磊勇杰超鹏飞艳秀娟英华慧巧美娜淑惠珠翠玉红春菊兰凤"
    "洁梅琳素云莲真环荣爱妹霞香月莺媛瑞凡"
)
GIVEN_SECOND = (
    "华明国平军伟涛斌波辉刚健亮红霞敏静芳燕玲丽娜婷颖琳雪慧倩怡萍蕾薇菁岚苑梓轩宇博睿晨阳峰哲瀚航骏驰帆凯"
    "成康星光天达安岩中茂进林"
)
STEM_FIRST = "启华恒瑞锦鑫宏中泰晟联创嘉金海立新永昌博卓明佳德利兴安科凯盛远东天汇正弘润宝胜精"
STEM_SECOND = "芯泰丰禾源达通信诚辉曜岚远隆方创益锐翔成和茂航业林康顺驰腾智越峰晖博森瀚宇旭朗"


@dataclass(frozen=True)
class City:
    """A place: the name, its province, its region's code and the six digits of its administrative division."""

    name: str
    province: str
    region: str
    area: str
    weight: int = 1


_CITIES = """
EAST 江苏 苏州 320505 9|EAST 江苏 无锡 320214 6|EAST 江苏 南京 320115 4|EAST 江苏 常州 320402 4
EAST 江苏 南通 320612 2|EAST 浙江 杭州 330109 5|EAST 浙江 宁波 330212 6|EAST 浙江 嘉兴 330482 3
EAST 浙江 绍兴 330621 2|EAST 浙江 湖州 330503 2|EAST 浙江 台州 331021 2|EAST 上海 上海 310117 8
EAST 安徽 合肥 340123 4|EAST 安徽 芜湖 340202 2|SOUTH 广东 深圳 440306 8|SOUTH 广东 广州 440113 5
SOUTH 广东 东莞 441900 8|SOUTH 广东 佛山 440606 6|SOUTH 广东 惠州 441302 3|SOUTH 广东 中山 442000 3
SOUTH 广东 珠海 440402 2|SOUTH 福建 厦门 350206 3|SOUTH 福建 泉州 350503 2|SOUTH 广西 南宁 450108 3
SOUTH 海南 海口 460105 1|NORTH 北京 北京 110114 4|NORTH 天津 天津 120111 4|NORTH 河北 石家庄 130108 3
NORTH 河北 廊坊 131003 2|NORTH 山西 太原 140105 1|NORTH 山东 青岛 370213 5|NORTH 山东 济南 370112 4
NORTH 山东 潍坊 370705 4|NORTH 内蒙古 呼和浩特 150105 2|CENTRAL 湖北 武汉 420115 5|CENTRAL 湖北 襄阳 420606 2
CENTRAL 湖南 长沙 430121 4|CENTRAL 湖南 株洲 430202 2|CENTRAL 河南 郑州 410105 5|CENTRAL 河南 新乡 410703 3
CENTRAL 江西 南昌 360121 2|SOUTHWEST 四川 成都 510124 6|SOUTHWEST 四川 绵阳 510704 2|SOUTHWEST 重庆 重庆 500112 4
SOUTHWEST 云南 昆明 530114 3|SOUTHWEST 贵州 贵阳 520115 2|NORTHWEST 陕西 西安 610116 4|NORTHWEST 新疆 乌鲁木齐 650106 3
NORTHWEST 新疆 石河子 659001 2|NORTHWEST 甘肃 兰州 620102 2|NORTHWEST 宁夏 银川 640104 1|NORTHEAST 辽宁 沈阳 210106 3
NORTHEAST 辽宁 大连 210211 3|NORTHEAST 吉林 长春 220106 2|NORTHEAST 黑龙江 哈尔滨 230108 4|NORTHEAST 黑龙江 佳木斯 230811 2
"""
CITIES = tuple(
    City(name, province, region, area, int(weight))
    for region, province, name, area, weight in (
        entry.split() for entry in _CITIES.replace("\n", "|").split("|") if entry
    )
)


@dataclass(frozen=True)
class Country:
    """A country we export to: how its companies are called, its currency, a city."""

    code: str
    name: str
    city: str
    currency: str
    form: str


COUNTRIES = (
    Country("JP", "日本", "大阪", "JPY", "Co., Ltd."),
    Country("KW", "科威特", "科威特城", "KWD", "W.L.L."),
    Country("DE", "德国", "慕尼黑", "EUR", "GmbH"),
    Country("US", "美国", "休斯敦", "USD", "Inc."),
    Country("KR", "韩国", "首尔", "USD", "Co., Ltd."),
    Country("IT", "意大利", "米兰", "EUR", "S.p.A."),
    Country("VN", "越南", "胡志明市", "USD", "JSC"),
    Country("BR", "巴西", "圣保罗", "USD", "Ltda."),
    Country("IN", "印度", "孟买", "USD", "Pvt. Ltd."),
)
FOREIGN_STEMS = (
    "Nordlicht",
    "Kanto",
    "Delta",
    "Orion",
    "Alpina",
    "Meridian",
    "Pacific",
    "Kensho",
    "Rhein",
    "Sierra",
    "Atlas",
    "Novara",
    "Vertex",
    "Helios",
    "Kobe",
    "Lumen",
    "Castor",
    "Riviera",
    "Taiga",
    "Solaris",
    "Andina",
    "Ganges",
    "Mekong",
    "Baltic",
    "Tirol",
    "Zenith",
    "Boreal",
    "Cobalt",
    "Harbor",
    "Summit",
    "Lotus",
    "Falcon",
    "Crescent",
    "Oasis",
    "Gulf",
    "Ruhr",
    "Tosca",
    "Minas",
)
FOREIGN_TRADES = (
    "Sealing",
    "Polymers",
    "Electronics",
    "Cable",
    "Coatings",
    "Automotive",
    "Agro",
    "Crop Care",
    "Trading",
    "Industries",
)


@dataclass(frozen=True)
class Industry:
    """An industry: its business unit, how its companies are called, what they use, and the product lines they buy."""

    name: str
    unit: str
    weight: int
    trades: tuple[str, ...]
    applications: tuple[str, ...]
    lines: tuple[str, ...]


INDUSTRIES = (
    Industry(
        "电子电器",
        "SIL",
        16,
        ("电子材料", "电子科技", "微电子", "光电科技", "半导体封装"),
        ("电源模块灌封", "芯片封装", "5G 基站散热", "LED 灌封"),
        ("LSR", "SEAL"),
    ),
    Industry(
        "新能源",
        "SIL",
        12,
        ("新能源科技", "电池系统", "储能科技", "光伏材料"),
        ("动力电池密封", "光伏组件封装", "储能柜密封"),
        ("SEAL", "LSR"),
    ),
    Industry(
        "汽车零部件",
        "SIL",
        11,
        ("汽车零部件", "汽车密封件", "车灯科技", "密封科技"),
        ("汽车密封条", "连接器密封", "车灯粘接"),
        ("HCR", "SEAL"),
    ),
    Industry(
        "电线电缆", "SIL", 11, ("电缆集团", "线缆", "特种电缆"), ("耐高温线缆", "新能源高压线缆"), ("HCR", "BASE")
    ),
    Industry(
        "家电", "SIL", 10, ("电器", "家电配件", "厨具电器"), ("按键与密封圈", "烤箱门封", "小家电粘接"), ("SEAL", "HCR")
    ),
    Industry(
        "医疗器械", "SIL", 7, ("医疗器械", "医用制品", "生物医疗"), ("医用导管", "婴童用品", "呼吸面罩"), ("LSR", "HCR")
    ),
    Industry(
        "建筑幕墙",
        "SIL",
        9,
        ("建材科技", "幕墙材料", "门窗系统"),
        ("结构密封", "中空玻璃", "门窗密封"),
        ("SEAL", "BASE"),
    ),
    Industry("胶粘剂", "SIL", 10, ("胶粘制品", "粘合材料", "胶业"), ("密封胶复配", "涂布胶"), ("BASE", "SEAL")),
    Industry("橡塑制品", "SIL", 8, ("橡塑", "硅胶制品", "橡胶科技"), ("模压制品", "挤出胶管"), ("HCR", "LSR")),
    Industry("轨道交通", "SIL", 3, ("轨道装备", "轨道科技"), ("车窗阻燃密封", "减振件"), ("SEAL", "HCR")),
    Industry("照明", "SIL", 3, ("照明电器", "照明科技"), ("灯条灌封", "灯具密封"), ("SEAL", "LSR")),
    Industry(
        "农资经销",
        "AGR",
        50,
        ("农资", "农资连锁", "植保科技", "农业服务"),
        ("水稻", "玉米", "小麦", "柑橘"),
        ("HERBICIDE", "INSECTICIDE", "FUNGICIDE"),
    ),
    Industry(
        "农药制剂", "AGR", 14, ("农化", "作物科学", "生物农药"), ("制剂复配", "原药采购"), ("HERBICIDE", "FUNGICIDE")
    ),
    Industry(
        "种植",
        "AGR",
        22,
        ("农业发展", "果业", "农场", "农垦"),
        ("大田作物", "果园", "设施蔬菜"),
        ("FUNGICIDE", "INSECTICIDE", "HERBICIDE"),
    ),
    Industry("植保服务", "AGR", 14, ("飞防服务", "植保服务"), ("无人机飞防", "统防统治"), ("INSECTICIDE", "HERBICIDE")),
)


def people(rng: np.random.Generator, count: int) -> list[str]:
    """Names of `count` people; some occur twice, as in life."""
    surnames = rng.integers(0, len(SURNAMES), count)
    first = rng.integers(0, len(GIVEN_FIRST), count)
    second = rng.integers(0, len(GIVEN_SECOND), count)
    two = rng.random(count) < 0.78
    return [
        SURNAMES[a] + (GIVEN_FIRST[b] if both else "") + GIVEN_SECOND[c]
        for a, b, c, both in zip(surnames.tolist(), first.tolist(), second.tolist(), two.tolist(), strict=True)
    ]


def mobile_numbers(rng: np.random.Generator, count: int) -> list[str]:
    """Mobile numbers of the form 1xx-xxxx-xxxx in ranges that operators use."""
    heads = ("138", "139", "137", "136", "150", "158", "186", "187", "189", "133")
    head = rng.integers(0, len(heads), count).tolist()
    rest = rng.integers(0, 100_000_000, count).tolist()
    return [f"{heads[a]}-{b // 10000:04d}-{b % 10000:04d}" for a, b in zip(head, rest, strict=True)]


def unique_draws(rng: np.random.Generator, fixed: Array, sizes: tuple[int, ...]) -> Array:
    """One row of random indexes below `sizes` for each element of `fixed`, so that no row together with its element repeats."""
    draws = np.column_stack([rng.integers(0, size, len(fixed)) for size in sizes])
    for _attempt in range(200):
        keys = fixed.astype(np.int64)
        for column, size in enumerate(sizes):
            keys = keys * size + draws[:, column]
        _distinct, first = np.unique(keys, return_index=True)
        again = np.ones(len(keys), dtype=bool)
        again[first] = False
        if not again.any():
            return draws
        draws[again] = np.column_stack([rng.integers(0, size, int(again.sum())) for size in sizes])
    raise ValueError("There are not enough different names for this scale.")
