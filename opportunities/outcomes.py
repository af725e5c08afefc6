"""What a gate can ask for that lies outside the opportunity: outcomes of collaborations, and documents attached to it.

An app that carries a collaboration registers its outcome here: a sample passed, a quote approved.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crm.extension_points import Registry
from crm.models import Attachment
from opportunities.enums import GateItemKind

Label = Any  # str or the lazy string of gettext_lazy


@dataclass(frozen=True)
class GateOutcome:
    """`reached(keys)` gives those of the opportunities (primary keys) that have the outcome, in one query; `url(opportunity)` is
    where one brings it about."""

    key: str
    label: Label
    reached: Callable[[Collection[int]], set[int]]
    url: Callable[[Any], str] = lambda opportunity: ""
    order: int = 100


gate_outcomes: Registry[GateOutcome] = Registry("gate outcomes")
Found = Mapping[int, Mapping[str, Any]]  # by opportunity: value by the key of the gate item


def read_outside(rows: Iterable[Any], items: Iterable[Any]) -> Found:
    """The answers to those items that lie outside the opportunities: one query for each outcome, one for all documents."""
    records = list(rows)
    keys = [record.pk for record in records]
    found: dict[int, dict[str, Any]] = {key: {} for key in keys}
    wanted = {item.key for item in items if item.kind == GateItemKind.OUTCOME}
    for outcome in gate_outcomes.all():
        if outcome.key in wanted and keys:
            reached = outcome.reached(keys)
            for key in keys:
                found[key][outcome.key] = True if key in reached else None  # False would be an answer
    documents = {item.key for item in items if item.kind == GateItemKind.DOCUMENT}
    named = {
        (record.pk, key): record.gate_answers[key]
        for record in records
        for key in documents
        if record.gate_answers.get(key)
    }
    if named:
        names = dict(
            Attachment.objects.filter(pk__in=named.values(), removed_at__isnull=True).values_list("pk", "name")
        )
        for (record_key, key), attachment in named.items():
            found[record_key][key] = names.get(attachment, "")
    return found
