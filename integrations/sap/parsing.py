"""Parses answers of OData V2 down to what was asked for.

More than half of an answer says of each entity where it is found and of what type it is. Text that is skipped becomes no
objects: parsing takes half the time, and so does everything that then goes through the rows.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypedDict

import msgspec
import orjson

Parse = Callable[[bytes], Any]


@lru_cache(256)
def parser(select: str, expand: str) -> Parse:
    """Parses lists of rows that were asked for with these `$select` and `$expand`. Raises ValueError for what is no JSON."""
    if not select:
        return orjson.loads
    rows: Any = _entity("Row", _tree(select, expand))
    decode = msgspec.json.Decoder(_record("Body", {"d": rows | list[rows]})).decode

    def parse(content: bytes) -> Any:
        try:
            return decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError):  # cut off, or of a form that the caller will name
            return orjson.loads(content)

    return parse


def _tree(select: str, expand: str) -> dict[str, Any]:
    """The paths as a tree. What has nothing below it, a property or an entity of which all was asked for, is taken whole."""
    tree: dict[str, Any] = {}
    for path in filter(None, [*select.split(","), *expand.split(",")]):
        here = tree
        for step in path.split("/"):
            here = here.setdefault(step, {})
    return tree


def _entity(name: str, tree: dict[str, Any]) -> Any:
    """The type of an entity, or of a collection of such in one of V2's forms: an object around the list."""
    fields: dict[str, Any] = {}
    for step, below in tree.items():
        inner: Any = _entity(f"{name}_{step}", below) if below else None
        fields[step] = inner | list[inner] | None if below else Any
    around = {"results": list[_record(name, fields)], "__next": Any, "__deferred": Any}  # type: ignore[misc]
    return _record(f"{name}s", {**fields, **around})


def _record(name: str, fields: dict[str, Any]) -> Any:
    """The type of an object of which only these members are kept; each may be missing."""
    return TypedDict(name, fields, total=False)  # type: ignore[operator]
