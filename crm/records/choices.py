"""The lists of choices as pages read them: from memory, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from crm.base.models import label_of
from crm.base.querysets import fold
from crm.base.remembered import Remembered
from crm.configurable import ChoiceListKind
from crm.formats import is_chinese


@dataclass(frozen=True)
class Item:
    """An item of a list."""

    code: str
    name: str
    name_en: str
    tone: str
    is_active: bool
    is_fixed: bool

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)


@dataclass(frozen=True)
class Listed:
    """A list with its items in their order."""

    items: Sequence[Item] = ()
    allows_other: bool = False
    by_code: Mapping[str, Item] = field(default_factory=dict)

    def label(self, code: str) -> str:
        """What a stored code is called; text that is no code stands for itself."""
        return (self._chinese if is_chinese() else self._english).get(code, code)

    def tone(self, code: str) -> str:
        """The colour of its badge."""
        item = self.by_code.get(code)
        return item.tone if item is not None else "line"

    def options(self, stored: Any = "") -> list[tuple[str, str]]:
        """The items to choose from: those offered, and the stored one whatever became of it."""
        found = [(item.code, item.label) for item in self.items if item.is_active or item.code == stored]
        if stored and stored not in self.by_code:
            found.append((stored, str(stored)))
        return found

    def accepts(self, value: str) -> bool:
        """Whether a record may hold it."""
        return self.allows_other or value in self.by_code

    def find(self, text: str) -> str | None:
        """The code that somebody means: the code itself, or a name in either language; None when it is none."""
        return text if text in self.by_code else self._words.get(fold(text))

    @cached_property
    def _chinese(self) -> dict[str, str]:
        return {item.code: item.name for item in self.items}

    @cached_property
    def _english(self) -> dict[str, str]:
        return {item.code: item.name_en or item.name for item in self.items}

    @cached_property
    def _words(self) -> dict[str, str]:
        """Codes by every word for them; what is offered goes before what is retired."""
        words: dict[str, str] = {}
        for item in sorted(self.items, key=lambda item: not item.is_active):
            for word in (item.name, item.name_en, item.code):
                if word:
                    words.setdefault(fold(word), item.code)
        return words


def _load() -> dict[str, Listed]:
    from crm.records.models import ChoiceItem, ChoiceList  # noqa: PLC0415 -- their field reads this module

    items: dict[int, list[Item]] = {}
    for row in ChoiceItem.objects.order_by("list", "position", "pk"):
        item = Item(row.code, row.name, row.name_en, row.tone, row.is_active, row.is_fixed)
        items.setdefault(row.list_id, []).append(item)
    found = {}
    for choices in ChoiceList.objects.all():
        own = items.get(choices.pk, [])
        found[choices.key] = Listed(own, choices.allows_other, {item.code: item for item in own})
    return found


_LISTS: Remembered[dict[str, Listed]] = Remembered(_load)
_NONE = Listed()


def listed(key: str) -> Listed:
    """The list of that key; an empty one when there is none."""
    return _LISTS.get().get(key, _NONE)


def all_options(key: str) -> Callable[[], list[tuple[str, str]]]:
    """For `choices=` of a filter: every item of the list, retired ones too, because records still hold them."""
    return lambda: [(item.code, item.label) for item in listed(key).items]


def starting_lists(*kinds: ChoiceListKind) -> Callable[[Any, Any], None]:
    """For RunPython of an app's migration: writes its lists with the items they start with."""

    def create(apps: Any, _schema_editor: Any) -> None:
        list_model, item_model = apps.get_model("crm", "ChoiceList"), apps.get_model("crm", "ChoiceItem")
        for kind in kinds:
            made = list_model.objects.create(
                key=kind.key, name=kind.name, name_en=kind.name_en, allows_other=kind.allows_other
            )
            item_model.objects.bulk_create(
                item_model(
                    list=made,
                    code=item.code,
                    name=item.name,
                    name_en=item.name_en,
                    tone=item.tone or "line",
                    is_fixed=item.fixed,
                    position=position,
                )
                for position, item in enumerate(kind.defaults, 1)
            )

    return create


def without_lists(*kinds: ChoiceListKind) -> Callable[[Any, Any], None]:
    """The way back."""

    def remove(apps: Any, _schema_editor: Any) -> None:
        apps.get_model("crm", "ChoiceList").objects.filter(key__in=[kind.key for kind in kinds]).delete()

    return remove
