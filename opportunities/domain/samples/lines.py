"""The lines of a sample request, and what they cost."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.catalogue.domain.costs import Costs
from crm.catalogue.domain.rates import to_base
from crm.errors import DomainError, NotAllowed
from crm.events import records_changed
from crm.locks import lock_row
from crm.models import User
from opportunities.models import SampleLine, SampleRequest
from opportunities.models.sample import VIEW_COST

MOST_LINES = 20
ASKED = ("product", "description", "kind", "source", "quantity", "unit")
COSTS = ("unit_cost", "currency")
Given = Sequence[Mapping[str, Any]]


def lines_of(keys: Sequence[int]) -> dict[int, list[SampleLine]]:
    """The lines of each of these requests, in their order."""
    found: dict[int, list[SampleLine]] = {key: [] for key in keys}
    rows = SampleLine._base_manager.filter(request__in=found).select_related("product", "unit", "coa")
    for line in rows.order_by("position", "pk"):
        found[line.request_id].append(line)
    return found


def refuse_no_lines(lines: Given) -> None:
    """Raise DomainError without a line, and with more than a request holds."""
    if not lines:
        raise DomainError(_("Add at least one sample."))
    if len(lines) > MOST_LINES:
        raise DomainError(_("A request holds %(most)s samples at most: make another one.") % {"most": MOST_LINES})


def prepared(sample: SampleRequest, lines: Given) -> list[SampleLine]:
    """The lines as they shall stand, not written yet; one with the `id` of a stored line is that one. What a product costs is the
    catalogue's standard cost unless it is said otherwise, or stands there for the same product. Raises DomainError for too few or
    too many."""
    refuse_no_lines(lines)
    stored = {line.pk: line for line in sample.lines.all()} if sample.pk else {}
    costs = Costs([line["product"] for line in lines if line.get("product")], timezone.localdate())
    found = []
    for position, given in enumerate(lines, start=1):
        line = stored.pop(given.get("id") or 0, None) or SampleLine()
        same = line.pk is not None and all(getattr(line, name) == given.get(name) for name in ("product", "unit"))
        for name in (*ASKED, *(name for name in COSTS if given.get(name) is not None)):
            setattr(line, name, given[name])
        line.position = position
        if given.get("unit_cost") is None and not (same and line.unit_cost is not None):
            line.unit_cost = costs.per(line.product, line.unit, line.currency_code) if line.product else None
        found.append(line)
    return found


def write_lines(sample: SampleRequest, lines: Sequence[SampleLine]) -> None:
    """Let the request have these lines and no other."""
    sample.lines.exclude(pk__in=[line.pk for line in lines if line.pk is not None]).delete()
    for line in lines:
        if line.pk is None:
            line.request = sample
            create_record(line)
        else:
            save_record(line, expected_version=None, fields=["position", *ASKED, *COSTS])


def set_headline(sample: SampleRequest, lines: Sequence[SampleLine]) -> None:
    """Put what is taken from the lines onto the request: the first line's product and product line, and the whole cost."""
    products = [line.product for line in lines if line.product is not None]
    sample.product = products[0] if products else None
    fallback = sample.opportunity.product_line if sample.opportunity else None
    sample.product_line = products[0].product_line if products else fallback
    sample.cost_base = cost_of(lines)


def cost_of(lines: Iterable[SampleLine]) -> Decimal:
    """What the lines cost in base currency, as far as it is known."""
    today = timezone.localdate()
    known = [(line, line.unit_cost) for line in lines if line.unit_cost is not None and line.quantity]
    return sum((to_base(line.quantity * cost, line.currency_code, today) for line, cost in known), Decimal(0))


def set_costs(*, sample: SampleRequest, actor: User, costs: Mapping[int, tuple[Decimal | None, str]]) -> SampleRequest:
    """Say what the lines cost per unit, by the line's key; possible at any time. Raises NotAllowed without the right to see
    costs, and DomainError when there is no rate for a currency."""
    if not actor.has_perm(VIEW_COST):
        raise NotAllowed(_("You may not see or set costs."))
    with transaction.atomic():
        stored = lock_row(SampleRequest._base_manager.all(), sample.pk)
        lines = list(stored.lines.all())
        for line in lines:
            if line.pk not in costs:
                continue
            line.unit_cost, currency = costs[line.pk]
            line.currency_id = currency or settings.BASE_CURRENCY
            save_record(line, expected_version=None, fields=list(COSTS))
        changes = {"cost_base": cost_of(lines), "version": F("version") + 1, "updated_at": timezone.now()}
        SampleRequest._base_manager.filter(pk=stored.pk).update(**changes)
        records_changed.send(label=SampleRequest._meta.label_lower, keys=[stored.pk])
    sample.refresh_from_db()
    return sample
