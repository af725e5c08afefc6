"""Misbehaviour on demand: what the next requests get instead of, or before, their answer."""

import threading
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One spoilt request: an error status (with Retry-After), a delay in seconds, or a body cut in half."""

    status: int = 0
    retry_after: str = ""
    latency: float = 0.0
    cut: bool = False


class Faults:
    """A queue of faults; each OData request takes one."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, settings: dict[str, Any]) -> int:
        """Queue `count` (default 1) requests' worth of a fault after `after` good ones; how many wait now.

        Raises TypeError or ValueError for settings that make no fault.
        """
        rest = dict(settings)
        count, after = int(rest.pop("count", 1)), int(rest.pop("after", 0))
        if "retry_after" in rest:
            rest["retry_after"] = str(rest["retry_after"])
        fault = Fault(**rest)
        with self._lock:
            self._queue += [Fault()] * after + [fault] * count
            return len(self._queue)

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._queue.clear()

    def next(self) -> Fault:
        """The fault of this request; an empty one when it is to be answered properly."""
        with self._lock:
            return self._queue.pop(0) if self._queue else Fault()
