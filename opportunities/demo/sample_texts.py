"""What the demo company's samples are for and what came of them."""

from opportunities.enums import SampleVerdict

CARRIERS = ("顺丰速运", "德邦快递", "跨越速运", "公司派车")
PURPOSES = (
    "替换现用密封胶，上线对比试验",
    "新车型灌封胶小试，验证导热与流动性",
    "光伏组件边框密封，湿热老化对比",
    "液体硅橡胶注射成型试模",
    "降本方案验证，要求性能不低于现用牌号",
    "医疗级认证前的样件测试",
)
FAILED = ("performance", "process", "stability", "price", "late")
COMMENTS: dict[str, str] = {
    SampleVerdict.PASSED: "各项指标合格，可进入小批量试用。",
    SampleVerdict.CONDITIONAL: "性能合格，要求将表干时间缩短到 15 分钟以内。",
    SampleVerdict.FAILED: "与客户基材的附着力不足，剥离面超过 30%。",
}
# criterion, required, measured when it is met, and when not
CRITERIA = (
    ("附着力（剥离强度）", "≥ 4 N/mm", "4.8 N/mm", "2.6 N/mm"),
    ("硬度（邵氏 A）", "40 ± 3", "41", "47"),
    ("表干时间", "≤ 20 min", "17 min", "32 min"),
)
