"""Parts of the pages of runs and rejected rows."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.extension_points import Panel
from customers.models import Customer
from integrations.models import ExternalRef, RejectedRow, SyncRun
from orders.models import Receivable


def payload(request: HttpRequest, row: RejectedRow) -> dict[str, Any]:
    """The row as the ERP sent it."""
    return {"text": json.dumps(row.payload, ensure_ascii=False, indent=2)}


def control_sums(request: HttpRequest, run: SyncRun) -> dict[str, Any] | None:
    """Count and sum per currency; nothing for a run that read nothing."""
    rows = [{"group": group, **values} for group, values in sorted(run.control_sums.items())]
    return {"rows": rows} if rows else None


def customer_numbers(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The customer's numbers in other systems, and the company codes that have items with it; nothing for one unknown there."""
    refs = list(
        ExternalRef.objects.visible_to(request.user)
        .filter(entity=CUSTOMER, object_id=customer.pk)
        .order_by("system", "external_id")
    )
    if not refs:
        return None
    codes = Receivable.objects.visible_to(request.user).filter(customer=customer).exclude(company_code="").order_by()
    return {"refs": refs, "codes": sorted(codes.values_list("company_code", flat=True).distinct())}


CUSTOMER = "customer"  # as the exchange names it
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
REJECTED_PANELS = (
    Panel(key="payload", label=_("Row"), slot="main", template="integrations/_payload.html", context=payload, order=10),
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
