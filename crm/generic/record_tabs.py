"""The tabs of a record's page: one per panel or, where its RecordPage says so, one per group of panels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.extension_points import Panel
from crm.generic.entity import Entity
from crm.generic.layout import RecordTab
from crm.records.models.trail import VIEW_TRAIL
from crm.records.trail import Mark, history_of, tracked

HISTORY = "history"


def history(entity: Entity, request: HttpRequest, record: Any) -> dict[str, Any]:
    """A page of the record's trail; `?before=` names the change after which it begins."""
    mark = Mark.read(request.GET.get("before", ""))
    entries, following = history_of(record, user=request.user, before=mark)
    here = entity.url("tab", record.pk, HISTORY)
    return {
        "entries": entries,
        "earlier": f"{here}?{urlencode({'before': following.text()})}" if following else "",
        "newest": here if mark else "",
        "whole": request.user.has_perm(VIEW_TRAIL),
    }


def history_panel(entity: Entity) -> Panel:
    """The record's trail, as a panel like the others."""
    return Panel(HISTORY, _("History"), "tab", "generic/_history.html", partial(history, entity), order=1000)


@dataclass(frozen=True)
class Open:
    """What a page of tabs shows: a tab (None: the overview), and those of its panels that are on the page."""

    tab: RecordTab | None
    held: Sequence[Panel] = ()
    shown: Sequence[Panel] = ()

    @property
    def key(self) -> str:
        """The tab's key; "" is the overview."""
        return self.tab.key if self.tab else ""

    @property
    def panel(self) -> Panel | None:
        """The panel that has the page for itself."""
        return self.shown[0] if len(self.shown) == 1 else None


class Tabs:
    """The declared tabs of a record's page that hold something for a reader, with their panels."""

    def __init__(self, entity: Entity, panels: Sequence[Panel]) -> None:
        self.entity = entity
        self.loose = [panel for panel in panels if panel.slot in ("main", "side")]
        last = entity.page.tabs[-1]
        held: dict[str, list[Panel]] = {tab.key: [] for tab in entity.page.tabs}
        for panel in panels:
            if panel.slot == "tab":
                held[panel.tab if panel.tab in held else last.key].append(panel)
        if tracked(entity.model):
            held[last.key].append(history_panel(entity))
        self.held = {
            tab: sorted(held[tab.key], key=lambda panel, tab=tab: panel.key != tab.first)  # type: ignore[misc]
            for tab in entity.page.tabs
            if held[tab.key]
        }

    def open(self, key: str) -> Open:
        """What the address of a tab, or of a panel, shows. Raises Http404 for one that the reader does not have."""
        if not key:
            return Open(None)
        for tab, panels in self.held.items():
            if tab.key == key:
                return Open(tab, panels, panels if tab.stacked else panels[:1])
        for tab, panels in self.held.items():
            for panel in panels:
                if panel.key == key:
                    return Open(tab, panels, [panel])
        for panel in self.loose:  # a part of the overview, alone: where scripts do not run
            if panel.key == key:
                return Open(None, (), [panel])
        raise Http404

    def context(self, record: Any, found: Open, counts: dict[str, int | None] | None = None) -> dict[str, Any]:
        """What the row of tabs and the row of the open tab's panels are made of."""
        entity = self.entity
        alone = found.panel.key if found.panel else ""
        return {
            "tabs": [
                {"key": tab.key, "label": tab.label, "url": entity.url("tab", record.pk, tab.key)} for tab in self.held
            ],
            "tab": found.key,
            "held": [
                {
                    "key": panel.key,
                    "label": panel.label,
                    "url": entity.url("tab", record.pk, panel.key),
                    "active": panel.key == alone,
                }
                for panel in found.held
            ]
            if len(found.held) > 1
            else [],
            "counts": counts,
            "counts_url": f"{entity.record_url(record)}?part=held&tab={alone or found.key}"
            if any(panel.count for panel in found.held)
            else "",
            "record_url": entity.record_url(record),
            "marks_url": f"{entity.record_url(record)}?part=tabs" if entity.dossier else "",
        }


def lazily(panels: Sequence[Panel]) -> list[dict[str, Any]]:
    """Panels of a stack: each is fetched once it is in view."""
    return [{"panel": replace(panel, lazy=True), "lazy": True} for panel in panels]
