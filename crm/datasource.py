"""Other systems whose data stands in our records and figures."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DataSource:
    """`as_of()` says up to when all of its data has been read, None for not yet; `is_late` whether that is too long ago."""

    key: str
    label: Any
    as_of: Callable[[], dt.datetime | None]
    is_late: Callable[[dt.datetime], bool]
    order: int = 100
