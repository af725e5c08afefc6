"""An approved customer becomes a business partner with customer, company and sales-area data, in one deep insert."""

from customers.domain.merging.preview import standing
from customers.enums import AddressKind
from customers.models import Customer, CustomerAddress
from integrations.domain.outbox.areas import area_of
from integrations.domain.outbox.kinds import Outgoing, Unready, erp_number
from integrations.enums import MessageKind, Problem
from integrations.models import ExternalRef, OutboxMessage, SalesArea
from integrations.sap.client import ODataClient, Row
from integrations.sap.values import norm_id, text_literal
from integrations.sync.lookups import SYSTEM

SERVICE = "API_BUSINESS_PARTNER"
ORGANISATION = "2"  # category of a business partner that is a company
ROLES = ("FLCU00", "FLCU01")  # SAP's roles of a customer in accounting and in sales
NAME, FULL_NAME, SEARCH, STREET, CITY, CODE = 40, 80, 20, 60, 40, 10  # longest texts there


def find(key: int) -> Customer | None:
    """The customer while it is one of its own and not in the ERP."""
    found: Customer | None = Customer.objects.filter(pk=key, merged_into=None).select_related("business_unit").first()
    return found


def payload(customer: Customer, reference: str) -> Row:
    """What is posted to A_BusinessPartner. Raises Unready."""
    known = erp_number("customer", customer.pk)
    if known:
        raise Unready(Problem.GONE, number=known)
    return body_of(customer, reference)


def body_of(customer: Customer, reference: str) -> Row:
    """The business partner that the customer is there. Raises Unready without a sales area."""
    area = area_of(customer.business_unit)
    body: Row = {
        "BusinessPartnerCategory": ORGANISATION,
        "BusinessPartnerGrouping": area.partner_grouping,
        "BusinessPartnerIDByExtSystem": reference,
        "OrganizationBPName1": customer.name[:NAME],
        "OrganizationBPName2": customer.name[NAME : 2 * NAME],
        "SearchTerm1": (customer.short_name or customer.code)[:SEARCH].upper(),
        "to_BusinessPartnerRole": [{"BusinessPartnerRole": role} for role in ROLES],
        "to_BusinessPartnerAddress": [
            {
                "StreetName": customer.address[:STREET],
                "CityName": customer.city[:CITY],
                "Country": area.country,
                "Language": "ZH",
                **_at_the_place(customer),
            }
        ],
        "to_Customer": _account(area),
    }
    if area.tax_type and customer.credit_code:
        body["to_BusinessPartnerTax"] = [{"BPTaxType": area.tax_type, "BPTaxNumber": customer.credit_code}]
    return body


def _account(area: SalesArea) -> Row:
    """The customer account: its company code and sales area."""
    return {
        "CustomerAccountGroup": area.account_group,
        "to_CustomerCompany": [
            {
                "CompanyCode": area.company_code,
                "PaymentTerms": area.payment_terms,
                "ReconciliationAccount": area.reconciliation_account,
            }
        ],
        "to_CustomerSalesArea": [
            {
                "SalesOrganization": area.sales_organization,
                "DistributionChannel": area.distribution_channel,
                "Division": area.division,
                "Currency": area.currency_id,
                "CustomerPaymentTerms": area.payment_terms,
            }
        ],
    }


def _at_the_place(customer: Customer) -> Row:
    """Postal code of the usual sold-to or ship-to address in the customer's own city, and the person whom goods go to."""
    rows = CustomerAddress._base_manager.filter(customer=customer, is_default=True)
    usual = {row.kind: row for row in rows.order_by("pk")}
    ship_to = usual.get(AddressKind.SHIP_TO)
    near = [
        row for row in (usual.get(AddressKind.SOLD_TO), ship_to) if row is not None and row.city in ("", customer.city)
    ]
    code = next((row.postal_code for row in near if row.postal_code), "")
    found = {"PostalCode": code[:CODE], "CareOfName": ship_to.contact[:NAME] if ship_to is not None else ""}
    return {name: value for name, value in found.items() if value}


def refuse_twin(client: ODataClient, message: OutboxMessage, customer: Customer) -> None:
    """Raise Unready when the ERP has a customer with the same tax number, unless somebody said that it is another company.
    Raises ExternalError."""
    if not customer.credit_code:
        return
    options = {
        "$filter": f"BPTaxNumber eq {text_literal(customer.credit_code)}",
        "$select": "BusinessPartner",
        "$top": "20",
    }
    rows = client.page(SERVICE, "A_BusinessPartnerTaxNumber", {**options, "$orderby": "BusinessPartner,BPTaxType"}).rows
    partners = list(dict.fromkeys(row["BusinessPartner"] for row in rows))
    if not partners:
        return
    same = " or ".join(f"BusinessPartner eq {text_literal(partner)}" for partner in partners)
    options = {"$filter": same, "$select": "BusinessPartner,Customer,BusinessPartnerFullName", "$top": "20"}
    rows = client.page(SERVICE, "A_BusinessPartner", {**options, "$orderby": "BusinessPartner"}).rows
    known = {norm_id(row["Customer"]): row for row in rows if row.get("Customer")}
    if known and message.passed_over not in known:  # whoever says so of one account says it of all with that tax number
        found, row = next(iter(known.items()))
        raise Unready(Problem.EXISTS, number=found, name=row.get("BusinessPartnerFullName") or "")


def look_up(client: ODataClient, message: OutboxMessage) -> Row | None:
    """The business partner that bears our reference as its number in another system. Raises ExternalError."""
    options = {
        "$filter": f"BusinessPartnerIDByExtSystem eq {text_literal(message.reference)}",
        "$select": "BusinessPartner,Customer,BusinessPartnerIDByExtSystem",
        "$orderby": "BusinessPartner",
        "$top": "1",
    }
    rows = client.page(SERVICE, "A_BusinessPartner", options).rows
    return rows[0] if rows else None


def number(row: Row) -> str:
    """The customer's number, which documents name; it may differ from the business partner's."""
    return norm_id(row.get("Customer") or row["BusinessPartner"])


def confirm(key: int, erp: str) -> None:
    """Keep the number beside the customer (the one it was merged into, if it was meanwhile)."""
    ExternalRef._base_manager.get_or_create(
        system=SYSTEM, entity="customer", external_id=erp, defaults={"object_id": standing(key)}
    )


PARTNERS = Outgoing(
    kind=MessageKind.PARTNER,
    model="customers.customer",
    change="customers.change_customer",
    service=SERVICE,
    entity_set="A_BusinessPartner",
    find=find,
    title=lambda customer: customer.name,
    waits=lambda customer: None,
    payload=payload,
    beforehand=refuse_twin,
    look_up=look_up,
    number=number,
    confirm=confirm,
)
