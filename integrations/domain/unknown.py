"""Numbers of customers and products that rejected rows name and that nobody here has; and what the ERP says of them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from crm.catalogue.models import Product
from crm.errors import NotAllowed
from customers.domain.existence import KnownCompany, shown_to
from customers.domain.recognition import CompanyQuery, find_candidates, plain_code
from customers.models import Customer
from integrations.domain.connection import open_client
from integrations.enums import NumberKind, RejectionState
from integrations.models import ExternalRef, RejectedRow
from integrations.sap.client import Row
from integrations.sap.mapping.base import first_text, rows_at, text
from integrations.sap.mapping.customers import CUSTOMERS
from integrations.sap.mapping.products import CHINESE, PRODUCTS
from integrations.sap.values import norm_id, text_literal
from integrations.sync.lookups import SYSTEM

LINK = "integrations.link_numbers"
PATIENCE = 6.0  # seconds that somebody in front of the page waits for the ERP
REMEMBERED = 24 * 3600  # seconds that an answer of the ERP is shown
WIDTH = 10  # digits of a customer's number there
ASKED_AT_ONCE = 40
MODELS: dict[str, Any] = {NumberKind.CUSTOMER: Customer, NumberKind.PRODUCT: Product}

_NAMED: dict[str, str] = {
    NumberKind.CUSTOMER: "SELECT r.partner AS number, r.entity_set, r.at FROM integrations_rejectedrow r"
    " WHERE r.state = 'open' AND r.partner <> ''",
    NumberKind.PRODUCT: "SELECT DISTINCT regexp_replace(btrim(m), '^0+(?=[0-9]+$)', '') AS number, r.entity_set, r.at, r.id"
    " FROM integrations_rejectedrow r CROSS JOIN LATERAL jsonb_array_elements_text(r.materials) m"
    " WHERE r.state = 'open' AND btrim(m) <> ''",
}
_LIST = """
WITH named AS ({named})
SELECT number, count(*), min(at), array_agg(DISTINCT entity_set), count(*) OVER () FROM named
WHERE number LIKE %(begins)s AND number !~ '[[:cntrl:]]' AND NOT EXISTS (
  SELECT 1 FROM integrations_externalref e JOIN {table} t ON t.id = e.object_id
  WHERE e.system = %(system)s AND e.entity = %(kind)s AND e.external_id = named.number)
