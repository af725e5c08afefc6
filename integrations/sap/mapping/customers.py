"""Customers: A_BusinessPartner with its customer, company codes, sales areas and addresses; and credit accounts.

A partner makes no customer here: only one whose number is a customer's already is taken, every other waits as a rejected row.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from integrations.domain.facts import keep_credit, keep_customers
from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Dated,
    Document,
    EntitySet,
    FieldMap,
    Lookups,
    field,
    first_text,
    flag,
    known_currency,
    rows_at,
    text,
)
from integrations.sap.values import decimal, last_day, norm_id
from orders.domain.documents import Written


class Facts(NamedTuple):
    """Values to keep under a key."""

    number: str
    values: dict[str, Any]


def street(name: Any, house: Any) -> str:
    """Street and house number as one."""
    return " ".join(filter(None, (text(name), text(house))))


def blocked(**codes: Any) -> list[str]:
    """What is blocked: the names of the codes that are not empty."""
    return [name for name, code in codes.items() if code not in (None, False, "", "false")]


def blocks(order: Any, delivery: Any, billing: Any) -> list[str]:
    """What is blocked of order, delivery and billing."""
    return blocked(order=order, delivery=delivery, billing=billing)


PARTNER = FieldMap(
    field("partner", norm_id, "BusinessPartner"),
    field("number", norm_id, "Customer"),
    field("partner_name", first_text, "BusinessPartnerFullName", "OrganizationBPName1"),
    field("partner_blocked", flag, "BusinessPartnerIsBlocked"),
    field("archived", flag, "IsMarkedForArchiving"),
)
CUSTOMER = FieldMap(
    field("name", text, "CustomerName"),
    field("account_group", text, "CustomerAccountGroup"),
    field("blocks", blocks, "OrderIsBlockedForCustomer", "DeliveryIsBlocked", "BillingIsBlockedForCustomer"),
    field("posting", flag, "PostingIsBlocked"),
    field("deleted", flag, "DeletionIndicator"),
)
COMPANY = FieldMap(
    field("company", text, "CompanyCode"),
    field("terms", text, "PaymentTerms"),
    field("blocks", lambda payment: blocked(payment=payment), "PaymentBlockingReason"),
    field("gone", flag, "DeletionIndicator"),
)
AREA = FieldMap(
    field("area", lambda *parts: "/".join(map(text, parts)), "SalesOrganization", "DistributionChannel", "Division"),
    field("currency", text, "Currency"),
    field("terms", text, "CustomerPaymentTerms"),
    field("customer_group", text, "CustomerGroup"),
    field("price_group", text, "CustomerPriceGroup"),
    field("incoterms", text, "IncotermsClassification"),
    field("blocks", blocks, "OrderIsBlockedForCustomer", "DeliveryIsBlockedForCustomer", "BillingIsBlockedForCustomer"),
    field("gone", flag, "DeletionIndicator"),
)
ADDRESS = FieldMap(
    field("street", street, "StreetName", "HouseNumber"),
    field("place", lambda *parts: " ".join(filter(None, map(text, parts))), "PostalCode", "CityName"),
    field("country", text, "Country"),
)


def build(row: Row, look: Lookups) -> Document:
    """A customer account. Raises Rejected when nobody has its number."""
    head = PARTNER.read(row)
    values = {"customer_id": look.customer(head["number"]), "partner": head["partner"]}
    found = CUSTOMER.read((rows_at(row, "to_Customer") or [{}])[0])
    addresses = [ADDRESS.read(item) for item in rows_at(row, "to_BusinessPartnerAddress")]
    shown = ", ".join(filter(None, addresses[0].values())) if addresses else ""
    values |= {"number": head["number"], "name": found["name"] or head["partner_name"], "address": shown}
    values |= {"account_group": found["account_group"], "gone": found["deleted"] or head["archived"]}
    values["blocks"] = found["blocks"] + blocked(posting=found["posting"], partner=head["partner_blocked"])
    values["areas"] = [AREA.read(item) for item in rows_at(row, "to_Customer/to_CustomerSalesArea")]
    values["companies"] = [COMPANY.read(item) for item in rows_at(row, "to_Customer/to_CustomerCompany")]
    return Document(Facts(head["number"], values), [])


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Keep beside the customers."""
    kept = keep_customers(rows=[document.header.values for document in documents], read_at=read_at)
    return Written(ids=kept.ids, changed=kept.changed)


CREDIT = FieldMap(
    field("partner", norm_id, "BusinessPartner"),
    field("segment", text, "CreditSegment"),
    field("credit_limit", decimal, "CreditLimitAmount"),
    field("currency", text, "CreditSegmentCurrency"),
    field("valid_until", last_day, "CreditLimitValidityEndDate"),
    field("blocked", flag, "CreditAccountIsBlocked"),
)


def build_credit(row: Row, look: Lookups) -> Document:
    """A credit account. Raises Rejected for a currency nobody knows."""
    values = CREDIT.read(row)
    known_currency(values["currency"], look)
    key = CREDIT_ACCOUNTS.external_id(row)
    return Document(Facts(key, {"key": key, **values}), [])


def write_credit(documents: list[Document], read_at: dt.datetime) -> Written:
    """Keep beside the customers."""
    kept = keep_credit(rows=[document.header.values for document in documents], read_at=read_at)
    return Written(ids=kept.ids, changed=kept.changed)


CUSTOMERS = EntitySet(
    name="A_BusinessPartner",
    label=_("Customer accounts"),
    service="API_BUSINESS_PARTNER",
    entity="erp_customer",
    lock=5,
    key=("BusinessPartner",),
    header=PARTNER,
    window=Dated(("LastChangeDate", "CreationDate")),
    customer="Customer",
    where="Customer ne ''",
    also=(
        ("to_Customer", CUSTOMER),
        ("to_Customer/to_CustomerCompany", COMPANY),
        ("to_Customer/to_CustomerSalesArea", AREA),
        ("to_BusinessPartnerAddress", ADDRESS),
    ),
    build=build,
    write=write,
    control=lambda row: ("", Decimal(1)),
)
CREDIT_ACCOUNTS = EntitySet(
    name="CreditManagementAccount",
    label=_("Credit accounts"),
    service="API_CRDTMBUSINESSPARTNER",
    entity="erp_credit",
    lock=6,
    key=("BusinessPartner", "CreditSegment"),
    header=CREDIT,
    window=Dated(("CreditLimitLastChangeDate",)),
    customer="BusinessPartner",
    build=build_credit,
    write=write_credit,
    control=lambda row: (text(row.get("CreditSegmentCurrency")), decimal(row.get("CreditLimitAmount"))),
)
