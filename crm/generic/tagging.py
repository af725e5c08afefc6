"""Tags in lists: the column, the filter's condition and the bulk action."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.records.models import Tag, TagLink


def put_tags(rows: Sequence[Any]) -> None:
    """The tags of these rows, which the reader has been found to see, as `tags_shown` on each; one query for all."""
    found: dict[int, list[Tag]] = defaultdict(list)
    if rows:
        kind = ContentType.objects.get_for_model(rows[0])
        links = TagLink.objects.filter(content_type=kind, object_id__in=[row.pk for row in rows]).select_related("tag")
        for link in links.order_by("tag__name", "tag_id"):
            found[link.object_id].append(link.tag)
    for row in rows:
        row.tags_shown = found.get(row.pk, [])


def tagged_keys(kind: ContentType, tags: Any) -> Any:
    """The keys of the records of a kind that bear one of the tags."""
    return TagLink.objects.of_kind(kind, tags)


def tags_cell(row: Any) -> str:
    """The tags as coloured words."""
    return " ".join(markup.badge(tag.colour, tag) for tag in row.tags_shown) or "—"


def tags_text(row: Any) -> str:
    """The tags for an export."""
    return ", ".join(str(tag) for tag in row.tags_shown)


class TagSelect(forms.SelectMultiple):
    """Choose several tags, sought by name as one types."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-ts": ""})


class TagForm(forms.Form):
    """Which tags to put on and which to take off."""

    add = forms.ModelMultipleChoiceField(
        label=_("Put on"), queryset=Tag.objects.none(), required=False, widget=TagSelect
    )
    remove = forms.ModelMultipleChoiceField(
        label=_("Take off"), queryset=Tag.objects.none(), required=False, widget=TagSelect
    )

    def narrow(self, model: Any) -> None:
        """Offer the tags meant for this kind of record."""
        for field in self.fields.values():
            field.queryset = field.queryset.usable(model._meta.label_lower)  # type: ignore[attr-defined]
