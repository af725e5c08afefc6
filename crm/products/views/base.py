"""What pages of the catalogue share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.products.tables.base import SPACE

PAGES: tuple[tuple[str, Callable[[], str], str, str], ...] = (
    ("products", lambda: _("Products"), "product_list", "crm.view_product"),
    ("lists", lambda: _("Price lists"), "pricelist_list", "crm.view_pricelist"),
    ("costs", lambda: _("Costs"), "cost_list", "crm.view_cost"),
    ("finder", lambda: _("Price finder"), "finder", "crm.view_priceitem"),
)
MARKET: tuple[tuple[str, Callable[[], str], str, str], ...] = (
    ("competitors", lambda: _("Competitors"), "competitor_list", "crm.view_competitor"),
    ("products", lambda: _("Their products"), "competitorproduct_list", "crm.view_competitorproduct"),
    ("prices", lambda: _("Their prices"), "pricereport_list", "crm.view_pricereport"),
)


def switch(active: str, pages: Any = PAGES) -> Callable[[HttpRequest], list[dict[str, Any]]]:
    """The neighbouring lists that the reader may open, for ui/seg.html."""

    def items(request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {"label": label(), "url": reverse(f"{SPACE}:{name}"), "active": key == active}
            for key, label, name, permission in pages
            if request.user.has_perm(permission)
        ]

    return items
