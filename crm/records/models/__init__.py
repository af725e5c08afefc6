"""Models that serve every record."""

from crm.records.models.sequence import NumberSequence

__all__ = ["NumberSequence"]
