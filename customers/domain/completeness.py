"""How complete a customer's archive is: what counts, how much, and the score of a customer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from customers.enums import CustomerKind
from customers.models import Contact, Customer, CustomerAddress, CustomerBilling, CustomerCompleteness, CustomerLegal

_BATCH = 5000
_DEALERS = (CustomerKind.DISTRIBUTOR, CustomerKind.AGENT)


@dataclass(frozen=True)
class Part:
    """Something an archive should have. `there` says in a query whether it does; `kinds` are the customers it is asked of."""

    key: str
    label: Any
    weight: int
    there: Any
    kinds: tuple[str, ...] = tuple(CustomerKind.values)


def _filled(name: str) -> Q:
    return ~Q(**{name: ""})


def _given(name: str) -> Q:
    return Q(**{f"{name}__isnull": False})


def _has(model: Any, *conditions: Q, **values: Any) -> Any:
    return Exists(model._base_manager.filter(*conditions, customer=OuterRef("pk"), **values))


_INVOICED = _filled("invoice_title") & _filled("tax_number")
_BUYERS = (CustomerKind.DIRECT, *_DEALERS)
_USERS = (CustomerKind.DIRECT, CustomerKind.END_USER)
# The one table of what counts. Weights are shares of what is asked of a customer's type, not per cent.
PARTS = (
    Part("credit_code", _("unified social credit code"), 15, _filled("credit_code")),
    Part("short_name", _("short name"), 5, _filled("short_name")),
    Part("industry", _("industry"), 10, _filled("industry")),
    Part("application", _("application"), 5, _filled("application"), _USERS),
    Part("region", _("region"), 5, _given("region")),
    Part("city", _("city"), 5, _filled("city")),
    Part("grade", _("grade"), 5, _filled("grade")),
    Part("contact", _("a contact with mobile or e-mail"), 15, _has(Contact, _filled("phone") | _filled("email"))),
    Part("decider", _("a contact who decides"), 5, _has(Contact, Q(role="decision") | Q(influence="high"))),
    Part("terms", _("payment terms"), 5, _given("payment_terms_days"), _BUYERS),
    Part("credit_limit", _("credit limit"), 5, _given("credit_limit"), _BUYERS),
    Part("demand", _("annual demand"), 5, _given("annual_demand_kg"), _USERS),
    Part("ship_to", _("ship-to address"), 10, _has(CustomerAddress, kind="ship_to"), _BUYERS),
    Part("invoice", _("invoice title and tax number"), 10, _has(CustomerBilling, _INVOICED), _BUYERS),
    Part("bank", _("bank account"), 5, _has(CustomerBilling, _filled("bank_account")), _BUYERS),
    Part("legal", _("legal facts"), 5, _has(CustomerLegal, _filled("representative") | _given("registered_capital"))),
)  # fmt: skip
BY_KEY = {part.key: part for part in PARTS}
_ASKED = {kind: [part for part in PARTS if kind in part.kinds] for kind in CustomerKind.values}


def score(keys: Sequence[int] | None) -> int:
    """Work out the scores of these customers (None: of all) and store those that differ; returns how many."""
    rows = Customer._base_manager.annotate(**{f"has_{part.key}": _flag(part.there) for part in PARTS}).order_by("pk")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    names = [f"has_{part.key}" for part in PARTS]
    values = rows.values_list("pk", "kind", "completeness__score", "completeness__missing", *names)
    changed = 0
    with transaction.atomic():
        batch: list[CustomerCompleteness] = []
        for pk, kind, stored, stored_missing, *flags in values.iterator(chunk_size=_BATCH):
            points, missing = _points(kind, dict(zip(BY_KEY, flags, strict=True)))
            if (points, missing) != (stored, stored_missing):
                batch.append(CustomerCompleteness(customer_id=pk, score=points, missing=missing))
            if len(batch) >= _BATCH:
                changed += _store(batch)
                batch = []
        changed += _store(batch)
    return changed


def missing_of(keys: Iterable[str]) -> list[str]:
    """In words what is missing, the heaviest first; what is no longer asked of anybody is left out."""
    parts = [BY_KEY[key] for key in keys if key in BY_KEY]
    return [str(part.label) for part in sorted(parts, key=lambda part: -part.weight)]


def _flag(condition: Any) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _points(kind: str, has: dict[str, bool]) -> tuple[int, list[str]]:
    asked = _ASKED[kind]
    whole = sum(part.weight for part in asked)
    missing = [part for part in asked if not has[part.key]]
    return round((whole - sum(part.weight for part in missing)) * 100 / whole), [part.key for part in missing]


def _store(rows: list[CustomerCompleteness]) -> int:
    if rows:
        CustomerCompleteness._base_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["customer"], update_fields=["score", "missing"]
        )
    return len(rows)
