"""The roles a new installation starts with; administrators change them afterwards."""

from dataclasses import dataclass

from crm.base.scopes import DataScope


def _all(app: str, *models: str, actions: str = "view add change") -> list[str]:
    return [f"{app}.{action}_{model}" for model in models for action in actions.split()]


_READ_CUSTOMERS = _all("customers", "customer", "contact", actions="view")
_READ_ORDERS = _all("orders", "salesorder", "shipment", "invoice", "receivable", actions="view")
_READ_DEALS = _all("opportunities", "opportunity", actions="view") + _all("leads", "lead", "campaign", actions="view")
_READ_SERVICE = _all("service", "complaint", actions="view")
_READ_FIGURES = _all("analytics", "cell", "target", actions="view")
_DAILY = _all("crm", "task")  # everybody's own work
_READ_SALES = _READ_CUSTOMERS + _READ_ORDERS + _READ_DEALS + _READ_SERVICE + _READ_FIGURES

_EXPORT = "crm.export_lists"
_REVEAL = "crm.reveal_personal_data"  # for those who are not on the account

_SELL = [
    *_DAILY,
    *_READ_SALES,
    _EXPORT,
    *_all("customers", "customer", "contact"),
    *_all("opportunities", "opportunity"),
    *_all("leads", "lead"),
    *_all("service", "complaint"),
]
_LEAD_A_TEAM = [
    *_SELL,
    "customers.transfer_customer",
    "opportunities.transfer_opportunity",
    "leads.assign_lead",
    *_all("leads", "campaign"),
]
_ADMINISTER = [
    *_all("crm", "user", "role", "team", "region", "businessunit", "product", "productline"),
    *_all("integrations", "erpconnection", "syncrun"),
    "integrations.run_sync",
    *_all("crm", "importbatch"),
    "crm.view_all_jobs",
    *_all("crm", "exportlog", "signinevent", "personaldataentry", actions="view"),
    "crm.manage_personal_data",
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
        [*_LEAD_A_TEAM, "leads.approve_campaign", *_all("analytics", "target")],
    ),
    StandardRole(
        "executive",
        "集团高管",
        "Executive",
        DataScope.ALL,
        [*_DAILY, *_READ_SALES, _EXPORT, _REVEAL, *_all("analytics", "target")],
    ),
    StandardRole(
        "marketing",
        "市场专员",
        "Marketing",
        DataScope.BUSINESS_UNIT,
        [
            *_DAILY,
            *_READ_CUSTOMERS,
            *_READ_FIGURES,
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
        [*_DAILY, *_READ_CUSTOMERS, *_READ_ORDERS, *_READ_FIGURES, _REVEAL, *_all("service", "complaint")],
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
            _EXPORT,
            *_all("service", "complaint"),
            *_all("customers", "contact"),
        ],
    ),
    StandardRole(
        "finance",
        "财务信控",
        "Finance and credit",
        DataScope.ALL,
        [*_DAILY, *_READ_CUSTOMERS, *_READ_ORDERS, *_READ_FIGURES, _EXPORT, _REVEAL],
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
            *_all("customers", "customer", "contact"),
            "customers.transfer_customer",
            *_all("crm", "importbatch"),
            *_all("crm", "product", "productline"),
        ],
    ),
    StandardRole(
        "administrator",
        "系统管理员",
        "Administrator",
        DataScope.ALL,
        [*_LEAD_A_TEAM, "leads.approve_campaign", *_all("analytics", "target"), *_ADMINISTER],
    ),
    StandardRole(
        "auditor",
        "审计（只读）",
        "Auditor (read only)",
        DataScope.ALL,
        [
            *_READ_SALES,
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
                actions="view",
            ),
            "crm.view_all_jobs",
            *_all("integrations", "syncrun", "erpconnection", actions="view"),
        ],
    ),
)
