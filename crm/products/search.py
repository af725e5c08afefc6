"""What the search box finds in the catalogue."""

from collections.abc import Sequence
from typing import Any

from crm.extension_points import SearchHit
from crm.models import Competitor, Product
from crm.products.tables.base import url_of


def search_products(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Products by name, pinyin, initials or code; those on sale first. Prices are not told here."""
    rows = Product.objects.visible_to(user).search(text).select_related("product_line")
    found = rows.order_by("-is_active", "code")[:limit]
    return [SearchHit(row.label, f"{row.code} · {row.product_line.label}", url_of("product", row.pk)) for row in found]


def search_competitors(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Competitors by name, short name, pinyin, initials or code."""
    rows = Competitor.objects.visible_to(user).search(text).order_by("-is_active", "code")[:limit]
    subtitles = [" · ".join(filter(None, (row.code, row.short_name, row.country))) for row in rows]
    return [
        SearchHit(row.label, below, url_of("competitor", row.pk)) for row, below in zip(rows, subtitles, strict=True)
    ]
