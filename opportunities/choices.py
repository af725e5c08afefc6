"""The lists of choices that opportunities start with; administrators own them from then on."""

from crm.configurable import ChoiceDefault, ChoiceListKind

CAMPAIGN, WEBSITE, REFERRAL, VISIT, EXISTING = SOURCES = ("campaign", "website", "referral", "visit", "existing")
CANCELLED = "cancelled"  # the reason of loss that has no winner

OPPORTUNITY_SOURCE = ChoiceListKind(
    "opportunity_source",
    "商机来源",
    "Sources of opportunities",
    (
        ChoiceDefault(CAMPAIGN, "营销活动", "campaign"),
        ChoiceDefault(WEBSITE, "官网", "website"),
        ChoiceDefault(REFERRAL, "转介绍", "referral"),
        ChoiceDefault(VISIT, "客户拜访", "customer visit"),
        ChoiceDefault(EXISTING, "老客户", "existing customer"),
    ),
    order=50,
)
LOSS_REASON = ChoiceListKind(
    "loss_reason",
    "输单原因",
    "Reasons of loss",
    (
        ChoiceDefault("price", "价格", "price"),
        ChoiceDefault("performance", "性能", "performance"),
        ChoiceDefault("delivery", "交期", "delivery"),
        ChoiceDefault("relation", "客户与竞争对手的关系", "relation with competitor"),
        ChoiceDefault(CANCELLED, "项目取消", "project cancelled", fixed=True),
        ChoiceDefault("other", "其他", "other"),
    ),
    order=60,
)
CHOICE_LISTS = (OPPORTUNITY_SOURCE, LOSS_REASON)
SAMPLE_REASON = ChoiceListKind(
    "sample_reason",
    "送样原因",
    "Reasons for samples",
    (
        ChoiceDefault("customer", "客户要求", "customer request"),
        ChoiceDefault("quality", "质量验证", "quality"),
        ChoiceDefault("distribution", "渠道推广", "distribution"),
        ChoiceDefault("other", "其他", "other"),
    ),
    order=70,
)
SAMPLE_FAILURE = ChoiceListKind(
    "sample_failure",
    "样品未通过原因",
    "Reasons why samples fail",
    (
        ChoiceDefault("performance", "性能不达标", "performance"),
        ChoiceDefault("process", "工艺不适配", "does not fit the process"),
        ChoiceDefault("stability", "批次或储存稳定性", "stability"),
        ChoiceDefault("price", "价格", "price"),
        ChoiceDefault("late", "送样过晚", "too late"),
        ChoiceDefault("other", "其他", "other"),
    ),
    order=80,
)
SAMPLE_LISTS = (SAMPLE_REASON, SAMPLE_FAILURE)
PAYMENT_TERMS = ChoiceListKind(
    "payment_terms",
    "付款条件",
    "Payment terms",
    (
        ChoiceDefault("prepaid", "款到发货", "payment in advance"),
        ChoiceDefault("deposit30", "预付 30%，余款发货前付清", "30% in advance, the rest before shipment"),
        ChoiceDefault("net30", "月结 30 天", "30 days net"),
        ChoiceDefault("net45", "月结 45 天", "45 days net"),
        ChoiceDefault("net60", "月结 60 天", "60 days net"),
        ChoiceDefault("net90", "月结 90 天", "90 days net"),
        ChoiceDefault("lc_sight", "即期信用证", "letter of credit at sight"),
    ),
    allows_other=True,
    order=62,
)
DELIVERY_TERMS = ChoiceListKind(
    "delivery_terms",
    "交货条件",
    "Delivery terms",
    (
        ChoiceDefault("delivered", "送货到厂，含运费", "delivered to the works, freight included"),
        ChoiceDefault("ex_works", "工厂自提（EXW）", "EXW, ex works"),
        ChoiceDefault("fob", "FOB 离岸", "FOB, free on board"),
        ChoiceDefault("cif", "CIF 到岸", "CIF, cost, insurance and freight"),
        ChoiceDefault("dap", "DAP 目的地交货", "DAP, delivered at place"),
    ),
    allows_other=True,
    order=64,
)
QUOTE_LISTS = (PAYMENT_TERMS, DELIVERY_TERMS)
