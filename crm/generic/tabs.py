"""The tabs of a list: its ready-made views and the saved ones, with their counts when those are asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from crm.generic.entity import Preset
from crm.records.models import SavedView

MOST = 999  # a count stops there
FRESH = 60  # seconds
ALL = Preset("all", _("All"))  # of lists without ready-made views


@dataclass(frozen=True)
class Tab:
    """A tab: its address, the query string of its rows, whether the list shows it, whether somebody else shared it."""

    label: Any
    url: str
    query: str
    active: bool
    shared: bool = False
    count: str | None = None


def address_of(saved: SavedView) -> str:
    """The query string that shows a saved view; it names the view, so that the list knows which one it shows."""
    return f"?view={saved.pk}&{saved.query}".rstrip("&")


def tabs_of(
    presets: Sequence[Preset], saved: Sequence[SavedView], filters: str, current: SavedView | None
) -> list[Tab]:
    """All tabs of a list that shows these filters, or the saved view `current`."""
    tabs = []
    for preset in presets or (ALL,):
        query = "&".join(filter(None, (preset.query, preset.sort and f"sort={preset.sort}")))
        active = current is None and filters == preset.query
        tabs.append(Tab(preset.label, f"?{query or 'view=all'}", preset.query, active))
    for view in saved:
        shared = not view.is_own  # type: ignore[attr-defined]
        tabs.append(Tab(view.name, address_of(view), view.query, view == current, shared))
    return tabs


def counted(tabs: Sequence[Tab], key: str, count: Callable[[str], int]) -> list[Tab]:
    """The tabs with how many rows each has. `count(query)` counts up to MOST + 1; `key` stands for list and reader: for a
    minute the same answer is given."""
    names = [f"tab:{sha256(f'{key}?{tab.query}'.encode()).hexdigest()}" for tab in tabs]
    known = cache.get_many(names)
    fresh = {name: count(tab.query) for name, tab in zip(names, tabs, strict=True) if name not in known}
    if fresh:
        cache.set_many(fresh, FRESH)
    found = known | fresh
    return [
        replace(tab, count=f"{MOST}+" if found[name] > MOST else str(found[name]))
        for name, tab in zip(names, tabs, strict=True)
    ]
