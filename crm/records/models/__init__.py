"""Models that serve every record."""

from crm.records.models.attachment import Attachment
from crm.records.models.choices import ChoiceItem, ChoiceList, ListedField, Tone
from crm.records.models.comment import Comment
from crm.records.models.extra import ExtraField, ExtraModel, FieldType, extra_index
from crm.records.models.mark import RecordMark
from crm.records.models.number_format import NumberFormat, Reset
from crm.records.models.saved_view import ListSetting, SavedView
from crm.records.models.sequence import NumberSequence
from crm.records.models.tag import Tag, TagLink
from crm.records.models.trail import TrailEntry, TrailErasure

__all__ = [
    "Attachment",
    "ChoiceItem",
    "ChoiceList",
    "Comment",
    "ExtraField",
    "ExtraModel",
    "FieldType",
    "ListSetting",
    "ListedField",
    "NumberFormat",
    "NumberSequence",
    "RecordMark",
    "Reset",
    "SavedView",
    "Tag",
    "TagLink",
    "Tone",
    "TrailEntry",
    "TrailErasure",
    "extra_index",
]
