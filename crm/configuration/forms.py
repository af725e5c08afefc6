"""Forms of extra fields, lists of choices and number formats."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.configuration.names import kind_choices
from crm.generic.forms import RecordForm, style
from crm.models import ChoiceItem, ChoiceList, ExtraField, NumberFormat


class ExtraFieldForm(RecordForm):
    """A field's definition. Kind of record and key are given once."""

    sections = (
        (_("Field"), ("record", "key", "name", "name_en", "type", "choice_list")),
        (_("Numbers"), ("unit", "places", "minimum", "maximum")),
        (_("In the form"), ("required", "section", "section_en", "position", "help_text", "help_text_en")),
        (_("Finding"), ("filterable", "searchable")),
        (_("Use"), ("is_active",)),
    )

    class Meta:
        model = ExtraField
        fields = (
            "record",
            "key",
            "name",
            "name_en",
            "type",
            "choice_list",
            "unit",
            "places",
            "minimum",
            "maximum",
            "required",
            "section",
            "section_en",
            "position",
            "help_text",
            "help_text_en",
            "filterable",
            "searchable",
            "is_active",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["record"] = forms.ChoiceField(label=_("Kind of record"), choices=kind_choices)
        self.fields["choice_list"].help_text = _("For choices only. New lists are made under “Lists of choices”.")
        if self.instance.pk:
            del self.fields["record"], self.fields["key"]


class ChoiceListForm(RecordForm):
    """A list's names, and whether other text may be entered."""

    class Meta:
        model = ChoiceList
        fields = ("name", "name_en", "allows_other")


class ChoiceItemForm(RecordForm):
    """An item: its names, its colour, whether it is offered."""

    class Meta:
        model = ChoiceItem
        fields = ("name", "name_en", "tone", "is_active")


class MergeForm(forms.Form):
    """Which item takes the other's place."""

    target = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        style(self.fields["target"])


class NumberFormatForm(RecordForm):
    """The pattern of a kind of record's numbers."""

    class Meta:
        model = NumberFormat
        fields = ("pattern", "reset", "start")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["pattern"].widget.attrs["autocomplete"] = "off"
        self.fields["pattern"].help_text = _(
            "{yyyy} or {yy}: year, {mm}: month, {bu}: code of the business unit, {seq:4}: the count with at least four digits."
        )
        self.initial.setdefault("version_read", 0)
