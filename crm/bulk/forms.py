"""The form of a bulk edit: for each field of the entity's own form that may be edited so, whether to leave, set or empty it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from crm.generic.entity import Entity
from crm.generic.filters import shown_value

KEEP, SET, EMPTY = "keep", "set", "empty"
LABELS = {
    KEEP: pgettext_lazy("bulk edit", "leave as it is"),
    SET: pgettext_lazy("bulk edit", "set to"),
    EMPTY: pgettext_lazy("bulk edit", "empty it"),
}
HOW = "how_"  # in front of a field's name: what to do with it


class BulkEditForm(forms.Form):
    """Fields as the entity's form offers them to this person; what may not be empty cannot be emptied."""

    def __init__(self, entity: Entity, user: Any, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="bulk_%s")
        own = entity.form(user=user)  # type: ignore[misc]
        self.names = [name for name in entity.bulk_edit if name in own.fields]
        for name in self.names:
            field = own.fields[name]
            ways = (KEEP, SET) if field.required else (KEEP, SET, EMPTY)
            how = forms.ChoiceField(label=field.label, choices=[(way, LABELS[way]) for way in ways], required=False)
            how.widget.attrs["data-how"] = ""
            field.required, field.initial = False, None
            self.fields[f"{HOW}{name}"], self.fields[name] = how, field

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each field's choice of what to do, and the field."""
        return [(self[f"{HOW}{name}"], self[name]) for name in self.names]

    def clean(self) -> dict[str, Any]:
        """A field to be set needs a value; at least one must be changed."""
        cleaned: dict[str, Any] = super().clean() or {}
        ways = [cleaned.get(f"{HOW}{name}") or KEEP for name in self.names]
        for name, way in zip(self.names, ways, strict=True):
            if way == SET and cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Give the value, or choose to empty the field."))
            elif way != SET and name in self.errors:
                del self.errors[name]
        if not set(ways) - {KEEP}:
            raise forms.ValidationError(_("Choose at least one field to change."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The new values by field."""
        ways = {name: self.cleaned_data.get(f"{HOW}{name}") for name in self.names}
        return {
            name: self.cleaned_data[name] if way == SET else self.fields[name].clean(None)
            for name, way in ways.items()
            if way in (SET, EMPTY)
        }

    def words(self) -> list[tuple[str, str]]:
        """What will be changed: the field, and its new value in words."""
        return [
            (
                str(self.fields[name].label),
                str(LABELS[EMPTY]) if value in (None, "") else shown_value(self.fields[name], value),
            )
            for name, value in self.values().items()
        ]

    def kept(self) -> str:
        """What was typed, for the confirmation and for the job."""
        params = QueryDict(mutable=True)
        wanted = set(self.values())
        for name, values in self.data.lists():  # type: ignore[attr-defined]
            if name.removeprefix(HOW) in wanted:
                params.setlist(name, values)
        return params.urlencode()
