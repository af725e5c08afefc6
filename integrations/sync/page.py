"""Takes one page of rows: what is unchanged is skipped, what cannot be taken is kept with its reason, the rest is written.

Called inside the transaction that also stores the position.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.languages import in_each_language
from integrations.enums import RejectionState
from integrations.models import RejectedRow, SyncRun
from integrations.sap.client import Row
from integrations.sap.mapping import VERSION, EntitySet
from integrations.sap.mapping.base import Document, Picked, Rejected
from integrations.sync.documents import brought_by_others, documents_of
from integrations.sync.lookups import SYSTEM, KnownKeys
from integrations.sync.tally import Tally

AT_ONCE = 32  # rows that are mapped together
REFUSED = "RefusedBecause"  # on a row that was refused before it came here: why, by code of the language
MANY = 20  # rows that are not all wrong by chance
Reasons = dict[str, str]  # code of the language -> why a row is not taken


class _Taken(NamedTuple):
    """A row that maps: its key there, its hash, what it becomes, and its group and amount in the control sums."""

    key: str
    digest: str
    document: Document
    control: tuple[str, Decimal]


def row_hash(picked: Picked) -> str:
    """A fingerprint of a row and its items, as 32 hexadecimal digits. The version of the field maps is part of it."""
    content = msgspec.json.encode([VERSION, *picked])
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


class _Not(NamedTuple):
    """Why a row becomes nothing, and the properties of it that cannot be read, if that is why."""

    reasons: Reasons
    unread: str


Mapped = dict[str, _Taken | _Not]  # by key: what a row becomes, or why it becomes nothing


class Ready(NamedTuple):
    """Rows of a page by their keys, what was picked of them, their hashes, and what they become; the last only where it was
    worked out beforehand."""

    by_key: dict[str, Row]
    picked: dict[str, Picked]
    hashes: dict[str, str]
    mapped: Mapped | None


def make_ready(entity_set: EntitySet, rows: Sequence[Row], look: KnownKeys | None = None) -> Ready:
    """What can be done with rows without the database, in whatever thread; they are mapped with a `look` that knows all keys."""
    by_key: dict[str, Row] = {}
    picked: dict[str, Picked] = {}
    hashes: dict[str, str] = {}
    mapped: Mapped = {}
    for start in range(0, len(rows), AT_ONCE):
        part = {entity_set.external_id(row): row for row in rows[start : start + AT_ONCE]}
        by_key |= part
        picked |= {key: entity_set.picked(row) for key, row in part.items()}
        hashes |= {key: row_hash(picked[key]) for key in part}
        if look:
            mapped |= _map(entity_set, part, picked, hashes, look)
    return Ready(by_key, picked, hashes, mapped if look else None)


def take(
    entity_set: EntitySet,
    rows: Sequence[Row],
    *,
    look: KnownKeys,
    run: SyncRun,
    read_at: dt.datetime,
    anew: bool = False,
    ready: Ready | None = None,
    retried: bool = False,
) -> Tally:
    """Write what differs of these rows and keep what cannot be taken; the counts of it. A key that comes twice counts twice.

    A row that is the same as last time is not looked at again, except with `anew`: then each is compared with what we have.
    `retried` are rows that were rejected before: what is rejected again stays with the run that rejected it.
    """
    by_key, picked, hashes, mapped = ready or make_ready(entity_set, rows)
    known = {} if anew else _known_hashes(entity_set, by_key)
    tally = Tally(read=len(rows), unchanged=len(rows) - len(by_key))
    same = [key for key, row in by_key.items() if known.get(key) == hashes[key] and REFUSED not in row]
    tally.unchanged += len(same)
    for key in same:
        tally.control(*entity_set.control(by_key[key]))
    changed = {key: row for key, row in by_key.items() if known.get(key) != hashes[key] or REFUSED in row}
    if mapped is None:
        look.prepare(entity_set.customer_of(row) for row in changed.values())
        mapped = _map(entity_set, changed, picked, hashes, look)
    refused = {key: found for key in changed if isinstance(found := mapped[key], _Not)}
    rejected = {key: found.reasons for key, found in refused.items()}
    taken = [found for key in changed if isinstance(found := mapped[key], _Taken)]
    rejected |= _of_others(entity_set, [item for item in taken if item.key not in known])
    taken = [item for item in taken if item.key not in rejected]
    done = _write(entity_set, taken, read_at, rejected)
    tally.written += len(done)
    tally.orders = {
        line.order_number for item in taken if item.key in done for line in item.document.lines if _names_order(line)
    }
    tally.unchanged += len(taken) - len(done) - sum(1 for item in taken if item.key in rejected)
    tally.rejected += len(rejected)
    tally.unread = _unread_of_all(by_key, refused)
    accepted = [item for item in taken if item.key not in rejected]
    for item in accepted:
        tally.control(*item.control)
    resolve(entity_set, [*same, *(item.key for item in accepted)])
    _keep(entity_set, {key: (reason, by_key[key]) for key, reason in rejected.items()}, run, again=not retried)
    return tally


def _names_order(line: Any) -> bool:
    return bool(getattr(line, "order_number", ""))


def resolve(entity_set: EntitySet, keys: list[str]) -> None:
    """Close the rejections of rows that have been taken."""
    kept = RejectedRow.objects.filter(entity_set=entity_set.name).exclude(state=RejectionState.RESOLVED)
    if not kept.exists():
        return
    sql = (
        "UPDATE integrations_rejectedrow SET state = %s WHERE entity_set = %s AND state <> %s AND external_id = ANY(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [RejectionState.RESOLVED.value, entity_set.name, RejectionState.RESOLVED.value, keys])


def _known_hashes(entity_set: EntitySet, keys: Iterable[str]) -> dict[str, str]:
    sql = "SELECT external_id, row_hash FROM integrations_externalref WHERE system = %s AND entity = %s AND external_id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [SYSTEM, entity_set.entity, list(keys)])
        return dict(cursor.fetchall())


def _map(
    entity_set: EntitySet, rows: dict[str, Row], picked: dict[str, Picked], hashes: dict[str, str], look: KnownKeys
) -> Mapped:
    """Map these rows, some at once: so many stay in the processor's cache. Where one cannot be taken, one by one."""

    def map_part(part: dict[str, Row]) -> Mapped:
        documents = entity_set.documents(part.values(), [picked[key] for key in part], look)
        return {
            key: _Taken(key, hashes[key], _accepted(row, document), entity_set.control(row))
            for (key, row), document in zip(part.items(), documents, strict=True)
        }

    mapped: Mapped = {}
    items = iter(rows.items())
    while part := dict(islice(items, AT_ONCE)):
        try:
            mapped |= map_part(part)
        except (DomainError, ValueError):
            for key, row in part.items():
                try:
                    mapped |= map_part({key: row})
                except (DomainError, ValueError) as error:
                    reasons = in_each_language(partial(_why_not, entity_set, row, look))
                    mapped[key] = _Not(reasons, getattr(error, "unread", ""))
    return mapped


