"""Proof that the source no longer has a row: a list may be short, and so may the answer to a question by number."""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from itertools import product

import structlog

from integrations.models import RejectedRow
from integrations.sap.client import ODataClient, Row
from integrations.sap.errors import Refused
from integrations.sap.mapping import EntitySet
from integrations.sap.reading import entity_path
from integrations.sync.documents import PRODUCT_WIDTH, WIDTH
from integrations.sync.reading import ahead

# Digits of a part of a key there, if not ten: each is asked for without zeros, and padded to these.
_WIDTHS = {"Product": (PRODUCT_WIDTH,), "CompanyCode": (), "FiscalYear": (), "AccountingDocumentItem": (3, 6)}
_WIDTHS["CreditSegment"] = (4, WIDTH)

log = structlog.get_logger(__name__)


def proven(entity_set: EntitySet, client: ODataClient, numbers: Collection[str]) -> tuple[list[str], list[Row]]:
    """Those of our numbers whose rows the source says it does not have, each asked for by its key; and the rows that it has
    nevertheless. Raises ExternalError."""
    wanted = [_keys_of(entity_set, number) for number in numbers]
    return _asked(entity_set, client, list(numbers), wanted)


def proven_rejected(entity_set: EntitySet, client: ODataClient, keys: Collection[str]) -> tuple[list[str], list[Row]]:
    """The same for rejected rows, by the keys under which they are kept."""
    rows = RejectedRow.objects.filter(entity_set=entity_set.name, external_id__in=keys).order_by("external_id", "pk")
    payloads = dict(rows.values_list("external_id", "payload"))
    wanted = []
    for key in payloads:
        parts = {name: str(payloads[key].get(name) or "") for name in entity_set.key}
        wanted.append([parts] if all(parts.values()) else _keys_of(entity_set, key))
    return _asked(entity_set, client, list(payloads), wanted)


def _asked(
    entity_set: EntitySet, client: ODataClient, numbers: list[str], wanted: list[list[dict[str, str]]]
) -> tuple[list[str], list[Row]]:
    gone, there = [], []
    for number, found in zip(numbers, ahead(partial(_look, entity_set, client), wanted), strict=True):
        if found is None:
            log.warning("absence_unproven", entity_set=entity_set.name, number=number)
        elif found and _meets(found, entity_set.where):
            there.append(found)
        else:
            gone.append(number)
    return gone, there


def _look(entity_set: EntitySet, client: ODataClient, keys: Iterable[Mapping[str, str]]) -> Row | None:
    """The row under one of these keys; an empty one when it is gone: under none of them is anything. None when nobody knows,
    because the source takes none of them for a key."""
    found: Row | None = None
    for key in keys:
        try:
            entity = client.entity(entity_set.service, entity_path(entity_set.name, **key), entity_set.options())
        except Refused as error:
            if error.status in (401, 403):
                raise
            continue
        if entity is not None:
            return entity.row
        found = {}
    return found


def _keys_of(entity_set: EntitySet, number: str) -> list[dict[str, str]]:
    """The keys that a row of this number of ours may have there, with and without the zeros that pad them."""
    parts = number.split("/", len(entity_set.key) - 1)
    if len(parts) < len(entity_set.key):
        return []
    named = zip(entity_set.key, parts, strict=True)
    forms = [[(name, form) for form in _forms(part, _WIDTHS.get(name, (WIDTH,)))] for name, part in named]
    return [dict(key) for key in product(*forms)]


def _forms(part: str, widths: Iterable[int]) -> list[str]:
    padded = [part.zfill(width) for width in widths] if part.isdigit() else []
    return list(dict.fromkeys([part, *padded]))


def _meets(row: Row, where: str) -> bool:
    """Whether the row is one of those that the set is read for: `where` is a property, "eq" or "ne", and a text."""
    if not where:
        return True
    name, operator, text = where.split(" ", 2)
    return name not in row or (str(row[name] or "") == text.strip("'")) == (operator == "eq")
