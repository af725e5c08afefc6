"""How far a pass has read, in a form that is stored: a killed run goes on where it stopped.

A pass reads one or more slices. Each is read by keyset: the next page is asked for by the last row seen, never by an offset,
which would skip rows while others move. A full pass is one slice over everything, in order of the key; a long one is cut at
keys while it goes on, so that pages of several slices can be on their way at once.
"""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from integrations.sap import values
from integrations.sap.client import Page
from integrations.sap.mapping import EntitySet


@dataclass(frozen=True)
class Position:
    """Where a pass stands.

    `slices` are (condition, whether read by stamp, the key that ends it or nothing); `after` is the last row of the current
    slice as it came, as far as the order needs it; `started` is the source's time of the first page, `newest` the newest stamp
    seen.
    """

    full: bool
    slices: list[list[Any]]
    index: int = 0
    after: list[Any] = field(default_factory=list)
    started: str = ""
    newest: str = ""

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def begin(entity_set: EntitySet, *, watermark: str, full: bool) -> Position:
    """The start of a pass: of everything when asked for or never read before, else of what changed since the watermark."""
    if full or not watermark:
        return Position(full=True, slices=[["", False]])
    return Position(full=False, slices=[list(part) for part in entity_set.window.slices(watermark)])


def cut(entity_set: EntitySet, position: Position, keys: list[list[Any]]) -> Position:
    """The position with its last slice, which has no end, cut after each of these keys; not before what was read of it."""
    (condition, by_stamp), order = position.slices[-1][:2], list(entity_set.key)
    read = position.after if position.index == len(position.slices) - 1 else []
    keys = [key for key in keys if _texts(key) > _texts(read)]
    if not keys:
        return position
    conditions = [condition, *(_beyond(order, key) for key in keys)]
    parts = [[part, by_stamp, end] for part, end in zip(conditions, [*keys, []], strict=True)]
    return replace(position, slices=[*position.slices[:-1], *parts])


def restored(cursor: dict[str, Any], *, full: bool) -> Position | None:
    """The position a broken pass left; None when there is none, or when a full pass is wanted and that was not one."""
    if not cursor:
        return None
    position = Position(**cursor)
    return position if position.full or not full else None


def options(entity_set: EntitySet, position: Position, *, top: int) -> dict[str, str]:
    """The query options of the next page."""
    condition, by_stamp = position.slices[position.index][:2]
    order = _order(entity_set, by_stamp=by_stamp)
    parts = [entity_set.where, condition, _beyond(order, position.after)]
    wanted = [part for part in parts if part]
    joined = wanted[0] if len(wanted) == 1 else " and ".join(f"({part})" for part in wanted)
    result = {**entity_set.options(), "$orderby": ",".join(f"{name} asc" for name in order), "$top": str(top)}
    return {**result, "$filter": joined} if joined else result


def advance(entity_set: EntitySet, position: Position, page: Page, *, top: int) -> Position | None:
    """The position after a page; None when the pass is complete. An empty page ends a slice, whatever it promised."""
    position = replace(
        position, newest=_newest(entity_set, position, page), started=position.started or page.server_time.isoformat()
    )
    if page.rows and (page.more or len(page.rows) >= top) and not _ended(entity_set, position, page):
        by_stamp = position.slices[position.index][1]
        after = [page.rows[-1].get(name) for name in _order(entity_set, by_stamp=by_stamp)]
        if after == position.after:
            # More rows share one stamp than fit a page: read this slice by key instead.
            slices = [list(part) for part in position.slices]
            slices[position.index][1] = False
            return replace(position, slices=slices, after=[])
        return replace(position, after=after)
    if position.index + 1 < len(position.slices):
        return replace(position, index=position.index + 1, after=[])
    return None


def watermark(entity_set: EntitySet, position: Position, page: Page, *, before: str) -> str:
    """The watermark a complete pass leaves: the newest stamp seen, not after the time of the source when the pass began.

    What changed while the pass ran is thus seen by the next one, and a clock ahead of the others does no harm.
    """
    newest = _newest(entity_set, position, page)
    started = position.started or page.server_time.isoformat()
    return max(before, min(newest, entity_set.window.cap(dt.datetime.fromisoformat(started))))


def _ended(entity_set: EntitySet, position: Position, page: Page) -> bool:
    """Whether the page has reached the key that ends the slice. Rows beyond it come again with the next: they do no harm."""
    last: list[Any] = next(iter(position.slices[position.index][2:]), [])
    return bool(last) and _texts(page.rows[-1].get(name) for name in entity_set.key) >= _texts(last)


def _texts(key: Iterable[Any]) -> list[str]:
    """A key in the form that is compared."""
    return [str(value) for value in key]


def _order(entity_set: EntitySet, *, by_stamp: bool) -> list[str]:
    return [entity_set.window.stamp, *entity_set.key] if by_stamp else list(entity_set.key)


def _beyond(order: list[str], after: list[Any]) -> str:
    """The condition for rows after these values in this order, over several columns."""
    if not after:
        return ""
    literals = [_literal(value) for value in after]
    choices = []
    for place, name in enumerate(order):
        same = [f"{order[earlier]} eq {literals[earlier]}" for earlier in range(place)]
        choices.append(" and ".join([*same, f"{name} gt {literals[place]}"]))
    return " or ".join(f"({choice})" for choice in choices) if len(choices) > 1 else choices[0]


def _literal(value: Any) -> str:
    """A value as it came, as a literal: moments are told by their form."""
    if isinstance(value, str) and value.startswith("/Date("):
        at = values.moment(value)
        assert at is not None
        return values.moment_literal(at)
    return values.text_literal(str(value))


def _newest(entity_set: EntitySet, position: Position, page: Page) -> str:
    """The newest stamp seen so far; a row whose stamp cannot be read is rejected later and moves no watermark."""
    newest = position.newest
    for row in page.rows:
        with suppress(ValueError):
            newest = max(newest, entity_set.window.newest(row))
    return newest
