"""Other systems whose data stands in our records and figures."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DataSource:
    """`as_of()` says up to when all of its data has been read, None for not yet; older than `late` it is marked."""

    key: str
    label: Any
    as_of: Callable[[], dt.datetime | None]
    late: dt.timedelta
    order: int = 100
