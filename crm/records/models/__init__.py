"""Models that serve every record."""

from crm.records.models.attachment import Attachment
from crm.records.models.comment import Comment
from crm.records.models.mark import RecordMark
from crm.records.models.saved_view import ListSetting, SavedView
from crm.records.models.sequence import NumberSequence
from crm.records.models.tag import Tag, TagLink
from crm.records.models.trail import TrailEntry, TrailErasure

__all__ = [
    "Attachment",
    "Comment",
    "ListSetting",
    "NumberSequence",
    "RecordMark",
    "SavedView",
    "Tag",
    "TagLink",
    "TrailEntry",
    "TrailErasure",
]
