"""What the collaborations around an opportunity say to its gates: each for many opportunities at once."""

from collections.abc import Collection

from django.db.models import F, Q
from django.utils import timezone

from opportunities.enums import SupplierState, TenderState
from opportunities.models import DevelopmentRequest, Opportunity, Quote, SampleRequest, SupplierAdmission, Tender


def with_sample_passed(keys: Collection[int]) -> set[int]:
    """Those for which the customer has passed a sample without conditions."""
    rows = SampleRequest.objects.filter(opportunity__in=keys).passed()
    return set(rows.order_by().values_list("opportunity_id", flat=True))


def with_quote_approved(keys: Collection[int]) -> set[int]:
    """Those that have a quote that was released, sent or accepted and that has not expired."""
    rows = Quote.objects.filter(opportunity__in=keys).holding(timezone.localdate())
    return set(rows.order_by().values_list("opportunity_id", flat=True))


def with_tender_submitted(keys: Collection[int]) -> set[int]:
    """Those for which a bid was handed in, whatever came of it; one that was withdrawn does not count."""
    rows = Tender.objects.filter(opportunity__in=keys, submitted_at__isnull=False).exclude(state=TenderState.CANCELLED)
    return {key for key in rows.order_by().values_list("opportunity_id", flat=True) if key is not None}


def with_supplier_admitted(keys: Collection[int]) -> set[int]:
    """Those whose customer has admitted us today, for their product line or for all that we sell."""
    today = timezone.localdate()
    holds = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    admitted: dict[int, set[int | None]] = {}
    deals = list(Opportunity.objects.filter(pk__in=keys).values_list("pk", "customer_id", "product_line_id"))
    rows = SupplierAdmission.objects.filter(
        holds, customer__in={customer for _pk, customer, _line in deals}, state=SupplierState.PASSED
    )
    for customer, line in rows.order_by().values_list(F("customer_id"), F("product_line_id")):
        admitted.setdefault(customer, set()).add(line)
    return {pk for pk, customer, line in deals if {None, line} & admitted.get(customer, set())}


def with_new_product_released(keys: Collection[int]) -> set[int]:
    """Those for which a new product was developed and released into the catalogue."""
    rows = DevelopmentRequest.objects.filter(opportunity__in=keys).released()
    return {key for key in rows.order_by().values_list("opportunity_id", flat=True) if key is not None}
