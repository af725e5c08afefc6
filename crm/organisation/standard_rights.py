"""The groups of rights that the standard roles are put together from."""


def rights(app: str, *models: str, actions: str = "view add change") -> list[str]:
    """The rights on kinds of record of an app."""
    return [f"{app}.{action}_{model}" for model in models for action in actions.split()]


PARTS_OF_CUSTOMERS = ("customeraddress", "customerbilling", "customerlegal", "customerregistration")
READ_ARCHIVE = rights("customers", *PARTS_OF_CUSTOMERS, actions="view")
ARCHIVE = rights("customers", *PARTS_OF_CUSTOMERS)  # what hangs on a customer, and how one becomes one
SEE_GRADES = rights("customers", "gradeproposal", "gradepolicy", actions="view")  # of the customers in reach
REVIEW_GRADES = [*rights("customers", "graderun", actions="view change"), "customers.set_grade"]
KEEP_GRADING = [*REVIEW_GRADES, *rights("customers", "gradingmodel", "gradepolicy")]
READ_CUSTOMERS = [
    *rights("customers", "customer", "contact", "admission", "customercertificatedemand", actions="view"),
    *READ_ARCHIVE,
    *SEE_GRADES,
]
READ_ORDERS = rights(
    "orders", "salesorder", "shipment", "invoice", "receivable", "customerreturn", "orderrequest", actions="view"
)
DEAL_PARTS = ("opportunitycontact", "opportunityrival", "opportunityproduct", "opportunitymember")
AT_CUSTOMERS = ("tender", "supplieradmission")
PRICE_INDEXES = ("priceindex", "priceindexvalue")
READ_DEALS = [
    *rights("opportunities", "opportunity", *DEAL_PARTS, "samplerequest", "quote", *PRICE_INDEXES, actions="view"),
    *rights("opportunities", *AT_CUSTOMERS, "certificate", "documentset", "developmentrequest", actions="view"),
    *rights("leads", "lead", "campaign", actions="view"),
]
READ_SERVICE = rights("service", "complaint", actions="view")
READ_FIGURES = rights("analytics", "cell", "target", actions="view")
READ_WALLET = rights(
    "customers",
    "customerdemand",
    "demandshare",
    "customercontribution",
    "improvementplan",
    "improvementgoal",
    actions="view",
)
KEEP_WALLET = READ_WALLET + rights(
    "customers", "customerdemand", "demandshare", "improvementplan", "improvementgoal", actions="add change"
)
READ_RATES = ["customers.view_contributionrate"]
KEEP_RATES = rights("customers", "contributionrate")
LINK_NUMBERS = "integrations.link_numbers"  # say whose a number of the ERP is
REFRESH = "integrations.refresh_document"  # have a document read from the ERP at once
DAILY = [
    *rights("crm", "task"),
    "crm.view_approvalrequest",
    *rights("crm", "comment", "attachment", actions="add"),
    "crm.tag_records",
]  # everybody's own work
READ_PRODUCTS = rights("crm", "product", "productline", actions="view")
READ_MARKET = rights("crm", "competitor", "competitorproduct", "pricereport", actions="view")
READ_CATALOGUE = READ_PRODUCTS + READ_MARKET + rights("crm", "pricelist", "priceitem", "exchangerate", actions="view")
CHECK_INS = rights("integrations", "wecomcheckin", actions="view change")
READ_SALES = READ_WALLET + READ_CUSTOMERS + READ_ORDERS + READ_DEALS + READ_SERVICE + READ_FIGURES + READ_CATALOGUE
FLOOR = "crm.view_floor_price"
COST = "crm.view_cost"  # with the margins: for those who answer for results, not for those who sell
WATCH_MARKET = rights("crm", "competitor", "competitorproduct", "pricereport")
KEEP_CATALOGUE = [
    *rights("crm", "product", "productline", "specificationfield", "unit", "currency", "exchangerate"),
    *rights("crm", "pricelist", "priceitem"),
    *WATCH_MARKET,
    FLOOR,
    *rights("opportunities", *PRICE_INDEXES),
]

