"""What is kept in each language of the site: whoever reads it is not who made it."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.utils import translation

Said = TypeVar("Said")


def in_each_language(say: Callable[[], Said]) -> dict[str, Said]:
    """What `say` gives in each language, by the language's code."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = say()
    return found
