"""Which of many like cases a plain run takes; the gate takes all."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def of_which_daily(values: Iterable[Any], daily: Collection[Any]) -> list[Any]:
    """For parametrize: all the values; those that are not among `daily` are for the gate."""
    return [value if value in daily else pytest.param(value, marks=pytest.mark.gate) for value in values]
