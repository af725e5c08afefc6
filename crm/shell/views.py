"""Start page, search, the user's preferences and the phone's menu."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from crm import extension_points
from crm.accounts.throttle import OPEN_PAGES, limited
from crm.dossier.kept import favourites, visits
from crm.extension_points import SearchSource, WorkbenchCard
from crm.formats import is_chinese
from crm.periods import SPANS, span_of
from crm.shell.context import THEME_COOKIE, THEMES
from crm.shell.domain import set_preferences
from crm.shell.menu import allowed

HITS_PER_SOURCE = 5
LONGEST_QUERY = 100
OFFERED = 8  # favourites, and records looked at last, before anything is typed
YEAR = 365 * 24 * 3600


class Workbench(TemplateView):
    """The start page: cards that the apps registered."""

    template_name = "shell/workbench.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cards of each slot that have something for this user."""
        slots: dict[str, list[dict[str, Any]]] = {"tiles": [], "main": [], "side": []}
        for card in extension_points.workbench_cards.all():
            variables = self._variables(card)
            if variables is not None:
                slots[card.slot].append({"template": card.template, "variables": variables})
        now = timezone.localtime()
        due = [card["variables"]["due"] for cards in slots.values() for card in cards if "due" in card["variables"]]
        return super().get_context_data(
            **kwargs,
            slots=slots,
            empty=not any(slots.values()),
            due=sum(due_now for due_now, _late in due),
            overdue=sum(late for _due_now, late in due),
            spans=self._spans() if slots["tiles"] else [],
            greeting=greeting(now.hour),
            name=given_name(str(self.request.user)),
            today=date_format(now, "n月j日 l" if is_chinese() else "l, j F"),
            crumbs=[(_("Workbench"), None)],
        )

    def _spans(self) -> list[dict[str, Any]]:
        chosen = span_of(self.request.GET)
        labels = {"month": _("This month"), "quarter": _("This quarter"), "year": _("This year")}
        return [{"label": labels[span], "url": f"?span={span}", "active": span == chosen} for span in SPANS]

    def _variables(self, card: WorkbenchCard) -> dict[str, Any] | None:
        return card.context(self.request) if allowed(self.request.user, card.permission) else None


def greeting(hour: int) -> str:
    """What one says at that hour of the day."""
    if 5 <= hour < 12:
        return _("Good morning")
    if 12 <= hour < 18:
        return _("Good afternoon")
    return _("Good evening")


def given_name(name: str) -> str:
    """How a colleague is addressed: the given name of a Chinese name of three characters, else the first word."""
    if name.isascii():
        return name.split()[0] if name.split() else name
    return name[1:] if len(name) == 3 else name


class Search(View):
    """The global search: a fragment for the dialog, a page without scripts. Each source stays inside the user's scope."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Up to five hits of each source the user may search."""
        text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
        groups = [group for source in self._sources() if (group := self._group(source, text))] if text else []
        context: dict[str, Any] = {"q": text, "groups": groups, "crumbs": [(_("Search"), None)]}
        if not text:
            context |= {"favourites": favourites(request.user, OFFERED), "visits": visits(request.user, OFFERED)}
        template = "shell/search.html#results" if request.headers.get("HX-Request") == "true" else "shell/search.html"
        return render(request, template, context)

    def _sources(self) -> list[SearchSource]:
        sources = extension_points.search_sources.all()
        return [source for source in sources if allowed(self.request.user, source.permission)]

    def _group(self, source: SearchSource, text: str) -> dict[str, Any] | None:
        hits = list(source.search(self.request.user, text, HITS_PER_SOURCE))[:HITS_PER_SOURCE]
        return {"key": source.key, "label": source.label, "icon": source.icon, "hits": hits} if hits else None


@method_decorator([login_not_required, limited(OPEN_PAGES)], name="dispatch")
class Preferences(View):
    """Language and theme: stored on the user, for visitors in a cookie. Answers 204 to a script, else goes back."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store what was sent; 400 for a value that does not exist."""
        language, theme = request.POST.get("language"), request.POST.get("theme")
        if (language is not None and language not in dict(settings.LANGUAGES)) or (
            theme is not None and theme not in THEMES
        ):
            return HttpResponseBadRequest()
        if request.user.is_authenticated:
            set_preferences(user=request.user, language=language, theme=theme)
        response = self._answer(request)
        if language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, **_cookie())
        if theme:
            response.set_cookie(THEME_COOKIE, theme, max_age=YEAR, **_cookie())
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if "application/json" in request.headers.get("Accept", ""):
            return HttpResponse(status=204)
        back = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if safe else settings.LOGIN_REDIRECT_URL)


def _cookie() -> dict[str, Any]:
    return {"samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE, "httponly": True}


class More(TemplateView):
    """The whole menu as a list, for the phone's bottom bar."""

    template_name = "shell/more.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The frame has the menu already."""
        return super().get_context_data(**kwargs, crumbs=[(_("More"), None)], nav="more")
