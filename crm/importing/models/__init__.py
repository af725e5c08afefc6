"""Models of imports."""

from crm.importing.models.batch import ImportBatch, ImportMapping
from crm.importing.models.row import ImportRow

__all__ = ["ImportBatch", "ImportMapping", "ImportRow"]
