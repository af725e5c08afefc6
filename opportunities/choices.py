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

DEVELOPMENT_END = ChoiceListKind(
    "development_end",
    "新品开发终止原因",
    "Reasons why new products end",
    (
        ChoiceDefault("technology", "技术上无法实现", "not feasible technically"),
        ChoiceDefault("price", "目标价低于成本", "target price below cost"),
        ChoiceDefault("volume", "用量不足以立项", "volume too small"),
        ChoiceDefault("capacity", "研发或产能资源不足", "no capacity in R&D or production"),
        ChoiceDefault("regulation", "法规或认证限制", "regulation or certification"),
        ChoiceDefault("existing", "现有产品可满足", "an existing product will do"),
        ChoiceDefault("customer", "客户项目取消或推迟", "customer's project cancelled or put off"),
        ChoiceDefault("other", "其他", "other"),
    ),
    order=84,
)
DEVELOPMENT_MILESTONE = ChoiceListKind(
    "development_milestone",
    "新品开发标准节点",
    "Milestones of new products",
    (
        ChoiceDefault("requirement", "需求冻结", "requirement frozen"),
        ChoiceDefault("lab_sample", "小试样品", "laboratory sample"),
        ChoiceDefault("customer_trial", "客户试用", "customer trial"),
        ChoiceDefault("pilot_batch", "中试批次", "pilot batch"),
        ChoiceDefault("cost_calculation", "成本核算", "cost calculation"),
        ChoiceDefault("release", "发布", "release", fixed=True),
    ),
    allows_other=True,
    order=86,
)
DEVELOPMENT_LISTS = (DEVELOPMENT_END, DEVELOPMENT_MILESTONE)
