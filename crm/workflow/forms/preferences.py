"""What a person wants to be told, how and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import extension_points
from crm.extension_points import NOTIFICATION_SECTIONS
from crm.organisation.models import User
from crm.workflow.domain.preferences import channels, chosen_channels, settings_of
from crm.workflow.models.delivery import Digest

SECTION_LABELS = {
    "work": _("My work"),
    "records": _("Records"),
    "system": pgettext_lazy("notifications", "System"),
}
HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PreferencesForm(forms.Form):
    """The times, and a box for each kind and channel (`box_<kind>__<channel>`)."""

    digest = forms.ChoiceField(label=_("When"), choices=Digest.choices)
    daily_at = forms.TypedChoiceField(label=_("Once a day at"), choices=HOURS, coerce=int)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=_time_input())
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=_time_input())

    def __init__(self, data: Any = None, *, user: User) -> None:
        stored = settings_of([user])[user.pk]
        names = ("digest", "daily_at", "quiet_from", "quiet_until")
        super().__init__(data, initial={name: getattr(stored, name) for name in names})
        self.channels = channels()
        self.kinds = extension_points.notification_kinds.all()
        for kind in self.kinds:
            wanted = chosen_channels([user], kind)[user.pk]
            for channel in self.channels:
                self.fields[f"box_{kind.key}__{channel.key}"] = forms.BooleanField(
                    label=f"{kind.label}: {channel.label}", required=False, initial=channel.key in wanted
                )

    def times(self) -> list[forms.BoundField]:
        """The fields about when."""
        return [self[name] for name in ("digest", "daily_at", "quiet_from", "quiet_until")]

    def sections(self) -> list[tuple[Any, list[tuple[Any, list[forms.BoundField]]]]]:
        """The boxes: per section its kinds, per kind a box for each channel."""
        return [
            (SECTION_LABELS[section], rows)
            for section in NOTIFICATION_SECTIONS
            if (rows := [(kind.label, self._boxes(kind)) for kind in self.kinds if kind.section == section])
        ]

    def _boxes(self, kind: Any) -> list[forms.BoundField]:
        return [self[f"box_{kind.key}__{channel.key}"] for channel in self.channels]

    def values(self) -> dict[str, Any]:
        """What the domain stores."""
        data = self.cleaned_data
        wanted = {
            (kind.key, channel.key): data[f"box_{kind.key}__{channel.key}"]
            for kind in self.kinds
            for channel in self.channels
        }
        return {"wanted": wanted, **{name: value for name, value in data.items() if not name.startswith("box_")}}
