"""What administrators set is read by every page and changes rarely: each process keeps it, and reads it anew after a change."""

import time
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

T = TypeVar("T")

_KEY = "remembered"
_LOOK_AFTER = 1.0  # seconds: so long another process may still show what was set before


class Remembered(Generic[T]):
    """The answer of `load`, kept until somebody says `changed()`."""

    _every: ClassVar[list["Remembered[Any]"]] = []
    _version: ClassVar[Any] = None
    _looked: ClassVar[float] = 0.0
    _generation: ClassVar[int] = 0

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._kept: tuple[T] | None = None
        Remembered._every.append(self)

    def get(self) -> T:
        """What is set now. Asks the cache once a second at most, the database only after a change."""
        now = time.monotonic()
        if now - Remembered._looked > _LOOK_AFTER:
            Remembered._looked = now
            _look()
        kept = self._kept
        if kept is None:
            generation = Remembered._generation
            kept = (self._load(),)
            if generation == Remembered._generation:  # nobody changed it meanwhile
                self._kept = kept
        return kept[0]


def _look() -> None:
    version = cache.get(_KEY)
    if version != Remembered._version:
        Remembered._version = version
        forget()


def forget() -> None:
    """Let this process read everything anew."""
    Remembered._generation += 1
    for each in Remembered._every:
        each._kept = None


def changed() -> None:
    """Let every process read anew once the present transaction has committed."""
    forget()
    transaction.on_commit(_tell)


def _tell() -> None:
    cache.set(_KEY, uuid4().hex, None)
    forget()
