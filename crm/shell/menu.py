"""The side menu, the 'New' menu and the phone's bottom bar, as one person sees them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import extension_points
from crm.extension_points import MENU_SECTIONS, MenuItem, QuickCreate

SECTION_LABELS = {
    "home": "",
    "acquire": _("Acquire"),
    "customers": pgettext_lazy("menu section", "Customers"),
    "deals": _("Deals"),
    "fulfilment": _("Fulfilment"),
    "service": _("Service"),
    "insight": _("Insight"),
    "administration": _("Administration"),
}
PHONE_PLACES = 3  # besides the 'new' button and 'more'


@dataclass(frozen=True)
class Entry:
    """A menu item with its address; `count` is its number or None."""

    item: MenuItem
    url: str
    count: int | None

    @property
    def key(self) -> str:
        """The item's key."""
        return self.item.key


@dataclass(frozen=True)
class Section:
    """A group of the menu; `label` is empty for the first."""

    key: str
    label: Any
    entries: tuple[Entry, ...]


@lru_cache(maxsize=256)
def url_of(url_name: str) -> str:
    """The address of a page without arguments; NoReverseMatch when there is none."""
    return reverse(url_name)


def allowed(user: Any, permission: str | None) -> bool:
    """Whether an entry is for this user; entries without a permission are for everybody who is signed in."""
    return permission is None or user.has_perm(permission)


def items_for(user: Any) -> list[MenuItem]:
    """The menu items this user may open, in the order of their sections."""
    items = [
        item
        for item in extension_points.menu.all()
        if allowed(user, item.permission) and (item.when is None or item.when(user))
    ]
    return sorted(items, key=lambda item: MENU_SECTIONS.index(item.section))


def counts_for(user: Any) -> dict[str, int | None]:
    """The numbers beside the menu items this user may open, by their keys."""
    return {item.key: item.count(user) for item in items_for(user) if item.count}


def sections(user: Any, counts: Mapping[str, int | None]) -> list[Section]:
    """The side menu of a user, with these numbers."""
    return in_sections((item, counts.get(item.key)) for item in items_for(user))


def in_sections(items: Iterable[tuple[MenuItem, int | None]]) -> list[Section]:
    """Menu items with their numbers, under the heads of their sections."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for item, count in items:
        grouped[item.section].append(Entry(item, url_of(item.url_name), count))
    return [Section(key, SECTION_LABELS[key], tuple(grouped[key])) for key in MENU_SECTIONS if grouped[key]]


def phone_entries(menu: list[Section]) -> list[Entry]:
    """The entries of the phone's bottom bar, by the place they ask for."""
    entries = [entry for section in menu for entry in section.entries if entry.item.phone is not None]
    return sorted(entries, key=lambda entry: (entry.item.phone or 0, entry.key))[:PHONE_PLACES]


def quick_create_for(user: Any) -> list[tuple[QuickCreate, str]]:
    """The entries of the 'New' menu with their addresses."""
    return [
        (entry, url_of(entry.url_name))
        for entry in extension_points.quick_create.all()
        if allowed(user, entry.permission)
    ]


def current_key(request: HttpRequest) -> str | None:
    """The key of the menu item a page belongs to: the same view, else the same entity, else the only item of its app.

    'app:thing_record' belongs to the item whose page is 'app:thing_list'.
    """
    match = getattr(request, "resolver_match", None)
    if match is None:
        return None
    items = extension_points.menu.all()
    for item in items:
        if item.url_name == match.view_name:
            return item.key
    here = [item for item in items if match.namespace and item.url_name.startswith(match.namespace + ":")]
    stem = _stem(match.url_name or "")
    for item in here:
        if _stem(item.url_name.rpartition(":")[2]) == stem:
            return item.key
    return here[0].key if len(here) == 1 else None


def _stem(name: str) -> str:
    """'customer_list' -> 'customer'."""
    return name.replace("-", "_").rpartition("_")[0] or name


def _forget(*, setting: str, **_kwargs: Any) -> None:
    if setting == "ROOT_URLCONF":
        url_of.cache_clear()


setting_changed.connect(_forget, dispatch_uid="crm.shell.menu")
