"""Reads from the source ahead of whoever writes: pages of a pass, and documents by their numbers."""

import contextvars
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue
from typing import Any, NamedTuple, Self, TypeVar

from integrations.sap.client import ODataClient, Page, Row
from integrations.sap.mapping import EntitySet
from integrations.sync import position as positions
from integrations.sync.documents import Known, number_of
from integrations.sync.position import Position

AHEAD = 3  # requests under way at once: the source's dialog processes are few
BY_NUMBER = 40  # documents asked for in one request: its address stays below what gateways take
KEYS_PER_PAGE = 5000

Given = TypeVar("Given")
Found = TypeVar("Found")


class Arrived(NamedTuple):
    """A page with what was made of its rows, its position and the next."""

    page: Page
    made: Any
    here: Position
    following: Position | None


def pages(
    entity_set: EntitySet,
    client: ODataClient,
    start: Position,
    *,
    top: int,
    make: Callable[[list[Row]], Any] = len,
) -> Generator[Arrived, None, None]:
    """Pages. While one is written, the next and the first ones of the next slices are asked for, and `make` is called with
    their rows in the thread that reads them. A long pass over everything is cut into slices meanwhile."""
    coming: dict[tuple[int, str], Future[tuple[Page, Any]]] = {}

    making = threading.Lock()  # one at a time: else whoever writes waits behind all of them for the interpreter

    def fetch(options: Mapping[str, str]) -> tuple[Page, Any]:
        page = client.page(entity_set.service, entity_set.name, options)
        with making:
            return page, make(page.rows)

    with ThreadPoolExecutor(AHEAD, thread_name_prefix="odata") as pool, Cuts(entity_set, client, top=top) as cuts:

        def submit(call: Callable[..., Found], *given: Any) -> Future[Found]:
            return pool.submit(contextvars.copy_context().run, call, *given)  # with the reader's language, for messages

        def ask_ahead(position: Position) -> None:
            later = range(position.index + 1, len(position.slices))
            wanted = [position, *(replace(position, index=index, after=[]) for index in later[: AHEAD - 1])]
            for one in wanted:
                if _place(one) not in coming:
                    coming[_place(one)] = submit(fetch, positions.options(entity_set, one, top=top))

        if start.full and cuts.begin(start.slices[-1][0]):
            cuts.others = submit(cuts.read)
        here: Position | None = start
        try:
            while here is not None:
                here = positions.cut(entity_set, here, cuts.found())
                ask_ahead(here)
                page, made = coming.pop(_place(here)).result()
                following = positions.advance(entity_set, here, page, top=top)
                if following is not None:
                    ask_ahead(following)
                yield Arrived(page, made, here, following)
                here = following
        finally:
            for waiting in coming.values():
                waiting.cancel()


def _place(position: Position) -> tuple[int, str]:
    return position.index, repr(position.after)


class Cuts:
    """The places where a pass over everything is cut into slices of a page each: its keys are read beside the pages.

    `begin` reads the first keys, `read` the `others` in a thread. What fits a few pages is not cut.
    """

    def __init__(self, entity_set: EntitySet, client: ODataClient, *, top: int) -> None:
        self.others: Future[None] | None = None
        self._entity_set, self._client, self._top = entity_set, client, top
        self._pages: Iterator[list[Row]] = iter(())
        self._found: SimpleQueue[list[Any]] = SimpleQueue()
        self._seen = 0
        self._left = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._left = True

    def begin(self, condition: str) -> bool:
        """Read the first keys of what meets the condition; whether there may be more. Raises ExternalError."""
        self._pages = selected(self._entity_set, self._client, (), condition)
        first = next(self._pages)
        if len(first) < KEYS_PER_PAGE:
            return False
        self._take(first)
        return True

    def read(self) -> None:
        """Read the other keys, until the pass is left. Raises ExternalError."""
        for rows in self._pages:
            self._take(rows)
            if self._left:
                return

    def found(self) -> list[list[Any]]:
        """The places found since the last call. Raises what `read` has raised."""
        if self.others and self.others.done():
            self.others.result()
        return [self._found.get() for _place in range(self._found.qsize())]

    def _take(self, rows: list[Row]) -> None:
        for row in rows:
            self._seen += 1
            if self._seen % self._top == 0:
                self._found.put([row.get(name) for name in self._entity_set.key])


