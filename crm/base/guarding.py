"""Guarded fields: what only readers with a right see of a record, such as a floor price or what a product costs.

A model names them in `guarded`, each with its right. Forms, details and the trail leave them out for everybody else, and sheets
do not write them; columns of lists name the right themselves (`Column.permission`), which a test compares with the model's.
"""

from typing import Any

from django.db.models import Model


def may_see(model: type[Model] | Model, field: str, reader: Any) -> bool:
    """Whether the reader may see what a field is and was; no reader (None) means the site itself, which may."""
    right = getattr(model, "guarded", {}).get(field)
    return right is None or reader is None or bool(reader.has_perm(right))
