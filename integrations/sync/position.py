"""How far a pass has read, in a form that is stored: a killed run goes on where it stopped.

A pass reads one or more slices. Each is read by keyset: the next page is asked for by the last row seen, never by an offset,
which would skip rows while others move. A full pass is one slice over everything, in order of the key; a long one is cut at
keys while it goes on, so that pages of several slices can be on their way at once.
"""

import datetime as dt
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.errors import ExternalError
from crm.languages import lazily
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
    """The position with its last slice, which has no end, cut after each of these keys; not before what was read of it.

    In whatever order the source has its keys, the slices leave nothing out: what is not up to a key is beyond it.
    """
    (condition, by_stamp), order = position.slices[-1][:2], list(entity_set.key)
    read = position.after if position.index == len(position.slices) - 1 else []
    keys = [key for key in keys if _rank(key) > _rank(read)]
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
    until = _up_to(list(entity_set.key), _end(position))
    parts = [entity_set.where, condition, _beyond(order, position.after), until]
    wanted = [part for part in parts if part]
    joined = wanted[0] if len(wanted) == 1 else " and ".join(f"({part})" for part in wanted)
    result = {**entity_set.options(), "$orderby": ",".join(f"{name} asc" for name in order), "$top": str(top)}
    return {**result, "$filter": joined} if joined else result


def advance(entity_set: EntitySet, position: Position, page: Page, *, top: int) -> Position | None:
    """The position after a page; None when the pass is complete.

    A slice ends with the row whose key ends it, or with a page without rows: one with fewer than were asked for may be all that
    the server gives at once. Raises ExternalError when the source does not go on.
    """
    position = replace(
        position, newest=_newest(entity_set, position, page), started=position.started or page.server_time.isoformat()
    )
    if page.rows and not _ended(entity_set, position, page):
        by_stamp = position.slices[position.index][1]
        after = [page.rows[-1].get(name) for name in _order(entity_set, by_stamp=by_stamp)]
        if after != position.after:
            return replace(position, after=after)
        if not by_stamp:
            raise ExternalError(lazily(_("The ERP's list of %(set)s does not go on."), set=entity_set.name))
        if page.more or len(page.rows) >= top:
            # More rows share one stamp than fit a page: read this slice by key instead.
            slices = [list(part) for part in position.slices]
            slices[position.index][1] = False
            return replace(position, slices=slices, after=[])
        # else the last rows came again, whose stamps are finer than they are written: it is the end
    if position.index + 1 < len(position.slices):
        return replace(position, index=position.index + 1, after=[])
    return None


def set_back(entity_set: EntitySet, watermark: str, page: Page, *, away: dt.timedelta) -> Position | None:
    """The start of a pass by the source's own clock, when it was set back: else what has changed by it since then would not
    show before it has caught up with the watermark. `away` is how long ago the last pass was. None while the clock goes on."""
    cap = entity_set.window.cap
    if watermark <= cap(page.server_time):
        return None
    return begin(entity_set, watermark=cap(page.server_time - max(away, dt.timedelta())), full=False)


def watermark(entity_set: EntitySet, position: Position, page: Page, *, before: str) -> str:
    """The watermark a complete pass leaves: the newest stamp seen, not after the time of the source when the pass began.

    What changed while the pass ran is thus seen by the next one, and a clock ahead of the others does no harm. It is not
    before the one that was, unless the source's clock was set back.
    """
    newest = _newest(entity_set, position, page)
    started = position.started or page.server_time.isoformat()
    return min(max(before, newest), entity_set.window.cap(dt.datetime.fromisoformat(started)))


def _ended(entity_set: EntitySet, position: Position, page: Page) -> bool:
    """Whether the page has reached the key that ends the slice. That one is not compared with others: only the source knows
    its order, which is that of padded keys where it sends them without their zeros."""
    return [page.rows[-1].get(name) for name in entity_set.key] == _end(position)


def _end(position: Position) -> list[Any]:
    """The key that ends the slice, none for the last one."""
    end: list[Any] = next(iter(position.slices[position.index][2:]), [])
    return end


def _rank(key: list[Any]) -> list[tuple[int, str]]:
    """Roughly where a key stands: numbers by their size, whatever zeros pad them."""
    plain = [values.norm_id(value) for value in key]
    return [(len(text) if text.isdigit() else 0, text) for text in plain]


def _order(entity_set: EntitySet, *, by_stamp: bool) -> list[str]:
    return [entity_set.window.stamp, *entity_set.key] if by_stamp else list(entity_set.key)


def _beyond(order: list[str], after: list[Any]) -> str:
    """The condition for rows after these values in this order, over several columns."""
    return _compared(order, after, ["gt"] * len(order))


def _up_to(order: list[str], end: list[Any]) -> str:
    """The same for rows up to these values."""
    return _compared(order, end, ["lt"] * (len(order) - 1) + ["le"])


def _compared(order: list[str], found: list[Any], operators: list[str]) -> str:
    if not found:
        return ""
    literals = [_literal(value) for value in found]
    choices = []
    for place, name in enumerate(order):
        same = [f"{order[earlier]} eq {literals[earlier]}" for earlier in range(place)]
        choices.append(" and ".join([*same, f"{name} {operators[place]} {literals[place]}"]))
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
