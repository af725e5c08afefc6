"""`$filter` and `$orderby` of OData V2, as SQL for SQLite: comparisons, and, or, not, parentheses."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from integrations.simulator.edm import EntityType


class BadQuery(ValueError):
    """The query cannot be understood: the service answers 400."""


class Sql(NamedTuple):
    """A condition with its parameters."""

    text: str
    parameters: list[Any]


class _Compare(NamedTuple):
    name: str
    operator: str
    value: Any


class _Join(NamedTuple):
    word: str
    parts: list[Any]


class _Not(NamedTuple):
    part: Any


_OPERATORS = {"eq": "=", "ne": "<>", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_TOKENS = re.compile(
    r"\s*(?:(?P<moment>datetimeoffset'[^']*')|(?P<date>datetime'[^']*')|(?P<text>'(?:[^']|'')*')"
    r"|(?P<number>-?\d+(?:\.\d+)?[MmLlDdFf]?)|(?P<word>[A-Za-z_][A-Za-z0-9_/]*)|(?P<paren>[()]))"
)


def condition(kind: EntityType, text: str) -> Sql:
    """The condition of `$filter`. Raises BadQuery."""
    parser = _Parser(kind, list(_tokens(text)))
    tree = parser.either()
    if parser.tokens:
        raise BadQuery(f"unexpected {parser.tokens[0][1]!r} in $filter")
    return _sql(kind, tree)


def order(kind: EntityType, text: str) -> str:
    """The ORDER BY of `$orderby`, the key appended so that it is total. Raises BadQuery."""
    parts, seen = [], set()
    for piece in filter(None, (part.strip() for part in text.split(","))):
        name, _space, direction = piece.partition(" ")
        if name not in kind.properties or direction.strip().lower() not in ("", "asc", "desc"):
            raise BadQuery(f"cannot order by {piece!r}")
        seen.add(name)
        parts.append(f"{kind.column(name)} {direction.strip().upper()}".strip())
    return ", ".join(parts + [name for name in kind.key if name not in seen])


def milliseconds(text: str) -> int:
    """A date or moment as milliseconds since 1970 in UTC. Raises BadQuery."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise BadQuery(f"not a date: {text!r}") from error
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return round(at.timestamp() * 1000)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKENS.match(text, place)
        if match is None:
            raise BadQuery(f"cannot read $filter at {text[place : place + 20]!r}")
        place = match.end()
        yield str(match.lastgroup), match[str(match.lastgroup)]


class _Parser:
    """Recursive descent: or below and below not below comparison."""

    def __init__(self, kind: EntityType, tokens: list[tuple[str, str]]) -> None:
        self.kind = kind
        self.tokens = tokens

    def either(self) -> Any:
        return self._joined("or", self._both)

    def _both(self) -> Any:
        return self._joined("and", self._one)

    def _joined(self, word: str, part: Any) -> Any:
        parts = [part()]
        while self.tokens and self.tokens[0] == ("word", word):
            self.tokens.pop(0)
            parts.append(part())
        return parts[0] if len(parts) == 1 else _Join(word, parts)

    def _one(self) -> Any:
        form, text = self._next()
        if (form, text) == ("word", "not"):
            return _Not(self._one())
        if (form, text) == ("paren", "("):
            inner = self.either()
            if self._next() != ("paren", ")"):
                raise BadQuery("a parenthesis is not closed in $filter")
            return inner
        if form != "word" or text not in self.kind.properties:
            raise BadQuery(f"{self.kind.name} has no property {text!r}")
        operator = self._next()[1]
        if operator not in _OPERATORS:
            raise BadQuery(f"unknown operator {operator!r}")
        return _Compare(self.kind.column(text), operator, self._value(*self._next()))

    def _value(self, form: str, text: str) -> Any:
        if form == "text":
            return text[1:-1].replace("''", "'")
        if form in ("date", "moment"):
            return milliseconds(text.partition("'")[2][:-1])
        if form == "number":
            return float(text.rstrip("MmLlDdFf"))
        words = {"true": 1, "false": 0, "null": None}
        if text not in words:
            raise BadQuery(f"not a value: {text!r}")
        return words[text]

    def _next(self) -> tuple[str, str]:
        if not self.tokens:
            raise BadQuery("$filter ends too early")
        return self.tokens.pop(0)


def _sql(kind: EntityType, tree: Any) -> Sql:
    if isinstance(tree, _Compare):
        return _comparison(kind, tree)
    if isinstance(tree, _Not):
        inner = _sql(kind, tree.part)
        return Sql(f"NOT ({inner.text})", inner.parameters)
    beyond = _row_value(tree)
    if beyond is not None:
        return beyond
    parts = [_sql(kind, part) for part in tree.parts]
    text = f" {tree.word.upper()} ".join(f"({part.text})" for part in parts)
    return Sql(text, [value for part in parts for value in part.parameters])


def _comparison(kind: EntityType, tree: _Compare) -> Sql:
    if tree.value is None:
        return Sql(f"{tree.name} IS {'NOT ' if tree.operator == 'ne' else ''}NULL", [])
    decimal = kind.facets(tree.name)[0] == "Edm.Decimal"
    left = f"CAST({tree.name} AS REAL)" if decimal else tree.name
    return Sql(f"{left} {_OPERATORS[tree.operator]} ?", [tree.value])


def _row_value(tree: _Join) -> Sql | None:
    """`(a gt 1) or (a eq 1 and b gt 2) ...` as `(a, b) > (1, 2)`, and the same with lt ... le as `(a, b) <= (1, 2)`, which an
    index serves; None for anything else."""
    if tree.word != "or":
        return None
    steps: list[_Compare] = []
    for place, choice in enumerate(tree.parts):
        parts = choice.parts if isinstance(choice, _Join) and choice.word == "and" else [choice]
        if len(parts) != place + 1 or not all(isinstance(part, _Compare) for part in parts):
            return None
        equal = [_Compare(step.name, "eq", step.value) for step in steps]
        if list(parts[:-1]) != equal or parts[-1].value is None:
            return None
        steps.append(parts[-1])
    operators = [step.operator for step in steps]
    if operators not in (["gt"] * len(steps), ["lt"] * (len(steps) - 1) + ["le"]):
        return None
    marks = ", ".join("?" for _step in steps)
    names = ", ".join(step.name for step in steps)
    return Sql(f"({names}) {_OPERATORS[operators[-1]]} ({marks})", [step.value for step in steps])
