"""The scope of what hangs on a record of any kind: comments, files, tags."""

from typing import Any, Self

from django.db.models import Model, Q

from crm.base.querysets import ScopedQuerySet
from crm.records.references import reference_of


class WithRecord:
    """Seen together with its record only: `visible_to(user, of=record)`, the record having been found by visible_to() itself.

    Without a record nothing is seen: no page lists such rows of several records.
    """

    def condition(self, user: Any, model: type[Model], *, write: bool = False) -> Q | None:
        return Q(pk__in=[])


class AboutQuerySet(ScopedQuerySet):
    """Rows that refer to a record by content type and key."""

    def visible_to(self, user: Any, *, of: Model | None = None, write: bool = False) -> Self:
        """The rows of a record that the user sees; none without one."""
        seen = super().visible_to(user)
        if of is None or not getattr(user, "is_active", False) or not user.is_authenticated:
            return seen
        return self.filter(**reference_of(of))
