"""The roles a new installation starts with; administrators change them afterwards."""

from dataclasses import dataclass

from crm.base.scopes import DataScope


def _all(app: str, *models: str, actions: str = "view add change") -> list[str]:
    return [f"{app}.{action}_{model}" for model in models for action in actions.split()]


_PARTS_OF_CUSTOMERS = ("customeraddress", "customerbilling", "customerlegal", "customerregistration")
_READ_ARCHIVE = _all("customers", *_PARTS_OF_CUSTOMERS, actions="view")
ARCHIVE = _all("customers", *_PARTS_OF_CUSTOMERS)  # what hangs on a customer, and how one becomes one
_SEE_GRADES = _all("customers", "gradeproposal", "gradepolicy", actions="view")  # of the customers in reach
_REVIEW_GRADES = [*_all("customers", "graderun", actions="view change"), "customers.set_grade"]
_KEEP_GRADING = [*_REVIEW_GRADES, *_all("customers", "gradingmodel", "gradepolicy")]
_READ_CUSTOMERS = [
    *_all("customers", "customer", "contact", "admission", "customercertificatedemand", actions="view"),
    *_READ_ARCHIVE,
    *_SEE_GRADES,
]
_READ_ORDERS = _all("orders", "salesorder", "shipment", "invoice", "receivable", "orderrequest", actions="view")
_DEAL_PARTS = ("opportunitycontact", "opportunityrival")  # who is in a deal beside us
_PRICE_INDEXES = ("priceindex", "priceindexvalue")
_READ_DEALS = [
    *_all("opportunities", "opportunity", *_DEAL_PARTS, "samplerequest", "quote", *_PRICE_INDEXES, actions="view"),
    *_all("opportunities", "tender", "supplieradmission", actions="view"),
    *_all("leads", "lead", "campaign", actions="view"),
]
_READ_SERVICE = _all("service", "complaint", actions="view")
_READ_FIGURES = _all("analytics", "cell", "target", actions="view")
_READ_WALLET = _all(
    "customers",
    "customerdemand",
    "demandshare",
    "customercontribution",
    "improvementplan",
    "improvementgoal",
    actions="view",
)
_KEEP_WALLET = _READ_WALLET + _all(
    "customers", "customerdemand", "demandshare", "improvementplan", "improvementgoal", actions="add change"
)
_READ_RATES = ["customers.view_contributionrate"]
_KEEP_RATES = _all("customers", "contributionrate")
_DAILY = [
    *_all("crm", "task"),
    "crm.view_approvalrequest",
    *_all("crm", "comment", "attachment", actions="add"),
    "crm.tag_records",
]  # everybody's own work
_READ_PRODUCTS = _all("crm", "product", "productline", actions="view")
_READ_MARKET = _all("crm", "competitor", "competitorproduct", "pricereport", actions="view")
_READ_CATALOGUE = _READ_PRODUCTS + _READ_MARKET + _all("crm", "pricelist", "priceitem", "exchangerate", actions="view")
_READ_SALES = (
    _READ_WALLET + _READ_CUSTOMERS + _READ_ORDERS + _READ_DEALS + _READ_SERVICE + _READ_FIGURES + _READ_CATALOGUE
)
_FLOOR = "crm.view_floor_price"
_COST = "crm.view_cost"  # with the margins: for those who answer for results, not for those who sell
_WATCH_MARKET = _all("crm", "competitor", "competitorproduct", "pricereport")
_KEEP_CATALOGUE = [
    *_all("crm", "product", "productline", "specificationfield", "unit", "currency", "exchangerate"),
    *_all("crm", "pricelist", "priceitem"),
    *_WATCH_MARKET,
    _FLOOR,
    *_all("opportunities", *_PRICE_INDEXES),
]

_PROTECTED = "customers.change_protected"  # saves a customer's protected fields without a request
_ADMIT = _all(
    "customers", "admission", "customercertificatedemand"
)  # ask for admissions, and keep what customers demand
_REVOKE = "customers.revoke_admission"
_CHECKLISTS = _all("customers", "admissionchecklist")
_EXPORT = "crm.export_lists"
_REVEAL = "crm.reveal_personal_data"  # for those who are not on the account
_DECIDE = "crm.decide_approval"

