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
