"""Reads what a query set's method filters by, as one condition.

What 'won' or 'overdue' means is a method of the lower app's query set. Several measures are taken from a table in one pass, so
the engine needs that meaning as a condition on a row: it calls the method on an object that notes filters instead of applying
them. Methods that do more than filter() and exclude() are refused by a system check.
"""

from functools import partial
from typing import Any, Self

from django.db.models import Model, Q

from crm.base.querysets import ScopedQuerySet


class Recorder:
    """Stands in for a query set: filter() and exclude() are noted, the class's own methods work as they do there."""

    def __init__(self, queryset_class: type, condition: Q | None = None) -> None:
        self._queryset_class = queryset_class
        self.condition = condition if condition is not None else Q()

    def filter(self, *args: Any, **kwargs: Any) -> Self:
        """Note a condition that must hold."""
        return type(self)(self._queryset_class, self.condition & Q(*args, **kwargs))

    def exclude(self, *args: Any, **kwargs: Any) -> Self:
        """Note a condition that must not hold."""
        return type(self)(self._queryset_class, self.condition & ~Q(*args, **kwargs))

    def __getattr__(self, name: str) -> Any:
        if hasattr(ScopedQuerySet, name) or not hasattr(self._queryset_class, name):
            raise AttributeError(f"{name} of {self._queryset_class.__name__} cannot be read as a condition")
        return partial(getattr(self._queryset_class, name), self)


def condition_of(model: type[Model], method: str, *args: Any) -> Q:
    """The condition of `model.objects.<method>(*args)`; AttributeError when the method does more than filter."""
    recorder = Recorder(type(model._default_manager.all()))
    return getattr(recorder, method)(*args).condition