# the pool of customers and their hand-over
_READ_POOL = _all("customers", "poolentry", "handoverpack", actions="view")
_USE_POOL = [
    *_READ_POOL,
    *_all("customers", "handoverpack", actions="add change"),
    "customers.claim_customer",
    "customers.release_customer",
]
_READ_POOL_RULES = _all("customers", "customerpool", "recyclerule", actions="view")
_LEAD_POOL = ["customers.assign_pool", *_READ_POOL_RULES]
_SET_POOL = _all("customers", "customerpool", "recyclerule", actions="add change")
# Customers that are the same company: managers merge their own teams', master data those of any two business units.
MERGE = ["customers.merge_customer", "customers.view_customermerge"]
MERGE_ACROSS = ["customers.merge_across_units"]

_SELL = [
    *_DAILY,
    *_READ_SALES,
    _EXPORT,
    *_all("customers", "customer", "contact"),
    *ARCHIVE,
    *_ADMIT,
    *_KEEP_WALLET,
    *_all("opportunities", "opportunity", *_DEAL_PARTS, "samplerequest", "quote", "tender", "supplieradmission"),
    *_all("orders", "orderrequest"),
    *_all("leads", "lead"),
    *_all("service", "complaint"),
    "crm.add_pricereport",
    *_USE_POOL,
]
_LEAD_A_TEAM = [
    *_SELL,
    _FLOOR,
    *_WATCH_MARKET,
    "crm.add_tag",
    _DECIDE,
    "customers.transfer_customer",
    _REVOKE,
    *MERGE,
    "opportunities.transfer_opportunity",
    "opportunities.add_keyproject",
    "leads.assign_lead",
    *_all("leads", "campaign"),
    *_LEAD_POOL,
]
_TAGS = _all("crm", "tag")
_ADMINISTER = [
    _PROTECTED,
    *_CHECKLISTS,
    *_all("customers", "protectedfield", actions="view change"),
    *MERGE_ACROSS,
    *_all("crm", "user", "role", "team", "region", "businessunit"),
    *_KEEP_RATES,
    *_KEEP_CATALOGUE,
    *_all("integrations", "erpconnection", "syncrun"),
    "integrations.run_sync",
    *_all("crm", "importbatch"),
    "crm.view_all_jobs",
    *_all("crm", "exportlog", "signinevent", "personaldataentry", actions="view"),
    "crm.manage_personal_data",
    *_TAGS,
    *_all("crm", "approvalpolicy", "workingcalendar"),
    "crm.view_all_approvals",
    "crm.view_trail",
    *_all("crm", "extrafield", "choicelist"),
    *_all("crm", "numberformat", actions="view change"),
    *_all("opportunities", "gateitem", actions="view change"),
]


@dataclass(frozen=True)
class StandardRole:
    """A role with its reach and its permissions."""

    code: str
    name: str
    name_en: str
    data_scope: str
    permissions: list[str]