GROUP BY number
ORDER BY count(*) FILTER (WHERE entity_set <> %(own)s) DESC, number LIMIT %(limit)s OFFSET %(offset)s
"""
_OF_PRODUCT = """
SELECT r.id FROM integrations_rejectedrow r CROSS JOIN LATERAL jsonb_array_elements_text(r.materials) m
WHERE r.state = 'open' AND regexp_replace(btrim(m), '^0+(?=[0-9]+$)', '') = %s
"""


@dataclass(frozen=True)
class Facts:
    """What the ERP says of a number; of a customer place and tax number, of a product its group and base unit."""

    name: str = ""
    city: str = ""
    street: str = ""
    country: str = ""
    tax_number: str = ""
    group: str = ""
    unit: str = ""
    asked: bool = False  # the ERP was asked for it, which alone gives tax numbers


class Unknown(NamedTuple):
    """A number that `rows` rejected rows of these entity sets name, the first of them since `since`."""

    number: str
    rows: int
    since: dt.datetime
    entity_sets: Sequence[str]


def unknown_numbers(kind: str, *, begins: str = "", limit: int = 50, offset: int = 0) -> tuple[list[Unknown], int]:
    """The numbers of a kind that nobody has, those most documents wait for first, and how many there are in all."""
    sql = _LIST.format(named=_NAMED[kind], table=MODELS[kind]._meta.db_table)
    pattern = begins.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    own = CUSTOMERS.name if kind == NumberKind.CUSTOMER else PRODUCTS.name
    values: dict[str, Any] = {
        "begins": pattern,
        "system": SYSTEM,
        "kind": kind,
        "own": own,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [Unknown(*row[:4]) for row in rows], (rows[0][4] if rows else 0)


def holder(kind: str, number: str) -> Any:
    """The customer or product that has the number; None when nobody has."""
    refs = ExternalRef._base_manager.filter(system=SYSTEM, entity=kind, external_id=number)
    return MODELS[kind]._base_manager.filter(pk__in=refs.values("object_id")).first()


def unknown_of(row: RejectedRow) -> list[tuple[str, str]]:
    """Kind and number of what a rejected row names and nobody has."""
    named: dict[str, list[str]] = {
        NumberKind.CUSTOMER: [row.partner] if row.partner else [],
        NumberKind.PRODUCT: [number for number in dict.fromkeys(map(norm_id, row.materials or ())) if number],
    }
    found = []
    for kind, numbers in named.items():
        if numbers:
            refs = ExternalRef._base_manager.filter(system=SYSTEM, entity=kind, external_id__in=numbers)
            known = dict(refs.values_list("external_id", "object_id"))
            living = set(MODELS[kind]._base_manager.filter(pk__in=known.values()).values_list("pk", flat=True))
            found += [(str(kind), number) for number in numbers if known.get(number) not in living]
    return found


def waiting_rows(kind: str, number: str) -> QuerySet[RejectedRow]:
    """The open rejected rows that name the number."""
    rows = RejectedRow.objects.filter(state=RejectionState.OPEN)
    if kind == NumberKind.CUSTOMER:
        return rows.filter(partner=number)
    return rows.filter(pk__in=RawSQL(_OF_PRODUCT, [number]))  # noqa: S611 -- our own names


def facts_of(kind: str, numbers: Collection[str]) -> dict[str, Facts]:
    """What is known of these numbers: from their own rejected rows, and from what the ERP was asked for lately."""
    found: dict[str, Facts] = {}
    rows = RejectedRow.objects.exclude(state=RejectionState.RESOLVED)
    if kind == NumberKind.CUSTOMER:
        own = rows.filter(entity_set=CUSTOMERS.name, partner__in=numbers).values_list("partner", "payload")
        found = {number: _of_partner(payload) for number, payload in own}
    else:
        own = rows.filter(entity_set=PRODUCTS.name, external_id__in=numbers).values_list("external_id", "payload")
        found = {number: _of_product(payload) for number, payload in own}
    asked = cache.get_many([_key(kind, number) for number in numbers])
    return found | {number: Facts(**asked[key]) for number in numbers if (key := _key(kind, number)) in asked}


def ask_erp(kind: str, numbers: Sequence[str], *, actor: Any) -> int:
    """Ask the ERP what it knows of these numbers, of at most ASKED_AT_ONCE; how many it has. Called outside a transaction.

    Raises NotAllowed; ExternalError when no ERP is connected or it does not answer.
    """
    if not actor.has_perm(LINK):
        raise NotAllowed(_("You are not allowed to do this."))
    wanted = list(dict.fromkeys(numbers))[:ASKED_AT_ONCE]
    if not wanted:
        return 0
    customer = kind == NumberKind.CUSTOMER
    service, entity_set, options = _question(wanted) if customer else _question_of_products(wanted)
    with open_client(timeout=PATIENCE, attempts=1) as client:
        rows = client.page(service, entity_set, options).rows
    of = _of_partner if customer else _of_product
    found = {norm_id(row.get("Customer" if customer else "Product")): asdict(of(row)) | {"asked": True} for row in rows}
    cache.set_many({_key(kind, number): values for number, values in found.items()}, REMEMBERED)
    return len(found)


def suggested_customers(facts: Facts, *, actor: Any) -> list[KnownCompany]:
    """Customers that may be the company, as the actor may see them: the same tax number first, then the names."""
    if not (facts.name or facts.tax_number):
        return []
    query = CompanyQuery(name=facts.name, credit_code=plain_code(facts.tax_number), place=facts.city)
    return shown_to(actor, find_candidates(query, limit=8))


def suggested_products(number: str, facts: Facts, *, actor: Any) -> list[Product]:
    """Products that may be it: that code first, then the names."""
    rows = Product.objects.visible_to(actor)
    found = list(rows.filter(code=number))
    if facts.name:
        found += [one for one in rows.search(facts.name).order_by("code")[:8] if one not in found]
    return found


def _question(numbers: Sequence[str]) -> tuple[str, str, Mapping[str, str]]:
    spellings = [spelt for number in numbers for spelt in dict.fromkeys((number, number.zfill(WIDTH)))]
    names = ("BusinessPartner", "Customer", "BusinessPartnerFullName", "OrganizationBPName1")
    address = [f"to_BusinessPartnerAddress/{name}" for name in ("StreetName", "HouseNumber", "CityName", "Country")]
    select = [*names, *address, "to_BusinessPartnerTax/BPTaxNumber", "to_Customer/CustomerName"]
    options = {
        "$filter": " or ".join(f"Customer eq {text_literal(one)}" for one in spellings),
        "$select": ",".join(select),
        "$expand": "to_BusinessPartnerAddress,to_BusinessPartnerTax,to_Customer",
        "$orderby": "BusinessPartner",
        "$top": str(2 * len(numbers)),
    }
    return CUSTOMERS.service, CUSTOMERS.name, options


def _question_of_products(numbers: Sequence[str]) -> tuple[str, str, Mapping[str, str]]:
    spellings = [spelt for number in numbers for spelt in dict.fromkeys((number, number.zfill(18)))]
    texts = "to_Description/Language,to_Description/ProductDescription"
    options = {
        "$filter": " or ".join(f"Product eq {text_literal(one)}" for one in spellings),
        "$select": f"Product,ProductGroup,BaseUnit,{texts}",
        "$expand": "to_Description",
        "$orderby": "Product",
        "$top": str(2 * len(numbers)),
    }
    return PRODUCTS.service, PRODUCTS.name, options


def _of_partner(row: Row) -> Facts:
    address = (rows_at(row, "to_BusinessPartnerAddress") or [{}])[0]
    customer = (rows_at(row, "to_Customer") or [{}])[0]
    taxes = [text(tax.get("BPTaxNumber")) for tax in rows_at(row, "to_BusinessPartnerTax")]
    return Facts(
        name=first_text(
            customer.get("CustomerName"), row.get("BusinessPartnerFullName"), row.get("OrganizationBPName1")
        ),
        city=text(address.get("CityName")),
        street=" ".join(filter(None, (text(address.get("StreetName")), text(address.get("HouseNumber"))))),
        country=text(address.get("Country")),
        tax_number=next(filter(None, taxes), ""),
    )


def _of_product(row: Row) -> Facts:
    texts = {
        text(one.get("Language")).upper(): text(one.get("ProductDescription")) for one in rows_at(row, "to_Description")
    }
    name = next((texts[code] for code in CHINESE if texts.get(code)), "") or next(iter(texts.values()), "")
    return Facts(name=name, group=text(row.get("ProductGroup")), unit=text(row.get("BaseUnit")))


def _key(kind: str, number: str) -> str:
    return f"erp_number:{kind}:{number.encode().hex()}"
