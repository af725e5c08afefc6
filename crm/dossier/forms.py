"""Forms of tags."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.generic.entity import entities
from crm.generic.forms import RecordForm
from crm.records.models import Tag


def kinds_of_record() -> list[tuple[str, str]]:
    """The kinds of record that can bear tags."""
    found = [
        (e.model._meta.label_lower, str(capfirst(e.model._meta.verbose_name_plural))) for e in entities() if e.dossier
    ]
    return sorted(found, key=lambda pair: pair[1])


class TagSettingsForm(RecordForm):
    """A tag."""

    kinds = forms.MultipleChoiceField(
        label=_("Only for"),
        required=False,
        choices=kinds_of_record,
        widget=forms.SelectMultiple(attrs={"data-ts": ""}),
        help_text=_("Nothing chosen: for all kinds of record."),
    )

    class Meta:
        model = Tag
        fields = ("name", "colour", "kinds", "is_active")


class MergeForm(forms.Form):
    """Which tag another becomes part of."""

    into = forms.ModelChoiceField(
        label=_("Becomes"), queryset=Tag.objects.none(), widget=forms.Select(attrs={"data-ts": ""})
    )

    def __init__(self, *args: Any, tag: Tag, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = Tag.objects.visible_to(user).filter(is_active=True).exclude(pk=tag.pk)
