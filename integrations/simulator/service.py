"""Answers OData requests from the store: filter, order, pages, selection, expansion, and the count where SAP gives one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import orjson

from integrations.simulator import filters, schema
from integrations.simulator.schema import ENTITY_TYPES, EntityType
from integrations.simulator.store import Store

ROOT = "/sap/opu/odata/sap/"
LARGEST_PAGE = 5000
DEFAULT_PAGE = 1000


@dataclass
class Answer:
    """What goes back."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def failure(status: int, text: str, **headers: str) -> Answer:
    """An error as SAP's gateway words it."""
    body = {"error": {"code": f"SIM/{status}", "message": {"lang": "en", "value": text}}}
    return Answer(
        status, orjson.dumps(body), headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def answer(store: Store, target: str, *, origin: str, largest: int = LARGEST_PAGE) -> Answer:
    """The answer to GET `target` (path and query)."""
    parts = urlsplit(target)
    service, _slash, resource = unquote(parts.path)[len(ROOT) :].partition("/")
    if service not in schema.SERVICES:
        return failure(404, f"No service found for {service}")
    if resource == "$metadata":
        return Answer(200, schema.metadata(service), "application/xml")
    kind = ENTITY_TYPES.get(resource)
    if kind is None or kind.service != service:
        return failure(404, f"Resource not found for the segment '{resource}'")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    try:
        return _collection(store, kind, options, origin + parts.path, largest)
    except filters.BadQuery as error:
        return failure(400, str(error))


def _collection(store: Store, kind: EntityType, options: dict[str, str], address: str, largest: int) -> Answer:
    if "$inlinecount" in options and kind.name in schema.NO_COUNT:
        return failure(500, "An exception was raised")
    selected, expands = _selection(kind, options)
    where, parameters = filters.condition(kind, options["$filter"]) if options.get("$filter") else ("1", [])
    start = _whole(options, "$skiptoken") or _whole(options, "$skip") or 0
    top = _whole(options, "$top")
    size = min(largest if top is not None else min(DEFAULT_PAGE, largest), largest, top if top is not None else largest)
    read = list(dict.fromkeys([*kind.key, *selected]))
    sql = (
        f"SELECT {', '.join(read)} FROM {kind.name} WHERE {where}"  # noqa: S608 -- our own names
        f" ORDER BY {filters.order(kind, options.get('$orderby', ''))} LIMIT ? OFFSET ?"
    )
    found = store.db.execute(sql, [*parameters, size + 1, start]).fetchall()
    rows, more = found[:size], len(found) > size and (top is None or top > size)
    body: dict[str, Any] = {"results": _entities(store, kind, read, set(selected), rows, expands, address)}
    if options.get("$inlinecount") == "allpages":
        body["__count"] = str(
            store.db.execute(f"SELECT count(*) FROM {kind.name} WHERE {where}", parameters).fetchone()[0]  # noqa: S608 -- our own names
        )
    if more:
        rest = {**options, "$skiptoken": str(start + size)}
        if top is not None:
            rest["$top"] = str(top - size)
        body["__next"] = f"{address}?{urlencode(rest)}"
    return Answer(200, orjson.dumps({"d": body}))


Expands = dict[str, tuple[list[str], "Expands"]]  # navigation -> (selected properties, expands below)


def _selection(kind: EntityType, options: Mapping[str, str]) -> tuple[list[str], Expands]:
    """The properties asked for, here and below each expanded navigation."""
    chosen = [name.strip() for name in options.get("$select", "").split(",") if name.strip()]
    paths = [name.strip() for name in options.get("$expand", "").split(",") if name.strip()]
    return _level(kind, chosen, paths)


def _level(kind: EntityType, chosen: Sequence[str], paths: Sequence[str]) -> tuple[list[str], Expands]:
    here = [name for name in chosen if "/" not in name and name not in kind.expands]
    unknown = [name for name in here if name not in kind.properties]
    if unknown:
        raise filters.BadQuery(f"{kind.name} has no property {unknown[0]!r}")
    expands: Expands = {}
    for navigation in dict.fromkeys(path.partition("/")[0] for path in paths):
        if navigation not in kind.expands:
            raise filters.BadQuery(f"{kind.name} has no navigation {navigation!r}")
        prefix = f"{navigation}/"
        below = [path[len(prefix) :] for path in paths if path.startswith(prefix)]
        chosen_below = [name[len(prefix) :] for name in chosen if name.startswith(prefix)]
        expands[navigation] = _level(ENTITY_TYPES[kind.expands[navigation]], chosen_below, below)
    return here or list(kind.properties), expands


def _entities(
    store: Store,
    kind: EntityType,
    read: list[str],
    selected: set[str],
    rows: Sequence[Sequence[Any]],
    expands: Expands,
    address: str,
) -> list[dict[str, Any]]:
    """Rows as OData entities, with their expanded collections."""
    width = len(kind.key)
    shown = [(place, name, _writer(kind.properties[name][0])) for place, name in enumerate(read) if name in selected]
    root = address.rpartition("/")[0]
    result = []
    for row in rows:
        key = ",".join(f"'{value}'" for value in row[:width])
        entity: dict[str, Any] = {
            "__metadata": {"uri": f"{root}/{kind.name}({key})", "type": f"{kind.space}.{kind.name}Type"}
        }
        for place, name, write in shown:
            value = row[place]
            entity[name] = write(value) if write is not None and value is not None else value
        result.append(entity)
    for navigation, (chosen, below) in expands.items():
        children = _children(store, kind, ENTITY_TYPES[kind.expands[navigation]], rows, chosen, below, address)
        for row, entity in zip(rows, result, strict=True):
            entity[navigation] = {"results": children.get(tuple(row[:width]), [])}
    return result


def _children(
    store: Store,
    parent: EntityType,
    kind: EntityType,
    rows: Sequence[Sequence[Any]],
    chosen: list[str],
    below: Expands,
    address: str,
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The entities below these parents, by the parent's key."""
    if not rows:
        return {}
    read = list(dict.fromkeys([*kind.key, *chosen]))
    first = sorted({row[0] for row in rows})
    marks = ", ".join("?" for _value in first)
    sql = f"SELECT {', '.join(read)} FROM {kind.name} WHERE {kind.key[0]} IN ({marks}) ORDER BY {', '.join(kind.key)}"  # noqa: S608 -- our own names
    found = store.db.execute(sql, first).fetchall()
    entities = _entities(store, kind, read, set(chosen), found, below, address)
    grouped: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    width = len(parent.key)
    for row, entity in zip(found, entities, strict=True):
        grouped.setdefault(tuple(row[:width]), []).append(entity)
    return grouped


def _date(value: int) -> str:
    return f"/Date({value})/"


def _moment(value: int) -> str:
    return f"/Date({value}+0000)/"


_WRITERS: dict[str, Callable[[Any], Any]] = {"Edm.DateTime": _date, "Edm.DateTimeOffset": _moment, "Edm.Boolean": bool}


def _writer(edm: str) -> Callable[[Any], Any] | None:
    return _WRITERS.get(edm)


def _whole(options: Mapping[str, str], name: str) -> int | None:
    value = options.get(name)
    if value is None:
        return None
    if not value.isdigit():
        raise filters.BadQuery(f"{name} must be a whole number")
    return int(value)
