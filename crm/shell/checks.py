"""System checks of the frame: every entry of a menu leads somewhere."""

from typing import Any

from django.core.checks import Error, register
from django.urls import NoReverseMatch, reverse

from crm import extension_points
from crm.extension_points import MENU_SECTIONS

SLOTS = ("tiles", "main", "side")


@register()
def menus_lead_somewhere(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Each entry of the side menu and the 'New' menu has a page, each item a section that exists, each key used once."""
    problems = []
    pages = [(item.key, item.url_name) for item in extension_points.menu.all()]
    pages += [(entry.key, entry.url_name) for entry in extension_points.quick_create.all()]
    for key, url_name in pages:
        try:
            reverse(url_name)
        except NoReverseMatch:
            problems.append(Error(f"menu entry {key!r}: no page is called {url_name!r}", id="crm.E010"))
    keys: dict[str, str] = {}
    for item in extension_points.menu.all():
        if item.section not in MENU_SECTIONS:
            problems.append(Error(f"menu entry {item.key!r}: no section {item.section!r}", id="crm.E011"))
        if item.go and keys.setdefault(item.go, item.key) != item.key:
            problems.append(Error(f"menu entries {keys[item.go]!r} and {item.key!r} share g+{item.go}", id="crm.E012"))
    for card in extension_points.workbench_cards.all():
        if card.slot not in SLOTS:
            problems.append(Error(f"workbench card {card.key!r}: no slot {card.slot!r}", id="crm.E013"))
    return problems
