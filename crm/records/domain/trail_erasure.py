"""Taking personal data out of the audit trail: the one place that changes what the trail has recorded."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model


def events_of(model: type[Model]) -> Any:
    """The model of the trail's rows; None for a model without a trail."""
    return getattr(model, "pgh_event_model", None)


def recorded_states(model: type[Model], keys: Sequence[int]) -> Any:
    """The trail's rows of these records, oldest first; None for a model without a trail."""
    events = events_of(model)
    return events.objects.filter(pgh_obj_id__in=keys).order_by("pgh_id") if events is not None else None


def erase_from_trail(*, model: type[Model], keys: Sequence[int], values: Mapping[str, Any]) -> int:
    """Put these values into every recorded state of the records, in the caller's transaction; returns how many there were.

    That something happened, when and by whom stays.
    """
    rows = recorded_states(model, keys)
    if rows is None:
        return 0
    kept = {field.name for field in rows.model._meta.concrete_fields}
    return int(rows.order_by().update(**{name: value for name, value in values.items() if name in kept}))
