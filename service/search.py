"""What the global search finds of complaints."""

from typing import Any

from crm.extension_points import SearchHit
from service.models import Complaint
from service.tables import complaint_url

CANDIDATES = 40


def search_complaints(user: Any, text: str, limit: int) -> list[SearchHit]:
    """Complaints by subject, number, batch or customer, the newest first."""
    rows = list(Complaint.objects.visible_to(user).search(text).select_related("customer").order_by()[:CANDIDATES])
    rows.sort(key=lambda row: (row.received_on, row.pk), reverse=True)
    return [
        SearchHit(
            title=f"{row.code} {row.title}",
            subtitle=f"{row.customer} · {row.get_state_display()}",
            url=complaint_url(row),
        )
        for row in rows[:limit]
    ]
