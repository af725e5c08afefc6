"""Words of the demo company's opportunities: what is asked at the gates, per product line where it depends on it."""

COMPETITORS = ("D 牌", "W 牌", "S 牌", "国产 M 厂", "国产 H 厂", "进口 E 牌")
NAME_ENDINGS = ("导入", "替代进口", "年度框架", "扩量", "新项目定点", "配方切换")
SUPPORT = ("价格支持", "账期 60 天", "技术驻场一周", "联合试验报告", "小包装备货", "无需额外支持")
LOST_TO = ("D 牌", "W 牌", "国产 M 厂", "客户自制", "进口 E 牌")
LOSS_REASONS = ("price", "price", "price", "performance", "performance", "delivery", "relation", "cancelled", "other")
NEXT_STEPS = (
    "送样确认",
    "报价复核",
    "现场试用",
    "技术交流",
    "合同条款沟通",
    "价格审批",
    "样品试用回访",
    "资料评审",
    "竞品对比测试",
)
STALLED_STEPS = ("等待客户反馈", "约客户采购面谈", "")

NEEDS = {
    1: (
        "现用料固化慢，影响节拍，希望提高效率",
        "进口料价格上涨，需要国产替代降本",
        "高温老化后开裂，需提升耐候性",
        "交期不稳，要求本地备货",
        "新项目量产，需要整套材料方案",
    ),
    2: (
        "抗性杂草增多，现用药防效下降",
        "区域代理更换，需要稳定货源",
        "旺季缺货，要求提前备货",
        "需要成套作物解决方案与示范支持",
    ),
}
MOTIVES = ("降本 8% 以上", "缩短交期", "终端客户要求", "提升良率或防效", "第二供应商备份")
TIMING = ("三个月内完成验证，半年内放量", "本季度定点", "明年一季度切换", "随新项目启动")
CERTIFICATION = {
    1: ("RoHS、REACH", "UL94 V-0", "ISO 10993", "FDA 食品接触", "EN 45545", "无特殊要求"),
    2: ("农药登记证齐全", "绿色食品生产资料", "无特殊要求"),
}
# by business unit: silicones, agrochemicals
FUNCTIONS = {
    1: ("粘接与密封", "灌封与绝缘", "导热与减震", "模压成型", "耐高温绝缘"),
    2: ("苗后除草", "预防与治疗病害", "速效杀虫", "持效防控"),
}
PROCESSES = {
    1: (
        "自动点胶，80℃ 固化 30 分钟",
        "液体注射成型，模温 160℃",
        "开炼后模压，二段硫化 200℃×4h",
        "手工打胶，室温固化",
        "连续挤出，热空气硫化",
    ),
    2: ("无人机喷施，亩用药液 1.5 升", "自走式喷杆机，亩用水 20 升", "背负式电动喷雾", "种子包衣"),
}
SOLUTIONS = {
    1: (
        "以 {product} 小试，通过后放大到 200 kg 试产",
        "{product} 配套底涂，现场工程师跟线三天",
        "提供 {product} 两个粘度等级对比试用",
        "{product} 替换现用料，工艺参数不变",
    ),
    2: (
        "{product} 与现用药对比示范，观摩后订货",
        "{product} 轮换用药方案，配合飞防队",
        "{product} 经销区域保护，旺季前铺货",
    ),
}
SALES_PROCESS = {1: "有机硅直销流程", 2: "农化经销流程"}

SPECIFICATION = {
    "viscosity": ("15,000 mPa·s", "45,000 mPa·s", "80,000 mPa·s", "膏状，不流挂", "1,500 mPa·s"),
    "components": ("单组份", "双组份 1:1", "双组份 10:1"),
    "physical": ("半透明，挥发份 <0.5%，密度 1.08，固含量 99%", "无色透明，挥发份 <0.3%，密度 1.12，固含量 99.5%"),
    "curing": (
        "表干 10 min，消粘 25 min，23℃×24 h，操作时间 8 min",
        "表干 5 min，消粘 15 min，23℃×12 h，操作时间 4 min",
    ),
    "hardness": ("30±3", "40±3", "50±3", "60±5", "70±5"),
    "mix_ratio": ("A:B = 1:1", "A:B = 10:1", "A:B = 100:3"),
    "performance": (
        "拉伸强度 ≥7 MPa，撕裂 ≥25 kN/m",
        "体积电阻率 ≥1e14 Ω·cm，导热 ≥1.2 W/m·K",
        "透光率 ≥92%，UL94 V-0",
        "防效 ≥90%，持效期 ≥30 天",
    ),
}
# which product lines are asked for which property; the others are asked for all lines
ASKED = {
    "viscosity": {"LSR", "SEAL", "BASE"},
    "components": {"LSR", "SEAL"},
    "physical": {"LSR"},
    "curing": {"SEAL"},
    "hardness": {"HCR", "LSR"},
    "mix_ratio": {"LSR"},
}
