"""Models of personal data."""

from crm.personal.models.entry import PersonalDataEntry
from crm.personal.models.retention import RetentionRule

__all__ = ["PersonalDataEntry", "RetentionRule"]
