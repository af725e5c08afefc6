"""Is this customer in the archive already? The first form: the same company name, written differently."""

import re

from crm.base.querysets import fold
from crm.records.pinyin import pinyin_of
from customers.models import Customer

_NOT_WORDS = re.compile(r"[\W_]+")
LOOKED_AT = 200


def normalised_name(name: str) -> str:
    """The name without case, width, blanks and punctuation: what makes two spellings the same name."""
    return _NOT_WORDS.sub("", fold(name))


def same_name(name: str, *, besides: int | None = None) -> Customer | None:
    """A customer of the whole company, in or out of anybody's reach, with that name; None when there is none.

    Found by the search index: its text holds the pinyin of Chinese names, which punctuation does not change, and the words of
    the others.
    """
    wanted = normalised_name(name)
    if not wanted:
        return None
    if name.isascii():
        rows = Customer._base_manager.all()
        for word in _NOT_WORDS.sub(" ", fold(name)).split()[:6]:
            rows = rows.filter(search_text__bigram=word)
    else:
        rows = Customer._base_manager.filter(search_text__bigram=pinyin_of(name)[0])
    if besides is not None:
        rows = rows.exclude(pk=besides)
    found = [row for row in rows.only("code", "name")[:LOOKED_AT] if normalised_name(row.name) == wanted]
    return min(found, key=lambda row: row.pk, default=None)
