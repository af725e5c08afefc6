"""What the lists of the audit trail share: one right opens them, and each leads to the other."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.generic.entity import Entity
from crm.records.models.trail import VIEW_TRAIL


class TrailEntity(Entity):
    """A list of the audit trail: one right opens it, whatever the kinds of record."""

    def permission(self, action: str) -> str:
        """The same for everything."""
        return VIEW_TRAIL


def switch(active: str) -> Callable[[HttpRequest], list[dict[str, Any]]]:
    """Changes and erasures, for ui/seg.html."""

    def items(request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": reverse(f"auditing:{key}_list"), "active": key == active}
            for key, label in (("trailentry", _("Changes")), ("trailerasure", _("Erasures")))
        ]

    return items
