"""Template tags for the parts of a page: {% load ui %}. The markup itself is in crm.markup."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.template.context import Context
from django.template.loader import get_template
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from crm import markup
from crm.formats import to_decimal
from crm.freshness import data_as_of

register = template.Library()

register.simple_tag(data_as_of)
register.simple_tag(markup.icon)
register.simple_tag(markup.badge)
register.simple_tag(markup.grade)
register.simple_tag(markup.avatar)
register.simple_tag(markup.spark)
register.simple_tag(markup.bar)
register.simple_tag(markup.ring)
register.simple_tag(markup.span)
register.simple_tag(markup.delta)
register.simple_tag(markup.donut)


@register.simple_tag(takes_context=True)
def part(context: Context, template_name: str, variables: Mapping[str, Any] | None = None) -> SafeString:
    """Render a template with these variables on top of the page's: {% part panel.template panel.variables %}."""
    found = get_template(template_name).template  # type: ignore[attr-defined]
    with context.push(**(variables or {})):
        return found.render(context)


@register.simple_tag(takes_context=True)
def frame(context: Context, template_name: str) -> SafeString:
    """A part of the frame of every page, drawn once for each menu, language and place in the menu."""
    return context["shell"].drawn(template_name, context.get("nav") or "")


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The page's query string with these parameters changed, None or '' to drop one: href="{% query page=2 %}"."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = str(value)
    return "?" + urlencode(list(params.lists()), doseq=True)


@register.filter
def split(text: str, separator: str = ",") -> list[str]:
    """'a,b' -> ['a', 'b']."""
    return str(text).split(separator)


@register.filter
def percent_of(value: Any, whole: Any) -> float:
    """value as percent of whole, 0 when there is no whole: for the width of a bar."""
    number, total = to_decimal(value), to_decimal(whole)
    return float(number * 100 / total) if number is not None and total else 0.0


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """mapping[key], None when it has none."""
    return mapping.get(key) if mapping else None


@register.filter
def aria(field: BoundField) -> SafeString:
    """The widget of a bound field, tied to its help and its errors for screen readers, with the classes of our look."""
    widget = field.field.widget
    attrs: dict[str, Any] = {"class": _widget_class(field, str(widget.attrs.get("class", "")))}
    described = []
    if field.help_text:
        described.append(f"{field.auto_id}_help")
    if field.errors:
        described.append(f"{field.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


def _widget_class(field: BoundField, own: str) -> str:
    kind = field.widget_type
    base = {"checkbox": "form-check-input", "select": "form-select", "selectmultiple": "form-select"}.get(
        kind, "" if field.use_fieldset else "form-control"
    )
    names = [base, own if base not in own.split() else own.replace(base, ""), "is-invalid" if field.errors else ""]
    return " ".join(name.strip() for name in names if name.strip())


@register.filter
def wrong_fields(form: BaseForm) -> list[BoundField]:
    """The visible fields of a form that have an error, in their order; those of its rows (`lines`, a formset) after them."""
    rows = getattr(form, "lines", None)
    forms = [form, *rows.forms] if isinstance(rows, BaseFormSet) and rows.is_bound else [form]
    return [field for part in forms for field in part if field.errors and not field.is_hidden]