def _accepted(row: Row, document: Document) -> Document:
    """The document. Raises Rejected when its row was refused before it came here, and when an item comes twice."""
    if REFUSED in row:
        raise Rejected(_refusal(row))
    items = [line.item for line in document.lines]
    if len(set(items)) < len(items):
        twice = next(item for item, count in Counter(items).items() if count > 1)
        raise Rejected(_("Item %(item)s comes twice.") % {"item": twice})
    return document


def _refusal(row: Row) -> str:
    """Why it was refused before it came here, in the language of now."""
    said: Reasons = row[REFUSED]
    return said.get(get_language() or "") or said[settings.LANGUAGE_CODE]


def _unread_of_all(rows: dict[str, Row], refused: dict[str, _Not]) -> str:
    """The properties for which not one of the rows, more than a few, could be read: their type has changed, no value is wrong."""
    found = {one.unread for one in refused.values()}
    all_of_them = len(rows) >= MANY and len(refused) == len(rows) and len(found) == 1
    return found.pop() if all_of_them else ""


def _why_not(entity_set: EntitySet, row: Row, look: KnownKeys) -> str:
    """Why a row that cannot be taken cannot, in the language of now: it is tried once more."""
    if REFUSED in row:
        return _refusal(row)
    try:
        _accepted(row, entity_set.build(row, look))
        entity_set.control(row)
    except DomainError as error:
        return str(error.message)
    except ValueError as error:
        return _("A value cannot be read: %(error)s") % {"error": error}
    return _("It could not be read a moment ago.")


