"""Models that serve every record."""

from crm.records.models.saved_view import ListSetting, SavedView
from crm.records.models.sequence import NumberSequence
from crm.records.models.trail import TrailEntry, TrailErasure

__all__ = ["ListSetting", "NumberSequence", "SavedView", "TrailEntry", "TrailErasure"]
