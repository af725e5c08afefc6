"""Background work of opportunities, one file per subject. Each task is safe to run twice."""

from opportunities.tasks.certificates import watch_certificates
from opportunities.tasks.developments import chase_developments
from opportunities.tasks.qualification import watch_supplier_admissions
from opportunities.tasks.quotes import end_quotes
from opportunities.tasks.samples import chase_sample_feedback
from opportunities.tasks.tenders import watch_tenders

__all__ = [
    "chase_developments",
    "chase_sample_feedback",
    "end_quotes",
    "watch_certificates",
    "watch_supplier_admissions",
    "watch_tenders",
]
