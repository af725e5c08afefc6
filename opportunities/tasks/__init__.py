"""Background work of opportunities, one file per subject. Each task is safe to run twice."""

from opportunities.tasks.qualification import watch_supplier_admissions
from opportunities.tasks.tenders import watch_tenders

__all__ = ["watch_supplier_admissions", "watch_tenders"]
