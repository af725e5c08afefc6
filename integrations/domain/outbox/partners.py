"""An approved customer becomes a business partner with customer, company and sales-area data, in one deep insert."""

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from customers.domain.merging.preview import standing
from customers.enums import AddressKind, RegistrationState
from customers.models import Customer, CustomerAddress, CustomerRegistration
from integrations.domain.outbox.areas import area_of
from integrations.domain.outbox.kinds import Outgoing, Unready, erp_number
from integrations.domain.unknown import holder
from integrations.enums import MessageKind, MessageState, NumberKind, Problem
from integrations.models import ExternalRef, OutboxMessage, SalesArea
from integrations.sap.client import ODataClient, Row
from integrations.sap.values import norm_id, text_literal
from integrations.sync.lookups import SYSTEM

SERVICE = "API_BUSINESS_PARTNER"
ORGANISATION = "2"  # category of a business partner that is a company
ROLES = ("FLCU00", "FLCU01")  # SAP's roles of a customer in accounting and in sales
NAME, FULL_NAME, SEARCH, STREET, CITY, CODE = 40, 80, 20, 60, 40, 10  # longest texts there


def begun(key: int) -> Customer | None:
    """The customer of an approved registration; None when it was registered for a number that the ERP has."""
    approved = CustomerRegistration._base_manager.filter(pk=key, state=RegistrationState.APPROVED)
    registration = approved.select_related("customer").first()
    customer = registration.customer if registration is not None else None
    return customer if customer is not None and not erp_number("customer", customer.pk) else None


def refuse(customer: Customer) -> None:
    """Raise DomainError for a customer that is in the ERP."""
    if erp_number("customer", customer.pk):
        raise DomainError(_("The customer is in the ERP already."))


def record(key: int) -> Customer | None:
    """The customer, or the one it was merged into."""
    found: Customer | None = Customer.objects.filter(pk=standing(key)).select_related("owner").first()
    return found


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


def look_up(client: ODataClient, message: OutboxMessage) -> list[Row]:
    """The business partners that bear our reference as their number in another system. Raises ExternalError."""
    options = {
        "$filter": f"BusinessPartnerIDByExtSystem eq {text_literal(message.reference)}",
        "$select": "BusinessPartner,Customer,BusinessPartnerIDByExtSystem",
        "$orderby": "BusinessPartner",
        "$top": "2",
    }
    return client.page(SERVICE, "A_BusinessPartner", options).rows


def number(row: Row) -> str:
    """The customer's number, which documents name: the business partner's may be another company's customer number.
    Raises Unready while it is no customer there."""
    if not row.get("Customer"):
        raise Unready(Problem.NO_NUMBER, entity=norm_id(row.get("BusinessPartner") or ""))
    return norm_id(row["Customer"])


def confirm(key: int, erp: str) -> None:
    """Keep the number beside the customer (the one it was merged into, if it was meanwhile). Raises Unready: it is another's."""
    customer = standing(key)
    ref, _made = ExternalRef._base_manager.get_or_create(
        system=SYSTEM, entity="customer", external_id=erp, defaults={"object_id": customer}
    )
    if ref.object_id == customer:
        return
    other = holder(NumberKind.CUSTOMER, erp)
    if other is not None:
        raise Unready(Problem.TAKEN, number=erp, name=other.name, code=other.code)
    ExternalRef._base_manager.filter(pk=ref.pk).update(object_id=customer)  # of a customer that is no more


def release_orders() -> None:
    """Orders that wait for their customer need not wait for their turn."""
    waiting = OutboxMessage._base_manager.filter(state=MessageState.WAITING, problem=Problem.NO_CUSTOMER)
    waiting.update(next_try_at=timezone.now())


PARTNERS = Outgoing(
    kind=MessageKind.PARTNER,
    model="customers.customer",
    change="customers.change_customer",
    page="customers:customer_record",
    begins="customers.customerregistration",
    begun=begun,
    refuse=refuse,
    record=record,
    owner=lambda customer: customer.owner,
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
    then=release_orders,
)
