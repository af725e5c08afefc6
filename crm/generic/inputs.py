"""Fields of filters: days relative to today or between two dates."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.generic.days import EMPTY, FILLED, NAMED, Days

_COUNTED = ("last-n", "next-n")
_BETWEEN = "between"
_FIRST, _LAST = ("from", "after"), ("until", "to", "before")  # of addresses that give plain dates
KINDS = (
    ("", _("any day")),
    *NAMED.items(),
    ("last-n", _("last … days")),
    ("next-n", _("next … days")),
    (_BETWEEN, _("between two days")),
    (EMPTY, _("empty")),
    (FILLED, _("not empty")),
)


def _date(part: str, label: Any) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-days": part, "aria-label": label})


class DaysInput(forms.MultiWidget):
    """A select of the kinds of days; crm.css shows the number or the two dates that the chosen kind needs."""

    use_fieldset = False

    def __init__(self) -> None:
        number = {"min": 1, "max": 3660, "data-days": "n", "aria-label": _("Number of days")}
        super().__init__(
            widgets={
                "": forms.Select(choices=KINDS, attrs={"data-days": "kind"}),
                "n": forms.NumberInput(attrs=number),
                "a": _date("a", _("First day")),
                "b": _date("b", _("Last day")),
            }
        )

    def id_for_label(self, id_: str) -> str:
        """The field's label is that of the select."""
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Its select looks like every other select, and carries the label."""
        context = super().get_context(name, value, attrs)
        select = context["widget"]["subwidgets"][0]["attrs"]
        select["class"] = select.get("class", "").replace("form-control", "form-select")
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text that `Days` reads. Plain dates (due_from=…, due_until=…) are taken too."""
        kind = data.get(name)
        if kind is None:
            first, last = (
                next(filter(None, (data.get(f"{name}_{end}") for end in ends)), "") for ends in (_FIRST, _LAST)
            )
        elif kind in _COUNTED:
            return f"{kind[:-1]}{data.get(f'{name}_n') or 'n'}"
        elif kind == _BETWEEN:
            first, last = data.get(f"{name}_a") or "", data.get(f"{name}_b") or ""
        else:
            return str(kind)
        return f"{first}..{last}" if first or last else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether nothing was said."""
        return self.value_from_datadict(data, files, name) is None

    def decompress(self, value: Any) -> list[Any]:
        """Kind, number and dates of a text."""
        text = str(getattr(value, "text", value) or "")
        first, dots, last = text.partition("..")
        if dots:
            return [_BETWEEN, 7, first, last]
        step, _dash, number = text.partition("-")
        return [f"{step}-n", number, None, None] if number.isdecimal() else [text, 7, None, None]


class DaysField(forms.Field):
    """Gives `Days`, or None."""

    widget = DaysInput

    def to_python(self, value: Any) -> Days | None:
        """The text as days."""
        if not value:
            return None
        try:
            return Days.read(str(value))
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("Choose the days again.")) from error


class RangeInput(forms.MultiWidget):
    """Two numbers beside each other."""

    def __init__(self) -> None:
        number = {"step": "any", "inputmode": "decimal"}
        super().__init__(
            widgets={
                "a": forms.NumberInput(attrs={**number, "aria-label": _("From")}),
                "b": forms.NumberInput(attrs={**number, "aria-label": _("To")}),
            }
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Both numbers, from one name or from two."""
        return data.getlist(name) if name in data else super().value_from_datadict(data, files, name)

    def decompress(self, value: Any) -> list[Any]:
        """Both numbers."""
        return list(value or (None, None))


class RangeField(forms.MultiValueField):
    """Gives the lower and the upper number."""

    widget = RangeInput

    def __init__(self, **kwargs: Any) -> None:
        fields = tuple(forms.DecimalField(max_digits=18, decimal_places=3) for _end in range(2))
        super().__init__(fields, require_all_fields=True, **kwargs)

    def compress(self, data_list: list[Any]) -> tuple[Any, Any] | None:
        """The numbers, the smaller one first."""
        return (min(data_list), max(data_list)) if data_list else None
