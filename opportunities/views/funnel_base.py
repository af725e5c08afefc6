"""What the pages of the funnel share: the list's filters, the switch between the views, the tabs, links to the list."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.generic.filters import ListFilter
from crm.generic.views.base import EntityView

# What belongs to one page alone and does not go along to another.
OWN = (
    "page",
    "sort",
    "cols",
    "density",
    "after",
    "before",
    "day",
    "view",
    "hide",
    "by",
    "span",
    "since",
    "kind",
    "only",
    "part",
)
VIEWS = (
    ("board", gettext_lazy("Board"), "layout-kanban", "opportunities:opportunity_board"),
    ("list", gettext_lazy("List"), "list", "opportunities:opportunity_list"),
    ("calendar", gettext_lazy("Calendar"), "calendar", "opportunities:opportunity_calendar"),
    ("funnel", gettext_lazy("Funnel"), "filter", "opportunities:funnel"),
)
TABS = (
    ("funnel", gettext_lazy("Funnel"), "opportunities:funnel"),
    ("key", gettext_lazy("Key projects"), "opportunities:funnel_key"),
    ("risks", gettext_lazy("Slipped and stalled"), "opportunities:funnel_risks"),
    ("changes", pgettext_lazy("funnel", "Changes"), "opportunities:funnel_changes"),
)


def kept(params: QueryDict) -> QueryDict:
    """The filters of a query string."""
    found = params.copy()
    for name in OWN:
        found.pop(name, None)
    return found


def list_switch(request: HttpRequest, active: str = "") -> list[dict[str, Any]]:
    """Board, list, calendar or funnel, with the same filters."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    query = kept(request.GET).urlencode()
    return [
        {
            "label": label,
            "icon": icon,
            "url": reverse(name) + (f"?{query}" if query else ""),
            "active": key == active if active else name == here,
        }
        for key, label, icon, name in VIEWS
    ]


class FilteredPage(EntityView):
    """A page over the opportunities that pass the list's filters; with ?part=filters the filter form alone."""

    template: ClassVar[str] = ""
    heading: ClassVar[Any] = ""
    switched: ClassVar[str] = "funnel"  # which entry of the switch it stands for

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        filterset = self.filterset(request.GET)
        if request.GET.get("part") == "filters":
            return render(request, "opportunities/_board_filter_form.html", {"filterset": filterset})
        chips = filterset.chips(request.GET.copy())
        context = self.context(
            heading=self.heading,
            chips=chips,
            filtered=bool(chips) or bool(request.GET.get("q")),
            quick=self.quick(),
            switch=list_switch(request, self.switched),
            crumbs=[self.context()["list_crumb"], (self.heading, None)],
        )
        return render(request, self.template_for(request), {**context, **self.shown(filterset)})

    def template_for(self, request: HttpRequest) -> str:
        """The template; a part of it for htmx where it has such."""
        return self.template

    def shown(self, filterset: ListFilter) -> dict[str, Any]:
        """What is special to the page."""
        raise NotImplementedError

    def quick(self) -> list[dict[str, Any]]:
        """Filters one press away."""
        if self.request.GET.get("owner"):
            return []
        params = self.request.GET.copy()
        params["owner"] = "me"
        return [{"label": _("Only mine"), "url": "?" + params.urlencode()}]

    def chosen(self, name: str, choices: Any, otherwise: str) -> str:
        """A parameter of the page's own."""
        value = self.request.GET.get(name, "")
        return value if value in choices else otherwise

    def to_list(self, **changes: Any) -> str:
        """The list of exactly those of the rows here for which this holds too."""
        params = kept(self.request.GET)
        for name, value in changes.items():
            params[name] = str(value)
        return f"{reverse('opportunities:opportunity_list')}?{params.urlencode()}"

    def with_own(self, **changes: Any) -> str:
        """The same page with parameters of its own changed."""
        params = self.request.GET.copy()
        params.pop("page", None)
        for name, value in changes.items():
            params[name] = str(value)
        return "?" + urlencode(list(params.lists()), doseq=True)

    def choices_of(self, name: str, choices: Any, value: str) -> list[dict[str, Any]]:
        """A switch over the choices of a parameter."""
        return [{"label": label, "url": self.with_own(**{name: key}), "active": key == value} for key, label in choices]


class FunnelPage(FilteredPage):
    """One of the tabs of the funnel."""

    tab: ClassVar[str] = ""

    def context(self, **more: Any) -> dict[str, Any]:
        """With the tabs; the menu's entry is the funnel's."""
        query = kept(self.request.GET).urlencode()
        tabs = [
            {"label": label, "url": reverse(name) + (f"?{query}" if query else ""), "active": key == self.tab}
            for key, label, name in TABS
        ]
        return {**super().context(**more), "nav": "funnel", "tabs": tabs}
