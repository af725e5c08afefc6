"""JSON through the pages' forms: what a browser would send is made of it, so that the same form checks it and the same domain
function writes it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from crm.base.querysets import may_write
from crm.base.scopes import ViaParent
from crm.errors import StaleVersion
from integrations.api.errors import Problem
from integrations.api.filling import LINES, key_in, made_of, messages_of, refuse_lost_lines, sent
from integrations.api.resources import Resource


def create(resource: Resource, user: Any, values: Mapping[str, Any]) -> tuple[Any, bool]:
    """A record by the form of its page, and whether it is new: one that begins at another may be there already.

    Raises Problem, DomainError, PermissionDenied.
    """
    entity = resource.entity
    if resource.starts is not None:
        return _start(resource, user, dict(values))
    if not resource.may_create(user):
        raise PermissionDenied
    if resource.making is not None:
        return resource.making.make(user, values), True
    defaults = {"owner": user.pk, "business_unit": user.business_unit_id}
    form = _filled(lambda **more: entity.form(user=user, **more), values, initial={**defaults, **_plain(values)})  # type: ignore[misc]
    _refuse_read_only_parent(form, user, entity.model)
    return entity.create(actor=user, **form.values()), True  # type: ignore[misc]


def _start(resource: Resource, user: Any, values: dict[str, Any]) -> tuple[Any, bool]:
    """A record that begins at another one takes all from there; what else is sent changes the new draft.

    Raises Problem where one is there already, perhaps a colleague's, and more was sent: it would be lost, or overwrite.
    """
    start = resource.starts
    assert start is not None
    if not user.has_perm(start.permission):
        raise PermissionDenied
    field = forms.ModelChoiceField(queryset=start.model.objects.visible_to(user, write=True))
    form = forms.Form({start.field: key_in(field, values.pop(start.field, None))})
    form.fields[start.field] = field
    if not form.is_valid():
        raise Problem(422, "invalid", errors=messages_of(form))
    record, new = start.make(form.cleaned_data[start.field], user)
    if values and not new:
        raise begun(record)
    if values:
        record, _changed = change(resource, user, record, values)
    return record, new


def begun(record: Any) -> Problem:
    """What is answered where a record begun at the same source is there already."""
    return Problem(409, "conflict", _("It was begun already: change that one by its id."), id=record.pk)


def that_change(resource: Resource, user: Any, record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without those that only a new record takes, so that what made one can be sent again; one that says something
    else than is stored stays, and is refused."""
    if resource.making is not None:
        return {name: value for name, value in values.items() if name not in resource.making.once}
    fields = _chosen_once(resource, user, record, values)
    return {
        name: value
        for name, value in values.items()
        if name not in fields or _differs(fields[name], name, value, record)
    }


def _chosen_once(resource: Resource, user: Any, record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the form of a new record has and that of a stored one has not."""
    if (start := resource.starts) is not None:
        return {start.field: forms.ModelChoiceField(queryset=start.model.objects.visible_to(user))}
    form: Any = resource.entity.form
    stored = form(user=user, instance=record).fields
    return {name: field for name, field in form(user=user, initial=_plain(values)).fields.items() if name not in stored}


def _differs(field: Any, name: str, value: Any, record: Any) -> bool:
    stored: Any = getattr(record, name, None)
    try:
        said = made_of(field, name, value)
    except ValidationError:
        return True
    if hasattr(stored, "all"):
        return set(said) != set(stored.all())
    return bool((said or None) != (stored or None))


def change(
    resource: Resource, user: Any, record: Any, values: Mapping[str, Any], *, versions: Collection[int] | None = None
) -> tuple[Any, bool]:
    """The record with these values, and whether any of them differs from `record`. What is not named stays as it is.

    When none does it is `record` as it was read: another may have changed the stored one since. `record` was found by
    visible_to() and may be written. Raises Problem, StaleVersion, DomainError.
    """
    entity = resource.entity
    if versions is not None and record.version not in versions:
        raise StaleVersion(_("Somebody else saved the record in between."), current=record)
    before = resource.again(user, record)
    read = record.version
    form = _filled(lambda **more: entity.form(user=user, instance=record, **more), values)  # type: ignore[misc]
    lines = getattr(form, LINES, None)
    bound = lines is not None and lines.is_bound
    if not form.has_changed() and not (bound and _differ(lines)):
        return record, False
    return entity.update(instance=before, expected_version=read, actor=user, **form.values()), True  # type: ignore[misc]


def _differ(lines: Any) -> bool:
    return len(lines.forms) != len(lines.initial or ()) or any(form.has_changed() for form in lines)


def _filled(make: Callable[..., Any], values: Mapping[str, Any], **start: Any) -> Any:
    """The valid form. What it showed a browser is sent back, with the values over it."""
    shown = make(**start)
    form = make(data=sent(shown, values), **({k: v for k, v in start.items() if k != "initial"}))
    if not form.is_valid():
        raise Problem(422, "invalid", errors=messages_of(form))
    refuse_lost_lines(form)
    return form


def _refuse_read_only_parent(form: Any, user: Any, model: Any) -> None:
    """A part of a record is not added to one that is shared for reading only."""
    parent = form.cleaned_data.get(model.scope.parent) if isinstance(model.scope, ViaParent) else None
    if parent is not None and not may_write(user, parent):
        text = _("This record is shared with you for reading only.")
        raise Problem(422, "invalid", errors={model.scope.parent: [text]})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """What forms look at when they are made, such as the customer whose contacts are offered."""
    return {name: value for name, value in values.items() if isinstance(value, int | str)}
