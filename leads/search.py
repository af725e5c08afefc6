"""What the search box finds of leads."""

from collections.abc import Sequence
from typing import Any

from crm.extension_points import SearchHit
from crm.records import masking
from leads.models import Lead
from leads.tables import lead_url


def search_leads(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Leads in the user's scope that contain the words, the newest first."""
    rows = masking.search(Lead.objects.visible_to(user), text, user).order_by("-received_on", "-pk")[:limit]
    return [SearchHit(row.company_name, f"{row.code} · {row.get_state_display()}", lead_url(row)) for row in rows]
