"""Parts of the pages of runs and rejected rows."""

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.catalogue.models import Product
from crm.extension_points import Panel
from crm.workflow.links import address_of
from customers.models import Customer
from integrations.domain.handed_in import is_late
from integrations.domain.mapping_words import properties_in_words
from integrations.domain.unknown import LINK, unknown_of
from integrations.enums import NumberKind, RejectionState
from integrations.models import (
    Difference,
    ErpCredit,
    ErpCustomer,
    ErpProduct,
    ExternalRef,
    Reconciliation,
    RejectedRow,
    SyncRun,
    SyncState,
)
from integrations.sap.mapping import ENTITY_SETS
from integrations.sap.values import moment
from integrations.sync.documents import documents_of, origin_of
from integrations.sync.freshness import LATE
from integrations.sync.lookups import SYSTEM
from orders.models import Receivable

SHOWN = 200  # rows of a comparison
SHOWN_NUMBERS = 10  # that a rejected row names


def payload(request: HttpRequest, row: RejectedRow) -> dict[str, Any]:
    """The row as the ERP sent it, property by property, and what each becomes here."""
    entity_set = ENTITY_SETS.get(row.entity_set)
    fields = properties_in_words(entity_set) if entity_set else {}
    of_items = properties_in_words(entity_set, items=True) if entity_set else {}
    items = row.payload.get(entity_set.to_items) if entity_set and entity_set.to_items else None
    return {
        "fields": [(name, shown(value), fields.get(name, "")) for name, value in _plain(row.payload)],
        "items": [
            [(name, shown(value), of_items.get(name, "")) for name, value in _plain(item)] for item in items or []
        ],
        "text": json.dumps(row.payload, ensure_ascii=False, indent=2),
    }


def _plain(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in row.items() if not isinstance(value, list | dict)]


def shown(value: Any) -> str:
    """A value of the ERP for reading: dates as dates."""
    if value is None or value == "":
        return "—"
    try:
        at = moment(value)
    except ValueError:
        return str(value)
    return at.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00") if at else str(value)


def both_sides(request: HttpRequest, found: Reconciliation) -> dict[str, Any] | None:
    """Counts and sums of both sides; those that differ first."""
    rows = [{**row, "same": _same(row)} for row in found.groups]
    rows.sort(key=lambda row: (row["same"], row["day"], row["org"], row["group"]))
    return {"rows": rows[:SHOWN], "more": max(len(rows) - SHOWN, 0)} if rows else None


def _same(row: dict[str, Any]) -> bool:
    return bool(row["their_count"] == row["our_count"] and Decimal(row["their_sum"]) == Decimal(row["our_sum"]))


def differences(request: HttpRequest, found: Reconciliation) -> dict[str, Any] | None:
    """The documents that differ, with the page of each that is here."""
    rows = list(Difference.objects.visible_to(request.user).filter(reconciliation=found)[:SHOWN])
    if not rows:
        return None
    documents = documents_of(ENTITY_SETS[found.entity_set]) if found.entity_set in ENTITY_SETS else None
    numbers = [row.number for row in rows]
    here = documents.model.objects.visible_to(request.user).filter(number__in=numbers) if documents else []
    urls = {document.number: address_of(document) for document in here}
    return {"rows": [(row, urls.get(row.number, "")) for row in rows], "more": max(found.differing - SHOWN, 0)}


def control_sums(request: HttpRequest, run: SyncRun) -> dict[str, Any] | None:
    """Count and sum per currency; nothing for a run that read nothing."""
    rows = [{"group": group, **values} for group, values in sorted(run.control_sums.items())]
    return {"rows": rows} if rows else None


def of_document(request: HttpRequest, document: Any) -> dict[str, Any] | None:
    """When the document was read, up to when all of its kind were, and the button that reads it now; of another system's when it
    was brought, and by which."""
    origin = origin_of(document, SyncState.objects.visible_to(request.user))
    if origin.system:
        return {"document": document, "system": origin.system}
    if not origin.success and origin.handed_in:
        return {"document": document, "handed_in": origin.handed_in, "late": is_late(origin.handed_in)}
    kind = document._meta.model_name
    return {
        "document": document,
        "success": origin.success,
        "late": origin.success is not None and timezone.now() - origin.success > LATE,
        "refresh_url": reverse("integrations:refresh", args=[kind, document.pk])
        if request.user.has_perm("integrations.refresh_document")  # type: ignore[union-attr]
        else "",
    }


