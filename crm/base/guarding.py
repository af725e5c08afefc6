"""Guarded fields: what only readers with a right see of a record, such as a floor price or what a product costs.

A model names them in `guarded`, each with its right. Forms, details and the trail leave them out for everybody else, and sheets
do not write them; columns of lists name the right themselves (`Column.permission`), which a test compares with the model's.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model


def may_see(model: type[Model] | Model, field: str, reader: Any) -> bool:
    """Whether the reader may see what a field is and was; no reader (None) means the site itself, which may."""
    right = getattr(model, "guarded", {}).get(field)
    return right is None or reader is None or bool(reader.has_perm(right))


def path_hidden(model: Any, path: str, reader: Any) -> bool:
    """Whether a path of fields, over relations ("contribution__amount"), leads to or over one that the reader may not see."""
    for step in path.split("__"):
        if not may_see(model, step, reader):
            return True
        try:
            model = getattr(model._meta.get_field(step), "related_model", None)
        except FieldDoesNotExist:
            return False
        if model is None:
            return False
    return False