def _of_others(entity_set: EntitySet, new: list[_Taken]) -> dict[str, Reasons]:
    """By key why rows cannot be taken whose number another system has given to a document of its own."""
    keys = {item.document.header.number: item.key for item in new} if documents_of(entity_set) else {}
    found = brought_by_others(entity_set, keys)
    return {keys[number]: in_each_language(partial(_brought_by, system)) for number, system in found.items()}


def _brought_by(system: str) -> str:
    text = _(
        "%(system)s has brought a document of this number. It stays as it is: one of the two needs another number."
    )
    return text % {"system": system}


def _write(entity_set: EntitySet, taken: list[_Taken], read_at: dt.datetime, rejected: dict[str, Reasons]) -> set[str]:
    """Write the documents and their keys; the keys of those that were new or differed.

    When the database refuses one of them, halves are tried until that one is found; it goes to `rejected`.
    """
    if not taken:
        return set()
    try:
        with transaction.atomic():
            done = entity_set.write([item.document for item in taken], read_at)
            _store_refs(entity_set, taken, done.ids)
    except (DataError, IntegrityError, ProgrammingError) as error:
        if len(taken) == 1:
            rejected[taken[0].key] = in_each_language(partial(_refused, str(error).splitlines()[0]))
            return set()
        middle = len(taken) // 2
        first = _write(entity_set, taken[:middle], read_at, rejected)
        return first | _write(entity_set, taken[middle:], read_at, rejected)
    return {item.key for item in taken if item.document.header.number in done.changed}


def _refused(error: str) -> str:
    return _("The database refuses it: %(error)s") % {"error": error}


def _store_refs(entity_set: EntitySet, taken: list[_Taken], ids: dict[str, int]) -> None:
    """Remember which row there is which here, and its hash."""
    keys = [item.key for item in taken]
    objects = [ids[item.document.header.number] for item in taken]
    sql = (
        "INSERT INTO integrations_externalref AS r (system, entity, external_id, object_id, row_hash)"
        " SELECT %s, %s, * FROM unnest(%s::text[], %s::bigint[], %s::text[])"
        " ON CONFLICT (system, entity, external_id) DO UPDATE SET object_id = excluded.object_id, row_hash = excluded.row_hash"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [SYSTEM, entity_set.entity, keys, objects, [item.digest for item in taken]])


def _keep(entity_set: EntitySet, rejected: dict[str, tuple[Reasons, Row]], run: SyncRun, *, again: bool) -> None:
    """Keep the rejected rows; one that is kept already takes the newer reason and row, and is opened again when it changed.

    With `again` one that is the same as before is this run's too, so that the run and its report can name it.
    """
    if not rejected:
        return
    sql = (
        "INSERT INTO integrations_rejectedrow AS r (run_id, entity_set, external_id, reason, reasons, payload, state, at)"
        " SELECT %s, %s, u.external_id, u.reason, u.reasons::jsonb, u.payload::jsonb, 'open', now()"
        " FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS u (external_id, reason, reasons, payload)"
        " ON CONFLICT (entity_set, external_id) WHERE NOT state = 'resolved'"
        " DO UPDATE SET state = CASE WHEN r.payload = excluded.payload THEN r.state ELSE 'open' END,"
        " run_id = excluded.run_id, reason = excluded.reason, reasons = excluded.reasons, payload = excluded.payload,"
        " at = CASE WHEN (r.reason, r.payload) = (excluded.reason, excluded.payload) THEN r.at ELSE excluded.at END"
        " WHERE %s OR (r.reasons, r.payload) IS DISTINCT FROM (excluded.reasons, excluded.payload)"
    )
    keys = list(rejected)
    ours = [rejected[key][0][settings.LANGUAGE_CODE] for key in keys]
    reasons = [_text(rejected[key][0]) for key in keys]
    payloads = [_plain(rejected[key][1]) for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(sql, [run.pk, entity_set.name, keys, ours, reasons, payloads, again])


def _plain(row: Row) -> str:
    """The row as JSON without OData's own entries."""
    return _text(_without_metadata(row))


def _text(value: Any) -> str:
    """As JSON, without the NUL characters that PostgreSQL cannot keep."""
    return msgspec.json.encode(value).decode().replace("\\u0000", "")


def _without_metadata(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_metadata(found) for name, found in value.items() if not name.startswith("__")}
    return [_without_metadata(found) for found in value] if isinstance(value, list) else value
