"""What every page's frame needs. Made only when the template asks for it, so fragments pay nothing."""

from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from crm import extension_points
from crm.base.models import label_of
from crm.extension_points import MenuItem, QuickCreate
from crm.formats import enumerated
from crm.shell import menu as menus
from crm.workflow.domain.notifications import unread_count

THEME_COOKIE = "crm_theme"
REMEMBERED = 60  # seconds that what every page shows of a user is kept
THEMES = ("auto", "light", "dark")
LANGUAGE_NAMES = (("zh-hans", "中文", "zh-Hans"), ("en", "English", "en"))  # code, own name, lang attribute


class Shell:
    """The frame of a page for one request; the template's variable `shell`."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.brand = settings.BRAND_NAME

    @cached_property
    def user(self) -> Any:
        """The signed-in user, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What the frame shows of the signed-in user, as of the last minute: the names of the team, the menu's numbers."""
        made = lambda: {"team": self.user.team_names() or ("", ""), "counts": menus.counts_for(self.user)}  # noqa: E731
        return cache.get_or_set(f"shell:{self.user.pk}", made, REMEMBERED)  # type: ignore[return-value]

    @property
    def company(self) -> str:
        """The line below the brand: the company, or while that is not set the user's business unit."""
        if settings.COMPANY_NAME or self.user is None:
            return settings.COMPANY_NAME
        return str(self.user.business_unit or "")

    @cached_property
    def place(self) -> str:
        """The line below the user's name: today's team, else the position."""
        if self.user is None:
            return ""
        name, name_en = self.kept["team"]
        return label_of(name, name_en) if name else self.user.title

    @property
    def stands_in_for(self) -> str:
        """The names of those whom the user stands in for today."""
        return enumerated(sight.name for sight in self.user.access.principals) if self.user else ""

    @property
    def theme(self) -> str:
        """'auto', 'light' or 'dark': the user's setting, a visitor's cookie."""
        value = self.user.theme if self.user else self.request.COOKIES.get(THEME_COOKIE, "")
        return value if value in THEMES else "auto"

    @property
    def language(self) -> str:
        """The language of the page as a code of settings.LANGUAGES."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def lang(self) -> str:
        """The page's lang attribute."""
        return next((lang for code, _name, lang in LANGUAGE_NAMES if code == self.language), self.language)

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The languages one can switch to."""
        return [
            {"code": code, "name": name, "lang": lang, "current": code == self.language}
            for code, name, lang in LANGUAGE_NAMES
        ]

    @cached_property
    def menu(self) -> list[menus.Section]:
        """The side menu."""
        return menus.sections(self.user, self.kept["counts"]) if self.user else []

    @cached_property
    def nav(self) -> str:
        """The key of the menu item the page belongs to, for pages that do not put `nav` into their context."""
        return menus.current_key(self.request) or ""

    @property
    def section_of(self) -> dict[str, Any]:
        """The label of the section that a menu item stands in, by the item's key: the first step of the breadcrumb."""
        return {entry.key: section.label for section in self.menu for entry in section.entries}

    @cached_property
    def quick_create(self) -> list[tuple[QuickCreate, str]]:
        """The 'New' menu."""
        return menus.quick_create_for(self.user) if self.user else []

    def drawn(self, template_name: str, nav: str) -> SafeString:
        """A part of the frame that depends on nothing but the menu, the language and the menu item `nav`: drawn once for all."""
        items = tuple((entry.item, entry.count) for section in self.menu for entry in section.entries)
        new = tuple(entry for entry, _url in self.quick_create)
        return _drawn(template_name, self.language, nav or self.nav, items, new)

    @cached_property
    def unread(self) -> int:
        """How many notifications the user has not read; at most 99."""
        return unread_count(self.user) if self.user else 0

    @cached_property
    def searchable(self) -> bool:
        """Whether there is anything this user can search."""
        return bool(self.user) and any(
            menus.allowed(self.user, source.permission) for source in extension_points.search_sources.all()
        )

    @property
    def config(self) -> dict[str, Any]:
        """Addresses and words for the scripts, given as a JSON block."""
        return {
            "preferences": reverse("preferences"),
            "login": reverse("login"),
            "assets": {
                "tomSelectCss": static("vendor/tom-select/tom-select.bootstrap5.min.css"),
                "tomSelect": static("vendor/tom-select/tom-select.popular.min.js"),
                "selects": static("js/selects.js"),
                "echarts": static("vendor/echarts/echarts.common.min.js"),
                "charts": static("js/charts.js"),
                "sortable": static("vendor/sortable/Sortable.min.js"),
            },
            "text": {
                "offline": gettext("The server cannot be reached. Check the connection and try again."),
                "failed": gettext("That did not work. Nothing was changed on this page."),
                "denied": gettext("You are not allowed to do this."),
                "missing": gettext("This is not there, or not within your reach."),
                "noMatch": gettext("No match"),
            },
        }


@lru_cache(maxsize=1024)
def _drawn(
    template_name: str,
    _language: str,
    current: str,
    items: tuple[tuple[MenuItem, int | None], ...],
    new: tuple[QuickCreate, ...],
) -> SafeString:
    menu = menus.in_sections(items)
    quick_create = [(entry, menus.url_of(entry.url_name)) for entry in new]
    context = {
        "menu": menu,
        "phone": menus.phone_entries(menu),
        "quick_create": quick_create,
        "current": current,
    }
    return render_to_string(template_name, context)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"shell": Shell(request)}
