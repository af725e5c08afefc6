"""The API: for each kind of record the same rights and the same reach as on its pages."""

from collections.abc import Callable
from typing import Any

from crm.models import Attachment
from integrations.api.resources import RESOURCES, Resource
from integrations.models import ExternalRef
from tests.access_matrix.expectations import Expectation, Member, Open, Own, Page, Record
from tests.factories import (
    admission,
    approvals,
    archive,
    certificates,
    deals,
    developments,
    pool,
    qualification,
    quotes,
    tenders,
    wallet,
)
from tests.factories import catalogue as goods
from tests.factories import records as make
from tests.factories.organisation import make_person
from tests.factories.samples import make_sample
from tests.factories.wecom import make_checkin

VISITOR = (401,)
NOT_JSON = (415,)  # the matrix sends a form; whoever lacks the right is told before
UNSCOPED = (
    "products",
    "product-lines",
    "units",
    "price-lists",
    "prices",
    "exchange-rates",
    "competitors",
    "competitor-products",
    "competitor-prices",
    "business-units",
    "regions",
    "teams",
    "certificates",
    "users",
)

MAKERS: dict[str, Callable[..., Any]] = {
    "customers": make.make_customer,
    "contacts": make.make_customer_contact,
    "addresses": archive.make_owned_address,
    "registrations": archive.make_registration,
    "campaigns": make.make_campaign,
    "leads": make.make_lead,
    "opportunities": make.make_opportunity,
    "quotes": quotes.make_quote,
    "samples": make_sample,
    "developments": developments.make_development,
    "tenders": tenders.make_tender,
    "supplier-admissions": qualification.make_supplier_admission,
    "order-requests": quotes.make_request,
    "orders": make.make_order,
    "shipments": make.make_shipment,
    "invoices": make.make_invoice,
    "receivables": make.make_receivable,
    "complaints": make.make_complaint,
    "tasks": make.make_task,
    "products": goods.make_product,
    "users": make_person,
    "billing-details": archive.make_owned_billing,
    "legal-details": archive.make_owned_legal,
    "admissions": admission.make_admission,
    "certificate-demands": admission.make_certificate,
    "demands": wallet.make_demand,
    "demand-shares": wallet.make_share,
    "improvement-plans": wallet.make_plan,
    "improvement-goals": wallet.make_goal,
    "handovers": pool.make_pack,
    "pool-entries": pool.make_entry,
    "opportunity-contacts": deals.make_deal_contact,
    "opportunity-products": deals.make_deal_product,
    "opportunity-members": deals.make_member,
    "opportunity-rivals": deals.make_rival,
    "certificates": certificates.make_our_certificate,
    "document-sets": certificates.make_set,
    "returns": make.make_return,
    "approvals": approvals.make_request,
    "check-ins": make_checkin,
    "product-lines": goods.make_line,
    "units": goods.make_unit,
    "price-lists": goods.make_list,
    "prices": goods.make_price,
    "exchange-rates": goods.make_rate,
    "competitors": goods.make_competitor,
    "competitor-products": goods.make_rival,
    "competitor-prices": goods.make_report,
    "business-units": lambda org, owner=None: org.silicones,
    "regions": lambda org, owner=None: org.east,
    "teams": lambda org, owner=None: org.sub_team,
}


def _keyed(resource: Resource) -> Callable[[Any], dict[str, Any]]:
    def kwargs(record: Any) -> dict[str, Any]:
        ExternalRef.objects.get_or_create(
            system="T", entity=resource.entity_name, external_id=str(record.pk), object_id=record.pk
        )
        return {"system": "T", "key": str(record.pk)}

    return kwargs


def lines(resource: Resource) -> dict[str, Expectation]:
    """Those of a kind of record."""
    name, view, factory = resource.name, resource.permission("view") or None, MAKERS[resource.name]
    scoped = name not in UNSCOPED
    if name == "approvals":
        return approvals_lines(resource)
    found: dict[str, Expectation] = {
        f"api:{name}_list": Page(view, visitor=VISITOR),
        f"api:{name}_record": Record(view, factory, scoped=scoped, visitor=VISITOR),
        f"api:{name}_key": Record(view, factory, _keyed(resource), scoped=scoped, visitor=VISITOR),
    }
    if resource.moves is not None:
        found[f"api:{name}_moves"] = Record(view, factory, scoped=scoped, visitor=VISITOR)
    if resource.documents or resource.bulk:
        found[f"api:{name}_bulk"] = Page(view, data={}, allowed=NOT_JSON, visitor=VISITOR)
    return found


def _hanging(record: Any) -> dict[str, Any]:
    return {"kind": "customers", "pk": record.pk}


def _file(record: Any) -> dict[str, Any]:
    return {**_hanging(record), "file": Attachment.objects.filter(object_id=record.pk).latest("pk").pk}


def approvals_lines(resource: Resource) -> dict[str, Expectation]:
    """A request is its decider's."""
    view, factory = resource.permission("view"), MAKERS[resource.name]
    own: dict[str, Any] = {"wide": "crm.view_all_approvals", "visitor": VISITOR}
    return {
        "api:approvals_list": Page(view, visitor=VISITOR),
        "api:approvals_record": Own(view, factory, **own),
        "api:approvals_key": Own(view, factory, _keyed(resource), **own),
    }


LINES: dict[str, Expectation] = {
    **{name: line for resource in RESOURCES for name, line in lines(resource).items()},
    "api:files": Record("customers.view_customer", make.make_filed, _hanging, visitor=VISITOR),
    "api:file": Record("customers.view_customer", make.make_filed, _file, visitor=VISITOR),
    "api:comments": Record("customers.view_customer", make.make_commented, _hanging, visitor=VISITOR),
    "api:decide": Open(kwargs={"token": "x" * 43}, allowed=(405,)),
    "api:schema": Member(visitor=VISITOR),
    "api:nothing": Member(kwargs={"rest": "no/such/"}, allowed=(404,), visitor=VISITOR),
    "kpi_api:list": Page("analytics.view_cell", visitor=VISITOR),
    "kpi_api:value": Page("analytics.view_cell", {"number": 61}, "?period=2026-10", visitor=VISITOR),
}
