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

TENDER_DOCUMENT = ChoiceListKind(
    "tender_document",
    "投标文件清单",
    "Papers of a tender",
    (
        ChoiceDefault("bid_letter", "投标函", "bid letter"),
        ChoiceDefault("authorisation", "法定代表人授权书", "authorisation by the legal representative"),
        ChoiceDefault("licence", "营业执照与资质证书", "business licence and certificates"),
        ChoiceDefault("price_sheet", "分项报价表", "price sheet by item"),
        ChoiceDefault("technical", "技术规格响应与偏离表", "technical response with deviations"),
        ChoiceDefault("test_report", "第三方检测报告", "test report of a third party"),
    ),
    allows_other=True,
    order=70,
)
TENDER_LISTS = (TENDER_DOCUMENT,)

SUPPLIER_CHECKLIST = ChoiceListKind(
    "supplier_checklist",
    "供应商准入资料清单",
    "Checklist of admissions as a supplier",
    (
        ChoiceDefault("questionnaire", "供应商调查表", "supplier questionnaire"),
        ChoiceDefault("licence", "营业执照", "business licence"),
        ChoiceDefault("iso9001", "ISO 9001 质量管理体系证书", "ISO 9001 certificate"),
        ChoiceDefault("iso14001", "ISO 14001 环境管理体系证书", "ISO 14001 certificate"),
        ChoiceDefault("rohs_reach", "RoHS / REACH 检测报告", "RoHS and REACH test reports"),
        ChoiceDefault("sds", "产品 SDS 与技术数据表", "SDS and technical data sheets"),
        ChoiceDefault("agreement", "质量协议与廉洁协议", "quality and integrity agreements"),
    ),
    allows_other=True,
    order=80,
)
QUALIFICATION_LISTS = (SUPPLIER_CHECKLIST,)
