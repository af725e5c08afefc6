"""Conditions joined by "all of" and "any of", as the query string keeps them: all(grade:in:S,A;any(owner:me;name:has:化工)).

A "~" stands before a character that would mean something. Groups nest once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 20  # conditions
MOST_VALUES = 50  # of one condition
LONGEST = 3000  # characters
MODES = ("all", "any")
_TOKEN = re.compile(r"~(.)|([();:,])|([^~();:,]+)", re.DOTALL)


@dataclass(frozen=True)
class Condition:
    """A field, what is asked of it, and the values beside."""

    field: str
    op: str
    values: tuple[str, ...] = ()

    def text(self) -> str:
        """As it stands in the query string."""
        head = f"{_escaped(self.field)}:{_escaped(self.op)}"
        return f"{head}:{','.join(_escaped(value) for value in self.values)}" if self.values else head


@dataclass(frozen=True)
class Group:
    """Conditions of which all or any must hold; at the top, groups among them."""

    mode: str
    items: tuple["Condition | Group", ...]

    def text(self) -> str:
        """As it stands in the query string; empty when nothing is asked."""
        return f"{self.mode}({';'.join(item.text() for item in self.items)})" if self.items else ""

    def conditions(self) -> Iterator[Condition]:
        """All of them, those of groups too."""
        for item in self.items:
            if isinstance(item, Group):
                yield from item.conditions()
            else:
                yield item

    def without(self, index: int) -> "Group":
        """The group less one of its items."""
        return Group(self.mode, self.items[:index] + self.items[index + 1 :])


def parse(text: str) -> Group:
    """The conditions of a query string. Raises ValueError when it is none."""
    if len(text) > LONGEST:
        raise ValueError("too long")
    reader = _Reader(text)
    group = reader.group(depth=1)
    found = list(group.conditions())
    if reader.rest() or not found or len(found) > MOST or any(len(c.values) > MOST_VALUES for c in found):
        raise ValueError(text)
    return group


def _escaped(text: str) -> str:
    return re.sub(r"([~();:,])", r"~\1", text)


class _Reader:
    """Reads tokens one after another: words, and the marks between them."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[bool, str]] = []  # whether it is a mark, and what it says
        end = 0
        for match in _TOKEN.finditer(text):
            if match.start() != end:
                break
            end = match.end()
            mark = match[2] is not None
            piece = match[1] or match[2] or match[3]
            if not mark and self.tokens and not self.tokens[-1][0]:
                self.tokens[-1] = (False, self.tokens[-1][1] + piece)
            else:
                self.tokens.append((mark, piece))
        if end != len(text):
            raise ValueError(text)

    def rest(self) -> bool:
        return bool(self.tokens)

    def next_is(self, mark: str, ahead: int = 0) -> bool:
        return len(self.tokens) > ahead and self.tokens[ahead] == (True, mark)

    def take(self, mark: str) -> None:
        if not self.next_is(mark):
            raise ValueError(mark)
        del self.tokens[0]

    def word(self) -> str:
        if not self.tokens or self.tokens[0][0]:
            raise ValueError("a word is missing")
        return self.tokens.pop(0)[1]

    def group(self, depth: int) -> Group:
        mode = self.word()
        if mode not in MODES or depth > 2:
            raise ValueError(mode)
        self.take("(")
        items: list[Condition | Group] = []
        while True:
            items.append(self.group(depth + 1) if self.next_is("(", ahead=1) else self.condition())
            if not self.next_is(";"):
                break
            self.take(";")
        self.take(")")
        return Group(mode, tuple(items))

    def condition(self) -> Condition:
        field = self.word()
        self.take(":")
        op = self.word()
        values: list[str] = []
        mark = ":"
        while self.next_is(mark):
            self.take(mark)
            values.append(self.word())
            mark = ","
        return Condition(field, op, tuple(values))
