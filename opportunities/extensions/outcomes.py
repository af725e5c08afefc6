"""Outcomes of collaborations that gates can ask for."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opportunities.domain import outcomes
from opportunities.outcomes import GateOutcome, gate_outcomes


def _new(name: str) -> Any:
    return lambda record: (
        f"{reverse(f'opportunities:{name}_create')}?customer={record.customer_id}&opportunity={record.pk}"
    )


for outcome in (
    GateOutcome("sample_passed", _("Sample passed"), outcomes.with_sample_passed, _new("samplerequest"), 10),
    GateOutcome(
        "quote_approved",
        _("Quote approved"),
        outcomes.with_quote_approved,
        lambda record: reverse("opportunities:opportunity_record", args=[record.pk]),
        20,
    ),
    GateOutcome("tender_submitted", _("Bid submitted"), outcomes.with_tender_submitted, _new("tender"), 30),
    GateOutcome(
        "supplier_admitted",
        _("Admitted as a supplier"),
        outcomes.with_supplier_admitted,
        _new("supplieradmission"),
        40,
    ),
    GateOutcome(
        "new_product_released",
        _("New product released"),
        outcomes.with_new_product_released,
        _new("developmentrequest"),
        50,
    ),
):
    gate_outcomes.register(outcome)
