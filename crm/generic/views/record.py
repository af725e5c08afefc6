"""The page of a record, and its tabs."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from crm import extension_points
from crm.base.guarding import may_see
from crm.base.querysets import may_write
from crm.base.saving import is_held
from crm.extension_points import EVERY_RECORD, Panel
from crm.generic.marks import marks_of
from crm.generic.record_tabs import HISTORY, Open, Tabs, history, lazily
from crm.generic.views.base import EntityView
from crm.records import masking
from crm.records.extra import described
from crm.records.trail import tracked

NOTHING = "generic/_nothing.html"  # where a panel has nothing to say but has its place


class RecordView(EntityView):
    """Head, key figures, next step, tabs, and the panels of the overview."""

    template: ClassVar[str] = "generic/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The overview; for htmx with ?panel= one lazy panel, with ?part=tabs the tabs with their numbers. Where tabs hold
        several panels that gives the marks alone, and ?part=held the open tab's panels with their numbers."""
        record = self.record()
        panels = self.panels(request)
        part = request.GET.get("part")
        if part == "held" and self.grouped:
            return self.counted_panels(request, record, panels)
        if part == "tabs":
            return self.counted_tabs(request, record, panels)
        wanted = request.GET.get("panel")
        if wanted:
            return self.one_panel(request, record, panels, wanted)
        shown = {slot: self.rendered(request, record, panels, slot) for slot in ("main", "side")}
        return self.shown(request, record, panels, "", shown=shown)

    def is_part(self, request: HttpRequest) -> bool:
        """Whether htmx asks for what lies below the head only, because another tab of the page was pressed."""
        return self.grouped and request.htmx.target == "part"  # type: ignore[attr-defined]

    def shown(self, request: HttpRequest, record: Any, panels: list[Panel], tab: str, **more: Any) -> HttpResponse:
        """The page, or what lies below its head with the tabs."""
        if self.is_part(request):
            part = {
                "attributes": self.attributes(record),
                "page": self.entity.page,
                **self.tab_context(record, panels, tab),
                **more,
            }
            response = render(request, "generic/_part_answer.html", self.context(record=record, **part))
        else:
            if self.grouped or not tab:
                more["facts"] = self.rendered(request, record, panels, "facts")
            response = render(request, self.template, self.record_context(request, record, panels, tab, **more))
        if self.grouped:
            patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def one_panel(self, request: HttpRequest, record: Any, panels: list[Panel], key: str) -> HttpResponse:
        """A panel alone, for pages that fetch it after they have come."""
        held = [panel for group in Tabs(self.entity, panels).held.values() for panel in group] if self.grouped else []
        for panel in [panel for panel in panels if panel.slot != "tab"] + held:
            if panel.key == key:
                values = panel.context(request, record)
                if values is None and panel.slot != "tab":
                    return HttpResponse()
                template = panel.template if values is not None else NOTHING
                more = {"record": record, "panel": panel, "entity": self.entity, **(values or {})}
                return render(request, template, more)
        raise Http404

    @property
    def grouped(self) -> bool:
        """Whether the page's tabs hold several panels each."""
        return bool(self.entity.page.tabs)

    def counted_panels(self, request: HttpRequest, record: Any, panels: list[Panel]) -> HttpResponse:
        """The panels of the open tab with how much is in each."""
        tabs = Tabs(self.entity, panels)
        found = tabs.open(request.GET.get("tab", ""))
        counts = {panel.key: panel.count(request, record) for panel in found.held if panel.count}
        return render(request, "generic/_held.html", tabs.context(record, found, counts))

    def counted_tabs(self, request: HttpRequest, record: Any, panels: list[Panel]) -> HttpResponse:
        """The tabs with how much is in each, and the marks of the head: fetched after the page has come, because counting is a
        third of its work."""
        if self.grouped:
            context = {"record": record, "marks": marks_of(request, record)} if self.entity.dossier else {}
            return render(request, "generic/_marks_answer.html", context)
        tab = request.GET.get("tab", "")
        counts = {panel.key: panel.count(request, record) for panel in panels if panel.slot == "tab" and panel.count}
        context = {**self.tab_context(record, panels, tab), "counts": counts}
        if self.entity.dossier:
            context["marks"] = marks_of(request, record)
        return render(request, "generic/_tabs.html", context)

    def tab_context(self, record: Any, panels: list[Panel], tab: str) -> dict[str, Any]:
        """What the tabs are made of."""
        entity = self.entity
        if self.grouped:
            tabs = Tabs(entity, panels)
            return tabs.context(record, tabs.open(tab))
        rows = [
            {"key": panel.key, "label": panel.label, "url": entity.url("tab", record.pk, panel.key)}
            for panel in panels
            if panel.slot == "tab"
        ]
        countable = entity.dossier or any(panel.count for panel in panels if panel.slot == "tab")
        return {
            "tabs": rows,
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
            attributes=self.attributes(record),
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
            next_step=page.next_step(request, record),
            strip=page.strip,
            strip_values=page.strip_context(request, record) if page.strip else {},
            **self.tab_context(record, panels, tab),
            crumbs=[(entity.heading, entity.url("list")), (str(record), None)],
            extra_scripts=sorted(
                {
                    script
                    for panel in panels
                    for script in panel.scripts
                    if panel.slot != "tab" or panel.key == tab or self.grouped
                }
            ),
            **more,
        )

    def attributes(self, record: Any) -> list[tuple[Any, Any]]:
        """What the details card shows."""
        return attributes(record, self.entity.page.attributes, self.request.user) + described(record)


class TabView(RecordView):
    """A tab of the record: a registered panel, a group of them, or its history."""

    template = "generic/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with that tab open; for htmx what lies below the head."""
        record = self.record()
        panels = self.panels(request)
        tab = kwargs["tab"]
        if self.grouped:
            return self.shown(request, record, panels, tab, **self.opened(request, record, panels, tab))
        if tab == HISTORY:
            values: dict[str, Any] = history(self.entity, request, record)
            template = "generic/_history.html"
        else:
            panel = next((panel for panel in panels if panel.slot == "tab" and panel.key == tab), None)
            if panel is None:
                raise Http404
            values, template = {"panel": panel, **(panel.context(request, record) or {})}, panel.template
        return self.shown(request, record, panels, tab, tab_template=template, tab_values=values)

    def opened(self, request: HttpRequest, record: Any, panels: list[Panel], tab: str) -> dict[str, Any]:
        """The panel of that address, or the stack of those of its tab."""
        found: Open = Tabs(self.entity, panels).open(tab)
        if found.panel is None:
            return {"stack": lazily(found.shown)}
        values = found.panel.context(request, record)
        return {
            "tab_template": found.panel.template if values is not None else NOTHING,
            "tab_values": {"panel": found.panel, **(values or {})},
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
