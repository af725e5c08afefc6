"""What a merge's page says of it."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.domain.merging.choices import EXTRA, LOSER, OWNER
from customers.extension_points import merge_movers
from customers.models import Customer, CustomerMerge


def moved(request: HttpRequest, merge: CustomerMerge) -> dict[str, Any]:
    """How much went along by kind, what both had, whose values were taken, and what an undo could not put back."""
    labels = {mover.key: mover.label for mover in merge_movers.all()}
    kept = [(_kind(item.model), len(item.keys)) for item in merge.items.exclude(note="").order_by("order")]
    return {
        "counts": [(labels.get(key, key), number) for key, number in merge.counts.items()],
        "kept": kept,
        "taken": [_field(name) for name, side in merge.choices.items() if side == LOSER],
        "report": [(_kind(line["model"]), _named(line), len(line["keys"])) for line in merge.report],
        "undone": merge.state_changes.select_related("actor").first(),
    }


def _kind(label: str) -> str:
    try:
        return str(capfirst(apps.get_model(label)._meta.verbose_name_plural))
    except LookupError:
        return label


def _field(name: str) -> str:
    if name == OWNER:
        return str(_("Owner"))
    if name.startswith(EXTRA):
        return name.removeprefix(EXTRA)
    return str(capfirst(Customer._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _named(line: dict[str, Any]) -> str:
    model = apps.get_model(line["model"])
    field = next((f for f in model._meta.concrete_fields if line["field"] in (f.name, f.attname)), None)
    return str(capfirst(field.verbose_name)) if field is not None else line["field"]
