"""Models that serve every record."""

from crm.records.models.choices import ChoiceItem, ChoiceList, ListedField, Tone
from crm.records.models.extra import ExtraField, ExtraModel, FieldType, extra_index
from crm.records.models.number_format import NumberFormat, Reset
from crm.records.models.saved_view import ListSetting, SavedView
from crm.records.models.sequence import NumberSequence

__all__ = [
    "ChoiceItem",
    "ChoiceList",
    "ExtraField",
    "ExtraModel",
    "FieldType",
    "ListSetting",
    "ListedField",
    "NumberFormat",
    "NumberSequence",
    "Reset",
    "SavedView",
    "Tone",
    "extra_index",
]