def matching(entity_set: EntitySet, client: ODataClient, condition: str, *, top: int) -> Iterator[list[Row]]:
    """The rows that meet a condition, in pages."""
    for arrived in pages(entity_set, client, Position(full=False, slices=[[condition, False]]), top=top):
        yield arrived.page.rows


def by_number(
    entity_set: EntitySet, client: ODataClient, known: Known, numbers: Sequence[str]
) -> Iterator[tuple[list[str], list[Row]]]:
    """Documents asked for by their numbers: a part of the numbers, and the rows that the source has for it.

    Whether there is more is asked while one of the numbers has not come.
    """
    parts = [list(numbers[start : start + BY_NUMBER]) for start in range(0, len(numbers), BY_NUMBER)]

    def fetch(part: list[str]) -> list[Row]:
        condition = " or ".join(dict.fromkeys(known.find(number) for number in part))
        slices = Position(full=False, slices=[[condition, False]])
        options = positions.options(entity_set, slices, top=KEYS_PER_PAGE)
        found: list[Row] = []
        here: Position | None = slices
        while here is not None:
            page = client.page(entity_set.service, entity_set.name, options)
            found += page.rows
            following = positions.advance(entity_set, here, page, top=KEYS_PER_PAGE)
            here = None if numbers_in(entity_set, found).issuperset(part) else following
            options = positions.options(entity_set, here, top=KEYS_PER_PAGE) if here is not None else {}
        return found

    return zip(parts, ahead(fetch, parts), strict=True)


def keys(entity_set: EntitySet, client: ODataClient) -> Iterator[list[Row]]:
    """The keys of all rows, in their order; nothing else is asked for."""
    yield from selected(entity_set, client, (), "")


def selected(
    entity_set: EntitySet, client: ODataClient, properties: Iterable[str], condition: str
) -> Iterator[list[Row]]:
    """These properties (items' ones as path/name) and the key of the rows that meet a condition, in order of the key."""
    wanted = dict.fromkeys((*entity_set.key, *properties))
    expand = sorted({name.rpartition("/")[0] for name in wanted if "/" in name})
    here: Position | None = Position(full=False, slices=[[condition, False]])
    while here is not None:
        options = positions.options(entity_set, here, top=KEYS_PER_PAGE) | {"$select": ",".join(wanted)}
        options.pop("$expand", None)
        if expand:
            options["$expand"] = ",".join(expand)
        page = client.page(entity_set.service, entity_set.name, options)
        yield page.rows
        here = positions.advance(entity_set, here, page, top=KEYS_PER_PAGE)


def ahead(call: Callable[[Given], Found], given: Iterable[Given]) -> Iterator[Found]:
    """The call's results in order, some calls ahead of whoever takes them."""
    with ThreadPoolExecutor(AHEAD, thread_name_prefix="odata") as pool:
        waiting: deque[Future[Found]] = deque()
        for one in given:
            waiting.append(pool.submit(contextvars.copy_context().run, call, one))
            if len(waiting) >= AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def numbers_in(entity_set: EntitySet, rows: Iterable[Row]) -> set[str]:
    """Our numbers of these rows; rows whose key cannot be read have none."""
    return set(keys_by_number(entity_set, rows))


def keys_by_number(entity_set: EntitySet, rows: Iterable[Row]) -> dict[str, str]:
    """By our number the key under which a row is kept; rows whose key cannot be read have none."""
    found = {}
    for row in rows:
        try:
            found[number_of(entity_set, row)] = entity_set.external_id(row)
        except ValueError:
            continue
    return found