STANDARD_ROLES = (
    StandardRole("sales_rep", "业务员", "Sales representative", DataScope.OWN, _SELL),
    StandardRole("sales_manager", "销售主管", "Sales manager", DataScope.TEAM_BELOW, _LEAD_A_TEAM),
    StandardRole(
        "bu_head",
        "事业部总经理",
        "Business-unit head",
        DataScope.BUSINESS_UNIT,
        [
            *_LEAD_A_TEAM,
            _COST,
            "leads.approve_campaign",
            *_all("analytics", "target"),
            *_REVIEW_GRADES,
            "customers.view_gradingmodel",
            *_SET_POOL,
            *_READ_RATES,
        ],
    ),
    StandardRole(
        "product_manager",
        "产品经理",
        "Product manager",
        DataScope.BUSINESS_UNIT,
        [
            *_DAILY,
            *_READ_SALES,
            _EXPORT,
            _FLOOR,
            _COST,
            _DECIDE,
            *_WATCH_MARKET,
            *_all("crm", "product", actions="add change"),
            "opportunities.change_samplerequest",
        ],
    ),
    StandardRole(
        "research",
        "研发",
        "Research and development",
        DataScope.BUSINESS_UNIT,
        [
            *_DAILY,
            *_all("customers", "customer", "contact", actions="view"),
            *_all("opportunities", "opportunity", "samplerequest", actions="view"),
            "opportunities.change_samplerequest",
            *_READ_PRODUCTS,
            _COST,
        ],
    ),
    StandardRole(
        "executive",
        "集团高管",
        "Executive",
        DataScope.ALL,
        [
            *_DAILY,
            *_READ_SALES,
            _EXPORT,
            _REVEAL,
            _FLOOR,
            _COST,
            *_READ_RATES,
            _DECIDE,
            "opportunities.add_keyproject",
            "crm.view_all_approvals",
            *_all("analytics", "target"),
            *_all("customers", "graderun", "gradingmodel", actions="view"),
            *_READ_POOL,
            *_READ_POOL_RULES,
        ],
    ),
    StandardRole(
        "marketing",
        "市场专员",
        "Marketing",
        DataScope.BUSINESS_UNIT,
        [
            *_DAILY,
            *_READ_CUSTOMERS,
            *_all("customers", "customerdemand", "demandshare", actions="view"),
            *_READ_FIGURES,
            *_READ_CATALOGUE,
            *_WATCH_MARKET,
            *_all("crm", "importbatch"),
            _EXPORT,
            _REVEAL,
            *_all("leads", "lead", "campaign"),
            "leads.assign_lead",
        ],
    ),
    StandardRole(
        "service_agent",
        "客服专员",
        "Service agent",
        DataScope.BUSINESS_UNIT,
        [
            *_DAILY,
            *_READ_CUSTOMERS,
            *_READ_ORDERS,
            *_READ_FIGURES,
            *_READ_PRODUCTS,
            _REVEAL,
            *_all("service", "complaint"),
        ],
    ),
    StandardRole(
        "service_manager",
        "客服主管",
        "Service manager",
        DataScope.BUSINESS_UNIT,
        [
            *_DAILY,
            *_READ_CUSTOMERS,
            *_READ_ORDERS,
            *_READ_FIGURES,
            *_READ_PRODUCTS,
            _EXPORT,
            _DECIDE,
            *_all("service", "complaint"),
            *_all("customers", "contact"),
        ],
    ),
    StandardRole(
        "finance",
        "财务信控",
        "Finance and credit",
        DataScope.ALL,
        [
            *_DAILY,
            *_READ_CUSTOMERS,
            *_READ_WALLET,
            *_KEEP_RATES,
            *_READ_ORDERS,
            *_all("opportunities", "tender", actions="view change"),  # the bid bonds
            *_READ_FIGURES,
            *_READ_CATALOGUE,
            *_all("opportunities", "samplerequest", actions="view"),  # what samples cost
            _EXPORT,
            _REVEAL,
            _FLOOR,
            _COST,
            _DECIDE,
        ],
    ),
    StandardRole(
        "data_steward",
        "主数据专员",
        "Master-data steward",
        DataScope.ALL,
        [
            *_DAILY,
            *_READ_SALES,
            _EXPORT,
            _REVEAL,
            _DECIDE,
            *_all("customers", "customer", "contact"),
            *ARCHIVE,
            "customers.skip_registration",
            "customers.transfer_customer",
            *_READ_POOL,
            *_all("customers", "handoverpack", actions="add change"),
            "customers.release_customer",
            *_LEAD_POOL,
            _PROTECTED,
            *_ADMIT,
            _REVOKE,
            *_CHECKLISTS,
            *MERGE,
            *MERGE_ACROSS,
            *_all("crm", "importbatch"),
            *_all("customers", "customerdemand", "demandshare", actions="add change"),  # from sheets
            *_KEEP_CATALOGUE,
            *_all("crm", "cost"),
            *_TAGS,
            *_all("crm", "choicelist"),
            *_KEEP_GRADING,
        ],
    ),
    StandardRole(
        "administrator",
        "系统管理员",
        "Administrator",
        DataScope.ALL,
        [
            *_LEAD_A_TEAM,
            "customers.skip_registration",
            "leads.approve_campaign",
            *_all("analytics", "target"),
            *_ADMINISTER,
            *_KEEP_GRADING,
            *_SET_POOL,
        ],
    ),
    StandardRole(
        "auditor",
        "审计（只读）",
        "Auditor (read only)",
        DataScope.ALL,
        [
            *_READ_SALES,
            "customers.view_customermerge",
            *_all(
                "crm",
                "user",
                "role",
                "team",
                "region",
                "businessunit",
                "importbatch",
                "exportlog",
                "signinevent",
                "personaldataentry",
                "task",
                "unit",
                "currency",
                "specificationfield",
                "approvalrequest",
                "approvalpolicy",
                "workingcalendar",
                "extrafield",
                "choicelist",
                "numberformat",
                actions="view",
            ),
            *_all("opportunities", "gateitem", actions="view"),
            *_all("customers", "graderun", "gradingmodel", actions="view"),
            *_READ_POOL,
            *_READ_POOL_RULES,
            *_all("customers", "protectedfield", "admissionchecklist", actions="view"),
            "crm.view_all_jobs",
            "crm.view_all_approvals",
            "crm.view_trail",
            *_all("integrations", "syncrun", "erpconnection", actions="view"),
        ],
    ),
)
