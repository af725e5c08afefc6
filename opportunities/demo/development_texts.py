"""Words of the demo company's new products: what is wanted, with which performance, and what research says to it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Wanted:
    """A new product that a customer wants. `properties`: name, at least, at most, unit, in words, must be met."""

    title: str
    application: str
    background: str
    volume: int
    price: str
    samples: str
    properties: tuple[tuple[str, str | None, str | None, str, str, bool], ...]

    @property
    def target_price(self) -> Decimal:
        """Per kilogram."""
        return Decimal(self.price)


_LOW = ("低温断裂伸长率", "150", None, "%", "-50 ℃", True)
WANTED = (
    Wanted(
        "-50 ℃ 耐低温储能柜密封胶",
        "户外储能柜门框密封",
        "客户产品出口北欧，现用密封胶在 -40 ℃ 以下变硬开裂，返修率 3.2%。",
        36000,
        "46.50",
        "3 × 1 kg，用于低温循环试验",
        (_LOW, ("拉伸强度", "2.5", None, "MPa", "", True), ("表干时间", None, "30", "min", "", False)),
    ),
    Wanted(
        "3.5 W/(m·K) 低渗油导热凝胶",
        "车载控制器散热",
        "竞品渗油污染连接器，客户要求 85 ℃/85%RH 1000 h 无渗油。",
        18000,
        "128.00",
        "5 × 300 ml 针筒",
        (
            ("导热系数", "3.5", None, "W/(m·K)", "", True),
            ("渗油", None, "1", "mm", "85 ℃ 1000 h", True),
            ("挤出速率", "40", "80", "g/min", "", False),
        ),
    ),
    Wanted(
        "无溶剂阻燃灌封胶 UL94 V-0",
        "充电桩电源模块灌封",
        "客户新平台取消溶剂型产品，要求 VOC 低于 10 g/L。",
        60000,
        "28.80",
        "10 kg，用于产线试灌",
        (
            ("阻燃等级", None, None, "", "UL94 V-0（3 mm）", True),
            ("混合粘度", "1500", "3000", "mPa·s", "25 ℃", True),
            ("VOC", None, "10", "g/L", "", True),
        ),
    ),
    Wanted(
        "高透光光伏组件密封胶",
        "双玻组件边缘密封",
        "客户组件背面透光率要求提高，现有白色密封胶不能使用。",
        150000,
        "22.60",
        "2 × 20 kg",
        (("透光率", "88", None, "%", "400-1100 nm", True), ("湿热老化", None, None, "", "DH2000 无脱粘", True)),
    ),
    Wanted(
        "食品级快固化液体硅橡胶",
        "婴童奶嘴注射成型",
        "客户节拍由 28 s 缩短到 20 s，要求 LFGB 认证不变。",
        24000,
        "52.00",
        "20 kg A/B 组分",
        (("硬度", "48", "52", "Shore A", "", True), ("T90", None, "18", "s", "150 ℃", True)),
    ),
    Wanted(
        "可返修结构粘接胶",
        "电池包上盖粘接",
        "维修时需无损拆卸，现用聚氨酯胶无法返修。",
        42000,
        "68.00",
        "6 × 400 ml 双管",
        (("剪切强度", "1.2", "1.8", "MPa", "", True), ("返修温度", None, "90", "℃", "", False)),
    ),
    Wanted(
        "耐 300 ℃ 高温硫化胶",
        "商用炉门密封条",
        "客户炉温提高，现用胶条 260 ℃ 以上压缩永久变形过大。",
        15000,
        "75.00",
        "试片 10 片",
        (("压缩永久变形", None, "35", "%", "300 ℃ 70 h", True),),
    ),
    Wanted(
        "低密度轻量化灌封胶",
        "无人机电调灌封",
        "客户整机减重目标 8%，灌封胶密度需低于 0.8。",
        8000,
        "95.00",
        "2 kg",
        (("密度", None, "0.8", "g/cm³", "", True), ("导热系数", "0.6", None, "W/(m·K)", "", False)),
    ),
    Wanted(
        "水性易剥离保护涂层",
        "玻璃盖板加工保护",
        "替代溶剂型可剥胶，客户环保验收要求。",
        12000,
        "18.50",
        "5 kg",
        (("剥离力", "0.1", "0.4", "N/cm", "", True), ("残胶", None, None, "", "目视无残留", True)),
    ),
    Wanted(
        "抗菌医用导管胶料",
        "导尿管挤出",
        "客户申报二类器械，抗菌率需要第三方报告。",
        6000,
        "180.00",
        "5 kg",
        (("抗菌率", "99", None, "%", "GB/T 31402", True), ("细胞毒性", None, None, "", "≤ 1 级", True)),
    ),
    Wanted(
        "耐冷却液浸泡密封胶",
        "液冷板密封",
        "乙二醇冷却液 95 ℃ 浸泡后粘接力下降超过 40%。",
        30000,
        "39.00",
        "3 × 310 ml",
        (("浸泡后强度保持率", "80", None, "%", "95 ℃ 1000 h", True),),
    ),
)
ANSWER = "现有加成型体系调整扩链剂和增粘剂即可达到，老化数据可借用同系列产品。"
DOUBTS = "长期老化后的强度保持率尚无数据，需补做 1000 h 试验；关键助剂为单一来源。"
REFUSED = "按目标价核算，主材成本已超过售价；温度指标也超出现有体系上限。"
COSTS = (("material", "基胶与填料", "0.52"), ("processing", "捏合与脱泡", "0.11"), ("packaging", "包装", "0.05"))
RESULTS = ("技术协议双方签字", "第三轮小试达标", "产线试用 3 天无异常", "200 kg 中试批次稳定", "财务已复核")
