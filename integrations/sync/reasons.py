"""Why a row is not taken, in each language: whoever reads it is not who ran the sync."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation

Reasons = dict[str, str]  # code of the language -> text


def in_each_language(say: Callable[[], str]) -> Reasons:
    """What `say` gives in each language of the site."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = say()
    return found


def in_ours(reasons: Reasons) -> str:
    """The text in the site's own language, by which rows of one reason are found together."""
    return reasons[settings.LANGUAGE_CODE]
