"""Statements of demand from a sheet: which customer a cell means, and the writing of a line. docs/share-of-wallet.md."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.importing.enums import RowStatus
from crm.importing.models import ImportRow
from crm.importing.rows import SheetRow
from crm.models import User
from customers.domain.company_names import parse_name, sound_of
from customers.domain.recognition import plain_code, same_sound
from customers.domain.wallet.statements import change_demand, change_share, state_demand, state_share
from customers.models import Customer, CustomerDemand, DemandShare

PART = {"share_kg": "kg_per_year", "share_percent": "percent", "price": "price", "currency": "currency", "unit": "unit"}
OWN = (
    "customer", "product_line", "product", "application", "kg_per_year", "starts_on", "ends_on", "source", "stated_by",
    "stated_on", "notes",
)  # fmt: skip
Key = tuple[Any, ...]


def customers_meant(texts: Iterable[str], actor: User) -> dict[str, list[Customer]]:
    """The customers in the actor's reach, to write on, that a number, a credit code or a name stands for, by the text. A name may
    be written in another way (width, brackets, legal form)."""
    wanted = sorted({text for text in texts if text})
    rows = Customer.objects.visible_to(actor, write=True)
    codes = {plain_code(text): text for text in wanted}
    known = Q(code__in=[text.upper() for text in wanted]) | Q(name__in=wanted) | Q(short_name__in=wanted)
    direct = list(rows.filter(known | Q(credit_code__in=[code for code in codes if code])).order_by("pk"))
    found: dict[str, list[Customer]] = defaultdict(list)
    for text in wanted:
        by_number = [row for row in direct if text.upper() == row.code or plain_code(text) == row.credit_code != ""]
        found[text] = by_number or [row for row in direct if text in (row.name, row.short_name)]
    rest = {text: parse_name(text) for text in wanted if not found[text]}
    sounds = {text: sound_of(name) for text, name in rest.items() if name.stem}
    keys = same_sound(sounds.values())
    alike = rows.in_bulk({key for some in keys.values() for key in some})
    for text, sound in sounds.items():
        same = [alike[key] for key in keys.get(sound, []) if key in alike]
        found[text] = [row for row in same if parse_name(row.name).identity == rest[text].identity]
    return found


def lines_of(customers: Sequence[Any]) -> dict[Key, SimpleNamespace]:
    """What is stated of these customers, by customer, product line, first day, and competitor (None: the statement itself)."""
    rows = CustomerDemand._base_manager.filter(customer__in=customers).select_related(
        "customer", "product_line", "product"
    )
    found: dict[Key, SimpleNamespace] = {}
    for demand in rows.prefetch_related("shares__competitor", "shares__unit", "shares__currency").order_by("pk"):
        key = (demand.customer_id, demand.product_line_id, demand.starts_on)
        found[*key, None] = line_of(demand, None)
        for share in demand.shares.all():
            found[*key, share.competitor_id] = line_of(demand, share)
    return found


def lines_before(row: SheetRow, batch_id: int) -> list[dict[str, Any]]:
    """What the lines of a batch before this one say about the same customer, but for those that are wrong."""
    earlier = ImportRow.objects.filter(batch_id=batch_id, number__lt=row.number).exclude(status=RowStatus.ERROR)
    same = earlier.filter(clean__customer=row.clean.get("customer"))
    return list(same.order_by("number").values_list("clean", flat=True))


def line_of(demand: CustomerDemand, share: DemandShare | None) -> SimpleNamespace:
    """A statement with a competitor's part as a line of a sheet says them."""
    values = {name: getattr(demand, name) for name in OWN}
    values |= {name: getattr(share, field) if share is not None else None for name, field in PART.items()}
    competitor = share.competitor if share is not None else None
    return SimpleNamespace(pk=demand.pk, version=demand.version, competitor=competitor, **values)


def write_line(*, actor: User, competitor: Any = None, **values: Any) -> SimpleNamespace:
    """State or correct the demand of a line, and the competitor's part that it names; both or neither.

    Raises DomainError as the statements do, NotAllowed for parts without the right to state them.
    """
    own = {name: value for name, value in values.items() if name in OWN}
    part = {PART[name]: value for name, value in values.items() if name in PART}
    if part and competitor is None:
        raise DomainError(_("Name the competitor whose part or price this is."), field="competitor")
    with transaction.atomic():
        demand = _stated(own, actor)
        share = _part(demand, competitor, part, actor) if competitor is not None else None
    return line_of(demand, share)


def _stated(own: dict[str, Any], actor: User) -> CustomerDemand:
    keys = {name: own[name] for name in ("customer", "product_line", "starts_on")}
    there: CustomerDemand | None = CustomerDemand._base_manager.filter(**keys).first()
    if there is None:
        return state_demand(actor=actor, **{"stated_on": timezone.localdate(), **own})
    changed = {name: value for name, value in own.items() if getattr(there, name) != value}
    if not changed:
        return there
    return change_demand(instance=there, expected_version=there.version, actor=actor, **changed)


def _part(demand: CustomerDemand, competitor: Any, part: dict[str, Any], actor: User) -> DemandShare:
    there: DemandShare | None = demand.shares.filter(competitor=competitor).first()
    if there is None:
        if not actor.has_perm("customers.add_demandshare"):
            raise NotAllowed(_("You may not state competitors' parts."), field="competitor")
        return state_share(actor=actor, demand=demand, competitor=competitor, **part)
    for given, other in (("kg_per_year", "percent"), ("percent", "kg_per_year")):
        if part.get(given) is not None:  # a part is in kg or in per cent: the newer one counts
            part = {**part, other: None}
    changed = {name: value for name, value in part.items() if getattr(there, name) != value}
    if not changed:
        return there
    if not actor.has_perm("customers.change_demandshare"):
        raise NotAllowed(_("You may not state competitors' parts."), field="competitor")
    return change_share(instance=there, expected_version=there.version, actor=actor, **changed)
