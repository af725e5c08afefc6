"""The page of a record, and its tabs."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from crm import extension_points
from crm.base.guarding import may_see
from crm.base.querysets import may_write
from crm.base.saving import is_held
from crm.extension_points import EVERY_RECORD, Panel
from crm.generic.marks import marks_of
from crm.generic.views.base import EntityView
from crm.records import masking
from crm.records.extra import described
from crm.records.models.trail import VIEW_TRAIL
from crm.records.trail import Mark, history_of, tracked


class RecordView(EntityView):
    """Head, key figures, next step, tabs, and the panels of the overview."""

    template: ClassVar[str] = "generic/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The overview; for htmx with ?panel= one lazy panel, with ?part=tabs the tabs with their numbers."""
        record = self.record()
        panels = self.panels(request)
        if request.GET.get("part") == "tabs":
            return self.counted_tabs(request, record, panels)
        wanted = request.GET.get("panel")
        if wanted:
            return self.one_panel(request, record, panels, wanted)
        shown = {slot: self.rendered(request, record, panels, slot) for slot in ("facts", "main", "side")}
        return render(request, self.template, self.record_context(request, record, panels, "", shown=shown))

    def one_panel(self, request: HttpRequest, record: Any, panels: list[Panel], key: str) -> HttpResponse:
        """A panel alone, for pages that fetch it after they have come."""
        for panel in panels:
            if panel.key == key and panel.slot != "tab":
                values = panel.context(request, record)
                if values is None:
                    return HttpResponse()
                return render(
                    request, panel.template, {"record": record, "panel": panel, "entity": self.entity, **values}
                )
        raise Http404

    def counted_tabs(self, request: HttpRequest, record: Any, panels: list[Panel]) -> HttpResponse:
        """The tabs with how much is in each, and the marks of the head: fetched after the page has come, because counting is a
        third of its work."""
        tab = request.GET.get("tab", "")
        counts = {panel.key: panel.count(request, record) for panel in panels if panel.slot == "tab" and panel.count}
        context = {**self.tab_context(record, panels, tab), "counts": counts}
        if self.entity.dossier:
            context["marks"] = marks_of(request, record)
        return render(request, "generic/_tabs.html", context)

    def tab_context(self, record: Any, panels: list[Panel], tab: str) -> dict[str, Any]:
        """What the tabs are made of."""
        entity = self.entity
        tabs = [
            {"key": panel.key, "label": panel.label, "url": entity.url("tab", record.pk, panel.key)}
            for panel in panels
            if panel.slot == "tab"
        ]
        countable = entity.dossier or any(panel.count for panel in panels if panel.slot == "tab")
        return {
            "tabs": tabs,
            "tab": tab,
            "counts_url": f"{entity.record_url(record)}?part=tabs&tab={tab}" if countable else "",
            "history_url": entity.url("tab", record.pk, "history") if tracked(entity.model) else "",
            "record_url": entity.record_url(record),
        }

    def panels(self, request: HttpRequest) -> list[Panel]:
        """The panels registered for the model, or for every record, that the reader has the right to."""
        registered = extension_points.panels.all(self.entity.model._meta.label)
        if self.entity.dossier:
            registered += extension_points.panels.all(EVERY_RECORD)
        return [panel for panel in registered if not panel.permission or request.user.has_perm(panel.permission)]

    def rendered(self, request: HttpRequest, record: Any, panels: list[Panel], slot: str) -> list[dict[str, Any]]:
        """The panels of a slot with their variables; lazy ones come without, those with nothing to say are left out."""
        out = []
        for panel in panels:
            if panel.slot != slot:
                continue
            values = {} if panel.lazy else panel.context(request, record)
            if values is not None:
                out.append(
                    {
                        "panel": panel,
                        "template": panel.template,
                        "lazy": panel.lazy,
                        "values": {"panel": panel, **values},
                    }
                )
        return out

    def record_context(
        self, request: HttpRequest, record: Any, panels: list[Panel], tab: str, **more: Any
    ) -> dict[str, Any]:
        """The head and the tabs, the same on the overview and on each tab."""
        entity, page = self.entity, self.entity.page
        writable = may_write(request.user, record) and not is_held(record)
        can_change = writable and bool(entity.update) and request.user.has_perm(entity.permission("change"))
        return self.context(
            record=record,
            page=page,
            title=page.title(record),
            code=page.code(record),
            avatar=page.avatar(record) if page.avatar else "",
            badges=page.badges(record),
            facts_meta=page.meta(record),
            attributes=attributes(record, page.attributes, request.user) + described(record),
            actions=[
                {
                    "label": a.label(record) if callable(a.label) else a.label,
                    "url": a.url(record),
                    "icon": a.icon(record) if callable(a.icon) else a.icon,
                    "primary": a.primary,
                    "post": a.post,
                    "dialog": a.dialog,
                }
                for a in page.actions
                if writable and request.user.has_perm(a.permission) and (a.when is None or a.when(record))
            ],
            edit_url=entity.url("edit", record.pk) if can_change else "",
            print_url=entity.url("print", record.pk),
            next_step=page.next_step(record),
            strip=page.strip,
            strip_values=page.strip_context(request, record) if page.strip else {},
            **self.tab_context(record, panels, tab),
            crumbs=[(entity.heading, entity.url("list")), (str(record), None)],
            extra_scripts=sorted(
                {script for panel in panels for script in panel.scripts if panel.slot != "tab" or panel.key == tab}
            ),
            **more,
        )


class TabView(RecordView):
    """A tab of the record: a registered panel, or its history."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with that tab open."""
        record = self.record()
        panels = self.panels(request)
        tab = kwargs["tab"]
        if tab == "history":
            values: dict[str, Any] = self.history(request, record)
            template = "generic/_history.html"
        else:
            panel = next((panel for panel in panels if panel.slot == "tab" and panel.key == tab), None)
            if panel is None:
                raise Http404
            values, template = {"panel": panel, **(panel.context(request, record) or {})}, panel.template
        return render(
            request,
            "generic/record.html",
            self.record_context(request, record, panels, tab, tab_template=template, tab_values=values),
        )

    def history(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """A page of the record's trail; `?before=` names the change after which it begins."""
        mark = Mark.read(request.GET.get("before", ""))
        entries, following = history_of(record, user=request.user, before=mark)
        here = self.entity.url("tab", record.pk, "history")
        return {
            "entries": entries,
            "earlier": f"{here}?{urlencode({'before': following.text()})}" if following else "",
            "newest": here if mark else "",
            "whole": request.user.has_perm(VIEW_TRAIL),
        }


def attributes(record: Any, names: Any, reader: Any) -> list[tuple[Any, Any]]:
    """The record's own fields as (label, value) for the details card, without what the reader may not see."""
    pairs = []
    for entry in names:
        if isinstance(entry, tuple):
            label, value_of, *right = entry
            if not right or reader.has_perm(*right):
                pairs.append((label, value_of(record)))
            continue
        if not may_see(record, entry, reader):
            continue
        field = record._meta.get_field(entry)
        if entry in masking.masked_fields(record):
            pairs.append((field.verbose_name, masking.field_html(record, entry)))
            continue
        display = getattr(record, f"get_{entry}_display", None)
        value = display() if display else getattr(record, entry)
        pairs.append((field.verbose_name, getattr(value, "label", value)))
    return pairs
