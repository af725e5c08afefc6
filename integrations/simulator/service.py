"""Answers what reads: collections by filter, order, page, selection and expansion; single entities by their key."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import orjson

from integrations.simulator import filters, schema
from integrations.simulator.edm import EntityType
from integrations.simulator.schema import ENTITY_TYPES
from integrations.simulator.store import Store, ms_moment

ROOT = "/sap/opu/odata/sap/"
LARGEST_PAGE = 5000
DEFAULT_PAGE = 1000

_KEYED = re.compile(r"^(\w+)\((.*)\)$", re.DOTALL)
_KEY_PART = re.compile(r"(?:(\w+)=)?'((?:[^']|'')*)'")

Expands = dict[str, tuple[list[str], "Expands"]]  # navigation -> (selected properties, expands below)


@dataclass
class Answer:
    """What goes back."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class Target(NamedTuple):
    """What a path names: a set, and the key of one of its entities or none."""

    kind: EntityType
    key: list[str] | None


class Catalogue(NamedTuple):
    """The data, the sets as they are described now, the address of the service, and the largest page."""

    store: Store
    kinds: Mapping[str, EntityType]
    root: str
    largest: int = LARGEST_PAGE


def failure(status: int, text: str, *details: str, **headers: str) -> Answer:
    """An error as SAP's gateway words it."""
    body: dict[str, Any] = {"error": {"code": f"SIM/{status}", "message": {"lang": "en", "value": text}}}
    if details:
        inner = [{"code": f"SIM/{status}", "message": detail, "severity": "error"} for detail in (text, *details)]
        body["error"]["innererror"] = {"errordetails": inner}
    return Answer(
        status, orjson.dumps(body), headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def answer(
    store: Store,
    target: str,
    *,
    origin: str,
    largest: int = LARGEST_PAGE,
    kinds: Mapping[str, EntityType] = ENTITY_TYPES,
    spoilt: str = "",
) -> Answer:
    """The answer to GET `target` (path and query); `spoilt` is what is wrong with its rows (`Fault.rows`)."""
    parts = urlsplit(target)
    service, _slash, resource = unquote(parts.path)[len(ROOT) :].partition("/")
    if service not in schema.SERVICES:
        return failure(404, f"No service found for {service}")
    if resource == "$metadata":
        return Answer(200, schema.metadata(service, kinds), "application/xml")
    if not resource:
        names = [kind.name for kind in kinds.values() if kind.service == service]
        return Answer(200, orjson.dumps({"d": {"EntitySets": names}}))
    found = named(resource, service, kinds)
    if found is None:
        return failure(404, f"Resource not found for the segment '{resource}'")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    catalogue = Catalogue(store, kinds, f"{origin}{ROOT}{service}", largest)
    try:
        if found.key is not None:
            return entity(catalogue, found, options)
        return _collection(catalogue, found.kind, options, spoilt)
    except filters.BadQuery as error:
        return failure(400, str(error))


def named(resource: str, service: str, kinds: Mapping[str, EntityType]) -> Target | None:
    """What a resource path names in that service: `A_Set`, `A_Set('1')`, `A_Set(A='1',B='2')`; None for nothing."""
    match = _KEYED.match(resource)
    kind = kinds.get(match[1] if match else resource)
    if kind is None or kind.service != service:
        return None
    if match is None:
        return Target(kind, None)
    given = {name or kind.key[0]: value.replace("''", "'") for name, value in _KEY_PART.findall(match[2])}
    return Target(kind, [given[name] for name in kind.key]) if set(given) == set(kind.key) else None


def entity(catalogue: Catalogue, target: Target, options: Mapping[str, str], status: int = 200) -> Answer:
    """One entity, with its ETag."""
    kind = target.kind
    selected, expands = _selection(catalogue, kind, options)
    found = _read(catalogue, kind, selected, " AND ".join(f"{kind.column(name)} = ?" for name in kind.key), target.key)
    if not found:
        return failure(404, f"Resource not found for {kind.name}")
    (row,) = _entities(catalogue, kind, selected, found, expands)
    mark = row["__metadata"].get("etag")
    return Answer(status, orjson.dumps({"d": row}), headers={"ETag": mark} if mark else {})


def _collection(catalogue: Catalogue, kind: EntityType, options: dict[str, str], spoilt: str) -> Answer:
    if "$inlinecount" in options and kind.name in schema.NO_COUNT:
        return failure(500, "An exception was raised")
    selected, expands = _selection(catalogue, kind, options)
    where, parameters = filters.condition(kind, options["$filter"]) if options.get("$filter") else ("1", [])
    start = _whole(options, "$skiptoken") or _whole(options, "$skip") or 0
    top, largest = _whole(options, "$top"), catalogue.largest
    size = min(largest if top is not None else min(DEFAULT_PAGE, largest), largest, top if top is not None else largest)
    if spoilt == "short":
        size = max(size // 2, 1)
    tail = f"ORDER BY {filters.order(kind, options.get('$orderby', ''))} LIMIT {size + 1} OFFSET {start}"
    found = _read(catalogue, kind, selected, where, parameters, tail)
    rows, more = found[:size], len(found) > size and (top is None or top > size)
    if spoilt == "empty":
        rows, more, size = [], bool(found), 0
    entities = _spoilt(_entities(catalogue, kind, selected, rows, expands), spoilt)
    body: dict[str, Any] = {"results": entities}
    if options.get("$inlinecount") == "allpages":
        sql = f"SELECT count(*) FROM {kind.name} WHERE {where}"  # noqa: S608 -- our own names
        body["__count"] = str(catalogue.store.db.execute(sql, parameters).fetchone()[0])
    if more and spoilt != "unsaid":
        rest = {**options, "$skiptoken": str(start + size)}
        if top is not None:
            rest["$top"] = str(top - size)
        body["__next"] = f"{catalogue.root}/{kind.name}?{urlencode(rest)}"
    return Answer(200, orjson.dumps({"d": body}))


def _spoilt(entities: list[dict[str, Any]], how: str) -> list[dict[str, Any]]:
    if how == "twice":
        return entities * 2
    if how == "reversed":
        return entities[::-1]
    return entities[: len(entities) // 2] if how == "lost" else entities


def _read(
    catalogue: Catalogue,
    kind: EntityType,
    selected: Sequence[str],
    where: str,
    parameters: Sequence[Any] | None,
    tail: str = "",
) -> list[Any]:
    """Rows with the columns of `_columns`."""
    columns = ", ".join(kind.column(name) for name in _columns(kind, selected))
    sql = f"SELECT {columns} FROM {kind.name} WHERE {where} {tail}"  # noqa: S608 -- our own names
    return catalogue.store.db.execute(sql, list(parameters or ())).fetchall()


def _columns(kind: EntityType, selected: Sequence[str]) -> list[str]:
    """What is read for the selected properties: the key, what leads to single entities and the ETag as well."""
    links = [here for here, _there in kind.single.values()]
    return list(dict.fromkeys([*kind.key, *selected, *links, *filter(None, [kind.etag])]))


def _selection(catalogue: Catalogue, kind: EntityType, options: Mapping[str, str]) -> tuple[list[str], Expands]:
    """The properties asked for, here and below each expanded navigation."""
    chosen = [name.strip() for name in options.get("$select", "").split(",") if name.strip()]
    paths = [name.strip() for name in options.get("$expand", "").split(",") if name.strip()]
    return _level(catalogue.kinds, kind, chosen, paths)


def _level(
    kinds: Mapping[str, EntityType], kind: EntityType, chosen: Sequence[str], paths: Sequence[str]
) -> tuple[list[str], Expands]:
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
        expands[navigation] = _level(kinds, kinds[kind.expands[navigation]], chosen_below, below)
    return here or list(kind.properties), expands


def _entities(
    catalogue: Catalogue, kind: EntityType, selected: Sequence[str], rows: Sequence[Sequence[Any]], expands: Expands
) -> list[dict[str, Any]]:
    """Rows of `_read` as OData entities, with what is expanded."""
    read, wanted = _columns(kind, selected), set(selected)
    shown = [(place, name, _writer(kind.properties[name][0])) for place, name in enumerate(read) if name in wanted]
    marked = read.index(kind.etag) if kind.etag in read else None
    result = []
    for row in rows:
        about = {"uri": _address(catalogue, kind, row), "type": f"{kind.space}.{kind.name}Type"}
        if marked is not None:
            about["etag"] = etag(kind, row[marked])
        item: dict[str, Any] = {"__metadata": about}
        for place, name, write in shown:
            value = row[place]
            item[name] = write(value) if write is not None and value is not None else value
        result.append(item)
    for navigation, (chosen, below) in expands.items():
        _attach(catalogue, kind, navigation, (chosen, below), read, rows, result)
    return result


def _attach(
    catalogue: Catalogue,
    kind: EntityType,
    navigation: str,
    asked: tuple[list[str], Expands],
    read: list[str],
    rows: Sequence[Sequence[Any]],
    result: list[dict[str, Any]],
) -> None:
    """Put the entities that a navigation leads to into those it starts from: a collection, or one."""
    target = catalogue.kinds[kind.expands[navigation]]
    if navigation in kind.single:
        here, there = kind.single[navigation]
        names = [row[read.index(here)] for row in rows]
        found = _children(catalogue, target, (there,), names, asked)
        for name, item in zip(names, result, strict=True):
            item[navigation] = found.get((name,), [None])[0]
        return
    width = len(kind.key)
    found = _children(catalogue, target, target.key[:width], [row[0] for row in rows], asked)
    for row, item in zip(rows, result, strict=True):
        item[navigation] = {"results": found.get(tuple(row[:width]), [])}


def _children(
    catalogue: Catalogue,
    kind: EntityType,
    by: Sequence[str],
    values: Sequence[Any],
    asked: tuple[list[str], Expands],
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The entities whose first property of `by` is one of the values, grouped by those properties."""
    chosen, below = asked
    wanted = sorted({value for value in values if value})
    if not wanted:
        return {}
    marks = ", ".join("?" for _value in wanted)
    found = _read(catalogue, kind, chosen, f"{by[0]} IN ({marks})", wanted, f"ORDER BY {', '.join(kind.key)}")
    places = [_columns(kind, chosen).index(name) for name in by]
    grouped: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row, item in zip(found, _entities(catalogue, kind, chosen, found, below), strict=True):
        grouped.setdefault(tuple(row[place] for place in places), []).append(item)
    return grouped


def etag(kind: EntityType, value: Any) -> str:
    """The ETag of an entity, from its property that changes with every change."""
    if kind.properties[kind.etag][0] == "Edm.DateTimeOffset":
        return f"W/\"datetimeoffset'{ms_moment(value or 0):%Y-%m-%dT%H%%3A%M%%3A%S.%f}Z'\""
    return f"W/\"'{value or ''}'\""


def _address(catalogue: Catalogue, kind: EntityType, row: Sequence[Any]) -> str:
    parts = ["'" + str(value).replace("'", "''") + "'" for value in row[: len(kind.key)]]
    named_parts = ",".join(f"{name}={part}" for name, part in zip(kind.key, parts, strict=True))
    return f"{catalogue.root}/{kind.name}({named_parts if len(parts) > 1 else parts[0]})"


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
