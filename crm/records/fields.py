"""Form fields and filters of choice lists."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from crm.records.choices import listed


class ListedWidget(forms.Select):
    """A select of the items that are offered and the stored one; where other text may be entered, an input that proposes
    them."""

    list_key = ""

    @property
    def is_open(self) -> bool:
        """Whether other text may be entered."""
        return listed(self.list_key).allows_other

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        """The options; read now, because the list may change at any time."""
        stored = str(value[0]) if value and value[0] else ""
        self.choices = [("", "—"), *listed(self.list_key).options(stored)]
        return super().optgroups(name, value, attrs)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The markup."""
        if not self.is_open:
            return super().render(name, value, attrs, renderer)
        given = {
            **self.attrs,
            **(attrs or {}),
            "class": (attrs or {}).get("class", "").replace("form-select", "form-control"),
        }
        own = f"{given.get('id', name)}_list"
        text = listed(self.list_key).label(str(value or ""))
        field = forms.TextInput().render(name, text, {**given, "list": own, "autocomplete": "off"}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', [(x,) for _c, x in listed(self.list_key).options()]
        )
        return mark_safe(f'{field}<datalist id="{escape(own)}">{options}</datalist>')  # noqa: S308 -- escaped above


class ListedFormField(forms.CharField):
    """The code of an item; a name in either language is understood."""

    widget = ListedWidget

    def __init__(self, *, list_key: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.list_key = list_key
        self.widget.list_key = list_key  # type: ignore[attr-defined]
        self.widget.is_required = self.required

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        """No length: the text is a name, what is stored its code."""
        return {}

    def clean(self, value: Any) -> str:
        """The code, or other text where the list allows it."""
        text = str(value or "").strip()
        known = listed(self.list_key)
        found = known.find(text) if text else None
        if found is None and text and not known.allows_other:
            raise ValidationError(_("“%(value)s” is not in the list: choose one of its items.") % {"value": text})
        return str(super().clean(found if found is not None else text))
