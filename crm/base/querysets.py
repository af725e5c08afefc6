"""The base query set: nothing leaves the database for a page but through `visible_to`."""

import re
import unicodedata
from typing import Any, Self

from django.db import models
from django.db.models import Q

_PHONE_SIGNS = frozenset("0123456789 +-().")
_PHONE_DIGITS = 7


class ScopedQuerySet(models.QuerySet):
    """Adds `visible_to` by the model's declared scope, and search for models that are searchable."""

    def visible_to(self, user: Any, *, of: models.Model | None = None, write: bool = False) -> Self:
        """The rows this user may see; none for a visitor or a deactivated person.

        With `write` those the user may change as far as rows are concerned: without what was shared for reading only.

        `of` is a record that the caller has found by visible_to() itself, for models that are seen with it: then these are its
        rows, and nothing more needs to be asked where the person's reach is the same for both kinds.
        """
        if not getattr(user, "is_active", False) or not user.is_authenticated:
            return self.none()
        scope = self.model.scope  # type: ignore[attr-defined]
        rows = self if of is None else self.filter(**{scope.parent: of})
        if of is not None and scope.as_far_as(user, self.model, of):
            return rows
        condition = scope.condition(user, self.model, write=write)
        return rows if condition is None else rows.filter(condition)

    def search(self, text: str) -> Self:
        """Rows whose search text contains the words of `text` (any order, case and width folded), or the phone number that it is,
        however that is written; all of them for no text.

        Served by the GIN index on crm_bigrams(search_text), for two Chinese characters as well.
        """
        found = Q(*[Q(search_text__bigram=word) for word in words(text)])
        digits = digits_of(text) if _PHONE_SIGNS.issuperset(fold(text)) else ""
        if len(digits) >= _PHONE_DIGITS and digits != fold(text):
            found |= Q(search_text__bigram=digits)
        return self.filter(found)


def may_write(user: Any, record: models.Model) -> bool:
    """Whether a record that was found by visible_to() is more to this user than shared for reading. Asks nothing of the
    database unless something was shared with the user that way."""
    if not user.access.reads_only:
        return True
    rows: Any = type(record)._default_manager.all()
    return bool(rows.visible_to(user, write=True).filter(pk=record.pk).exists())


def words(text: str) -> list[str]:
    """The first five words of a search, folded as the search texts are."""
    return fold(text).split()[:5]


def digits_of(phone: str) -> str:
    """A phone number as it is searched: its digits, without China's country code."""
    digits = re.sub(r"\D", "", fold(phone))
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def fold(text: str) -> str:
    """Lower case, full-width forms to half width: the same for what is stored and what is sought."""
    plain = text.replace("\x00", " ")  # PostgreSQL has no text with it: nothing is found by it, and no search breaks
    return unicodedata.normalize("NFKC", plain).lower().strip()
