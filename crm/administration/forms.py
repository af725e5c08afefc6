"""The forms of the organisation."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.forms import RecordForm, narrow_choices, style
from crm.models import BusinessUnit, Region, Role, Team, User, WorkingCalendar
from crm.organisation.catalogue import ACTION_LABELS, ACTIONS, owned_kinds, record_kinds
from crm.organisation.models import Weekday
from crm.organisation.models.role import Reach


class UserForm(RecordForm):
    """Who somebody is and what roles the person has. The team is given once, for somebody new; later people are moved."""

    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"), queryset=Role.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, help_text=_("From today on.")
    )
    sections = (
        (_("Person"), ("display_name", "title", "email", "phone")),
        (_("Account"), ("username",)),
        (_("Place"), ("business_unit", "team")),
        (_("Rights"), ("roles",)),
    )

    class Meta:
        model = User
        fields = ("display_name", "title", "email", "phone", "username", "business_unit")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["team"]
            self.initial.setdefault("roles", [role.pk for role in self.instance.roles.all()])
        if not user.has_perm("crm.change_role"):
            del self.fields["roles"]

    def _save_m2m(self) -> None:
        """The roles are set by the domain function."""


class RoleForm(RecordForm):
    """A role's names and reach, and a table of what it may do with each kind of record and how far it reaches there."""

    permissions = forms.MultipleChoiceField(required=False, label=_("Rights"))

    class Meta:
        model = Role
        fields = (
            "code",
            "data_scope",
            "name",
            "name_en",
            "export_limit",
            "reveal_limit",
            "require_second_factor",
            "permissions",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        names = [name for kind in record_kinds() for name in (*kind.actions.values(), *dict(kind.further))]
        stored = [name for name in self.instance.permissions if name not in names]
        self.fields["permissions"].choices = [(name, name) for name in [*names, *stored]]  # type: ignore[attr-defined]
        for kind in owned_kinds():
            field = forms.ChoiceField(label=kind.name, choices=[("", _("as the role")), *Reach.choices], required=False)
            self.fields[reach_name(kind.label)] = field
            self.initial.setdefault(reach_name(kind.label), self.instance.reaches.get(kind.label, ""))

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields above the table."""
        return [("", [self[name] for name in self.Meta.fields if name != "permissions"])]

    def values(self) -> dict[str, Any]:
        """The values of a role: the exceptions in one."""
        values = super().values()
        chosen = {kind.label: values.pop(reach_name(kind.label)) for kind in owned_kinds()}
        return {**values, "reaches": {label: reach for label, reach in chosen.items() if reach}}

    def matrix(self) -> list[dict[str, Any]]:
        """The rows of the table."""
        return matrix(set(self["permissions"].value() or ()), self)


def reach_name(label: str) -> str:
    """The name of the field that holds the reach for a kind of record."""
    return f"reach__{label.replace('.', '__')}"


def matrix(granted: set[str], form: RoleForm | None = None, role: Role | None = None) -> list[dict[str, Any]]:
    """What a role may do: a row for each kind of record with a cell for each action, further rights and the reach."""
    reaches = dict(Reach.choices)
    return [
        {
            "name": kind.name,
            "cells": [
                {"name": name, "label": ACTION_LABELS[action], "on": name in granted} if name else None
                for action, name in ((action, kind.actions.get(action)) for action in ACTIONS)
            ],
            "further": [{"name": name, "label": label, "on": name in granted} for name, label in kind.further],
            "field": form[reach_name(kind.label)] if form is not None and kind.owned else None,
            "reach": reaches.get(role.reaches.get(kind.label), "") if role is not None else "",
        }
        for kind in record_kinds()
    ]


class UnitForm(RecordForm):
    """A business unit."""

    class Meta:
        model = BusinessUnit
        fields = ("code", "name", "name_en")


class TreeForm(RecordForm):
    """A node of a tree: moved by choosing another parent, which cannot lie below itself."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["parent"].empty_label = _("— at the top —")  # type: ignore[attr-defined]
        if self.instance.pk:
            field: Any = self.fields["parent"]
            field.queryset = field.queryset.exclude(path__startswith=self.instance.path)


class RegionForm(TreeForm):
    """A region."""

    class Meta:
        model = Region
        fields = ("parent", "code", "name", "name_en")


class TeamForm(TreeForm):
    """A team. Its manager is appointed from a day on, on its page."""

    class Meta:
        model = Team
        fields = ("parent", "code", "name", "name_en", "business_unit", "region")


class AskForm(forms.Form):
    """Base of the small forms that ask for what a step needs, with choices narrowed to what the reader may see."""

    def __init__(self, *args: Any, user: Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_choices(self, user)
        for field in self.fields.values():
            style(field)


class MoveForm(forms.Form):
    """Where people go, and from which day."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none())
    starts_on = forms.DateField(label=_("From"))


class ManagerForm(AskForm):
    """Who manages a team, and from which day."""

    manager = forms.ModelChoiceField(
        label=_("Manager"), queryset=User.objects.none(), required=False, help_text=_("Empty: nobody.")
    )
    starts_on = forms.DateField(label=_("From"))


class LeaveForm(AskForm):
    """Who takes over what somebody who leaves owns."""

    successor = forms.ModelChoiceField(label=_("Taken over by"), queryset=User.objects.none(), required=False)


class DeputyForm(AskForm):
    """Who stands in for whom, when and why; only an administrator chooses for whom."""

    person = forms.ModelChoiceField(label=_("Absent"), queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=User.objects.none())
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not user.has_perm("crm.change_user"):
            del self.fields["person"]


class PasswordForm(forms.Form):
    """The present password and the new one, twice."""

    old = forms.CharField(
        label=_("Present password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(
        label=_("New password again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """The two must be the same."""
        values = super().clean() or {}
        if values.get("new") != values.get("again"):
            self.add_error("again", _("The two new passwords differ."))
        return values


class ShareForm(AskForm):
    """Who may work on a record, how, and until when."""

    user = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())
    level = forms.ChoiceField(label=_("Access"), choices=[("read", _("may read")), ("write", _("may change"))])
    until = forms.DateField(label=_("Until"), required=False)


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class CalendarForm(RecordForm):
    """Working days and hours. The break may be left empty."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Working days"), choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    sections = (
        ("", ("business_unit", "weekdays")),
        (pgettext_lazy("calendar", "Hours"), ("opens_at", "closes_at", "break_from", "break_until")),
    )

    class Meta:
        model = WorkingCalendar
        fields = ("business_unit", "weekdays", "opens_at", "closes_at", "break_from", "break_until")
        widgets = {name: _clock() for name in ("opens_at", "closes_at", "break_from", "break_until")}

    def clean(self) -> dict[str, Any]:
        """A break has a beginning and an end."""
        values = super().clean() or {}
        if bool(values.get("break_from")) != bool(values.get("break_until")):
            self.add_error("break_until", _("Give both the beginning and the end of the break, or neither."))
        return values


class SpecialDaysForm(AskForm):
    """Days that are not as their weekday, from one to another."""

    first = forms.DateField(label=_("From"))
    last = forms.DateField(label=_("Until"))
    is_working = forms.TypedChoiceField(
        label=pgettext_lazy("calendar", "Kind"),
        choices=[("", _("holiday")), ("1", _("make-up working day"))],
        coerce=bool,
        required=False,
        empty_value=False,  # type: ignore[arg-type]
    )
    name = forms.CharField(label=pgettext_lazy("calendar", "Occasion"), required=False, max_length=60)
