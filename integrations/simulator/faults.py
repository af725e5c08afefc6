"""Misbehaviour on demand: what the next requests get instead of, or before, or after, their answer.

Told by POST /sim/faults, of administrators who train and of tests:
- `{"status": 503, "retry_after": 7, "count": 2, "after": 1}`: after one good request two are refused;
- `{"latency": 5}`, `{"cut": true}`, `{"drop": true}` (done, no answer), `{"status": 500, "done": true}` (done, then an error);
- `{"rows": "twice"|"reversed"|"short"|"empty"|"lost"|"unsaid"}`: of a page that is read;
- any of the first two with `"token": true`: of the address where tokens are given out;
- `{"random": 0.2, "seed": 7, "kinds": ["latency", ...]}`: of every request so many at random; `{"random": 0}` ends it;
- `{"skew": 900}`: its clock is so many seconds ahead;
- `{"expire": "csrf"|"oauth"}`: tokens given out end now;
- `{"schema": "A_SalesOrder", "changes": {"TotalNetAmount": ""}}`: a property is gone, or renamed; no changes: as it was;
- `{}`: behave again.
"""

import random
import threading
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One spoilt request. `rows` spoils a page: "short" and "empty" end it early with a link to the rest, "lost" without one, and
    "unsaid" leaves out the link where the page is as large as pages get."""

    status: int = 0
    retry_after: str = ""
    latency: float = 0.0
    cut: bool = False
    drop: bool = False
    done: bool = False
    rows: str = ""


KINDS = {
    "latency": Fault(latency=0.05),
    "busy": Fault(status=429, retry_after="0"),
    "error": Fault(status=500),
    "gateway": Fault(status=503),
    "cut": Fault(cut=True),
    "drop": Fault(drop=True),
    "done": Fault(status=500, done=True),
    "twice": Fault(rows="twice"),
    "reversed": Fault(rows="reversed"),
    "short": Fault(rows="short"),
    "empty": Fault(rows="empty"),
}
ROWS = ("", "twice", "reversed", "short", "empty", "lost", "unsaid")


class Faults:
    """A queue of faults, one per OData request; behind it faults at random, when asked for."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []
        self._lock = threading.Lock()
        self._rate = 0.0
        self._kinds: list[Fault] = []
        self._random = random.Random(0)  # noqa: S311 -- made-up faults

    def add(self, settings: dict[str, Any]) -> int:
        """Queue `count` (default 1) requests' worth of a fault after `after` good ones; how many wait now.

        Raises TypeError or ValueError for settings that make no fault.
        """
        rest = dict(settings)
        count, after = int(rest.pop("count", 1)), int(rest.pop("after", 0))
        if "retry_after" in rest:
            rest["retry_after"] = str(rest["retry_after"])
        fault = Fault(**rest)
        if fault.rows not in ROWS:
            raise ValueError(f"rows must be one of {', '.join(ROWS[1:])}")
        with self._lock:
            self._queue += [Fault()] * after + [fault] * count
            return len(self._queue)

    def at_random(self, rate: float, *, seed: int = 0, kinds: list[str] | None = None) -> None:
        """Spoil that share of the requests from now on; the same seed gives the same faults in the same order.

        Raises ValueError for a kind that is none.
        """
        unknown = [name for name in kinds or [] if name not in KINDS]
        if unknown:
            raise ValueError(f"no fault {unknown[0]!r}; there are {', '.join(KINDS)}")
        with self._lock:
            self._rate = rate
            self._kinds = [KINDS[name] for name in kinds or KINDS]
            self._random = random.Random(seed)  # noqa: S311 -- made-up faults

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._queue.clear()
            self._rate = 0.0

    def next(self) -> Fault:
        """The fault of this request; an empty one when it is to be answered properly."""
        with self._lock:
            if self._queue:
                return self._queue.pop(0)
            if self._rate and self._random.random() < self._rate:
                return self._random.choice(self._kinds)
            return Fault()
