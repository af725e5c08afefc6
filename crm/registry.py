"""A typed registry: how a lower app offers a place that higher apps fill."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar


class Registrable(Protocol):
    """What can be registered: it has a key, unique in its group, and an order (small first)."""

    @property
    def key(self) -> str: ...

    @property
    def order(self) -> int: ...


T = TypeVar("T", bound=Registrable)


class RegistryError(RuntimeError):
    """A key registered twice, or an entry that came after the registries were closed."""


class Registry(Generic[T]):
    """Entries by key, within an optional group (for panels: the model's label).

    Registries are filled while Django starts and are closed by `freeze()` afterwards, so what a page shows cannot depend on
    which request came first.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._groups: dict[str, dict[str, T]] = defaultdict(dict)
        self._frozen = False

    def register(self, entry: T, *, group: str = "") -> T:
        """Add an entry; raise RegistryError when its key is taken or the registry is closed."""
        if self._frozen:
            raise RegistryError(f"registry {self.name} is closed: register {entry.key!r} in the app's extensions.py")
        if entry.key in self._groups[group]:
            raise RegistryError(f"registry {self.name} already has {entry.key!r}")
        self._groups[group][entry.key] = entry
        return entry

    def all(self, group: str = "") -> list[T]:
        """The entries of a group, by their order, then by key."""
        return sorted(self._groups.get(group, {}).values(), key=lambda entry: (entry.order, entry.key))

    def groups(self) -> list[str]:
        """The names of the groups that have entries."""
        return sorted(name for name, entries in self._groups.items() if entries)

    def get(self, key: str, *, group: str = "") -> T:
        """The entry of that key; KeyError when there is none."""
        return self._groups.get(group, {})[key]

    def freeze(self) -> None:
        """Close the registry."""
        self._frozen = True

    @contextmanager
    def override(self, *entries: T, group: str = "") -> Iterator[None]:
        """For tests: add or replace entries for the length of a with block."""
        before = dict(self._groups[group])
        self._groups[group].update({entry.key: entry for entry in entries})
        try:
            yield
        finally:
            self._groups[group] = before
