"""What holds records back from changes, and files from being removed, for the registries `save_guards` and `file_holds`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

Label = Any  # str or the lazy string of gettext_lazy


@dataclass(frozen=True)
class FileHold:
    """Keeps files of a kind of record (the model's label is the group) from being removed while something is made of them.

    `held(keys)` gives those of these attachments that must stay, `why` says to a person why.
    """

    key: str
    held: Callable[[Collection[int]], Collection[int]]
    why: Label
    order: int = 100


@dataclass(frozen=True)
class SaveGuard:
    """Holds records back from being changed. `concerns(model)` says quickly whether it has to look at all; `check(model, keys)`
    raises DomainError when one of these records may not be changed now. It is asked inside the transaction of the change, after
    the rows were written and so are locked."""

    key: str
    concerns: Callable[[type], bool]
    check: Callable[[type, Sequence[int]], None]
    order: int = 100