def customer_numbers(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The customer's numbers in other systems, and the company codes that have items with it; nothing for one unknown there."""
    refs = list(
        ExternalRef.objects.visible_to(request.user)
        .filter(entity=CUSTOMER, object_id=customer.pk)
        .order_by("system", "external_id")
    )
    if not refs:
        return None
    own = [ref.external_id for ref in refs if ref.system == SYSTEM]
    accounts = ErpCustomer.objects.visible_to(request.user).filter(customer=customer, number__in=own).order_by("number")
    partners = [account.partner for account in accounts]
    credits = list(ErpCredit.objects.visible_to(request.user).filter(partner__in=partners).order_by("key"))
    codes = Receivable.objects.visible_to(request.user).filter(customer=customer).exclude(company_code="").order_by()
    return {
        "refs": [(ref, _take_url(request, NumberKind.CUSTOMER, ref)) for ref in refs],
        "codes": sorted(codes.values_list("company_code", flat=True).distinct()),
        "accounts": [_account(account, credits) for account in accounts],
    }


def _take_url(request: HttpRequest, kind: str, ref: ExternalRef) -> str:
    """Where the number is taken away, for whoever may."""
    if ref.system != SYSTEM or not request.user.has_perm(LINK):  # type: ignore[union-attr]
        return ""
    return reverse("integrations:take_number", args=[kind, ref.external_id])


def unknown(request: HttpRequest, row: RejectedRow) -> dict[str, Any] | None:
    """The numbers that the row names and nobody has, with the page on which to say whose they are."""
    found = unknown_of(row) if row.state == RejectionState.OPEN else []
    may = request.user.has_perm(LINK)  # type: ignore[union-attr]
    numbers = [
        {
            "number": number,
            "kind": NumberKind(kind).label,
            "url": reverse("integrations:unknown_number", args=[kind, number]) if may else "",
        }
        for kind, number in found[:SHOWN_NUMBERS]
        if number.isprintable()  # what is none cannot stand in an address
    ]
    return {"numbers": numbers} if numbers else None


def _account(account: ErpCustomer, credits: list[ErpCredit]) -> dict[str, Any]:
    """An account with its blocks in words, and its credit."""
    return {
        "account": account,
        "blocked": _blocks(account.blocks),
        "areas": [{**area, "blocked": _blocks(area["blocks"])} for area in account.areas],
        "companies": [{**company, "blocked": _blocks(company["blocks"])} for company in account.companies],
        "credits": [credit for credit in credits if credit.partner == account.partner],
    }


def _blocks(names: list[str]) -> list[str]:
    return [str(BLOCKS[name]) for name in names]


def product_in_erp(request: HttpRequest, product: Product) -> dict[str, Any] | None:
    """What the ERP says of the product; nothing for one unknown there."""
    rows = list(ErpProduct.objects.visible_to(request.user).filter(product=product).order_by("number"))
    refs = ExternalRef.objects.visible_to(request.user).filter(
        system=SYSTEM, entity=NumberKind.PRODUCT, object_id=product.pk
    )
    numbers = [(ref.external_id, _take_url(request, NumberKind.PRODUCT, ref)) for ref in refs.order_by("external_id")]
    known = {number for number, _url in numbers}
    return {"rows": [row for row in rows if row.number in known], "numbers": numbers} if numbers else None


BLOCKS = {
    "order": _("orders"),
    "delivery": _("deliveries"),
    "billing": _("billing"),
    "posting": _("postings"),
    "payment": _("payments"),
    "partner": _("the business partner"),
}


CUSTOMER = "customer"  # as the exchange names it
DOCUMENT_PANEL = Panel(
    key="erp", label=_("ERP"), slot="side", template="integrations/_document.html", context=of_document, order=90
)
CUSTOMER_PANELS = (
    Panel(
        key="external_numbers",
        label=_("Numbers in other systems"),
        slot="tab",
        template="integrations/_numbers.html",
        context=customer_numbers,
        order=80,
        tab="profile",
    ),
)
PRODUCT_PANELS = (
    Panel(
        key="erp",
        label=_("In the ERP"),
        slot="side",
        template="integrations/_product.html",
        context=product_in_erp,
        order=80,
    ),
)
REJECTED_PANELS = (
    Panel(
        key="unknown",
        label=_("Unknown numbers"),
        slot="side",
        template="integrations/_unknown.html",
        context=unknown,
        order=5,
    ),
    Panel(key="payload", label=_("Row"), slot="main", template="integrations/_payload.html", context=payload, order=10),
)
COMPARISON_PANELS = (
    Panel(
        key="differences",
        label=_("Documents that differ"),
        slot="main",
        template="integrations/_differences.html",
        context=differences,
        order=10,
    ),
    Panel(
        key="sums",
        label=_("Both sides"),
        slot="main",
        template="integrations/_both_sides.html",
        context=both_sides,
        order=20,
    ),
)
RUN_PANELS = (
    Panel(
        key="control_sums",
        label=_("Control sums"),
        slot="main",
        template="integrations/_control_sums.html",
        context=control_sums,
        order=10,
    ),
)