CERTIFICATES = rights("opportunities", "certificate")  # for those who keep our certificates
PROTECTED = "customers.change_protected"  # saves a customer's protected fields without a request
# ask for admissions, and keep what customers demand
ADMIT = rights("customers", "admission", "customercertificatedemand")
REVOKE = "customers.revoke_admission"
CHECKLISTS = rights("customers", "admissionchecklist")
EXPORT = "crm.export_lists"
REVEAL = "crm.reveal_personal_data"  # for those who are not on the account
DECIDE = "crm.decide_approval"

# the pool of customers and their hand-over
READ_POOL = rights("customers", "poolentry", "handoverpack", actions="view")
USE_POOL = [
    *READ_POOL,
    *rights("customers", "handoverpack", actions="add change"),
    "customers.claim_customer",
    "customers.release_customer",
]
READ_POOL_RULES = rights("customers", "customerpool", "recyclerule", actions="view")
LEAD_POOL = ["customers.assign_pool", *READ_POOL_RULES]
SET_POOL = rights("customers", "customerpool", "recyclerule", actions="add change")
# Customers that are the same company: managers merge their own teams', master data those of any two business units.
MERGE = ["customers.merge_customer", "customers.view_customermerge"]
MERGE_ACROSS = ["customers.merge_across_units"]

SELL = [
    *DAILY,
    *CHECK_INS,
    *READ_SALES,
    EXPORT,
    *rights("customers", "customer", "contact"),
    *ARCHIVE,
    *ADMIT,
    *KEEP_WALLET,
    *rights("opportunities", "opportunity", *DEAL_PARTS, "samplerequest", "quote", *AT_CUSTOMERS, "documentset"),
    *rights("opportunities", "developmentrequest"),
    *rights("orders", "orderrequest"),
    *rights("leads", "lead"),
    *rights("service", "complaint"),
    "crm.add_pricereport",
    *USE_POOL,
    REFRESH,
]
LEAD_A_TEAM = [
    *SELL,
    FLOOR,
    *WATCH_MARKET,
    "crm.add_tag",
    DECIDE,
    "customers.transfer_customer",
    REVOKE,
    *MERGE,
    "opportunities.transfer_opportunity",
    "opportunities.add_keyproject",
    "leads.assign_lead",
    *rights("leads", "campaign"),
    *LEAD_POOL,
]
TAGS = rights("crm", "tag")
ADMINISTER = [
    PROTECTED,
    *CHECKLISTS,
    *rights("customers", "protectedfield", actions="view change"),
    *MERGE_ACROSS,
    *rights("crm", "user", "role", "team", "region", "businessunit"),
    *KEEP_RATES,
    *KEEP_CATALOGUE,
    *rights("integrations", "erpconnection", "syncrun"),
    *rights("integrations", "wecomsettings", actions="view change"),
    "integrations.run_sync",
    LINK_NUMBERS,
    *rights("integrations", "salesarea", actions="view change"),
    "integrations.view_outboxmessage",
    "integrations.send_outboxmessage",
    *rights(
        "integrations", "apitoken", actions="view add"
    ),  # others by a role made for it: it reads more than pages show
    "integrations.feed_documents",
    *rights("integrations", "webhook"),
    *rights("crm", "importbatch"),
    "crm.view_all_jobs",
    *rights("crm", "exportlog", "signinevent", "personaldataentry", actions="view"),
    "crm.manage_personal_data",
    *TAGS,
    *rights("crm", "approvalpolicy", "workingcalendar"),
    "crm.view_all_approvals",
    "crm.view_trail",
    *rights("crm", "extrafield", "choicelist"),
    *rights("crm", "numberformat", actions="view change"),
    *rights("opportunities", "gateitem", actions="view change"),
    *rights("opportunities", "salesprocess", actions="view change"),
    *CERTIFICATES,
]
